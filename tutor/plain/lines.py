"""Lines of text in and out: what comes in is cleaned, what goes out is broken to the width. It knows no lesson.

Reading waits in a thread of its own, since a file, a pipe and a terminal can all be read that way, and the engine is looked
after meanwhile. What is asked stands on a line of its own unless a person types behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import Iterable
from threading import Thread
from typing import Final, TextIO

from tutor import display
from tutor.front.decoding import new_decoder
from tutor.front.shown import shown
from tutor.front.typeset import set_page
from tutor.front.words import wrapped

LONGEST: Final = 4096
"Characters of a line that are kept; the grammar refuses a tenth of that with a message."

WIDEST: Final = 78

_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|O?.)")
"What an arrow key leaves in a line, among others."


class Lines:
    """A learner who reads lines and writes lines."""

    def __init__(self, source: int, target: TextIO, *, width: int = WIDEST) -> None:
        """
        Args:
            source: the descriptor that lines are read from.
            width: characters of a line that is written, where it can be broken.
        """
        self.width = max(display.NARROWEST, width)
        self._source = source
        self._target = target
        self._is_typed = os.isatty(source) and target.isatty()
        "Whether a person types behind what is asked, so that the line is not ended there."
        self._decoder = new_decoder()
        self._held = ""
        self._is_over = False
        self._is_empty = True
        "Whether the line written last was empty; two of them would say no more than one."

    # --- out

    def say(self, text: str = "") -> None:
        """Write a text, each of its lines broken between words; an empty one parts what is above from what is below."""
        for line in shown(text).split("\n"):
            self.put(wrapped(line, self.width) or [""])

    def say_trouble(self, trouble: str) -> None:
        """Write what went wrong, if anything did."""
        if trouble:
            self.say(trouble)

    def page(self, text: str) -> None:
        """Write a text in the language of pages."""
        if text:
            self.put(line.plain for line in set_page(text, self.width, is_flat=True))

    def put(self, lines: Iterable[str]) -> None:
        """Write lines as they are."""
        for line in lines:
            clean = shown(line).rstrip()
            if clean or not self._is_empty:
                self._target.write(f"{clean}\n")
            self._is_empty = not clean

    # --- in

    async def ask(self, prompt: str) -> str | None:
        """The line that answers a prompt, without what no answer can hold; None once no more will come."""
        self._target.write(f"{shown(prompt)} " if self._is_typed else f"{shown(prompt)}\n")
        self._target.flush()
        self._is_empty = False
        line = await self._line()
        if line is None:
            if self._is_typed:
                self._target.write("\n")
            return None
        plain = "".join(sign if sign.isprintable() else " " for sign in _SEQUENCE.sub("", line))
        return " ".join(plain.split())

    async def _line(self) -> str | None:
        while "\n" not in self._held and not self._is_over:
            data = await self._read()
            self._is_over = not data
            self._held = self._held[:LONGEST] + self._decoder.decode(data, final=not data)
        line, end, self._held = self._held.partition("\n")
        return line[:LONGEST] if line or end else None

    async def _read(self) -> bytes:
        """What comes next; nothing once all has come."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bytes] = loop.create_future()

        def arrive(data: bytes) -> None:
            if not arrived.done():
                arrived.set_result(data)

        def read() -> None:
            try:
                data = os.read(self._source, 65536)
            except OSError:  # the terminal is gone
                data = b""
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(arrive, data)

        # A daemon: the tutor must be able to end while nobody types.
        Thread(target=read, name="lines", daemon=True).start()
        return await arrived


def standard_lines() -> Lines:
    """Standard input and output."""
    source = sys.stdin.fileno() if sys.stdin is not None else os.open(os.devnull, os.O_RDONLY)
    return Lines(source, sys.stdout, width=display.width(WIDEST))
