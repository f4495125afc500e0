"""Whether whoever has the terminal is still there, found out only while something is drawn and nobody types.

sshd asks a silent client whether it lives, but not one to which it has something to send (ground.md, section 4): a client that
is frozen in the middle of an animation would be kept for as long as that runs. So the terminal itself is asked, and while
it owes the answer nothing more is drawn; then sshd asks, and ends the session if nobody is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from tutor.tui.pace import ANSWERS

UNHEARD: Final = 3.0
"Seconds without a byte from the terminal after which it is asked."
PATIENCE: Final = 3.0
"Seconds for the answer, after which frames are left out until something comes."


class SignOfLife:
    """What is known of the other end.

    Args:
        ask: has the terminal say how it is.
        clock: seconds, only ever rising.
    """

    def __init__(self, ask: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._answers = False
        "Whether it has ever answered: one that does not know the question is left alone."
        self._heard = clock()
        self._asked: float | None = None
        self._tail = ""

    def hear(self, text: str) -> bool:
        """Something came from the terminal; returns whether frames were left out, so that all must be drawn again."""
        was_silent = self._is_overdue()
        if not self._answers:
            heard = self._tail + text
            self._answers = any(answer in heard for answer in ANSWERS)
            self._tail = heard[-max(map(len, ANSWERS)) :]
        self._heard, self._asked = self._clock(), None
        return was_silent

    def is_silent(self) -> bool:
        """Whether a frame is better left out; asked before each, and the only moment at which the terminal is asked."""
        if self._answers and self._asked is None and self._clock() - self._heard >= UNHEARD:
            self._asked = self._clock()
            self._ask()
        return self._is_overdue()

    def _is_overdue(self) -> bool:
        return self._asked is not None and self._clock() - self._asked >= PATIENCE
