"""The operations of a `Program` on columns that are lists of floats, with the very values that `numeric` gives row by row."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from typing import Final

from tutor.maths.numeric import FUNCTIONS, NAN, divide, power
from tutor.maths.program import Operation

Column = list[float]

_PLAIN: Final[dict[str, Operation]] = {"+": operator.add, "*": operator.mul, "-": operator.neg}
"Never an exception: what is too big is infinite."
_FAST: Final[dict[str, Callable[[float], float]]] = {"exp": math.exp}
"Where the library's own function does for most rows."


class Columns:
    """Single values are floats, columns are lists."""

    def operation(self, name: str, single: tuple[bool, ...]) -> Operation:
        """See `Kit`."""
        if name in _PLAIN:
            return _over(_PLAIN[name], single)
        if name == "/":
            return divide if all(single) else _divided if single == (False, True) else _over(divide, single)
        if name == "^":
            return power if all(single) else _raised if single == (False, True) else _over(power, single)
        function = FUNCTIONS[name]
        if len(single) == 2:
            return _over(partial(_of_two, function), single)
        return partial(_of_one, function) if all(single) else partial(_of_each, _FAST.get(name, function), function)


def _over(function: Callable[..., float], single: tuple[bool, ...]) -> Operation:
    """The function on every row; a single value stands for itself in each."""
    match single:
        case (False,):
            return lambda column: list(map(function, column))
        case (False, False):
            return lambda left, right: list(map(function, left, right))
        case (False, True):
            return lambda left, right: list(map(function, left, repeat(right)))
        case (True, False):
            return lambda left, right: list(map(function, repeat(left), right))
    return function


def _divided(top: Column, bottom: float) -> Column:
    return list(map(operator.truediv, top, repeat(bottom))) if bottom != 0 else [NAN] * len(top)


def _raised(base: Column, exponent: float) -> Column:
    if exponent >= 1 and exponent.is_integer():  # a float then, whatever the base is
        try:
            return list(map(operator.pow, base, repeat(exponent)))
        except OverflowError:
            pass
    return list(map(power, base, repeat(exponent)))


def _of_one(function: Callable[[float], float], value: float) -> float:
    try:
        return function(value)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return NAN


def _of_each(fast: Callable[[float], float], function: Callable[[float], float], column: Sequence[float]) -> Column:
    try:
        return list(map(fast, column))
    except (OverflowError, ValueError, ZeroDivisionError):
        return [_of_one(function, value) for value in column]


def _of_two(function: Callable[..., float], first: float, second: float) -> float:
    try:
        return function(first, second)
    except (ValueError, ZeroDivisionError, OverflowError):
        return NAN
