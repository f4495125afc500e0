"""Dots and letters over a picture that stands still: what moves in a view. Two dots across and four down make a cell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.front.picture import Picture, Point
from tutor.front.plot import Drawing, draw
from tutor.front.shown import OTHER, Cell
from tutor.words import tr

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"Of the braille signs, by row and column of the dot."


class Area(NamedTuple):
    """A window on the data, and the cells that it is drawn on."""

    picture: Picture
    columns: int
    rows: int

    def dot(self, point: Point) -> Point:
        """Where a point lies, in dots from the top left; beyond the edge for one outside."""
        x, y = point
        picture = self.picture
        across = (x - picture.left) / (picture.right - picture.left)
        up = (y - picture.bottom) / (picture.top - picture.bottom)
        return across * (2 * self.columns - 1), (1 - up) * (4 * self.rows - 1)

    def dots(self, xs: Sequence[float], ys: Sequence[float]) -> list[Point]:
        """As `dot` for each of many points, to the nearest whole dot; what is not finite stays so."""
        picture = self.picture
        across = (2 * self.columns - 1) / (picture.right - picture.left)
        up = (4 * self.rows - 1) / (picture.top - picture.bottom)
        left, top = picture.left, picture.top
        columns = [((x - left) * across + 0.5) // 1 for x in xs]
        return list(zip(columns, [((top - y) * up + 0.5) // 1 for y in ys], strict=True))

    def has(self, dot: Point) -> bool:
        """Whether a place in dots lies inside."""
        return 0 <= dot[0] < 2 * self.columns and 0 <= dot[1] < 4 * self.rows

    def cell(self, point: Point) -> tuple[int, int] | None:
        """The column and row of a point; nothing for one outside."""
        x, y = self.dot(point)
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        column, row = round(x) // 2, round(y) // 4
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None


OFF = tr("● off the picture")
"What is noted where a run has left what can be seen."


def noted(rows: list[list[Cell]], note: str) -> list[list[Cell]]:
    """The rows with a note at the right end of the first, in the place of as many parts of the title as it needs."""
    if note:
        start = max(0, len(rows[0]) - len(note) - 2)
        title = "".join(sign for sign, _ in rows[0]).rstrip()
        if len(title) > start:  # then the last part of the title goes as a whole
            end = title.rfind("   ", 0, start)
            rows[0][end + 1 :] = [(" ", "label")] * (len(rows[0]) - end - 1)
        rows[0][start:] = [(sign, "mark") for sign in f"  {note}"[: len(rows[0]) - start]]
    return rows


class Canvas:
    """So many cells to draw on; what is drawn later wins a cell."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns = columns
        self._rows = rows
        self._dots: dict[tuple[int, int], tuple[int, str]] = {}
        self._signs: dict[tuple[int, int], Cell] = {}

    def line(self, start: Point, end: Point, role: str) -> None:
        """A straight line between two places in dots; what lies outside is left out."""
        inside = _clipped(start, end, 2 * self._columns - 1, 4 * self._rows - 1)
        if inside is None:
            return
        (x0, y0), (x1, y1) = inside
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for k in range(steps + 1):
            self.dot(round(x0 + (x1 - x0) * k / steps), round(y0 + (y1 - y0) * k / steps), role)

    def dot(self, x: int, y: int, role: str) -> None:
        """One dot."""
        place = x // 2, y // 4
        bits, its = self._dots.get(place, (0, role))
        self._dots[place] = (bits if its == role else 0) | _BITS[y % 4][x % 2], role

    def sign(self, cell: tuple[int, int] | None, sign: str, role: str) -> None:
        """A letter in a cell; nothing where the place is outside."""
        if cell is not None:
            self._signs[cell] = (sign, role)

    def text(self, column: int, row: int, text: str, role: str) -> None:
        """A text from a cell on, as far as there is room."""
        for index, sign in enumerate(text, column):
            if 0 <= index < self._columns and 0 <= row < self._rows:
                self._signs[index, row] = (sign, role)

    def is_free(self, column: int, row: int, long: int) -> bool:
        """Whether no letters stand in so many cells, nor beside them, and all of them are there."""
        if not (0 <= column <= self._columns - long and 0 <= row < self._rows):
            return False
        return not any((at, row) in self._signs for at in range(column - 1, column + long + 1))

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Column, row and cell of all that is drawn, letters last."""
        for (column, row), (bits, role) in self._dots.items():
            yield column, row, (OTHER if role == "other" else chr(0x2800 + bits), role)
        for (column, row), cell in self._signs.items():
            yield column, row, cell


class Ground:
    """A picture drawn once, over which canvases are laid for every step."""

    def __init__(self, picture: Picture, width: int, height: int) -> None:
        self._drawing: Drawing = draw(picture, width, height)
        self._rows = [self._drawing.line(y, None) for y in range(height)]
        curves = self._drawing.curves
        self.area = Area(picture, len(curves[0]) if curves else 0, len(curves))

    def canvas(self) -> Canvas:
        """An empty canvas of the size of the picture's inside."""
        return Canvas(self.area.columns, self.area.rows)

    def under(self, *canvases: Canvas, note: str = "") -> list[list[Cell]]:
        """The rows of the whole, later canvases above earlier ones; at the right of the first row a note."""
        rows = [list(row) for row in self._rows]
        left, top = self._drawing.left, self._drawing.top
        for canvas in canvases:
            for column, row, cell in canvas.cells():
                rows[top + row][left + column] = cell
        return noted(rows, note)


def _clipped(start: Point, end: Point, right: int, bottom: int) -> tuple[Point, Point] | None:
    """The part of a line inside a box from (0, 0) (Liang and Barsky 1984); nothing for one that is not finite or outside."""
    (x0, y0), (x1, y1) = start, end
    if not all(map(math.isfinite, (x0, y0, x1, y1, x1 - x0, y1 - y0))):
        return None
    low, high = 0.0, 1.0
    for before, change, edge in ((x0, x1 - x0, right), (y0, y1 - y0, bottom)):
        for p, q in ((-change, before), (change, edge - before)):
            if p == 0:
                if q < 0:
                    return None
            elif p < 0:
                low = max(low, q / p)
            else:
                high = min(high, q / p)
    if low > high:
        return None
    return (x0 + low * (x1 - x0), y0 + low * (y1 - y0)), (x0 + high * (x1 - x0), y0 + high * (y1 - y0))
