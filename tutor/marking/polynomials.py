"""Expressions as quotients of polynomials in what stands in them, to multiply out, factor and cancel; in the engine's child only.

Functions, roots and powers that are not whole stand as they are, each as if it were a letter of its own.
"""

from collections.abc import Iterator

from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, ring

from tutor.marking.ratio import Ratio, Ratios, TooHardError, to_fraction
from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import Group, Negative, Node, Number, Power, Product, Quotient, Sum, number

_FACTOR_TERMS = 24
_FACTOR_DEGREE = 16
_FACTOR_LETTERS = 4
"Beyond these nothing is factored: finding factors has no bound of its own."


class Polynomials(Ratios):
    """The letters of some expressions, and arithmetic in them."""

    def __init__(self, *trees: Node) -> None:
        self.letters: dict[Node, int] = {}
        for tree in trees:
            for letter in _letters(tree):
                self.letters.setdefault(letter, len(self.letters))
        super().__init__(ring([f"g{index}" for index in range(max(1, len(self.letters)))], QQ)[0])
        self.nodes = list(self.letters)

    # --- from trees

    def atom(self, node: Node) -> Ratio:
        """A whole power of a quotient, or a letter; what else there is stands as a letter of its own."""
        if isinstance(node, Power) and _is_whole(node.exponent):
            return self.raised(self.of(node.base), int(as_number(node.exponent) or 0))
        return self.whole(self.ring.gens[self.letters[tidy(node)]])

    def lowest_terms(self, node: Node) -> tuple[PolyElement, PolyElement]:
        """Numerator and denominator without a common factor.

        Raises:
            TooHardError: they are too large for one to be looked for.
        """
        ratio = self.of(node)
        top, bottom = ratio.top, self.expanded(ratio.bottom)
        if not bottom.is_ground:
            if not top or not (_is_quick(top) and _is_quick(bottom)):
                raise TooHardError
            top, bottom = top.cancel(bottom)
        return top, bottom

    def factors(self, poly: PolyElement) -> tuple[object, list[tuple[PolyElement, int]]]:
        """The number in front, and the factors over the rationals with their powers.

        Raises:
            TooHardError: finding them might take long.
        """
        if not _is_quick(poly):
            raise TooHardError
        content, found = poly.factor_list()
        return content, found

    # --- back to trees

    def tree(self, poly: PolyElement) -> Node:
        """A polynomial as a sum, highest powers first."""
        terms = sorted(poly.items(), key=lambda item: (-sum(item[0]), tuple(-power for power in item[0])))
        parts = [self.term(monomial, coefficient) for monomial, coefficient in terms]
        return number(0) if not parts else parts[0] if len(parts) == 1 else Sum(tuple(parts))

    def term(self, monomial: tuple[int, ...], coefficient: object) -> Node:
        value = to_fraction(coefficient)
        factors: list[Node] = [
            self.nodes[place] if power == 1 else Power(self.nodes[place], number(power))
            for place, power in enumerate(monomial)
            if power
        ]
        return tidy(Product((number_node(value), *factors))) if factors else number_node(value)

    def factored_tree(self, poly: PolyElement) -> Node:
        """A polynomial as a product of what it can be taken apart into."""
        content, found = self.factors(poly)
        value = to_fraction(content)
        parts: list[Node] = []
        for factor, power in found:
            tree = self.tree(factor)
            parts.append(tree if power == 1 else Power(tree, number(power)))
        parts.sort(key=lambda part: isinstance(part.base if isinstance(part, Power) else part, Sum))
        if abs(value) != 1 or not parts:
            parts.insert(0, number_node(abs(value)))
        product = parts[0] if len(parts) == 1 else Product(tuple(parts))
        return Negative(product) if value < 0 else product


def _letters(tree: Node) -> Iterator[Node]:
    match tree:
        case Number():
            return
        case Sum() | Product() | Quotient() | Negative() | Group():
            for child in tree.children:
                yield from _letters(child)
        case Power(base=base, exponent=exponent) if _is_whole(exponent):
            yield from _letters(base)
        case _:
            yield tidy(tree)


def _is_whole(exponent: Node) -> bool:
    value = as_number(exponent)
    return value is not None and value.denominator == 1


def _is_quick(poly: PolyElement) -> bool:
    if not poly:
        return True
    degrees = [max(each) for each in zip(*poly, strict=True)]
    return (
        len(poly) <= _FACTOR_TERMS
        and sum(degrees) <= _FACTOR_DEGREE
        and sum(map(bool, degrees)) <= _FACTOR_LETTERS
        and all(len(str(coefficient)) < 40 for coefficient in poly.values())
    )


def expanded(node: Node) -> Node:
    """The expression multiplied out, over its denominator where that is no single term.

    Raises:
        TooHardError: it would grow too large.
    """
    letters = Polynomials(node)
    ratio = letters.of(node)
    bottom = letters.expanded(ratio.bottom)
    if len(bottom) == 1:
        return _over_single(letters, ratio.top, bottom)
    return Quotient(letters.tree(ratio.top), letters.tree(bottom))


def _over_single(letters: Polynomials, top: PolyElement, bottom: PolyElement) -> Node:
    under = letters.tree(bottom)
    terms = [letters.term(monomial, coefficient) for monomial, coefficient in sorted(top.items(), reverse=True)]
    parts = [tidy(Quotient(term, under)) for term in terms] or [number(0)]
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def factored(node: Node) -> Node:
    """The expression as a product, or a quotient of products in lowest terms.

    Raises:
        TooHardError: finding the factors might take long.
    """
    letters = Polynomials(node)
    top, bottom = letters.lowest_terms(node)
    top, bottom = _cleared(top, bottom)
    if bottom == 1:
        return letters.factored_tree(top)
    return Quotient(letters.factored_tree(top), letters.factored_tree(bottom))


def single_fraction(node: Node) -> Node:
    """The expression as one fraction in lowest terms, multiplied out above and below.

    Raises:
        TooHardError: it would grow too large.
    """
    letters = Polynomials(node)
    top, bottom = letters.lowest_terms(node)
    top, bottom = _cleared(top, bottom)
    return letters.tree(top) if bottom == 1 else Quotient(letters.tree(top), letters.tree(bottom))


def _cleared(top: PolyElement, bottom: PolyElement) -> tuple[PolyElement, PolyElement]:
    """Both with whole coefficients that have no common factor."""
    (over, top), (under, bottom) = top.primitive(), bottom.primitive()
    ratio = to_fraction(over) / to_fraction(under) if top else to_fraction(over)
    return top.mul_ground(ratio.numerator), bottom.mul_ground(ratio.denominator)


def can_be_factored(node: Node) -> bool:
    """Whether a sum is a product of two or more things that are no numbers, or has a whole number in common."""
    letters = Polynomials(node)
    try:
        ratio = letters.of(node)
        content, found = letters.factors(ratio.top)
    except (TooHardError, ZeroDivisionError):
        return False
    return sum(power for _, power in found) > 1 or abs(to_fraction(content).numerator) > 1


def has_common_factor(top: Node, bottom: Node) -> bool:
    """Whether two sums or products have a factor in common that is no number."""
    letters = Polynomials(top, bottom)
    try:
        above, below = letters.of(top), letters.of(bottom)
        if above.bottom or below.bottom or not above.top or not (_is_quick(above.top) and _is_quick(below.top)):
            return False
        return not above.top.gcd(below.top).is_ground
    except (TooHardError, ZeroDivisionError):
        return False
