"""The worked solution of an exercise: the way to the answer that `tutor.marking.kinds.solve` gives, where there is one."""

import msgspec

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
from tutor.marking.calculation import calculation_steps
from tutor.marking.kinds import solve
from tutor.marking.question import BrokenExerciseError, ask
from tutor.marking.step import Step
from tutor.marking.steps import derivative_steps, gradient_steps, number_steps
from tutor.maths.grammar import canonical
from tutor.maths.parse import parse_free
from tutor.words import tr

_MOST_STEPS = 60
"Beyond that nobody reads on; the answer stands alone."


def work_out(exercise: AnyExercise) -> tuple[Step, ...]:
    """The steps, the last line being the answer; none for a choice, a formula to be found, a run, or for very long ways.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    try:
        steps = _steps(exercise)
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error
    except RecursionError:
        return ()
    return steps if len(steps) <= _MOST_STEPS else ()


def _steps(exercise: AnyExercise) -> tuple[Step, ...]:
    match exercise:
        case Choice() | Expression() | Predict() | Steer() | Fix(of="") | Order():
            return ()
        case Fix(of=of_text, by=by):
            return _steps(Derivative(ask="", of=of_text, by=by, variables=exercise.variables, let=exercise.let))
        case LineByLine(lines=()):
            return _steps(msgspec.structs.replace(exercise.derivative, form=exercise.form))
        case LineByLine():
            return calculation_steps(exercise)
        case NumberAnswer():
            formula = parse_free(exercise.of, (*exercise.variables, *exercise.let, *exercise.by, *exercise.at))
            values = {canonical(name): parse_free(value) for name, value in exercise.at.items()}
            return number_steps(formula, tuple(map(canonical, exercise.by)), values, solve(exercise))
        case Derivative(by=by) | Gradient(by=by):
            of = ask(exercise).of
            if of is None:
                return ()
            letters = tuple(canonical(name) for name in by)
            make = derivative_steps if isinstance(exercise, Derivative) else gradient_steps
            return _ending_in(make(of, letters), solve(exercise), exercise.form)


def _ending_in(steps: tuple[Step, ...], answer: str, form: tuple[str, ...]) -> tuple[Step, ...]:
    """With a last line for the answer's own form, if it is another one."""
    if not steps or steps[-1].line == answer:
        return steps
    why = tr("Write it in the form that is asked for.") if form else tr("Multiply out above the line.")
    return (*steps, Step(rule=tr("Form"), why=why, line=answer))
