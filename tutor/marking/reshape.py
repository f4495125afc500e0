"""The right answer in the form that an exercise asks for; in the engine's child only."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from tutor.marking.form import missing
from tutor.marking.numbers import squares_in
from tutor.marking.polynomials import expanded, factored, single_fraction
from tutor.marking.prove import SympyProver
from tutor.marking.ratio import TooHardError
from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import Call, Node, Number, Power, Product, Tuple, number, rebuild


def _throughout(node: Node) -> Node:
    """Multiplied out, in exponents too."""
    return expanded(_with_open_exponents(node))


_WAYS: tuple[Callable[[Node], Node], ...] = (tidy, expanded, _throughout, factored, single_fraction)


def in_form(right: Node, forms: Sequence[str]) -> Node:
    """An expression equal to the right one and in every form asked for; the right one itself where none is found.

    Args:
        forms: names as in a lesson.
    """
    if isinstance(right, Tuple):
        return Tuple(tuple(in_form(item, forms) for item in right.items))
    prover = SympyProver()
    for candidate in _candidates(_with_plain_numbers(right)):
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


def _with_plain_numbers(node: Node) -> Node:
    """Every decimal as the fraction that it is, and the squares taken out of the square roots of numbers."""
    if isinstance(node, Number):
        return number_node(Fraction(node.value))
    plain = rebuild(node, tuple(_with_plain_numbers(child) for child in node.children))
    match plain:
        case Call(function="sqrt", arguments=(Number(value=value),)) if (root := squares_in(value)) > 1:
            return Product((number(root), Call("sqrt", (number(value / root**2),))))
    return plain


def _with_open_exponents(node: Node) -> Node:
    parts = rebuild(node, tuple(_with_open_exponents(child) for child in node.children))
    match parts:
        case Power(base=base, exponent=exponent) if as_number(exponent) is None:
            return Power(base, expanded(exponent))
        case Call(function="exp", arguments=(argument,)):
            return Call("exp", (expanded(argument),))
    return parts
