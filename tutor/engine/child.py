"""One child process seen from its parent: started, asked one thing at a time, killed and reaped.

Knows nothing of deadlines, retries or whose turn it is; that is `tutor.engine.client`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tutor.engine.pieces import Gathered
from tutor.engine.wire import MAX_REPLY, Progress, Question, Reply

# `-m` would not find the package when it is run from a working tree: `-I` leaves out the current directory. The same
# package as ours must be found, neither an older one that is also installed, nor anything on PYTHONPATH.
_START = "import sys; root = {root!r}; root in sys.path or sys.path.insert(0, root); {then}"
_ROOT = str(Path(__file__).resolve().parents[2])

_NOT_PASSED_ON = ("PYTHON", "TEXTUAL", "SYMPY")


class GoneError(Exception):
    """The child ended, or said what no child of ours says."""


def command(then: str = "from tutor.engine.server import main; main()") -> tuple[str, ...]:
    """The command line of the child; tests put another statement in the place of the last."""
    return (sys.executable, "-I", "-c", _START.format(root=_ROOT, then=then), str(os.getpid()))


class Child:
    """A running child process."""

    def __init__(self, process: Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise GoneError
        self._process = process
        self._requests = process.stdin
        self._replies = process.stdout
        self._is_ready = False

    @classmethod
    async def spawn(cls, argv: Sequence[str]) -> Child:
        """Start the process and return without waiting for it to be ready.

        Raises:
            GoneError: when the system cannot start it.
        """
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_PASSED_ON)}
        try:
            process = await asyncio.create_subprocess_exec(
                *argv, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=MAX_REPLY
            )
        except (OSError, RuntimeError) as error:  # RuntimeError: no thread left to watch it with
            raise GoneError from error
        return cls(process)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not been seen to end."""
        return self._process.returncode is None

    async def become_ready(self) -> None:
        """Wait for the line in which it says so.

        Raises:
            GoneError: when it ended instead.
        """
        if not self._is_ready:
            await self._reply_to(0)
            self._is_ready = True

    async def ask(self, question: Question, heard: Callable[[Progress], None] | None = None) -> Reply:
        """Send the question and wait for the reply of its number; others are dropped.

        Args:
            heard: called with how far the child has come, as often as it says so.

        Raises:
            GoneError: when it ended or answered nonsense, or the question cannot be written down.
        """
        try:
            line = msgspec.json.encode(question) + b"\n"
        except (ValueError, OverflowError) as error:  # half a character from a lesson; a number past 64 bits
            raise GoneError from error
        self._requests.write(line)
        with contextlib.suppress(ConnectionError):  # reading tells the same, after what was said before the end
            await self._requests.drain()
        return await self._reply_to(question.n, heard)

    async def _reply_to(self, n: int, heard: Callable[[Progress], None] | None = None) -> Reply:
        gathered = Gathered()
        while True:
            try:
                line = await self._replies.readline()
                # Not by a decoder made beforehand: what a reply may hold takes 2 ms to find out, before any screen is there.
                reply = msgspec.json.decode(line, type=Reply)
                if reply.n != n:
                    continue
                if reply.piece is not None:
                    gathered.add(reply.piece)
                    # A line that is there already is read without letting anybody else do anything.
                    await asyncio.sleep(0)
                elif reply.progress is None:
                    return _complete(reply, gathered)
            except (ValueError, ConnectionError) as error:  # ValueError: no Reply, or too long a line
                raise GoneError from error
            if reply.progress is not None and heard is not None:
                heard(reply.progress)

    def call_off(self) -> None:
        """Say that nobody wants the answer any more; it comes all the same, soon, and says no more than that."""
        if self._is_ready and self.is_running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGUSR1)

    def kill(self) -> None:
        """End it at once; whoever waits for a reply gets `GoneError`."""
        # Not `Process.kill()`: it asks for the exit status first, and when it gets that before asyncio's own watcher,
        # the watcher writes a warning to stderr.
        if self.is_running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def reap(self) -> None:
        """End it and wait until the system has let go of it. Nobody may be waiting for a reply."""
        self.kill()
        # Not `wait()`: that hangs while unread output stands in the pipe.
        with contextlib.suppress(ValueError, ConnectionError):
            await self._process.communicate()


def _complete(reply: Reply, gathered: Gathered) -> Reply:
    return msgspec.structs.replace(reply, run=gathered.whole(reply.run)) if reply.run is not None else reply
