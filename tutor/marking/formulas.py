"""An answer that is a formula, a list of formulas or a number: read, judged, its form looked at, its slips told."""

from tutor.lesson.model import NumberAnswer
from tutor.marking.answer import FormulaExercise, MiscountedError, read_typed
from tutor.marking.judge import Judge, judge, judge_form, plainly_wrong
from tutor.marking.letters import of_stranger
from tutor.marking.question import ask
from tutor.marking.slips.tell import miscounted, with_slips
from tutor.marking.verdict import Verdict
from tutor.maths.names import UnknownName
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Node, substitute


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
    if exercise.form:
        # Only here, since SymPy's polynomials come with it.
        from tutor.marking.reshape import in_form

        right = in_form(right, exercise.form)
    return show_line(right)


def worked_out(right: Node) -> Node:
    """A number as one would give it: worked out where that is exact."""
    neat = tidy(right)
    return neat if as_number(neat) is not None else right
