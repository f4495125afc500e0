"""The form of an answer: typed text, form asked for, whether it is in that form, and why."""

from __future__ import annotations

import pytest

from tutor.lesson.model import Derivative, Expression, Form, Gradient
from tutor.marking.form import missing
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome
from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import parse, parse_free

PROVER = SympyProver()

EXPANDED = [
    ("x^2 + 2x + 1", True, ""),
    ("2x", True, ""),
    ("x sin(2(x+1))", True, "brackets inside a function stay"),
    ("e^(2x+2)", True, ""),
    ("2sin(x)cos(x)", True, "factors that are not alike"),
    ("sin(x)^2", True, "a power of a function"),
    ("x^2 + x + 1", True, ""),
    ("(x+1)^(1/2)", True, "a root cannot be multiplied out"),
    ("(x^2 + 1)/x", True, "a numerator may stay together"),
    ("x^2 + (y + 1)", True, "brackets that do nothing"),
    ("-x^2 - 1", True, ""),
    ("1/(x+1)^2", True, "a denominator is left alone"),
    ("2(x+1)", False, ""),
    ("(x+1)2", False, ""),
    ("(x+1)^2", False, ""),
    ("x(x+1) + 1", False, ""),
    ("(x+1)(x-1)", False, ""),
    ("1 - (x+1)", False, "a bracket after a minus sign"),
    ("-(x+1)", False, ""),
    ("x + 3(x+1)^2 e^x", False, ""),
    ("(x(x+1))/y", False, "in a numerator"),
    ("(2(x+1))^2", False, ""),
    ("2*((x+1)/3)", False, "a sum above a line, behind a number"),
    ("(x+1)^(1+1)", False, "an exponent to be worked out first"),
    ("e^(2(x+1))", False, "exponents are multiplied out too"),
    ("x e^(x(x+1))", False, ""),
    ("exp(2(x+1))", False, "however the power of e is written"),
    ("(2x)^2", False, "the power of a product"),
    ("(x/2)^2", False, "of a fraction"),
    ("(-x)^2", False, "of a minus"),
    ("(x^2)^3", False, "of a power"),
    ("2x*3x", False, "factors that are alike"),
    ("x x^2 + 1", False, ""),
    ("2*3x", False, "two numbers"),
    ("x^2 + x + x + 1", False, "like terms"),
    ("x^2 + 1 + 2", False, ""),
    ("x - (-2x)", False, ""),
    ("(x + x)/y", False, "above the line as well"),
    ("0 + x", False, "a zero that does nothing"),
    ("1x", False, "a one"),
    ("x^1", False, ""),
    ("--x", False, ""),
]

FACTORED = [
    ("(x-1)(x+1)", True, ""),
    ("3x^2", True, ""),
    ("3x^2(x+1)^4", True, ""),
    ("2x", True, ""),
    ("x^2 + 1", True, "cannot be taken apart"),
    ("x^2 - 2", True, "not over the rationals"),
    ("2(x+1)", True, ""),
    ("-x(x-1)", True, ""),
    ("x e^x (x+2)", True, "functions are letters of their own"),
    ("(x+1)(x+1)", True, "equal factors need not be joined"),
    ("x/2 + 1/3", True, "fractions in front are not asked for"),
    ("(x+1)/(x-1)^2", True, ""),
    ("x^2 - 1", False, ""),
    ("x^2 + x", False, "a letter in common"),
    ("2x + 4", False, "a number in common"),
    ("(2x+4)(x+1)", False, "in one of the brackets"),
    ("(x^2-1)(x+1)", False, ""),
    ("x^2 e^x + 2x e^x", False, ""),
    ("sin(x)cos(x) + sin(x)", False, ""),
    ("(x^2-1)/(x+2)", False, "above the line"),
    ("(x^2 - 1)^2", False, "inside a power"),
    ("x(x+1) + (x+1)", False, "a sum outermost"),
    ("1/x + 1/y", False, "a sum of fractions"),
    ("(x+y)/(x*y)", True, ""),
]

SIMPLIFIED = [
    ("3x^2 + 2y", True, ""),
    ("0", True, ""),
    ("-1/2", True, ""),
    ("x/2", True, ""),
    ("1/2 x", True, ""),
    ("3x^2/4", True, ""),
    ("(x+1)^2", True, "brackets may stay"),
    ("2x(x+1)", True, ""),
    ("sqrt(2)/2", True, ""),
    ("e^(-x)(1-x)", True, ""),
    ("1/x^2", True, ""),
    ("x^-2", True, ""),
    ("2sin(x)cos(x)", True, "no identity is asked for"),
    ("(x^2+1)/(x+1)", True, ""),
    ("sqrt(x)/x^2", True, ""),
    ("-(1-x)", True, "where the minus signs stand is a matter of taste"),
    ("x + -y", True, ""),
    ("1/sqrt(2)", True, "and so is a root in a denominator"),
    ("sqrt(6)", True, "no square in it"),
    ("sin^2 x + cos^2 x", True, "no identity is asked for"),
    ("sqrt(8)", False, "a square in the root"),
    ("x/sqrt(12)", False, ""),
    ("2/4", False, "lowest terms"),
    ("x^(1-2)", False, "a number to work out in an exponent"),
    ("x^(1+1)", False, ""),
    ("0 + x", False, ""),
    ("x^1", False, ""),
    ("max(1, 2)", False, ""),
    ("e^(ln x)", False, ""),
    ("exp(ln x)", False, ""),
    ("x + x", False, "like terms"),
    ("3x^2 + 2y - x^2", False, ""),
    ("2x y + y x", False, ""),
    ("1 + x + 2", False, "numbers"),
    ("2*3x", False, ""),
    ("x*x", False, "powers of one base"),
    ("x^2 x", False, ""),
    ("e^x e^(2x)", False, ""),
    ("4/2 x", False, ""),
    ("2x/4", False, "lowest terms"),
    ("x^2/x", False, ""),
    ("(2x+2)/4", False, "a number in common"),
    ("(x^2-1)/(x-1)", False, "a bracket in common"),
    ("3x^1", False, ""),
    ("3x^0", False, ""),
    ("1x", False, ""),
    ("x + 0", False, ""),
    ("0x + 1", False, ""),
    ("2^3 x", False, ""),
    ("sqrt(4)x", False, ""),
    ("4^(1/2)", False, ""),
    ("ln(e) x", False, ""),
    ("x cos(0)", False, ""),
    ("--x", False, ""),
    ("x - -1", False, ""),
    ("(x^2)^3", False, ""),
    ("(2x)^2", False, ""),
    ("x/(1/2)", False, "a fraction in a fraction"),
    ("1/(1+1/x)", False, ""),
    ("x/1", False, ""),
    ("sin(x + x)", False, "inside a function too"),
    ("x/(-2)", False, ""),
    ("2*(x/3)", False, ""),
    ("1/x^-1", False, "a negative power below the line"),
]

SINGLE_FRACTION = [
    ("(x+1)/(x-1)", True, ""),
    ("x^2 + 1", True, "no fraction at all"),
    ("-(x+1)/x", True, ""),
    ("2x e^(-x/2)/(x+1)", True, "exponents are left alone"),
    ("sin(x/2)/x", True, "and arguments"),
    ("x^(1/2)/2", True, ""),
    ("0.5x", True, "a decimal is no fraction"),
    ("1/x + 1", False, ""),
    ("x/(1+1/x)", False, ""),
    ("1/2 x", False, "the line must divide the whole"),
    ("½x", False, ""),
    ("x^-1", False, "a negative power stands in for a fraction"),
    ("x/y/z", False, ""),
]

NO_NEGATIVE_POWERS = [
    ("1/x^2", True, ""),
    ("e^(-x)", True, "powers of e are left alone"),
    ("x^(1/2)", True, ""),
    ("x^-2", False, ""),
    ("3x^(-1/2)", False, ""),
    ("1/(x^-1 + 1)", False, ""),
    ("sin(x^-1)", False, ""),
    ("x^(2-1)", True, "worked out, it is not negative"),
    ("x^-n", True, "nobody knows whether n is positive"),
    ("x^(1-2)", False, "worked out, it is"),
    ("x^(-sqrt(2))", False, ""),
]

EXACT = [
    ("1/2", True, ""),
    ("sqrt(2) pi", True, ""),
    ("½ x", True, ""),
    ("0.5", False, ""),
    ("x^0.5", False, ""),
    ("1.0x", False, ""),
]

TABLES: dict[Form, list[tuple[str, bool, str]]] = {
    "expanded": EXPANDED,
    "factored": FACTORED,
    "simplified": SIMPLIFIED,
    "single-fraction": SINGLE_FRACTION,
    "no-negative-powers": NO_NEGATIVE_POWERS,
    "exact": EXACT,
}


@pytest.mark.parametrize(
    ("form", "text", "is_in_form", "why"), [(form, *row) for form, rows in TABLES.items() for row in rows]
)
def test_form(form: Form, text: str, is_in_form: bool, why: str) -> None:
    what = missing(parse_free(text), (form,), PROVER)
    assert (what == "") is is_in_form, what or why


@pytest.mark.parametrize(
    ("of", "forms", "text", "message"),
    [
        ("(x+1)^3", ("expanded",), "3(x+1)^2", "not yet expanded: multiply out 3(x + 1)²."),
        ("(x+1)^3", ("expanded",), "3x^2 + 3x*2 + 3", "not yet expanded: 3x·2 can be multiplied."),
        ("x^3", ("expanded",), "x^2 + x^2 + x^2", "not yet expanded: collect the like terms x² + x² + x²."),
        ("x^3/3 - x", ("factored",), "x^2 - 1", "not yet factored: write x² − 1 as a product."),
        ("x^3 - 3x", ("factored",), "3(x^2 - 1)", "not yet factored: x² − 1 can be taken apart further."),
        ("x^4", ("simplified",), "4x*x^2", "not yet simplified: join the powers of x in 4xx²."),
        ("x^2", ("simplified",), "2x + 0", "not yet simplified: leave out the 0 in 2x + 0."),
        ("sqrt(8) x", ("simplified",), "sqrt(8)", "not yet simplified: take the square number out of √(8)."),
        ("1/x + x", ("single-fraction",), "1 - 1/x^2",
         "not yet a single fraction: bring everything over one denominator, 1/x² too."),
        ("1/x", ("no-negative-powers",), "-x^-2", "there is a negative power: write x⁻² as a fraction."),
        ("x^2/4", ("exact",), "0.5x", "not exact as it stands: write 0.5 as a fraction or a root."),
        ("x^2/4", ("simplified", "exact"), "0.5x", "not exact as it stands: write 0.5 as a fraction or a root."),
        ("(x+1)^9", ("expanded",), "9(x+1)^2 (x^6 + 6x^5 + 15x^4 + 20x^3 + 15x^2 + 6x + 1)",
         "not yet expanded: multiply out 9(x + 1)²(x⁶ + 6x⁵ + 15x⁴ + 20x…."),
    ],
)  # fmt: skip
def test_equal_in_another_form_is_a_nudge(of: str, forms: tuple[Form, ...], text: str, message: str) -> None:
    verdict = mark(Derivative(ask="", of=of, by=("x",), form=forms), text, PROVER)
    assert (verdict.outcome, verdict.message, verdict.decided_by) == (
        Outcome.WRONG_FORM,
        f"Equal, but {message}",
        "form",
    )
    assert not verdict.outcome.is_attempt


def test_a_wrong_answer_is_wrong_whatever_its_form() -> None:
    verdict = mark(Derivative(ask="", of="x^3", by=("x",), form=("factored",)), "x^2 - 1", PROVER)
    assert verdict.outcome is Outcome.INCORRECT


def test_each_part_of_a_tuple_is_looked_at() -> None:
    exercise = Gradient(ask="", of="x^2 y", by=("x", "y"), form=("simplified",))
    assert mark(exercise, "(2xy, x^2)", PROVER).outcome is Outcome.CORRECT
    assert mark(exercise, "(2xy, x x)", PROVER).outcome is Outcome.WRONG_FORM


def test_an_abbreviation_is_looked_at_as_typed() -> None:
    exercise = Expression(ask="", answer="2(x+1)^2", let={"r": "x + 1"}, form=("simplified",))
    assert mark(exercise, "2r^2", PROVER).outcome is Outcome.CORRECT
    assert mark(exercise, "2r r", PROVER).outcome is Outcome.WRONG_FORM


def test_brackets_as_typed_do_not_matter() -> None:
    typed = parse("((x^2) + (2x))", Vocabulary.of("x"))
    assert missing(typed, ("expanded", "simplified"), PROVER) == ""


@pytest.mark.parametrize("form", list(TABLES))
@pytest.mark.parametrize(
    "of",
    [
        "(x+1)^3 (x-2)", "x/(x+1)", "1/x", "x^2 sin(x)", "0.5x^2", "sqrt(x)", "x e^(2x)", "(x^2-1)/(x-1)^2",
        "ln(x^2+1)", "1/(1+e^(-x))", "x^x", "1/x - ln x", "(w x + b - y)^2/2", "sigmoid(w x + b)", "tan(x)",
        "e^(x(x+1))", "sqrt(8) x^2", "x/sqrt(12)", "(2x)^3", "x^2/2 + x^3/3",
    ],
)  # fmt: skip
def test_the_tutors_own_answer_is_in_the_form_asked_for(form: Form, of: str) -> None:
    exercise = Derivative(ask="", of=of, by=("x",), form=(form,))
    verdict = mark(exercise, solve(exercise), PROVER)
    assert verdict.outcome is Outcome.CORRECT, (solve(exercise), verdict.message)
