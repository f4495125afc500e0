"""The loss and the mean partials over very many rows, with numpy; only the child process comes here, and late.

The same trees as `tutor.maths.numeric` evaluates, and the same value outside a domain: NaN. Every sum is taken in an order that
does not depend on the machine, so that a run is the same to the last digit wherever it is made.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tutor.descent.averages import Averages
from tutor.descent.problem import Problem
from tutor.descent.rows import Rows
from tutor.maths import numeric
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no product of matrices here, and each thread reserves 32 MB

import numpy as np

BLOCK = 4096
"Rows that are worked on at a time: what is in between stays in the processor's cache."

Array = Any
"A column of floats, or one float where the rows play no part; numpy's own types would have to be loaded by mypy too."


class VastAverages(Averages):
    """As `Averages`, for many rows; made of the same problem and trees."""

    def __init__(self, problem: Problem, partials: Mapping[str, Node]) -> None:
        super().__init__(problem, partials)
        measure = problem.tree(problem.residual or problem.error)
        let = {name: problem.tree(formula) for name, formula in problem.let.items()}
        trees = [measure, *(_put_in(partials[weight], let) for weight in problem.weights)]
        self._program = Program(trees, problem.weights, problem.columns)
        self._columns = columns_of(problem)

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

    def _means(self, weights: Sequence[float], columns: list[Array], count: int | None = None) -> list[float]:
        return self._program.means(weights, columns, count=count, is_square=self._is_square)


def means(problem: Problem, trees: Sequence[Node], weights: Sequence[float]) -> list[float]:
    """The mean of each tree over the rows."""
    return Program(trees, problem.weights, problem.columns).means(weights, columns_of(problem))


def columns_of(problem: Problem) -> list[Array]:
    """The columns of a problem's rows, without a copy where they are kept as such."""
    if isinstance(problem.rows, Rows):
        return [np.frombuffer(column) for column in problem.rows.columns]
    return list(np.array(problem.rows, dtype=float).T.copy())


class Program:
    """Trees as a list of operations, each done once a block, however many trees it is part of."""

    def __init__(self, trees: Sequence[Node], weights: Sequence[str], columns: Sequence[str]) -> None:
        self._places: dict[Node, int] = {}
        self._steps: list[tuple[Callable[..., Array], tuple[int, ...]]] = []
        self._inputs = {name: place for place, name in enumerate((*weights, *columns))}
        self._weights = len(weights)
        self._size = len(self._inputs)
        self._needed: list[int] = []
        self._results: list[int] = []
        for tree in trees:
            self._results.append(self._add(tree))
            self._needed.append(len(self._steps))

    def means(
        self, weights: Sequence[float], columns: list[Array], *, count: int | None = None, is_square: bool = False
    ) -> list[float]:
        """The mean of the first so many trees, or of all; with `is_square` of half the first tree's square."""
        rows = len(columns[0])
        results = self._results[:count]
        lanes = [np.zeros(min(BLOCK, rows)) for _ in results]
        with np.errstate(all="ignore"):
            for start in range(0, rows, BLOCK):
                block = [column[start : start + BLOCK] for column in columns]
                values = self._run(weights, block, self._needed[len(results) - 1])
                for index, (lane, place) in enumerate(zip(lanes, results, strict=True)):
                    value = values[place] * values[place] / 2 if is_square and index == 0 else values[place]
                    lane[: len(block[0])] += value
        return [_sum(lane) / rows for lane in lanes]

    def _run(self, weights: Sequence[float], block: list[Array], steps: int) -> list[Array]:
        values: list[Array] = [*map(np.float64, weights), *block]
        for operation, places in self._steps[:steps]:
            values.append(operation(*[values[place] for place in places]))
        return values

    def _add(self, node: Node) -> int:
        if isinstance(node, Name):
            return self._inputs[node.name]
        found = self._places.get(node)
        if found is None:
            operation, parts = _operation(node)
            places = tuple(self._add(part) for part in parts)
            found = self._places[node] = self._size + len(self._steps)
            self._steps.append((operation, places))
        return found


def _sum(lane: Array) -> float:
    """The sum of the lanes, rounded once; infinities and NaN as they come."""
    values = lane.tolist()
    if all(map(math.isfinite, values)):
        try:
            return math.fsum(values)
        except OverflowError:
            return math.inf
    return float(sum(values))


def _put_in(node: Node, let: Mapping[str, Node]) -> Node:
    """A tree with its abbreviations written out."""
    match node:
        case Name(name=name):
            return let.get(name, node)
        case Group(of=inside):
            return Group(_put_in(inside, let))
        case Negative(of=inside):
            return Negative(_put_in(inside, let))
        case Sum(terms=terms):
            return Sum(tuple(_put_in(term, let) for term in terms))
        case Product(factors=factors):
            return Product(tuple(_put_in(factor, let) for factor in factors))
        case Quotient(numerator=top, denominator=bottom):
            return Quotient(_put_in(top, let), _put_in(bottom, let))
        case Power(base=base, exponent=exponent):
            return Power(_put_in(base, let), _put_in(exponent, let))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(_put_in(argument, let) for argument in arguments))
    return node


def _operation(node: Node) -> tuple[Callable[..., Array], tuple[Node, ...]]:
    """What a node does, and with what."""
    match node:
        case Number(value=value):
            constant = np.float64(value.numerator / value.denominator)
            return (lambda: constant), ()
        case Constant(name=name):
            known = np.float64(math.pi if name == "pi" else math.e)
            return (lambda: known), ()
        case Group(of=inside):
            return (lambda value: value), (inside,)
        case Negative(of=inside):
            return np.negative, (inside,)
        case Sum(terms=terms):
            return _added, terms
        case Product(factors=factors):
            return _multiplied, factors
        case Quotient(numerator=top, denominator=bottom):
            return _divided, (top, bottom)
        case Power(base=Constant(name="e"), exponent=exponent):
            return np.exp, (exponent,)
        case Power(base=base, exponent=exponent):
            return _raised, (base, exponent)
        case Call(function=function, arguments=arguments):
            return _FAST.get(function) or _one_by_one(function), arguments
    raise TypeError(f"no single value: {type(node).__name__}")


def _added(first: Array, *rest: Array) -> Array:
    for value in rest:
        first = first + value
    return first


def _multiplied(first: Array, *rest: Array) -> Array:
    for value in rest:
        first = first * value
    return first


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
