"""The problems that the lab offers, each with what there is to find out and a rate at which it shows."""

from __future__ import annotations

from typing import Final, NamedTuple

from tutor.words import tr


class Offer(NamedTuple):
    """One line of the menu."""

    problem: str
    title: str
    what: str
    "What to try, in a sentence or two."
    rate: float
    steps: int = 400


OFFERS: Final = (
    Offer(
        "bowl", tr("Bowl"), tr("One weight. Raise the rate: beside 1 it is there at once, beyond 2 it climbs out."), 0.1
    ),
    Offer(
        "ravine",
        tr("Ravine"),
        tr("A hundred times steeper across than along: it swings or it crawls. Momentum rolls along it."),
        0.018,
    ),
    Offer(
        "saddle",
        tr("Saddle"),
        tr("It looks like a bottom from where it starts. See how long the descent believes that."),
        0.1,
    ),
    Offer(
        "rosenbrock",
        tr("Rosenbrock's valley"),
        tr("Down into the bent valley in a few steps, then along it for thousands. Compare the methods."),
        0.001,
        1000,
    ),
    Offer(
        "himmelblau",
        tr("Himmelblau"),
        tr("Four bottoms. Which one it finds depends on the start, and on the rate."),
        0.01,
    ),
    Offer(
        "houses",
        tr("Houses, standardised"),
        tr("47 prices, three weights, a straight way down. Try your own partials."),
        0.1,
    ),
    Offer(
        "houses-thousands",
        tr("Houses, in thousands"),
        tr("Sizes in thousands of square feet: the loss bends differently in each direction."),
        0.1,
    ),
    Offer(
        "houses-raw",
        tr("Houses, as they are"),
        tr("Square feet beside bedrooms: a rate that bears the one hardly moves the other. Why scaling is needed."),
        1e-7,
    ),
    Offer(
        "logistic",
        tr("Who passes?"),
        tr("Logistic regression on hours of study: a curve of probabilities is fitted."),
        0.3,
    ),
    Offer(
        "xor",
        tr("Network on XOR"),
        tr("Two tanh units and an output learn what no straight line can: look at views 5 and 7."),
        0.5,
    ),
)


def offer(problem: str) -> Offer | None:
    """The line of a problem; nothing for one that is not offered."""
    return next((each for each in OFFERS if each.problem == problem), None)
