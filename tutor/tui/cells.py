"""What stands on the terminal, cell by cell, so that an update sends only the cells that changed.

Textual sends a changed row from the widget's left edge on; a moving dot needs seven cells of it (ground.md, section 3).
A whole layout is still sent whole: it is what repairs a screen that something else has written on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tutor.tui.press import Printed

Cell = tuple[str, Style | None]
"What one column shows and how; the second column of a wide character shows the empty text."

UNKNOWN: Cell = ("\0", None)
"A column about which nothing is known, unlike any that is drawn."


class Cells:
    """The cells that were sent last."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell]] = {}

    def update(self, update: RenderableType | None) -> RenderableType | None:
        """The same update, to be written as no more than what changes."""
        if isinstance(update, Printed):
            return ChangedCells(update.rows, self)
        if isinstance(update, ChopsUpdate):
            return ChangedCells(strips_of(update), self)  # type: ignore[return-value]  # written by render_segments alone
        if isinstance(update, LayoutUpdate):
            return WholeLayout(update, self)  # type: ignore[return-value]  # as above
        if update is not None:
            self.forget()
        return update

    def forget(self) -> None:
        """Something else has written on the terminal."""
        self._rows.clear()

    def note(self, x: int, y: int, strip: Strip) -> None:
        """A strip has been sent whole."""
        cells = cells_of(strip)
        row = self._row(y, x + len(cells))
        row[x : x + len(cells)] = cells

    def changes(self, x: int, y: int, strip: Strip) -> Iterator[tuple[int, list[Cell]]]:
        """The runs of cells in a strip that differ from what stands there, each with its column; they count as sent."""
        cells = cells_of(strip)
        row = self._row(y, x + len(cells))
        run: list[Cell] = []
        for column, cell in enumerate(cells, x):
            if row[column] == cell:
                if run:
                    yield column - len(run), run
                    run = []
                continue
            row[column] = cell
            run.append(cell)
        if run:
            yield x + len(cells) - len(run), run

    def _row(self, y: int, width: int) -> list[Cell]:
        row = self._rows.setdefault(y, [])
        row.extend([UNKNOWN] * (width - len(row)))
        return row


class ChangedCells(CompositorUpdate):
    """Strips at their places, written as the cells that they change."""

    def __init__(self, strips: Iterable[tuple[int, int, Strip]], cells: Cells) -> None:
        self._strips = strips
        self._cells = cells

    def render_segments(self, console: Console) -> str:
        """What to write to the terminal; may be empty."""
        pen = Pen(console._color_system or ColorSystem.TRUECOLOR)
        parts: list[str] = []
        at: tuple[int, int] | None = None
        for x, y, strip in self._strips:
            for column, run in self._cells.changes(x, y, strip):
                parts.append(_way(at, (column, y)))
                parts += [pen.painted(text, style) for text, style in _alike(run)]
                # Behind the last column terminals differ on where the cursor is.
                at = (column + len(run), y) if column + len(run) < console.width else None
        return "".join([*parts, pen.put_down()])


class WholeLayout(CompositorUpdate):
    """A layout of Textual's, sent as it is and remembered."""

    def __init__(self, update: LayoutUpdate, cells: Cells) -> None:
        self._update = update
        self._cells = cells

    def render_segments(self, console: Console) -> str:
        """What to write to the terminal."""
        for y, line in enumerate(self._update.strips, self._update.region.y):
            x = self._update.region.x
            for strip in line:
                self._cells.note(x, y, strip)
                x += strip.cell_length
        return self._update.render_segments(console)


def strips_of(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips in an update with the column and row of each, cut to what is to be drawn."""
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= right and end > left:
                yield x, y, strip if end <= right else strip.crop(0, right - x)


NARROW: Final = re.compile("[ -~\u00b7\u2190-\u21ff\u2212\u2026\u2500-\u259f\u25a0-\u25cf\u2800-\u28ff\u2080-\u2089]*")
"Texts of signs that take one column each, as nearly all are."


def cells_of(strip: Strip) -> list[Cell]:
    """The cells of a strip, one a column; what takes no column stays with the character before it."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        if NARROW.fullmatch(text):
            cells += [(sign, style) for sign in text]
            continue
        for sign in text:
            width = cell_len(sign)
            if width == 0 and cells:
                last = next(place for place in range(len(cells) - 1, -1, -1) if cells[place][0])
                cells[last] = (cells[last][0] + sign, cells[last][1])
            elif width:
                cells.append((sign, style))
                cells += [("", style)] * (width - 1)
    return cells


def _alike(run: list[Cell]) -> Iterator[tuple[str, Style | None]]:
    text, style = "", run[0][1]
    for sign, its in run:
        if its != style:
            yield text, style
            text, style = "", its
        text += sign
    yield text, style


def _way(at: tuple[int, int] | None, to: tuple[int, int]) -> str:
    """What moves the cursor from one column and row to another, in the fewest bytes."""
    column, row = to
    straight = f"\x1b[{row + 1};{column + 1}H"
    if at is None or row < at[1]:
        return straight
    down, on = row - at[1], column - at[0]
    steps = f"\x1b[{down if down > 1 else ''}B" if down else ""
    if on > 0:
        steps += f"\x1b[{on if on > 1 else ''}C"
    elif on < 0:
        steps += "\b" * -on
    return min(steps, straight, key=len)


class Pen:
    """How the terminal would draw a letter now, so that only what differs is said before the next one.

    It begins and ends without any colour, since whatever else is written sets its own and expects no other.
    """

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._now = PLAIN

    def painted(self, text: str, style: Style | None) -> str:
        """The text with what must be said before it."""
        if style is not None and style.link:  # an address is said around a text; none of ours has one
            return self.put_down() + Strip.render_style(style, text, color_system=self._colours)
        wanted = PLAIN if style is None else _codes(style, self._colours)
        said = _change(self._now, wanted)
        self._now = wanted
        return said + text

    def put_down(self) -> str:
        """What takes all colours away, if there are any."""
        said = _change(self._now, PLAIN)
        self._now = PLAIN
        return said


class Codes(NamedTuple):
    """A style as the terminal is told of it."""

    marks: frozenset[str]
    "Such as `1` for bold."
    front: str
    back: str


PLAIN = Codes(frozenset(), "", "")


@lru_cache(maxsize=512)
def _codes(style: Style, colours: ColorSystem) -> Codes:
    codes = iter(style._make_ansi_codes(colours).split(";"))
    marks, front, back = set(), "", ""
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes)
            code = ";".join([code, kind, *(next(codes) for _ in range(1 if kind == "5" else 3))])
        if code[:1] in ("3", "9") and len(code) > 1:
            front = code
        elif (code[:1] == "4" and len(code) > 1) or len(code) == 3:
            back = code
        elif code:
            marks.add(code)
    return Codes(frozenset(marks), front, back)


@lru_cache(maxsize=2048)
def _change(now: Codes, wanted: Codes) -> str:
    """What leads from one style to the other in the fewest bytes."""
    if now == wanted:
        return ""
    if wanted == PLAIN:
        return "\x1b[m"
    # Either everything is taken away and said anew, or only what goes is taken away: bold alone, say.
    off = {_OFF.get(mark, "") for mark in now.marks - wanted.marks}
    kept = {mark for mark in now.marks if _OFF.get(mark) not in off}
    less = [*sorted(off), *sorted(wanted.marks - kept)]
    less += [wanted.front or "39"] if wanted.front != now.front else []
    less += [wanted.back or "49"] if wanted.back != now.back else []
    anew = ["", *sorted(wanted.marks), *filter(None, (wanted.front, wanted.back))]
    ways = [anew] if "" in off else [less, anew]
    return min((f"\x1b[{';'.join(way)}m" for way in ways), key=len)


_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"What takes a mark away (ECMA-48, 8.3.117)."
