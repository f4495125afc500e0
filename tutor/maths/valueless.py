"""Which part of an expression has no value at a point: what is to be told where a formula leaves its domain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from tutor.maths.numeric import compile_float
from tutor.maths.tree import Group, Node


class Valueless(NamedTuple):
    """The smallest part without a value."""

    part: Node
    is_too_large: bool
    "Whether it has one that is larger than any float, and is not outside its domain."


def valueless(tree: Node, names: Sequence[str], point: Sequence[float]) -> Valueless | None:
    """The first part whose own parts all have finite values while it has none; nothing where the whole has a finite one.

    Args:
        names: at least the variables of the expression.
        point: a finite value for each, shape (n,).

    >>> from tutor.maths.parse import parse_free
    >>> from tutor.maths.show import show_line
    >>> found = valueless(parse_free("3 + x ln(x - 2)"), ("x",), (1.0,))
    >>> show_line(found.part), found.is_too_large
    ('ln(x − 2)', False)
    """
    value = compile_float(tree, names)(point)
    if math.isfinite(value):
        return None
    for child in tree.children:
        if (found := valueless(child, names, point)) is not None:
            return found
    return Valueless(tree.of if isinstance(tree, Group) else tree, math.isinf(value))
