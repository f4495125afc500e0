"""What the terminal and the locale let a learner see, from what they say of themselves and from asking the terminal."""

from __future__ import annotations

import os
import re
import select
import termios
import tty
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import msgspec

from tutor.display import ROOMY, SMALLEST
from tutor.doctor.finding import Finding
from tutor.terminals import Kind, kind
from tutor.words import tr

PATIENCE: Final = 1.0
"Seconds for the terminal's reply; over a slow line it takes a few tenths."
PROBE: Final = "\N{BRAILLE PATTERN DOTS-123456}"
"""One column where it is understood; three where each of its bytes is shown as a character of its own. None of them is a
control character there, as many of other signs are."""

_REPLY: Final = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a terminal before it is asked."""

    term: str
    columns: int
    "As of `rows`, 0 where it does not know."
    rows: int
    locale: str
    is_utf8: bool
    is_ascii: bool
    "Whether the tutor draws with ASCII alone."
    is_asked: bool = False
    "Whether somebody asked for that, or for the opposite."
    colours: int

    @property
    def kind(self) -> Kind:
        return kind(self.term)

    @property
    def is_worth_asking(self) -> bool:
        """Whether it may be asked how it shows a sign: not where it has none, nor where ASCII alone is wanted."""
        return self.kind.places_cursor and self.kind.has_signs and not (self.is_ascii and self.is_asked)

    @property
    def knows_size(self) -> bool:
        return self.columns > 0 and self.rows > 0

    def has(self, size: tuple[int, int]) -> bool:
        """Whether it has as many columns and rows as these; one that does not know is taken to."""
        return not self.knows_size or (self.columns >= size[0] and self.rows >= size[1])


def terminal_findings(seen: Seen | None, probed: int | None) -> Iterator[Finding]:
    """What is found of a terminal.

    Args:
        seen: None where there is no terminal.
        probed: the columns that `PROBE` took, as `columns_taken` tells.
    """
    if seen is None:
        what = tr("there is none here, so nothing can be said of it")
        yield Finding("terminal", "limited", what, tr("Run `tutor doctor` in the terminal that learners use."))
        return
    name = seen.term or tr("one without a name")
    if not seen.kind.places_cursor:
        what = tr(
            "{name} does not place its cursor as the screens need it, so lessons come as lines of text", name=name
        )
        yield Finding("terminal", "limited", what, tr("If it can, set TERM to what it is, such as xterm-256color."))
    elif seen.has(SMALLEST):
        yield Finding("terminal", "works", tr("{name} shows the screens", name=name))
    else:
        yield Finding("terminal", "works", tr("{name} could show the screens, if it were larger", name=name))
    yield _size(seen)
    yield _characters(seen, probed)
    if seen.colours:
        yield Finding("colours", "works", str(seen.colours))
    else:
        do = tr("If it has some, unset NO_COLOR, or set TERM to what it is; nothing is told by colour alone.")
        yield Finding("colours", "limited", tr("none"), do)


def _size(seen: Seen) -> Finding:
    if not seen.knows_size:
        what = tr("the terminal does not know its own, so 80x24 is taken for it")
        return Finding("size", "limited", what, tr("Tell it: stty columns 80 rows 24, or what it really has."))
    size = f"{seen.columns}x{seen.rows}"
    if seen.has(ROOMY):
        return Finding("size", "works", size)
    if seen.has(SMALLEST):
        what = tr("{size} is small: the screens open, but are cramped, and long pages are scrolled", size=size)
    else:
        what = tr("{size} is too small for the screens, so lessons come as lines of text", size=size)
    do = tr(
        "Make the window larger or the letters smaller: the screens open from {least} on, are at ease from {roomy} on, "
        "and best with 80x24.",
        least="x".join(map(str, SMALLEST)),
        roomy="x".join(map(str, ROOMY)),
    )
    return Finding("size", "limited", what, do)


def _characters(seen: Seen, probed: int | None) -> Finding:
    said = _writes(seen)
    if probed is not None and probed != 1 and not seen.is_ascii:
        what = tr("{said}, but this terminal shows one character as {probed}", said=said, probed=probed)
        return Finding("characters", "fails", what, tr("Switch the terminal to UTF-8, or use `tutor --ascii`."))
    if not seen.is_ascii:
        answered = said if probed is None else tr("{said}, and the terminal understands it", said=said)
        return Finding("characters", "works", answered)
    if seen.is_asked:
        return Finding("characters", "works", tr("{said}; plain ASCII was asked for", said=said))
    if probed == 1:
        do = tr(
            "This terminal does understand UTF-8: set LANG to C.UTF-8 or another such locale, or use `tutor --no-ascii`."
        )
        return Finding("characters", "limited", tr("{said}, so all is drawn in plain ASCII", said=said), do)
    do = tr("With a terminal that shows UTF-8, and a locale such as C.UTF-8, mathematics and plots are finer.")
    if seen.is_utf8:
        what = tr("{said}, but this kind of terminal lacks many signs: all is drawn in plain ASCII", said=said)
    else:
        what = tr("{said}, so all is drawn in plain ASCII", said=said)
    return Finding("characters", "limited", what, do)


def _writes(seen: Seen) -> str:
    if seen.locale:
        return (
            tr("the locale {locale} writes UTF-8", locale=seen.locale)
            if seen.is_utf8
            else tr("the locale {locale} writes something else than UTF-8", locale=seen.locale)
        )
    return (
        tr("the locale is not set and writes UTF-8")
        if seen.is_utf8
        else tr("the locale is not set and writes something else than UTF-8")
    )


def columns_taken(descriptor: int, encoded: bytes = PROBE.encode()) -> int | None:
    """How many columns a character takes: it is written and wiped away, and the terminal is asked where its cursor is.

    Args:
        descriptor: of a terminal, for reading and writing.

    Returns:
        None where no reply comes in time.
    """
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        os.write(descriptor, b"\r" + encoded + b"\x1b[6n")
        reply = b""
        while not (found := _REPLY.search(reply)):
            if not select.select([descriptor], [], [], PATIENCE)[0] or len(reply) > 256:
                return None
            more = os.read(descriptor, 64)
            if not more:  # the line is lost
                return None
            reply += more
        return int(found[1]) - 1
    except OSError:  # likewise
        return None
    finally:
        with suppress(OSError, termios.error):
            os.write(descriptor, b"\r\x1b[K")
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
