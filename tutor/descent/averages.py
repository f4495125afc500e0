"""The loss and the mean partials of a problem, with the formulas as typed, as functions of its weights."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tutor.descent.problem import Problem
from tutor.errors import Unreadable, UsageError
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative
from tutor.maths.tree import Node, Tuple
from tutor.nearest import nearest
from tutor.words import tr


class Averages:
    """The loss and the mean partials of a problem as functions of its weights."""

    def __init__(self, problem: Problem, partials: Mapping[str, Node]) -> None:
        names = (*problem.weights, *problem.columns)
        self._is_square = bool(problem.residual)
        self._measure = compile_float(problem.tree(problem.residual or problem.error), names)
        self._model = compile_float(problem.tree(problem.model), names) if problem.model else None
        self._partials = [compile_float(partials[weight], (*names, *problem.let)) for weight in problem.weights]
        self._rows = problem.rows

    def each(self, weights: Sequence[float]) -> list[list[float]]:
        """The residual, or the error where there is none, and then the partials, one list an example; shape (m, 1 + n)."""
        values = []
        for row in self._rows:
            point = (*weights, *row)
            measure = self._measure(point)
            known = (*point, measure) if self._is_square else (*point, self._model(point)) if self._model else point
            values.append([measure, *(partial(known) for partial in self._partials)])
        return values

    def loss(self, weights: Sequence[float]) -> float:
        """The loss alone: the mean error, of which the partials are those of the right formulas."""
        return self._mean([self._measure((*weights, *row)) for row in self._rows])

    def at(self, weights: Sequence[float], chosen: Sequence[int] | None = None) -> tuple[float, tuple[float, ...]]:
        """The loss, and the mean partials, shape (n,); NaN and infinities pass through.

        Args:
            chosen: the examples over which the partials are averaged, counted from 0; all of them without.
        """
        values = self.each(weights)
        measures, *partials = zip(*values, strict=True)
        if chosen is not None:
            _, *partials = zip(*(values[example] for example in chosen), strict=True)
        return self._mean(measures), tuple(sum(column) / len(column) for column in partials)

    def _mean(self, measures: Sequence[float]) -> float:
        """The mean error, which is half the square of a residual."""
        return sum(r * r for r in measures) / (2 * len(measures)) if self._is_square else sum(measures) / len(measures)


MANY = 2000
"Rows from which a faster way to average may be taken, where there is one."


class Faster(NamedTuple):
    """Another way to do what this file does, for many rows."""

    averages: Callable[[Problem, Mapping[str, Node]], Averages]
    means: Callable[[Problem, Sequence[Node], Sequence[float]], list[float]]


class _Way:
    load: Callable[[], Faster] | None = None


def go_faster(load: Callable[[], Faster] | None) -> None:
    """From now on do it this way where there are many rows; it is only loaded then. Nothing stands for the plain way."""
    _Way.load = load


def is_vast(problem: Problem) -> bool:
    """Whether a problem has so many rows that they are averaged the faster way."""
    return len(problem.rows) >= MANY


def averages_of(problem: Problem, partials: Mapping[str, Node]) -> Averages:
    """The loss and the mean partials as functions of the weights."""
    if _Way.load is not None and is_vast(problem):
        return _Way.load().averages(problem, partials)
    return Averages(problem, partials)


def means(problem: Problem, trees: Sequence[Node], weights: Sequence[float]) -> list[float]:
    """The mean over the examples of each formula in the weights and the columns."""
    if _Way.load is not None and is_vast(problem):
        return _Way.load().means(problem, trees, weights)
    values = [compile_float(tree, (*problem.weights, *problem.columns)) for tree in trees]
    return [sum(value((*weights, *row)) for row in problem.rows) / len(problem.rows) for value in values]


def partial_trees(problem: Problem, formulas: Mapping[str, str]) -> dict[str, Node]:
    """For every weight the partial of one example's error: as typed, or differentiated where nothing was typed.

    Raises: as `train`.
    """
    for weight in formulas:
        if weight not in problem.weights:
            raise UsageError(
                tr(
                    "{name} has no weight called {weight!r}. {nearest}",
                    name=problem.name,
                    weight=weight[:40],
                    nearest=nearest(weight, problem.weights),
                )
            )
    error = problem.tree(problem.error)
    return {
        weight: _read(problem, weight, formulas[weight]) if weight in formulas else derivative(error, (weight,))
        for weight in problem.weights
    }


def _read(problem: Problem, weight: str, text: str) -> Node:
    from tutor.maths.parse import parse  # as in `Problem.tree`

    try:
        tree = parse(text, problem.vocabulary)
    except Unreadable as fault:
        raise Unreadable(
            tr("In the formula for {weight}: {message}", weight=weight, message=fault.message), fault.column
        ) from fault
    if isinstance(tree, Tuple):
        raise Unreadable(tr("In the formula for {weight}: give one formula, not a list.", weight=weight), 0)
    return tree
