"""Verdicts: typed answer, question, verdict, and what the learner is told."""

from __future__ import annotations

import pytest

from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Difference, Outcome

PROVER = SympyProver()
RIGHT, WRONG, FORM = Outcome.CORRECT, Outcome.INCORRECT, Outcome.WRONG_FORM
UNREADABLE, UNDECIDED = Outcome.UNREADABLE, Outcome.UNDECIDED


def derivative(of: str, *by: str, **more: object) -> Derivative:
    return Derivative(ask="", of=of, by=by or ("x",), **more)  # type: ignore[arg-type]


def number(of: str, **more: object) -> NumberAnswer:
    return NumberAnswer(ask="", of=of, **more)  # type: ignore[arg-type]


CUBE = derivative("x^3")
MIXED = derivative("x^2 y^3 + sin(x)", "x", "y")
SLOPES = Gradient(ask="", of="x^2 + 3y", by=("x", "y"))
LOSS = derivative("(w x + b - y)^2", "w", let={"r": "w x + b - y"})
SINE = number("sin(x)", by=("x",), at={"x": "60"})
THIRD = number("x/3", at={"x": "1"})
MONEY = number("x/3", at={"x": "1"}, places=2, unit="€")
TERM = Expression(ask="", answer="2x + 1")
CHOICE = Choice(
    ask="", options=(Option(right="up"), Option(wrong="down", because="Look at the sign."), Option(wrong="level"))
)

TABLE: list[tuple[str, AnyExercise, Outcome, str, str]] = [
    # derivatives
    ("3x^2", CUBE, RIGHT, "Right.", ""),
    ("dy/dx = 3x²", CUBE, RIGHT, "Right.", "what stands in front is ignored"),
    ("x^2+x^2+x^2", CUBE, RIGHT, "Right.", ""),
    ("3x^2 + 0sqrt(x)", CUBE, RIGHT, "Right.", "equal wherever both have a value"),
    ("3x", CUBE, WRONG, "That is not the derivative with respect to x.", ""),
    ("3x^2 + 1", CUBE, WRONG, "That is right but for a number that is added: the derivative of a number is 0.", ""),
    ("3x^2 - 1/3", CUBE, WRONG, "That is right but for a number that is added: the derivative of a number is 0.", ""),
    ("x^4/4", CUBE, WRONG, "integrated", "went the other way"),
    ("x^4/4 - 7", CUBE, WRONG, "integrated", ""),
    ("", CUBE, UNREADABLE, "type an answer", ""),
    ("3x^2, 1", CUBE, UNREADABLE, "One value is wanted", ""),
    ("3,0x^2", CUBE, UNREADABLE, "A decimal is written with a point: 3.0x^2", "a decimal comma"),
    ("6x y^2", MIXED, RIGHT, "Right.", ""),
    ("2x y^3 + cos(x)", MIXED, WRONG, "one derivative", "one step only"),
    ("2 r x", LOSS, RIGHT, "Right.", "an abbreviation"),
    ("2x(w x + b - y)", LOSS, RIGHT, "Right.", ""),
    ("2(w x + b - y)", LOSS, WRONG, "", ""),
    ("2w + 17x", LOSS, WRONG, "That is not the derivative with respect to w.", "no mistake that is known"),
    # gradients
    ("(2x, 3)", SLOPES, RIGHT, "Right.", ""),
    ("[x+x; 3]", SLOPES, RIGHT, "Right.", ""),
    ("2x, 3", SLOPES, RIGHT, "Right.", "brackets may be left out"),
    ("(3 + 17y, 3)", SLOPES, WRONG, "Look at the first part; 1 of 2 are right.", ""),
    ("(2x, 3y)", SLOPES, WRONG, "Look at the second part; 1 of 2 are right.", ""),
    ("2x", SLOPES, WRONG, "2 components", ""),
    ("(sqrt(-1-x^2), y)", Gradient(ask="", of="2", by=("x", "y"), variables=("x", "y")), WRONG, "", ""),
    ("(2x, 3, 0)", SLOPES, UNREADABLE, "2 parts are wanted", ""),
    ("(2,0x, 3)", SLOPES, UNREADABLE, "this has 3. A decimal is written with a point: (2.0x, 3)", "a decimal comma"),
    ("(2,0x,3,0)", SLOPES, UNREADABLE, "this has 4. A decimal is written with a point: (2.0x,3.0)", ""),
    ("(2x, 3,0, 1)", SLOPES, UNREADABLE, "this has 4.", "as decimals there would be three"),
    ("2,3", SLOPES, WRONG, "", "a pair, since a pair is asked for"),
    # numbers
    ("1/3", THIRD, RIGHT, "Right.", ""),
    ("2/6", THIRD, RIGHT, "Right.", ""),
    ("0.33", THIRD, FORM, "exactly, as a fraction or a root", "rounded"),
    ("0.3", THIRD, WRONG, "Yours is too small.", "one decimal is no rounding"),
    ("0.34", THIRD, WRONG, "Yours is too large.", ""),
    ("0.33", MONEY, RIGHT, "Right.", "two places are enough"),
    ("0,33 €", MONEY, UNREADABLE, "A decimal is written with a point: 0.33", "a decimal comma"),
    ("1.000,5", MONEY, UNREADABLE, "A decimal is written with a point: 1000.5", ""),
    ("1,000", MONEY, UNREADABLE, "without commas, as in 1000. A decimal is written with a point: 1.000", "either"),
    ("1,234", MONEY, UNREADABLE, "with a point: 1.234. Thousands have no comma: 1234.", "either may be meant"),
    ("0,025", MONEY, UNREADABLE, "A decimal is written with a point: 0.025", ""),
    ("0.33 €", MONEY, RIGHT, "Right.", "the unit may be typed"),
    ("4°", number("4", unit="degrees"), RIGHT, "Right.", "a unit that is asked for is no angle"),
    ("0.3333", MONEY, RIGHT, "Right.", "more are welcome"),
    ("0.3", MONEY, WRONG, "too small", ""),
    ("0,33", MONEY, UNREADABLE, "decimal is written with a point", ""),
    ("x^2", number("x^2", at={"x": "3"}, variables=("x",)), RIGHT, "Right.", "a letter with a value stands for it"),
    ("r^2", number("x^2", at={"x": "3"}, let={"r": "2x - 3"}), RIGHT, "Right.", "so does an abbreviation"),
    ("x + 9", number("3^2", variables=("x",)), WRONG, "That is not the number.", "a letter without a value"),
    ("x - x + 9", number("3^2", variables=("x",)), RIGHT, "Right.", "unless it cancels"),
    # degrees for radians
    ("0.5", SINE, WRONG, "in degrees", ""),
    ("0.50", SINE, WRONG, "in degrees", ""),
    ("cos(pi/3)", SINE, WRONG, "in degrees", ""),
    ("-0.95", SINE, FORM, "exactly", "rightly in radians, rounded"),
    ("0.6", SINE, WRONG, "too large", ""),
    ("45", number("atan(1)"), WRONG, "in degrees", ""),
    ("180/pi acos(1/2)", number("acos(1/2)"), WRONG, "in degrees", ""),
    ("cos(pi x/180)", derivative("sin(x)"), WRONG, "in degrees", ""),
    ("pi/180 cos(pi x/180)", derivative("sin(x)"), WRONG, "in degrees", "the inside differentiated too"),
    ("sin(pi x/180) + pi/180 x cos(pi x/180)", derivative("x sin(x)"), WRONG, "in degrees", "term by term"),
    ("pi/180 cos(pi x/180)", Expression(ask="", answer="cos x"), WRONG, "in degrees", ""),
    ("sin 30", Expression(ask="", answer="1/2"), WRONG, "in degrees", "written in degrees"),
    ("sin 30", number("sin(x)", at={"x": "pi/6"}), WRONG, "in degrees", ""),
    ("45", number("x/4", at={"x": "pi"}), WRONG, "in degrees", "an angle"),
    ("57.30", number("1"), WRONG, "too large", "a number that is no angle"),
    # expressions
    ("1 + 2x", TERM, RIGHT, "Right.", ""),
    ("2x", TERM, WRONG, "constant", "an added number"),
    # choices
    ("a", CHOICE, RIGHT, "Right.", ""),
    (" B) ", CHOICE, WRONG, "Look at the sign.", ""),
    ("c", CHOICE, WRONG, "Not that one.", ""),
    ("d", CHOICE, UNREADABLE, "letters a to c", ""),
    # exercises that are broken
    ("1", derivative("x^"), UNDECIDED, "fault of its own", ""),
    ("1", number("x y", at={"x": "1"}), UNDECIDED, "fault of its own", ""),
    ("1", derivative("sqrt(-1-x^2)"), UNDECIDED, "no point", "its function has no value anywhere"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "exercise", "outcome", "part", "why"), TABLE)
def test_verdict(text: str, exercise: AnyExercise, outcome: Outcome, part: str, why: str) -> None:
    verdict = mark(exercise, text, PROVER)
    assert verdict.outcome is outcome, (verdict, why)
    assert part in verdict.message, why
    assert (verdict.column is not None) is (outcome is UNREADABLE)


@pytest.mark.parametrize(
    ("text", "exercise", "difference"),
    [
        ("3x", CUBE, Difference({"x": "2"}, "6", "12")),
        ("6 x y", MIXED, Difference({"x": "2", "y": "3"}, "36", "108")),
        ("2x w", LOSS, Difference({"w": "2", "x": "3", "b": "5", "y": "1"}, "12", "60")),
        ("(2x, 3y)", SLOPES, Difference({"x": "2", "y": "3"}, "9", "3")),
        ("0.6", SINE, None),
    ],
)
def test_where_they_differ(text: str, exercise: AnyExercise, difference: Difference | None) -> None:
    assert mark(exercise, text, PROVER).difference == difference


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (CUBE, "3x²"),
        (SLOPES, "(2x, 3)"),
        (THIRD, "1/3"),
        (CHOICE, "a"),
        (derivative("x^2 - x", form=("factored",)), "2x − 1"),
        (derivative("x^3 - 3x", form=("factored",)), "3(x − 1)(x + 1)"),
        (derivative("(x+1)^3", form=("expanded",)), "3x² + 6x + 3"),
        (derivative("x^2/4", form=("exact",)), "x/2"),
    ],
)
def test_the_tutors_own_answer(exercise: AnyExercise, answer: str) -> None:
    assert solve(exercise) == answer
    assert mark(exercise, answer, PROVER).outcome is RIGHT


def test_at_a_corner_there_is_no_derivative_to_ask_for() -> None:
    exercise = NumberAnswer(ask="", of="|x|", by=("x",), at={"x": "0"})
    assert mark(exercise, "0", PROVER).outcome is Outcome.UNDECIDED
