"""The expression tree: what was written, kept as it was written.

A quotient stays a quotient and factors keep their order; nothing is simplified here. Trees are immutable, compare by value
and can be dictionary keys. `Group` stands for brackets that somebody typed: it means nothing and is only shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec


class Node(msgspec.Struct, frozen=True):
    """Any expression."""

    @property
    def children(self) -> tuple[Node, ...]:
        """The expressions directly inside this one, left to right."""
        return ()


class Number(Node, frozen=True):
    """An exact number that is not negative: `3`, `0.1` (one tenth), `½`."""

    value: Fraction
    text: str = ""
    "As written, when that is not the value's own plain form: `0.10`, `½`."


class Name(Node, frozen=True):
    """A variable, or one of the constants `e` and `pi` where no exercise claims the letter."""

    name: str


class Constant(Node, frozen=True):
    """A named real number: `e` or `pi`."""

    name: str


class Negative(Node, frozen=True):
    """A minus sign in front of an expression; also the way a sum holds a term that is taken away."""

    of: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.of,)


class Sum(Node, frozen=True):
    """Two or more terms added; `a - b` is `Sum((a, Negative(b)))`."""

    terms: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.terms


class Product(Node, frozen=True):
    """Two or more factors, in the order written."""

    factors: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.factors


class Quotient(Node, frozen=True):
    """One expression over another."""

    numerator: Node
    denominator: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.numerator, self.denominator)


class Power(Node, frozen=True):
    """A base raised to an exponent."""

    base: Node
    exponent: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base, self.exponent)


class Call(Node, frozen=True):
    """A known function of one or more arguments; `log` takes (base, argument), `max` and `min` any number."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.arguments


class Tuple(Node, frozen=True):
    """A list of expressions, such as a gradient; only ever the outermost node."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


class Group(Node, frozen=True):
    """Brackets as typed."""

    of: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.of,)


def number(value: int | Fraction) -> Node:
    """The tree of an exact number, with its minus sign outside."""
    value = Fraction(value)
    return Number(value) if value >= 0 else Negative(Number(-value))


def rebuild(node: Node, children: tuple[Node, ...]) -> Node:
    """The same kind of node around other children.

    Args:
        children: as many as `node.children` has, in the same order.
    """
    match node:
        case Sum():
            return Sum(children)
        case Product():
            return Product(children)
        case Tuple():
            return Tuple(children)
        case Call(function=function):
            return Call(function, children)
        case Quotient():
            return Quotient(*children)
        case Power():
            return Power(*children)
        case Negative():
            return Negative(*children)
        case Group():
            return Group(*children)
    return node


def without_brackets(node: Node) -> Node:
    """The tree with every `Group` replaced by what it holds."""
    if isinstance(node, Group):
        return without_brackets(node.of)
    return rebuild(node, tuple(without_brackets(child) for child in node.children))


def substitute(node: Node, values: dict[str, Node]) -> Node:
    """The tree with variables replaced by expressions, all at once."""
    if isinstance(node, Name):
        return values.get(node.name, node)
    return rebuild(node, tuple(substitute(child, values) for child in node.children))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, outermost first."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(part.children)


def variables(node: Node) -> frozenset[str]:
    """The names of the variables that occur in the tree."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))
