"""Pages whose picture moves, as frames: a chord that becomes a tangent, a point on a walk, a ball in a bowl.

Pure: a page in, pictures and captions out. What cannot be read gives no frames, since `tutor check` tells its author.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from tutor.descent.comparison import number
from tutor.errors import Unreadable
from tutor.front.picture import Picture, Point, Series, window
from tutor.lesson.pages import Bowl, Secant, Walk
from tutor.maths.grammar import canonical, display_name
from tutor.maths.numeric import Function, compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.tree import variables
from tutor.words import tr

SAMPLES = 241
"Points of a curve; thinned to the width it is drawn at."
_SHRINKS = 18
_SHRINK = 0.72
"Of h from frame to frame: after 18 of them it is a four-hundredth."
_STRIDES = 48
_BALL_STEPS = 16


class Frame(NamedTuple):
    """One picture and the numbers that go with it, on one line."""

    picture: Picture
    caption: str


class _Curve(NamedTuple):
    """A formula in one variable over an interval, with its derivative."""

    name: str
    left: float
    right: float
    height: Function
    slope: Function

    def series(self) -> Series:
        xs = [self.left + (self.right - self.left) * k / (SAMPLES - 1) for k in range(SAMPLES)]
        return Series(tuple((x, self.height((x,))) for x in xs), "curve-1")

    def line(self, x: float, slope: float) -> Series:
        """A straight line through the curve's point at `x`, right across the picture."""
        y = self.height((x,))
        ends = (self.left, y + slope * (self.left - x)), (self.right, y + slope * (self.right - x))
        return Series(ends, "curve-2")

    def picture(self, *others: Series, marks: tuple[Point, ...]) -> Picture:
        curve = self.series()
        bottom, top = window(y for _, y in curve.points)
        return Picture(
            (curve, *others), self.left, self.right, bottom, top, across=display_name(self.name), marks=marks
        )


def film(page: Secant | Walk | Bowl) -> tuple[Frame, ...]:
    """The frames of a page, from the first to the one at which it rests."""
    try:
        curve = _curve(page)
        match page:
            case Secant(at=at):
                return tuple(_shrinking(curve, value_of(at)))
            case Walk():
                return tuple(_walking(curve))
            case Bowl(at=at, rate=rate):
                return tuple(_rolling(curve, value_of(at), value_of(rate)))
    except Unreadable:
        return ()


def value_of(text: str) -> float:
    """A number as an author writes it.

    Raises:
        Unreadable: it is none.
    """
    tree = parse_free(text)
    value = math.nan if variables(tree) else compile_float(tree, ())(())
    if not math.isfinite(value):
        raise Unreadable(tr("{text} is not a number", text=text), 0)
    return value


def _curve(page: Secant | Walk | Bowl) -> _Curve:
    name = canonical(page.over)
    tree = parse_free(page.of, (page.over,))
    left, right = value_of(page.start), value_of(page.end)
    if variables(tree) - {name} or not left < right:
        raise Unreadable(tr("no curve"), 0)
    slope = derivative(tree, (name,))
    return _Curve(name, left, right, compile_float(tree, (name,)), compile_float(slope, (name,)))


def _shrinking(curve: _Curve, at: float) -> Iterator[Frame]:
    """A chord from `at` to `at + h`, h shrinking; at last the tangent, whose slope comes from the derivative."""
    h, here = 0.9 * (curve.right - at), curve.height((at,))
    name = display_name(curve.name)
    for _ in range(_SHRINKS):
        there = curve.height((at + h,))
        slope = (there - here) / h
        marks = ((at, here), (at + h, there))
        caption = tr(
            "h = {h}   climb {climb}   climb/h = {slope}",
            h=_short(h),
            climb=_short(there - here),
            slope=_short(slope),
        )
        yield Frame(curve.picture(curve.line(at, slope), marks=marks), caption)
        h *= _SHRINK
    slope = curve.slope((at,))
    caption = tr(
        "h → 0   the tangent at {name} = {at} has slope {slope}",
        name=name,
        at=_short(at),
        slope=_short(slope),
    )
    yield Frame(curve.picture(curve.line(at, slope), marks=((at, here),)), caption)


def _walking(curve: _Curve) -> Iterator[Frame]:
    for k in range(_STRIDES + 1):
        x = curve.left + (curve.right - curve.left) * (0.02 + 0.96 * k / _STRIDES)
        slope = curve.slope((x,))
        way = tr("uphill") if slope > 0 else tr("downhill") if slope < 0 else tr("level")
        caption = tr(
            "{name} = {x}   slope {slope}, {way}",
            name=display_name(curve.name),
            x=_short(x),
            slope=_short(slope),
            way=way,
        )
        yield Frame(curve.picture(curve.line(x, slope), marks=((x, curve.height((x,))),)), caption)


def _rolling(curve: _Curve, start: float, rate: float) -> Iterator[Frame]:
    """The ball at each step of gradient descent, with the arithmetic that takes it to the next."""
    x, name = start, display_name(curve.name)
    path: list[Point] = []
    for step in range(_BALL_STEPS):
        path.append((x, curve.height((x,))))
        slope = curve.slope((x,))
        if not all(map(math.isfinite, (*path[-1], slope))):
            return
        after = x - rate * slope
        caption = tr(
            "step {step}   {name} = {old}   slope {slope}   new {name} = {old} − {rate}·({slope}) = {new}",
            step=step,
            name=name,
            old=_short(x),
            slope=_short(slope),
            rate=_short(rate),
            new=_short(after),
        )
        trail = Series(tuple(path), "curve-2")
        yield Frame(curve.picture(trail, curve.line(x, slope)._replace(role="ghost"), marks=(path[-1],)), caption)
        x = after


def _short(value: float) -> str:
    """A number to four figures, as it is told beside a picture."""
    text = number(float(f"{value:.4g}")) if abs(value) >= 1e-4 else "0"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
