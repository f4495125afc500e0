"""What kind of place a run has reached: a bottom, a saddle, a plateau.

Only the right gradient is asked, whatever formulas moved the weights there.
"""

import math
from collections.abc import Sequence

from tutor.descent.curvature import along
from tutor.descent.level import ROUNDING, Level, Measure, Spot, level_near, look_at, losses_along, rises_around
from tutor.descent.run import Place

NEAR, SIGHT = 0.05, 1.0
"""A level place nearer than the first of these parts of each weight (or of 1) has been reached. Where the loss hardly slopes
and bends, one as far off as the second counts if it is a bottom that is flatter than a quadratic."""
GENTLE, STRAIGHT, HARDLY = 0.01, 0.1, 0.25
"""Of how the losses around differ: where a weight that moves by itself (or by 1) changes the loss by less than the first of
these parts and the slope by less than the second, it is flat; by less than the third, it hardly bends. Flat is tanh(w)^2 from
w = 4.3 on."""
SAME, CLEARLY = 1e-10, 1e-3
"Of how much the loss changes around: what differs by less than the first is the same; on flat ground less than the second is."
GENTLER, DOUBLINGS, FADING = 0.2, 11, 0.9
"""A loss whose slope is below the first, as `GENTLE`, levels out where it is so followed as often as the second says on a way
twice as long each time, and falls by so much less on each."""


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
    here = look_at(scaled, start)
    if here is None:
        return None
    inward = [scaled([share * x for x in start])[0] for share in (0.5, 0.1, 0.0)]
    inward = [loss for loss in inward if math.isfinite(loss)] or [here.loss]
    around = [*inward, *losses_along(scaled, start)]
    size = _size([here.loss, *around])
    slope, steepest = math.hypot(*here.slope), max(abs(bend) for bend, _ in here.directions)
    is_gentle, is_flat = (slope <= GENTLE * size > 0 and steepest <= share * size for share in (HARDLY, STRAIGHT))
    level = level_near(scaled, start, here, SIGHT if is_gentle else NEAR)
    kind = _kind(scaled, level, SAME) if level else None
    if level and kind in (Place.BOTTOM, Place.VALLEY) and (level.flat or _is_reached(level, start)):
        return kind
    if is_flat and not (level and kind and kind is _kind(scaled, level, CLEARLY)):
        if here.loss < min(inward) - ROUNDING * size:
            return Place.TAIL
        return Place.VALLEY if level and min(around) >= here.loss < max(around) else Place.PLATEAU
    if level:
        return kind if _is_reached(level, start) else Place.SLOPE
    if slope <= GENTLER * size and _levels_out(scaled, start, here, ROUNDING * size):
        return Place.TAIL
    return Place.SLOPE if any(here.slope) else None


def _is_reached(level: Level, start: Sequence[float]) -> bool:
    return max(abs(x - begin) for x, begin in zip(level.point, start, strict=True)) <= NEAR


def _size(losses: Sequence[float]) -> float:
    """By how much losses differ; where that is next to nothing, the largest of them."""
    largest, spread = max(map(abs, losses)), max(losses) - min(losses)
    return spread if spread > ROUNDING * largest else largest


def _levels_out(measure: Measure, start: Sequence[float], here: Spot, room: float) -> bool:
    """Whether the loss, straight down from a point, falls by less and less as the way doubles, and never rises again."""
    steep = math.hypot(*here.slope)
    loss, fall = here.loss, math.inf
    for doubling in range(DOUBLINGS if steep else 0):
        there = [x - 2.0**doubling * entry / steep for x, entry in zip(start, here.slope, strict=True)]
        beyond, slope = measure(there)
        falls = loss - beyond
        fades = -room <= falls <= FADING * fall + room and along(slope, here.slope) >= -room
        if not (math.isfinite(beyond) and fades):
            return False
        loss, fall = beyond, falls
    return loss < here.loss


def _kind(measure: Measure, level: Level, same: float) -> Place | None:
    """Of a level place: by the bends, and where some are next to nothing by the losses along those directions.

    Args:
        same: of how much the loss changes there; losses that differ by less are the same.
    """
    if level.steep and level.steep[0][0] < 0:
        return Place.TOP if not level.flat and level.steep[-1][0] < 0 else Place.SADDLE
    sides = rises_around(measure, level, same)
    for ahead, behind in sides:
        if min(ahead, behind) == -1:
            if ahead == behind:
                return Place.TOP if len(level.point) == 1 else Place.SADDLE
            return Place.INFLECTION
    if all(min(side) == 1 for side in sides):
        return Place.BOTTOM
    return Place.VALLEY if level.steep or any(min(side) == 1 for side in sides) else None
