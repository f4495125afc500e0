"""Text on its way to a terminal that may be slow, frozen or gone.

Textual's own writer lets the app wait once thirty pieces are queued, so a frozen terminal stops its timers and even its end
(ground.md, section 4). Here nobody waits: whoever draws asks `is_behind` first, and leaves out what nobody would see.
"""

import os
from collections.abc import Callable
from threading import Condition, Thread

FAR_BEHIND = 32_768
"Bytes that still wait, above which drawing more would only make what is seen older; a screen of 80x24 is 15 kB at most."


class Outgoing:
    """A thread that writes to a descriptor what it is given.

    Args:
        when_caught_up: called from that thread once everything is written, if `is_behind` was found true meanwhile.
    """

    def __init__(self, descriptor: int, when_caught_up: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._when_caught_up = when_caught_up
        self._changed = Condition()
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._is_missed = False
        self._is_gone = False
        # A daemon: the interpreter must be able to end while a frozen terminal holds the thread.
        Thread(target=self._run, name="terminal-output", daemon=True).start()

    def write(self, text: str) -> None:
        """Have a text written soon; what cannot be encoded, half a character, becomes a question mark."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            if not self._is_gone:
                self._waiting.append(data)
                self._bytes += len(data)
                self._changed.notify_all()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has so much still to take that a frame is better left out."""
        with self._changed:
            self._is_missed = self._is_missed or self._bytes > FAR_BEHIND
            return self._bytes > FAR_BEHIND

    def drain(self, seconds: float) -> None:
        """Wait until all is written or the terminal is gone, but no longer than that."""
        with self._changed:
            self._changed.wait_for(lambda: self._bytes == 0 or self._is_gone, seconds)

    def _run(self) -> None:
        while not self._is_gone:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting))
                data = b"".join(self._waiting)
                self._waiting.clear()
            is_gone = not self._put(data)
            with self._changed:
                self._is_gone = is_gone
                self._bytes -= len(data)
                is_missed = self._is_missed and self._bytes == 0
                self._is_missed = self._is_missed and not is_missed
                self._changed.notify_all()
            if is_missed and not is_gone:
                self._when_caught_up()

    def _put(self, data: bytes) -> bool:
        """Write all of it; false when there is no terminal any more."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError:
            return False
        return True
