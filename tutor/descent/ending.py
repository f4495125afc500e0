"""How a run ended, as a few plain sentences."""

from collections.abc import Sequence

from tutor.descent.causes import cause, spared
from tutor.descent.ended import Ended
from tutor.descent.figures import apart
from tutor.descent.run import Place, Stop
from tutor.descent.whereabouts import whereabouts
from tutor.words import tr

BADLY = 1000.0
"A condition number from which a run is said to crawl: some thousand steps for each digit."
ROUNDING = 1e-12
"Of the loss or of where it began: by less than that it moves by rounding alone, also at the very bottom."
FAR_ABOVE = 0.5
"Of where the loss began: single examples that mislead a run by less will happen at any rate."
AT_A_STRETCH = 0.3
"Of as far as its steps could have led it: a weight that came less far did not always go the same way."


def why(ended: Ended) -> str:
    """A few sentences; never a claim that a place where the weights stopped is the best one unless it is."""
    match ended.stop:
        case Stop.CONVERGED:
            return tr("The weights stopped moving at step {step}{place}.", step=ended.step, place=whereabouts(ended))
        case Stop.STEPS:
            last = tr("Step {step} was the last one asked for{place}.", step=ended.step, place=whereabouts(ended))
            return _joined(last, *_trend(ended), _crawl(ended), _short(ended), _bottomless(ended))
        case Stop.DIVERGED:
            loss, start = apart(ended.losses[-1], ended.losses[0])
            growing = tr(
                "At step {step} the loss, {loss}, is above where it started, {start}, and growing.",
                step=ended.step,
                loss=loss,
                start=start,
            )
            return _joined(growing, cause(ended), _bottomless(ended))
        case Stop.NOT_A_NUMBER:
            return _joined(*_without_value(ended), _bottomless(ended))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _trend(ended: Ended) -> list[str]:
    """What is remarkable about the loss at the last step; no momentum swings past the bottom, and no batch misleads, for that."""
    first, before, last = ended.losses[0], *ended.losses[-2:]
    if ended.is_near_edge or ended.is_below_edge:
        return [cause(ended)]
    room = ROUNDING * max(map(abs, (first, before, last)))
    if ended.is_steady and last > before + room:
        return [tr("The loss is rising."), cause(ended)]
    lately = _lately(ended.losses)
    if min(lately) > first + room:
        loss, start = apart(last, first)
        return [tr("The loss, {loss}, is above where it started, {start}.", loss=loss, start=start), cause(ended)]
    if ended.batch and jumps(ended.losses):
        low, high = apart(min(lately), max(lately))
        jumped = tr(
            "In the last {n} steps the loss jumped about between {low} and {high}; it started at {start:.6g}.",
            n=len(lately),
            low=low,
            high=high,
            start=first,
        )
        return [jumped, cause(ended)]
    return [spared(ended)] if ended.is_even else []


def jumps(losses: Sequence[float]) -> bool:
    """Whether the loss was far above the start not long ago, though it dips below it now and then."""
    return max(_lately(losses), default=losses[0]) - losses[0] > FAR_ABOVE * abs(losses[0])


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


def _short(ended: Ended) -> str:
    """Why a method whose steps are as long as the rate says has hardly begun its way."""
    if not (ended.is_scaled and ended.is_right and ended.bottom):
        return ""
    ways = [
        (abs(goal - end), abs(end - begin), abs(goal - begin), name)
        for name, begin, end, goal in zip(ended.names, ended.start, ended.weights, ended.bottom, strict=True)
    ]
    left, gone, whole, name = max(ways)
    if not (left > ended.way > 0 and gone > AT_A_STRETCH * ended.way):
        return ""
    come, to_go = apart(gone, whole)
    return tr(
        "{method} moves a weight by about the rate at each step, however large its partial: in {step} steps {name} has come "
        "{come} of the {to_go} that it has to go, for the rate is {rate:.6g}.",
        method=ended.method,
        step=ended.step,
        name=name,
        come=come,
        to_go=to_go,
        rate=ended.rate,
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


def _without_value(ended: Ended) -> list[str]:
    lost = ended.lost
    if lost is None or (lost.is_too_large and not ended.missing):
        return [tr("After step {step} the numbers grow too large to go on.", step=ended.step), cause(ended)]
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
        return [beyond, cause(ended)]
    parts = {"step": ended.step, "weight": ended.missing, "part": lost.part, "where": where}
    if lost.is_too_large:
        return [tr("At step {step} the formula for {weight} gives no number: {part} is too large at {where}.", **parts)]
    return [tr("At step {step} the formula for {weight} gives no number: {part} has no value at {where}.", **parts)]
