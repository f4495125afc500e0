"""Finding the wrong line of a worked solution: the answer is its number, counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from tutor.errors import Unreadable
from tutor.lesson.formula import show_maths
from tutor.lesson.model import Fix
from tutor.marking.own_words import own_words
from tutor.marking.question import BrokenExerciseError
from tutor.marking.slips.probe import choose_probes, is_close
from tutor.marking.statements import Statement, Statements, state_with_slip
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.parse import parse_free
from tutor.maths.tree import variables
from tutor.words import tr, tr_n

_NUMBER = re.compile(r"(?:line)?\s*([0-9]+)\s*[.)]?", re.IGNORECASE)


def worked_wrongly(exercise: Fix) -> Statements:
    """The solution as it is shown, and where it is wrong.

    Raises:
        BrokenExerciseError: it has not exactly one wrong line.
    """
    return _worked(msgspec.json.encode(exercise))  # by content: it comes over the wire anew, and dicts have no hash


@lru_cache(maxsize=64)
def _worked(key: bytes) -> Statements:
    exercise = msgspec.json.decode(key, type=Fix)
    names = (*exercise.variables, *exercise.let)
    if exercise.lines:
        return _given(exercise, names)
    return state_with_slip(exercise.of, exercise.by, exercise.slip, names)


def mark_fix(exercise: Fix, text: str) -> Verdict:
    """Judge a line's number.

    Raises:
        Unreadable: it is none of them.
        BrokenExerciseError: as `worked_wrongly`.
    """
    solution = worked_wrongly(exercise)
    typed = _NUMBER.fullmatch(text.strip())
    number = int(typed[1]) if typed else 0
    if not 1 <= number <= len(solution.lines):
        raise Unreadable(tr("Choose a line by its number, 1 to {last}.", last=len(solution.lines)), 0)
    if number == solution.wrong + 1:
        return Verdict(outcome=Outcome.CORRECT, message=_about_the_wrong_one(exercise, solution), decided_by="choice")
    said = own_words(exercise, str(number)) or _about_another(exercise, solution, number)
    return Verdict(outcome=Outcome.INCORRECT, message=said, decided_by="choice")


def solve_fix(exercise: Fix) -> str:
    """The number of the wrong line."""
    return str(worked_wrongly(exercise).wrong + 1)


# --- what is said


def _about_the_wrong_one(exercise: Fix, solution: Statements) -> str:
    if said := own_words(exercise, exercise.slip):
        return said
    if solution.said is None:
        return tr("Line {n} is not equal to line {above}.", n=solution.wrong + 1, above=solution.wrong)
    return tr("Its writer {did}.", did=solution.said.did)


def _about_another(exercise: Fix, solution: Statements, number: int) -> str:
    line = solution.lines[number - 1]
    if solution.wrong in _behind(solution, number - 1):
        return tr("Line {n} follows from what stands above it; something went wrong before.", n=number)
    if exercise.lines:
        if number == 1:
            return tr("Line 1 is what was to be worked out.")
        return tr("Line {n} is equal to line {above}.", n=number, above=number - 1)
    above = [str(place + 1) for place in line.uses]
    if not above:
        return tr("Line {number} is right. Look at the others.", number=number)
    return tr_n(
        "Line {number} is right: it follows from line {above}.",
        "Line {number} is right: it follows from lines {above}.",
        len(above),
        number=number,
        above=tr(" and ").join(above),
    )


def _behind(solution: Statements, place: int) -> set[int]:
    """The lines that a line follows from, however far back."""
    found = set(solution.lines[place].uses)
    for above in solution.lines[place].uses:
        found |= _behind(solution, above)
    return found


# --- the author's own lines


def _given(exercise: Fix, names: tuple[str, ...]) -> Statements:
    breaks = list(_breaks(exercise.lines, names))
    if not breaks:
        raise BrokenExerciseError(tr("every line is equal to the one above it, so none is wrong"))
    if len(breaks) > 1:
        told = tr(" and ").join(str(place + 1) for place in breaks)
        raise BrokenExerciseError(tr("lines {lines} both differ from the one above; one may", lines=told))
    lines = tuple(
        Statement(show_maths(text), (place - 1,) if place else ()) for place, text in enumerate(exercise.lines)
    )
    return Statements(lines, breaks[0])


def _breaks(texts: tuple[str, ...], names: tuple[str, ...]) -> Iterator[int]:
    """The lines that are not equal to the one above, counted from 0."""
    try:
        trees = [parse_free(text, names) for text in texts]
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error
    letters = tuple(sorted(frozenset().union(*map(variables, trees))))
    probes = choose_probes(letters, trees, 4 if letters else 1)
    if not probes:
        raise BrokenExerciseError(tr("its lines have no values that could be compared"))
    for place in range(1, len(trees)):
        if not all(is_close(probe.value(trees[place - 1]), probe.value(trees[place])) for probe in probes):
            yield place
