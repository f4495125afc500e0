"""How large an expression may be, so that nothing that walks it or works it out can take long.

Sizes are estimated from above on the tree alone; no number is ever raised to a power here.
"""

from itertools import islice
from math import log10
from typing import NamedTuple

from tutor.errors import Unreadable
from tutor.maths.grammar import (
    MAX_DIGITS,
    MAX_EXPONENT,
    MAX_MAGNITUDE,
    MAX_NODES,
    MAX_NODES_AGAIN,
    MAX_TREE_DEPTH,
    MIN_MAGNITUDE,
)
from tutor.maths.tree import (
    Call,
    Constant,
    Group,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    walk,
)
from tutor.words import tr

_STEEP = {"exp": 1, "sinh": 1, "cosh": 1, "csch": -1, "sech": -1}
"Functions that grow as e to their argument, or shrink so."
_LN_TEN_INVERSE = 0.4343
_FAR = 6.0
"Beyond ten to this an exponent is refused whatever its size."


class _Size(NamedTuple):
    magnitude: float | None
    "Base-ten logarithm of a constant's absolute value, of zero 0; None where a variable is inside."
    digits: float
    "How many digits exact arithmetic on all numbers inside may come to."


def check_size(tree: Node) -> None:
    """Refuse a tree that is too large to walk, or that holds a number too big ever to be worked out.

    Raises:
        Unreadable: with column 0, since the whole is at fault.
    """
    count = depth = 0
    level = [tree]
    while level:
        count += len(level)
        depth += 1
        if depth > MAX_TREE_DEPTH or count > MAX_NODES:
            raise too_large()
        level = [child for node in level for child in node.children]
    if _size(tree).digits > MAX_DIGITS:
        raise Unreadable(
            tr(
                "Worked out exactly, a number in this has more than {max_digits} digits. Is there a shorter way "
                "to write it?",
                max_digits=MAX_DIGITS,
            ),
            0,
        )


def check_before_differentiating(tree: Node) -> None:
    """Refuse a tree whose derivative would take seconds: each order makes a nasty expression some thirty times as large.

    Raises:
        Unreadable: with column 0.
    """
    if sum(1 for _ in islice(walk(tree), MAX_NODES_AGAIN + 1)) > MAX_NODES_AGAIN:
        raise too_large()


def too_large() -> Unreadable:
    return Unreadable(tr("This is too large to be worked with. Is there a shorter way to write it?"), 0)


def _size(node: Node) -> _Size:
    inside = [_size(child) for child in node.children]
    if isinstance(node, Power) and (inside[1].magnitude or 0) > log10(MAX_EXPONENT):
        raise Unreadable(tr("An exponent in this is too big: at most {max_exponent}.", max_exponent=MAX_EXPONENT), 0)
    size = _Size(_magnitude(node, [each.magnitude for each in inside]), _digits(node, inside))
    if (size.magnitude or 0) > MAX_MAGNITUDE:
        raise Unreadable(
            tr("A number in this is too big: at most {max_magnitude} places.", max_magnitude=MAX_MAGNITUDE), 0
        )
    if (size.magnitude or 0) < MIN_MAGNITUDE:
        raise Unreadable(
            tr("A number in this is too near to 0: at most {places} decimal places.", places=-MIN_MAGNITUDE), 0
        )
    return size


def _magnitude(node: Node, inside: list[float | None]) -> float | None:
    match node:
        case Number(value=value):
            return log10(value.numerator) - log10(value.denominator) if value else 0.0
        case Constant():
            return 0.5
    known = [size for size in inside if size is not None]
    if len(known) < len(inside):
        return None
    match node:
        case Call(function=function, arguments=(argument,)) if function in _STEEP:
            size = _LN_TEN_INVERSE * 10 ** min(known[0], _FAR) * _STEEP[function]
            return -size if function == "exp" and _is_negative(argument) else size
        case Group() | Negative() | Call():
            return known[-1]
        case Sum():
            return max(known)
        case Product():
            return sum(known)
        case Quotient():
            return known[0] - known[1]
        case Power(exponent=exponent):
            size = known[0] * 10 ** min(known[1], _FAR)
            return -size if _is_negative(exponent) else size
    return None


def _is_negative(node: Node) -> bool:
    """Whether a number is written with one minus sign, or an odd number of them; of a sum nothing is known."""
    match node:
        case Group(of=inside):
            return _is_negative(inside)
        case Negative(of=inside):
            return not _is_negative(inside) and not any(isinstance(part, Sum) for part in walk(inside))
        case Product() | Quotient():
            return sum(map(_is_negative, node.children)) % 2 == 1
    return False


def _digits(node: Node, inside: list[_Size]) -> float:
    if isinstance(node, Number):
        return max(log10(max(node.value.numerator, 1)), log10(node.value.denominator))
    if isinstance(node, Power) and inside[1].magnitude is not None:
        return inside[0].digits * max(1.0, 10 ** min(inside[1].magnitude, _FAR)) + inside[1].digits
    return sum(size.digits for size in inside)
