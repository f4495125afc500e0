"""A picture as cells: plotext draws the curves, everything around them is drawn here.

The only file that knows plotext. It is imported when a plot is first shown, since starting must not wait for it.
The picture is drawn once for a size; playing it only uncovers columns.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.front.picture import Picture, label_text, log_ticks, pieces, room_for, spread, thinned, tick_text, ticks
from tutor.front.shown import OTHER, Cell, named

BLANK_BRAILLE = "⠀"
COLOUR = re.compile(r"\x1b\[([0-9;]*)m")


class Drawing(NamedTuple):
    """A picture at one size: what stands still, and the curves that are uncovered over it."""

    ground: list[list[Cell]]
    curves: list[list[Cell | None]]
    left: int
    top: int
    picture: Picture

    def column(self, x: float) -> int:
        """The column of the curves' own area in which a value lies, which may be outside it."""
        width = len(self.curves[0]) if self.curves else 0
        return round((x - self.picture.left) / (self.picture.right - self.picture.left) * (2 * width - 1)) // 2

    def row(self, y: float) -> int:
        """The row of the curves' own area in which a value lies, counted from the top; -1 outside it."""
        share = (y - self.picture.bottom) / (self.picture.top - self.picture.bottom)
        dots = 4 * len(self.curves)  # as the curves are drawn, or a mark would not lie on its curve
        return (dots - 1 - round(share * (dots - 1))) // 4 if 0 <= share <= 1 else -1

    def line(self, y: int, shown: float | None) -> list[Cell]:
        """One row of the whole drawing, with the curves uncovered as far as the value `shown`; None uncovers all."""
        cells = list(self.ground[y])
        inside = y - self.top
        if not 0 <= inside < len(self.curves):
            return cells
        last = len(self.curves[inside]) if shown is None else self.column(shown)
        for column, cell in enumerate(self.curves[inside][: max(0, last + 1)]):
            if cell is not None:
                cells[self.left + column] = cell
        if shown is not None:
            for series in self.picture.series:
                if series.role not in ("ghost", "other") and self.row(series.at(shown)) == inside:
                    # A run that is over stands where it ended.
                    at = self.column(min(shown, series.points[-1][0]))
                    cells[min(len(cells) - 1, self.left + max(0, at))] = ("●", series.role)
        else:
            for x, height in self.picture.marks:
                if self.row(height) == inside:
                    cells[self.left + self.column(x)] = ("●", "mark")
        for note in self.picture.notes:
            if self.row(note.at[1]) == inside:
                start = self.column(note.at[0]) - (len(note.text) - 1) // 2
                most = len(self.curves[inside]) - len(note.text)
                _write(cells, self.left + max(0, min(start, most)), note.text, note.role)
        return cells

    def rows(self, step: int = 0) -> list[list[Cell]]:
        """All rows, with the curves as a whole at every step: a `Scene` that stands still."""
        return [self.line(y, None) for y in range(len(self.ground))]


def draw(picture: Picture, width: int, height: int) -> Drawing:
    """Draw a picture on `width` by `height` cells, at least `SMALLEST` of them."""
    body = height - 2 - (1 if picture.up else 0)
    top = 1 if picture.up else 0
    names = _names(picture, max(2, min(7, body // 2)))
    gutter = max((len(name) for name in names.values()), default=0)
    labels = [_named(each.label, each.role) for each in picture.series]
    labels += [_named(each.label, each.role) for each in picture.levels]
    right = max(map(len, [*labels, ""])) + 1
    columns = max(4, width - gutter - 1 - right)
    curves = _trace(picture, columns, body)
    ground: list[list[Cell]] = [[(" ", "axis")] * width for _ in range(height)]
    drawing = Drawing(ground, curves, gutter + 1, top, picture)
    _draw_up(drawing, names, gutter)
    _draw_across(drawing, columns)
    _draw_levels(drawing, columns)
    if picture.up:
        _write(ground[0], 0, label_text(picture.up), "label")
    return drawing


def _named(label: str, role: str) -> str:
    return named(label_text(label), role)


def _names(picture: Picture, most: int) -> dict[float, str]:
    """The ticks at the side, each with its name."""
    if picture.is_log:
        return log_ticks(picture.bottom, picture.top, most)
    values = ticks(picture.bottom, picture.top, most)
    gap = values[1] - values[0] if len(values) > 1 else abs(values[0]) if values else 1.0
    return {value: tick_text(value, gap) for value in values}


def _draw_up(drawing: Drawing, names: dict[float, str], gutter: int) -> None:
    for row in range(len(drawing.curves)):
        drawing.ground[drawing.top + row][gutter] = ("│", "axis")
    for value, name in names.items():
        row = drawing.top + drawing.row(value)
        _write(drawing.ground[row], gutter - len(name), name, "label")
        drawing.ground[row][gutter] = ("┤", "axis")


def _draw_across(drawing: Drawing, columns: int) -> None:
    picture, corner = drawing.picture, drawing.left - 1
    axis, names = (
        drawing.ground[drawing.top + len(drawing.curves)],
        drawing.ground[drawing.top + len(drawing.curves) + 1],
    )
    _write(axis, corner, "└" + "─" * columns, "axis")
    across = label_text(picture.across)
    # The name of the axis stands beside its numbers or between two of them; where there is no room, fewer are written,
    # and where even two leave none, it stands on the axis itself.
    for most in range(max(2, min(9, columns // 7)), 1, -1):
        values = ticks(picture.left, picture.right, most)
        row = _numbered(drawing, values, len(names))
        place = room_for(across, row)
        if place is not None:
            break
    for value in values:
        axis[drawing.left + drawing.column(value)] = ("┬", "axis")
    _write(names, 0, row, "label")
    if place is not None:
        _write(names, place, across, "label")
    else:
        _write(axis, max(drawing.left, drawing.left + columns - len(across) - 1), f" {across}", "label")


def _numbered(drawing: Drawing, values: list[float], width: int) -> str:
    """The row of numbers beneath an axis, each under its tick as far as the edges let it."""
    gap = values[1] - values[0] if len(values) > 1 else 1.0
    row = " " * width
    for value in values:
        name = tick_text(value, gap)
        start = max(0, min(width - len(name), drawing.left + drawing.column(value) - len(name) // 2))
        row = row[:start] + name + row[start + len(name) :]
    return row


def _draw_levels(drawing: Drawing, columns: int) -> None:
    picture = drawing.picture
    if picture.bottom < 0 < picture.top and not picture.is_log:
        _write(drawing.ground[drawing.top + drawing.row(0)], drawing.left, "┄" * columns, "axis")
    labelled = [(level.at, level.role, level.label, True) for level in picture.levels]
    labelled += [(each.points[-1][1], each.role, each.label, False) for each in picture.series if each.label]
    seen = [each for each in sorted(labelled, key=lambda each: -each[0]) if drawing.row(each[0]) >= 0]
    rows = [drawing.row(at) for at, *_ in seen]
    for (_, role, label, is_level), row, free in zip(seen, rows, spread(rows, len(drawing.curves)), strict=True):
        if is_level:
            _write(drawing.ground[drawing.top + row], drawing.left, "╌" * columns, role)
        if free >= 0:
            _write(drawing.ground[drawing.top + free], drawing.left + columns + 1, _named(label, role), role)


def _write(row: list[Cell], start: int, text: str, role: str) -> None:
    for index, character in enumerate(text, start):
        if 0 <= index < len(row):
            row[index] = (character, role)


def _trace(picture: Picture, columns: int, rows: int) -> list[list[Cell | None]]:
    import plotext  # 45 ms that the home screen does not spend

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(columns, rows)
    plotext.xaxes(False, False)
    plotext.yaxes(False, False)
    plotext.xticks([], [])
    plotext.yticks([], [])
    plotext.xlim(picture.left, picture.right)
    plotext.ylim(picture.bottom, picture.top)
    roles: dict[str, str] = {}
    # The last drawn wins a shared cell, and what matters most is named first.
    for colour, series in enumerate(reversed(picture.series), start=1):
        roles[f"38;5;{colour}"] = series.role
        points = thinned(series.points, picture.left, picture.right, columns)
        for piece in pieces(points, picture.bottom, picture.top):
            plotext.plot([x for x, _ in piece], [y for _, y in piece], marker="braille", color=colour)
    lines = plotext.build().split("\n")[:rows]
    return [_cells(line, roles, columns) for line in lines]


def _cells(line: str, roles: dict[str, str], columns: int) -> list[Cell | None]:
    cells: list[Cell | None] = []
    role = ""
    for index, part in enumerate(COLOUR.split(line)):
        if index % 2:
            role = roles.get(part, "")
            continue
        cells += [
            (OTHER if role == "other" else sign, role) if role and sign not in (" ", BLANK_BRAILLE) else None
            for sign in part
        ]
    return (cells + [None] * columns)[:columns]
