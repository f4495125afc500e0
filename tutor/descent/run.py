"""A run of gradient descent, computed as a whole so that it can be replayed, stepped back and compared.

Records as they travel, and light, for every start of the screens loads them: what fills them in is in files of its own.
"""

from collections.abc import Sequence
from enum import Enum

import msgspec

from tutor.descent.rows import Rows, columns_of

REMEMBERED = 100
"Steps from one point at which a run keeps what the method remembers to the next."


class Stop(Enum):
    """Why a run ended."""

    CONVERGED = "converged"
    STEPS = "steps"
    "The steps that were asked for are done."
    DIVERGED = "diverged"
    NOT_A_NUMBER = "not-a-number"


class Place(Enum):
    """What the loss looks like around a point."""

    BOTTOM = "bottom"
    VALLEY = "valley"
    "As low as anywhere around, and level along some direction."
    SADDLE = "saddle"
    "Level, but lower to at least one side and its opposite."
    INFLECTION = "inflection"
    "Level, but lower to one side and no lower to the opposite one: the loss only pauses."
    TOP = "top"
    PLATEAU = "plateau"
    "Hardly any slope and hardly any bend, and it is no lower there than elsewhere: nothing says where to go."
    TAIL = "tail"
    "As flat, but low: the loss falls for ever, more and more slowly."
    SLOPE = "slope"
    "On the way."


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the formula for one weight."""

    weight: str
    slip: str = ""
    "The id of the slip, as in `tutor.marking.slips`; empty where it is none of those."
    what: str
    "Behind `Your formula for w1`: `has the wrong sign: w1 moves away from where it should go`."


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Every step of a descent. Step 0 is the start point; index k of each series is the state after k updates.

    It may have 100 000 steps, so it travels in pieces, and the rows of one that has are kept as columns: see `Rows`.
    """

    problem: str
    weights: tuple[str, ...]
    "Names, n of them."
    rate: float
    path: Sequence[tuple[float, ...]]
    "Weights after each step, shape (steps + 1, n), in the units trained in."
    partials: Sequence[tuple[float | None, ...]]
    """The mean partial at each of those points over the examples that the next update looks at, shape (steps + 1, n).
    None, in the last row only, where a typed formula gives no number."""
    loss: tuple[float, ...]
    """The loss at each point, shape (steps + 1,), always finite: the mean error, so that the right partials are its slopes.
    Where the error is half a squared residual that is half the mean squared error."""
    optimum: tuple[float, ...] | None
    "The weights of least loss where they are known, shape (n,)."
    optimum_loss: float | None
    stop: Stop
    why: str
    "One plain sentence on how it ended."
    setting: str = ""
    "The run as one short string, for `tutor.descent.runstring`; empty where it has none."
    rates: tuple[float, ...] = ()
    "The rate of each update, shape (steps,)."
    memory: tuple[tuple[tuple[float, ...], ...], ...] = ()
    """What the method remembers at every `REMEMBERED`-th point from step 0 on, each of shape (vectors, n). Between them it
    follows from the partials; all of it would make a long run twice or three times as long to send. Empty where a method
    remembers nothing."""
    place: Place | None = None
    "What the loss looks like around the last point, by the right gradient; nothing where it has no value there."
    bottom: tuple[float, ...] | None = None
    "The optimum, or else a bottom below the lowest point of the run, shape (n,)."
    largest_rate: float | None = None
    "The largest at which this descent settles there; nothing where that is not known."
    condition: float | None = None
    "The condition number there: how many times more the loss bends in one direction than in another."
    mistakes: tuple[Mistake, ...] = ()
    "What is wrong with the formulas that moved the weights."

    @property
    def ways(self) -> Sequence[Sequence[float]]:
        """The way of each weight from step 0 to the last, shape (n, steps + 1)."""
        return columns_of(self.path)

    @property
    def spans(self) -> Sequence[tuple[float, float]]:
        """The lowest and the highest value of each weight, shape (n, 2)."""
        return self.path.spans if isinstance(self.path, Rows) else [(min(way), max(way)) for way in self.ways]
