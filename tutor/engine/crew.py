"""Several engines at once, for whoever has thousands of questions and waits for the last answer: a teacher's proofs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tutor.engine.client import Engine
from tutor.engine.wire import Solution
from tutor.lesson.model import AnyExercise
from tutor.marking.verdict import Verdict
from tutor.marking.vouched import Vouched

MOST = 4
"Engines, of some 80 MB each, whatever the machine has."


class Crew:
    """Engines for proofs, one a core; each starts with the first question that finds the others busy."""

    def __init__(self, size: int | None = None) -> None:
        """
        Args:
            size: how many; as many as this process may use cores, when not given.
        """
        self._engines = [Engine.for_proofs() for _ in range(size or min(MOST, len(os.sched_getaffinity(0))))]
        self._free = list(self._engines)
        self._places = asyncio.Semaphore(len(self._engines))

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """As `Engine.mark`."""
        async with self._one() as engine:
            return await engine.mark(exercise, text)

    async def solve(self, exercise: AnyExercise) -> Solution:
        """As `Engine.solve`."""
        async with self._one() as engine:
            return await engine.solve(exercise)

    async def vouch(self, exercise: AnyExercise) -> Vouched:
        """As `Engine.vouch`."""
        async with self._one() as engine:
            return await engine.vouch(exercise)

    async def close(self) -> None:
        """End every child."""
        await asyncio.gather(*(engine.close() for engine in self._engines))

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[Engine]:
        """The engine that was free last: who asks one thing after another needs only one."""
        async with self._places:
            engine = self._free.pop()
            try:
                yield engine
            finally:
                self._free.append(engine)
