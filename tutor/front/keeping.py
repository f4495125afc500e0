"""What is written down: of a lesson answers, help taken and the place; of the placement check answers and how far it came.

The clock and the ids of rows are made here. Calls wait for the disk, so each goes to a thread; a trouble of the disk comes
back as a sentence, since it must not end the lesson.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tutor.errors import ProgressError
from tutor.front.ports import AnyJournal
from tutor.marking.verdict import Verdict
from tutor.study.placement import PLACEMENT, Placement, Question, written
from tutor.study.session import Session


class Keeper:
    """Writes what happens in one session to the journal."""

    def __init__(self, session: Session, journal: AnyJournal) -> None:
        self._session = session
        self._journal = journal
        self._since = time.monotonic()

    async def place(self) -> str:
        """Remember the step stood on, and begin to count its seconds.

        Returns:
            What the learner must be told; empty when all is well. So do the others.
        """
        self._since = time.monotonic()
        return await _told(self._journal.remember_place, self._session.lesson.id, self._session.step_id, _now())

    async def answer(self, exercise_id: str, text: str, verdict: Verdict) -> str:
        """Write an answer, before the session counts it; when this returns it is on disk."""
        return await self._write(exercise_id, text, verdict)

    async def help_taken(self, exercise_id: str) -> str:
        """Write that a hint was taken or the solution shown, after the session has counted it."""
        return await self._write(exercise_id, "", None)

    async def _write(self, exercise_id: str, text: str, verdict: Verdict | None) -> str:
        seconds = time.monotonic() - self._since
        row = self._session.record(exercise_id, text, verdict, id=str(uuid.uuid4()), at=_now(), seconds=seconds)
        return await _told(self._journal.append, row)


class PlacementKeeper:
    """Writes what happens in the placement check to the journal."""

    def __init__(self, journal: AnyJournal) -> None:
        self._journal = journal
        self._since = time.monotonic()

    def begin(self) -> None:
        """Begin to count the seconds of a question."""
        self._since = time.monotonic()

    async def answer(self, question: Question, text: str, verdict: Verdict) -> str:
        """Write an answer; returns what the learner must be told."""
        seconds = time.monotonic() - self._since
        row = question.record(text, verdict, id=str(uuid.uuid4()), at=_now(), seconds=seconds)
        return await _told(self._journal.append, row)

    async def replies(self, placement: Placement) -> str:
        """Remember how far the check has come; returns what the learner must be told."""
        return await _told(self._journal.remember_place, PLACEMENT, written(placement), _now())


async def _told(write: Callable[..., str], *values: Any) -> str:
    try:
        return await asyncio.to_thread(write, *values)
    except ProgressError as trouble:
        return str(trouble)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
