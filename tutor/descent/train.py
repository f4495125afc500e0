"""The loop: from a problem and the formulas as typed to a whole `Run`, and the reasons to stop.

A typed formula is run as typed; whether it is right is for `tutor.marking` to say.
"""

import math
from collections.abc import Mapping, Sequence

from tutor.descent.averages import averages_of, partial_trees
from tutor.descent.batches import batch
from tutor.descent.ending import Ended, why
from tutor.descent.ground import batch_rate, rate_share, survey
from tutor.descent.lost import Lost, lost
from tutor.descent.methods import METHODS, Memory
from tutor.descent.mistaken import mistakes
from tutor.descent.problem import Problem
from tutor.descent.progress import tell
from tutor.descent.quadratic import lowest, quadratic
from tutor.descent.run import REMEMBERED, Run, Stop
from tutor.descent.runstring import write_run
from tutor.descent.schedule import rate_at
from tutor.descent.setting import Setting, check, problem_of
from tutor.descent.stopping import reason_to_stop
from tutor.descent.strayed import mistakes_of_run
from tutor.errors import UsageError
from tutor.words import tr

TRAINING, LOOKING = tr("training"), tr("looking around")


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
    """The loop itself: a mean partial and a loss for every point, until there is a reason to stop.

    Every point kept has finite weights and a finite loss; a point that has not is left out and ends the run. With batches
    the partials never come to rest, so such a run ends only by its steps or by running away.
    """
    trees, right_trees = partial_trees(problem, setting.formulas), partial_trees(problem, {})
    averages, right = averages_of(problem, trees), averages_of(problem, right_trees)
    bowl = quadratic(problem)
    optimum = lowest(bowl) if bowl else None
    method, options, examples = METHODS[setting.method], setting.all_options, len(problem.rows)
    is_whole, is_constant = not 0 < setting.batch < examples, setting.schedule == "constant"
    may_return = not is_constant and not (setting.formulas and mistakes(problem, setting.formulas))

    def at(weights: Sequence[float], done: int) -> tuple[float, tuple[float, ...]]:
        return averages.at(weights, None if is_whole else batch(examples, setting.batch, setting.seed, done))

    def reason() -> Stop | None:
        return reason_to_stop(path, losses, slopes, setting, is_whole=is_whole, may_return=may_return)

    loss, partials = at(problem.start, 0)
    if not math.isfinite(loss):
        raise UsageError(tr("The loss has no value where the weights begin. Begin somewhere else."))
    path, losses, slopes = [problem.start], [loss], [partials]
    kept: Memory = method.start(len(problem.weights))
    memory = [kept]
    rates: list[float] = []
    beyond: Lost | None = None
    stop = reason()
    while stop is None and len(path) <= setting.steps:
        done = len(rates)
        rate = rate_at(setting.schedule, setting.rate, done, setting.half, setting.steps)
        weights, kept = method.update(path[-1], slopes[-1], rate, kept, done, options)
        loss, partials = at(weights, done + 1)
        if not all(map(math.isfinite, (*weights, loss, *(value for vector in kept for value in vector)))):
            stop = Stop.NOT_A_NUMBER
            if all(map(math.isfinite, weights)):
                beyond = lost(problem, problem.tree(problem.error), weights)
            break
        path.append(weights)
        losses.append(loss)
        slopes.append(partials)
        rates.append(rate)
        if len(rates) % REMEMBERED == 0:
            memory.append(kept)
        stop = reason()
        tell(TRAINING, len(rates) / setting.steps)
    stop = stop or Stop.STEPS
    slips = mistakes_of_run(problem, setting.formulas, path)

    def measure(weights: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        tell(LOOKING, 1.0)
        return right.at(weights)

    ground = survey(measure, path, losses, bowl, optimum)
    share = rate_share(setting)
    missing = next((name for name, p in zip(problem.weights, slopes[-1], strict=True) if not math.isfinite(p)), "")
    is_astray = stop in (Stop.DIVERGED, Stop.NOT_A_NUMBER) or losses[-1] > losses[0]
    ended = Ended(
        stop=stop,
        rate=setting.rate,
        last_rate=rates[-1] if rates else setting.rate,
        method=method.title,
        is_scaled=method.is_scaled,
        is_even=is_whole and is_constant,
        is_steady=is_whole and not method.remembers,
        share=share,
        largest_rate=ground.stable_rate * share,
        first_rate=ground.first_rate * share,
        batch_rate=batch_rate(right, examples, setting, problem.start) * share
        if is_astray and not slips and not is_whole
        else math.inf,
        batch=0 if is_whole else setting.batch,
        condition=ground.condition if ground.is_exact else 1.0,
        is_right=not slips,
        names=problem.weights,
        weights=path[-1],
        optimum=optimum,
        is_exact=ground.is_exact,
        is_bottomless=ground.is_bottomless,
        is_least_squares=bool(problem.residual and problem.inputs),
        losses=tuple(losses),
        missing=missing,
        lost=lost(problem, trees[missing], path[-1]) if missing else beyond,
        place=ground.place,
    )
    largest = ended.largest_rate if ended.is_even else math.inf
    return Run(
        problem=problem.name,
        weights=problem.weights,
        rate=setting.rate,
        path=tuple(path),
        partials=tuple(tuple(p if math.isfinite(p) else None for p in row) for row in slopes),
        loss=tuple(losses),
        optimum=optimum,
        optimum_loss=averages.at(optimum)[0] if optimum else None,
        stop=stop,
        why=why(ended),
        setting=write_run(setting) if setting.problem or setting.loss or setting.data else "",
        rates=tuple(rates),
        memory=tuple(memory) if method.remembers else (),
        place=ground.place,
        bottom=ground.bottom,
        largest_rate=largest if math.isfinite(largest) else None,
        condition=ground.condition if math.isfinite(ground.condition) else None,
        mistakes=slips,
    )
