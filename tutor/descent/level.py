"""Where a loss is level, and whether it rises or falls around there."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tutor.descent.batches import shuffled
from tutor.descent.curvature import along, eigen, hessian

Measure = Callable[[Sequence[float]], tuple[float, tuple[float, ...]]]
"From the weights, shape (n,), to the loss and its partials, shape (n,)."
Direction = tuple[float, tuple[float, ...]]
"A bend, and the way along which the loss bends so, of length 1 and shape (n,)."

LEVEL = 1e-7
"Of how much the loss changes where the weights move by a unit: a smaller slope is none."
NO_BEND = 1e-6
"Of the largest bend, or it is taken for none: a hundred times the error of `hessian`."
HARDLY_BENT = 1e-4
"Of how much the loss changes: a smaller bend tells nothing, as that of w^3 beside 0, and one looks around instead."
ROUNDING = 1e-9
AROUND = (0.1, 0.4)
"How far one looks around, in units of the weights."


class Spot(NamedTuple):
    """A point in weights measured by their own size, or by 1 where that is smaller: slope and bends have the loss's unit.

    Eigenvalues keep their signs under that (Sylvester's law of inertia, 1852).
    """

    loss: float
    slope: tuple[float, ...]
    directions: list[Direction]
    "Smallest bend first."


class Level(NamedTuple):
    """A place without slope."""

    point: list[float]
    spot: Spot
    change: float
    "By how much the loss changes where the weights move by a unit."

    @property
    def _floor(self) -> float:
        return max(NO_BEND * max(abs(bend) for bend, _ in self.spot.directions), HARDLY_BENT * self.change)

    @property
    def steep(self) -> list[Direction]:
        """The directions that have a bend, smallest first."""
        return [each for each in self.spot.directions if abs(each[0]) > self._floor]

    @property
    def flat(self) -> list[tuple[float, ...]]:
        """The directions whose bend tells nothing."""
        return [way for bend, way in self.spot.directions if abs(bend) <= self._floor]


def look_at(measure: Measure, point: Sequence[float]) -> Spot | None:
    """The slope and the bends at a point; nothing where one of them has no value."""
    loss, slope = measure(point)
    rows = hessian(lambda near: measure(near)[1], point)
    if not all(map(math.isfinite, (loss, *slope, *(entry for row in rows for entry in row)))):
        return None
    return Spot(loss, tuple(slope), eigen(rows))


def losses_along(
    measure: Measure, point: Sequence[float], ways: Sequence[Sequence[float]] | None = None
) -> list[float]:
    """The finite losses a unit along each way, there and back; without any, along each weight's own."""
    places = range(len(point))
    ways = ways or [[float(k == place) for k in places] for place in places]
    found = [
        measure([x + sign * step for x, step in zip(point, way, strict=True)])[0] for way in ways for sign in (1, -1)
    ]
    return list(filter(math.isfinite, found))


def level_near(measure: Measure, start: Sequence[float], spot: Spot, reach: float) -> Level | None:
    """A place without slope within reach, by Newton's method with the pseudo-inverse."""
    here = list(start)
    for _ in range(60):
        way = _newton(spot.directions, spot.slope)
        if not any(abs(step) > ROUNDING for step in way):
            break
        here = [x - step for x, step in zip(here, way, strict=True)]
        if max(abs(x - begin) for x, begin in zip(here, start, strict=True)) > reach:
            return None
        found = look_at(measure, here)
        if found is None:
            return None
        spot = found
    change = _change(measure, here, spot)
    return Level(here, spot, change) if change and math.hypot(*spot.slope) <= LEVEL * change else None


def _change(measure: Measure, point: Sequence[float], spot: Spot) -> float:
    """By how much the loss changes a unit away.

    Along no weight does u*v change at 0, but it does where it bends; u*v*w does where all three move.
    """
    ways = [way for _, way in spot.directions]
    beside = losses_along(measure, point) + losses_along(measure, point, ways)
    if all(loss == spot.loss for loss in beside):
        beside += losses_along(measure, point, mixtures(ways))
    return max((abs(loss - spot.loss) for loss in beside), default=0.0)


def _newton(directions: Sequence[Direction], slope: Sequence[float]) -> list[float]:
    """What to take from a point so that the slope along every direction with a bend is gone."""
    floor = NO_BEND * max(abs(bend) for bend, _ in directions)
    way = [0.0] * len(slope)
    for bend, direction in directions:
        if abs(bend) > floor:
            share = along(direction, slope) / bend
            way = [w + share * d for w, d in zip(way, direction, strict=True)]
    return way


def rises_around(measure: Measure, level: Level, same: float) -> list[tuple[int, int]]:
    """Whether the loss is higher (1), lower (-1) or the same (0) along the flat directions and the opposite ones.

    At each place the directions that bend are followed to their bottom first.

    Args:
        same: of how much the loss changes there; losses that differ by less are the same.
    """
    steep, spot = level.steep, level.spot
    room = same * level.change + 1e-13 * abs(spot.loss)

    def rise(way: Sequence[float], reach: float) -> int:
        there = [x + reach * step for x, step in zip(level.point, way, strict=True)]
        loss, slope = measure(there)
        for _ in range(8 if steep else 0):
            there = [x - step for x, step in zip(there, _newton(steep, slope), strict=True)]
            loss, slope = measure(there)
        return (loss > spot.loss + room) - (loss < spot.loss - room)

    return [(rise(way, reach), rise(way, -reach)) for way in mixtures(level.flat) for reach in AROUND]


def mixtures(ways: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each of some directions, and mixtures of them, the same on every machine: what falls may fall along none alone."""
    count = len(ways)
    shares = [[float(k == place) for k in range(count)] for place in range(count)]
    for turn in range(40 if count > 1 else 0):
        order = shuffled(2 * count + 1, 1, turn)[:count]
        shares.append([k / count - 1 for k in order])
    return [
        [math.fsum(share * way[k] for share, way in zip(each, ways, strict=True)) for k in range(len(ways[0]))]
        for each in shares
    ]
