"""The loop: from a problem and the formulas as typed to a whole `Run`, and the reasons to stop.

A typed formula is run as typed; whether it is right is for `tutor.marking` to say.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tutor.descent.batches import batch
from tutor.descent.curvature import condition_number
from tutor.descent.ending import Ended, why
from tutor.descent.methods import METHODS, Memory
from tutor.descent.problem import Problem
from tutor.descent.quadratic import Quadratic, largest_stable_rate, lowest, quadratic
from tutor.descent.run import Run, Stop
from tutor.descent.runstring import write_run
from tutor.descent.schedule import rate_at
from tutor.descent.setting import Setting, check, problem_of
from tutor.errors import Unreadable, UsageError
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse
from tutor.maths.rules import derivative
from tutor.maths.tree import Node, Tuple
from tutor.nearest import nearest

STILL = 1e-7
"""A weight stands still when its mean partial is below this part of it. It is then at most STILL / (smallest eigenvalue
of the averaged Hessian) from its end: 2.3e-7 of it for the standardised houses (0.44), so six significant figures.
Measured by the partial and not by the update, or a smaller rate would stop further away; at rates above 1 the update is
the larger of the two and is measured instead."""
NEGLIGIBLE = 1e-6
"A weight smaller than this part of the largest is measured against that instead, or one that tends to 0 never stops."
GROWING = 50
"Steps in a row over which the loss must rise before a run counts as diverging slowly."
FAR = 1e6
"Times the starting loss: so far above it and with a growing update, a run has diverged quickly."


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


def partial_trees(problem: Problem, formulas: Mapping[str, str]) -> dict[str, Node]:
    """For every weight the partial of one example's error: as typed, or differentiated where nothing was typed.

    Raises: as `train`.
    """
    for weight in formulas:
        if weight not in problem.weights:
            raise UsageError(f"{problem.name} has no weight called {weight[:40]!r}. {nearest(weight, problem.weights)}")
    error = problem.tree(problem.error)
    return {
        weight: _read(problem, weight, formulas[weight]) if weight in formulas else derivative(error, (weight,))
        for weight in problem.weights
    }


def _read(problem: Problem, weight: str, text: str) -> Node:
    try:
        tree = parse(text, problem.vocabulary)
    except Unreadable as fault:
        raise Unreadable(f"In the formula for {weight}: {fault.message}", fault.column) from fault
    if isinstance(tree, Tuple):
        raise Unreadable(f"In the formula for {weight}: give one formula, not a list.", 0)
    return tree


class _Averages:
    """The loss and the mean partials of a problem as functions of its weights."""

    def __init__(self, problem: Problem, partials: Mapping[str, Node]) -> None:
        names = (*problem.weights, *problem.columns)
        self._is_square = bool(problem.residual)
        self._measure = compile_float(problem.tree(problem.residual or problem.error), names)
        self._partials = [compile_float(partials[weight], (*names, *problem.let)) for weight in problem.weights]
        self._rows = problem.rows

    def each(self, weights: Sequence[float]) -> list[list[float]]:
        """The residual, or the error where there is none, and then the partials, one list an example; shape (m, 1 + n)."""
        values = []
        for row in self._rows:
            point = (*weights, *row)
            measure = self._measure(point)
            known = (*point, measure) if self._is_square else point
            values.append([measure, *(partial(known) for partial in self._partials)])
        return values

    def at(self, weights: Sequence[float], chosen: Sequence[int] | None = None) -> tuple[float, tuple[float, ...]]:
        """The loss of a `Run`, and the mean partials, shape (n,); NaN and infinities pass through.

        Args:
            chosen: the examples over which the partials are averaged, counted from 0; all of them without.
        """
        values = self.each(weights)
        measures, *partials = zip(*values, strict=True)
        if chosen is not None:
            _, *partials = zip(*(values[example] for example in chosen), strict=True)
        count = len(measures)
        loss = sum(r * r for r in measures) if self._is_square else sum(measures)
        return loss / count, tuple(sum(column) / len(column) for column in partials)


def descend(problem: Problem, setting: Setting) -> Run:
    """The loop itself: a mean partial and a loss for every point, until there is a reason to stop.

    Every point kept has finite weights and a finite loss; a point that has not is left out and ends the run. With batches
    the partials never come to rest, so such a run ends only by its steps or by running away.
    """
    averages = _Averages(problem, partial_trees(problem, setting.formulas))
    method, options, examples = METHODS[setting.method], setting.all_options, len(problem.rows)
    is_whole = not 0 < setting.batch < examples

    def at(weights: Sequence[float], done: int) -> tuple[float, tuple[float, ...]]:
        return averages.at(weights, None if is_whole else batch(examples, setting.batch, setting.seed, done))

    loss, partials = at(problem.start, 0)
    if not math.isfinite(loss):
        raise UsageError("The loss has no value where the weights begin. Begin somewhere else.")
    path, losses, slopes = [problem.start], [loss], [partials]
    memory: list[Memory] = [method.start(len(problem.weights))]
    rates: list[float] = []
    stop = _reason(path, losses, slopes, setting, is_whole=is_whole)
    while stop is None and len(path) <= setting.steps:
        done = len(rates)
        rate = rate_at(setting.schedule, setting.rate, done, setting.half, setting.steps)
        weights, kept = method.update(path[-1], slopes[-1], rate, memory[-1], done, options)
        loss, partials = at(weights, done + 1)
        if not all(map(math.isfinite, (*weights, loss, *(value for vector in kept for value in vector)))):
            stop = Stop.NOT_A_NUMBER
            break
        path.append(weights)
        losses.append(loss)
        slopes.append(partials)
        memory.append(kept)
        rates.append(rate)
        stop = _reason(path, losses, slopes, setting, is_whole=is_whole)
    stop = stop or Stop.STEPS

    bowl = quadratic(problem)
    optimum = lowest(bowl) if bowl else None
    ended = Ended(
        stop=stop,
        rate=setting.rate,
        largest_rate=_largest(bowl, setting) if bowl and optimum and is_whole else math.inf,
        condition=condition_number(bowl) if bowl and optimum else 1.0,
        is_right=_agree(problem, averages, _Averages(problem, partial_trees(problem, {})), optimum or path[-1]),
        names=problem.weights,
        weights=path[-1],
        optimum=optimum,
        best="least squares" if problem.residual else "the bottom",
        losses=tuple(losses),
        missing=_missing(problem, averages.each(path[-1])),
    )
    return Run(
        problem=problem.name,
        weights=problem.weights,
        rate=setting.rate,
        path=tuple(path),
        partials=tuple(tuple(p if math.isfinite(p) else None for p in row) for row in slopes),
        loss=tuple(losses),
        optimum=optimum,
        optimum_loss=averages.at(optimum)[0] if optimum else None,
        raw_path=tuple(problem.raw_weights(weights) for weights in path),
        stop=stop,
        why=why(ended),
        setting=write_run(setting) if setting.problem or setting.loss else "",
        rates=tuple(rates),
        memory=tuple(memory),
    )


def _largest(bowl: Quadratic, setting: Setting) -> float:
    """The rate below which the method settles: for momentum that of plain descent times 1 + m, for Nesterov's times
    (1 + m)/(1 + 2m) (Goh 2017, "The Dynamics of Momentum", for the former; the latter from the same recurrence).
    Infinity where it is not known: for the methods that scale each weight, and while a schedule lowers the rate."""
    if setting.schedule != "constant":
        return math.inf
    share = setting.all_options.get("momentum", 0.0)
    plain = largest_stable_rate(bowl)
    match setting.method:
        case "gradient-descent":
            return plain
        case "momentum":
            return plain * (1 + share)
        case "nesterov":
            return plain * (1 + share) / (1 + 2 * share)
    return math.inf


def _reason(
    path: Sequence[tuple[float, ...]],
    losses: Sequence[float],
    slopes: Sequence[tuple[float, ...]],
    setting: Setting,
    *,
    is_whole: bool,
) -> Stop | None:
    """Why a run ought to stop at its newest point, if it ought to."""
    if not all(map(math.isfinite, slopes[-1])):
        return Stop.NOT_A_NUMBER
    if is_whole and is_still(path[-1], slopes[-1], setting.rate) and (len(path) < 2 or _has_no_way(path, setting)):
        return Stop.CONVERGED
    return Stop.DIVERGED if has_diverged(losses, [math.hypot(*row) for row in slopes[-GROWING - 1 :]]) else None


def _has_no_way(path: Sequence[tuple[float, ...]], setting: Setting) -> bool:
    """Whether a method that remembers has come to rest too: it may roll through the bottom, where the slope is 0."""
    if not METHODS[setting.method].remembers:
        return True
    moved = tuple((now - before) / setting.rate for now, before in zip(path[-1], path[-2], strict=True))
    return is_still(path[-1], moved, setting.rate)


def is_still(weights: Sequence[float], partials: Sequence[float], rate: float = 1.0) -> bool:
    """Whether every mean partial is negligible beside its weight; both of shape (n,). See STILL for the tolerance.

    It says that the weights have stopped, not that they have stopped in the right place: a formula that is always 0
    freezes its weight, and the others then settle around it.

    >>> is_still((100.0, 0.0), (1e-6, 0.0)), is_still((100.0, 0.0), (1e-4, 0.0)), is_still((0.0,), (1.0,))
    (True, False, False)
    """
    floor = NEGLIGIBLE * max(map(abs, weights))
    scale = max(rate, 1.0)
    return all(scale * abs(p) <= STILL * max(abs(w), floor) for w, p in zip(weights, partials, strict=True))


def has_diverged(losses: Sequence[float], sizes: Sequence[float]) -> bool:
    """Whether a run is running away: its loss is above the start, and

    - the loss rose at each of the last 50 steps while the updates did not shrink over them, or
    - the loss is a million times the start and the last update grew.

    Neither half of that is enough alone. At rate 1.3 the houses' loss first falls to a tenth and then rises by 5.7 % a
    step, so one must wait and see; and with a wrong formula the weights may climb to a place worse than the start and
    settle there, but their updates shrink on the way. Below the largest stable rate the right formulas never raise the
    loss, so they are never called diverged; above it by less than 0.2 %, 400 steps are too few to see it.

    Args:
        losses: from step 0 on, all of them.
        sizes: the length of the gradient at each of the last 51 points, or of all points while they are fewer.

    >>> [has_diverged([2.0**k for k in range(n)], [2.0**k for k in range(n)][-51:]) for n in (1, 20, 22)]
    [False, False, True]
    >>> rising = [9.0 + k for k in range(60)]
    >>> has_diverged(rising, [1.0] * 51), has_diverged(rising, [1.0] * 50 + [0.9])
    (True, False)
    """
    if losses[-1] <= losses[0]:
        return False
    if losses[-1] > FAR * losses[0] and sizes[-1] > sizes[-2]:
        return True
    is_rising = len(sizes) > GROWING and all(before < after for before, after in pairwise(losses[-GROWING - 1 :]))
    # A weight that drifts away at a constant pace has diverged too; its updates are equal but for rounding.
    return is_rising and sizes[-1] >= sizes[0] * (1 - 1e-9)


def _agree(problem: Problem, typed: _Averages, right: _Averages, near: Sequence[float]) -> bool:
    """Whether the typed partials have the right values at every example, for three settings of the weights.

    Only for choosing a sentence. 1e-9 of the largest value: far above rounding, far below any slip.
    """
    settings = [problem.start, tuple(0.7 * w + 1 for w in near), tuple((0.3 + j) * w - 2 for j, w in enumerate(near))]
    for weights in settings:
        for mine, yours in zip(right.each(weights), typed.each(weights), strict=True):
            size = max(map(abs, mine))
            if not all(abs(a - b) <= 1e-9 * size for a, b in zip(mine, yours, strict=True)):
                return False
    return True


def _missing(problem: Problem, values: Sequence[Sequence[float]]) -> tuple[str, int] | None:
    """The first weight and example (counted from 1) whose partial is not a finite number."""
    for example, (_, *partials) in enumerate(values, 1):
        for weight, partial in zip(problem.weights, partials, strict=True):
            if not math.isfinite(partial):
                return weight, example
    return None
