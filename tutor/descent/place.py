"""What kind of place a run has reached: a bottom, a saddle, a plateau, and which bottom is near.

Only the right gradient is asked, whatever formulas moved the weights there.
"""

import math
from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from tutor.descent.batches import shuffled
from tutor.descent.curvature import eigen, hessian

Measure = Callable[[Sequence[float]], tuple[float, tuple[float, ...]]]
"From the weights, shape (n,), to the loss and its partials, shape (n,)."


class Place(Enum):
    """What the loss looks like around a point."""

    BOTTOM = "bottom"
    VALLEY = "valley"
    "As low as anywhere around, and level along some direction."
    SADDLE = "saddle"
    "Level, but lower to at least one side and its opposite."
    INFLECTION = "inflection"
    "Level, but lower to one side and no lower to the opposite one: the loss only pauses."
    TOP = "top"
    PLATEAU = "plateau"
    "Hardly any slope and hardly any bend, and it is no lower there than elsewhere: nothing says where to go."
    TAIL = "tail"
    "As flat, but low: the loss falls for ever, more and more slowly."
    SLOPE = "slope"
    "On the way."


NEAR = 0.05
"A level place nearer than this part of each weight (or of 1) has been reached."
GENTLE, STRAIGHT = 0.01, 0.1
"""Moving every weight by itself (or by 1) changes the loss by less than the first of these parts of its size, and the slope
by less than the second: a plateau. At tanh(w)^2 that is from w = 4.3 on."""
LEVEL = 1e-7
"Of how much the loss changes where a weight moves by itself (or by 1): a smaller slope is none."
NO_BEND = 1e-6
"Of the largest bend, or it is taken for none: a hundred times the error of `hessian`."
HARDLY_BENT = 1e-4
"Of how much the loss changes: a smaller bend tells nothing, as that of w^3 beside 0, and one looks around instead."
SAME = 1e-10
"Of that change too: two losses that differ by less are the same."
ROUNDING = 1e-9
AROUND = (0.1, 0.4)
"How far one looks around, in units of the weights."


class _Spot(NamedTuple):
    """A point in weights measured by their own size, or by 1 where that is smaller: slope and bends have the loss's unit.

    Eigenvalues keep their signs under that (Sylvester's law of inertia, 1852).
    """

    loss: float
    slope: tuple[float, ...]
    directions: list[tuple[float, tuple[float, ...]]]
    "Bends, smallest first, each with its direction."


def place_of(measure: Measure, weights: Sequence[float]) -> Place | None:
    """The kind of place; nothing where the loss or its slope has no value around it, or where it is nothing but flat.

    A level place counts as reached when Newton's method finds one close by; which kind that is, its own bends say, and
    where these are next to nothing the losses around it do.
    """
    units = [max(1.0, abs(weight)) for weight in weights]

    def scaled(point: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        loss, partials = measure([x * unit for x, unit in zip(point, units, strict=True)])
        return loss, tuple(partial * unit for partial, unit in zip(partials, units, strict=True))

    start = [weight / unit for weight, unit in zip(weights, units, strict=True)]
    here = _spot(scaled, start)
    if here is None:
        return None
    elsewhere = [scaled([share * x for x in start])[0] for share in (0.5, 0.1, 0.0)]
    elsewhere = [found for found in elsewhere if math.isfinite(found)] or [here.loss]
    size = max(map(abs, (here.loss, *elsewhere)))
    steepest = max(abs(bend) for bend, _ in here.directions)
    if size and math.hypot(*here.slope) <= GENTLE * size and steepest <= STRAIGHT * size:
        if _rises_around(scaled, start, here):
            return Place.BOTTOM
        return Place.TAIL if here.loss < min(elsewhere) - ROUNDING * size else Place.PLATEAU
    found = _level_near(scaled, start, here)
    if found is None:
        return Place.SLOPE if any(here.slope) else None
    return _kind(scaled, *found)


def _rises_around(measure: Measure, point: Sequence[float], here: _Spot) -> bool:
    """Whether the loss is higher at some distance on every side, as around a bottom too flat to be seen from its bends.

    Straight down as well: of many weights that may be the only way on which it falls on.
    """
    axes = [[float(k == place) for k in range(len(point))] for place in range(len(point))]
    room = 1e-13 * abs(here.loss)
    steep = math.hypot(*here.slope)
    down = [[-partial / steep for partial in here.slope]] if steep else []
    sides = down + [[sign * step for step in way] for way in _ways(axes) for sign in (1, -1)]
    return any(
        all(
            measure([x + reach * step for x, step in zip(point, side, strict=True)])[0] > here.loss + room
            for side in sides
        )
        for reach in (*AROUND, 1.0)
    )


def _spot(measure: Measure, point: Sequence[float]) -> _Spot | None:
    loss, slope = measure(point)
    rows = hessian(lambda near: measure(near)[1], point)
    if not all(map(math.isfinite, (loss, *slope, *(entry for row in rows for entry in row)))):
        return None
    return _Spot(loss, tuple(slope), eigen(rows))


def _change(measure: Measure, point: Sequence[float], spot: _Spot) -> float:
    """By how much the loss changes where one weight moves by a unit, or all of them do along a direction of the bends: u*v is 0
    along both axes. 0 where it does not change or has no value there.
    """
    axes = [[float(k == place) for k in range(len(point))] for place in range(len(point))]
    ways = [*axes, *(direction for _, direction in spot.directions)]
    beside = [
        measure([x + sign * step for x, step in zip(point, way, strict=True)])[0] - spot.loss
        for way in ways
        for sign in (1, -1)
    ]
    return max((abs(change) for change in beside if math.isfinite(change)), default=0.0)


def _level_near(measure: Measure, start: Sequence[float], spot: _Spot) -> tuple[list[float], _Spot, float] | None:
    """A place without slope within `NEAR`, by Newton's method with the pseudo-inverse, and how much the loss changes there."""
    here = list(start)
    for _ in range(60):
        way = _newton(spot.directions, spot.slope)
        if not any(abs(step) > ROUNDING for step in way):
            break
        here = [x - step for x, step in zip(here, way, strict=True)]
        if max(abs(x - begin) for x, begin in zip(here, start, strict=True)) > NEAR:
            return None
        found = _spot(measure, here)
        if found is None:
            return None
        spot = found
    change = _change(measure, here, spot)
    return (here, spot, change) if change and math.hypot(*spot.slope) <= LEVEL * change else None


def _newton(directions: Sequence[tuple[float, Sequence[float]]], slope: Sequence[float]) -> list[float]:
    """What to take from a point so that the slope along every direction with a bend is gone."""
    floor = NO_BEND * max(abs(bend) for bend, _ in directions)
    way = [0.0] * len(slope)
    for bend, direction in directions:
        if abs(bend) > floor:
            share = _along(direction, slope) / bend
            way = [w + share * d for w, d in zip(way, direction, strict=True)]
    return way


def _kind(measure: Measure, point: Sequence[float], spot: _Spot, change: float) -> Place:
    """Of a level place: by the bends, and where some are next to nothing by the losses along those directions."""
    floor = max(NO_BEND * max(abs(bend) for bend, _ in spot.directions), HARDLY_BENT * change)
    steep = [each for each in spot.directions if abs(each[0]) > floor]
    flat = [direction for bend, direction in spot.directions if abs(bend) <= floor]
    if steep and steep[0][0] < 0:
        return Place.TOP if not flat and steep[-1][0] < 0 else Place.SADDLE
    if not flat:
        return Place.BOTTOM
    room = SAME * change + 1e-13 * abs(spot.loss)

    def rise(way: Sequence[float], reach: float) -> int:
        """Whether the loss is higher (1), lower (-1) or the same that way, at the bottom of the directions that bend."""
        there = [x + reach * step for x, step in zip(point, way, strict=True)]
        loss, slope = measure(there)
        for _ in range(8 if steep else 0):
            there = [x - step for x, step in zip(there, _newton(steep, slope), strict=True)]
            loss, slope = measure(there)
        return (loss > spot.loss + room) - (loss < spot.loss - room)

    rises = []
    for way in _ways(flat):
        for reach in AROUND:
            ahead, behind = rise(way, reach), rise(way, -reach)
            rises += [ahead, behind]
            if min(ahead, behind) == -1:
                if ahead == behind:
                    return Place.TOP if len(point) == 1 else Place.SADDLE
                return Place.INFLECTION
    return Place.BOTTOM if min(rises) == 1 else Place.VALLEY


def _ways(flat: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each of some directions, and mixtures of them, the same on every machine: what falls may fall along none alone."""
    count = len(flat)
    mixtures = [[float(k == place) for k in range(count)] for place in range(count)]
    for turn in range(40 if count > 1 else 0):
        order = shuffled(2 * count + 1, 1, turn)[:count]
        mixtures.append([k / count - 1 for k in order])
    return [
        [
            math.fsum(share * direction[k] for share, direction in zip(shares, flat, strict=True))
            for k in range(len(flat[0]))
        ]
        for shares in mixtures
    ]


def bottom_near(measure: Measure, weights: Sequence[float]) -> tuple[tuple[float, ...], list[float]] | None:
    """A bottom below a point, and the eigenvalues of the Hessian there, smallest first; nothing when none is found.

    By Newton's method with the bends taken as positive and the step halved until the loss falls (Nocedal and Wright 2006,
    Numerical Optimization, 2nd edition, section 3.4).
    """
    here = tuple(weights)
    loss, partials = measure(here)
    for _ in range(40):
        rows = hessian(lambda point: measure(point)[1], here)
        if not all(map(math.isfinite, (loss, *partials, *(entry for row in rows for entry in row)))):
            return None
        directions = eigen(rows)
        floor = NO_BEND * max(abs(value) for value, _ in directions)
        if floor == 0.0:
            return None
        step = [0.0] * len(here)
        for value, vector in directions:
            share = _along(vector, partials) / max(abs(value), floor)
            step = [s - share * v for s, v in zip(step, vector, strict=True)]
        if all(abs(s) <= ROUNDING * max(1.0, abs(w)) for s, w in zip(step, here, strict=True)):
            bends = [value for value, _ in directions]
            return (here, bends) if bends[0] > floor and _is_smooth(measure, here, bends[-1]) else None
        lower = _step_down(measure, here, loss, step)
        if lower is None:
            return None
        here, loss, partials = lower
    return None


def _is_smooth(measure: Measure, weights: Sequence[float], steepest: float) -> bool:
    """Whether the loss bends as much a little beside a point; |w| seems to bend at 0 only."""
    beside = [w + 3e-5 * max(1.0, abs(w)) for w in weights]
    return math.isclose(eigen(hessian(lambda point: measure(point)[1], beside))[-1][0], steepest, rel_tol=0.1)


def _step_down(
    measure: Measure, weights: tuple[float, ...], loss: float, step: Sequence[float]
) -> tuple[tuple[float, ...], float, tuple[float, ...]] | None:
    """Where the loss is no higher along a step, halved as often as it takes."""
    for halvings in range(30):
        there = tuple(w + s / 2**halvings for w, s in zip(weights, step, strict=True))
        found, partials = measure(there)
        if found <= loss + ROUNDING * abs(loss) * (halvings == 0):
            return there, found, partials
    return None


def _along(vector: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(vector, other, strict=True))
