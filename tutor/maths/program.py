"""Several expressions as one list of operations, each done once however many expressions it is part of.

A loss and its partials have most of their parts in common: of a network's the same tanh stands in all of them. What an operation
is done on, single floats or whole columns of a table, is for the kit to say that it is made with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum

Value = Any
"A float, or a column of them, one for each row; what a column is, the kit knows."
Operation = Callable[..., Value]


class Kit(Protocol):
    """Makes the operations."""

    def operation(self, name: str, single: tuple[bool, ...]) -> Operation:
        """What is done to one value or to two, outside its domain NaN and never an exception.

        Args:
            name: `+`, `*`, `/`, `^`, `-` with one value, or a function of the grammar.
            single: of each value whether it is one float for all rows.
        """


class Program:
    """Expressions over names that stand for one float each, and names that stand for a column.

    >>> from tutor.maths.columns import Columns
    >>> from tutor.maths.parse import parse_free
    >>> program = Program([parse_free("(w*x)^2"), parse_free("w*x + 1")], ["w"], ["x"], Columns())
    >>> program.run([2.0], [[1.0, 3.0]])
    [[4.0, 36.0], [3.0, 7.0]]
    """

    def __init__(
        self,
        trees: Sequence[Node],
        singles: Sequence[str],
        columns: Sequence[str],
        kit: Kit,
        let: Mapping[str, Node] | None = None,
    ) -> None:
        """
        Args:
            trees: any expressions but tuples.
            singles, columns: the names, in the order of their values.
            let: names that stand for other expressions.
        """
        self._kit = kit
        constants = list(dict.fromkeys(value for tree in (*trees, *(let or {}).values()) for value in _constants(tree)))
        self._names = {name: place for place, name in enumerate((*singles, *columns))}
        self._known = {constant: len(self._names) + k for k, constant in enumerate(constants)}
        self._constants = constants
        self._size = len(self._names) + len(constants)
        self._single = [True] * len(singles) + [False] * len(columns) + [True] * len(constants)
        self._places: dict[tuple[str, tuple[int, ...]], int] = {}
        self._steps: list[tuple[Operation, int, int | None]] = []
        for name, tree in (let or {}).items():
            self._names[name] = self._add(tree)
        self._results: list[tuple[int, int]] = []
        "Of each tree the place of its value, and the steps that it takes to get there."
        for tree in trees:
            self._results.append((self._add(tree), len(self._steps)))

    def run(self, singles: Sequence[float], columns: Sequence[Value], count: int | None = None) -> list[Value]:
        """The value of each tree, or of the first so many; a float where no column plays a part in it."""
        results = self._results[:count]
        values: list[Value] = [*singles, *columns, *self._constants]
        keep = values.append
        for operation, first, second in self._steps[: results[-1][1]]:
            keep(operation(values[first]) if second is None else operation(values[first], values[second]))
        return [values[place] for place, _ in results]

    def _add(self, node: Node) -> int:
        """The place of a node's value, the steps to it being there from now on."""
        match node:
            case Name(name=name):
                return self._names[name]
            case Number() | Constant():
                return self._known[_value(node)]
            case Group(of=inside):
                return self._add(inside)
            case Negative(of=inside):
                return self._do("-", self._add(inside))
            case Sum(terms=terms):
                return self._one_by_one("+", terms)
            case Product(factors=factors):
                return self._one_by_one("*", factors)
            case Quotient(numerator=top, denominator=bottom):
                return self._do("/", self._add(top), self._add(bottom))
            case Power(base=Constant(name="e"), exponent=exponent):
                return self._do("exp", self._add(exponent))
            case Power(base=base, exponent=exponent):
                return self._do("^", self._add(base), self._add(exponent))
            case Call(function=function, arguments=(argument,)):
                return self._do(function, self._add(argument))
            case Call(function=function, arguments=arguments):
                return self._one_by_one(function, arguments)
        raise TypeError(f"no single value: {type(node).__name__}")

    def _one_by_one(self, name: str, nodes: Sequence[Node]) -> int:
        """From left to right, whatever the library's own way to add is: the last digit must not depend on it."""
        place = self._add(nodes[0])
        for node in nodes[1:]:
            place = self._do(name, place, self._add(node))
        return place

    def _do(self, name: str, *places: int) -> int:
        key = name, places
        found = self._places.get(key)
        if found is None:
            single = tuple(self._single[place] for place in places)
            found = self._places[key] = self._size + len(self._steps)
            self._single.append(all(single))
            self._steps.append((self._kit.operation(name, single), places[0], places[1] if len(places) > 1 else None))
        return found


def _value(node: Number | Constant) -> float:
    if isinstance(node, Constant):
        return math.pi if node.name == "pi" else math.e
    try:
        return node.value.numerator / node.value.denominator
    except OverflowError:
        return math.inf


def _constants(node: Node) -> list[float]:
    if isinstance(node, Number | Constant):
        return [_value(node)]
    return [value for child in node.children for value in _constants(child)]
