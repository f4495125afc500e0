"""A line of 4 kB a second between a run that plays and the eye: frames are dropped, and a key is never lost or late.

The line is a pipe of buffers as SSH has them: all that is written to it waits its turn, and the terminal at its far end answers
what it is asked only once it has read so far.
"""

from __future__ import annotations

import os
import re
import select
import time
from pathlib import Path

import pytest
from terminal import LIMIT, Terminal, environment, tutor_command

RATE = 4096
"Bytes a second."
SCREEN = 200, 60


class SlowLine(Terminal):
    """A terminal that draws so many bytes a second and says when it has come as far as it was asked about."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        columns, rows = SCREEN
        super().__init__(command, env, columns=columns, rows=rows)
        self._waiting = b""
        self._spent = time.monotonic()
        self.rate = 10**9

    @property
    def waiting(self) -> int:
        """Bytes that have been sent and are not drawn yet."""
        return len(self._waiting)

    def _read(self) -> bool:
        try:
            while select.select([self._descriptor], [], [], 0)[0]:
                data = os.read(self._descriptor, 65536)
                if not data:
                    return False
                self._waiting += data
        except OSError:
            return False
        return True

    def watch(self, seconds: float, until: str = "") -> float:
        """Draw what comes for so long, or until a text is on the screen; returns the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds and not (until and until in self.text):
            select.select([self._descriptor], [], [], 0.02)
            self._read()
            self._draw()
        return time.monotonic() - began

    def _draw(self) -> None:
        now = time.monotonic()
        count = min(len(self._waiting), int((now - self._spent) * self.rate))
        if not self._waiting:
            self._spent = now
        if count:
            data, self._waiting = self._waiting[:count], self._waiting[count:]
            self._spent += count / self.rate
            self._stream.feed(self._decoder.decode(re.sub(rb"\x1b\[[<>=?][0-9;$]*[a-z]", b"", data)))
            for _ in range(data.count(b"\x1b[5n")):
                self.send("\x1b[0n")


@pytest.mark.parametrize("run", ["xor:rate=0.5:steps=4000"])
def test_frames_are_dropped_and_keys_are_not(run: str, tmp_path: Path) -> None:
    with SlowLine(tutor_command("lab", run), environment(tmp_path)) as line:
        line.watch(LIMIT, until="steps/s")
        # Past step 200, so that none of the next seconds brings a larger picture, which is drawn whole.
        line.send("\x1b[1;2C" * 22)
        line.press("space")
        line.watch(LIMIT, until="step 23")
        line.rate = RATE
        backlog = []
        for _ in range(5):
            line.watch(1)
            backlog.append(line.waiting)
        # Without being held back six views of a network send several times what the line takes, and ever more is waiting.
        assert max(backlog) < 2 * RATE, backlog
        line.press("space")
        line.watch(LIMIT, until="space play")
        shown = int(re.search(r"step (\d+) of", line.text)[1])
        for _ in range(5):
            line.press("right")
        line.watch(LIMIT, until=f"step {shown + 5} of")
        line.press("?")
        line.watch(LIMIT, until="leave the lab")
        line.rate = 10**9
        line.press("escape")
        line.watch(LIMIT, until="new = old")
        line.press("escape")
        line.watch(LIMIT, until="Derivatives for")
        line.press("q")
        assert line.wait_until_ended() == 0
