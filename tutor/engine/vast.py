"""The loss and the mean partials over very many rows, with numpy; only the child process comes here, and late.

The same trees as `tutor.maths.numeric` evaluates, and the same value outside a domain: NaN. Every sum is taken in an order that
does not depend on the machine, so that a run is the same to the last digit wherever it is made.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tutor.descent.averages import Averages, program_of
from tutor.descent.problem import Problem
from tutor.descent.rows import Rows
from tutor.maths import numeric
from tutor.maths.program import Program
from tutor.maths.tree import Node

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no product of matrices here, and each thread reserves 32 MB

import numpy as np

BLOCK = 4096
"Rows that are worked on at a time: what is in between stays in the processor's cache."

Array = Any
"A column of floats, or one float where the rows play no part; numpy's own types would have to be loaded by mypy too."


class VastAverages(Averages):
    """As `Averages`, for many rows; made of the same problem and trees."""

    def _made(self, problem: Problem, partials: Mapping[str, Node]) -> Program:
        return program_of(problem, partials, Arrays())

    def _laid_out(self, problem: Problem) -> list[Array]:
        return columns_of(problem)

    def loss(self, weights: Sequence[float]) -> float:
        """The loss alone, the mean error."""
        return self._means(weights, self._columns, count=1)[0]

    def at(self, weights: Sequence[float], chosen: Sequence[int] | None = None) -> tuple[float, tuple[float, ...]]:
        """The loss, and the mean partials, shape (n,)."""
        if chosen is None:
            loss, *partials = self._means(weights, self._columns)
            return loss, tuple(partials)
        places = np.array(chosen)
        few = [column[places] for column in self._columns]
        return self.loss(weights), tuple(self._means(weights, few)[1:])

    def _means(self, weights: Sequence[float], columns: Sequence[Array], count: int | None = None) -> list[float]:
        return means_of(self._program, weights, columns, count=count, is_square=self._is_square)


def means(problem: Problem, trees: Sequence[Node], weights: Sequence[float]) -> list[float]:
    """The mean of each tree over the rows."""
    program = Program(trees, problem.weights, problem.columns, Arrays())
    return means_of(program, weights, columns_of(problem))


def columns_of(problem: Problem) -> list[Array]:
    """The columns of a problem's rows, without a copy where they are kept as such."""
    if isinstance(problem.rows, Rows):
        return [np.frombuffer(column) for column in problem.rows.columns]
    return list(np.array(problem.rows, dtype=float).T.copy())


def means_of(
    program: Program,
    weights: Sequence[float],
    columns: Sequence[Array],
    *,
    count: int | None = None,
    is_square: bool = False,
) -> list[float]:
    """The mean of the first so many trees, or of all; with `is_square` of half the first tree's square."""
    rows = len(columns[0])
    lanes: list[Array] = []
    with np.errstate(all="ignore"):
        for start in range(0, rows, BLOCK):
            block = [column[start : start + BLOCK] for column in columns]
            values = program.run([np.float64(weight) for weight in weights], block, count)
            lanes = lanes or [np.zeros(min(BLOCK, rows)) for _ in values]
            for index, (lane, value) in enumerate(zip(lanes, values, strict=True)):
                lane[: len(block[0])] += value * value / 2 if is_square and index == 0 else value
    return [_sum(lane) / rows for lane in lanes]


def _sum(lane: Array) -> float:
    """The sum of the lanes, rounded once; infinities and NaN as they come."""
    values = lane.tolist()
    if all(map(math.isfinite, values)):
        try:
            return math.fsum(values)
        except OverflowError:
            return math.inf
    return float(sum(values))


def _divided(top: Array, bottom: Array) -> Array:
    return np.where(bottom != 0, top / bottom, np.nan)


def _raised(base: Array, exponent: Array) -> Array:
    value = np.power(base, exponent)
    wrong = (base != base) | (exponent != exponent) | ((base == 0) & (exponent < 0))
    return np.where(wrong, np.nan, value)


def _sigmoid(value: Array) -> Array:
    small = np.exp(-np.abs(value))
    return np.where(value >= 0, 1 / (1 + small), small / (1 + small))


def _one_by_one(function: str) -> Callable[..., Array]:
    """A seldom function, value by value, as `numeric` has it."""
    of = numeric.FUNCTIONS[function]

    def one(*values: float) -> float:
        try:
            return of(*values)
        except OverflowError:
            return math.inf if len(values) == 1 else math.nan
        except (ValueError, ZeroDivisionError):
            return math.nan

    return np.vectorize(one, otypes=[float])


_FAST: dict[str, Callable[..., Array]] = {
    "+": np.add,
    "*": np.multiply,
    "-": np.negative,
    "/": _divided,
    "^": _raised,
    "exp": np.exp,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "sigmoid": _sigmoid,
    "ln": lambda value: np.where(value > 0, np.log(value), np.nan),
    "relu": lambda value: np.maximum(value, 0.0),
}
"Those whose value outside their domain is NaN here as there; all others go value by value."


class Arrays:
    """The operations of a `Program` on numpy's arrays, which take single values as they are."""

    def operation(self, name: str, single: tuple[bool, ...]) -> Callable[..., Array]:
        """See `Kit`."""
        return _FAST.get(name) or _one_by_one(name)
