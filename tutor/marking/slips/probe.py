"""Values of expressions at one point, quick for thousands of small trees that share their large parts.

A part that was remembered costs one look-up. Where an expression has no value it is NaN; nothing is raised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from random import Random

from tutor.maths.numeric import FUNCTIONS, divide, power
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum, walk

_CLOSE = 1e-11
"Relative: floats of two equal formulas differ by 1e-16 for each operation, wrong rules by much more."
_FLAT = 1e-7
"Where a value is smaller than that and not zero, a function has gone flat and looks like another."
_TINY = 1e-12
"Of the size of the right value: what cancellation leaves in place of a zero."


class Probe:
    """A point: a value for every name."""

    def __init__(self, values: dict[str, float]) -> None:
        self.values = values
        self._known: dict[int, float] = {}
        self._kept: list[Node] = []

    def remember(self, node: Node) -> None:
        """Keep the values of a tree and of all its parts; the tree is kept too, so that its parts stay themselves."""
        self._kept.append(node)
        for part in reversed(list(walk(node))):
            if id(part) not in self._known and not isinstance(part, Name):
                value = self._value_or_none(part)
                if value is not None:
                    self._known[id(part)] = value

    def _value_or_none(self, node: Node) -> float | None:
        try:
            return self._of(node)
        except (ValueError, ZeroDivisionError, OverflowError, KeyError):  # KeyError: it holds a name with no value yet
            return None

    def value(self, node: Node) -> float:
        """The value, or NaN outside the domain."""
        try:
            return self._of(node)
        except (ValueError, ZeroDivisionError, OverflowError, KeyError):
            return math.nan

    def _of(self, node: Node) -> float:
        known = self._known.get(id(node))
        return known if known is not None else _HOW[type(node)](self, node)


def _number(probe: Probe, node: Node) -> float:
    return node.value.numerator / node.value.denominator if isinstance(node, Number) else math.nan


def _sum(probe: Probe, node: Node) -> float:
    return sum([probe._of(child) for child in node.children])


def _product(probe: Probe, node: Node) -> float:
    value = 1.0
    for child in node.children:
        value *= probe._of(child)
    return value


def _power(probe: Probe, node: Node) -> float:
    base, exponent = node.children
    return power(probe._of(base), probe._of(exponent))


def _quotient(probe: Probe, node: Node) -> float:
    top, bottom = node.children
    return divide(probe._of(top), probe._of(bottom))


def _call(probe: Probe, node: Node) -> float:
    arguments = [probe._of(child) for child in node.children]
    return FUNCTIONS[node.function](*arguments) if isinstance(node, Call) else math.nan


_HOW: dict[type[Node], Callable[[Probe, Node], float]] = {
    Number: _number,
    Constant: lambda probe, node: math.pi if node == Constant("pi") else math.e,
    Name: lambda probe, node: probe.values[node.name] if isinstance(node, Name) else math.nan,
    Group: lambda probe, node: probe._of(node.children[0]),
    Negative: lambda probe, node: -probe._of(node.children[0]),
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Call: _call,
}


def is_close(mine: float, theirs: float, *, beside: float = 0.0) -> bool:
    """Whether two values are the same but for rounding.

    Args:
        beside: a value whose size says what cancellation may leave.
    """
    gap = abs(mine - theirs)
    return gap <= _CLOSE * max(abs(mine), abs(theirs)) or gap <= _TINY * (1.0 + abs(beside))


Range = tuple[float, float, bool]
"Lowest and highest value of every name, and whether one is to be below zero."
NEAR: tuple[Range, ...] = ((0.55, 1.95, False), (-2.2, 2.2, True), (0.1, 0.9, False), (1.1, 3.9, False))
"Positive and of moderate size first, then of both signs, then small."
FAR: tuple[Range, ...] = (*NEAR, (-25.0, 25.0, True), (2.0, 60.0, False))


def points(names: Sequence[str], ranges: Sequence[Range]) -> Iterator[dict[str, float]]:
    """Points to try, the same ones every time."""
    random = Random(len(names))
    for low, high, signed in (*ranges,) * 8:
        for _ in range(2):
            at = {name: random.uniform(low, high) for name in names}
            if signed and names and all(value > 0 for value in at.values()):
                first = names[0]
                at[first] = -at[first]
            yield at


def choose_probes(
    names: Sequence[str], trees: Sequence[Node], wanted: int, ranges: Sequence[Range] = NEAR
) -> list[Probe]:
    """Points of the common domain of the trees where none of their values is huge or all but zero; perhaps fewer than wanted."""
    found: list[Probe] = []
    for at in points(names, ranges):
        probe = Probe(at)
        values = [probe.value(tree) for tree in trees]
        if all(value == 0 or _FLAT < abs(value) < 1e9 for value in values):
            found.append(probe)
            if len(found) == wanted:
                break
    return found
