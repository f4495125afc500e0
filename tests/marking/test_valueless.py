"""Answers without a value anywhere: what was typed, and the part and the reason that the learner is told."""

from __future__ import annotations

import pytest

from tutor.lesson.model import Expression, Gradient, NumberAnswer
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.valueless import without_value
from tutor.marking.verdict import Outcome
from tutor.maths.parse import parse_free

PROVER = SympyProver()

WITHOUT = [
    ("1/0", "1/0 has no value: nothing can be divided by 0."),
    ("0/0", "0/0 has no value: nothing can be divided by 0."),
    ("2x + x/(1-1)", "x/(1 − 1) has no value: nothing can be divided by 0."),
    ("1/(x-x)", "1/(x − x) has no value: nothing can be divided by 0."),
    ("1/(sqrt(2)^2 - 2)", "1/(√(2)² − 2) has no value: nothing can be divided by 0."),
    ("1/sin(pi)", "1/sin(π) has no value: nothing can be divided by 0."),
    ("0^-1", "0⁻¹ has no value: nothing can be divided by 0."),
    ("tan(pi/2)", "tan(π/2) has no value: it divides by cos(π/2), which is 0."),
    ("cot(0)", "cot(0) has no value: it divides by sin(0), which is 0."),
    ("coth(0)", "coth(0) has no value: it divides by sinh(0), which is 0."),
    ("ln(-1)", "ln(−1) has no real value: only positive numbers have a logarithm."),
    ("x ln(0)", "ln(0) has no real value: only positive numbers have a logarithm."),
    ("log_1 x", "log₁(x) has no value: the base of a logarithm is positive and not 1."),
    ("log_(-2) x", "log(x, −2) has no value: the base of a logarithm is positive and not 1."),
    ("log_3(-1)", "log₃(−1) has no real value: only positive numbers have a logarithm."),
    ("sqrt(-4)", "√(−4) has no real value: the square of a real number is never negative."),
    ("x^2 + sin(sqrt(x-x-4))", "√(x − x − 4) has no real value: the square of a real number is never negative."),
    ("asin(2)", "asin(2) has no real value: asin takes numbers from −1 to 1 only."),
    ("acosh(0)", "acosh(0) has no real value: acosh takes numbers from 1 upwards only."),
    ("atanh(1)", "atanh(1) has no real value: atanh takes numbers between −1 and 1 only."),
    ("asec(1/2)", "asec(1/2) has no real value: asec takes no numbers between −1 and 1."),
    ("step(0)", "step(0) has no real value: it jumps there."),
    ("(-8)^(1/3)", "(−8)^(1/3) has no real value here: only whole powers of a negative number are taken."
     " You may write −8^(1/3), or cbrt(−8) for the cube root."),
    ("(-8)^(2/3)", "(−8)^(2/3) has no real value here: only whole powers of a negative number are taken."
     " You may write 8^(2/3)."),
    ("(-4)^(1/2)", "(−4)^(1/2) has no real value here: only whole powers of a negative number are taken."),
    ("(-2)^sqrt(2)", "(−2)^(√(2)) has no real value here: only whole powers of a negative number are taken."),
]  # fmt: skip

WITH = [
    "x",
    "0",
    "1/x",
    "ln x",
    "sqrt(-1-x^2)",
    "(-8)^3",
    "cbrt(-8)",
    "0^0",
    "tan(1.57)",
    "1/sin(3)",
    "10^-300",
    "log_2 3",
]


@pytest.mark.parametrize(("text", "why"), WITHOUT)
def test_the_part_without_a_value_is_named(text: str, why: str) -> None:
    assert without_value(parse_free(text), PROVER) == why


@pytest.mark.parametrize("text", WITH)
def test_nothing_is_said_of_what_may_have_one(text: str) -> None:
    assert without_value(parse_free(text), PROVER) == ""


@pytest.mark.parametrize(("text", "why"), WITHOUT)
def test_such_an_answer_is_wrong_and_says_why(text: str, why: str) -> None:
    verdict = mark(Expression(ask="", answer="2x"), text, PROVER)
    assert (verdict.outcome, verdict.message) == (Outcome.INCORRECT, why)


@pytest.mark.parametrize(("text", "why"), [row for row in WITHOUT if "x" not in row[0].replace("exp", "")])
def test_so_it_is_where_a_number_is_wanted(text: str, why: str) -> None:
    verdict = mark(NumberAnswer(ask="", of="2"), text, PROVER)
    assert (verdict.outcome, verdict.message) == (Outcome.INCORRECT, why)


def test_the_part_of_a_gradient_is_named() -> None:
    verdict = mark(Gradient(ask="", of="x^2 + 3y", by=("x", "y")), "(2x, 1/0)", PROVER)
    assert verdict.outcome is Outcome.INCORRECT
    assert verdict.message == (
        "Look at the second part; 1 of 2 are right. 1/0 has no value: nothing can be divided by 0."
    )


@pytest.mark.parametrize("right", ["1/0", "sqrt(-1-x^2)"])
def test_nobody_is_blamed_where_the_right_answer_has_none_either(right: str) -> None:
    assert mark(Expression(ask="", answer=right), "ln(-1)", PROVER).outcome is Outcome.UNDECIDED
