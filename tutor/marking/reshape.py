"""The right answer in the form that an exercise asks for; in the engine's child only."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from tutor.marking.form import missing
from tutor.marking.polynomials import expanded, factored, single_fraction
from tutor.marking.prove import SympyProver
from tutor.marking.ratio import TooHardError
from tutor.maths.tidy import number_node, tidy
from tutor.maths.tree import Node, Number, Tuple, rebuild

_WAYS: tuple[Callable[[Node], Node], ...] = (tidy, expanded, factored, single_fraction)


def in_form(right: Node, forms: Sequence[str]) -> Node:
    """An expression equal to the right one and in every form asked for; the right one itself where none is found.

    Args:
        forms: names as in a lesson.
    """
    if isinstance(right, Tuple):
        return Tuple(tuple(in_form(item, forms) for item in right.items))
    prover = SympyProver()
    for candidate in _candidates(_with_fractions(right)):
        if not missing(candidate, forms, prover):
            return candidate
    return right


def _candidates(right: Node) -> Iterator[Node]:
    yield right
    for way in _WAYS:
        try:
            shaped = way(right)
        except (TooHardError, ZeroDivisionError):
            continue
        yield shaped
        yield tidy(shaped)


def _with_fractions(node: Node) -> Node:
    """Every decimal as the fraction that it is."""
    if isinstance(node, Number):
        return number_node(Fraction(node.value))
    return rebuild(node, tuple(_with_fractions(child) for child in node.children))
