"""From a problem and the formulas as typed to a whole `Run`: the walk, the look around at its end, and what is said of it.

A typed formula is run as typed; whether it is right is for `tutor.marking` to say.
"""

import math
from collections.abc import Mapping, Sequence

from tutor.descent.averages import Averages, averages_of, partial_trees
from tutor.descent.ended import Ended
from tutor.descent.ending import jumps, why
from tutor.descent.ground import Ground, batch_rate, rate_share, survey, swings
from tutor.descent.level import Measure
from tutor.descent.lost import Lost, lost
from tutor.descent.methods import METHODS
from tutor.descent.mistaken import mistakes
from tutor.descent.problem import Problem
from tutor.descent.progress import tell
from tutor.descent.quadratic import lowest, quadratic
from tutor.descent.run import Run, Stop
from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, check, problem_of
from tutor.descent.strayed import mistakes_of_run
from tutor.descent.walk import Walk
from tutor.words import tr

LOOKING = tr("looking around")


def train(name: str, rate: float, steps: int, formulas: Mapping[str, str], method: str = "gradient-descent") -> Run:
    """Run gradient descent from the problem's start point.

    Args:
        name: a problem that `find_problem` knows.
        rate: above 0, per step; each weight moves by -rate times the mean of its partial over the examples.
        steps: the most updates, from 1 to 100000.
        formulas: for some or all weights the partial of one example's error, as typed; the right ones for the rest.
        method: the name of an update rule in `METHODS`.

    Raises:
        Unreadable: a formula that cannot be read, the weight named in the message.
        MissingDataError: the problem's data did not come with the program.
        UsageError: an unknown problem, weight or method, or a rate or number of steps out of range.
    """
    return make_run(Setting(problem=name, rate=rate, steps=steps, formulas=dict(formulas), method=method))


def make_run(setting: Setting) -> Run:
    """The run that a setting describes.

    Raises: as `train`.
    """
    check(setting)
    return descend(problem_of(setting), setting)


def train_on(
    problem: Problem, rate: float, steps: int, formulas: Mapping[str, str], method: str = "gradient-descent"
) -> Run:
    """As `train`, on a problem at hand.

    Raises: as `train`; `Unreadable` also for the problem's own formula.
    """
    setting = Setting(rate=rate, steps=steps, formulas=dict(formulas), method=method)
    check(setting)
    return descend(problem, setting)


def descend(problem: Problem, setting: Setting) -> Run:
    """The run as a whole: its steps, where it ended, and what is wrong with the formulas that made it.

    Raises: as `train`, for what `check` does not refuse.
    """
    trees = partial_trees(problem, setting.formulas)
    averages, right = averages_of(problem, trees), averages_of(problem, partial_trees(problem, {}))
    bowl = quadratic(problem)
    optimum = lowest(bowl) if bowl else None
    walk = Walk(problem, setting, averages, may_return=_may_return(problem, setting))
    stop = walk.to_its_end()
    slips = mistakes_of_run(problem, setting.formulas, walk.path)
    ground = survey(_telling(right), walk.path, walk.losses, bowl, optimum)
    bears = _batch_rate(walk, stop, right) if not slips else math.inf
    lacking = lost(problem, trees[walk.missing], walk.path[-1]) if walk.missing else walk.beyond
    ended = _ended(walk, stop, ground, optimum, is_right=not slips, batch_rate=bears, lacking=lacking)
    largest = ended.largest_rate if ended.is_even else math.inf
    return Run(
        problem=problem.name,
        weights=problem.weights,
        rate=setting.rate,
        path=tuple(walk.path),
        partials=tuple(tuple(p if math.isfinite(p) else None for p in row) for row in walk.slopes),
        loss=ended.losses,
        optimum=optimum,
        optimum_loss=averages.at(optimum)[0] if optimum else None,
        stop=stop,
        why=why(ended),
        setting=write_run(setting) if setting.problem or setting.loss or setting.data else "",
        rates=tuple(walk.rates),
        memory=tuple(walk.memory) if METHODS[setting.method].remembers else (),
        place=ground.place,
        bottom=ground.bottom,
        largest_rate=largest if math.isfinite(largest) else None,
        condition=ground.condition if math.isfinite(ground.condition) else None,
        mistakes=slips,
    )


def _may_return(problem: Problem, setting: Setting) -> bool:
    """Whether a run that runs away may come back as its rate falls: not with formulas that are wrong from the start."""
    return setting.schedule != "constant" and not (setting.formulas and mistakes(problem, setting.formulas))


def _telling(right: Averages) -> Measure:
    """The loss and its right gradient, for looking around, which over many rows somebody waits for."""

    def measure(weights: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        tell(LOOKING, 1.0)
        return right.at(weights)

    return measure


def _batch_rate(walk: Walk, stop: Stop, right: Averages) -> float:
    """What the steepest of the batches bears, where a run on batches has gone astray; infinity elsewhere."""
    is_astray = stop in (Stop.DIVERGED, Stop.NOT_A_NUMBER) or walk.losses[-1] > walk.losses[0] or jumps(walk.losses)
    if walk.is_whole or not is_astray:
        return math.inf
    return batch_rate(right, len(walk.problem.rows), walk.setting, walk.problem.start)


def _ended(
    walk: Walk,
    stop: Stop,
    ground: Ground,
    optimum: tuple[float, ...] | None,
    *,
    is_right: bool,
    batch_rate: float,
    lacking: Lost | None,
) -> Ended:
    """All that is said of how a run ended is said of this."""
    problem, setting = walk.problem, walk.setting
    method, share = METHODS[setting.method], rate_share(setting)
    return Ended(
        stop=stop,
        rate=setting.rate,
        last_rate=walk.rates[-1] if walk.rates else setting.rate,
        method=method.title,
        is_scaled=method.is_scaled,
        is_even=walk.is_whole and setting.schedule == "constant",
        is_steady=walk.is_whole and not method.remembers,
        share=share,
        largest_rate=ground.stable_rate * share,
        first_rate=ground.first_rate * share,
        swings=swings(walk.path, ground.steepest),
        batch_rate=batch_rate * share,
        batch=0 if walk.is_whole else setting.batch,
        condition=ground.condition if ground.is_exact else 1.0,
        is_right=is_right,
        names=problem.weights,
        start=walk.path[0],
        weights=walk.path[-1],
        way=sum(walk.rates),
        optimum=optimum,
        bottom=ground.bottom,
        is_exact=ground.is_exact,
        is_bottomless=ground.is_bottomless,
        is_least_squares=bool(problem.residual and problem.inputs),
        losses=tuple(walk.losses),
        missing=walk.missing,
        lost=lacking,
        place=ground.place,
    )
