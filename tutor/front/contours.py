"""A function of two variables as a map: lines of equal height, and gradients as arrows across them.

Pure: a page in, a picture out. Nothing here knows a screen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.errors import Unreadable
from tutor.front.films import SAMPLES, value_of
from tutor.front.picture import Note, Picture, Point, Series, tick_text, ticks, window
from tutor.lesson.formula import show_maths
from tutor.lesson.pages import Contours, Slices
from tutor.maths.grammar import canonical, display_name
from tutor.maths.numeric import Function, compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.tree import variables

CELLS = 48
"Squares along each side of the map."
_LEVELS = 12
_ARROW = 0.16
"Of the map's shorter side: the longest arrow."

HEADS = "→↗↑↖←↙↓↘"
"The heads of arrows, counter-clockwise from the east."
_APART = (0.1, 0.08)
"Of the map's width and height: how far apart two heights are written, in one or the other."
_EDGE = 0.04
"Of the map's width: nearer to its right side no height is written."

Segment = tuple[Point, Point]


class Map(NamedTuple):
    """A picture with a height on each of its lines, and all of them in words."""

    picture: Picture
    levels: str


def slices_picture(page: Slices) -> Picture | None:
    """One curve for each held value; nothing when the page cannot be read."""
    try:
        names = (canonical(page.over), canonical(page.hold))
        height = compile_float(parse_free(page.of, (page.over, page.hold)), names)
        left, right = value_of(page.start), value_of(page.end)
        held = [value_of(text) for text in page.values]
    except (Unreadable, KeyError):
        return None
    xs = [left + (right - left) * k / (SAMPLES - 1) for k in range(SAMPLES)]
    series = tuple(
        Series(
            tuple((x, height((x, value))) for x in xs),
            f"curve-{n % 4 + 1}",
            f"{display_name(names[1])} = {show_maths(page.values[n])}",
        )
        for n, value in enumerate(held)
    )
    bottom, top = window(y for each in series for _, y in each.points)
    return Picture(series, left, right, bottom, top, across=show_maths(page.over), up=show_maths(page.of))


def contour_map(page: Contours) -> Map | None:
    """The map of a page; nothing when it cannot be read."""
    try:
        names = (canonical(page.over[0]), canonical(page.over[1]))
        tree = parse_free(page.of, page.over)
        if variables(tree) - set(names):
            return None
        left, right, bottom, top = map(value_of, (page.start[0], page.end[0], page.start[1], page.end[1]))
        points = [(value_of(x), value_of(y)) for x, y in page.points]
    except Unreadable:
        return None
    height = compile_float(tree, names)
    xs = [left + (right - left) * k / CELLS for k in range(CELLS + 1)]
    ys = [bottom + (top - bottom) * k / CELLS for k in range(CELLS + 1)]
    grid = [[height((x, y)) for x in xs] for y in ys]
    low, high = window((value for row in grid for value in row), margin=0.0)
    drawn = {level: chains(segments(xs, ys, grid, level)) for level in ticks(low, high, _LEVELS)}
    # The very top or bottom may be no line at all: nothing lies beyond it.
    levels = [level for level, found in drawn.items() if found]
    lines = [line for found in drawn.values() for line in found]
    slopes = [compile_float(derivative(tree, (name,)), names) for name in names]
    arrows = [_arrow(point, slopes, _ARROW * min(right - left, top - bottom)) for point in points]
    gap = levels[1] - levels[0] if len(levels) > 1 else 1.0
    heads = [_head(*arrow) for arrow in arrows if arrow[0] != arrow[1]]
    taken = [*points, *(head.at for head in heads)]
    heights = [
        Note(at, tick_text(level, gap))
        for level in reversed(levels)
        if (at := _spot(drawn[level], (left, right, bottom, top), taken)) is not None
    ]
    picture = Picture(
        (*(Series(tuple(arrow), "curve-2") for arrow in arrows), *(Series(tuple(line), "curve-1") for line in lines)),
        left,
        right,
        bottom,
        top,
        across=show_maths(page.over[0]),
        up=show_maths(page.over[1]),
        marks=tuple(points),
        notes=(*heights, *heads),
    )
    return Map(picture, ", ".join(tick_text(level, gap) for level in levels))


def segments(
    xs: Sequence[float], ys: Sequence[float], grid: Sequence[Sequence[float]], level: float
) -> Iterator[Segment]:
    """The pieces of a line of equal height, one or two a square (marching squares, Lorensen and Cline 1987 in the plane).

    Args:
        grid: heights, shape (len(ys), len(xs)); a square with a corner that is not finite holds no line.
    """
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            corners = [
                (xs[column], ys[row], grid[row][column] - level),
                (xs[column + 1], ys[row], grid[row][column + 1] - level),
                (xs[column + 1], ys[row + 1], grid[row + 1][column + 1] - level),
                (xs[column], ys[row + 1], grid[row + 1][column] - level),
            ]
            if not all(math.isfinite(height) for _, _, height in corners):
                continue
            crossings = [
                _crossing(*sorted(side))
                for side in pairwise([*corners, corners[0]])
                if (side[0][2] < 0) != (side[1][2] < 0)
            ]
            yield from zip(crossings[::2], crossings[1::2], strict=True)


def _crossing(one: tuple[float, float, float], other: tuple[float, float, float]) -> Point:
    """Where the height is 0 on a side. The two squares that share it must give the same digits, so its ends come sorted."""
    (x0, y0, h0), (x1, y1, h1) = one, other
    share = h0 / (h0 - h1)
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def chains(pieces: Iterator[Segment]) -> list[list[Point]]:
    """Pieces that share an end as long lines, since each line that is drawn costs time."""
    ends: dict[Point, list[Segment]] = defaultdict(list)
    left: dict[Segment, None] = {}
    for piece in pieces:
        left[piece] = None
        for end in piece:
            ends[end].append(piece)
    lines = []
    while left:
        line = list(left.popitem()[0])
        for _ in range(2):
            while joined := [piece for piece in ends[line[-1]] if piece in left]:
                piece = joined[0]
                del left[piece]
                line.append(piece[1] if piece[0] == line[-1] else piece[0])
            line.reverse()
        lines.append(line)
    return lines


def _arrow(point: Point, slopes: Sequence[Function], longest: float) -> tuple[Point, Point]:
    """From a point along the gradient, as long whatever its size."""
    across, up = (slope(point) for slope in slopes)
    size = math.hypot(across, up)
    if not math.isfinite(size) or not size:
        return point, point
    return point, (point[0] + across / size * longest, point[1] + up / size * longest)


def _head(foot: Point, tip: Point) -> Note:
    turn = math.atan2(tip[1] - foot[1], tip[0] - foot[0])
    return Note(tip, HEADS[round(turn / (math.pi / 4)) % 8], "curve-2")


def _spot(
    lines: Sequence[Sequence[Point]], window: tuple[float, float, float, float], taken: list[Point]
) -> Point | None:
    """The point farthest to the right on some lines where their height can be written clear of what is taken, and take it."""
    left, right, bottom, top = window
    across, up = (right - left) * _APART[0], (top - bottom) * _APART[1]
    for point in sorted((point for line in lines for point in line), reverse=True):
        is_inside = point[0] <= right - (right - left) * _EDGE
        if is_inside and all(abs(point[0] - x) >= across or abs(point[1] - y) >= up for x, y in taken):
            taken.append(point)
            return point
    return None
