"""What stands on the terminal, cell by cell, so that an update sends only the cells that changed.

Textual sends a changed row from the widget's left edge on; a moving dot needs seven cells of it (ground.md, section 3).
A whole layout is still sent whole: it is what repairs a screen that something else has written on.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.control import Control
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

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
        if isinstance(update, ChopsUpdate):
            return ChangedCells(update, self)  # type: ignore[return-value]  # written by render_segments alone
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
        cells = list(cells_of(strip))
        row = self._row(y, x + len(cells))
        row[x : x + len(cells)] = cells

    def changes(self, x: int, y: int, strip: Strip) -> Iterator[tuple[int, list[Cell]]]:
        """The runs of cells in a strip that differ from what stands there, each with its column; they count as sent."""
        cells = list(cells_of(strip))
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
    """An update of Textual's that is written as the cells it changes."""

    def __init__(self, update: ChopsUpdate, cells: Cells) -> None:
        self._update = update
        self._cells = cells

    def render_segments(self, console: Console) -> str:
        """What to write to the terminal; may be empty."""
        colours = console._color_system or ColorSystem.TRUECOLOR
        parts: list[str] = []
        for x, y, strip in strips_of(self._update):
            for column, run in self._cells.changes(x, y, strip):
                parts.append(Control.move_to(column, y).segment.text)
                parts += [_painted(text, style, colours) for text, style in _alike(run)]
        return "".join(parts)


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


def cells_of(strip: Strip) -> Iterator[Cell]:
    """The cells of a strip, one a column; what takes no column stays with the character before it."""
    held: Cell | None = None
    for text, style, control in strip:
        if control:
            continue
        for sign in text:
            width = 1 if " " <= sign <= "~" else cell_len(sign)
            if width == 0 and held is not None:
                held = (held[0] + sign, held[1])
                continue
            if held is not None:
                yield from _columns(held)
            held = (sign, style)
    if held is not None:
        yield from _columns(held)


def _columns(cell: Cell) -> Iterator[Cell]:
    yield cell
    for _ in range(cell_len(cell[0]) - 1):
        yield "", cell[1]


def _alike(run: list[Cell]) -> Iterator[tuple[str, Style | None]]:
    text, style = "", run[0][1]
    for sign, its in run:
        if its != style:
            yield text, style
            text, style = "", its
        text += sign
    yield text, style


def _painted(text: str, style: Style | None, colours: ColorSystem) -> str:
    return text if style is None else Strip.render_style(style, text, color_system=colours)
