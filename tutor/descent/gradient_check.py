"""A typed gradient beside finite differences of the loss: the check that needs no mathematics."""

from collections.abc import Mapping, Sequence

import msgspec

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float

AGREE = 1e-5
"""Of the larger of the two: the difference's own error is about the square of its step, 1e-10, and rounding, 1e-16 / 1e-5 of
the loss; a slip is far above either."""


class Compared(msgspec.Struct, frozen=True):
    """One weight's partial, twice."""

    weight: str
    formula: float
    "The mean over the examples of the partial as typed."
    difference: float
    "(L(w + h) - L(w - h)) / 2h of the mean error L."
    agrees: bool


def compare(problem: Problem, formulas: Mapping[str, str], weights: Sequence[float]) -> list[Compared]:
    """One row a weight; NaN agrees with nothing.

    Args:
        weights: where, shape (n,), in the units trained in.

    Raises: as `partial_trees`.
    """
    error = compile_float(problem.tree(problem.error), (*problem.weights, *problem.columns))

    def mean(point: Sequence[float]) -> float:
        return sum(error((*point, *row)) for row in problem.rows) / len(problem.rows)

    rows = []
    size = abs(mean(weights))
    _, partials = Averages(problem, partial_trees(problem, formulas)).at(weights)
    for place, (weight, typed) in enumerate(zip(problem.weights, partials, strict=True)):
        step = 1e-5 * max(1.0, abs(weights[place]))
        above, below = ([w + s * (j == place) for j, w in enumerate(weights)] for s in (step, -step))
        difference = (mean(above) - mean(below)) / (2 * step)
        room = AGREE * max(abs(typed), abs(difference)) + 4e-16 * size / step + 1e-9
        rows.append(Compared(weight, typed, difference, abs(typed - difference) <= room))
    return rows
