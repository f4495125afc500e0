"""A typed gradient beside finite differences of the loss: the check that needs no mathematics."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, islice

import msgspec

from tutor.descent.averages import averages_of, is_vast, partial_trees
from tutor.descent.batches import batch
from tutor.descent.compared import Compared
from tutor.descent.problem import Problem
from tutor.descent.progress import tell
from tutor.descent.setting import Setting, problem_of
from tutor.maths.numeric import compile_float
from tutor.words import tr

CHECKING = tr("checking")
AGREE = 1e-7
"Of the slope around the point: a slip is far above it, what is left of the difference's own error is far below."
FIRST, SHRINK, MOST = 0.02, 4.0, 14
"The first h, of the weight or of 1, how many times smaller the next is, and how many are tried."
ENOUGH = 1e-9
"Of a slope: an error that small is not made smaller."
SAFETY = 10.0
"Times the estimated error of a difference that it may be off."
BESIDE = (0.13, -0.21)
"Where else a typed formula is looked at, of each weight or of 1: at a bottom any multiple of the right one is 0 as well."


def compare(problem: Problem, formulas: Mapping[str, str], weights: Sequence[float]) -> list[Compared]:
    """One row a weight.

    Args:
        weights: where, shape (n,), in the units trained in.

    Raises: as `partial_trees`.
    """
    averages = averages_of(problem, partial_trees(problem, formulas))
    mean = averages.loss if is_vast(problem) else _mean_of(problem)
    points = [tuple(weights), *(_beside(weights, share) for share in BESIDE)]
    gradients = [averages.at(point)[1] for point in points]

    def row(place: int) -> Compared:
        tell(CHECKING, place / len(problem.weights))
        weight = problem.weights[place]
        seen = [
            _compared(weight, gradient[place], along(mean, point, place), point[place])
            for point, gradient in zip(points if weight in formulas else points[:1], gradients, strict=False)
        ]
        elsewhere = next((each for each in seen[1:] if each.agrees is False), None)
        if seen[0].agrees is False or elsewhere is None:
            return seen[0]
        return msgspec.structs.replace(elsewhere, is_beside=True)

    return [row(place) for place in range(len(problem.weights))]


def compare_at(setting: Setting, weights: Sequence[float], step: int) -> list[Compared]:
    """As `compare`, over those examples that the update after a step of a run looks at, and so with the run's own partials.

    Raises: as `train`.
    """
    problem = problem_of(setting)
    if 0 < setting.batch < len(problem.rows):
        chosen = batch(len(problem.rows), setting.batch, setting.seed, step)
        problem = msgspec.structs.replace(problem, rows=tuple(problem.rows[example] for example in chosen))
    return compare(problem, setting.formulas, weights)


def _mean_of(problem: Problem) -> Callable[[Sequence[float]], float]:
    """The mean error, summed without rounding in between."""
    error = compile_float(problem.tree(problem.error), (*problem.weights, *problem.columns))

    def mean(point: Sequence[float]) -> float:
        values = [error((*point, *row)) for row in problem.rows]
        return math.fsum(values) / len(values) if all(map(math.isfinite, values)) else math.nan

    return mean


Along = Callable[[float], float]
"The loss over one weight."


def along(mean: Callable[[Sequence[float]], float], point: Sequence[float], place: int) -> Along:
    """The loss as one weight moves and the others stand still."""
    return lambda value: mean((*point[:place], value, *point[place + 1 :]))


def _beside(weights: Sequence[float], share: float) -> tuple[float, ...]:
    return tuple(w + share * (1 + 0.3 * place) * max(1.0, abs(w)) for place, w in enumerate(weights))


def _compared(weight: str, typed: float, loss: Along, here: float) -> Compared:
    first = FIRST * max(1.0, abs(here))
    chords = [abs(loss(here + h) - loss(here)) / first for h in (first, -first)]
    around = max(filter(math.isfinite, chords), default=0.0)
    slope, error = slope_of(loss, here, first, around)
    if not (math.isfinite(slope) and math.isfinite(typed)):
        return Compared(weight, typed if math.isfinite(typed) else None, slope if math.isfinite(slope) else None, None)
    room = SAFETY * error + AGREE * max(abs(typed), abs(slope), around)
    return Compared(weight, typed, slope, abs(typed - slope) <= room, room)


def slope_of(loss: Along, here: float, first: float, around: float = 0.0) -> tuple[float, float]:
    """A slope by central differences, and an estimate of its error; NaN where there is none.

    Differences over smaller and smaller h, each with the one before extrapolated to h = 0 (Richardson 1911,
    Philosophical Transactions A 210, 307-357). That one is taken which differs least from the one before (Ridders 1982,
    Advances in Engineering Software 4, 75-76), and what rounding of the loss does to it is added to the estimate.

    Args:
        first: the first h; those for which the loss has no value are left out.
        around: how large the slopes beside the point are, about; at a bottom the slope itself is no measure of anything.

    >>> slope, error = slope_of(math.exp, 1.0, 0.02)
    >>> abs(slope - math.e) < error < 1e-9
    True
    """
    best, doubt = (math.nan, math.inf), math.inf
    before: tuple[float, float] | None = None
    for h, difference, size in islice(_differences(loss, here, first), MOST):
        if before is None:
            before = difference, math.nan
            continue
        better = difference + (difference - before[0]) / (SHRINK**2 - 1)
        error = abs(better - (before[0] if math.isnan(before[1]) else before[1])) + 4e-16 * size / h
        # Of the slope, not of 1: beyond a pole all differences may be small.
        measure = max(abs(better), ENOUGH * around)
        share = error / measure if measure else math.inf
        if share < doubt or math.isnan(best[0]):
            best, doubt = (better, error), share
        if doubt <= ENOUGH:
            break
        before = difference, better
    return best


def _differences(loss: Along, here: float, first: float) -> Iterator[tuple[float, float, float]]:
    """Each h with its difference and the size of the loss, where there are any."""
    for k in count():
        h = first / SHRINK**k
        if here + h == here:
            return
        above, below = loss(here + h), loss(here - h)
        if math.isfinite(above - below) or k >= MOST:
            yield h, (above - below) / (2 * h), max(abs(above), abs(below))
