"""The way to ask the engine: one question at a time, a deadline for each, and a new child when one is lost.

Runs in the screen process, so it never leads to SymPy. What an answer means is none of its business.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from tutor.descent.compared import Compared
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.engine.child import Child, GoneError, command
from tutor.engine.wire import (
    Check,
    Descend,
    Describe,
    Fault,
    Mark,
    Progress,
    Question,
    Reply,
    Request,
    Solution,
    Solve,
    Train,
    Vouch,
)
from tutor.errors import EngineError, Unreadable
from tutor.lesson.model import AnyExercise, Trial
from tutor.marking.verdict import Outcome, Verdict
from tutor.marking.vouched import Vouched
from tutor.words import tr

TOO_SLOW = tr("This took too long to decide, so it is not counted. Try writing it in a simpler way.")
NOT_WORKED_OUT = tr("This took too long to work out and was given up.")
TOO_MANY_STEPS = tr("This run took too long and was given up. Try fewer steps.")
STOPPED = tr(
    "The part of the tutor that works things out stopped over this, so it is not counted. Try another way to write it."
)
NO_START = tr("The part of the tutor that works things out does not start, so nothing can be counted now.")
CLOSED = tr("The tutor is closing, so this is not counted.")

LONGEST_TEXT = 4096
"Characters that travel to the child; it says itself that some of those are too many."

LONGEST_RUN = 10_000
"Characters of a run's string, as in `tutor.descent.runstring`."

_LATE = Fault(TOO_SLOW)


class Engine:
    """A child process that is started, asked, killed when it hangs, let go when nobody asks, and started again."""

    def __init__(
        self,
        *,
        deadline: float = 2.0,
        train_deadline: float = 10.0,
        start_allowance: float = 30.0,
        idle: float = 60.0,
        argv: Sequence[str] | None = None,
    ) -> None:
        """
        Args:
            deadline: seconds to mark or solve, counted from when the child is ready and has the question.
            train_deadline: seconds for a run of gradient descent.
            start_allowance: seconds that a child may take to be ready; half of one, but a whole class begins at once.
            idle: seconds without a question after which the child is let go.
            argv: another command to start, for tests.
        """
        self._deadline = deadline
        self._train_deadline = train_deadline
        self._start_allowance = start_allowance
        self._idle = idle
        self._argv = tuple(argv) if argv else command()
        self._child: asyncio.Task[Child] | None = None
        self._turn = asyncio.Lock()
        self._exchange: asyncio.Task[Reply | Fault] | None = None
        self._number = 0
        self._timer: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._is_closed = False

    @classmethod
    def for_proofs(cls) -> Self:
        """An engine for a teacher's proofs: nobody waits at a screen, and a busy machine must not look like a fault."""
        return cls(deadline=10.0, train_deadline=60.0)

    async def start(self) -> None:
        """Start the child, unless it runs; it warms up by itself. What goes wrong here is told to the first question.

        The thread that calls this must outlive the engine: on Linux the child dies with the thread that started it.
        """
        with contextlib.suppress(GoneError):
            await asyncio.shield(self._begin())
            self._rest()

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """Judge a typed answer; never raises. Past the deadline, or when the engine fails, the verdict is undecided."""
        if len(text) > LONGEST_TEXT:  # nothing that is big travels
            return _refusal(text)
        readable = text.encode("utf-8", "replace").decode()  # half a character from a terminal cannot be sent
        reply = await self._ask(Mark(exercise, readable), self._deadline)
        if isinstance(reply, Reply) and reply.verdict is not None:
            return reply.verdict
        fault = reply if isinstance(reply, Fault) else Fault(STOPPED)
        decided_by = "deadline" if fault is _LATE else "fault"
        return Verdict(outcome=Outcome.UNDECIDED, message=fault.message, decided_by=decided_by)

    async def solve(self, exercise: AnyExercise) -> Solution:
        """Work out the right answer.

        Raises:
            EngineError: with a sentence for people, when there is none.
        """
        reply = await self._ask(Solve(exercise), self._deadline)
        if isinstance(reply, Reply) and reply.solution is not None:
            return reply.solution
        raise _error(reply, late=NOT_WORKED_OUT)

    async def train(self, trial: Trial, rate: float, formulas: Mapping[str, str]) -> Run:
        """Run gradient descent.

        Args:
            rate: the learning rate, per step, instead of the trial's own.
            formulas: the partial for each weight as typed; the right one is used for a weight left out.

        Raises:
            EngineError: with a sentence for people, such as which formula cannot be read.
        """
        _check_rate(rate)
        return await self._run(Train(trial, rate, dict(formulas)))

    async def descend(self, run: str, heard: Callable[[Progress], None] | None = None) -> Run:
        """Make the run that a string stands for; when our caller is cancelled, the child gives it up as well.

        Args:
            heard: called a few times a second with how far it is. A run may take as long as it says so in time.

        Raises:
            EngineError: with a sentence for people, such as where the string cannot be read.
        """
        if len(run) > LONGEST_RUN:
            raise EngineError(tr("This is too long for a run."))
        return await self._run(Descend(run), heard)

    async def describe(self, run: str, heard: Callable[[Progress], None] | None = None) -> Problem:
        """What a run is made on, with at most a few hundred of its rows, for drawing.

        Raises:
            EngineError: with a sentence for people.
        """
        if len(run) > LONGEST_RUN:
            raise EngineError(tr("This is too long for a run."))
        reply = await self._ask(Describe(run), self._train_deadline, heard)
        if isinstance(reply, Reply) and reply.problem is not None:
            return reply.problem
        raise _error(reply, late=TOO_MANY_STEPS)

    async def check(
        self, run: str, weights: Sequence[float], step: int, heard: Callable[[Progress], None] | None = None
    ) -> tuple[Compared, ...]:
        """Each partial of a run beside a finite difference, over the examples that the update after a step looks at.

        Args:
            weights: where to compare.

        Raises:
            EngineError: with a sentence for people.
        """
        if len(run) > LONGEST_RUN:
            raise EngineError(tr("This is too long for a run."))
        reply = await self._ask(Check(run, tuple(weights), step), self._train_deadline, heard)
        if isinstance(reply, Reply) and reply.compared is not None:
            return reply.compared
        raise _error(reply, late=NOT_WORKED_OUT)

    async def _run(self, request: Train | Descend, heard: Callable[[Progress], None] | None = None) -> Run:
        reply = await self._ask(request, self._train_deadline, heard)
        if isinstance(reply, Reply) and reply.run is not None:
            return reply.run
        raise _error(reply, late=TOO_MANY_STEPS)

    async def vouch(self, exercise: AnyExercise) -> Vouched:
        """Prove what can be proved of an exercise.

        Raises:
            EngineError: with a sentence for people.
        """
        reply = await self._ask(Vouch(exercise), self._train_deadline)
        if isinstance(reply, Reply) and reply.vouched is not None:
            return reply.vouched
        raise _error(reply, late=NOT_WORKED_OUT)

    async def close(self) -> None:
        """End the child and wait until it is gone. What is still asked, or asked later, is answered with a fault."""
        self._is_closed = True
        self._stop_timer()
        if self._exchange is not None and not self._exchange.done():
            if self._child is not None:
                with contextlib.suppress(GoneError):
                    (await asyncio.shield(self._child)).kill()
            await asyncio.wait([self._exchange])
        await self._discard()
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def _ask(
        self, request: Request, deadline: float, heard: Callable[[Progress], None] | None = None
    ) -> Reply | Fault:
        await self._turn.acquire()
        self._stop_timer()
        # A task of its own: when our caller is cancelled, the child is still busy with the question, and the next one
        # must not be asked, nor its deadline begin, before that is answered or given up.
        self._exchange = exchange = asyncio.create_task(self._give_and_take(request, deadline, heard))
        exchange.add_done_callback(self._end_turn)
        try:
            return await asyncio.shield(exchange)
        except asyncio.CancelledError:
            if (
                isinstance(request, Descend)
                and not exchange.done()
                and self._child is not None
                and _is_there(self._child)
            ):
                self._child.result().call_off()
            raise

    def _end_turn(self, _: asyncio.Task[Reply | Fault]) -> None:
        self._turn.release()
        self._rest()

    async def _give_and_take(
        self, request: Request, deadline: float, heard: Callable[[Progress], None] | None
    ) -> Reply | Fault:
        """Ask, and ask a second child when the first is lost: earlier questions may have used up its memory."""
        fault = NO_START
        for _ in range(2):
            try:
                child = await self._ready_child()
            except GoneError:
                await self._discard()
                continue
            except TimeoutError:
                await self._discard()
                break
            fault = STOPPED
            self._number += 1
            try:
                async with asyncio.timeout(deadline) as limit:
                    return await child.ask(Question(self._number, request), _longer(limit, deadline, heard))
            except GoneError:
                await self._replace()
            except TimeoutError:
                await self._replace()
                return _LATE
        return Fault(CLOSED if self._is_closed else fault)

    async def _ready_child(self) -> Child:
        child = await asyncio.shield(self._begin())
        async with asyncio.timeout(self._start_allowance):
            await child.become_ready()
        return child

    def _begin(self) -> asyncio.Task[Child]:
        """The child that runs, or a new one on its way."""
        if self._is_closed:
            raise GoneError
        if self._child is None or _is_lost(self._child):
            self._child = asyncio.create_task(Child.spawn(self._argv))
        return self._child

    async def _replace(self) -> None:
        """End the child and have the next one warm up already."""
        await self._discard()
        with contextlib.suppress(GoneError):
            self._begin()

    async def _discard(self) -> None:
        task, self._child = self._child, None
        if task is not None:
            with contextlib.suppress(GoneError):
                await (await task).reap()

    def _rest(self) -> None:
        self._stop_timer()
        if not self._is_closed and not self._turn.locked():
            self._timer = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    def _let_go(self) -> None:
        leaving = asyncio.create_task(self._discard())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _longer(
    limit: asyncio.Timeout, deadline: float, heard: Callable[[Progress], None] | None
) -> Callable[[Progress], None]:
    """Whoever says how far it is may take as long again."""

    def hear(progress: Progress) -> None:
        limit.reschedule(asyncio.get_running_loop().time() + deadline)
        if heard is not None:
            heard(progress)

    return hear


def _is_there(task: asyncio.Task[Child]) -> bool:
    return task.done() and not _is_lost(task)


def _is_lost(task: asyncio.Task[Child]) -> bool:
    if not task.done():
        return False
    return task.cancelled() or task.exception() is not None or not task.result().is_running


def _check_rate(rate: float) -> None:
    if not math.isfinite(rate):  # JSON has no such number
        raise EngineError(tr("The rate must be a number above 0, such as 0.1; it is {rate:g}.", rate=rate))


def _refusal(text: str) -> Verdict:
    """What the child would say of a text that is too long."""
    from tutor.maths.grammar import Vocabulary  # here: the grammar's tables and patterns would cost each start 4 ms
    from tutor.maths.parse import parse

    try:
        parse(text, Vocabulary(frozenset()))
    except Unreadable as error:
        return Verdict(outcome=Outcome.UNREADABLE, message=error.message, column=error.column, decided_by="reading")
    raise EngineError(NOT_WORKED_OUT)  # it was read after all, so there is nothing to say against it


def _error(reply: Reply | Fault, *, late: str) -> EngineError:
    if reply is _LATE:
        return EngineError(late)
    fault = reply if isinstance(reply, Fault) else reply.fault
    return EngineError(fault.message if fault is not None else STOPPED)
