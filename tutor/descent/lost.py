"""Where a formula of a problem has no value: which part of it, at which example, with which weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float
from tutor.maths.show import show_line
from tutor.maths.tree import Node, variables
from tutor.maths.valueless import valueless


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """The smallest part of a formula without a finite value."""

    part: str
    is_too_large: bool
    "Whether its value is only larger than any float; otherwise it is outside its domain, or divides by zero."
    example: int | None
    "Counted from 1; nothing where there is but one."
    where: dict[str, float]
    "The weights and abbreviations that it looks at."


def lost(problem: Problem, tree: Node, weights: Sequence[float]) -> Lost | None:
    """The first example at which a formula has no finite value; nothing where it has one at all of them.

    Args:
        tree: in the weights, the columns and the abbreviations.
        weights: finite, shape (n,).
    """
    given = (*problem.weights, *problem.columns)
    let = [compile_float(problem.tree(formula), given) for formula in problem.let.values()]
    names = (*given, *problem.let)
    value, told = compile_float(tree, names), {*problem.weights, *problem.let}
    for example, row in enumerate(problem.rows, 1):
        point = (*weights, *row)
        known = (*point, *(each(point) for each in let))
        if math.isfinite(value(known)) or (found := valueless(tree, names, known)) is None:
            continue
        seen = variables(found.part)
        return Lost(
            part=show_line(found.part, ascii=True),
            is_too_large=found.is_too_large,
            example=example if len(problem.rows) > 1 else None,
            where={name: value for name, value in zip(names, known, strict=True) if name in seen & told},
        )
    return None
