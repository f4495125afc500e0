"""What is remembered of a learner: an answer given, a place reached; and how an answer lies in a row.

The journal knows of disks, the session of rules; here is neither.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from tutor.marking.verdict import Outcome

EARLIEST = datetime.min.replace(tzinfo=UTC)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a learner did on one exercise: an answer typed, or help taken without typing one."""

    id: str
    "A uuid4 as text, made by whoever writes the answer; a second answer with the same id is not written."
    at: str
    "When, in ISO 8601 and UTC."
    lesson: str
    exercise: str
    seed: int | None = None
    "Which variant of the exercise; nothing for an exercise without variants."
    text: str
    "As typed; empty when nothing was."
    verdict: Outcome | None
    "Nothing when nothing was typed: a hint was taken or the solution shown."
    slips: tuple[str, ...] = ()
    "Ids from the registry of mistakes, likeliest first."
    hints: int = 0
    "Hints revealed on this exercise so far."
    solution_shown: bool = False
    "Whether the solution had been shown by then."
    seconds: float
    "Since the exercise came onto the screen."
    version: str
    "The tutor's version."


class Place(msgspec.Struct, frozen=True):
    """Where a learner was."""

    lesson: str
    step: str
    "An id as `Session.step_id` gives it."
    at: str
    "When, in ISO 8601 and UTC."


def moment(at: str) -> datetime | None:
    """A time as the record has it, in UTC; nothing for what is no time.

    Times are never compared as text: other programs write them with other offsets.

    >>> moment("2025-03-01T09:30:00+02:00") < moment("2025-03-01T09:00:00Z")
    True
    """
    try:
        time = datetime.fromisoformat(at)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def zoned(at: str) -> str:
    """A time with its zone, for those to whom a time without one is no moment: UTC, as `moment` takes it.

    Raises:
        ValueError: it is no time.

    >>> zoned("2025-03-01"), zoned("2025-03-01T09:00:00Z")
    ('2025-03-01T00:00:00+00:00', '2025-03-01T09:00:00Z')
    """
    time = datetime.fromisoformat(at)
    return at if time.tzinfo else time.replace(tzinfo=UTC).isoformat()


def in_order(at: str) -> datetime:
    """A time by which to sort; what is no time comes first."""
    return moment(at) or EARLIEST


COLUMNS = "id, at, lesson, exercise, seed, text, verdict, slips, hints, solution_shown, seconds, version"
"The order in which `to_row` and `from_row` have the values of an answer."


def to_row(answer: Answer) -> tuple[Any, ...]:
    """The values of an answer as a database takes them."""
    return (
        answer.id,
        answer.at,
        answer.lesson,
        answer.exercise,
        answer.seed,
        # Half a surrogate pair, which a broken paste can bring, is no text that a database takes.
        answer.text.encode("utf-8", "replace").decode(),
        answer.verdict.value if answer.verdict else None,
        " ".join(answer.slips),
        answer.hints,
        answer.solution_shown,
        answer.seconds,
        answer.version,
    )


def from_row(row: Sequence[Any]) -> Answer:
    """The answer that a row holds; of a damaged one, as much of it as is there."""
    id, at, lesson, exercise, seed, text, verdict, slips, hints, solution_shown, seconds, version = row
    return Answer(
        id=id,
        at=as_text(at),
        lesson=as_text(lesson),
        exercise=as_text(exercise),
        seed=seed if isinstance(seed, int) else None,
        text=as_text(text),
        verdict=_outcome(verdict) if verdict is not None else None,
        slips=tuple(as_text(slips).split()),
        hints=max(hints, 0) if isinstance(hints, int) else 0,
        solution_shown=bool(solution_shown),
        # Not a number is stored as nothing.
        seconds=float(seconds) if isinstance(seconds, int | float) and math.isfinite(seconds) else 0.0,
        version=as_text(version),
    )


def as_text(stored: Any) -> str:
    """Text as a database holds it: of a flipped bit SQLite knows nothing, and Python would refuse to read any row."""
    match stored:
        case str():
            return stored
        case bytes():
            return stored.decode("utf-8", "replace")
    return "" if stored is None else str(stored)


def _outcome(verdict: Any) -> Outcome:
    try:
        return Outcome(verdict)
    except ValueError:
        return Outcome.UNDECIDED  # what is no verdict of any tutor's is never blamed on the learner
