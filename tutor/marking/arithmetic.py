"""Arithmetic without letters, a layer at a time from the inside, as one works it out on paper; all of it exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Quotient, rebuild, walk

_MOST_LINES: Final = 8
_MOST_PLACES: Final = 6
"Decimal places that a person would still write."


def worked_lines(formula: Node) -> list[Node]:
    """The formula after each layer of it is worked out, the number last; nothing where it is not all plain arithmetic.

    >>> from tutor.maths.parse import parse_free
    >>> from tutor.maths.show import show_line
    >>> [show_line(line) for line in worked_lines(parse_free("(2*3^2 - 2*1^2)/(3 - 1)"))]
    ['(2·9 − 2·1)/2', '(18 − 2)/2', '16/2', '8']
    """
    if any(isinstance(node, Name | Constant | Call) for node in walk(formula)) or as_number(tidy(formula)) is None:
        return []
    lines: list[Node] = []
    here = formula
    while not _is_plain(here) and len(lines) < _MOST_LINES:
        here = _inner_worked_out(here, formula)
        lines.append(here)
    return lines if lines and _is_plain(lines[-1]) else []


def plain_number(value: Fraction, like: Node) -> Node:
    """A number as one would give it beside others: a decimal where those are and where it ends, else a fraction.

    >>> from tutor.maths.parse import parse_free
    >>> from tutor.maths.show import show_line
    >>> [show_line(plain_number(Fraction(39, 5), parse_free(text))) for text in ("0.1*2", "1/2")]
    ['7.8', '39/5']
    """
    is_decimal = any(isinstance(node, Number) and node.value.denominator != 1 for node in walk(like))
    ends = (value * 10**_MOST_PLACES).denominator == 1
    if not is_decimal or not ends or value.denominator == 1:
        return number_node(value)
    written = Number(abs(value), f"{float(abs(value)):.{_MOST_PLACES}f}".rstrip("0"))
    return Negative(written) if value < 0 else written


def _is_plain(node: Node) -> bool:
    """Whether nothing is left to do: a number, its opposite, or a fraction in lowest terms."""
    value = as_number(node)
    if value is None:
        return False
    inside = node.of if isinstance(node, Negative) else node
    return isinstance(inside, Number) or (isinstance(inside, Quotient) and node == number_node(value))


def _inner_worked_out(node: Node, like: Node) -> Node:
    """Every part that has nothing but plain numbers in it, worked out."""
    if _is_plain(node):
        return node
    parts = node.children
    if all(map(_is_plain, parts)) and (value := as_number(tidy(node))) is not None:
        return plain_number(value, like)
    made = rebuild(node, tuple(_inner_worked_out(part, like) for part in parts))
    return made.of if isinstance(made, Group) and _is_plain(made.of) else made
