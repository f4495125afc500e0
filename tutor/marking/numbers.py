"""Numbers that are not worked out yet: sums, products, powers and functions of numbers that have a plain value."""

from fractions import Fraction
from math import isqrt

from tutor.maths.tidy import as_number
from tutor.maths.tree import Call, Constant, Negative, Node, Power, Product, Quotient, Sum

_ZERO_AT_ZERO = frozenset({"sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "sqrt", "cbrt"})
_ONE_AT_ZERO = frozenset({"cos", "sec", "cosh", "sech", "exp"})
_ZERO_AT_ONE = frozenset({"ln", "log2", "log10", "acos", "acosh"})


def is_unworked(node: Node) -> str:
    """What is to be done about a number, a zero or a one in this node itself; empty when nothing is."""
    match node:
        case Sum(terms=terms):
            values = [value for value in map(as_number, terms) if value is not None]
            if len(values) > 1:
                return "work out the numbers"
            return "leave out the zero" if 0 in values else ""
        case Product(factors=factors):
            values = [value for value in map(as_number, factors) if value is not None]
            if 0 in values:
                return "a product with zero is zero"
            return "leave out the factor of one" if 1 in values or -1 in values else ""
        case Quotient(numerator=top):
            return "zero over anything is zero" if as_number(top) == 0 else ""
        case Power(base=base, exponent=exponent):
            return _power(base, exponent)
        case Negative(of=inside):
            return "leave out the zero" if as_number(inside) == 0 else ""
        case Call(function=function, arguments=(argument,)):
            return _call(function, argument)
    return ""


def _power(base: Node, exponent: Node) -> str:
    size, value = as_number(exponent), as_number(base)
    if size in (0, 1):
        return "leave out the exponent of one" if size == 1 else "anything to the power zero is one"
    if value in (0, 1):
        return "work out the numbers"
    if value is not None and size is not None and size.denominator == 1 and abs(size) <= 20:
        return "work out the numbers"
    if value is not None and size is not None and size.denominator == 2 and _is_square(value):
        return "work out the root"
    return ""


def _call(function: str, argument: Node) -> str:
    value = as_number(argument)
    if value is not None:
        if function in ("abs", "sign", "relu", "step"):
            return "work out the numbers"
        if (value == 0 and function in _ZERO_AT_ZERO | _ONE_AT_ZERO) or (value == 1 and function in _ZERO_AT_ONE):
            return "work out the numbers"
        if function == "sqrt" and _is_square(value):
            return "work out the root"
    if function == "ln" and (argument == Constant("e") or _is_power_of_e(argument)):
        return "ln and e undo each other"
    if function == "exp" and isinstance(argument, Call) and argument.function == "ln":
        return "ln and e undo each other"
    return ""


def _is_power_of_e(node: Node) -> bool:
    return (isinstance(node, Power) and node.base == Constant("e")) or (
        isinstance(node, Call) and node.function == "exp"
    )


def _is_square(value: Fraction) -> bool:
    if value < 0:
        return False
    return all(isqrt(part) ** 2 == part for part in (value.numerator, value.denominator))
