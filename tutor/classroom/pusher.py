"""When answers are pushed to the database of the class: seldom, in the background, by a process that is not waited for.

The process of the screens loads nothing for it. Each push starts `tutor.classroom.push` anew, which takes a quarter of a
second of a processor at low priority and ends; a process that stayed would hold 25 MB a learner all the time.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable

from tutor.engine.child import command
from tutor.front.ports import AnyJournal
from tutor.study.answer import Answer, Place

GATHERED = 120.0
"Seconds from an answer to the push that takes it and all that followed; with 100 learners at work one starts each second."

AnyTimer = Callable[[float, Callable[[], None]], threading.Timer]


def start_push() -> subprocess.Popen[bytes]:
    """Start the process that pushes, and leave it to itself; it takes no part in the terminal.

    Raises:
        OSError: the system starts none.
    """
    quiet = subprocess.DEVNULL
    argv = command("from tutor.classroom.push import main; main()")
    # In a session of its own: a terminal that is closed at once would take it along before it has sent anything.
    return subprocess.Popen(argv, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


class PushedJournal:
    """A journal whose answers are pushed a while after they are on disk, and once more when the learner leaves.

    A push that fails, or cannot be started, disturbs nobody: the next takes its answers too.
    """

    def __init__(
        self,
        journal: AnyJournal,
        start: Callable[[], subprocess.Popen[bytes]] = start_push,
        timer: AnyTimer = threading.Timer,
    ) -> None:
        self._journal = journal
        self._start = start
        self._timer = timer
        self._waiting: threading.Timer | None = None
        self._running: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def append(self, answer: Answer) -> str:
        """Write an answer; when this returns it is on disk."""
        told = self._journal.append(answer)
        with self._lock:
            self._wait()
        return told

    def answers(self, lesson_id: str | None = None) -> list[Answer]:
        """Every answer, or those of one lesson."""
        return self._journal.answers(lesson_id)

    def remember_place(self, lesson: str, step: str, at: str) -> str:
        """Write where the learner is."""
        return self._journal.remember_place(lesson, step, at)

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, the latest first."""
        return self._journal.places()

    def leave(self) -> None:
        """Push for the last time, without waiting for it. May be called again."""
        with self._lock:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None
            self._push()

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self._timer(GATHERED, self._after_a_while)
            self._waiting.daemon = True
            self._waiting.start()

    def _after_a_while(self) -> None:
        with self._lock:
            if self._waiting is None:
                return  # the learner left at this very moment
            self._waiting = None
            if self._running is not None and self._running.poll() is None:
                self._wait()  # a slow line: not a second one beside it
            else:
                self._push()

    def _push(self) -> None:
        with contextlib.suppress(OSError):
            self._running = self._start()
