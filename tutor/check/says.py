"""Whether what an author says of wrong answers is ever said: each key of `says` is typed, as a learner would."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, Protocol

from tutor.lesson.formula import plain_line
from tutor.lesson.model import AnyExercise, Choice, Expression, LineByLine, Predict
from tutor.lesson.source import Route
from tutor.marking.verdict import Outcome, Verdict
from tutor.words import tr

_SLIP: Final = re.compile(r"[A-Z][0-9]+")

Told = tuple[Route, str, str]
"Of each fault: the path of the key within the exercise, what, what to do."


class Marker(Protocol):
    """The part of the engine that is needed."""

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """Judge a typed answer."""


async def unsaid(exercise: AnyExercise, right: str, engine: Marker) -> list[Told]:
    """One for each wrong answer under `says` of which nothing is said.

    Args:
        right: the right answer, as it could be typed.
    """
    found = []
    for path, key, words, typed in _keys(exercise, right):
        verdicts = [await engine.mark(exercise, text) for text in typed]
        if not any(each.outcome is Outcome.INCORRECT and plain_line(words) in each.message for each in verdicts):
            found.append((path, *(_twin(exercise, key, verdicts[0]) or _why(key, verdicts[0]))))
    return found


def unnamed_slips(exercise: AnyExercise, could: Collection[str]) -> Iterator[Told]:
    """One for each slip under `says` that can never be named."""
    lines = exercise.lines if isinstance(exercise, LineByLine) else ()
    said: list[tuple[Route, Mapping[str, str]]] = [(("says",), exercise.says)]
    said += [(("lines", n, "says"), line.says) for n, line in enumerate(lines)]
    for path, says in said:
        for slip in filter(_SLIP.fullmatch, says):
            if slip not in could:
                do = tr("Remove it, or write the wrong answer itself in place of the slip.")
                yield (*path, slip), never_named(exercise, slip), do


def never_named(exercise: AnyExercise, slip: str) -> str:
    """That a slip is none that this exercise can name, and why."""
    if isinstance(exercise, Expression) and slip.startswith("U"):
        return tr(
            "{slip} is never named here: this answer is not written as a step of descent, `w - rate * slope`.",
            slip=slip,
        )
    return tr("{slip} is never named here: nothing in this exercise leads to that slip.", slip=slip)


def _keys(exercise: AnyExercise, right: str) -> Iterator[tuple[Route, str, str, list[str]]]:
    """Of each wrong answer: where it stands, itself, the words, and what is typed to have them said."""
    for key, words in exercise.says.items():
        if not _SLIP.fullmatch(key):
            yield ("says", key), key, words, _typed(exercise, key, right)
    if isinstance(exercise, LineByLine):
        for n, line in enumerate(exercise.lines):
            for key, words in line.says.items():
                if not _SLIP.fullmatch(key):
                    yield ("lines", n, "says", key), key, words, [_in_line(n, key, right)]


def _typed(exercise: AnyExercise, key: str, right: str) -> list[str]:
    match exercise:
        case Choice():
            named = [option.text for option in exercise.options]
        case Predict():
            named = list(exercise.options)
        case LineByLine() if exercise.lines:
            return [_in_line(n, key, right) for n in range(len(exercise.lines))]
        case _:
            named = []
    return [chr(ord("a") + named.index(key))] if key in named else [key]


def _in_line(place: int, key: str, right: str) -> str:
    return "\n".join([*right.split("\n")[:place], key])


def _twin(exercise: AnyExercise, key: str, verdict: Verdict) -> tuple[str, str] | None:
    """That the words of another answer under `says` are said, since the two are equal; None where that is not so."""
    for other, words in exercise.says.items():
        if verdict.outcome is Outcome.INCORRECT and other != key and plain_line(words) in verdict.message:
            what = tr(
                "`{key}` is the same answer as `{other}`, of which something is said already.", key=key, other=other
            )
            return what, tr("Keep one of the two.")
    return None


def _why(key: str, verdict: Verdict) -> tuple[str, str]:
    match verdict.outcome:
        case Outcome.INCORRECT:
            what = tr("Of `{key}` something else is said: {message}", key=key, message=verdict.message)
            return what, tr("Say it in a hint, or under `because`.")
        case Outcome.UNREADABLE:
            what = tr(
                "`{key}` is no answer here, so nothing is said of it. {message}", key=key, message=verdict.message
            )
            return what, tr("Write a wrong answer as a learner would type it, or the text of a wrong option.")
    what = tr("`{key}` is not marked wrong, so nothing is said of it.", key=key)
    return what, tr("Write a wrong answer; what is said of the right one stands under `because`.")
