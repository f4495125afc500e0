"""Answers given line by line: what has been typed so far, the verdict on the last line, and where to go on."""

from __future__ import annotations

import math

import msgspec
import pytest

from tutor.lesson.model import Line, LineByLine
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome
from tutor.marking.worked import work_out

PROVER = SympyProver()
RIGHT, ON, WRONG, FORM = Outcome.CORRECT, Outcome.ON_THE_WAY, Outcome.INCORRECT, Outcome.WRONG_FORM
UNREADABLE = Outcome.UNREADABLE

CUBE = LineByLine(id="cube", ask="", of="(2x+1)^3", by=("x",), form=("expanded",))
ANY_FORM = msgspec.structs.replace(CUBE, form=())
ONE_STEP = LineByLine(
    id="forward",
    ask="",
    given={"x": "2", "w": "0.5", "b": "-0.5", "y": "1"},
    places=3,
    lines=(
        Line(name="z", of="w*x + b"),
        Line(name="a", of="tanh(z)"),
        Line(name="L", of="(a - y)^2"),
        Line(name="g", of="(tanh(w*x + b) - y)^2", by=("w",)),
    ),
)
EXACT = LineByLine(id="exact", ask="", given={"x": "2"}, lines=(Line(name="u", of="x/6"), Line(name="v", of="u^2")))


def rounded(value: float) -> str:
    return f"{value:.3f}"


A = math.tanh(0.5)
TRUE = ["0.5", rounded(A), rounded((A - 1) ** 2), rounded(2 * (A - 1) * (1 - A * A) * 2)]
"The whole calculation, worked out here."
OFF = math.tanh(1.5)
AFTER_A_MISTAKE = ["1.5", rounded(OFF), rounded((OFF - 1) ** 2), TRUE[3]]
"The same with the sign of b lost in the first line; the last line does not rest on it."


DERIVATION = [
    ("6(2x+1)^2", ON, 1, "multiply out"),
    ("6(2x+1)^2\n6(4x^2 + 4x + 1)", ON, 2, "multiply out"),
    ("6(2x+1)^2\n6(4x^2 + 4x + 1)\n24x^2 + 24x + 6", RIGHT, None, ""),
    ("6(2x+1)^2; 24x^2 + 24x + 6", RIGHT, None, "a semicolon ends a line too"),
    ("24x^2 + 24x + 6", RIGHT, None, "one line is enough"),
    ("6(2x+1)^2\n6(2x+1)^2", FORM, None, "once more"),
    ("3(2x+1)^2", WRONG, None, "left out the inside"),
    ("6(2x+1)^2\n6(4x^2 + 1)", WRONG, None, "more than the sum of the powers"),
    ("6(2x+1)^2\n24x^2 + 3x + 8", WRONG, None, "This is not equal to the line above."),
    ("6(2x+1)^2\n3x\n24x^2 + 24x + 6", WRONG, None, "Line 2 is not equal"),
    ("", UNREADABLE, None, "type an answer"),
    ("6(2x+1)^2\n", UNREADABLE, None, "type an answer"),
    ("6(2q+1)^2\n3", UNREADABLE, None, "Line 1"),
]


@pytest.mark.parametrize(("text", "outcome", "next_line", "why"), DERIVATION)
def test_a_line_of_a_derivation(text: str, outcome: Outcome, next_line: int | None, why: str) -> None:
    verdict = mark(CUBE, text, PROVER)
    assert (verdict.outcome, verdict.next_line) == (outcome, next_line), why
    if outcome is not RIGHT:
        assert why in verdict.message


def test_slips_are_named_on_the_first_line_and_on_later_ones() -> None:
    assert mark(CUBE, "3(2x+1)^2", PROVER).slips[0] == "K1"
    assert mark(CUBE, "6(2x+1)^2\n6(4x^2 + 1)", PROVER).slips == ("P8",)


def test_without_a_form_the_first_right_line_is_the_last() -> None:
    assert mark(ANY_FORM, "6(2x+1)^2", PROVER).outcome is RIGHT


@pytest.mark.parametrize("exercise", [CUBE, ANY_FORM, ONE_STEP, EXACT])
def test_the_tutors_own_answer_and_its_steps(exercise: LineByLine) -> None:
    answer = solve(exercise)
    assert mark(exercise, answer, PROVER).outcome is RIGHT
    assert work_out(exercise)[-1].line == answer.splitlines()[-1]


def test_the_values_of_a_calculation() -> None:
    lines = zip("zaLg", TRUE, strict=True)
    assert solve(ONE_STEP) == "\n".join(f"{name} = {value}" for name, value in lines)


CALCULATION = [
    (TRUE[:1], ON, 1, "Right."),
    (["z = 0.5", f"a = {TRUE[1]}"], ON, 2, "Right."),
    (TRUE[:3], ON, 3, "Right."),
    (TRUE, RIGHT, None, "Right."),
    (AFTER_A_MISTAKE[:1], WRONG, None, "too large"),
    (AFTER_A_MISTAKE[:2], ON, 2, "This follows from your z."),
    (AFTER_A_MISTAKE[:3], ON, 3, "This follows from your a."),
    ([AFTER_A_MISTAKE[0], TRUE[1]], ON, 2, "Right."),
    (AFTER_A_MISTAKE, ON, 0, "Now mend z"),
    ([*AFTER_A_MISTAKE[:2], "7"], WRONG, None, "too large"),
    (["0.5", TRUE[1][:-1]], FORM, None, "3 decimal places"),
    (["0.5", "u"], UNREADABLE, None, "u"),
    (["w*x + b"], ON, 1, "Right."),
    (["0.5", "tanh z"], ON, 2, "Right."),
    (["0.5", "z"], WRONG, None, ""),
    (["q", "1"], UNREADABLE, None, "Line 1"),
    ([*TRUE, "1"], UNREADABLE, None, "4 are wanted"),
    ([""], UNREADABLE, None, "type an answer"),
]


@pytest.mark.parametrize(("lines", "outcome", "next_line", "part"), CALCULATION)
def test_a_line_of_a_calculation(lines: list[str], outcome: Outcome, next_line: int | None, part: str) -> None:
    verdict = mark(ONE_STEP, "\n".join(lines), PROVER)
    assert (verdict.outcome, verdict.next_line) == (outcome, next_line)
    assert part in verdict.message


def test_a_mended_line_lets_the_rest_be_worked_out_again() -> None:
    assert mark(ONE_STEP, TRUE[0], PROVER).next_line == 1
    assert mark(ONE_STEP, "\n".join([TRUE[0], AFTER_A_MISTAKE[1]]), PROVER).outcome is WRONG


def test_a_learner_may_keep_more_digits_than_are_shown() -> None:
    """With the rounded a, L would be (0.462 - 1)^2; both are right to three places or neither is wrong."""
    for a in (TRUE[1], repr(A)):
        for l_value in (rounded((float(a) - 1) ** 2), rounded((A - 1) ** 2)):
            assert mark(ONE_STEP, "\n".join(["0.5", a, l_value]), PROVER).outcome is ON


@pytest.mark.parametrize(
    ("text", "outcome"), [("1/3\n1/9", RIGHT), ("2/6\n(1/3)^2", RIGHT), ("0.33", FORM), ("1/3\n0.11", FORM)]
)
def test_without_places_a_value_is_exact(text: str, outcome: Outcome) -> None:
    assert mark(EXACT, text, PROVER).outcome is outcome
