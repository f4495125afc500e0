"""Whether two expressions are equal over the reals where both have a value: pairs, and why they are here."""

from __future__ import annotations

import pytest

from tutor.marking.equal import Comparison, Sameness, compare
from tutor.marking.prove import SympyProver
from tutor.maths.parse import parse_free
from tutor.maths.tree import variables

LONG = "0." + "3" * 38
PROVER = SympyProver()


def compared(answer: str, right: str) -> Comparison:
    trees = parse_free(answer), parse_free(right)
    names = sorted(variables(trees[0]) | variables(trees[1]))
    return compare(*trees, names, PROVER)


EQUAL = [
    # from the issue and the design
    ("ln(x^2)", "2 ln|x|", "both signs"),
    ("ln(a b)", "ln a + ln b", "where both are defined"),
    ("(x^2-1)/(x-1)", "x+1", "a hole in the domain"),
    ("tanh x", "(e^(2x)-1)/(e^(2x)+1)", "another way to write it"),
    ("0.1x", "x/10", "decimals are exact"),
    ("sqrt(x) sqrt(y)", "sqrt(x y)", "complex points would say otherwise"),
    # saturation
    ("1 - tanh(x)^2", "sech(x)^2", "cancellation for large x"),
    ("1 - tanh(50x)^2", "sech(50x)^2", "flat nearly everywhere"),
    ("sigmoid(x)(1-sigmoid(x))", "e^(-x)/(1+e^(-x))^2", ""),
    ("sigmoid(x)", "e^x/(e^x+1)", ""),
    ("sigmoid(-x)", "1 - sigmoid(x)", ""),
    ("ln(1+e^x)", "x + ln(1+e^(-x))", "softplus"),
    ("sigmoid(x)", "(1+tanh(x/2))/2", ""),
    # domains that samples miss
    ("sqrt(x-1000)^2", "x-1000", ""),
    ("ln((x-12345)^2)", "2 ln(x-12345)", ""),
    ("asin(1000x)", "pi/2 - acos(1000x)", ""),
    ("sqrt(7-x) sqrt(x-6.99)", "sqrt((7-x)(x-6.99))", "a domain of a hundredth"),
    ("sqrt(7-x) sqrt(x-6.99999)", "sqrt((7-x)(x-6.99999))", ""),
    ("(-x)^(1/2)", "sqrt(-x)", "negative numbers only"),
    ("sqrt(x-10^9)", "(x-10^9)^0.5", ""),
    ("ln(-x-50000)", "ln(-(x+50000))", ""),
    ("sqrt(x^2-50x+624.9999)sqrt(25-x)", "sqrt((x^2-50x+624.9999)(25-x))", ""),
    ("sqrt(0.001-(x-3.21)^2)^2", "0.001-(x-3.21)^2", "a domain around an odd place"),
    ("sqrt(x-1000)+sqrt(y+1000)", "sqrt(y+1000)+(x-1000)^(1/2)", ""),
    # absolute values and other kinks
    ("sqrt(x^2)", "|x|", ""),
    ("|x|^2", "x^2", ""),
    ("|-x|", "|x|", ""),
    ("|x y|", "|x| |y|", ""),
    ("x/|x|", "sign(x)", "but for zero"),
    ("max(x, y)", "(x+y+|x-y|)/2", ""),
    ("max(x, 0)", "relu(x)", ""),
    ("-min(-x, -y)", "max(x, y)", ""),
    ("max(x, y, 3)", "max(max(x, y), 3)", ""),
    ("relu(x) - relu(-x)", "x", ""),
    ("relu(x-3.7)+relu(3.7-x)", "|x-3.7|", ""),
    ("step(x)x", "relu(x)", ""),
    ("|x|/x", "x/|x|", ""),
    ("sqrt((x-3)^2)", "|3-x|", ""),
    ("cbrt(x)^3", "x", ""),
    ("x^(2/3)", "cbrt(x)^2", "where both are defined: not for negative x"),
    # cancellation between huge terms
    ("(x+10^20)^2 - x^2 - 10^40", "2*10^20 x", ""),
    (
        "(x+1)^20 - (x-1)^20",
        "40x^19+2280x^17+31008x^15+155040x^13+335920x^11+335920x^9+155040x^7+31008x^5+2280x^3+40x",
        "",
    ),
    ("cosh(x)^2 - sinh(x)^2", "1", "huge for large x"),
    ("e^(1000x)", "(e^x)^1000", "beyond floats at most points"),
    ("e^(1000x)/e^(999x)", "e^x", ""),
    ("e^(10^4 x)", "(e^x)^(10^4)", ""),
    # numbers
    ("(sqrt(2)+sqrt(3))^2", "5+2sqrt(6)", ""),
    ("sqrt(3+2sqrt(2))", "1+sqrt(2)", "algebra is silent"),
    ("2^100", "1267650600228229401496703205376", ""),
    ("ln 8", "3 ln 2", ""),
    ("log10(1000)", "3", ""),
    ("sin(pi/6)", "1/2", ""),
    ("4 atan(1)", "pi", ""),
    ("e^(ln 3)", "3", ""),
    (LONG, "3" * 38 + "/1" + "0" * 38, "exact to the last digit"),
    # algebra with several names for one thing
    ("2 sin x cos x", "sin(2x)", ""),
    ("sin(x)^2", "(1-cos(2x))/2", ""),
    ("tan(x)^2 + 1", "sec(x)^2", ""),
    ("1/(1+tan(x)^2)", "cos(x)^2", ""),
    ("cos(x)^4-sin(x)^4", "cos(2x)", ""),
    ("e^(x+y)", "e^x e^y", ""),
    ("2^x", "e^(x ln 2)", ""),
    ("x^x", "e^(x ln x)", ""),
    ("ln(x)/ln(2)", "log_2(x)", ""),
    ("x^(1/3) x^(2/3)", "x", ""),
    ("1/(sqrt(x)+1)", "(sqrt(x)-1)/(x-1)", ""),
    ("x^-2", "1/x^2", ""),
    ("asinh(x)", "ln(x+sqrt(x^2+1))", ""),
    ("atan(x)+atan(1/x)", "pi/2 sign(x)", "algebra is silent, both signs"),
    ("acos(x)", "pi/2 - asin(x)", ""),
    ("sin(2 pi x)", "2 sin(pi x) cos(pi x)", "zero at whole numbers"),
    ("(x^2)^(1/2) x", "x|x|", ""),
]

DIFFERENT = [
    # from the issue and the design
    ("10^9 x + 1", "10^9 x", ""),
    ("e^(-x^2) + 10^-12", "e^(-x^2)", "below any tolerance for small x"),
    ("2^100", "2^100 + 1", ""),
    ("1.00000001 x", "x", "the eighth digit"),
    ("1.000000000000001 x", "x", "the 15th"),
    ("1.0000000000000000000000000000000000000001 x", "x", "the 40th"),
    ("1.0000000000000000000000000000000000000001 sin(x)", "sin(x)", "the 40th, and not a rational function"),
    ("x + 10^-300", "x", ""),
    ("sin(x) + 10^-300", "sin(x)", ""),
    ("sin(x)^2 + cos(x)^2", "1 + 10^-80", ""),
    ("x^(1.0000000001)", "x", "an exponent in the tenth digit"),
    ("0.3333333333 x", "x/3", ""),
    (f"{LONG} x", "x/3", "38 digits are not a third"),
    # saturation
    ("tanh(50x)", "1", ""),
    ("tanh(50x)", "sign(x)", ""),
    ("tanh(10^8 x)", "sign(x)", ""),
    ("tanh(10^100 x)^2", "1", ""),
    ("tanh(10^100 x)", "sign(x)", ""),
    ("sigmoid(100x)", "step(x)", ""),
    ("1/(1+e^(-50x))", "1/(1+e^(-51x))", ""),
    ("1 + e^(-x^2-1000)", "1", ""),
    ("tanh(x^2 + 200)", "1", "one but for e^-400"),
    ("ln(1+e^(30x))", "relu(30x)", ""),
    ("atan(10^9 x)", "pi/2 sign(x)", ""),
    # special points
    ("sin(2 pi x)", "0", "zero at whole numbers"),
    ("sin(pi x) sin(2 pi x) x", "0", ""),
    ("cos(2 pi x)", "1", ""),
    ("x(x-1)(x-2)(x-3)(x-4)(x-5)(x-7)(x+1)(x+2)(2x-1)(2x-3)", "0", ""),
    ("x + (x-1)(x-2)(x-3)(x-5)(x-7)/10^9", "x", ""),
    ("sin(2520 pi x)", "0", ""),
    # signs and domains
    ("|x|", "x", ""),
    ("sqrt(x^2)", "x", ""),
    ("ln(x^2)", "2 ln(3-x)", ""),
    ("sqrt(7-x) sqrt(x-6.99)", "sqrt((7-x)(x-6.98))", ""),
    ("sqrt(7-x) sqrt(x-6.99)", "0", ""),
    ("sqrt(x-1000)", "sqrt(x-1000.001)", ""),
    ("ln(x-12345)", "ln(x-12345) + 1/10^9", ""),
    ("asin(1000x)", "asin(999x)", ""),
    ("sqrt(x-10^9)", "sqrt(x-10^9) + 1", ""),
    ("(-x)^(1/2)", "(-x)^(1/2) + 10^-20", ""),
    # kinks at odd places
    ("|x-3.7|+|x+3.7|", "2x", ""),
    ("|x-3.7|+|x+3.7|", "2|x|", ""),
    ("|x-3.7|+|x+3.7|", "7.4", ""),
    ("x + relu(x-1000)", "x", "far out"),
    ("x + relu(-x-123456)", "x", ""),
    ("x + relu(x-10^9)", "x", ""),
    ("x + relu(0.001-(x-5.4321)^2)", "x", "a bump of three hundredths"),
    ("x + relu(10^-8-(x-5.4321)^2)", "x", "a bump of two ten-thousandths"),
    ("max(x, x^2-10^6)", "x", ""),
    ("x + max(0, sin(x) - 0.9999)", "x", ""),
    ("step(x-17.3)", "step(x-17.2)", ""),
    ("sign(x-0.001)", "sign(x)", ""),
    ("sign(x y - 1000)", "-1", ""),
    ("x + y + relu(x + y - 777)", "x + y", ""),
    ("max(x, y, 100)", "max(x, 100)", ""),
    ("sign(|x|-x)^2", "1", "zero on half the line"),
    ("min(|x|, 10^6)", "|x|", ""),
    # numbers
    ("e^(pi sqrt(163))", "262537412640768744", "equal to 30 digits"),
    ("22/7", "pi", ""),
    ("sqrt(2)+sqrt(3)", "3.146264369941972342329135065715570445635", "40 digits"),
    ("(1+10^-40)^20", "1", ""),
    ("sqrt(1000001)+sqrt(1000025)+sqrt(1000031)", "sqrt(1000003)+sqrt(1000011)+sqrt(1000043)", ""),
    # huge and tiny
    ("e^(1000x)", "e^(1001x)", ""),
    ("e^(1000x) + 1", "e^(1000x)", ""),
    ("x^1000 + 1", "x^1000", ""),
    ("(x+y)^1000 + 1", "(x+y)^1000", ""),
    ("x^200", "x^201", ""),
    # ordinary mistakes
    ("2x", "x^2", ""),
    ("x^2", "2x", "equal at 2"),
    ("x + y", "x y", "equal at (2, 2)"),
    ("cos x", "-cos x", ""),
    ("3x^2 + 2y", "3x^2 + 2x", ""),
    ("e^x", "x e^(x-1)", ""),
    ("1/x", "-1/x^2", "equal at -1"),
    ("ln x", "log_2(x)", ""),
    # a series cut short, where what is left is far below what is typed
    ("ln(1+10^-100)", "10^-100", "differ by half its square"),
    ("ln(1+10^-200)", "10^-200", ""),
    ("sqrt(1+10^-200)", "1+10^-200/2", ""),
    ("(1+10^-100)^pi", "1+pi 10^-100", ""),
    ("ln(1+10^-100)+ln(1-10^-100)", "0", ""),
    ("x(1+ln(1+10^-100))-x(1+10^-100)", "0", ""),
    ("e^x+sin(10^-100)", "e^x+10^-100", "differ by a sixth of its cube"),
    ("cos(10^-100)", "1-10^-200/2", "by its fourth power"),
    ("sin(tan(10^-100))", "tan(sin(10^-100))", "by its seventh power"),
    ("ln(1+e^-1000)", "e^-1000", "small without a power of ten"),
    # a hole instead of an answer
    ("ln(-1-x^2)", "x", "no value anywhere"),
    ("0*sqrt(-1-x^2) + x", "x", "no value anywhere, though it tidies away"),
    ("x + 0/0", "x", ""),
    ("x + 0*(1/0)", "x", ""),
    ("x + ln(-1) - ln(-1)", "x", ""),
    ("(1/(x-x))*0 + 2", "2", ""),
    ("asin(2)", "1", ""),
    ("sqrt(-x^2)", "0", "a value at a single point"),
    ("x + 0 sqrt(-(x-2)^2)", "x", "a value at 2 only, where people look first"),
    ("sqrt(x)sqrt(-x)", "0", ""),
    ("sqrt(-x/y)", "sqrt(x/y)", "values together only where x is zero"),
]

NOT_TO_BE_TOLD = [
    ("1/0", "ln(-1)", "neither has a value"),
    ("sqrt(-1-x^2)", "ln(-1-x^2)", ""),
    ("sqrt(-1-x^2)", "sqrt(-1-x^2)", "even when they are the same"),
]


@pytest.mark.parametrize(("answer", "right", "why"), EQUAL)
def test_equal(answer: str, right: str, why: str) -> None:
    for pair in ((answer, right), (right, answer)):
        assert compared(*pair).sameness is Sameness.EQUAL, why


@pytest.mark.parametrize(("answer", "right", "why"), DIFFERENT)
def test_different(answer: str, right: str, why: str) -> None:
    found = compared(answer, right)
    assert found.sameness is Sameness.DIFFERENT, why
    assert found.yours != found.right, why


@pytest.mark.parametrize(("answer", "right", "why"), NOT_TO_BE_TOLD)
def test_not_to_be_told(answer: str, right: str, why: str) -> None:
    assert compared(answer, right).sameness is Sameness.UNKNOWN, why


@pytest.mark.parametrize(
    ("answer", "right", "point", "yours", "theirs"),
    [
        ("x^2", "2x", {"x": "3"}, "9", "6"),
        ("2x + 2y", "2x + y", {"x": "2", "y": "3"}, "10", "7"),
        ("sqrt(-9-x^2)", "x", {"x": "2"}, "no value", "2"),
    ],
)
def test_the_point_told_is_one_that_people_like(
    answer: str, right: str, point: dict[str, str], yours: str, theirs: str
) -> None:
    found = compared(answer, right)
    assert {name: str(value) for name, value in found.at.items()} == point
    assert (found.yours, found.right) == (yours, theirs)


@pytest.mark.parametrize(
    ("answer", "right", "by"),
    [("2x + 2x", "4x", "exact"), ("(x+1)^2", "x^2+2x+1", "symbolic"), ("acos(x)", "pi/2-asin(x)", "probes")],
)
def test_how_it_was_decided(answer: str, right: str, by: str) -> None:
    assert compared(answer, right).decided_by == by
