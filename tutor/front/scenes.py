"""A run of gradient descent as two pictures: the loss, and each weight on its way to the value to reach."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tutor.descent.run import Run, Stop
from tutor.front.picture import Level, Picture, Series, over_steps, window
from tutor.front.reach import before_leaving, ends_of, kept_before
from tutor.maths.grammar import display_name
from tutor.words import tr

STEEP = 50.0
"Times the first loss that a picture of the loss reaches: growing fourfold at each step it is seen for three."

HIGHEST = 300.0
"Powers of ten that a logarithmic scale has room for: a tick above 308 is no number."

FIRST_HORIZON = 50
"Steps along the bottom while a run is young; most of what moves, moves in these."


def horizon(last: int, step: int) -> int:
    """How many steps of `last` the pictures show when `step` is reached: doubled whenever a run comes to their edge."""
    far = FIRST_HORIZON
    while far <= step:
        far *= 2
    return min(max(1, last), far)


def loss_picture(run: Run, other: Run | None, until: int) -> Picture:
    """The loss after each step up to `until`; one that climbs is shown until it is far above where it began."""
    levels: tuple[Level, ...] = ()
    if run.optimum_loss is not None:
        levels = (Level(run.optimum_loss, "curve-1", tr("least")),)
    home = [0.0, run.loss[0], *([run.optimum_loss] if run.optimum_loss is not None else [])]
    near = run.loss[: before_leaving(run.loss, home, STEEP)]
    low, high = window([*home, *near] if len(near) > 1 else [*home, 3 * run.loss[0]])
    series = [_series(run.loss, until, "curve-1")]
    if other is not None:
        series.append(_series(other.loss, until, "other"))
    return Picture(tuple(series), 0.0, float(until), low, high, across=tr("step"), up=tr("loss"), levels=levels)


def log_loss_picture(run: Run, other: Run | None, until: int) -> Picture:
    """How far the loss is above the least, on a logarithmic scale: a descent that gains a digit at a time is a straight line."""
    runs = [run, *([other] if other is not None else [])]
    lowest = min(min(each.loss) for each in runs)
    least = run.optimum_loss if run.optimum_loss is not None else min(0.0, lowest)
    # A digit beyond the sixteenth of the first loss is rounding.
    tiny = 1e-16 * max(abs(run.loss[0]), abs(least)) or 1e-300

    def logs(each: Run, role: str) -> Series:
        loss = each.loss
        points = tuple((step, math.log10(max(value - least, tiny))) for step, value in over_steps(loss, until))
        return Series(points, role, exact=lambda step: math.log10(max(loss[step] - least, tiny)))

    series = [logs(each, role) for each, role in zip(runs, ("curve-1", "other"), strict=False)]
    low, high = window(min(y, HIGHEST) for each in series for _, y in each.points)
    up = tr("log loss") if least == 0 else tr("log (loss − least)")
    return Picture(tuple(series), 0.0, float(until), low, high, across=tr("step"), up=up, is_log=True)


def weights_picture(run: Run, other: Run | None, until: int) -> Picture:
    """Every weight after each step up to `until`, and a line at the value that it is to reach."""
    levels: tuple[Level, ...] = ()
    if run.optimum is not None:
        named = zip(run.weights, run.optimum, strict=True)
        levels = tuple(Level(goal, _role(n), display_name(name)) for n, (name, goal) in enumerate(named))
    # Where even the right formulas run away, neither run says how high the picture should be.
    steady = other.spans if other is not None and other.stop not in (Stop.DIVERGED, Stop.NOT_A_NUMBER) else ()
    home = [*run.path[0], *(run.optimum or ()), *(end for span in steady for end in span)]
    near = [value for each in (run, *([other] if other is not None else [])) for value in _near(each, home)]
    bottom, top = window([*home, *near], margin=0.05 if near else 1.0)
    # Where no line names the value to reach, the curve itself is named.
    names = [display_name(name) if run.optimum is None and len(run.weights) > 1 else "" for name in run.weights]
    series = [_series(way, until, _role(n), names[n]) for n, way in enumerate(run.ways)]
    if other is not None:
        series += [_series(way, until, "other") for way in other.ways]
    return Picture(tuple(series), 0.0, float(until), bottom, top, across=tr("step"), up=tr("weights"), levels=levels)


def alone(one: Picture, two: Picture) -> Picture:
    """A run without the one that it is compared with, through a window that suits both: side by side they have one scale."""
    series = tuple(each for each in one.series if each.role != "other")
    bottom, top = min(one.bottom, two.bottom), max(one.top, two.top)
    return one._replace(series=series, bottom=bottom, top=top)


def _near(run: Run, home: Sequence[float]) -> list[float]:
    """The ends of what all weights go through before one is too far from home; nothing where the first step leads there."""
    kept = kept_before(run, [home] * len(run.weights))
    if kept == 0 or (kept == 1 and len(run.path) > 1):
        return []
    return [end for span in ends_of(run, kept) for end in span]


def _role(index: int) -> str:
    return f"curve-{index % 4 + 1}"


def _series(values: Sequence[float], until: int, role: str, label: str = "") -> Series:
    return Series(over_steps(values, until), role, label, exact=values.__getitem__)
