"""A problem from a loss typed as a formula in its weights, with no data behind it."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from tutor.descent.problem import Problem
from tutor.errors import Unreadable, UsageError
from tutor.maths.grammar import canonical
from tutor.maths.parse import parse_free
from tutor.maths.tree import Node, Tuple, variables
from tutor.words import tr

MOST_WEIGHTS = 12


def formula_problem(loss: str, start: Mapping[str, float]) -> Problem:
    """The problem of making a formula small.

    Args:
        loss: such as `(w - 3)^2`; every letter in it is a weight.
        start: a value for each of them.

    Raises:
        Unreadable: the formula cannot be read.
        UsageError: a weight without a start, a start without a weight, or too many of them.
    """
    begin = {canonical(name): value for name, value in start.items()}
    require_starts(begin, variables(one_formula(parse_free(loss, tuple(start)))), loss)
    if len(begin) > MOST_WEIGHTS:
        raise UsageError(
            tr(
                "There are {n} weights; at most {most_weights} can be trained here.",
                n=len(begin),
                most_weights=MOST_WEIGHTS,
            )
        )
    return Problem(
        name="formula",
        title=tr("Make {loss} small", loss=loss),
        weights=tuple(begin),
        start=tuple(begin.values()),
        formula=loss,
    )


def one_formula(tree: Node) -> Node:
    """A tree as it is; a list of formulas is refused, for only one number can be made small."""
    if isinstance(tree, Tuple):
        raise Unreadable(tr("One formula is wanted here, not a list of them."), 0)
    return tree


def require_starts(begin: Mapping[str, float], found: AbstractSet[str], loss: str) -> None:
    """Refuse a weight without a start, and a start without a weight."""
    without = sorted(found - begin.keys())
    if without:
        raise UsageError(tr("No start is given for {without}.", without=", ".join(without)))
    unused = sorted(begin.keys() - found)
    if unused:
        raise UsageError(tr("There is no {unused} in {loss}.", unused=", ".join(unused), loss=loss))
