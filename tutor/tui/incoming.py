"""What a terminal sends, as Textual reads it, but that nothing a terminal can send is mistaken for typing.

Textual types every sequence that it does not know into the answer, and swallows the keys that come soon after; a late reply to
a question that some other program asked is such a sequence. A paste whose end is lost with the line would swallow all keys.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from textual import constants
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.events import Key
from textual.message import Message

from tutor.tui.bunch import MANY, gathered
from tutor.tui.pace import ANSWERS

ESCAPE = "\x1b"

PATIENCE = constants.ESCAPE_DELAY + 0.01
"Seconds after which the rest of a sequence no longer comes."

PASTE_PATIENCE = 2.0
"Seconds without a letter after which a paste is taken to have ended."

LONGEST_REPLY = 1024
"Characters of a reply that are waited for; one without an end is no reply."

_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_WHOLE = re.compile(
    r"(?P<reply>\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\))"  # OSC, DCS, SOS, PM, APC: only ever answers
    r"|\x1b\[M[\s\S]{3}"  # a mouse from before 1994, its place in three characters
    r"|\x1b\[>(?P<maker>\d+)[\d;]*c"  # what kind of terminal it is, by its number among them
    rf"|(?P<control>{_CONTROL.pattern})"
)
_BEGUN = re.compile(r"\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?|\[M[\s\S]{0,2}|\[[0-?]*[ -/]*)?\Z")
_SECOND = "[]PX^_NO"
"What may stand second in a sequence whose first byte came alone; of any other key Alt sends both at once."


class Incoming(XTermParser):
    """The events in a stream of characters, to be fed as they come and ticked when nothing has come for a while."""

    def __init__(
        self, when_drawn: Callable[[], None] = lambda: None, when_named: Callable[[int], None] = lambda _: None
    ) -> None:
        """
        Args:
            when_drawn: called when the terminal says that it has come as far as it was asked about.
            when_named: called when the terminal says of which kind it is, with its number.
        """
        super().__init__()
        self._when_drawn = when_drawn
        self._when_named = when_named
        self._held = ""
        "A sequence whose end has not come."
        self._is_pasting = False

    @property
    def patience(self) -> float | None:
        """After how many seconds of silence to call `tick`; None when nothing is unfinished."""
        if self._held or self._timeout_time is not None:
            return PATIENCE
        return PASTE_PATIENCE if self._is_pasting else None

    def feed(self, data: str) -> Iterable[Message]:
        """The events of one read, in their order; a run of letters that nobody typed is one of them."""
        events = self._sifted(data)
        return events if len(data) < MANY else gathered(events)

    def tick(self) -> Iterable[Message]:
        """What is to be made of something unfinished, now that its rest has not come: a key, or nothing."""
        held, self._held = self._held, ""
        if len(held) in (1, 2) and not self._is_pasting:
            yield Key("escape", ESCAPE)
            yield from self._read(held[1:])  # no reply of a single letter, but a key pressed at once behind Esc
        elif not held and self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from super().tick()
        elif not held and self._is_pasting:
            yield from self._read(BRACKETED_PASTE_END)

    def _sifted(self, data: str) -> Iterator[Message]:
        if self._held == ESCAPE and data and data[0] not in _SECOND:
            yield from self.tick()
        data, self._held = self._held + data, ""
        begun = _BEGUN.search(data)
        if begun and len(data) - begun.start() <= LONGEST_REPLY:
            data, self._held = data[: begun.start()], data[begun.start() :]
        at = 0
        for whole in _WHOLE.finditer(data):
            before, at = data[at : whole.start()], whole.end()
            yield from self._read(before.removesuffix(ESCAPE))
            if before.endswith(ESCAPE) and not self._is_pasting:
                yield Key("escape", ESCAPE)  # pressed just before; Textual would take it for the beginning
            if whole.group() in ANSWERS:
                self._when_drawn()
            elif whole["maker"]:
                self._when_named(int(whole["maker"]))
            elif not whole["reply"]:
                yield from self._read(whole.group())
            if whole["control"] and self._timeout_time is not None:
                self._forget_unknown()
        yield from self._read(data[at:])

    def _read(self, text: str) -> Iterable[Message]:
        if text in (BRACKETED_PASTE_START, BRACKETED_PASTE_END):
            self._is_pasting = text == BRACKETED_PASTE_START
        elif self._is_pasting:
            text = _CONTROL.sub("", text).replace(ESCAPE, "")  # nothing in a paste is a key
        return super().feed(text) if text else ()

    def _forget_unknown(self) -> None:
        # Textual still waits for more of a sequence that is whole, so it does not know it, and would type it.
        self._timeout_time = 0.0
        deque(super().tick(), maxlen=0)
