"""An answer that is a formula, a list of formulas or a number: read, judged, its form looked at, its slips told."""

from fractions import Fraction
from typing import Final

from tutor.errors import TutorError
from tutor.lesson.model import Derivative, NumberAnswer
from tutor.marking.answer import FormulaExercise, MiscountedError, read_typed
from tutor.marking.arithmetic import plain_number
from tutor.marking.judge import Judge, judge, judge_form, plainly_wrong
from tutor.marking.letters import of_stranger
from tutor.marking.question import ask
from tutor.marking.slips.tell import miscounted, with_slips
from tutor.marking.verdict import Verdict
from tutor.maths.names import UnknownName
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Call, Node, Quotient, substitute, walk

_DIGITS: Final = 60
_LARGEST_DENOMINATOR: Final = 10_000
"Of a number that somebody could have been meant to find."


def mark_formula(exercise: FormulaExercise, text: str, prover: Judge) -> Verdict:
    """Judge a typed answer.

    Raises:
        Unreadable: it is no answer to this kind of question.
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    question = ask(exercise)
    try:
        typed = read_typed(exercise, question, text)
    except UnknownName as error:
        return of_stranger(exercise, question, text, error, prover)
    except MiscountedError as error:
        told = miscounted(exercise, question, error.tree)
        if told is None:
            raise
        return told
    answer = substitute(typed, question.abbreviations)
    verdict = judge_form(exercise, typed, judge(exercise, question, answer, prover), prover)
    return with_slips(exercise, question, answer, verdict, plainly_wrong(exercise), prover)


def solve_formula(exercise: FormulaExercise) -> str:
    """The right answer in the form asked for.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    right = ask(exercise).right
    if isinstance(exercise, NumberAnswer):
        right = worked_out(right)
    elif isinstance(exercise, Derivative) and not exercise.form:
        right = _with_neat_top(right)
    if exercise.form:
        # Only here, since SymPy's polynomials come with it.
        from tutor.marking.reshape import in_form

        right = in_form(right, exercise.form)
    return show_line(right)


def worked_out(right: Node) -> Node:
    """A number as one would give it: worked out where that is exact, also where only its functions undo each other."""
    neat = tidy(right)
    exact = as_number(neat)
    if exact is None and any(isinstance(node, Call) for node in walk(right)):
        exact = _hidden_number(right)
    return right if exact is None else plain_number(exact, right)


def _hidden_number(right: Node) -> Fraction | None:
    """The plain fraction that an expression is worth, such as 7/64 for σ(ln 7)·(1 − σ(ln 7)); None where it is none."""
    # Only here, since mpmath comes with it.
    from tutor.marking.functions import NoValueError, UnclearError
    from tutor.marking.precise import measure

    try:
        value = measure(right, {}, _DIGITS).value
    except (NoValueError, UnclearError):
        return None
    near = Fraction(str(value)).limit_denominator(_LARGEST_DENOMINATOR)
    return near if abs(Fraction(str(value)) - near) < Fraction(1, 10 ** (_DIGITS - 15)) else None


def _with_neat_top(right: Node) -> Node:
    """A quotient multiplied out above the line, where that makes it shorter."""
    if not isinstance(right, Quotient):
        return right
    from tutor.marking.polynomials import expanded
    from tutor.marking.ratio import TooHardError

    try:
        neater = Quotient(expanded(right.numerator), right.denominator)
    except (TooHardError, ZeroDivisionError, TutorError):
        return right
    return neater if len(show_line(neater)) < len(show_line(right)) else right
