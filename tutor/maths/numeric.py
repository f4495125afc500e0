"""Expressions to floats: real values only, never an exception.

Outside its domain an expression is NaN; what is too big is infinite. `tutor.marking.precise` has the many digits.
"""

import math
from collections.abc import Callable, Sequence

from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum

Point = Sequence[float]
Function = Callable[[Point], float]

NAN = math.nan


def compile_float(node: Node, names: Sequence[str]) -> Function:
    """A function from values of the names, in that order, to the expression's value.

    Args:
        node: any expression but a tuple.
        names: at least the variables of the expression, in canonical spelling.

    Returns:
        A closure; it returns NaN outside the domain of any part, infinity beyond the largest float, and never raises.

    >>> from tutor.maths.parse import parse_free
    >>> compile_float(parse_free("x^2/y"), ("x", "y"))((3.0, 2.0))
    4.5
    """
    return _compile(node, {name: index for index, name in enumerate(names)})


def _compile(node: Node, places: dict[str, int]) -> Function:
    match node:
        case Number(value=value):
            return _constant(_to_float(value.numerator, value.denominator))
        case Constant(name=name):
            return _constant(math.pi if name == "pi" else math.e)
        case Name(name=name):
            index = places[name]
            return lambda point: float(point[index])
        case Group(of=inside):
            return _compile(inside, places)
        case Negative(of=inside):
            of = _compile(inside, places)
            return lambda point: -of(point)
        case Sum(terms=terms):
            return _sum([_compile(term, places) for term in terms])
        case Product(factors=factors):
            return _product([_compile(factor, places) for factor in factors])
        case Quotient(numerator=numerator, denominator=denominator):
            top, bottom = _compile(numerator, places), _compile(denominator, places)
            return lambda point: divide(top(point), bottom(point))
        case Power(base=Constant(name="e"), exponent=exponent):
            raised = _compile(exponent, places)
            return lambda point: _exp(raised(point))
        case Power(base=base, exponent=exponent):
            of, to = _compile(base, places), _compile(exponent, places)
            return lambda point: power(of(point), to(point))
        case Call(function=function, arguments=arguments):
            return _call(FUNCTIONS[function], [_compile(argument, places) for argument in arguments])
    raise TypeError(f"no single value: {type(node).__name__}")


def _constant(value: float) -> Function:
    return lambda point: value


def _to_float(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf


def _sum(terms: list[Function]) -> Function:
    if len(terms) == 2:
        left, right = terms
        return lambda point: left(point) + right(point)
    return lambda point: sum(term(point) for term in terms)


def _product(factors: list[Function]) -> Function:
    if len(factors) == 2:
        left, right = factors
        return lambda point: left(point) * right(point)

    def product(point: Point) -> float:
        value = 1.0
        for factor in factors:
            value *= factor(point)
        return value

    return product


def _call(function: Callable[..., float], arguments: list[Function]) -> Function:
    if len(arguments) == 1:
        (argument,) = arguments

        def one(point: Point) -> float:
            try:
                return function(argument(point))
            except OverflowError:
                return math.inf
            except (ValueError, ZeroDivisionError):
                return NAN

        return one

    def several(point: Point) -> float:
        try:
            return function(*(argument(point) for argument in arguments))
        except (ValueError, ZeroDivisionError, OverflowError):
            return NAN

    return several


def divide(top: float, bottom: float) -> float:
    """A quotient; by zero it has no value.

    >>> divide(1.0, 0.0)
    nan
    """
    return top / bottom if bottom != 0 else NAN


def power(base: float, exponent: float) -> float:
    """A real power: a negative base takes whole exponents only, zero no negative ones.

    >>> power(-8.0, 1 / 3)
    nan
    """
    if base != base or exponent != exponent:
        return NAN
    try:
        value = base**exponent
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ZeroDivisionError:
        return NAN
    return NAN if isinstance(value, complex) else value


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf


def sigmoid(value: float) -> float:
    """1 / (1 + e^-value), without overflow on either side."""
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    small = math.exp(value)
    return small / (1.0 + small)


def sign(value: float) -> float:
    """-1, 0 or 1."""
    return NAN if value != value else float((value > 0) - (value < 0))


def step(value: float) -> float:
    """0 left of zero and 1 right of it; at zero itself it has no value."""
    return NAN if value == 0 or value != value else float(value > 0)


def _reciprocal(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: 1.0 / function(value)


def _cosh(value: float) -> float:
    return math.inf if abs(value) > 710.4 else math.cosh(value)


def _sinh(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) > 710.4 else math.sinh(value)


def _max(*values: float) -> float:
    return NAN if any(value != value for value in values) else max(values)


def _min(*values: float) -> float:
    return NAN if any(value != value for value in values) else min(values)


FUNCTIONS: dict[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": _reciprocal(math.cos),
    "csc": _reciprocal(math.sin),
    "cot": _reciprocal(math.tan),
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "asec": lambda value: math.acos(1.0 / value),
    "acsc": lambda value: math.asin(1.0 / value),
    "acot": lambda value: math.atan2(1.0, value),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": math.tanh,
    "sech": _reciprocal(_cosh),
    "csch": _reciprocal(_sinh),
    "coth": _reciprocal(math.tanh),
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "exp": _exp,
    "ln": math.log,
    "log": lambda base, value: math.log(value) / math.log(base),
    "log2": math.log2,
    "log10": math.log10,
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "abs": abs,
    "sign": sign,
    "relu": lambda value: _max(value, 0.0),
    "sigmoid": sigmoid,
    "step": step,
    "max": _max,
    "min": _min,
}
"Each function of the grammar on floats; raises as `math` does outside its domain."
