"""What kind of place a run has reached: a bottom, a saddle, a plateau, and which bottom is near.

Only the right gradient is asked, whatever formulas moved the weights there.
"""

import math
from collections.abc import Callable, Sequence
from enum import Enum

from tutor.descent.batches import shuffled
from tutor.descent.curvature import eigen, hessian

Measure = Callable[[Sequence[float]], tuple[float, tuple[float, ...]]]
"From the weights, shape (n,), to the loss and its partials, shape (n,)."


class Place(Enum):
    """What the loss looks like around a point."""

    BOTTOM = "bottom"
    SADDLE = "saddle"
    "Level, but lower to at least one side."
    TOP = "top"
    PLATEAU = "plateau"
    "Hardly any slope and hardly any bend, and it is no lower there than elsewhere: nothing says where to go."
    TAIL = "tail"
    "As flat, but low: the loss falls for ever, more and more slowly."
    SLOPE = "slope"
    "On the way."


NEAR = 0.05
"A level place nearer than this part of each weight (or of 1) has been reached, by Newton's estimate of the way."
GENTLE, STRAIGHT = 0.01, 0.1
"""Moving every weight by itself (or by 1) changes the loss by less than the first of these parts of its size, and the slope
by less than the second: a plateau. At tanh(w)^2 that is from w = 4.3 on."""
NO_BEND = 1e-6
"Of the largest bend, or it is taken for none: a hundred times the error of `hessian`."
ROUNDING = 1e-9


def place_of(measure: Measure, weights: Sequence[float]) -> Place | None:
    """The kind of place; nothing where the loss or its slope has no value around it.

    Weights are measured by their own size, or by 1 where that is smaller; eigenvalues keep their signs under that
    (Sylvester's law of inertia, 1852).
    """
    units = [max(1.0, abs(weight)) for weight in weights]
    loss, partials = measure(weights)
    slope = [partial * unit for partial, unit in zip(partials, units, strict=True)]
    rows = hessian(lambda point: measure(point)[1], weights)
    bends = [[entry * a * b for entry, b in zip(row, units, strict=True)] for row, a in zip(rows, units, strict=True)]
    elsewhere = [measure([share * w for w in weights])[0] for share in (0.5, 0.1, 0.0)]
    elsewhere = [found for found in elsewhere if math.isfinite(found)] or [loss]
    size = max(map(abs, (loss, *elsewhere)))
    if not all(map(math.isfinite, (loss, *slope, *(entry for row in bends for entry in row)))):
        return None
    directions = eigen(bends)
    steepest = max(abs(value) for value, _ in directions)
    if size and math.hypot(*slope) <= GENTLE * size and steepest <= STRAIGHT * size:
        return Place.TAIL if loss < min(elsewhere) - ROUNDING * size else Place.PLATEAU
    bent = [(value, vector) for value, vector in directions if abs(value) > NO_BEND * steepest]
    way = [math.fsum(_along(vector, slope) / value * vector[k] for value, vector in bent) for k in range(len(units))]
    if not bent or max(map(abs, way)) > NEAR or not _is_levelled(measure, weights, partials, way, units):
        return Place.SLOPE if any(slope) else None
    if bent[0][0] < 0:
        return Place.TOP if bent[-1][0] < 0 and len(bent) == len(weights) else Place.SADDLE
    if len(bent) == len(weights):
        return Place.BOTTOM
    # A direction without bend: neither slope nor bend decides, so look around.
    return Place.SADDLE if _is_lower_nearby(measure, weights, units, loss) else Place.BOTTOM


def _is_levelled(
    measure: Measure, weights: Sequence[float], partials: Sequence[float], way: Sequence[float], units: Sequence[float]
) -> bool:
    """Whether there is less slope where Newton's method expects none; sqrt(w) is steep near 0 and not level there."""
    there = [w - d * unit for w, d, unit in zip(weights, way, units, strict=True)]
    return not any(way) or math.hypot(*measure(there)[1]) < math.hypot(*partials) / 2


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


def _is_lower_nearby(measure: Measure, weights: Sequence[float], units: Sequence[float], loss: float) -> bool:
    """Whether one of 200 points around, the same on every machine, has a smaller loss."""
    count = len(weights)
    for turn in range(200):
        order = shuffled(2 * count + 1, 1, turn)[:count]
        reach = (0.5, 0.2, 0.05)[turn % 3]
        point = [w + reach * u * (k / count - 1) for w, u, k in zip(weights, units, order, strict=True)]
        if measure(point)[0] < loss - ROUNDING * abs(loss):
            return True
    return False


def _along(vector: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(vector, other, strict=True))
