"""Whether an answer stands in the form that the exercise asks for, judged on the tree as it was typed.

Only what is equal to the right answer is judged here. Each form has a function that says what is still missing, or nothing.
What needs polynomials (factors, common factors) is asked of `Shapes`, which the engine's child has.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import gcd
from typing import Protocol

from tutor.marking.numbers import is_unworked
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import (
    Call,
    Constant,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tuple,
    walk,
    without_brackets,
)


class Shapes(Protocol):
    """What needs polynomials; `tutor.marking.polynomials` has it."""

    def can_be_factored(self, node: Node) -> bool:
        """Whether a sum is a product of several things, or has a whole number in common."""

    def has_common_factor(self, top: Node, bottom: Node) -> bool:
        """Whether both have a factor that is no number."""


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
                return f"Equal, but {_NOT_YET[form]}: {what}."
    return ""


# --- each form


def _expanded(tree: Node, shapes: Shapes) -> str:
    """No brackets left to multiply out: no sum is a factor, is raised to a whole power, or stands behind a minus sign.

    A sum above a fraction line may stay together. What is inside functions, exponents and denominators is not looked at.
    """
    for term in _terms(tree):
        if isinstance(term, Negative) and isinstance(term.of, Sum):
            return "take away the brackets after the minus sign"
        for factor in _factors(term):
            if isinstance(factor, Power) and _is_whole(factor.exponent) and _has_sum(factor.base):
                return "multiply out the power of the bracket"
            if isinstance(factor, Sum) and (isinstance(_bare(term), Product) or term is not factor):
                return "multiply out the brackets"
    return ""


def _terms(tree: Node) -> Iterator[Node]:
    """The terms of nested sums, and of a numerator that is a sum."""
    if isinstance(tree, Sum):
        for term in tree.terms:
            yield from _terms(term)
    elif isinstance(tree, Negative) and isinstance(tree.of, Quotient):
        yield from _terms(tree.of)
    elif isinstance(tree, Quotient):
        yield from _terms(tree.numerator)
    else:
        yield tree


def _factored(tree: Node, shapes: Shapes) -> str:
    """A product, none of whose factors can be taken apart further over the rationals, nor has a whole number in common.

    What cannot be taken apart at all is factored as it stands. A quotient is factored above and below.
    """
    tree = _bare(tree)
    if isinstance(tree, Quotient):
        return _factored(tree.numerator, shapes) or _factored(tree.denominator, shapes)
    for factor in _factors(tree):
        base = _bare(factor.base) if isinstance(factor, Power) and _is_whole(factor.exponent) else factor
        if isinstance(base, Product | Quotient):
            what = _factored(base, shapes)
            if what:
                return what
        elif isinstance(base, Sum) and shapes.can_be_factored(base):
            if base is tree:
                return "write it as a product"
            return "one of the brackets can be taken apart further"
    return ""


def _single_fraction(tree: Node, shapes: Shapes) -> str:
    """One fraction line at most, and what it divides is the whole; no negative powers stand in for another.

    What is inside functions and exponents is not looked at.
    """
    tree = _bare(tree)
    inside = (tree.numerator, tree.denominator) if isinstance(tree, Quotient) else (tree,)
    for part in inside:
        for node in _outer(part):
            if isinstance(node, Quotient):
                return "bring everything over one denominator"
            if _is_negative_power(node):
                return "write the negative power below the fraction line"
            if isinstance(node, Number) and node.value.denominator != 1 and "." not in node.text:
                return "bring everything over one denominator"
    return ""


def _no_negative_powers(tree: Node, shapes: Shapes) -> str:
    """No power has a negative number as its exponent; powers of e are left alone."""
    if any(_is_negative_power(node) for node in walk(tree)):
        return "write what has a negative power below a fraction line"
    return ""


def _is_negative_power(node: Node) -> bool:
    if not isinstance(node, Power) or node.base == Constant("e"):
        return False
    exponent = as_number(node.exponent)
    return exponent is not None and exponent < 0


def _exact(tree: Node, shapes: Shapes) -> str:
    """No decimals: fractions, roots and constants as they are."""
    if any(isinstance(node, Number) and ("." in node.text or "e" in node.text.lower()) for node in walk(tree)):
        return "write fractions or roots in place of decimals"
    return ""


def _simplified(tree: Node, shapes: Shapes) -> str:
    """Nothing left to do that takes no choice: like terms collected, numbers worked out, powers of one base joined, no ones
    and zeros that do nothing, and every fraction in lowest terms, with none inside another. Brackets may stay or not."""
    for node in walk(tree):
        what = (
            is_unworked(node)
            or (_like_terms(node) if isinstance(node, Sum) else "")
            or (_joined(node) if isinstance(node, Product) else "")
            or (_powers(node) if isinstance(node, Power) else "")
            or (_lowest_terms(node, shapes) if isinstance(node, Quotient) else "")
        )
        if what:
            return what
        if isinstance(node, Negative) and isinstance(_bare(node.of, signs=False), Negative):
            return "two minus signs make a plus"
    return ""


def _like_terms(node: Sum) -> str:
    seen: set[object] = set()
    for term in _flat_terms(node):
        rest = _unordered(_without_number(tidy(term)))
        if rest in seen:
            return "collect like terms"
        seen.add(rest)
    return ""


def _unordered(term: Node) -> object:
    """A tidy term such that the order of its factors does not matter."""
    if isinstance(term, Quotient):
        return _unordered(term.numerator), _unordered(term.denominator)
    return frozenset(term.factors) if isinstance(term, Product) else term


def _flat_terms(node: Node) -> Iterator[Node]:
    if isinstance(node, Sum):
        for term in node.terms:
            yield from _flat_terms(term)
    elif isinstance(node, Negative) and isinstance(node.of, Sum):
        yield from _flat_terms(node.of)
    else:
        yield node


def _without_number(term: Node) -> Node:
    """A tidy term without the number in front of it; of a plain number, one."""
    match term:
        case Negative(of=inside):
            return _without_number(inside)
        case Number():
            return Number(Fraction(1))
        case Product(factors=(Number(), *rest)):
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
        case Quotient(numerator=top, denominator=bottom):
            return tidy(Quotient(_without_number(top), _without_number(bottom)))
    return term


def _joined(node: Product) -> str:
    factors = list(_factors(node))
    if sum(as_number(factor) is not None for factor in factors) > 1:
        return "multiply the numbers together"
    bases = [_base(factor) for factor in factors if as_number(factor) is None]
    if len(set(bases)) < len(bases):
        return "join the powers of the same base"
    if any(isinstance(factor, Quotient) and as_number(factor) is None for factor in factors):
        return "write the product as one fraction"
    return ""


def _base(factor: Node) -> Node:
    if isinstance(factor, Call) and factor.function == "exp":
        return Constant("e")
    return tidy(factor.base if isinstance(factor, Power) else factor)


def _powers(node: Power) -> str:
    base = _bare(node.base)
    if _is_whole(node.exponent):
        if isinstance(base, Power) and base.base != Constant("e"):
            return "multiply the exponents"
        if isinstance(base, Product) and any(as_number(factor) is not None for factor in base.factors):
            return "raise the number in the bracket to its power"
    return ""


def _lowest_terms(node: Quotient, shapes: Shapes) -> str:
    if as_number(node) is not None and not (_is_plain(node.numerator) and _is_plain(node.denominator)):
        return "work out the numbers"
    for part in (node.numerator, node.denominator):
        if any(isinstance(inner, Quotient) for inner in _outer(part)):
            return "there is a fraction inside a fraction"
    top, bottom = _content(node.numerator), _content(node.denominator)
    if abs(bottom) == 1 and as_number(node.denominator) is not None:
        return "leave out the denominator of one"
    if top.denominator == bottom.denominator == 1 and gcd(top.numerator, bottom.numerator) > 1:
        return "bring the fraction to lowest terms"
    above = {_base(factor) for factor in _factors(node.numerator) if as_number(factor) is None}
    below = {_base(factor) for factor in _factors(node.denominator) if as_number(factor) is None}
    if above & below or shapes.has_common_factor(node.numerator, node.denominator):
        return "bring the fraction to lowest terms"
    if isinstance(_bare(node.denominator, signs=False), Negative):
        return "bring the minus sign out of the denominator"
    return ""


def _content(node: Node) -> Fraction:
    """The number that all terms have in common; 1 where they have none."""
    value = as_number(node)
    if value is not None:
        return value
    match node:
        case Negative(of=inside):
            return _content(inside)
        case Product(factors=factors):
            total = Fraction(1)
            for factor in factors:
                total *= _content(factor)
            return total
        case Sum(terms=terms):
            parts = [_content(term) for term in terms]
            if all(part.denominator == 1 for part in parts):
                return Fraction(gcd(*(part.numerator for part in parts)))
    return Fraction(1)


# --- small questions


def _bare(tree: Node, *, signs: bool = True) -> Node:
    """Without brackets around it, nor a minus sign in front where signs do not matter."""
    while isinstance(tree, Group) or (signs and isinstance(tree, Negative)):
        tree = tree.of
    return tree


def _factors(tree: Node) -> Iterator[Node]:
    """The factors of nested products, signs left out."""
    tree = _bare(tree)
    if isinstance(tree, Product):
        for factor in tree.factors:
            yield from _factors(factor)
    else:
        yield tree


def _outer(tree: Node) -> Iterator[Node]:
    """The nodes that are not inside a function or an exponent."""
    yield tree
    for child in (tree.base,) if isinstance(tree, Power) else () if isinstance(tree, Call) else tree.children:
        yield from _outer(child)


def _has_sum(tree: Node) -> bool:
    return any(isinstance(factor, Sum) for factor in _factors(tree))


def _is_whole(exponent: Node) -> bool:
    value = as_number(exponent)
    return value is not None and value.denominator == 1 and value > 1


def _is_plain(node: Node) -> bool:
    return isinstance(_bare(node), Number | Name)


FORMS: dict[str, Callable[[Node, Shapes], str]] = {
    "expanded": _expanded,
    "factored": _factored,
    "simplified": _simplified,
    "single-fraction": _single_fraction,
    "no-negative-powers": _no_negative_powers,
    "exact": _exact,
}
_NOT_YET = {
    "expanded": "not yet expanded",
    "factored": "not yet factored",
    "simplified": "not yet simplified",
    "single-fraction": "not yet a single fraction",
    "no-negative-powers": "there is a negative power",
    "exact": "not exact as it stands",
}
