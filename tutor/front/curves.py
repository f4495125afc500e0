"""The curves of a plot as points."""

from __future__ import annotations

import math

from tutor.errors import Unreadable
from tutor.front.films import SAMPLES, value_of
from tutor.front.picture import Picture, Series, window
from tutor.lesson.formula import show_maths
from tutor.lesson.pages import Plot
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free


def picture_of(plot: Plot) -> Picture:
    """The curves of a plot as points; a curve that cannot be read is left out, since `tutor check` tells its author."""
    left, right = _number(plot.start), _number(plot.end)
    if not left < right:
        left, right = 0.0, 1.0
    series = []
    for n, curve in enumerate(plot.curves):
        try:
            height = compile_float(parse_free(curve.of, (plot.over,)), (plot.over,))
        except Unreadable:
            continue
        xs = [left + (right - left) * k / (SAMPLES - 1) for k in range(SAMPLES)]
        points = tuple((x, height((x,))) for x in xs)
        series.append(Series(points, f"curve-{n % 4 + 1}", curve.label))
    marks = tuple((_number(x), _number(y)) for x, y in plot.points)
    heights = [y for each in series for _, y in each.points] + [y for _, y in marks]
    bottom, top = window(heights)
    return Picture(
        tuple(series), left, right, bottom, top, across=plot.across or show_maths(plot.over), up=plot.up, marks=marks
    )


def _number(text: str) -> float:
    try:
        return value_of(text)
    except Unreadable:
        return math.nan
