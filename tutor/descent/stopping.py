"""The reasons for a run to stop, from the points it has reached."""

import math
from collections.abc import Sequence
from itertools import pairwise

from tutor.descent.methods import METHODS
from tutor.descent.run import Stop
from tutor.descent.setting import Setting

STILL = 1e-7
"""A weight stands still when its mean partial is below this part of it. It is then at most STILL / (smallest eigenvalue
of the averaged Hessian) from its end: 2.3e-7 of it for the standardised houses (0.44), so six significant figures.
Measured by the partial and not by the update, or a smaller rate would stop further away; at rates above 1 the update is
the larger of the two and is measured instead."""
NEGLIGIBLE = 1e-6
"A weight smaller than this part of the largest, at the start or now, is measured against that: it may tend to 0."
GROWING = 50
"""Steps in a row over which the loss must rise before a run counts as diverging slowly. With momentum m the first swings grow
even where they settle, to (1 + m)/(1 - m) times the start at most and by less and less after about 1/(1 - m) steps."""
FAR = 1e6
"""Times the starting loss: so far above it and with a growing update, a run has diverged quickly; with momentum that many times
what its first swings may reach. A method that scales its steps only strides, and may come back from any distance."""


def reason_to_stop(
    path: Sequence[tuple[float, ...]],
    losses: Sequence[float],
    slopes: Sequence[tuple[float, ...]],
    setting: Setting,
    *,
    is_whole: bool,
    may_return: bool,
) -> Stop | None:
    """Why a run ought to stop at its newest point, if it ought to.

    Args:
        may_return: whether a run that runs away may yet come back, since a schedule lowers the rate.
    """
    if not all(map(math.isfinite, slopes[-1])):
        return Stop.NOT_A_NUMBER
    if (
        is_whole
        and is_still(path[-1], slopes[-1], setting.rate, path[0])
        and (len(path) < 2 or _has_no_way(path, setting))
    ):
        return Stop.CONVERGED
    if may_return:
        return None
    share = setting.all_options.get("momentum", 0.0)
    window = math.ceil(max(GROWING, 1 / (1 - share)))
    far = math.inf if METHODS[setting.method].is_scaled else FAR * ((1 + share) / (1 - share)) ** 2
    return Stop.DIVERGED if has_diverged(losses, slopes[-window - 1 :], far=far, window=window) else None


def _has_no_way(path: Sequence[tuple[float, ...]], setting: Setting) -> bool:
    """Whether a method that remembers has come to rest too: it may roll through the bottom, where the slope is 0."""
    if not METHODS[setting.method].remembers:
        return True
    moved = tuple((now - before) / setting.rate for now, before in zip(path[-1], path[-2], strict=True))
    return is_still(path[-1], moved, setting.rate, path[0])


def is_still(
    weights: Sequence[float], partials: Sequence[float], rate: float = 1.0, start: Sequence[float] = ()
) -> bool:
    """Whether every mean partial is negligible beside its weight; both of shape (n,). See STILL for the tolerance.

    It says that the weights have stopped, not that they have stopped in the right place: a formula that is always 0
    freezes its weight, and the others then settle around it.

    >>> is_still((100.0, 0.0), (1e-6, 0.0)), is_still((100.0, 0.0), (1e-4, 0.0)), is_still((0.0,), (1.0,))
    (True, False, False)
    """
    floor = NEGLIGIBLE * max(map(abs, (*weights, *start)))
    scale = max(rate, 1.0)
    return all(scale * abs(p) <= STILL * max(abs(w), floor) for w, p in zip(weights, partials, strict=True))


def has_diverged(
    losses: Sequence[float], slopes: Sequence[Sequence[float]], *, far: float = FAR, window: int = GROWING
) -> bool:
    """Whether a run is running away: its loss is above the start, and

    - the loss rose at each of the last 50 steps, by no less at the last than before, while the updates did not shrink, or
    - the loss is a million times the start and the last update grew.

    Neither half of that is enough alone. At rate 1.3 the houses' loss first falls to a tenth and then rises by 5.7 % a
    step, so one must wait and see; and with a wrong formula the weights may climb to a place worse than the start and
    settle there, but their updates shrink on the way. Below the largest stable rate the right formulas never raise the
    loss, so they are never called diverged; above it by less than 0.2 %, 400 steps are too few to see it.

    Args:
        losses: from step 0 on, all of them.
        slopes: the gradient at the last 51 points, or at all points while they are fewer.
        far: in the second rule, instead of a million.
        window: in the first rule, instead of 50.

    >>> [has_diverged([2.0**k for k in range(n)], [[2.0**k] for k in range(n)][-51:]) for n in (1, 20, 22)]
    [False, False, True]
    >>> rising = [9.0 + k for k in range(60)]
    >>> has_diverged(rising, [[1.0]] * 51), has_diverged(rising, [[1.0]] * 50 + [[0.9]])
    (True, False)
    >>> has_diverged([20 - 19 * 0.9**k for k in range(60)], [[1.0]] * 51)
    False
    """
    if losses[-1] <= losses[0]:
        return False
    first = abs(losses[0]) or abs(losses[1])
    if losses[-1] - losses[0] > far * first and math.hypot(*slopes[-1]) > math.hypot(*slopes[-2]):
        return True
    if len(slopes) <= window:
        return False
    sizes = [math.hypot(*slope) for slope in (slopes[0], slopes[-1])]
    rises = [after - before for before, after in pairwise(losses[-window - 1 :])]
    # A weight that drifts away at a constant pace has diverged too; its updates are equal but for rounding.
    return min(rises) > 0 and rises[-1] >= max(rises) * (1 - 1e-9) and sizes[1] >= sizes[0] * (1 - 1e-9)
