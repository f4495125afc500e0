"""A normal form in which equal school expressions become the same polynomial; runs in the engine's child only.

Every expression becomes a quotient of two polynomials with rational coefficients in generators: the variables, and one for each
thing that is not rational (e to a term, ln of a base, sine and cosine of a term, roots, absolute values). Known relations
(cos^2 = 1 - sin^2, a root's own power, |u|^2 = u^2) reduce powers. When the difference of two expressions reduces to zero they
are equal wherever both are defined. When it does not, that says nothing, except between rational functions.

Polynomials are SymPy's sparse ones (sympy.polys.rings), which never search for anything and so cannot run away: sizes are
bounded before each product.
"""

from fractions import Fraction
from typing import Any

from sympy import factorint
from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, ring

from tutor.maths.tidy import as_number
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
    number,
    walk,
)

_ROOT = 12
"Roots and fractional powers of e are kept in twelfths."
_MAX_TERMS = 1500
_MAX_POWER = 64
_MAX_ANGLE = 8


class TooHardError(ArithmeticError):
    """The expression does not fit the normal form, or would grow too large in it."""


class Ratio:
    """A quotient of polynomials, never cancelled: comparing multiplies crosswise."""

    __slots__ = ("bottom", "top")

    def __init__(self, top: PolyElement, bottom: PolyElement) -> None:
        self.top, self.bottom = top, bottom


class NormalForm:
    """Generators and relations shared by the expressions that are to be compared."""

    def __init__(self, trees: tuple[Node, ...]) -> None:
        names = sorted({node.name for tree in trees for node in walk(tree) if isinstance(node, Name)})
        others = sum(isinstance(node, Call | Power | Constant) for tree in trees for node in walk(tree))
        # Each call or power makes at most a few generators; a shortage is TooHardError, not a fault.
        count = min(len(names) + 3 * others + 2, 48)
        self.ring, *_ = ring([f"g{index}" for index in range(count)], QQ)
        self.one = self.ring.one
        self.places = {("name", name): index for index, name in enumerate(names)}
        self.relations: dict[int, tuple[int, PolyElement, PolyElement]] = {}
        "Generator to (power, top, bottom): that power of it equals top / bottom."

    # --- arithmetic

    def whole(self, poly: PolyElement) -> Ratio:
        return Ratio(poly, self.one)

    def constant(self, value: Fraction) -> Ratio:
        return self.whole(self.ring.ground_new(QQ(value.numerator, value.denominator)))

    def times(self, a: PolyElement, b: PolyElement) -> PolyElement:
        if len(a) * len(b) > 40 * _MAX_TERMS:
            raise TooHardError
        product = a * b
        if len(product) > _MAX_TERMS:
            raise TooHardError
        return product

    def add(self, a: Ratio, b: Ratio) -> Ratio:
        if a.bottom == b.bottom:
            return Ratio(a.top + b.top, a.bottom)
        return Ratio(self.times(a.top, b.bottom) + self.times(b.top, a.bottom), self.times(a.bottom, b.bottom))

    def multiply(self, a: Ratio, b: Ratio) -> Ratio:
        if a.top == b.bottom:
            return Ratio(b.top, a.bottom)
        if a.bottom == b.top:
            return Ratio(a.top, b.bottom)
        return Ratio(self.times(a.top, b.top), self.times(a.bottom, b.bottom))

    def inverse(self, a: Ratio) -> Ratio:
        if not self.reduced(a.top):
            raise TooHardError
        return Ratio(a.bottom, a.top)

    def raised(self, a: Ratio, exponent: int) -> Ratio:
        if abs(exponent) > _MAX_POWER and (len(a.top) > 1 or len(a.bottom) > 1 or abs(exponent) > 4096):
            raise TooHardError
        if exponent < 0:
            return self.raised(self.inverse(a), -exponent)
        if len(a.top) == 1 and len(a.bottom) == 1:
            return Ratio(a.top**exponent, a.bottom**exponent)
        result, square = self.whole(self.one), a
        while exponent:
            if exponent & 1:
                result = self.multiply(result, square)
            exponent >>= 1
            if exponent:
                square = self.multiply(square, square)
        return result

    def reduced(self, poly: PolyElement) -> PolyElement:
        """A numerator with the relations applied until none applies; a relation's denominator multiplies the whole."""
        for _ in range(64):
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
        total = self.ring.zero
        tops, bottoms = self.powers(top, highest), self.powers(bottom, highest)
        groups: dict[int, PolyElement] = {}
        for monomial, coefficient in poly.items():
            times, left = divmod(monomial[place], power)
            rest = (*monomial[:place], left, *monomial[place + 1 :])
            groups.setdefault(times, self.ring.zero)[rest] = coefficient
        for times, part in groups.items():
            total += self.times(part, self.times(tops[times], bottoms[highest - times]))
        return total

    def powers(self, poly: PolyElement, highest: int) -> list[PolyElement]:
        found = [self.one]
        for _ in range(highest):
            found.append(self.times(found[-1], poly))
        return found

    # --- generators

    def generator(self, key: object) -> tuple[int, Ratio]:
        """The generator of a key, made when first asked for."""
        if key not in self.places:
            if len(self.places) >= len(self.ring.gens):
                raise TooHardError
            self.places[key] = len(self.places)
        place = self.places[key]
        return place, self.whole(self.ring.gens[place])

    def key(self, a: Ratio) -> tuple[Any, Any]:
        """What tells a value from others: the quotient in lowest terms, with the denominator's leading coefficient one."""
        top, bottom = self.reduced(a.top) if len(a.bottom) == 1 else a.top, a.bottom
        if len(top) > 40 or len(bottom) > 40:
            raise TooHardError
        top, bottom = top.cancel(bottom)
        lead = bottom.LC
        return top.quo_ground(lead), bottom.quo_ground(lead)

    # --- expressions

    def of(self, node: Node) -> Ratio:
        """The normal form of an expression.

        Raises:
            TooHardError: it has none here.
        """
        match node:
            case Number(value=value):
                return self.constant(value)
            case Name(name=name):
                return self.generator(("name", name))[1]
            case Constant(name="e"):
                return self.exponential(self.whole(self.one))
            case Constant(name=name):
                return self.generator(("constant", name))[1]
            case Group(of=inside):
                return self.of(inside)
            case Negative(of=inside):
                a = self.of(inside)
                return Ratio(-a.top, a.bottom)
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
            case Power(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Call(function=function, arguments=arguments):
                return self.call(function, arguments)
        raise TooHardError

    def power(self, base: Node, exponent: Node) -> Ratio:
        size = as_number(exponent)
        if size is None:
            size = self.rational(self.of(exponent))
        if base == Constant("e"):
            return self.exponential(self.of(exponent))
        if size is not None and size.denominator == 1:
            return self.raised(self.of(base), int(size))
        if size is not None and _ROOT % size.denominator == 0:
            return self.raised(self.root(self.of(base)), int(size * _ROOT))
        return self.exponential(self.multiply(self.of(exponent), self.logarithm(base)))

    def rational(self, a: Ratio) -> Fraction | None:
        if a.top.is_ground and a.bottom.is_ground:
            value = QQ.convert(a.top.LC) / QQ.convert(a.bottom.LC) if a.top else QQ(0)
            return Fraction(int(value.numerator), int(value.denominator))
        return None

    def root(self, a: Ratio) -> Ratio:
        """The twelfth root: of the number in front by primes, of the rest as a generator."""
        top, bottom = self.key(a)
        number_, top = top.primitive() if top else (QQ(0), top)
        if not top:
            return self.whole(self.ring.zero)
        result = self.root_of_number(Fraction(int(number_.numerator), int(number_.denominator)))
        if top.is_ground and bottom.is_ground:
            if top.LC < 0:
                raise TooHardError
            return result
        place, generator = self.generator(("root", top, bottom))
        self.relations[place] = (_ROOT, top, bottom)
        return self.multiply(result, generator)

    def root_of_number(self, value: Fraction) -> Ratio:
        result = self.whole(self.one)
        for part, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime, times in _primes(part).items():
                place, generator = self.generator(("root", prime))
                self.relations[place] = (_ROOT, self.ring.ground_new(QQ(prime)), self.one)
                result = self.multiply(result, self.raised(generator, sign * times))
        return result

    def exponential(self, exponent: Ratio) -> Ratio:
        """e to a sum of terms, as a product of generators to whole powers."""
        result = self.whole(self.one)
        for multiple, key in self.linear_terms(exponent):
            twelfths = multiple * _ROOT
            if twelfths.denominator != 1:
                key, twelfths = (key, twelfths.denominator), Fraction(twelfths.numerator)
            _, generator = self.generator(("exp", key))
            if abs(twelfths) > 4096:
                raise TooHardError
            result = self.multiply(result, self.raised(generator, int(twelfths)))
        return result

    def linear_terms(self, a: Ratio) -> list[tuple[Fraction, object]]:
        """A value as a sum of rational multiples of keys: its monomials over the common denominator."""
        top, bottom = self.key(a)
        return [
            (Fraction(int(c.numerator), int(c.denominator)), (monomial, bottom)) for monomial, c in sorted(top.items())
        ]

    def logarithm(self, node: Node) -> Ratio:
        """ln of the size of an expression: products and powers taken apart, numbers into primes.

        ln u is taken as ln |u|, which is the same wherever ln u has a value.
        """
        match node:
            case Group(of=inside) | Negative(of=inside):
                return self.logarithm(inside)
            case Product(factors=factors):
                total = self.whole(self.ring.zero)
                for factor in factors:
                    total = self.add(total, self.logarithm(factor))
                return total
            case Quotient(numerator=top, denominator=bottom):
                return self.add(self.logarithm(top), self.multiply(self.constant(Fraction(-1)), self.logarithm(bottom)))
            case Power(base=base, exponent=exponent):
                return self.multiply(self.of(exponent), self.logarithm(base))
            case Call(function="exp", arguments=(inside,)):
                return self.of(inside)
            case Call(function="sqrt", arguments=(inside,)):
                return self.multiply(self.constant(Fraction(1, 2)), self.logarithm(inside))
            case Call(function="abs", arguments=(inside,)):
                return self.logarithm(inside)
            case Constant(name="e"):
                return self.whole(self.one)
        return self.logarithm_of(self.of(node))

    def logarithm_of(self, a: Ratio) -> Ratio:
        top, bottom = self.key(a)
        if not top:
            raise TooHardError
        total = self.whole(self.ring.zero)
        for poly, sign in ((top, 1), (bottom, -1)):
            content, rest = poly.primitive()
            for part, way in ((int(content.numerator), sign), (int(content.denominator), -sign)):
                for prime, times in _primes(part).items():
                    generator = self.generator(("ln", prime))[1]
                    total = self.add(total, self.multiply(self.constant(Fraction(way * times)), generator))
            if not rest.is_ground:
                rest = rest if rest.LC > 0 else -rest
                generator = self.generator(("ln", rest))[1]
                total = self.add(total, self.multiply(self.constant(Fraction(sign)), generator))
        return total

    # --- functions

    def call(self, function: str, arguments: tuple[Node, ...]) -> Ratio:
        first = arguments[-1]
        match function:
            case "exp":
                return self.exponential(self.of(first))
            case "ln":
                return self.logarithm(first)
            case "log":
                return self.multiply(self.logarithm(first), self.inverse(self.logarithm(arguments[0])))
            case "log2" | "log10":
                base = number(2 if function == "log2" else 10)
                return self.multiply(self.logarithm(first), self.inverse(self.logarithm(base)))
            case "sqrt":
                return self.raised(self.root(self.of(first)), _ROOT // 2)
            case "abs":
                return self.size(first)
            case "max" | "min" if len(arguments) == 2:
                return self.extreme(arguments, -1 if function == "min" else 1)
            case "sin" | "cos":
                return self.waves(self.of(first))[function == "cos"]
        if function in _BY_WAVES:
            top, bottom = _BY_WAVES[function]
            sine, cosine = self.waves(self.of(first))
            parts = {"sin": sine, "cos": cosine, "1": self.whole(self.one)}
            return self.multiply(parts[top], self.inverse(parts[bottom]))
        if function in _REWRITTEN:
            return self.of(_REWRITTEN[function](first))
        _, generator = self.generator((function, *(self.key(self.of(argument)) for argument in arguments)))
        return generator

    def size(self, node: Node) -> Ratio:
        """|u|, product by product; its square is u squared."""
        match node:
            case Group(of=inside) | Negative(of=inside):
                return self.size(inside)
            case Product(factors=factors):
                total = self.whole(self.one)
                for factor in factors:
                    total = self.multiply(total, self.size(factor))
                return total
            case Quotient(numerator=over, denominator=under):
                return self.multiply(self.size(over), self.inverse(self.size(under)))
        a = self.of(node)
        value = self.rational(a)
        if value is not None:
            return self.constant(abs(value))
        top, bottom = self.key(a)
        content, rest = top.primitive()
        rest = rest if rest.LC > 0 else -rest
        place, generator = self.generator(("abs", rest, bottom))
        self.relations[place] = (2, rest**2, bottom**2)
        return self.multiply(self.constant(abs(Fraction(int(content.numerator), int(content.denominator)))), generator)

    def extreme(self, arguments: tuple[Node, ...], sign: int) -> Ratio:
        left, right = arguments
        gap = self.multiply(self.constant(Fraction(sign)), self.size(Sum((left, Negative(right)))))
        both = self.add(self.add(self.of(left), self.of(right)), gap)
        return self.multiply(self.constant(Fraction(1, 2)), both)

    def waves(self, angle: Ratio) -> tuple[Ratio, Ratio]:
        """Sine and cosine of a sum of terms, by the addition formulas, in those of its single terms."""
        sine, cosine = self.whole(self.ring.zero), self.whole(self.one)
        for multiple, key in self.linear_terms(angle):
            s, c = self.waves_of(multiple, key)
            crossed = self.multiply(sine, c), self.multiply(cosine, s)
            straight = self.multiply(cosine, c), self.multiply(sine, s)
            sine = self.add(*crossed)
            cosine = self.add(straight[0], Ratio(-straight[1].top, straight[1].bottom))
        return sine, cosine

    def waves_of(self, multiple: Fraction, key: object) -> tuple[Ratio, Ratio]:
        times = abs(multiple.numerator)
        if times > _MAX_ANGLE:
            key, times = (key, times), 1
        _, s = self.generator(("sin", key, multiple.denominator))
        place, c = self.generator(("cos", key, multiple.denominator))
        self.relations[place] = (2, self.one - s.top**2, self.one)
        sine, cosine = self.whole(self.ring.zero), self.whole(self.one)
        for _ in range(times):
            sine, cosine = (
                self.whole(self.reduced(sine.top * c.top + cosine.top * s.top)),
                self.whole(self.reduced(cosine.top * c.top - sine.top * s.top)),
            )
        return (Ratio(-sine.top, sine.bottom) if multiple < 0 else sine), cosine


def _primes(value: int) -> dict[int, int]:
    if abs(value).bit_length() > 200:
        raise TooHardError
    return {int(p): int(n) for p, n in factorint(abs(value), limit=10_000).items() if p != 1} if value else {}


_BY_WAVES = {"tan": ("sin", "cos"), "cot": ("cos", "sin"), "sec": ("1", "cos"), "csc": ("1", "sin")}

_E = Constant("e")
_ONE, _TWO = number(1), number(2)


def _exp(node: Node) -> Node:
    return Power(_E, node)


def _sinh(u: Node) -> Node:
    return Quotient(Sum((_exp(u), Negative(_exp(Negative(u))))), _TWO)


def _cosh(u: Node) -> Node:
    return Quotient(Sum((_exp(u), _exp(Negative(u)))), _TWO)


def _sign(u: Node) -> Node:
    return Quotient(Call("abs", (u,)), u)


_REWRITTEN = {
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda u: Quotient(_sinh(u), _cosh(u)),
    "sech": lambda u: Quotient(_ONE, _cosh(u)),
    "csch": lambda u: Quotient(_ONE, _sinh(u)),
    "coth": lambda u: Quotient(_cosh(u), _sinh(u)),
    "sigmoid": lambda u: Quotient(_ONE, Sum((_ONE, _exp(Negative(u))))),
    "asinh": lambda u: Call("ln", (Sum((u, Call("sqrt", (Sum((Power(u, _TWO), _ONE)),)))),)),
    "atanh": lambda u: Quotient(Call("ln", (Quotient(Sum((_ONE, u)), Sum((_ONE, Negative(u)))),)), _TWO),
    "sign": _sign,
    "step": lambda u: Quotient(Sum((_ONE, _sign(u))), _TWO),
    "relu": lambda u: Quotient(Sum((u, Call("abs", (u,)))), _TWO),
}
"Functions in terms of others; each the same wherever it has a value (sign and step leave out zero)."
