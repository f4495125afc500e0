"""Expressions to many digits, for the comparisons that floats cannot decide. Runs in the engine's child only.

Real values only, as in `tutor.maths.numeric`: outside the domain there is no value. Numbers whose size would take long to
work with have none either.
"""

from collections.abc import Callable
from fractions import Fraction

from mpmath import mp, mpf

from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum

_LARGEST_MAGNITUDE = 400
"Binary digits before the point of what an exponential or a wave may act on."


class NoValueError(ArithmeticError):
    """The expression has no real value at the point, or one too large to work with."""


def evaluate(node: Node, point: dict[str, Fraction], digits: int) -> mpf:
    """The value at a point.

    Args:
        node: any expression but a tuple.
        point: an exact value for each variable.
        digits: decimal digits worked with; the result may have lost some to cancellation.

    Raises:
        NoValueError: outside the domain.
    """
    with mp.workdps(digits):
        values = {name: _fraction(value) for name, value in point.items()}
        try:
            result = _value(node, values)
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            raise NoValueError from error
        if not mp.isfinite(result):
            raise NoValueError
        return result


def evaluate_with_error(node: Node, point: dict[str, Fraction], digits: int) -> tuple[mpf, mpf]:
    """The value and a bound on what rounding and cancellation have done to it, both to `digits` digits.

    The bound is carried through each operation to first order, functions by moving their argument that far; it is an estimate
    for deciding whether a difference is real, good to about a factor of ten.

    Raises:
        NoValueError: outside the domain, or where the error reaches across a pole.
    """
    with mp.workdps(digits):
        values = {name: _fraction(value) for name, value in point.items()}
        try:
            result, error = _with_error(node, values, mpf(10) ** (2 - digits))
        except (ValueError, ZeroDivisionError, OverflowError) as fault:
            raise NoValueError from fault
        if not mp.isfinite(result) or not mp.isfinite(error):
            raise NoValueError
        return result, error


def _with_error(node: Node, values: dict[str, mpf], unit: mpf) -> tuple[mpf, mpf]:
    if isinstance(node, Number | Name | Constant):
        value = _value(node, values)
        return value, abs(value) * unit
    parts = [_with_error(child, values, unit) for child in node.children]
    if isinstance(node, Negative | Group):
        value, error = parts[0]
        return (-value if isinstance(node, Negative) else value), error
    if isinstance(node, Sum):
        return mp.fsum(v for v, _ in parts), mp.fsum(e + abs(v) * unit for v, e in parts)
    centre = [value for value, _ in parts]
    apply = _operation(node)
    value = apply(*centre)
    error = abs(value) * unit
    for place, (at, off) in enumerate(parts):
        if off:
            moved = apply(*centre[:place], at + off if at >= 0 else at - off, *centre[place + 1 :])
            error += abs(moved - value)
    return value, error


def _operation(node: Node) -> Callable[..., mpf]:
    """What a node does to the values of its parts."""
    match node:
        case Product():
            return lambda *factors: mp.fprod(factors)
        case Quotient():
            return lambda top, bottom: top / bottom
        case Power(base=Constant(name="e")):
            return lambda base, exponent: _exp(exponent)
        case Power(exponent=exponent) if _is_constant(exponent):
            # A number in the exponent is exact: moving it would leave the domain of a negative base.
            exact = _value(exponent, {})
            return lambda base, to: _power(base, exact)
        case Power():
            return _power
        case Call(function=function):
            return _real(_FUNCTIONS[function])
    raise TypeError(f"no operation: {type(node).__name__}")


def _is_constant(node: Node) -> bool:
    return isinstance(node, Number | Negative | Quotient | Group) and all(
        _is_constant(child) for child in node.children
    )


def _real(function: Callable[..., mpf]) -> Callable[..., mpf]:
    def real(*arguments: mpf) -> mpf:
        result = function(*arguments)
        if isinstance(result, mp.mpc):
            raise NoValueError
        return result

    return real


def _fraction(value: Fraction) -> mpf:
    return mpf(value.numerator) / value.denominator


def _value(node: Node, values: dict[str, mpf]) -> mpf:
    match node:
        case Number(value=value):
            return _fraction(value)
        case Name(name=name):
            return values[name]
        case Constant(name=name):
            return +mp.pi if name == "pi" else +mp.e
        case Group(of=inside):
            return _value(inside, values)
        case Negative(of=inside):
            return -_value(inside, values)
        case Sum(terms=terms):
            return mp.fsum(_value(term, values) for term in terms)
        case Product(factors=factors):
            return mp.fprod([_value(factor, values) for factor in factors])
        case Quotient(numerator=top, denominator=bottom):
            return _value(top, values) / _value(bottom, values)
        case Power(base=Constant(name="e"), exponent=exponent):
            return _exp(_value(exponent, values))
        case Power(base=base, exponent=exponent):
            return _power(_value(base, values), _value(exponent, values))
        case Call(function=function, arguments=arguments):
            return _real(_FUNCTIONS[function])(*(_value(argument, values) for argument in arguments))
    raise TypeError(f"no single value: {type(node).__name__}")


def _power(base: mpf, exponent: mpf) -> mpf:
    if base == 0 and exponent < 0:
        raise NoValueError
    if base < 0 and not mp.isint(exponent):
        raise NoValueError
    if base and abs(mp.mag(base)) * abs(exponent) > mpf(2) ** _LARGEST_MAGNITUDE:
        raise NoValueError
    return base ** (int(exponent) if mp.isint(exponent) and abs(exponent) < 100_000 else exponent)


def _bounded(value: mpf) -> mpf:
    if value and mp.mag(value) > _LARGEST_MAGNITUDE:
        raise NoValueError
    return value


def _exp(value: mpf) -> mpf:
    return mp.exp(_bounded(value))


def _of_bounded(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    return lambda value: function(_bounded(value))


def _over(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    return lambda value: 1 / function(_bounded(value))


def _ln(value: mpf) -> mpf:
    if value <= 0:
        raise NoValueError
    return mp.log(value)


def _step(value: mpf) -> mpf:
    if value == 0:
        raise NoValueError
    return mpf(1 if value > 0 else 0)


_FUNCTIONS: dict[str, Callable[..., mpf]] = {
    "sin": _of_bounded(mp.sin),
    "cos": _of_bounded(mp.cos),
    "tan": _of_bounded(mp.tan),
    "sec": _over(mp.cos),
    "csc": _over(mp.sin),
    "cot": _over(mp.tan),
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "asec": lambda value: mp.acos(1 / value),
    "acsc": lambda value: mp.asin(1 / value),
    "acot": lambda value: mp.pi / 2 - mp.atan(value),
    "sinh": _of_bounded(mp.sinh),
    "cosh": _of_bounded(mp.cosh),
    "tanh": _of_bounded(mp.tanh),
    "sech": _over(mp.cosh),
    "csch": _over(mp.sinh),
    "coth": _over(mp.tanh),
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "exp": _exp,
    "ln": _ln,
    "log": lambda base, value: _ln(value) / _ln(base),
    "log2": lambda value: _ln(value) / mp.ln2,
    "log10": lambda value: _ln(value) / mp.ln10,
    "sqrt": mp.sqrt,
    "cbrt": lambda value: mp.sign(value) * mp.cbrt(abs(value)),
    "abs": abs,
    "sign": mp.sign,
    "relu": lambda value: value if value > 0 else mpf(0),
    "sigmoid": lambda value: 1 / (1 + _exp(-value)),
    "step": _step,
    "max": max,
    "min": min,
}
