"""What an author says of a wrong answer is said, whatever the kind; of a right one it is not."""

import pytest

from tutor.lesson.model import AnyExercise, Choice, Fix, Gradient, Option, Predict, Steer, Trial
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver

PROVER = SympyProver()
BOWL = Trial(loss="(w - 3)^2", start={"w": "0"}, rate="0.8", steps=12)
OWN = "Own words."


def choice(key: str) -> Choice:
    return Choice(ask="", options=(Option(right="A"), Option(wrong="B", because="So.")), says={key: OWN})


def predict(key: str) -> Predict:
    return Predict(ask="", run=BOWL, options=("settles", "swings"), says={key: OWN})


def steer(key: str) -> Steer:
    goal = {"w": "3", "within": "0.01"}
    return Steer(
        ask="", run=Trial(loss=BOWL.loss, start=BOWL.start, steps=1), choose="rate", goal=goal, says={key: OWN}
    )


def fix(key: str) -> Fix:
    return Fix(ask="", lines=("2(x + 3)", "2x + 6", "2x + 5"), says={key: OWN})


SAID = [
    # an exercise with a key of `says`, what is typed, whether the words are said
    (choice("B"), "b", True),
    (choice("b"), "b", True),
    (choice("A"), "a", False),
    (predict("settles"), "a", True),
    (predict("swings"), "b", False),
    (steer("1/4"), "0.25", True),
    (steer("0.5"), "1/2", False),
    (fix("2"), "2", True),
    (fix("3"), "3", False),
]


@pytest.mark.parametrize(("exercise", "typed", "is_said"), SAID)
def test_own_words_are_said_of_a_wrong_answer(exercise: AnyExercise, typed: str, is_said: bool) -> None:
    assert (OWN in mark(exercise, typed, PROVER).message) is is_said


def test_of_a_gradient_it_is_said_which_part_they_are_about() -> None:
    exercise = Gradient(ask="", of="x^2*y", by=("x", "y"), says={"(x*y, x^2)": OWN})
    assert mark(exercise, "(xy, x^2)", PROVER).message == f"Look at the first part; 1 of 2 are right. {OWN}"
