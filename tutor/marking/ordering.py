"""Putting lines in order: how they are shuffled, and whether each comes after what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import count

from tutor.errors import Unreadable
from tutor.lesson.model import Order
from tutor.marking.question import BrokenExerciseError
from tutor.marking.statements import Statement, state
from tutor.marking.verdict import RIGHT, Outcome, Verdict
from tutor.words import tr, tr_n

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BETWEEN = " ,;.()[]→>-\t\n"
"What may stand between letters and says nothing."
_MOST_SHUFFLES = 200


def shuffled(exercise: Order) -> tuple[str, ...]:
    """The lines as they are shown, the one lettered a first; never in an order that is right already.

    Raises:
        BrokenExerciseError: there are no lines that could be out of order.
    """
    lines = _in_order(exercise)
    return tuple(lines[place].text for place in _arrangement(exercise.id, lines))


def mark_order(exercise: Order, text: str) -> Verdict:
    """Judge letters in order, whatever stands between them.

    Raises:
        Unreadable: not every letter once.
        BrokenExerciseError: as `shuffled`.
    """
    lines = _in_order(exercise)
    arrangement = _arrangement(exercise.id, lines)
    letters = _LETTERS[: len(lines)]
    example = letters[::-1] if letters[::-1] != solve_order(exercise) else letters[1:] + letters[0]
    typed = "".join(sign for sign in text.lower() if sign not in _BETWEEN)
    if sorted(typed) != list(letters):
        wanted = tr(
            "Write each letter from a to {last} once, in order, such as {example}.",
            last=letters[-1],
            example=example,
        )
        raise Unreadable(wanted, 0)
    places = [arrangement[letters.index(letter)] for letter in typed]
    good = _good_from_the_top(lines, places)
    if good == len(lines):
        return Verdict(outcome=Outcome.CORRECT, message=RIGHT, decided_by="choice")
    return Verdict(outcome=Outcome.INCORRECT, message=_told(good), decided_by="choice")


def solve_order(exercise: Order) -> str:
    """The letters in order."""
    lines = _in_order(exercise)
    arrangement = _arrangement(exercise.id, lines)
    return "".join(_LETTERS[arrangement.index(place)] for place in range(len(lines)))


def _in_order(exercise: Order) -> tuple[Statement, ...]:
    if not exercise.lines:
        return state(exercise.of, exercise.by, (*exercise.variables, *exercise.let)).lines
    return tuple(Statement(text, (place - 1,) if place else ()) for place, text in enumerate(exercise.lines))


def _arrangement(id_: str, lines: Sequence[Statement]) -> tuple[int, ...]:
    """For each line shown, its place in the right order: the same on every machine, another for every exercise."""
    for salt in count():
        keys = [sha256(f"{salt} {id_} {place} {line.text}".encode()).digest() for place, line in enumerate(lines)]
        found = tuple(sorted(range(len(lines)), key=keys.__getitem__))
        if _good_from_the_top(lines, found) < len(lines):
            return found
        if salt > _MOST_SHUFFLES:
            break
    raise BrokenExerciseError(tr("its lines are right in any order"))


def _good_from_the_top(lines: Sequence[Statement], places: Sequence[int]) -> int:
    """How many lines, counted from the first, come after all that they need."""
    above: set[int] = set()
    for place in places:
        if not above.issuperset(lines[place].uses):
            break
        above.add(place)
    return len(above)


def _told(good: int) -> str:
    if not good:
        return tr("The first line cannot stand there yet: it needs another one above it.")
    return tr_n(
        "The first line is in order; the next one needs another line above it.",
        "The first {n} lines are in order; the next one needs another line above it.",
        good,
    )
