"""Whether anything is left to do in an expression that takes no choice: what `simplified` asks for.

Like terms are collected, numbers worked out, powers of one base joined, ones and zeros that do nothing left out, squares taken
out of roots, and every fraction is in lowest terms, with none inside another. Anything that is a matter of taste may stay:
brackets, the order of terms, where a minus sign stands, a root in a denominator. No identity is asked for, so
sin² x + cos² x may stay too.
"""

from fractions import Fraction
from math import gcd
from typing import Protocol

from tutor.marking.numbers import left_to_work_out
from tutor.marking.parts import exponent_of, factors, is_whole_power, outer, quoted, terms, unsigned
from tutor.maths.tidy import ZERO, as_number, tidy
from tutor.maths.tree import Call, Constant, Name, Negative, Node, Number, Power, Product, Quotient, Sum, walk
from tutor.words import tr


class CommonFactors(Protocol):
    """What needs polynomials."""

    def has_common_factor(self, top: Node, bottom: Node) -> bool:
        """Whether both have a factor that is no number."""


def left_to_simplify(tree: Node, shapes: CommonFactors) -> str:
    """What to do next, as the words after a colon; empty when nothing is."""
    for node in walk(tree):
        what = left_to_work_out(node) or _step(node, shapes)
        if what:
            return what
    return ""


def _step(node: Node, shapes: CommonFactors) -> str:
    match node:
        case Sum():
            return like_terms(node)
        case Product():
            return joined(node) or _loose_fraction(node)
        case Power():
            return _power(node)
        case Quotient():
            return _quotient(node, shapes)
        case Negative(of=Negative()):
            return tr("two minus signs make a plus in {node}", node=quoted(node))
    return ""


# --- sums


def like_terms(node: Sum) -> str:
    """What to collect: the first terms that are alike but for the number in front."""
    alike: dict[object, list[Node]] = {}
    for term in terms(node):
        neat = tidy(term)
        if neat != ZERO:
            alike.setdefault(_unordered(_without_number(neat)), []).append(term)
    group = next((group for group in alike.values() if len(group) > 1), None)
    return tr("collect the like terms {group}", group=quoted(Sum(tuple(group)))) if group else ""


def _unordered(term: Node) -> object:
    """A tidy term such that the order of its factors does not matter."""
    if isinstance(term, Quotient):
        return _unordered(term.numerator), _unordered(term.denominator)
    return frozenset(term.factors) if isinstance(term, Product) else term


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


# --- products and powers


def joined(node: Product) -> str:
    """What to multiply: several numbers, or powers of one base."""
    found = list(factors(node))
    bases = [base_of(factor) for factor in found if as_number(factor) is None]
    has_numbers = len(found) - len(bases) > 1
    twice = next((base for place, base in enumerate(bases) if base in bases[:place]), None)
    if has_numbers:
        return tr("{node} can be multiplied", node=quoted(node))
    return (
        tr("join the powers of {twice} in {node}", twice=quoted(twice), node=quoted(node)) if twice is not None else ""
    )


def base_of(factor: Node) -> Node:
    """What is raised to a power; e for the exponential function; anything else itself."""
    if isinstance(factor, Call) and factor.function == "exp":
        return Constant("e")
    return tidy(factor.base if isinstance(factor, Power) else factor)


def _loose_fraction(node: Product) -> str:
    is_loose = any(isinstance(factor, Quotient) and as_number(factor) is None for factor in factors(node))
    return tr("write {node} as one fraction", node=quoted(node)) if is_loose else ""


def _power(node: Power) -> str:
    base = unsigned(node.base)
    if not is_whole_power(node):
        return ""
    if isinstance(base, Power) and base.base != Constant("e"):
        return tr("multiply the exponents in {node}", node=quoted(node))
    if isinstance(base, Product) and any(as_number(factor) is not None for factor in base.factors):
        return tr("raise the number to its power in {node}", node=quoted(node))
    return ""


# --- fractions


def _quotient(node: Quotient, shapes: CommonFactors) -> str:
    top, bottom = node.numerator, node.denominator
    if as_number(node) is not None and not (_is_plain(top) and _is_plain(bottom)):
        return tr("work out {node}", node=quoted(node))
    if any(isinstance(inner, Quotient) for part in (top, bottom) for inner in outer(part)):
        return tr("there is a fraction inside the fraction {node}", node=quoted(node))
    over, under = _content(top), _content(bottom)
    if abs(under) == 1 and as_number(bottom) is not None:
        return tr("leave out the denominator 1 in {node}", node=quoted(node))
    has_number = over.denominator == under.denominator == 1 and gcd(over.numerator, under.numerator) > 1
    if has_number or _letters(top) & _letters(bottom) or shapes.has_common_factor(top, bottom):
        return tr("bring {node} to lowest terms", node=quoted(node))
    below = next((f for f in factors(bottom) if isinstance(f, Power) and (exponent_of(f) or 0) < 0), None)
    if below is not None:
        return tr("bring {below} above the fraction line", below=quoted(below))
    if isinstance(bottom, Negative):
        return tr("bring the minus sign out of the denominator in {node}", node=quoted(node))
    return ""


def _letters(part: Node) -> set[Node]:
    return {base_of(factor) for factor in factors(part) if as_number(factor) is None}


def _content(node: Node) -> Fraction:
    """The number that all terms have in common; 1 where they have none."""
    value = as_number(node)
    if value is not None:
        return value
    match node:
        case Negative(of=inside):
            return _content(inside)
        case Product(factors=parts):
            total = Fraction(1)
            for factor in parts:
                total *= _content(factor)
            return total
        case Sum(terms=parts):
            contents = [_content(term) for term in parts]
            if all(content.denominator == 1 for content in contents):
                return Fraction(gcd(*(content.numerator for content in contents)))
    return Fraction(1)


def _is_plain(node: Node) -> bool:
    return isinstance(unsigned(node), Number | Name)
