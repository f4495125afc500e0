"""What stands around an answer box: the left side of the equation, the unit, the names that may be typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tutor.lesson.formula import show_maths
from tutor.lesson.model import (
    FORETOLD,
    RATE,
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
from tutor.marking.question import BrokenExerciseError, ask
from tutor.maths.grammar import Vocabulary, canonical
from tutor.words import tr

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
DIGITS: Final = "123456789"


def before(exercise: AnyExercise) -> str:
    """The left side: `∂f/∂x =`, `d²s/dt² =`, `∇f =`, or only `=`."""
    match exercise:
        case LineByLine(lines=()):
            return before(exercise.derivative)
        case Derivative(by=by, function=function):
            # Letters that are only declared stand still: they make no derivative a partial one.
            still = {canonical(name) for name in (*exercise.let, *exercise.variables)}
            is_partial = len(vocabulary(exercise).variables - still) > 1
            return f"{_derivative(function, by, is_partial=is_partial)} ="
        case Gradient(function=function):
            return f"∇{function} ="
        case Expression(name=name) if name:
            return f"{show_maths(name) if len(name) <= 3 else name} ="
        case Steer(choose=choose):
            return tr("rate =") if choose == RATE else tr("start of {weight} =", weight=show_maths(choose))
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
        case Fix():
            # Only where there is one: every slip comes with it.
            from tutor.marking.wrong_line import worked_wrongly

            return _unless_broken(lambda: tuple(line.text for line in worked_wrongly(exercise).lines))
    return ()


def signs(exercise: AnyExercise) -> str:
    """What the options go by, one character each."""
    return DIGITS if isinstance(exercise, Fix) else LETTERS


def shuffled_lines(exercise: Order) -> tuple[str, ...]:
    """The lines to be put in order, in the language of pages."""
    from tutor.marking.ordering import shuffled  # as in `options`

    return _unless_broken(lambda: shuffled(exercise))


def _unless_broken(lines: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return lines()
    except BrokenExerciseError:  # `tutor check` tells the author, and marking the learner
        return ()


def first(exercise: AnyExercise) -> str:
    """What is to be done before an answer can be checked."""
    match exercise:
        case Order():
            return tr("Give every line its place")
        case Fix():
            return tr("Choose a line by its number")
    return tr("Choose one by its letter") if options(exercise) else tr("Type an answer")


def solution(exercise: AnyExercise, answer: str) -> str:
    """The right answer in the language of pages; empty where it is a formula, to be set as one."""
    match exercise:
        case Order():
            lines = shuffled_lines(exercise)
            return "\n".join(f"- {letter}: {lines[LETTERS.index(letter)]}" for letter in answer)
        case LineByLine(lines=lines) if lines:
            return "\n".join(f"- ${line}$" for line in answer.split("\n"))
    choices = options(exercise)
    return f"{answer}  {choices[signs(exercise).index(answer)]}" if choices else ""


def vocabulary(exercise: AnyExercise) -> Vocabulary:
    """The names that an answer may use, as marking knows them."""
    if isinstance(exercise, Steer):
        return Vocabulary.of()
    if isinstance(exercise, LineByLine) and exercise.lines:
        return Vocabulary.of(*exercise.given, *(line.name for line in exercise.lines))
    try:
        return ask(exercise.derivative if isinstance(exercise, LineByLine) else exercise).vocabulary
    except BrokenExerciseError:
        # `tutor check` tells the author; a learner can still type the names that are declared.
        return Vocabulary.of(*exercise.variables, *exercise.let)


def _derivative(function: str, by: tuple[str, ...], *, is_partial: bool) -> str:
    sign = "∂" if is_partial else "d"
    order = f"^{len(by)}" if len(by) > 1 else ""
    # Of mixed ones the last is written first.
    mixed = "".join(f"{sign}{name}" for name in reversed(by))
    return show_maths(f"{sign}{order}{function}/{mixed if len(set(by)) > 1 else f'{sign}{by[0]}{order}'}")
