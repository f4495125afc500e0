"""Expressions to many digits, each value with a bound on its error. Runs in the engine's child only.

Real values only, as in `tutor.maths.numeric`: outside the domain there is no value. Numbers whose size would take long to
work with have none either. The functions themselves are in `tutor.marking.functions`.
"""

from fractions import Fraction
from typing import NamedTuple

from mpmath import mp, mpf

from tutor.marking.functions import FUNCTIONS, TOUCHING, Inexact, NoValueError, UnclearError, exponential
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum

_LARGEST_MAGNITUDE = 400
"Binary digits of the exponent that a value may have."
_BITS_PER_DIGIT = 3.33


class Measured(NamedTuple):
    """A value as far as it was worked out."""

    value: mpf
    error: mpf
    "The true value is at most this far off: rounding and cancellation, to first order."
    spread: int
    "Decimal digits from the smallest to the largest number met on the way: fewer digits may hide what is small."
    weight: int
    "Decimal digits of all sizes met, added up: as far down as terms of a series in what is small may cancel."


def measure(node: Node, point: dict[str, Fraction], digits: int) -> Measured:
    """The value at a point, its error, and the range of sizes inside it.

    Args:
        node: any expression but a tuple.
        point: an exact value for each variable.
        digits: decimal digits worked with.

    Raises:
        UnclearError: more digits might find a value, or that there is none: something is zero as far as can be seen.
        NoValueError: outside the domain.
    """
    with mp.workdps(digits):
        at = _At({name: _rounded(value) for name, value in point.items()})
        try:
            value, error = at.of(node)
        except (ValueError, ZeroDivisionError, OverflowError) as fault:
            raise NoValueError from fault
        if not mp.isfinite(value) or not mp.isfinite(error):
            raise UnclearError
        return Measured(
            value, error, int((at.largest - at.smallest) / _BITS_PER_DIGIT), int(at.sizes / _BITS_PER_DIGIT)
        )


def _rounded(value: Fraction) -> Inexact:
    quotient = mpf(value.numerator) / value.denominator
    # Whole numbers and dyadic fractions that fit are exact, and an exact zero must be known for one.
    exact = (
        value.denominator & (value.denominator - 1) == 0
        and max(abs(value.numerator).bit_length(), value.denominator.bit_length()) < mp.prec
    )
    return quotient, mpf(0) if exact else abs(quotient) * mp.eps


def _is_exact(value: mpf) -> bool:
    """Whether a whole number is small enough for arithmetic with it to be exact."""
    return bool(mp.isint(value) and mp.mag(value) < mp.prec)


class _At:
    """An evaluation at one point; remembers the magnitudes met, in binary digits: largest, smallest, and all together."""

    def __init__(self, values: dict[str, Inexact]) -> None:
        self.values = values
        self.unit = mp.eps * 4
        self.largest = self.smallest = self.sizes = 0

    def of(self, node: Node) -> Inexact:
        value, error = self.worked_out(node)
        if abs(value) > error:  # Otherwise its size is that of rounding.
            magnitude = mp.mag(value)
            self.sizes += abs(magnitude)
            if magnitude > self.largest:
                self.largest = magnitude
            elif magnitude < self.smallest:
                self.smallest = magnitude
        return value, error

    def worked_out(self, node: Node) -> Inexact:
        match node:
            case Number(value=value):
                return _rounded(value)
            case Name(name=name):
                return self.values[name]
            case Constant(name=name):
                constant = +mp.pi if name == "pi" else +mp.e
                return constant, constant * self.unit
            case Group(of=inside):
                return self.of(inside)
            case Negative(of=inside):
                value, error = self.of(inside)
                return -value, error
            case Sum(terms=terms):
                return self.sum([self.of(term) for term in terms])
            case Product(factors=factors):
                return self.product([self.of(factor) for factor in factors])
            case Quotient(numerator=top, denominator=bottom):
                return self.quotient(self.of(top), self.of(bottom))
            case Power(base=Constant(name="e"), exponent=exponent):
                return self.function(exponential, [self.of(exponent)])
            case Power(base=base, exponent=exponent):
                return self.power(self.of(base), self.of(exponent))
            case Call(function=name, arguments=arguments):
                return self.call(name, [self.of(argument) for argument in arguments])
        raise TypeError(f"no single value: {type(node).__name__}")

    def sum(self, parts: list[Inexact]) -> Inexact:
        total = error = largest = mpf(0)
        for value, off in parts:
            total += value
            error += off
            largest += abs(value)
        if error or len(parts) > 2 or (total and not _is_exact(largest)):
            error += largest * self.unit
        return total, error

    def product(self, parts: list[Inexact]) -> Inexact:
        value, error = parts[0]
        for other, off in parts[1:]:
            error = abs(value) * off + abs(other) * error + error * off
            value = value * other
            if error or not _is_exact(value):
                error += abs(value) * self.unit
        return value, error

    def quotient(self, above: Inexact, below: Inexact) -> Inexact:
        (top, error), (bottom, off) = above, below
        size = abs(bottom)
        if size <= off:
            raise UnclearError if off else NoValueError
        value = top / bottom
        return value, (error + abs(value) * off) / (size - off) + abs(value) * self.unit

    def power(self, below: Inexact, above: Inexact) -> Inexact:
        (base, off), (exponent, error) = below, above
        whole = mp.nint(exponent)
        if abs(exponent - whole) > error:
            whole = None
        elif error:
            exponent, error = (whole, mpf(0)) if base < 0 else (exponent, error)
        if base < -off and whole is None:
            raise NoValueError
        if abs(base) <= TOUCHING * off or not base:
            return self.power_near_zero(max(base, mpf(0)) if whole is None else base, TOUCHING * off, exponent, error)
        if abs(mp.mag(base)) * abs(exponent) > mpf(2) ** _LARGEST_MAGNITUDE:
            raise NoValueError
        value = base ** (int(whole) if whole is not None and not error and abs(whole) < 100_000 else exponent)
        relative = off / (abs(base) - off)
        growth = relative * abs(exponent) + (abs(mp.log(abs(base))) * error if error else 0)
        # Rounding in base and logarithm is raised with the base: one unit for each step of the exponent.
        growth += self.unit * (1 + abs(mp.mag(exponent)) if exponent else 1) + (
            self.unit * abs(exponent * mp.mag(base)) if whole is None or error else 0
        )
        if growth > 1:
            raise UnclearError
        return value, abs(value) * growth * 2

    def power_near_zero(self, base: mpf, off: mpf, exponent: mpf, error: mpf) -> Inexact:
        """A base that is zero as far as can be seen."""
        if exponent > error:
            return base**exponent if base else mpf(0), 2 * off ** (exponent - error)
        if exponent == 0 and not error:
            return mpf(1), mpf(0)
        raise UnclearError if off else NoValueError

    def call(self, name: str, parts: list[Inexact]) -> Inexact:
        for value, _ in parts:
            if value:
                # What a flat function hides is as small as e to minus twice its argument.
                magnitude = mp.mag(value)
                if name in _FLAT and magnitude > 0:
                    self.smallest = min(self.smallest, -(3 << min(magnitude, 40)))
                else:
                    self.smallest = min(self.smallest, -2 * abs(magnitude))
        return self.function(FUNCTIONS[name], parts)

    def function(self, function: object, parts: list[Inexact]) -> Inexact:
        value, error = function(*parts)  # type: ignore[operator]
        return value, error + abs(value) * self.unit


_FLAT = frozenset({"tanh", "sigmoid", "coth", "sinh", "cosh", "sech", "csch"})
