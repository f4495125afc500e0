"""What is to be drawn, as plain numbers: curves, levels, marks and the window they are seen through.

Also the arithmetic of drawing that needs no drawing library: where a curve leaves the window, which of its points
matter at a given width, and where an axis has its ticks. It knows neither Textual nor plotext.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.front.shown import shown
from tutor.maths.grammar import display_name

MINUS = re.compile(r"(?<![^\W\d])-(?=[\w(])|(?<= )-(?= )")
"A hyphen that stands for a minus: before a number or a name, but not within a word such as `non-linear`."

Point = tuple[float, float]


class Series(NamedTuple):
    """One curve, its points from left to right."""

    points: tuple[Point, ...]
    role: str
    "`curve-1` to `curve-4`, `other` of a run that is compared, or `ghost`; the widget's style sheet has the colour."
    label: str = ""
    exact: Callable[[int], float] | None = None
    "Of a curve over steps that is drawn with fewer points than it has: the height at each of them."

    def at(self, x: float) -> float:
        """The height of the last point at or before `x`; of the first one if there is none."""
        if self.exact is not None:
            return self.exact(int(min(max(0.0, x), self.points[-1][0])))
        return self.points[max(0, bisect_right(self.points, x, key=lambda point: point[0]) - 1)][1]


class Level(NamedTuple):
    """A height drawn right across, such as a value to reach."""

    at: float
    role: str
    label: str = ""


class Note(NamedTuple):
    """A few signs written over the curves."""

    at: Point
    "Where the middle of them lies."
    text: str
    role: str = "label"


class Picture(NamedTuple):
    """Everything one plot shows; the window is in the data's own units and is never empty."""

    series: tuple[Series, ...]
    left: float
    right: float
    bottom: float
    top: float
    across: str = ""
    up: str = ""
    levels: tuple[Level, ...] = ()
    marks: tuple[Point, ...] = ()
    notes: tuple[Note, ...] = ()
    is_log: bool = False
    "Whether heights are logarithms to base 10, and are named by what they are logarithms of."


def window(values: Iterable[float], *, margin: float = 0.05) -> tuple[float, float]:
    """The least interval that holds the finite values, a little widened; (0, 1) when there are none."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    if low == high:
        half = abs(low) / 2 or 1.0
        return low - half, high + half
    spare = (high - low) * margin
    return low - spare, high + spare


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values from low to high, at most `most` of them, 1, 2 or 5 times a power of ten apart."""
    if most < 1 or not high > low or not math.isfinite(high - low):
        return []
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    gap = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= rough)
    first = math.ceil(low / gap - 1e-9)
    last = math.floor(high / gap + 1e-9)
    return [n * gap for n in range(first, last + 1)][:most]


def log_ticks(low: float, high: float, most: int) -> dict[float, str]:
    """Powers of ten between two logarithms, or 1, 2 and 5 times them where there are few, each with its name.

    >>> log_ticks(-3.0, 1.2, 5), list(log_ticks(0.2, 1.0, 5).values())
    ({-3.0: '0.001', -2.0: '0.01', -1.0: '0.1', 0.0: '1', 1.0: '10'}, ['2', '5', '10'])
    """
    if not (high > low and math.isfinite(high - low)):
        return {}
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    exponents = range(first, last + 1, max(1, -(-(last - first + 1) // most)))
    found = {float(exponent): 10.0**exponent for exponent in exponents}
    if len(found) < 2:
        fine = [(k, m) for k in range(first - 1, last + 1) for m in (1, 2, 5)]
        found = {k + math.log10(m): m * 10.0**k for k, m in fine if low <= k + math.log10(m) <= high}
    return {place: _power_text(value) for place, value in list(found.items())[:most]}


def _power_text(value: float) -> str:
    return f"{value:g}".replace("e-0", "e−").replace("e+0", "e").replace("e-", "e−").replace("e+", "e")


def tick_text(value: float, gap: float) -> str:
    """A tick as it is written: as many decimals as the gap needs, thousands as `k`."""
    if value == 0:
        return "0"
    if abs(value) >= 1e6 or (gap < 1e-4 and abs(value) < 1e-3):
        return f"{value:.3g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−").replace("e+", "e")
    if abs(value) >= 10_000 and gap >= 100:
        return f"{value / 1000:.{0 if gap >= 1000 else 1}f}k".replace("-", "−")
    decimals = max(0, -math.floor(math.log10(gap) + 1e-9)) if gap > 0 else 0
    return f"{value:.{decimals}f}".replace("-", "−")


def label_text(label: str) -> str:
    """A label as formulas are written elsewhere: `weight w1` as `weight w₁`, `y = -2` as `y = −2`."""
    return shown(" ".join(display_name(word) for word in MINUS.sub("−", label).split(" ")))


def spread(rows: Sequence[int], count: int) -> list[int]:
    """Rows of names, from the top and in their order, moved apart so that no two share one of `count`; below 0 there is no room.

    >>> spread([2, 2, 2], 9), spread([7, 8, 8], 9)
    ([2, 3, 4], [6, 7, 8])
    """
    found: list[int] = []
    for row in rows:
        found.append(max(row, found[-1] + 1) if found else row)
    most = count - 1
    for place in reversed(range(len(found))):
        found[place] = min(found[place], most)
        most = found[place] - 1
    return found


def room_for(name: str, row: str, *, gap: int = 1) -> int | None:
    """Where in a row of text a name can stand with `gap` blanks around it, as far right as may be; None: nowhere.

    >>> room_for("x", "0    5    10"), room_for("step", "0    5    10")
    (8, None)
    """
    spot = " " * (len(name) + 2 * gap)
    at = f"{row}{' ' * gap}".rfind(spot)
    return at + gap if at >= 0 else None


def pieces(points: Sequence[Point], bottom: float, top: float) -> list[list[Point]]:
    """The parts of a curve within the window's height, cut where they leave it; a value that is not finite is a gap.

    A drawing library walks along every segment it is given, so one that ends at 1e300 must never reach it.
    """
    found: list[list[Point]] = []
    current: list[Point] = []
    for here, there in pairwise(points):
        part = _within(here, there, bottom, top)
        if part is None:
            current = []
            continue
        start, end = part
        if not current or current[-1] != start:
            current = [start]
            found.append(current)
        current.append(end)
    if len(points) == 1 and _within(points[0], points[0], bottom, top):
        found.append([points[0]])
    return found


def _within(here: Point, there: Point, bottom: float, top: float) -> tuple[Point, Point] | None:
    if not all(map(math.isfinite, (*here, *there))):
        return None
    (x0, y0), (x1, y1) = here, there
    if max(y0, y1) < bottom or min(y0, y1) > top:
        return None
    if y0 == y1:
        return here, there

    def at(y: float) -> Point:
        y = min(max(y, bottom), top)
        return x0 + (x1 - x0) * ((y - y0) / (y1 - y0)), y

    return (here if bottom <= y0 <= top else at(y0)), (there if bottom <= y1 <= top else at(y1))


def thinned(points: Sequence[Point], left: float, right: float, columns: int) -> list[Point]:
    """At most two points a column, its lowest and its highest, in their order: the same picture in less time."""
    if len(points) <= 2 * columns or right <= left:
        return list(points)
    kept: list[Point] = []
    column: list[Point] = []
    number = -1
    for point in points:
        here = int((point[0] - left) / (right - left) * columns)
        if here != number:
            kept += _extremes(column)
            column, number = [], here
        column.append(point)
    kept += _extremes(column)
    return kept


MOST = 4096
"Points of a curve over steps, four times as many as the widest terminal has dots; more would only take longer to draw."


def over_steps(values: Sequence[float], until: int) -> tuple[Point, ...]:
    """The points of a series from step 0 on; of a long one at most `MOST`, the lowest and the highest of so many steps each.

    >>> over_steps([5.0, 6.0], 9), len(over_steps(range(100_000), 99_999))
    (((0.0, 5.0), (1.0, 6.0)), 4084)
    """
    count = min(until + 1, len(values))
    if count <= MOST:
        return tuple((float(step), values[step]) for step in range(count))
    each = -(-count // (MOST // 2))
    steps: list[int] = []
    for start in range(0, count, each):
        some = values[start : min(start + each, count)]
        low, high = some.index(min(some)), some.index(max(some))
        steps += sorted({start + low, start + high})
    steps = sorted({0, *steps, count - 1})
    return tuple((float(step), values[step]) for step in steps)


def _extremes(column: list[Point]) -> list[Point]:
    if len(column) <= 2:
        return column
    low = min(range(len(column)), key=lambda index: column[index][1])
    high = max(range(len(column)), key=lambda index: column[index][1])
    return [column[index] for index in sorted({low, high})]
