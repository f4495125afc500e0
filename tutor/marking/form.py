"""Whether an answer stands in the form that the exercise asks for, judged on the tree as it was typed.

Only what is equal to the right answer is judged here. Each form has a function that says what is left to do, or nothing.
What needs polynomials (factors, common factors) is asked of `Shapes`, which the engine's child has.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from tutor.marking.numbers import idle
from tutor.marking.parts import exponent_of, factors, is_whole_power, outer, quoted, unsigned
from tutor.marking.simplified import CommonFactors, joined, left_to_simplify, like_terms
from tutor.maths.numeric import compile_float
from tutor.maths.tree import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tuple,
    variables,
    walk,
    without_brackets,
)
from tutor.words import tr


class Shapes(CommonFactors, Protocol):
    """What needs polynomials; `tutor.marking.polynomials` has it."""

    def can_be_factored(self, node: Node) -> bool:
        """Whether a sum is a product of several things, or has a whole number in common."""


def missing(answer: Node, forms: Sequence[str], shapes: Shapes) -> str:
    """What to do so that an answer is in every form asked for, as a sentence; empty when nothing is missing.

    Args:
        answer: as typed, brackets or not; each part of a tuple is judged.
        forms: names as in a lesson, such as `expanded`.
    """
    items = answer.items if isinstance(answer, Tuple) else (answer,)
    for form in forms:
        for item in items:
            what = FORMS[form](without_brackets(item), shapes)
            if what:
                return tr("Equal, but {not_yet}: {what}.", not_yet=_NOT_YET[form], what=what)
    return ""


# --- expanded


def _expanded(tree: Node, shapes: Shapes) -> str:
    """No brackets left to multiply out, powers of one base joined and like terms collected.

    A sum above a fraction line may stay together. Exponents are looked into; functions and denominators are not.
    """
    if what := idle(tree):
        return what
    match tree:
        case Sum(terms=terms):
            return _first(terms, shapes) or like_terms(tree)
        case Negative(of=Sum()):
            return tr("take away the brackets in {tree}", tree=quoted(tree))
        case Negative(of=inside) | Quotient(numerator=inside) | Call(function="exp", arguments=(inside,)):
            return _expanded(inside, shapes)
        case Product():
            if any(map(_has_sum, factors(tree))):
                return tr("multiply out {tree}", tree=quoted(tree))
            return joined(tree) or _first(tuple(factors(tree)), shapes)
        case Power(base=base, exponent=exponent):
            return _open_power(base, tree) or _expanded(exponent, shapes)
    return ""


def _first(trees: Sequence[Node], shapes: Shapes) -> str:
    return next(filter(None, (_expanded(tree, shapes) for tree in trees)), "")


def _has_sum(factor: Node) -> bool:
    """Whether a factor is a sum, a whole power of one, or a fraction with one above its line."""
    if isinstance(factor, Quotient):
        return any(map(_has_sum, factors(factor.numerator)))
    if isinstance(factor, Power) and is_whole_power(factor):
        return any(map(_has_sum, factors(factor.base)))
    return isinstance(factor, Sum)


def _open_power(base: Node, tree: Power) -> str:
    if not is_whole_power(tree):
        return ""
    if isinstance(base, Power):
        return tr("multiply the exponents in {tree}", tree=quoted(tree)) if base.base != Constant("e") else ""
    return tr("multiply out {tree}", tree=quoted(tree)) if isinstance(base, Sum | Product | Quotient | Negative) else ""


# --- factored


def _factored(tree: Node, shapes: Shapes) -> str:
    """A product, none of whose factors can be taken apart further over the rationals, nor has a whole number in common.

    What cannot be taken apart at all is factored as it stands. A quotient is factored above and below.
    """
    tree = unsigned(tree)
    if isinstance(tree, Quotient):
        return _factored(tree.numerator, shapes) or _factored(tree.denominator, shapes)
    for factor in factors(tree):
        base = unsigned(factor.base) if isinstance(factor, Power) and is_whole_power(factor) else factor
        if isinstance(base, Product | Quotient):
            what = _factored(base, shapes)
            if what:
                return what
        elif isinstance(base, Sum) and any(map(_divides_by_letters, base.terms)):
            return tr("bring {base} over one denominator", base=quoted(base))
        elif isinstance(base, Sum) and shapes.can_be_factored(base):
            if base is tree:
                return tr("write {base} as a product", base=quoted(base))
            return tr("{base} can be taken apart further", base=quoted(base))
    return ""


def _divides_by_letters(term: Node) -> bool:
    return any(isinstance(factor, Quotient) and variables(factor.denominator) for factor in factors(term))


# --- fractions and negative powers


def _single_fraction(tree: Node, shapes: Shapes) -> str:
    """One fraction line at most, and what it divides is the whole; no negative powers stand in for another.

    What is inside functions and exponents is not looked at.
    """
    tree = unsigned(tree)
    for part in (tree.numerator, tree.denominator) if isinstance(tree, Quotient) else (tree,):
        for node in outer(part):
            if isinstance(node, Quotient) or (isinstance(node, Number) and _is_written_as_fraction(node)):
                return tr("bring everything over one denominator, {node} too", node=quoted(node))
            if _is_negative_power(node):
                return tr("write {node} below the fraction line", node=quoted(node))
    return ""


def _is_written_as_fraction(node: Number) -> bool:
    return node.value.denominator != 1 and "." not in node.text


def _no_negative_powers(tree: Node, shapes: Shapes) -> str:
    """No power has a negative number as its exponent; powers of e are left alone."""
    node = next(filter(_is_negative_power, walk(tree)), None)
    return tr("write {node} as a fraction", node=quoted(node)) if node else ""


def _is_negative_power(node: Node) -> bool:
    if not isinstance(node, Power) or node.base == Constant("e") or variables(node.exponent):
        return False
    return (exponent_of(node) or compile_float(node.exponent, ())(())) < 0


def _exact(tree: Node, shapes: Shapes) -> str:
    """No decimals: fractions, roots and constants as they are."""
    node = next((node for node in walk(tree) if isinstance(node, Number) and _is_decimal(node)), None)
    return tr("write {node} as a fraction or a root", node=quoted(node)) if node else ""


def _is_decimal(node: Number) -> bool:
    return "." in node.text or "e" in node.text.lower()


FORMS: dict[str, Callable[[Node, Shapes], str]] = {
    "expanded": _expanded,
    "factored": _factored,
    "simplified": left_to_simplify,
    "single-fraction": _single_fraction,
    "no-negative-powers": _no_negative_powers,
    "exact": _exact,
}
_NOT_YET = {
    "expanded": tr("not yet expanded"),
    "factored": tr("not yet factored"),
    "simplified": tr("not yet simplified"),
    "single-fraction": tr("not yet a single fraction"),
    "no-negative-powers": tr("there is a negative power"),
    "exact": tr("not exact as it stands"),
}
