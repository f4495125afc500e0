"""One marker for each kind of exercise: a typed answer in, a verdict out.

Runs in the engine's child. Never raises for anything a learner can type; an exercise whose own formulas are broken gives an
undecided verdict, which is never the learner's fault.
"""

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Predict, Steer
from tutor.marking.answer import FormulaExercise, MiscountedError, read_typed
from tutor.marking.choice import mark_choice, solve_choice
from tutor.marking.judge import Judge, judge, judge_form, plainly_wrong
from tutor.marking.letters import of_stranger
from tutor.marking.question import BrokenExerciseError, ask
from tutor.marking.slips.tell import miscounted, with_slips
from tutor.marking.trial import mark_predict, mark_steer, solve_predict, solve_steer
from tutor.marking.verdict import Outcome, Verdict, undecided
from tutor.maths.names import UnknownName
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Node, substitute


def mark(exercise: AnyExercise, text: str, prover: Judge) -> Verdict:
    """Judge a typed answer."""
    try:
        match exercise:
            case Choice():
                return mark_choice(exercise, text)
            case Predict():
                return mark_predict(exercise, text)
            case Steer():
                return mark_steer(exercise, text)
            case Derivative() | Gradient() | NumberAnswer() | Expression():
                return _mark_formula(exercise, text, prover)
    except Unreadable as error:
        return _unreadable(error)
    except BrokenExerciseError as error:
        return undecided(
            f"This exercise has a fault of its own ({error}), so nothing you type can be judged. Go on to the next."
        )


def solve(exercise: AnyExercise) -> str:
    """The right answer on one line, as it could be typed.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    match exercise:
        case Choice():
            return solve_choice(exercise)
        case Predict():
            return solve_predict(exercise)
        case Steer():
            return solve_steer(exercise)
        case Derivative() | Gradient() | NumberAnswer() | Expression():
            return _solve_formula(exercise)


# --- formulas: derivatives, gradients, numbers, expressions


def _mark_formula(exercise: FormulaExercise, text: str, prover: Judge) -> Verdict:
    question = ask(exercise)
    try:
        typed = read_typed(exercise, question, text)
    except UnknownName as error:
        return _unreadable(of_stranger(exercise, question, text, error, prover))
    except MiscountedError as error:
        return miscounted(exercise, question, error.tree) or _unreadable(error)
    answer = substitute(typed, question.abbreviations)
    verdict = judge_form(exercise, typed, judge(exercise, question, answer, prover), prover)
    return with_slips(exercise, question, answer, verdict, plainly_wrong(exercise))


def _solve_formula(exercise: FormulaExercise) -> str:
    right = ask(exercise).right
    if isinstance(exercise, NumberAnswer):
        right = _worked_out(right)
    if exercise.form:
        # Only here, since SymPy's polynomials come with it.
        from tutor.marking.reshape import in_form

        right = in_form(right, exercise.form)
    return show_line(right)


def _worked_out(right: Node) -> Node:
    """A number as one would give it: worked out where that is exact."""
    neat = tidy(right)
    return neat if as_number(neat) is not None else right


def _unreadable(error: Unreadable) -> Verdict:
    return Verdict(outcome=Outcome.UNREADABLE, message=error.message, column=error.column, decided_by="reading")
