"""Why the loss of a run is where it ought not to be: above all a rate too large, for which directions or which examples."""

import math

from tutor.descent.ended import Ended
from tutor.descent.figures import apart
from tutor.descent.run import Stop
from tutor.words import tr, tr_n


def cause(ended: Ended) -> str:
    """Why the loss is where it ought not to be."""
    if ended.is_near_edge:
        return edge(ended)
    if ended.is_below_edge:
        return below_edge(ended)
    if ended.rate > ended.largest_rate:
        return too_large(ended)
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


def edge(ended: Ended) -> str:
    """What a run does whose rate is the largest that settles."""
    if not ended.is_exact and not ended.swings:
        return tr(
            "The rate is at the edge: {largest_rate:.6g} is the largest at which this descent settles at the bottom near it.",
            largest_rate=ended.largest_rate,
        )
    if not ended.is_exact:
        return tr(
            "The rate is at the edge: {largest_rate:.6g} is the largest at which this descent settles at the bottom near "
            "it, and the steepest direction swings from side to side for very long.",
            largest_rate=ended.largest_rate,
        )
    if not ended.swings:
        return tr(
            "The rate is exactly the largest that does not run away: along the steepest direction a run swings for ever from "
            "side to side, but this one has no way to go along it."
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


def below_edge(ended: Ended) -> str:
    """Why a run that settles is far from that."""
    rate, largest = apart(ended.rate, ended.largest_rate)
    if ended.share == 1:
        return tr(
            "The rate {rate} is just below {largest}, the largest at which this descent settles: the steepest direction swings "
            "from side to side for very long.",
            rate=rate,
            largest=largest,
        )
    return tr(
        "The rate {rate} is just below {largest}, the largest at which this descent settles, with this momentum {share:.6g} "
        "times that of plain descent: the steepest direction swings from side to side for very long, at first wider than at "
        "the start.",
        rate=rate,
        largest=largest,
        share=ended.share,
    )


def spared(ended: Ended) -> str:
    """Why a rate that is too large does no harm."""
    if ended.rate <= ended.largest_rate:
        return ""
    if ended.swings or not (ended.is_exact and ended.is_right and ended.is_even):
        return too_large(ended)
    rate, largest = apart(ended.rate, ended.largest_rate)
    return tr(
        "The rate {rate} is above {largest}, the largest at which every start settles: this run has no way to go along the "
        "steepest direction, and so does not run away.",
        rate=rate,
        largest=largest,
    )


def too_large(ended: Ended) -> str:
    """That the rate is above the largest that settles; nothing where it is not."""
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
