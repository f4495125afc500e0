"""Answers that are right but for a letter: typed answer, exercise, verdict, and what the learner is told."""

from __future__ import annotations

import pytest

from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient, NumberAnswer
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome

PROVER = SympyProver()
UNREADABLE, WRONG = Outcome.UNREADABLE, Outcome.INCORRECT

CUBE = Derivative(ask="", of="x^3", by=("x",))
LINE = Derivative(ask="", of="2x", by=("x",))
LINE_WITH_C = Derivative(ask="", of="2x", by=("x",), variables=("C",))
SQUARES = Derivative(ask="", of="x^2 y^2", by=("x",))
SLOPES = Gradient(ask="", of="x^2 y", by=("x", "y"))
THIRD = Expression(ask="", answer="x^3/3")
THIRD_WITH_C = Expression(ask="", answer="x^3/3", variables=("C", "t"))
LOSS = Derivative(ask="", of="(w x + b)^2", by=("w",), let={"r": "w x + b"})
NUMBER = NumberAnswer(ask="", of="x^2", at={"x": "3"})

OTHER_LETTER = [
    ("3t^2", CUBE, UNREADABLE, "Right, but in the wrong letter: this is about x; you wrote t."),
    ("3X^2", CUBE, UNREADABLE, "Right, but in the wrong letter: this is about x; you wrote X."),
    ("2a b^2", SQUARES, UNREADABLE, "Right, but in the wrong letters: this is about x and y; you wrote a and b."),
    ("2b^2 a", SQUARES, UNREADABLE, "Right, but in the wrong letters: this is about x and y; you wrote a and b."),
    ("(2ab, a^2)", SLOPES, UNREADABLE, "Right, but in the wrong letters: this is about x and y; you wrote a and b."),
    ("2 r z", LOSS, UNREADABLE, "You can use"),
    ("2(w z + b) z", LOSS, UNREADABLE, "Right, but in the wrong letter: this is about x; you wrote z."),
    ("t^3/3", THIRD_WITH_C, WRONG, "Right, but in the wrong letter: this is about x; you wrote t."),
    ("2t^2", CUBE, UNREADABLE, "You can use x here; t is not one of them."),
    ("3t x", CUBE, UNREADABLE, "You can use x here; t is not one of them."),
    ("3t^)2", CUBE, UNREADABLE, "You can use x here; t is not one of them."),
    ("a b c d", SQUARES, UNREADABLE, "You can use x and y here; a is not one of them."),
    ("t^2", NUMBER, UNREADABLE, "A number is wanted here, without letters; t is not known."),
]

PLUS_C = [
    ("x^2 + C", LINE, UNREADABLE, "x² + C is the integral of 2x. Here the derivative is asked for."),
    ("c + x^2", LINE, UNREADABLE, "c + x² is the integral of 2x. Here the derivative is asked for."),
    ("x^2 + C", LINE_WITH_C, WRONG, "integrated"),
    ("2 + C", LINE, UNREADABLE, "Right but for the + C: a derivative has none. Leave it out."),
    ("2 + C", LINE_WITH_C, WRONG, "Right but for the + C: a derivative has none. Leave it out."),
    ("3x^2+c", CUBE, UNREADABLE, "Right but for the + c: a derivative has none. Leave it out."),
    ("3x + C", CUBE, UNREADABLE, "A derivative has no + C: that belongs to an integral. Leave it out."),
    ("(2xy + C, x^2)", SLOPES, UNREADABLE, "Right but for the + C: a derivative has none. Leave it out."),
    ("x^3/3 + C", THIRD, UNREADABLE, "Right but for the + C: it is not asked for here. Leave it out."),
    ("x^3/3 + C", THIRD_WITH_C, WRONG, "Right but for the + C: it is not asked for here. Leave it out."),
    ("x^3 + C", THIRD, UNREADABLE, "You can use x here; C is not one of them."),
    ("3C x^2", CUBE, UNREADABLE, "You can use x here; C is not one of them."),
    ("3x^2 + C x + C", CUBE, UNREADABLE, "You can use x here; C is not one of them."),
    ("3x + c", Derivative(ask="", of="x^2 + c", by=("x",)), WRONG, "That is not the derivative"),
    ("3t^2 + C", CUBE, UNREADABLE, "You can use x here; t is not one of them."),
]


@pytest.mark.parametrize(("text", "exercise", "outcome", "message"), OTHER_LETTER + PLUS_C)
def test_what_is_said_of_letters(text: str, exercise: AnyExercise, outcome: Outcome, message: str) -> None:
    verdict = mark(exercise, text, PROVER)
    assert verdict.outcome is outcome, verdict
    assert message in verdict.message
    assert (verdict.column is not None) is (outcome is UNREADABLE)


def test_another_letter_is_named_as_a_slip() -> None:
    assert mark(CUBE, "3t^2", PROVER).slips == ("C9",)
