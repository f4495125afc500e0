"""Values and domains: NaN outside, infinity beyond the largest float, never an exception; mpmath is the authority."""

import math
from fractions import Fraction

import mpmath
import pytest
from maths.expressions import ONE_ARGUMENT, is_same

from tutor.maths.numeric import FUNCTIONS, compile_float
from tutor.maths.parse import parse_free
from tutor.maths.tree import Call, Group, Name, Number, Tuple

NAN, INF = math.nan, math.inf


def value(typed: str, x: float = 0.0) -> float:
    return compile_float(parse_free(typed), ("x",))([x])


VALUES = [
    ("1/x", 0, NAN),
    ("x/x", 0, NAN),
    ("x^-1", 0, NAN),
    ("x^0", 0, 1),
    ("0^x", 2, 0),
    ("0^x", -2, NAN),
    ("x^(1/3)", -8, NAN),
    ("cbrt x", -8, -2),
    ("x^2", -3, 9),
    ("x^3", -3, -27),
    ("x^-3", -2, -0.125),
    ("x^0.5", -1, NAN),
    ("√x", -1, NAN),
    ("√x", 0, 0),
    ("(√x)^0", -1, NAN),
    ("1^(ln x)", -1, NAN),
    ("0*ln x", -1, NAN),
    ("ln x", 0, NAN),
    ("log_x 2", 1, NAN),
    ("log_x 8", 2, 3),
    ("log_2 x", 8, 3),
    ("log10 x", 0, NAN),
    ("asin x", 1.5, NAN),
    ("acosh x", 0.5, NAN),
    ("atanh x", 1, NAN),
    ("acot x", 0, math.pi / 2),
    ("acot x", -1, 3 * math.pi / 4),
    ("acot x", 1e12, 1e-12),
    ("asec x", 0, NAN),
    ("asec x", 0.5, NAN),
    ("csc x", 0, NAN),
    ("cot x", 0, NAN),
    ("coth x", 0, NAN),
    ("csch x", 0, NAN),
    ("sech x", 1000, 0),
    ("csch x", 1000, 0),
    ("exp x", 1000, INF),
    ("exp x", -1000, 0),
    ("e^x", 1000, INF),
    ("cosh x", -1000, INF),
    ("sinh x", -1000, -INF),
    ("x^999", 10, INF),
    ("x^999", -10, -INF),
    ("x^998", -10, INF),
    ("1e999", 0, INF),
    ("1e-999", 0, 0),
    ("sigmoid x", 1000, 1),
    ("sigmoid x", -1000, 0),
    ("sigmoid x", 0, 0.5),
    ("tanh x", 1000, 1),
    ("sin x", INF, NAN),
    ("|x|", -2, 2),
    ("sign x", 0, 0),
    ("sign x", -3, -1),
    ("relu x", -3, 0),
    ("relu x", 3, 3),
    ("step x", 0, NAN),
    ("step x", 2, 1),
    ("max(x, 1)", 3, 3),
    ("min(x, 1, 2)", 3, 1),
    ("max(x, ln(-1))", 3, NAN),
    ("x", NAN, NAN),
    ("0x", NAN, NAN),
    ("x-x", INF, NAN),
    ("2x+1-x", 5, 6),
    ("1-2-3", 0, -4),
    ("x/2/5", 20, 2),
    ("2½", 0, 2.5),
    ("pi e", 0, math.pi * math.e),
]


@pytest.mark.parametrize(("typed", "x", "expected"), VALUES)
def test_value_at_a_point(typed: str, x: float, expected: float) -> None:
    assert is_same(value(typed, x), expected, 1e-14)


def authority(function: str, x: float) -> float:
    """The function by mpmath with 40 digits; NaN where it is not real or has a pole."""
    own = {
        "acot": lambda x: mpmath.pi / 2 - mpmath.atan(x),
        "log2": lambda x: mpmath.log(x, 2),
        "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
        "abs": abs,
        "relu": lambda x: max(x, 0),
        "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
        "step": lambda x: mpmath.mpf(x > 0) if x else mpmath.nan,
    }
    with mpmath.workdps(40):
        try:
            result = own.get(function, getattr(mpmath, function, None))(mpmath.mpf(x))
        except (ValueError, ZeroDivisionError):
            return NAN
        return float(result) if mpmath.im(result) == 0 and mpmath.isfinite(result) else NAN


POINTS = (-30.5, -3.7, -1.0, -0.6, -1e-7, 0.0, 1e-7, 0.3, 1.0, 1.4, 2.0, 12.25, 33.3)


@pytest.mark.parametrize("function", ONE_ARGUMENT)
def test_functions_agree_with_mpmath(function: str) -> None:
    if function == "log":
        return
    of = compile_float(Call(function, (Name("x"),)), ("x",))
    for x in POINTS:
        assert is_same(of([x]), authority(function, x), 1e-12), x


def test_every_function_survives_every_float() -> None:
    extremes = (0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 1.7e308, -1.7e308, INF, -INF, NAN, math.pi / 2)
    for name in FUNCTIONS:
        for x in extremes:
            for y in extremes:
                arguments = (Name("x"), Name("y")) if name in ("log", "max", "min") else (Name("x"),)
                assert isinstance(compile_float(Call(name, arguments), ("x", "y"))([x, y]), float)
    for x in extremes:
        for y in extremes:
            assert isinstance(compile_float(parse_free("x^y/y+x*y-y^x"), ("x", "y"))([x, y]), float)


def test_whole_numbers_are_taken_as_floats() -> None:
    assert compile_float(parse_free("x^999 * 10^400"), ("x",))([10**3]) == INF


def test_names_may_be_more_than_the_expression_has() -> None:
    assert compile_float(parse_free("y"), ("x", "y", "z"))([1.0, 2.0, 3.0]) == 2.0
    assert compile_float(Group(Number(Fraction(1, 3))), ())([]) == 1 / 3


def test_a_list_has_no_single_value() -> None:
    with pytest.raises(TypeError, match="no single value"):
        compile_float(Tuple((Name("x"),)), ("x",))
