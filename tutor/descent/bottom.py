"""Which bottom is near a point, and how the loss bends there."""

import math
from collections.abc import Sequence

from tutor.descent.curvature import along, eigen, hessian
from tutor.descent.level import NO_BEND, ROUNDING, Direction, Measure


def bottom_near(measure: Measure, weights: Sequence[float]) -> tuple[tuple[float, ...], list[Direction]] | None:
    """A bottom below a point, and how the loss bends there, smallest bend first; nothing when none is found.

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
            share = along(vector, partials) / max(abs(value), floor)
            step = [s - share * v for s, v in zip(step, vector, strict=True)]
        if all(abs(s) <= ROUNDING * max(1.0, abs(w)) for s, w in zip(step, here, strict=True)):
            is_bottom = directions[0][0] > floor and _is_smooth(measure, here, directions[-1][0])
            return (here, directions) if is_bottom else None
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
