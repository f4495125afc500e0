"""One marker for each kind of exercise: a typed answer in, a verdict out.

Runs in the engine's child. Never raises for anything a learner can type; an exercise whose own formulas are broken gives an
undecided verdict, which is never the learner's fault.
"""

from tutor.errors import Unreadable
from tutor.lesson.model import (
    AnyExercise,
    Choice,
    Derivative,
    Expression,
    Fix,
    Gradient,
    LineByLine,
    NumberAnswer,
    Order,
    Predict,
    Steer,
)
from tutor.marking.calculation import mark_calculation, solve_calculation
from tutor.marking.choice import mark_choice, solve_choice
from tutor.marking.derivation import mark_derivation, solve_derivation
from tutor.marking.formulas import mark_formula, solve_formula
from tutor.marking.judge import Judge
from tutor.marking.ordering import mark_order, solve_order
from tutor.marking.question import BrokenExerciseError
from tutor.marking.trial import mark_predict, mark_steer, solve_predict, solve_steer
from tutor.marking.verdict import Outcome, Verdict, undecided
from tutor.marking.wrong_line import mark_fix, solve_fix
from tutor.words import tr


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
                return mark_formula(exercise, text, prover)
            case Fix():
                return mark_fix(exercise, text)
            case Order():
                return mark_order(exercise, text)
            case LineByLine(lines=()):
                return mark_derivation(exercise, text, prover)
            case LineByLine():
                return mark_calculation(exercise, text, prover)
    except Unreadable as error:
        return Verdict(outcome=Outcome.UNREADABLE, message=error.message, column=error.column, decided_by="reading")
    except BrokenExerciseError as error:
        return undecided(
            tr(
                "This exercise has a fault of its own ({error}), so nothing you type can be judged. Go on to the next.",
                error=error,
            )
        )


def solve(exercise: AnyExercise) -> str:
    """The right answer as it could be typed: on one line, or for a calculation one line for each of its lines.

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
            return solve_formula(exercise)
        case Fix():
            return solve_fix(exercise)
        case Order():
            return solve_order(exercise)
        case LineByLine(lines=()):
            return solve_derivation(exercise)
        case LineByLine():
            return solve_calculation(exercise)
