"""How a run ended, as one or two plain sentences."""

import math
from collections.abc import Sequence

import msgspec

from tutor.descent.figures import apart
from tutor.descent.lost import Lost
from tutor.descent.run import Place, Stop
from tutor.words import tr, tr_n


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """What the sentence is made of; n weights, k updates done."""

    stop: Stop
    rate: float
    "At the start."
    last_rate: float
    "Of the last update; another one where a schedule lowers it."
    method: str
    "What it is called."
    is_scaled: bool
    "Whether the method's steps are as long as the rate says, whatever the partials are."
    is_even: bool
    "Whether every update looks at all examples, at one rate."
    is_steady: bool
    "Whether moreover nothing is remembered, so that a loss that rises says something."
    share: float
    "How many times the largest rate of plain descent the method bears."
    largest_rate: float
    "The largest at which the right formulas settle on all examples; infinity where that is not known."
    batch_rate: float
    "What the steepest of the batches bears; infinity where it was not looked for."
    batch: int
    "Examples that an update looks at; 0 for all."
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
    is_exact: bool
    "Whether the largest rate holds for every start: the loss is a quadratic with a lowest place or several."
    is_bottomless: bool
    "Whether the loss is known to fall without end."
    is_least_squares: bool
    "Whether the optimum is that of least squares; any other is simply the bottom."
    losses: tuple[float, ...]
    "From step 0 to the last, shape (k + 1,)."
    missing: str
    "The weight whose formula gives no number at the last step; empty where all do."
    lost: Lost | None
    "Which part of that formula has no value; or else of the loss, where the next step would have led."
    place: Place | None
    "What the loss looks like around the last step."

    @property
    def is_near_edge(self) -> bool:
        """Whether the rate is the largest that settles: to the last digits where that is known exactly.

        Elsewhere it counts from 0.5 % below on, and as far above as the largest may be off.
        """
        below, above = (1e-12, 1e-12) if self.is_exact else (5e-3, 1e-7)
        is_near = (1 - below) * self.largest_rate <= self.rate <= (1 + above) * self.largest_rate
        return self.is_right and self.is_even and is_near and math.isfinite(self.largest_rate)

    @property
    def is_too_fast(self) -> bool:
        """Whether the steps are too long to come to rest, and not just at the edge of that."""
        return self.is_even and self.rate > self.largest_rate and not self.is_near_edge

    @property
    def step(self) -> int:
        """The number of updates done."""
        return len(self.losses) - 1


BADLY = 1000.0
"A condition number from which a run is said to crawl: some thousand steps for each digit."
ROUNDING = 1e-12
"Of the loss or of where it began: by less than that it moves by rounding alone, also at the very bottom."


def why(ended: Ended) -> str:
    """A few sentences; never a claim that a place where the weights stopped is the best one unless it is."""
    match ended.stop:
        case Stop.CONVERGED:
            return tr("The weights stopped moving at step {step}{place}.", step=ended.step, place=_place(ended))
        case Stop.STEPS:
            last = tr("Step {step} was the last one asked for{place}.", step=ended.step, place=_place(ended))
            return _joined(last, *_trend(ended), _crawl(ended), _bottomless(ended))
        case Stop.DIVERGED:
            loss, start = apart(ended.losses[-1], ended.losses[0])
            growing = tr(
                "At step {step} the loss, {loss}, is above where it started, {start}, and growing.",
                step=ended.step,
                loss=loss,
                start=start,
            )
            return _joined(growing, _cause(ended), _bottomless(ended))
        case Stop.NOT_A_NUMBER:
            return _joined(*_without_value(ended), _bottomless(ended))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


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
    is_at, goal = apart(ended.weights[worst], ended.optimum[worst])
    if ended.is_least_squares:
        return tr(
            ", and the loss is not at its smallest: {name} is {is_at}, least squares gives {goal}",
            name=ended.names[worst],
            is_at=is_at,
            goal=goal,
        )
    return tr(
        ", and the loss is not at its smallest: {name} is {is_at}, the bottom is at {goal}",
        name=ended.names[worst],
        is_at=is_at,
        goal=goal,
    )


def _around(ended: Ended) -> str:
    """What kind of place it is, where nobody knows the best one."""
    stands = ended.stop is Stop.CONVERGED
    match ended.place:
        case Place.BOTTOM if ended.is_too_fast and not stands:
            return tr(", swinging around a bottom, at which it does not come to rest")
        case Place.VALLEY if ended.is_too_fast and not stands:
            return tr(", swinging across a valley, in which it does not come to rest")
        case Place.BOTTOM:
            if stands:
                return tr(", at a bottom: the loss rises on every side")
            return tr(", close to a bottom: the loss rises on every side")
        case Place.VALLEY:
            if stands:
                return tr(
                    ", in a valley: the loss is level along one direction or more, where other weights do as well, and "
                    "nowhere around is it lower"
                )
            return tr(
                ", close to the bottom of a valley: along it the loss is level in one direction or more, where other weights "
                "do as well, and nowhere around is it lower"
            )
        case Place.INFLECTION:
            if stands:
                return tr(", at a level place that is no bottom: the loss only pauses there and falls on beyond it")
            return tr(", close to a level place that is no bottom: the loss only pauses there and falls on beyond it")
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


def _trend(ended: Ended) -> list[str]:
    """What is remarkable about the loss at the last step; no momentum swings past the bottom, and no batch misleads, for that."""
    first, before, last = ended.losses[0], *ended.losses[-2:]
    if ended.is_near_edge:
        return [_edge(ended)]
    room = ROUNDING * max(map(abs, (first, before, last)))
    if ended.is_steady and last > before + room:
        return [tr("The loss is rising."), _cause(ended)]
    if min(_lately(ended.losses)) > first + room:
        loss, start = apart(last, first)
        return [tr("The loss, {loss}, is above where it started, {start}.", loss=loss, start=start), _cause(ended)]
    return [_too_large(ended)] if ended.is_even else []


def _lately(losses: Sequence[float]) -> Sequence[float]:
    """The last tenth of the steps, and ten of them where there are as many: more than one bad batch."""
    return losses[1:][-max(10, len(losses) // 10) :]


def _crawl(ended: Ended) -> str:
    """Why a run that could settle is not there yet, where some direction is very much flatter than another."""
    if ended.condition < BADLY or ended.rate > ended.largest_rate or ended.is_scaled or not ended.is_right:
        return ""
    if ended.place in (Place.BOTTOM, Place.VALLEY):
        return ""
    return tr(
        "It crawls because the loss bends {condition:.3g} times more in one direction than in another, "
        "its condition number: a rate small enough for the steep one hardly moves along the flat one.",
        condition=ended.condition,
    )


SUNK = 1e9
"Times where the loss began, or 1: a loss so far below 0 has most likely no bottom."


def _bottomless(ended: Ended) -> str:
    """What a loss without a bottom does to every run."""
    if ended.is_bottomless:
        return tr(
            "This loss has no bottom: along some way it falls without end, and at no rate do the weights settle there."
        )
    if ended.losses[-1] < -SUNK * max(1.0, abs(ended.losses[0])):
        loss, start = apart(ended.losses[-1], ended.losses[0])
        return tr(
            "The loss has fallen from {start} to {loss} and goes on falling: nothing says that it has a bottom that way.",
            loss=loss,
            start=start,
        )
    return ""


def _cause(ended: Ended) -> str:
    """Why the loss is where it ought not to be."""
    if ended.is_near_edge:
        return _edge(ended)
    if ended.rate > ended.largest_rate:
        return _too_large(ended)
    if ended.is_right:
        return _cause_of_right(ended)
    is_known = ended.is_exact and ended.is_even and not ended.is_scaled
    return tr("With the right formulas the weights would settle at this rate.") if is_known else ""


def _cause_of_right(ended: Ended) -> str:
    if ended.is_scaled:
        return tr(
            "{method} moves a weight by about the rate at each step, however small its partial; {rate:.6g} is too long a "
            "stride for these.",
            method=ended.method,
            rate=ended.last_rate,
        )
    if ended.rate > ended.batch_rate:
        rate, bears = apart(ended.rate, ended.batch_rate)
        return tr_n(
            "Some single examples bend the loss more than all of them together: the steepest bears a rate of {bears} at "
            "most, and the rate is {rate}.",
            "Some batches of {n} examples bend the loss more than all of them together: the steepest bears a rate of "
            "{bears} at most, and the rate is {rate}.",
            ended.batch,
            bears=bears,
            rate=rate,
        )
    if ended.rate > ended.first_rate:
        rate, first = apart(ended.rate, ended.first_rate)
        return tr(
            "The bottom would bear the rate {rate}, but where the run began the loss bends more: {first_rate} is the "
            "largest there.",
            rate=rate,
            first_rate=first,
        )
    is_bent = not ended.is_exact and not ended.is_bottomless and ended.is_even and ended.stop is not Stop.STEPS
    if is_bent and ended.rate <= ended.largest_rate < math.inf:
        return tr(
            "The bottom would bear the rate {rate:.6g}, but on the way the loss bends more than that rate bears.",
            rate=ended.rate,
        )
    return ""


def _edge(ended: Ended) -> str:
    if not ended.is_exact:
        return tr(
            "The rate is at the edge: {largest_rate:.6g} is the largest at which this descent settles at the bottom near "
            "it, and the steepest direction swings from side to side for very long.",
            largest_rate=ended.largest_rate,
        )
    if ended.share == 1:
        return tr(
            "The rate is exactly the largest that does not run away: the steepest direction swings for ever from side to "
            "side."
        )
    return tr(
        "The rate is exactly the largest that does not run away, with this momentum {share:.6g} times that of plain descent: "
        "the steepest direction swings for ever from side to side, wider than at the start.",
        share=ended.share,
    )


def _too_large(ended: Ended) -> str:
    if ended.rate <= ended.largest_rate:
        return ""
    rate, largest = apart(ended.rate, ended.largest_rate)
    rates = {"rate": rate, "largest": largest}
    if ended.last_rate != ended.rate:
        return (
            tr("The rate began at {rate}, above {largest}, the largest that settles, and is above that still.", **rates)
            if ended.last_rate > ended.largest_rate
            else tr(
                "The rate began at {rate}, above {largest}, the largest that settles, and came below too late.", **rates
            )
        )
    if ended.batch:
        return tr(
            "The rate {rate} is above {largest}, the largest at which a descent on all examples settles.", **rates
        )
    if ended.is_right:
        return (
            tr("The rate {rate} is above {largest}, the largest at which this descent settles.", **rates)
            if ended.is_exact
            else tr(
                "The rate {rate} is above {largest}, the largest at which this descent settles at the bottom near it.",
                **rates,
            )
        )
    if ended.is_exact:
        return tr("The rate {rate} is above {largest}, the largest at which even the right formulas settle.", **rates)
    return tr(
        "The rate {rate} is above {largest}, the largest at which even the right formulas settle at the bottom near it.",
        **rates,
    )


def _without_value(ended: Ended) -> list[str]:
    lost = ended.lost
    if lost is None or (lost.is_too_large and not ended.missing):
        return [tr("After step {step} the numbers grow too large to go on.", step=ended.step), _cause(ended)]
    named = [f"{name} = {value:.6g}" for name, value in lost.where.items()]
    example = [tr("example {example}", example=lost.example)] if lost.example else []
    where = ", ".join(example + named) or tr("any weights")
    if not ended.missing:
        beyond = tr(
            "Step {step} would leave the domain of the loss: {part} has no value at {where}.",
            step=ended.step + 1,
            part=lost.part,
            where=where,
        )
        return [beyond, _cause(ended)]
    parts = {"step": ended.step, "weight": ended.missing, "part": lost.part, "where": where}
    if lost.is_too_large:
        return [tr("At step {step} the formula for {weight} gives no number: {part} is too large at {where}.", **parts)]
    return [tr("At step {step} the formula for {weight} gives no number: {part} has no value at {where}.", **parts)]
