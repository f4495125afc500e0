"""The loss and the mean partials of a problem, with the formulas as typed, as functions of its weights."""

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from tutor.descent.problem import Problem
from tutor.errors import Unreadable, UsageError
from tutor.maths.columns import Columns
from tutor.maths.program import Kit, Program, Value
from tutor.maths.rules import derivative
from tutor.maths.tree import Node, Tuple
from tutor.nearest import nearest
from tutor.words import tr


class Averages:
    """The loss and the mean partials of a problem as functions of its weights."""

    def __init__(self, problem: Problem, partials: Mapping[str, Node]) -> None:
        self._is_square = bool(problem.residual)
        self._program = self._made(problem, partials)
        self._columns = self._laid_out(problem)

    def _made(self, problem: Problem, partials: Mapping[str, Node]) -> Program:
        return program_of(problem, partials, Columns())

    def _laid_out(self, problem: Problem) -> Sequence[Value]:
        return lists_of(problem)

    def each(self, weights: Sequence[float]) -> list[list[float]]:
        """The residual, or the error where there is none, and then the partials, one list an example; shape (m, 1 + n)."""
        return [list(row) for row in zip(*self._values(weights, self._columns), strict=True)]

    def loss(self, weights: Sequence[float]) -> float:
        """The loss alone: the mean error, of which the partials are those of the right formulas."""
        return self._mean(self._values(weights, self._columns, count=1)[0])

    def at(self, weights: Sequence[float], chosen: Sequence[int] | None = None) -> tuple[float, tuple[float, ...]]:
        """The loss, and the mean partials, shape (n,); NaN and infinities pass through.

        Args:
            chosen: the examples over which the partials are averaged, counted from 0; all of them without.
        """
        if chosen is None:
            measures, *partials = self._values(weights, self._columns)
            return self._mean(measures), tuple(map(_average, partials))
        few = [[column[example] for example in chosen] for column in self._columns]
        return self.loss(weights), tuple(map(_average, self._values(weights, few)[1:]))

    def _values(
        self, weights: Sequence[float], columns: Sequence[list[float]], count: int | None = None
    ) -> list[list[float]]:
        rows = len(columns[0]) if columns else 1
        values = self._program.run(weights, columns, count)
        return [value if isinstance(value, list) else [value] * rows for value in values]

    def _mean(self, measures: Sequence[float]) -> float:
        """The mean error, which is half the square of a residual."""
        return (
            _added(list(map(operator.mul, measures, measures))) / (2 * len(measures))
            if self._is_square
            else _average(measures)
        )


def program_of(problem: Problem, partials: Mapping[str, Node], kit: Kit) -> Program:
    """The residual, or the error where there is none, and then the partials, of one example or of columns of them."""
    let = {name: problem.tree(formula) for name, formula in problem.let.items()}
    measure = problem.tree(problem.residual or problem.error)
    trees = [measure, *(partials[weight] for weight in problem.weights)]
    return Program(trees, problem.weights, problem.columns, kit, let)


def lists_of(problem: Problem) -> list[list[float]]:
    """The columns of a problem's rows."""
    return [list(map(float, column)) for column in zip(*problem.rows, strict=True)]


def _average(values: Sequence[float]) -> float:
    return _added(values) / len(values)


def _added(values: Sequence[float]) -> float:
    """From left to right: what `sum` rounds is not the same in every version of Python, and a run is to be."""
    return reduce(operator.add, values)


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
    values = Program(trees, problem.weights, problem.columns, Columns()).run(weights, lists_of(problem))
    return [_average(value) if isinstance(value, list) else value for value in values]


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
