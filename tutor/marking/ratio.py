"""Quotients of polynomials with relations between the generators, and a bound on all the work that is done with them.

A denominator stays a product of factors, so that sums over like denominators stay small; nothing searches for factors.
Polynomials are SymPy's sparse ones (sympy.polys.rings) with rational coefficients.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, PolyRing

from tutor.maths.tree import Group, Negative, Node, Number, Product, Quotient, Sum

_WORK = 150_000
"Products of terms that one comparison may cost, about a microsecond each."
_MAX_TERMS = 1500
_MAX_BITS = 40_000
"Of a coefficient."
_MAX_POWER = 4096
_CANCEL_TERMS = 80
"Terms above times terms below up to which a common factor is looked for."
_CANCEL_DEGREE = 14


class TooHardError(ArithmeticError):
    """The expression does not fit the normal form, or would grow too large in it."""


class Ratio(NamedTuple):
    """A polynomial over a product of powers of polynomials, none of them a number."""

    top: PolyElement
    bottom: Mapping[PolyElement, int]


class Ratios:
    """Arithmetic of ratios over one ring."""

    def __init__(self, ring: PolyRing) -> None:
        self.ring = ring
        self.one = ring.one
        self.relations: dict[int, tuple[int, PolyElement, PolyElement]] = {}
        "Generator to (power, top, bottom): that power of it equals top / bottom."
        self.work = 0.0

    # --- polynomials

    def of(self, node: Node) -> Ratio:
        """The quotient that an expression is: the four operations here, everything else by `atom`.

        Raises:
            TooHardError: it has none, or would grow too large.
        """
        match node:
            case Number(value=value):
                return self.constant(value)
            case Group(of=inside):
                return self.of(inside)
            case Negative(of=inside):
                return self.negative(self.of(inside))
            case Sum(terms=terms):
                total = self.of(terms[0])
                for term in terms[1:]:
                    total = self.add(total, self.of(term))
                return total
            case Product(factors=factors):
                total = self.of(factors[0])
                for factor in factors[1:]:
                    total = self.multiply(total, self.of(factor))
                return total
            case Quotient(numerator=top, denominator=bottom):
                return self.multiply(self.of(top), self.inverse(self.of(bottom)))
        return self.atom(node)

    def atom(self, node: Node) -> Ratio:
        """What is neither a number nor put together by the four operations; each kind of form has its own."""
        raise TooHardError

    def charge(self, work: float) -> None:
        self.work += work
        if self.work > _WORK:
            raise TooHardError

    def times(self, a: PolyElement, b: PolyElement) -> PolyElement:
        if a == self.one:
            return b
        if b == self.one:
            return a
        bits = _bits(a) + _bits(b)
        if bits > _MAX_BITS:
            raise TooHardError
        self.charge(5 + len(a) * len(b) * (1 + len(self.ring.gens) / 16 + bits / 256))
        product = a * b
        if len(product) > _MAX_TERMS:
            raise TooHardError
        return product

    def to_power(self, a: PolyElement, exponent: int) -> PolyElement:
        """A power, not negative."""
        if exponent > _MAX_POWER:
            raise TooHardError
        if len(a) == 1:
            if _bits(a) * exponent > _MAX_BITS:
                raise TooHardError
            return a**exponent
        result, square = self.one, a
        while exponent:
            if exponent & 1:
                result = self.times(result, square)
            exponent >>= 1
            if exponent:
                square = self.times(square, square)
        return result

    def reduced(self, poly: PolyElement) -> PolyElement:
        """A numerator with the relations applied until none applies; a relation's denominator multiplies the whole."""
        for _ in range(64):
            self.charge(len(poly) * (1 + len(self.relations)) / 8)
            place = next(
                (p for p, (power, _, _) in self.relations.items() if any(monomial[p] >= power for monomial in poly)),
                None,
            )
            if place is None:
                return poly
            poly = self.reduced_once(poly, place)
        raise TooHardError

    def reduced_once(self, poly: PolyElement, place: int) -> PolyElement:
        power, top, bottom = self.relations[place]
        highest = max(monomial[place] // power for monomial in poly)
        groups: dict[int, PolyElement] = {}
        for monomial, coefficient in poly.items():
            times, left = divmod(monomial[place], power)
            rest = (*monomial[:place], left, *monomial[place + 1 :])
            groups.setdefault(times, self.ring.zero)[rest] = coefficient
        total = self.ring.zero
        for times, part in groups.items():
            factor = self.times(self.to_power(top, times), self.to_power(bottom, highest - times))
            total += self.times(part, factor)
        return total

    # --- ratios

    def whole(self, poly: PolyElement) -> Ratio:
        return Ratio(poly, {})

    def constant(self, value: Fraction | int) -> Ratio:
        value = Fraction(value)
        return Ratio(self.ring.ground_new(QQ(value.numerator, value.denominator)), {})

    def negative(self, a: Ratio) -> Ratio:
        return Ratio(-a.top, a.bottom)

    def add(self, a: Ratio, b: Ratio) -> Ratio:
        if a.bottom == b.bottom:
            return Ratio(a.top + b.top, a.bottom)
        common = {**a.bottom, **{f: max(n, a.bottom.get(f, 0)) for f, n in b.bottom.items()}}
        top = self.lifted(a, common) + self.lifted(b, common)
        if len(top) > _MAX_TERMS:
            raise TooHardError
        return Ratio(top, common)

    def lifted(self, a: Ratio, common: Mapping[PolyElement, int]) -> PolyElement:
        """The numerator over a common denominator."""
        top = a.top
        for factor, power in common.items():
            missing = power - a.bottom.get(factor, 0)
            if missing:
                top = self.times(top, self.to_power(factor, missing))
        return top

    def multiply(self, a: Ratio, b: Ratio) -> Ratio:
        bottom = dict(a.bottom)
        for factor, power in b.bottom.items():
            bottom[factor] = bottom.get(factor, 0) + power
        tops = []
        for top in (a.top, b.top):
            if bottom and top in bottom and not top.is_ground:
                bottom[top] -= 1
                if not bottom[top]:
                    del bottom[top]
            else:
                tops.append(top)
        top = self.times(*tops) if len(tops) == 2 else (tops or [self.one])[0]
        return self.without_common_letters(top, bottom)

    def without_common_letters(self, top: PolyElement, bottom: dict[PolyElement, int]) -> Ratio:
        """Generators taken out that stand as factors of both."""
        for factor in [factor for factor in bottom if len(factor) == 1]:
            place = next(index for index, power in enumerate(factor.LM) if power)
            shared = min(bottom[factor], min((monomial[place] for monomial in top), default=0))
            if shared:
                self.charge(len(top) / 4)
                top = self.ring.from_dict({(*m[:place], m[place] - shared, *m[place + 1 :]): c for m, c in top.items()})
                bottom[factor] -= shared
                if not bottom[factor]:
                    del bottom[factor]
        return Ratio(top, bottom)

    def inverse(self, a: Ratio) -> Ratio:
        if not self.reduced(a.top):
            raise TooHardError
        content, letters, rest = self.split(a.top)
        bottom = {self.ring.gens[place]: power for place, power in letters.items()}
        if not rest.is_ground:
            bottom[rest] = 1
        return self.without_common_letters(self.expanded(a.bottom).quo_ground(content), bottom)

    def split(self, poly: PolyElement) -> tuple[object, dict[int, int], PolyElement]:
        """A polynomial as a number, powers of generators, and a rest whose leading coefficient is one."""
        content = poly.LC
        lowest = [min(powers) for powers in zip(*poly, strict=True)]
        letters = {place: power for place, power in enumerate(lowest) if power}
        rest = self.ring.from_dict(
            {tuple(p - low for p, low in zip(m, lowest, strict=True)): c / content for m, c in poly.items()}
        )
        self.charge(len(poly))
        return content, letters, rest

    def expanded(self, bottom: Mapping[PolyElement, int]) -> PolyElement:
        product = self.one
        for factor, power in bottom.items():
            product = self.times(product, self.to_power(factor, power))
        return product

    def raised(self, a: Ratio, exponent: int) -> Ratio:
        if exponent < 0:
            return self.raised(self.inverse(a), -exponent)
        if not exponent:
            return self.constant(1)
        return Ratio(self.to_power(a.top, exponent), {factor: n * exponent for factor, n in a.bottom.items()})

    def rational(self, a: Ratio) -> Fraction | None:
        """The number that a ratio is, if it is one as it stands."""
        if not a.top:
            return Fraction(0)
        if a.top.is_ground and not a.bottom:
            return to_fraction(a.top.LC)
        return None

    def lowest(self, a: Ratio) -> tuple[PolyElement, PolyElement]:
        """Numerator and denominator, common factors gone where they are quickly found, the latter's leading coefficient one."""
        top, bottom = self.reduced(a.top) if not a.bottom else a.top, self.expanded(a.bottom)
        if len(top) > 40 or len(bottom) > 40:
            raise TooHardError
        if not bottom.is_ground and _is_small(top, bottom):
            self.charge(2000)
            top, bottom = top.cancel(bottom)
        lead = bottom.LC
        return top.quo_ground(lead), bottom.quo_ground(lead)


def to_fraction(value: object) -> Fraction:
    """A coefficient as Python's own fraction."""
    exact = QQ.convert(value)
    return Fraction(int(exact.numerator), int(exact.denominator))


def _bits(poly: PolyElement) -> int:
    """The size of the largest coefficient, in binary digits."""
    return max((int(c.numerator).bit_length() + int(c.denominator).bit_length() for c in poly.values()), default=0)


def _is_small(top: PolyElement, bottom: PolyElement) -> bool:
    """Whether finding a common factor is quick."""
    degrees = [max(each, default=0) for poly in (top, bottom) for each in zip(*poly, strict=True)]
    return (
        len(top) * len(bottom) <= _CANCEL_TERMS and sum(degrees) <= _CANCEL_DEGREE and _bits(top) + _bits(bottom) < 400
    )
