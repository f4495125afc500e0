"""Frames no faster than the terminal draws them: behind each it is asked whether it has come so far.

Between us and the eye lie buffers that nobody can look into, 64 kB in a pseudo-terminal and more in SSH: at 4 kB/s a quarter of
a minute of old frames before a key shows anything. A terminal answers `ESC [ 5 n` (device status, ECMA-48 8.3.35) when it has
drawn what stood before it; while too much is unanswered, frames are left out. One that never answers is not waited for.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

QUESTION = "\x1b[5n"
"Device status report: how are you? Every terminal since the VT100 answers it."
ANSWERS = ("\x1b[0n", "\x1b[3n")

MOST = 3
"Frames on their way; at eight a second they bridge a line whose way there and back takes three eighths of a second."

ENOUGH = 1200
"Characters on their way besides which no further frame is sent: a third of a second at 4 kB/s."

DEAF, LOST = 1.0, 5.0
"Seconds after which a terminal that has never answered is taken not to, and after which an answer is taken to be lost."


class Pace:
    """What is asked and answered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._out: deque[int] = deque()
        "For each question not answered, the characters that went before it."
        self._written = 0
        self._last = 0.0
        self._has_answered = False
        self._is_deaf = False
        self._is_expected = False

    @property
    def out(self) -> int:
        """Questions that are not answered."""
        return len(self._out)

    def wrote(self, count: int) -> None:
        """So many characters went to the terminal."""
        self._written += count

    def may_draw(self) -> bool:
        """Whether another frame would be seen soon."""
        if len(self._out) >= MOST or sum(self._out) > ENOUGH:
            if self._clock() - self._last < (LOST if self._has_answered else DEAF):
                return False
            self._is_deaf = self._is_deaf or not self._has_answered
            self._out.clear()
        self._is_expected = True
        return True

    def ask(self) -> str:
        """What is to be written behind a frame; nothing behind one that `may_draw` was not asked about."""
        is_expected, self._is_expected = self._is_expected, False
        if self._is_deaf or not is_expected:
            self._written = 0
            return ""
        return self.question()

    def question(self) -> str:
        """What is to be written to have an answer, for whatever reason; it is counted, so that no other's is taken for it."""
        if not self._out:
            self._last = self._clock()
        self._out.append(self._written)
        self._written = 0
        return QUESTION

    def hear(self) -> None:
        """An answer has come."""
        self._has_answered, self._is_deaf = True, False
        if self._out:
            self._out.popleft()
        self._last = self._clock()
