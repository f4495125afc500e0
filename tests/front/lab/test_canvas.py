"""Dots and letters in cells."""

import math

import pytest

from tutor.front.lab.canvas import Canvas, Ground
from tutor.front.picture import Picture


def text(canvas: Canvas, columns: int, rows: int) -> list[str]:
    cells = {(x, y): sign for x, y, (sign, _) in canvas.cells()}
    return ["".join(cells.get((x, y), " ") for x in range(columns)) for y in range(rows)]


@pytest.mark.parametrize(
    ("start", "end", "drawn"),
    [
        ((0, 0), (5, 0), ["⠉⠉⠉"]),
        ((0, 3), (5, 3), ["⣀⣀⣀"]),
        ((0, 0), (0, 3), ["⡇  "]),
        ((-100, 0), (100, 0), ["⠉⠉⠉"]),
        ((-10, -10), (-1, -1), ["   "]),
        ((0, 0), (math.inf, 0), ["   "]),
        ((math.nan, 0), (1, 1), ["   "]),
        ((-1e308, 0), (1e308, 0), ["   "]),
        ((2, 1e9), (2, -1e9), [" ⡇ "]),
    ],
)
def test_lines(start: tuple[float, float], end: tuple[float, float], drawn: list[str]) -> None:
    canvas = Canvas(3, 1)
    canvas.line(start, end, "curve-1")
    assert text(canvas, 3, 1) == drawn


def test_what_comes_later_wins_a_cell_and_letters_win_over_dots() -> None:
    canvas = Canvas(2, 1)
    canvas.dot(0, 0, "curve-1")
    canvas.dot(0, 1, "curve-1")
    canvas.dot(0, 3, "curve-2")
    canvas.sign((1, 0), "●", "mark")
    canvas.dot(2, 0, "curve-1")
    canvas.sign(None, "x", "mark")
    canvas.text(1, 0, "ab", "label")
    assert next(canvas.cells()) == (0, 0, ("⡀", "curve-2"))
    assert text(canvas, 2, 1) == ["⡀a"]


def test_points_fall_where_the_axes_say() -> None:
    area = Ground(Picture((), 0.0, 10.0, 0.0, 10.0), 40, 12).area
    assert area.cell((0.0, 0.0)) == (0, area.rows - 1)
    assert area.cell((10.0, 10.0)) == (area.columns - 1, 0)
    assert area.cell((10.5, 5.0)) is None
    assert area.cell((math.nan, 5.0)) is None
