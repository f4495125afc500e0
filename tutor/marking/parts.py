"""An expression taken apart the way a person points at it: its terms, its factors, and a part in a few characters.

Expects trees without `Group`; changes nothing and judges nothing.
"""

from collections.abc import Iterator
from fractions import Fraction

from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Call, Negative, Node, Number, Power, Product, Sum

_MOST_QUOTED = 32
"Characters of a part in a message."


def quoted(part: Node) -> str:
    """A part as a message shows it, cut where it is long."""
    line = show_line(part)
    return line if len(line) <= _MOST_QUOTED else line[: _MOST_QUOTED - 1].rstrip() + "…"


def unsigned(tree: Node) -> Node:
    """Without minus signs in front."""
    while isinstance(tree, Negative):
        tree = tree.of
    return tree


def terms(tree: Node) -> Iterator[Node]:
    """The terms of nested sums, each with its own sign."""
    match tree:
        case Sum(terms=inside):
            for term in inside:
                yield from terms(term)
        case Negative(of=Sum() as inside):
            for term in terms(inside):
                yield term.of if isinstance(term, Negative) else Negative(term)
        case _:
            yield tree


def factors(tree: Node) -> Iterator[Node]:
    """The factors of nested products, signs left out."""
    tree = unsigned(tree)
    if isinstance(tree, Product):
        for factor in tree.factors:
            yield from factors(factor)
    else:
        yield tree


def outer(tree: Node) -> Iterator[Node]:
    """The nodes that are not inside a function or an exponent, outermost first."""
    yield tree
    for child in (tree.base,) if isinstance(tree, Power) else () if isinstance(tree, Call) else tree.children:
        yield from outer(child)


def exponent_of(power: Power) -> Fraction | None:
    """An exponent that is a number, worked out: of `x^(1-2)` it is -1."""
    return as_number(tidy(power.exponent))


def is_whole_power(node: Node) -> bool:
    """Whether something is multiplied by itself: an exponent of 2, 3, 4 and so on."""
    size = exponent_of(node) if isinstance(node, Power) else None
    return size is not None and size.denominator == 1 and size > 1


def decimals(node: Node) -> int:
    """Digits after the point as typed; none in `3.1e5`."""
    is_plain = isinstance(node, Number) and "e" not in node.text.lower()
    return len(node.text.partition(".")[2]) if is_plain and isinstance(node, Number) else 0
