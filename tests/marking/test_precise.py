"""Values to many digits: what they are, how far they may be off, and where there are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from tutor.marking.functions import FUNCTIONS, NoValueError, UnclearError
from tutor.marking.precise import measure
from tutor.maths.grammar import FUNCTIONS as SPELLINGS
from tutor.maths.parse import parse_free

HALF = {"x": Fraction(1, 2)}


def test_every_function_of_the_grammar_is_there() -> None:
    assert set(FUNCTIONS) == set(SPELLINGS.values()) | {"log"}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("pi", "3.14159265358979323846264338327950288419716939937510582097"),
        ("e", "2.71828182845904523536028747135266249775724709369995957497"),
        ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694807318"),
        ("ln 2", "0.69314718055994530941723212145817656807550013436025525412"),
        ("sin(x)", "0.47942553860420300027328793521557138808180336794060067519"),
        ("0.1 + 0.2", "0.3"),
        ("2^0.5*2^0.5", "2"),
        ("cosh(100)^2 - sinh(100)^2", "1"),
    ],
)
def test_values(text: str, digits: str) -> None:
    found = measure(parse_free(text), HALF, 150)
    with mp.workdps(150):
        assert abs(found.value - mp.mpf(digits)) <= found.error + mp.mpf(10) ** -53
        assert found.error < mp.mpf(10) ** -50


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ln(-x)", ""),
        ("sqrt(-x)", ""),
        ("(-x)^0.5", ""),
        ("asin(1+x)", ""),
        ("acosh(x)", ""),
        ("atanh(2)", ""),
        ("1/(2x-1)", "zero below, exactly"),
        ("0^-1", ""),
        ("step(2x-1)", "no value at the step itself"),
        ("log_1(x)", "no such base"),
        ("e^(e^(e^(e^(18x))))", "larger than anything that could be worked with"),
        ("sin(e^(e^(e^(18x))))", ""),
    ],
)
def test_no_value(text: str, why: str) -> None:
    with pytest.raises(NoValueError) as caught:
        measure(parse_free(text), HALF, 50)
    assert not isinstance(caught.value, UnclearError), why


@pytest.mark.parametrize(
    "text",
    [
        "1/(sin(x)^2 + cos(x)^2 - 1)",
        "ln(sin(x)^2 + cos(x)^2 - 1)",
        "sign(cosh(x)^2 - sinh(x)^2 - 1)",
        "step(sqrt(2)^2 - 2)",
        "tan(pi/2)",
        "cot(pi)",
        "atanh(sin(x)^2 + cos(x)^2)",
    ],
)
def test_what_is_zero_as_far_as_can_be_seen_is_unclear(text: str) -> None:
    with pytest.raises(UnclearError):
        measure(parse_free(text), HALF, 50)


@pytest.mark.parametrize(
    "text",
    ["sqrt(1 - sin(x)^2 - cos(x)^2)", "asin(sin(x)^2 + cos(x)^2)", "(sqrt(2)^2-2)^(1/2)", "cbrt(3(1/3)-1)", "acosh(cosh(0))"],
)  # fmt: skip
def test_the_end_of_a_domain_belongs_to_it_in_spite_of_rounding(text: str) -> None:
    few, many = (measure(parse_free(text), HALF, digits) for digits in (30, 60))
    assert abs(few.value - many.value) <= few.error + many.error


@pytest.mark.parametrize(
    ("text", "digits"), [("1 + 10^-300", 300), ("10^200 x + 10^-200", 399), ("e^(-1000) + 1", 430), ("tanh(100)", 80)]
)
def test_the_spread_says_how_many_digits_are_needed(text: str, digits: int) -> None:
    assert measure(parse_free(text), HALF, 50).spread >= digits


_PARTS = st.recursive(
    st.sampled_from(["x", "2", "1/3", "7", "0.1", "pi", "e"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner).map(lambda t: f"({t[1]}{t[0]}({t[2]}))"),
        st.tuples(st.sampled_from(sorted(set(FUNCTIONS) - {"log", "max", "min"})), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(inner, st.sampled_from(["2", "3", "(1/2)", "(-1)", "(2/3)"])).map(lambda t: f"({t[0]})^{t[1]}"),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(_PARTS, st.fractions(-9, 9, max_denominator=50))
def test_the_error_covers_what_more_digits_show(text: str, x: Fraction) -> None:
    tree = parse_free(text.replace("log2", "log_2").replace("log10", "lg"))
    try:
        few, many = measure(tree, {"x": x}, 30), measure(tree, {"x": x}, 120)
    except NoValueError:
        return
    assert abs(few.value - many.value) <= 10 * (few.error + many.error)
