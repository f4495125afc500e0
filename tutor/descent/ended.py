"""What is known of a run that has ended."""

import math

import msgspec

from tutor.descent.lost import Lost
from tutor.descent.run import Place, Stop

BELOW = 5.1e-3
"Of the largest rate: one that is less below it is at its edge. At 0.5 % a swing takes 140 steps to sink to a quarter."


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
    swings: bool
    "Whether the run turns round at each step along the steepest direction, as far as that is known."
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
    start: tuple[float, ...]
    "The weights at step 0, shape (n,)."
    weights: tuple[float, ...]
    "At the last step, shape (n,)."
    way: float
    "The sum of the rates of all updates: as far as a method goes whose steps are as long as the rate says."
    optimum: tuple[float, ...] | None
    "Shape (n,); nothing where it is not known exactly."
    bottom: tuple[float, ...] | None
    "The optimum, or else a bottom that was found, shape (n,)."
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
        below, above = (1e-12, 1e-12) if self.is_exact else (BELOW, 1e-7)
        is_near = (1 - below) * self.largest_rate <= self.rate <= (1 + above) * self.largest_rate
        return self.is_right and self.is_even and is_near and math.isfinite(self.largest_rate)

    @property
    def is_too_fast(self) -> bool:
        """Whether the steps are too long to come to rest, and not just at the edge of that."""
        swings = self.swings or not self.is_exact  # around a bottom that is no quadratic's a run may go about otherwise
        return self.is_even and swings and self.rate > self.largest_rate and not self.is_near_edge

    @property
    def is_below_edge(self) -> bool:
        """Whether the rate is so little below the largest, known exactly, that the swings it makes have not died down yet."""
        is_near = (1 - BELOW) * self.largest_rate <= self.rate < self.largest_rate and not self.is_near_edge
        return (
            is_near and self.is_right and self.is_even and self.is_exact and self.swings and self.place is Place.SLOPE
        )

    @property
    def step(self) -> int:
        """The number of updates done."""
        return len(self.losses) - 1
