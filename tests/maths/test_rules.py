"""Derivatives: a table of known ones, and random expressions against SymPy and a central difference."""

import math
import random
from collections.abc import Callable

import pytest
import sympy
from maths.expressions import NAMES, ONE_ARGUMENT, is_same, random_point, random_tree

from tutor.errors import Unreadable
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import INNER, Rule, RuleName, combine, derivative, differentiate
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    variables,
    walk,
)

DERIVATIVES = [
    ("7", "x", "0"),
    ("y", "x", "0"),
    ("x", "x", "1"),
    ("x^3", "x", "3x²"),
    ("x^3", "xx", "6x"),
    ("x^3 + 2xy", "x", "3x² + 2y"),
    ("x^3 + 2xy", "y", "2x"),
    ("x^3 + 2xy", "xy", "2"),
    ("5x^4 - 2x + 1", "x", "20x³ − 2"),
    ("-x^2", "x", "−2x"),
    ("x^n", "x", "nx^(n − 1)"),
    ("√x", "x", "1/(2√(x))"),
    ("x^(1/2)", "x", "1/(2x^(1/2))"),
    ("1/x", "x", "−1/x²"),
    ("3/x^2", "x", "−6/x³"),
    ("x/y", "x", "1/y"),
    ("x/y", "y", "−x/y²"),
    ("(x+1)/(x-1)", "x", "−2/(x − 1)²"),
    ("x sin x", "x", "sin(x) + x cos(x)"),
    ("xyz", "y", "xz"),
    ("x^2 y e^x", "x", "2xye^x + x²ye^x"),
    ("sin x", "x", "cos(x)"),
    ("cos 2x", "x", "−2 sin(2x)"),
    ("sin x^2", "x", "2x cos(x²)"),
    ("sin^2 x", "x", "2 sin(x) cos(x)"),
    ("tan x", "x", "sec²(x)"),
    ("e^x", "x", "e^x"),
    ("e^(-x^2)", "x", "−2xe^(−x²)"),
    ("exp(3x)", "x", "3e^(3x)"),
    ("2^x", "x", "2^x ln(2)"),
    ("x^x", "x", "x^x·(ln(x) + 1)"),
    ("ln x", "x", "1/x"),
    ("ln(x^2+1)", "x", "2x/(x² + 1)"),
    ("log_2 x", "x", "1/(x ln(2))"),
    ("tanh x", "x", "1 − tanh²(x)"),
    ("σ(x)", "x", "σ(x)·(1 − σ(x))"),
    ("σ(w x + b)", "w", "x σ(wx + b)·(1 − σ(wx + b))"),
    ("relu(x)", "x", "step(x)"),
    ("|x|", "x", "sign(x)"),
    ("(w x + b - y)^2", "w", "2x(wx + b − y)"),
    ("(w x + b - y)^2", "ww", "2x²"),
    ("1/2 (y - w_1 x)^2", "x", "−w₁(y − w₁·x)"),
    ("acot x", "x", "−1/(1 + x²)"),
    ("max(x, x)", "x", "1"),
]


@pytest.mark.parametrize(("typed", "by", "expected"), DERIVATIVES)
def test_derivative_is_shown_as(typed: str, by: str, expected: str) -> None:
    assert show_line(derivative(parse_free(typed), list(by))) == expected


CHOICES = [
    ("5", RuleName.CONSTANT),
    ("y", RuleName.CONSTANT),
    ("x", RuleName.VARIABLE),
    ("x^3", RuleName.POWER),
    ("2x", RuleName.MULTIPLE),
    ("-x", RuleName.MULTIPLE),
    ("x/2", RuleName.MULTIPLE),
    ("x + 1", RuleName.SUM),
    ("x sin x", RuleName.PRODUCT),
    ("x/(x+1)", RuleName.QUOTIENT),
    ("log_x 2", RuleName.QUOTIENT),
    ("1/x", RuleName.RECIPROCAL),
    ("e^x", RuleName.EXPONENTIAL),
    ("sin x", RuleName.FUNCTION),
    ("sin 2x", RuleName.CHAIN),
    ("(x+1)^2", RuleName.CHAIN),
    ("2^(3x)", RuleName.CHAIN),
    ("x^x", RuleName.LOGARITHMIC),
    ("max(x, 1)", RuleName.LARGEST),
]


@pytest.mark.parametrize(("typed", "name"), CHOICES)
def test_rule_chosen(typed: str, name: RuleName) -> None:
    assert differentiate(parse_free(typed), "x").name is name


def test_a_chain_holds_the_outside_and_then_the_inside() -> None:
    outside, inside = differentiate(parse_free("sin(x^2)"), "x").parts
    assert (outside.of, outside.by) == (Call("sin", (Name(INNER),)), INNER)
    assert inside.of == parse_free("x^2")


def all_rules(rule: Rule) -> list[Rule]:
    return [rule, *(below for part in rule.parts for below in all_rules(part))]


def test_every_rules_result_can_be_made_again_from_its_parts() -> None:
    source = random.Random(4)
    for _ in range(200):
        for rule in all_rules(differentiate(random_tree(source), "x")):
            again = combine(rule.name, rule.of, rule.by, tuple(part.result for part in rule.parts))
            assert again == rule.result


def slope(of: Callable[[list[float]], float], point: list[float], place: int) -> tuple[float, float]:
    """The central difference with Richardson's step, and how much two steps disagree."""

    def at(step: float) -> float:
        return of([value + step * (index == place) for index, value in enumerate(point)])

    near = (at(1e-4) - at(-1e-4)) / 2e-4
    far = (at(2e-4) - at(-2e-4)) / 4e-4
    return (4 * near - far) / 3, abs(near - far)


def is_tame(tree: Node, point: list[float]) -> bool:
    """Whether nothing inside is huge, and no power needs the logarithm of what has none."""
    return all(abs(compile_float(part, NAMES)(point)) < 1e5 for part in walk(tree)) and not any(
        isinstance(part, Power) and variables(part.exponent) and compile_float(part.base, NAMES)(point) <= 0
        for part in walk(tree)
    )


@pytest.mark.parametrize("seed", range(300))
def test_derivative_equals_a_central_difference(seed: int) -> None:
    source = random.Random(seed)
    tree = random_tree(source, 3)
    of = compile_float(tree, NAMES)
    for place, name in enumerate(NAMES[:2]):
        found = compile_float(derivative(tree, [name]), NAMES)
        for point in (random_point(source) for _ in range(3)):
            expected, doubt = slope(of, point, place)
            # Where the value does not move, a floor or a step's edge may leave 0 times infinity behind.
            if expected and is_tame(tree, point) and doubt < 1e-3 * abs(expected):
                assert abs(found(point) - expected) <= 1e-3 * abs(expected) + 20 * doubt + 1e-5 * (1 + abs(of(point)))


def to_sympy(node: Node) -> sympy.Expr:
    """The same expression in SymPy, over the reals."""
    parts = [to_sympy(child) for child in node.children]
    match node:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name=name):
            return sympy.Symbol(name, real=True)
        case Constant(name=name):
            return sympy.pi if name == "pi" else sympy.E
        case Negative():
            return -parts[0]
        case Sum():
            return sympy.Add(*parts)
        case Product():
            return sympy.Mul(*parts)
        case Quotient():
            return parts[0] / parts[1]
        case Power():
            return parts[0] ** parts[1]
        case Call(function=function):
            return SYMPY[function](*parts) if function in SYMPY else getattr(sympy, function)(*parts)
    return parts[0]


SYMPY: dict[str, Callable[..., sympy.Expr]] = {
    "acot": lambda u: sympy.pi / 2 - sympy.atan(u),
    "log": lambda base, u: sympy.log(u) / sympy.log(base),
    "log2": lambda u: sympy.log(u) / sympy.log(2),
    "log10": lambda u: sympy.log(u) / sympy.log(10),
    "abs": sympy.Abs,
    "relu": lambda u: sympy.Max(u, 0),
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "max": sympy.Max,
    "min": sympy.Min,
    "cbrt": lambda u: sympy.sign(u) * sympy.Abs(u) ** sympy.Rational(1, 3),
    "step": sympy.Heaviside,
}


def agrees_with_sympy(tree: Node, points: list[list[float]]) -> int:
    """At how many points both derivatives are finite; at each of them they must be equal."""
    compared = 0
    ours = compile_float(derivative(tree, ["x"]), NAMES)
    theirs = sympy.diff(to_sympy(tree), sympy.Symbol("x", real=True))
    for point in points:
        values = {sympy.Symbol(name, real=True): sympy.Float(v, 30) for name, v in zip(NAMES, point, strict=True)}
        if not is_tame(tree, point) or not math.isfinite(ours(point)):
            continue
        try:
            exact = complex(theirs.subs(values).evalf(20, maxn=60))
        except (TypeError, ValueError, OverflowError):
            continue  # SymPy leaves a derivative of sign, or a comparison, standing
        if exact.imag or not math.isfinite(exact.real):
            continue
        assert is_same(ours(point), exact.real, 1e-6), (show_line(tree), point)
        compared += 1
    return compared


@pytest.mark.parametrize("function", ONE_ARGUMENT)
@pytest.mark.parametrize("inside", ["x", "x^2", "y x/3", "1 + e^x"])
def test_each_functions_derivative_equals_sympys(function: str, inside: str) -> None:
    source = random.Random(function + inside)
    points = [random_point(source) for _ in range(12)] + [[0.3, 0.5, 1.0, 1.0], [-0.4, 0.6, 1.0, 1.0]]
    arguments = (parse_free("y^2"), parse_free(inside)) if function == "log" else (parse_free(inside),)
    agrees_with_sympy(Call(function, arguments), points)


def test_random_derivatives_equal_sympys() -> None:
    source = random.Random(11)
    compared = 0
    for _ in range(200):
        tree = random_tree(source, 2)
        if "x" in variables(tree):
            compared += agrees_with_sympy(tree, [random_point(source) for _ in range(2)])
    assert compared > 60


TIDIED = [
    ("3*x^2*1 + 2*y + x*0 + x^2", "4x² + 2y"),
    ("x*x*x", "x³"),
    ("x^2/x", "x"),
    ("x/x^3", "1/x²"),
    ("2*3x/6", "x"),
    ("x - x", "0"),
    ("--x", "x"),
    ("e^x e^y", "e^(x + y)"),
    ("(e^x)^2", "e^(2x)"),
    ("ln e", "1"),
    ("(x^2)^(1/2)", "(x²)^(1/2)"),
    ("(x^2)^3", "x⁶"),
    ("4^(1/2) 4^(1/2)", "4"),
    ("(2x)^2", "4x²"),
    ("x^0", "1"),
    ("1/0", "1/0"),
    ("2^100", "2¹⁰⁰"),
    ("0.5x + 1/2 x", "x"),
    ("(x+1)(x+1)", "(x + 1)²"),
    ("sin(x + x)", "sin(2x)"),
    ("(2x, x+x)", "(2x, 2x)"),
]


@pytest.mark.parametrize(("typed", "expected"), TIDIED)
def test_tidied_as_a_person_would(typed: str, expected: str) -> None:
    assert show_line(tidy(parse_free(typed))) == expected


@pytest.mark.parametrize("seed", range(300))
def test_tidying_keeps_the_value(seed: int) -> None:
    source = random.Random(seed)
    tree = random_tree(source)
    once = tidy(tree)
    twice = tidy(once)
    for point in (random_point(source) for _ in range(4)):
        value = compile_float(tree, NAMES)(point)
        if math.isfinite(value) and is_tame(tree, point):
            assert is_same(compile_float(once, NAMES)(point), value, 1e-6), show_line(tree)
            assert is_same(compile_float(twice, NAMES)(point), value, 1e-6), show_line(tree)


def test_numbers_come_and_go() -> None:
    for typed in ("3", "-3", "2/3", "-(2/3)", "((0.5))"):
        value = as_number(parse_free(typed))
        assert value is not None
        assert as_number(number_node(value)) == value
    assert as_number(parse_free("x")) is None
    assert as_number(parse_free("1/0")) is None


DEEP = [
    "x^" * 59 + "x",
    "(x+1)^" * 59 + "x",
    "x/(1+" * 26 + "x" + ")" * 26,
    "sin(" * 30 + "x" + ")" * 30,
    "x^-" * 29 + "x",
]


@pytest.mark.parametrize("typed", DEEP)
def test_the_deepest_that_can_be_typed_has_a_derivative(typed: str) -> None:
    tree = parse_free(typed)
    assert len(show_line(derivative(tree, ["x"]))) > 100


def test_a_derivative_grown_too_large_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        derivative(parse_free("x^" * 59 + "x"), ["x", "x"])
