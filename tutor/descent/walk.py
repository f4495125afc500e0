"""The loop: from one point to the next, until there is a reason to stop. What to make of where it ends is for others to say."""

import math
from collections.abc import Sequence

from tutor.descent.averages import Averages
from tutor.descent.batches import batch
from tutor.descent.lost import Lost, lost
from tutor.descent.methods import METHODS, Memory
from tutor.descent.problem import Problem
from tutor.descent.progress import tell
from tutor.descent.run import REMEMBERED, Stop
from tutor.descent.schedule import rate_at
from tutor.descent.setting import Setting
from tutor.descent.stopping import reason_to_stop
from tutor.errors import UsageError
from tutor.words import tr

TRAINING = tr("training")


class Walk:
    """A run on its way. Every point kept has finite weights and a finite loss; one that has not is left out and ends it."""

    def __init__(self, problem: Problem, setting: Setting, averages: Averages, *, may_return: bool) -> None:
        """
        Args:
            averages: of the formulas that move the weights.
            may_return: whether a run that runs away may yet come back, since a schedule lowers the rate.

        Raises:
            UsageError: the loss has no value where the weights begin.
        """
        self.problem, self.setting, self._averages = problem, setting, averages
        self._may_return = may_return
        self._method, self._options = METHODS[setting.method], setting.all_options
        self._kept: Memory = self._method.start(len(problem.weights))
        loss, partials = self._at(problem.start, 0)
        if not math.isfinite(loss):
            raise UsageError(tr("The loss has no value where the weights begin. Begin somewhere else."))
        self.path: list[tuple[float, ...]] = [problem.start]
        self.losses, self.slopes = [loss], [partials]
        self.rates: list[float] = []
        "Of every update; one less than there are points."
        self.memory = [self._kept]
        "What the method remembers at every `REMEMBERED`-th point."
        self.beyond: Lost | None = None
        "Which part of the loss has no value where the step after the last would have led."
        self._stop = self._reason()

    @property
    def is_whole(self) -> bool:
        """Whether every update looks at all examples. With batches the partials never come to rest."""
        return not 0 < self.setting.batch < len(self.problem.rows)

    @property
    def missing(self) -> str:
        """The weight whose formula gives no number at the last point; empty where all do."""
        named = zip(self.problem.weights, self.slopes[-1], strict=True)
        return next((name for name, partial in named if not math.isfinite(partial)), "")

    def to_its_end(self) -> Stop:
        """Take steps until there is a reason to stop."""
        steps = self.setting.steps
        while self._stop is None and len(self.rates) < steps:
            self._stop = self._step()
            tell(TRAINING, len(self.rates) / steps)
        return self._stop or Stop.STEPS

    def _step(self) -> Stop | None:
        setting, done = self.setting, len(self.rates)
        rate = rate_at(setting.schedule, setting.rate, done, setting.half, setting.steps)
        weights, kept = self._method.update(self.path[-1], self.slopes[-1], rate, self._kept, done, self._options)
        loss, partials = self._at(weights, done + 1)
        if not all(map(math.isfinite, (*weights, loss, *(value for vector in kept for value in vector)))):
            if all(map(math.isfinite, weights)):
                self.beyond = lost(self.problem, self.problem.tree(self.problem.error), weights)
            return Stop.NOT_A_NUMBER
        self._kept = kept
        self.path.append(weights)
        self.losses.append(loss)
        self.slopes.append(partials)
        self.rates.append(rate)
        if len(self.rates) % REMEMBERED == 0:
            self.memory.append(kept)
        return self._reason()

    def _at(self, weights: Sequence[float], done: int) -> tuple[float, tuple[float, ...]]:
        if self.is_whole:
            return self._averages.at(weights)
        examples, setting = len(self.problem.rows), self.setting
        return self._averages.at(weights, batch(examples, setting.batch, setting.seed, done))

    def _reason(self) -> Stop | None:
        return reason_to_stop(
            self.path,
            self.losses,
            self.slopes,
            self.setting,
            is_whole=self.is_whole,
            may_return=self._may_return,
        )
