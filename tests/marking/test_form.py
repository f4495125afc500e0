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
    ("e^(2(x+1))", True, "and in an exponent"),
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
        ("(x+1)^3", ("expanded",), "3(x+1)^2", "Equal, but not yet expanded: multiply out the power of the bracket."),
        ("x^3/3 - x", ("factored",), "x^2 - 1", "Equal, but not yet factored: write it as a product."),
        ("x^4", ("simplified",), "4x*x^2", "Equal, but not yet simplified: join the powers of the same base."),
        ("1/x + x", ("single-fraction",), "1 - 1/x^2",
         "Equal, but not yet a single fraction: bring everything over one denominator."),
        ("1/x", ("no-negative-powers",), "-x^-2",
         "Equal, but there is a negative power: write what has a negative power below a fraction line."),
        ("x^2/4", ("exact",), "0.5x", "Equal, but not exact as it stands: write fractions or roots in place of decimals."),
        ("x^2/4", ("simplified", "exact"), "0.5x",
         "Equal, but not exact as it stands: write fractions or roots in place of decimals."),
    ],
)  # fmt: skip
def test_equal_in_another_form_is_a_nudge(of: str, forms: tuple[Form, ...], text: str, message: str) -> None:
    verdict = mark(Derivative(ask="", of=of, by=("x",), form=forms), text, PROVER)
    assert (verdict.outcome, verdict.message, verdict.decided_by) == (Outcome.WRONG_FORM, message, "form")
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
    ],
)  # fmt: skip
def test_the_tutors_own_answer_is_in_the_form_asked_for(form: Form, of: str) -> None:
    exercise = Derivative(ask="", of=of, by=("x",), form=(form,))
    verdict = mark(exercise, solve(exercise), PROVER)
    assert verdict.outcome is Outcome.CORRECT, (solve(exercise), verdict.message)
