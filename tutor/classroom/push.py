"""A learner's answers brought to the database of the class: what is missing there, in batches, in a process of its own.

Nothing is remembered here of what was sent: the database is asked, so it does not matter how long it was out of reach,
whether it was restored from last week's copy, or on how many machines the learner works.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tutor import places
from tutor.classroom.class_database import connected, refuse_to_send
from tutor.errors import ClassBusyError, TutorError
from tutor.study.answer import Answer, zoned
from tutor.study.journal_snapshot import answer_numbers, numbered_answers

if TYPE_CHECKING:
    from psycopg import Connection

BATCH = 500
"Answers a transaction: some hundred kilobytes, so that a line that is lost costs little."

LONGEST = 300
"Seconds after which the process is ended by the system, whatever it waits for; the next one goes on where it was."

TRIES = 6

PAUSE = (2.0, 30.0)
"Seconds between two tries, at the least and at the most: by chance, so that not all come at once again."

_ADD = "SELECT tutor.add(%s::json)"
_MISSING = "SELECT tutor.missing(%s::text[])"


class Pushed(msgspec.Struct, frozen=True):
    """What came of it."""

    sent: int
    there: int
    "Answers that the database had already."
    refused: int
    "Answers that it does not take, or that are damaged; they stay in the learner's own record."


def push(journal: Path, url: str, after_batch: Callable[[], None] = lambda: None) -> Pushed:
    """Send what the database does not have.

    Args:
        after_batch: called whenever some answers are safe there.
    Raises:
        ClassError, ProgressError: the database or the journal cannot be used; what was sent before stays sent.
    """
    numbers = answer_numbers(journal)
    sent = refused = missing = 0
    if not numbers:
        return Pushed(0, 0, 0)
    with connected(url) as connection:
        refuse_to_send(connection)
        for ids in _in_batches(numbers):
            wanted = _missing(connection, ids)
            missing += len(wanted)
            answers = numbered_answers(journal, [numbers[id] for id in wanted]) if wanted else []
            arrived, not_taken = _send(connection, [_row(number, answer) for number, answer in answers])
            sent, refused = sent + arrived, refused + not_taken + len(wanted) - len(answers)
            after_batch()
    return Pushed(sent, len(numbers) - missing, refused)


def main(wait: Callable[[float], None] = time.sleep) -> None:
    """Push, quietly: nobody waits for this process, and nobody reads what it says.

    When a lesson ends and a hundred leave at once, a server may be short of connections, so those who come last try again.
    """
    signal.alarm(LONGEST)
    # Not lower: while it reads the journal, for a millisecond or two, the learner's own tutor cannot write there.
    os.nice(5)
    for _ in range(TRIES):
        try:
            url = places.class_url()
            if url:
                push(places.journal_file(), url)
            return
        except ClassBusyError:
            wait(random.uniform(*PAUSE))
        except TutorError:
            return  # the next push will do; `tutor class push` says why this one did not


def _in_batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(itertools.islice(rest, BATCH)):
        yield batch


def _missing(connection: Connection[Any], ids: Sequence[str]) -> list[str]:
    spelt = {_text(id): id for id in ids}
    return [spelt[row[0]] for row in connection.execute(_MISSING, (list(spelt),))]


def _send(connection: Connection[Any], rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """How many arrived, and how many are not taken.

    A row that is itself at fault would stand in the way of all the others of its batch, for ever, so halves are tried.
    """
    import psycopg  # loaded already, by whoever made the connection

    if not rows:
        return 0, 0
    try:
        added = connection.execute(_ADD, (msgspec.json.encode(rows).decode(),)).fetchone()
        return (int(added[0]) if added else 0), 0
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded):
        if len(rows) == 1:
            return 0, 1
    middle = len(rows) // 2
    first, second = _send(connection, rows[:middle]), _send(connection, rows[middle:])
    return first[0] + second[0], first[1] + second[1]


def _row(number: int, answer: Answer) -> dict[str, Any]:
    """An answer as the database takes it."""
    return {
        "id": _text(answer.id),
        "number": number,
        "at": zoned(answer.at),
        "lesson": _text(answer.lesson),
        "exercise": _text(answer.exercise),
        "seed": answer.seed,
        "text": _text(answer.text),
        "verdict": answer.verdict.value if answer.verdict else None,
        "slips": [_text(slip) for slip in answer.slips],
        "hints": answer.hints,
        "solution_shown": answer.solution_shown,
        "seconds": answer.seconds,
        "version": _text(answer.version),
    }


def _text(typed: str) -> str:
    """The one character that PostgreSQL does not take, replaced."""
    return typed.replace("\0", "\ufffd")
