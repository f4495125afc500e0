"""What is known of the loss around a run: where it has got to, the bottom near it, and how large a rate that allows."""

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tutor.descent.averages import Averages
from tutor.descent.batches import batch
from tutor.descent.bottom import bottom_near
from tutor.descent.curvature import Gradient, along, eigen, hessian
from tutor.descent.figures import agreeing
from tutor.descent.level import Measure
from tutor.descent.methods import METHODS
from tutor.descent.place import place_of
from tutor.descent.quadratic import ALIKE, Quadratic, bed
from tutor.descent.run import Place
from tutor.descent.setting import Setting


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Rates are those of plain gradient descent; infinity where nothing is known."""

    place: Place | None
    bottom: tuple[float, ...] | None
    stable_rate: float = math.inf
    "At the bottom, or where a valley was reached: 2 / (largest eigenvalue of the Hessian)."
    first_rate: float = math.inf
    "The same where the run begins; from there on too large a rate may run away from a bottom that would hold it."
    condition: float = math.inf
    steepest: tuple[tuple[float, ...], ...] = ()
    "The directions in which the loss bends most there, each of shape (n,)."
    is_exact: bool = False
    "Whether all this is so for every start, as it is where the loss is a quadratic."
    is_bottomless: bool = False
    "Whether the loss is known to fall without end."


def survey(
    measure: Measure,
    path: Sequence[tuple[float, ...]],
    losses: Sequence[float],
    bowl: Quadratic | None,
    optimum: tuple[float, ...] | None,
) -> Ground:
    """Look around, exactly where the loss is a quadratic with a lowest place or several, by differences elsewhere.

    Args:
        measure: the loss and its right gradient.
        path, losses: of the run, from step 0.
    """
    if bowl:
        nearest = bed(bowl, path[-1])
        bottom = optimum or nearest.bottom
        if bottom is None:
            return Ground(place=place_of(measure, path[-1]), bottom=None, is_bottomless=True)
        there = Place.VALLEY if nearest.flat else Place.BOTTOM
        return Ground(
            place=there if agreeing(path[-1], bottom) >= 3 else Place.SLOPE,
            bottom=bottom,
            stable_rate=nearest.stable_rate,
            first_rate=nearest.stable_rate,
            condition=nearest.condition,
            steepest=nearest.steepest,
            is_exact=True,
        )
    place = place_of(measure, path[-1])
    if place is Place.VALLEY:
        stable = _rate_at(lambda point: measure(point)[1], path[-1])
        return Ground(place=place, bottom=None, stable_rate=stable, first_rate=stable)
    best = min(range(len(losses)), key=losses.__getitem__)
    found = bottom_near(measure, path[best])
    if found is None:
        return Ground(place=place, bottom=None)
    bottom, directions = found
    flattest, steepest = directions[0][0], directions[-1][0]
    return Ground(
        place=place,
        bottom=bottom,
        stable_rate=2 / steepest,
        first_rate=_rate_at(lambda point: measure(point)[1], path[0]),
        condition=steepest / flattest,
        steepest=tuple(way for bend, way in directions if bend >= (1 - ALIKE) * steepest),
    )


LATELY = 10
"Updates that are looked at for swings."


def swings(path: Sequence[tuple[float, ...]], steepest: Sequence[Sequence[float]]) -> bool:
    """Whether each of the last updates turned round along one of some directions, by more than rounding.

    Args:
        path: of the run, from step 0, each of shape (n,).
        steepest: each of shape (n,); where there are none, or fewer than two updates, it may well have been so.

    >>> swings([(0.0, 3.0), (1.0, 3.0), (0.0, 3.0)], [(1.0, 0.0)]), swings([(4.0,), (2.0,), (1.0,)], [(1.0,)])
    (True, False)
    """
    moves = [[b - a for a, b in zip(*pair, strict=True)] for pair in pairwise(path[-LATELY - 1 :])]
    if len(moves) < 2 or not steepest:
        return True
    room = 1e-9 * max(map(abs, (*path[0], *path[-1])))
    found = [[along(way, move) for move in moves] for way in steepest]
    return any(
        min(map(abs, shares)) > room and all((before < 0) != (after < 0) for before, after in pairwise(shares))
        for shares in found
    )


def _rate_at(gradient: Gradient, weights: Sequence[float]) -> float:
    rows = hessian(gradient, weights)
    if not all(math.isfinite(entry) for row in rows for entry in row):
        return math.inf
    steepest = eigen(rows)[-1][0]
    return 2 / steepest if steepest > 0 else math.inf


MOST_BATCHES = 50
"Whose bends are looked at."


def batch_rate(averages: Averages, examples: int, setting: Setting, weights: Sequence[float]) -> float:
    """The largest rate at which a step on any of the first batches brings the weights no further from where it pulls them.

    Args:
        averages: the right gradient.
    """
    updates = min(MOST_BATCHES, -(-examples // setting.batch))

    def rate_of(done: int) -> float:
        few = batch(examples, setting.batch, setting.seed, done)
        return _rate_at(lambda point: averages.at(point, few)[1], weights)

    return min(map(rate_of, range(updates)))


def rate_share(setting: Setting) -> float:
    """How many times the largest stable rate of plain descent a method bears: 1 + m for momentum, (1 + m)/(1 + 2m) for
    Nesterov's (Goh 2017, "The Dynamics of Momentum", for the former; the latter from the same recurrence).

    Infinity for the methods that scale each weight, which know no such rate.
    """
    share = setting.all_options.get("momentum", 0.0)
    if METHODS[setting.method].is_scaled:
        return math.inf
    return {"momentum": 1 + share, "nesterov": (1 + share) / (1 + 2 * share)}.get(setting.method, 1.0)
