"""What stands for each thing that is not rational: one generator and its relation, so that equal things become equal polynomials.

Roots, exponentials, logarithms, sizes, and sines with cosines, of values that are ratios already; it knows no expression trees.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, ring

from tutor.marking.ratio import Ratio, Ratios, TooHardError, to_fraction

_ROOT = 12
"Roots and fractional powers of e are kept in twelfths."
_MAX_ANGLE = 8
_MOST_GENERATORS = 48


class Generators(Ratios):
    """Generators shared by the expressions that are to be compared."""

    def __init__(self, names: list[str], most: int) -> None:
        """
        Args:
            names: the variables.
            most: an estimate of how many generators will be asked for; a shortage is TooHardError, not a fault.
        """
        count = min(max(most, len(names)), _MOST_GENERATORS)
        super().__init__(ring([f"g{index}" for index in range(count)], QQ)[0])
        self.places: dict[object, int] = {("name", name): index for index, name in enumerate(names[:count])}
        self.logarithms: dict[int, int | PolyElement] = {}
        "Generator to what it is the logarithm of."
        self.bent: set[int] = set()
        "Generators made of which a polynomial may be zero on a whole stretch, as |x| - x is."
        self.positive: set[PolyElement] = set()
        "Polynomials that are not negative wherever all the expressions have values: something's root or logarithm is taken."

    def generator(self, key: object) -> tuple[int, Ratio]:
        """The generator of a key, made when first asked for."""
        if key not in self.places:
            if len(self.places) >= len(self.ring.gens):
                raise TooHardError
            self.places[key] = len(self.places)
        place = self.places[key]
        return place, self.whole(self.ring.gens[place])

    def root(self, a: Ratio) -> Ratio:
        """The twelfth root: of the number in front by primes, of the rest as a generator."""
        top, bottom = self.lowest(a)
        if not top:
            return self.constant(0)
        number, top = top.primitive()
        result = self.root_of_number(to_fraction(number))
        if top.is_ground and bottom.is_ground:
            if top.LC < 0:
                raise TooHardError
            return result
        place, generator = self.generator(("root", top, bottom))
        self.relations[place] = (_ROOT, top, bottom)
        self.bent.add(place)
        return self.multiply(result, generator)

    def root_of_number(self, value: Fraction) -> Ratio:
        result = self.constant(1)
        for part, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime, times in _primes(part):
                place, generator = self.generator(("root", prime))
                self.relations[place] = (_ROOT, self.ring.ground_new(QQ(prime)), self.one)
                result = self.multiply(result, self.raised(generator, sign * times))
        return result

    def exponential(self, exponent: Ratio) -> Ratio:
        """e to a sum of terms, as a product of generators to whole powers; e to a multiple of ln u is a power of u."""
        result = self.constant(1)
        for multiple, monomial, bottom in self.linear_terms(exponent):
            power = self.power_of_logarithm(multiple, monomial) if bottom.is_ground else None
            if power is None:
                key: object = (monomial, bottom)
                twelfths = multiple * _ROOT
                if twelfths.denominator != 1:
                    key, twelfths = (key, twelfths.denominator), Fraction(twelfths.numerator)
                power = self.raised(self.generator(("exp", key))[1], int(twelfths))
            result = self.multiply(result, power)
        return result

    def power_of_logarithm(self, multiple: Fraction, monomial: tuple[int, ...]) -> Ratio | None:
        """What e is to a multiple of a single logarithm; None for anything else."""
        if sum(monomial) != 1 or (place := monomial.index(1)) not in self.logarithms:
            return None
        twelfths = multiple * _ROOT
        if twelfths.denominator != 1:
            return None
        base = self.logarithms[place]
        if isinstance(base, int):
            return self.raised(self.root_of_number(Fraction(base)), int(twelfths))
        if multiple.denominator == 1:
            return self.raised(self.size_of(self.whole(base)), int(multiple))
        return self.raised(self.root(self.whole(base)), int(twelfths)) if base in self.positive else None

    def linear_terms(self, a: Ratio) -> list[tuple[Fraction, tuple[int, ...], PolyElement]]:
        """A value as a sum of rational multiples of monomials over one denominator."""
        top, bottom = self.lowest(a)
        return [(to_fraction(c), monomial, bottom) for monomial, c in sorted(top.items())]

    def logarithm_of(self, a: Ratio) -> Ratio:
        top, bottom = self.lowest(a)
        if not top:
            raise TooHardError
        total = self.constant(0)
        for poly, sign in ((top, 1), (bottom, -1)):
            content, rest = poly.primitive()
            number = to_fraction(content)
            for part, way in ((number.numerator, sign), (number.denominator, -sign)):
                for prime, times in _primes(part):
                    total = self.add(total, self.multiply(self.constant(way * times), self.single_logarithm(prime)))
            if not rest.is_ground:
                for factor, times in self.factors(rest if rest.LC > 0 else -rest):
                    total = self.add(total, self.multiply(self.constant(sign * times), self.single_logarithm(factor)))
        return total

    def factors(self, poly: PolyElement) -> Iterator[tuple[PolyElement, int]]:
        """A polynomial as generators to powers and the rest."""
        _, letters, _ = self.split(poly)
        for place, power in letters.items():
            gen = self.ring.gens[place]
            yield gen, power
            poly = poly.exquo(gen**power)
        if not poly.is_ground:
            yield poly, 1

    def single_logarithm(self, base: int | PolyElement) -> Ratio:
        place, generator = self.generator(("ln", base))
        self.logarithms[place] = base
        return generator

    def size_of(self, a: Ratio) -> Ratio:
        """|u|: its square is u squared, and where u is known not to be negative it is u."""
        value = self.rational(a)
        if value is not None:
            return self.constant(abs(value))
        top, bottom = self.lowest(a)
        content, rest = top.primitive()
        size = self.constant(abs(to_fraction(content)))
        if bottom.is_ground and (rest in self.positive or -rest in self.positive):
            return self.multiply(size, self.whole(rest if rest in self.positive else -rest))
        rest = rest if rest.LC > 0 else -rest
        place, generator = self.generator(("abs", rest, bottom))
        self.relations[place] = (2, self.times(rest, rest), self.times(bottom, bottom))
        self.bent.add(place)
        return self.multiply(size, generator)

    def half(self, a: Ratio, b: Ratio) -> Ratio:
        return self.multiply(self.constant(Fraction(1, 2)), self.add(a, b))

    def sign(self, u: Ratio) -> Ratio:
        """|u| / u: leaves out where u is zero, so it says nothing of what is zero on a whole stretch."""
        value = self.rational(u)
        if value is not None:
            return self.constant((value > 0) - (value < 0))
        if any(monomial[place] for monomial in u.top for place in self.bent):
            raise TooHardError
        return self.multiply(self.size_of(u), self.inverse(u))

    def waves(self, angle: Ratio) -> tuple[Ratio, Ratio]:
        """Sine and cosine of a sum of terms, by the addition formulas, in those of its single terms."""
        sine, cosine = self.constant(0), self.constant(1)
        for multiple, monomial, bottom in self.linear_terms(angle):
            s, c = self.waves_of(multiple, (monomial, bottom))
            crossed = self.multiply(sine, c), self.multiply(cosine, s)
            straight = self.multiply(cosine, c), self.multiply(sine, s)
            sine = self.add(*crossed)
            cosine = self.add(straight[0], self.negative(straight[1]))
        return sine, cosine

    def waves_of(self, multiple: Fraction, key: object) -> tuple[Ratio, Ratio]:
        times = abs(multiple.numerator)
        if times > _MAX_ANGLE:
            key, times = (key, times), 1
        _, s = self.generator(("sin", key, multiple.denominator))
        place, c = self.generator(("cos", key, multiple.denominator))
        self.relations[place] = (2, self.one - s.top**2, self.one)
        sine, cosine = self.ring.zero, self.one
        for _ in range(times):
            sine, cosine = (
                self.reduced(self.times(sine, c.top) + self.times(cosine, s.top)),
                self.reduced(self.times(cosine, c.top) - self.times(sine, s.top)),
            )
        return self.whole(-sine if multiple < 0 else sine), self.whole(cosine)

    def bent_generator(self, key: object) -> Ratio:
        """A generator for a function of which nothing is known, so that it may be constant on a stretch."""
        place, generator = self.generator(key)
        self.bent.add(place)
        return generator


def _primes(value: int) -> list[tuple[int, int]]:
    """Small primes and their powers; what is left when they are divided out stands as one more, whatever it is."""
    found = []
    left = abs(value)
    for prime in _SMALL_PRIMES:
        times = 0
        while left > 1 and left % prime == 0:
            left //= prime
            times += 1
        if times:
            found.append((prime, times))
    if left > 1:
        root = isqrt(left)
        found.append((root, 2) if root * root == left else (left, 1))
    return found


_SMALL_PRIMES = [n for n in range(2, 1000) if all(n % d for d in range(2, isqrt(n) + 1))]
