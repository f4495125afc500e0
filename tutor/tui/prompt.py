"""What stands around an answer box: the left side of the equation, the unit, the names that may be typed."""

from __future__ import annotations

from tutor.lesson.formula import show_maths
from tutor.lesson.model import (
    FORETOLD,
    RATE,
    AnyExercise,
    Choice,
    Derivative,
    Expression,
    Gradient,
    NumberAnswer,
    Predict,
    Steer,
)
from tutor.marking.question import BrokenExerciseError, ask
from tutor.maths.grammar import Vocabulary


def before(exercise: AnyExercise) -> str:
    """The left side: `∂f/∂x =`, `d²s/dt² =`, `∇f =`, or only `=`."""
    match exercise:
        case Derivative(by=by, function=function):
            is_partial = len(vocabulary(exercise).variables - set(exercise.let)) > 1
            return f"{_derivative(function, by, is_partial=is_partial)} ="
        case Gradient(function=function):
            return f"∇{function} ="
        case Expression(name=name) if name:
            return f"{show_maths(name) if len(name) <= 3 else name} ="
        case Steer(choose=choose):
            return "rate =" if choose == RATE else f"start of {show_maths(choose)} ="
    return "="


def behind(exercise: AnyExercise) -> str:
    """The unit, if there is one."""
    return exercise.unit if isinstance(exercise, NumberAnswer) else ""


def options(exercise: AnyExercise) -> tuple[str, ...]:
    """What is to be chosen from, in the language of pages; nothing where an answer is typed."""
    match exercise:
        case Choice(options=options):
            return tuple(option.text for option in options)
        case Predict(options=words):
            return tuple(FORETOLD[word] for word in words)
    return ()


def vocabulary(exercise: AnyExercise) -> Vocabulary:
    """The names that an answer may use, as marking knows them."""
    if isinstance(exercise, Steer):
        return Vocabulary.of()
    try:
        return ask(exercise).vocabulary
    except BrokenExerciseError:
        # `tutor check` tells the author; a learner can still type the names that are declared.
        return Vocabulary.of(*exercise.variables, *exercise.let)


def _derivative(function: str, by: tuple[str, ...], *, is_partial: bool) -> str:
    sign = "∂" if is_partial else "d"
    order = f"^{len(by)}" if len(by) > 1 else ""
    # Of mixed ones the last is written first.
    mixed = "".join(f"{sign}{name}" for name in reversed(by))
    return show_maths(f"{sign}{order}{function}/{mixed if len(set(by)) > 1 else f'{sign}{by[0]}{order}'}")
