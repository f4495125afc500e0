"""What is proved of an exercise before learners meet it."""

from __future__ import annotations

import pytest

from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.question import ask
from tutor.marking.verdict import Outcome
from tutor.marking.vouch import rewritings, vouch

PROVER = SympyProver()
EXERCISES: list[AnyExercise] = [
    Derivative(ask="", of="x^2 sin(x)", by=("x",)),
    Derivative(ask="", of="(2x + 1)^3", by=("x",), form=("expanded",)),
    Gradient(ask="", of="x^3 + 2x*y", by=("x", "y")),
    NumberAnswer(ask="", of="x^3", by=("x",), at={"x": "2"}),
    Expression(ask="", answer="(x + h)^2 - x^2", variables=("x", "h")),
]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: type(exercise).__name__)
def test_nothing_is_held_against_a_sound_exercise(exercise: AnyExercise) -> None:
    found = vouch(exercise, PROVER)
    assert found.refused == found.undecided == ()
    assert found.strays == ""
    assert found.slips
    assert found.rewritings >= 2
    assert found.slowest > 0


def test_every_rewriting_is_really_another_text_and_right() -> None:
    exercise = EXERCISES[0]
    texts = list(rewritings(ask(exercise).right))
    assert len(set(texts)) == len(texts) >= 4
    assert all(mark(exercise, text, PROVER).outcome is Outcome.CORRECT for text in texts)
    assert any(text.startswith("cos") for text in texts), "turned round"


def test_slips_that_one_answer_cannot_tell_apart_are_listed() -> None:
    found = vouch(Derivative(ask="", of="x*e^x", by=("x",)), PROVER)
    assert any(label.count(",") for label in found.alike)


def test_of_a_choice_there_is_nothing_to_prove() -> None:
    options = (Option(right="yes"), Option(wrong="no"))
    assert vouch(Choice(ask="", options=options), PROVER).slips == 0
