"""How a run ended, as one or two plain sentences."""

import math
from collections.abc import Sequence

import msgspec

from tutor.descent.place import Place
from tutor.descent.run import Stop
from tutor.words import tr


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """What the sentence is made of; n weights, k updates done."""

    stop: Stop
    rate: float
    largest_rate: float
    "The largest at which the right formulas settle; infinity where that is not known."
    first_rate: float
    "The same for the bend of the loss where the run began."
    condition: float
    "The condition number of the loss; 1 where it is not known."
    is_right: bool
    "Whether the formulas used are the right ones."
    names: tuple[str, ...]
    weights: tuple[float, ...]
    "At the last step, shape (n,)."
    optimum: tuple[float, ...] | None
    is_least_squares: bool
    "Whether the optimum is that of least squares; any other is simply the bottom."
    losses: tuple[float, ...]
    "From step 0 to the last, shape (k + 1,)."
    missing: tuple[str, int] | None
    "The weight whose formula gives no number at the last step, and for which example, counted from 1."
    place: Place | None
    "What the loss looks like around the last step."

    @property
    def is_near_edge(self) -> bool:
        """Whether the rate is the largest that settles: to the last digits where that is known exactly, else to 0.5 %."""
        room = 1e-12 if self.optimum else 5e-3
        return self.is_right and math.isclose(self.rate, self.largest_rate, rel_tol=room)

    @property
    def step(self) -> int:
        """The number of updates done."""
        return len(self.losses) - 1


BADLY = 1000.0
"A condition number from which a run is said to crawl: some thousand steps for each digit."


def why(ended: Ended) -> str:
    """One or two sentences; never a claim that a place where the weights stopped is the best one unless it is."""
    match ended.stop:
        case Stop.CONVERGED:
            return tr("The weights stopped moving at step {step}{place}.", step=ended.step, place=_place(ended))
        case Stop.STEPS:
            return tr(
                "Step {step} was the last one asked for{place}.{trend}{swing}{crawl}",
                step=ended.step,
                place=_place(ended),
                trend=_trend(ended),
                swing=_swing(ended),
                crawl=_crawl(ended),
            )
        case Stop.DIVERGED:
            return tr(
                "At step {step} the loss, {loss:.6g}, is above where it started, {start:.6g}, and growing.{cause}",
                step=ended.step,
                loss=ended.losses[-1],
                start=ended.losses[0],
                cause=_cause(ended),
            )
        case Stop.NOT_A_NUMBER:
            return _without_value(ended)


def figures(values: Sequence[float], right: Sequence[float]) -> int:
    """To how many significant figures every value agrees, from 0 to 15; shapes (n,) and (n,).

    Values agree to k figures when |a - b| <= 0.5e-k |b|: at most half a unit in the k-th figure, whatever the first one
    is. Where the right value is 0 the largest of them stands in.

    >>> figures((3.14160,), (3.14159,)), figures((1.0, 0.0), (1.0, 0.0)), figures((1.0, 5.0), (1.0, 2.0))
    (5, 15, 0)
    """
    worst = max(_distances(values, right))
    return 15 if worst == 0 else max(0, min(15, math.floor(-math.log10(2 * worst))))


def _distances(values: Sequence[float], right: Sequence[float]) -> list[float]:
    largest = max(map(abs, right)) or 1.0
    return [abs(value - best) / (abs(best) or largest) for value, best in zip(values, right, strict=True)]


def _place(ended: Ended) -> str:
    """Where the weights are, compared with where the loss is smallest."""
    if ended.optimum is None:
        return _around(ended)
    agreed = figures(ended.weights, ended.optimum)
    if agreed >= 3:
        return (
            tr(", and the weights agree with least squares to {agreed} significant figures", agreed=agreed)
            if ended.is_least_squares
            else tr(", and the weights agree with the bottom to {agreed} significant figures", agreed=agreed)
        )
    distances = _distances(ended.weights, ended.optimum)
    worst = distances.index(max(distances))
    is_at, goal = ended.weights[worst], ended.optimum[worst]
    if ended.is_least_squares:
        return tr(
            ", and the loss is not at its smallest: {name} is {is_at:.6g}, least squares gives {goal:.6g}",
            name=ended.names[worst],
            is_at=is_at,
            goal=goal,
        )
    return tr(
        ", and the loss is not at its smallest: {name} is {is_at:.6g}, the bottom is at {goal:.6g}",
        name=ended.names[worst],
        is_at=is_at,
        goal=goal,
    )


def _around(ended: Ended) -> str:
    """What kind of place it is, where nobody knows the best one."""
    stands = ended.stop is Stop.CONVERGED
    match ended.place:
        case Place.BOTTOM:
            if stands:
                return tr(", at a bottom: the loss rises on every side")
            return tr(", close to a bottom: the loss rises on every side")
        case Place.SADDLE:
            if stands:
                return tr(
                    ", at a saddle: it is level there, but the loss falls on some side, and a start a little to that "
                    "side rolls down"
                )
            return tr(
                ", close to a saddle: it is level there, but the loss falls on some side, and a start a little to that "
                "side rolls down"
            )
        case Place.TOP:
            if stands:
                return tr(", at a top: it is level there, but the loss falls on every side")
            return tr(", close to a top: it is level there, but the loss falls on every side")
        case Place.PLATEAU:
            return tr(
                ", on a plateau: the loss has next to no slope and no bend there, as where a tanh or a sigmoid is "
                "saturated, so the weights hardly move; begin elsewhere, with smaller weights"
            )
        case Place.TAIL:
            return tr(
                ", where the loss levels out: what is left of it falls ever more slowly, towards a bottom infinitely far off"
            )
        case Place.SLOPE if stands and not ended.is_right:
            return tr(", but not at a bottom: the loss slopes there, and only the formulas used do not say so")
    return ""


def _swing(ended: Ended) -> str:
    """Why a run cannot come to rest at the bottom it has found, where the loss need not rise for ever."""
    if ended.optimum is not None or ended.losses[-1] > ended.losses[-2]:
        return ""
    return _edge(ended) if ended.is_near_edge else _too_large(ended)


def _trend(ended: Ended) -> str:
    before, last = ended.losses[-2:]
    if ended.optimum and ended.is_near_edge:
        return _edge(ended)
    # At the bottom the last digit of the loss goes up and down by rounding.
    return tr(" The loss is rising.{cause}", cause=_cause(ended)) if last > before * (1 + 1e-12) else ""


def _crawl(ended: Ended) -> str:
    """Why a run that could settle is not there yet, where some direction is very much flatter than another."""
    if ended.condition < BADLY or ended.rate > ended.largest_rate or not ended.is_right:
        return ""
    if ended.optimum is not None and figures(ended.weights, ended.optimum) >= 3:
        return ""
    return tr(
        " It crawls because the loss bends {condition:.3g} times more in one direction than in another, "
        "its condition number: a rate small enough for the steep one hardly moves along the flat one.",
        condition=ended.condition,
    )


def _cause(ended: Ended) -> str:
    if ended.is_near_edge:
        return _edge(ended)
    if ended.rate > ended.largest_rate:
        return _too_large(ended)
    if ended.is_right and ended.rate > ended.first_rate:
        return tr(
            " The bottom would bear the rate {rate:.6g}, but where the run began the loss bends more: "
            "{first_rate:.6g} is the largest there.",
            rate=ended.rate,
            first_rate=ended.first_rate,
        )
    if ended.is_right or ended.optimum is None:
        return ""
    return tr(" With the right formulas this rate would settle.")


def _edge(ended: Ended) -> str:
    if ended.optimum:
        return tr(
            " The rate is exactly the largest that does not run away: the steepest direction swings for ever from side to "
            "side."
        )
    return tr(
        " The rate is at the edge: {largest_rate:.6g} is the largest at which this descent settles at the bottom near "
        "it, and the steepest direction swings from side to side for very long.",
        largest_rate=ended.largest_rate,
    )


def _too_large(ended: Ended) -> str:
    if ended.rate <= ended.largest_rate:
        return ""
    rates = {"rate": ended.rate, "largest": ended.largest_rate}
    if ended.is_right:
        return (
            tr(" The rate {rate:.6g} is above {largest:.6g}, the largest at which this descent settles.", **rates)
            if ended.optimum
            else tr(
                " The rate {rate:.6g} is above {largest:.6g}, the largest at which this descent settles at the bottom "
                "near it.",
                **rates,
            )
        )
    if ended.optimum:
        return tr(
            " The rate {rate:.6g} is above {largest:.6g}, the largest at which even the right formulas settle.",
            **rates,
        )
    return tr(
        " The rate {rate:.6g} is above {largest:.6g}, the largest at which even the right formulas settle at the "
        "bottom near it.",
        **rates,
    )


def _without_value(ended: Ended) -> str:
    if ended.missing:
        weight, example = ended.missing
        return tr(
            "At step {step} the formula for {weight} gives no number for example {example}: it divides by zero, "
            "grows too large or leaves its domain.",
            step=ended.step,
            weight=weight,
            example=example,
        )
    return tr(
        "After step {step} the numbers grow too large to go on, or leave where the loss has a value.{cause}",
        step=ended.step,
        cause=_cause(ended),
    )
