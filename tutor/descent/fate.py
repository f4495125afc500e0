"""What a run did, in the one word that a learner is asked to foretell."""

import math
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from tutor.descent.run import Run, Stop


class Fate(Enum):
    """What becomes of the weights."""

    SETTLES = "settles"
    "They go to the bottom from one side."
    SWINGS = "swings"
    "They cross the bottom at most steps, and come nearer."
    GROWS = "grows"
    "The loss ends above where it began."
    CRAWLS = "crawls"
    "After all the steps they are still far from the bottom."
    STAYS = "stays"
    "They do not move."


_STILL = 1e-9
"A weight that never gets farther than this part of its start (or of 1) has not moved."
_DONE, _FAR = 0.1, 0.5
"Parts of the way that are left. Between the two a run is neither there nor far, and nobody should be asked which."


def fate(run: Run) -> Fate | None:
    """The word for a run; nothing for one that ends neither near the bottom nor far from it, or runs off downhill."""
    if all(_is_still(values) for values in zip(*run.path, strict=True)):
        return Fate.STAYS
    # Rounding alone moves the loss by about 1e-16 of itself at each step.
    if run.stop in (Stop.DIVERGED, Stop.NOT_A_NUMBER) or run.loss[-1] > run.loss[0] * (1 + 1e-9):
        return Fate.GROWS
    if any(map(_crosses, zip(*run.partials, strict=True))):
        return Fate.SWINGS if run.loss[-1] < run.loss[0] * (1 - 1e-6) else None
    left = _left(run)
    return Fate.SETTLES if left <= _DONE else Fate.CRAWLS if left >= _FAR else None


def _is_still(values: Sequence[float]) -> bool:
    return max(abs(value - values[0]) for value in values) <= _STILL * max(1.0, abs(values[0]))


def _crosses(partials: Sequence[float | None]) -> bool:
    """Whether a weight's partial changes its sign at most steps, those left out at which it is next to nothing."""
    known = [partial for partial in partials if partial is not None]
    largest = max(map(abs, known))
    moving = [partial for partial in known if abs(partial) > 1e-6 * largest]
    turns = sum(before * after < 0 for before, after in pairwise(moving))
    return 2 * turns > len(moving) - 1 > 0


def _left(run: Run) -> float:
    """The part of its way that the slowest weight has left, from 0 to 1 or more."""
    if run.optimum is None:
        return _left_of_unknown(run)
    ways = [(abs(b - o), abs(e - o)) for b, e, o in zip(run.path[0], run.path[-1], run.optimum, strict=True)]
    longest = max(way for way, _ in ways)
    return max(rest / way for way, rest in ways if way > _STILL * longest)


def _left_of_unknown(run: Run) -> float:
    """The part of the way to a bottom that nobody knows: none where the slope is gone, all where the loss hardly fell."""
    first, last = (math.hypot(*(p for p in row if p is not None)) for row in (run.partials[0], run.partials[-1]))
    if last <= _DONE * first:
        return 0.0
    return 1.0 if run.loss[0] - run.loss[-1] <= 0.01 * abs(run.loss[0]) else (_DONE + _FAR) / 2
