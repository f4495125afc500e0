"""Which mistakes recur: answers in, slips in order of weight out."""

import pytest
from study.samples import answer

from tutor.lesson.model import AnyExercise, Derivative, Fix
from tutor.study.slips import Recurring, can_show, foresees, recurring


def test_slips_in_more_exercises_weigh_more() -> None:
    answers = [
        answer(1, exercise="e1", slips=("K1",), at="2025-03-01T09:00:00Z"),
        answer(2, exercise="e1", slips=("C3", "K1"), at="2025-03-01T09:01:00Z"),
        answer(3, exercise="e2", slips=("C3",), at="2025-03-01T09:02:00Z"),
        answer(4, exercise="e1", slips=("K1",), at="2025-03-01T09:03:00Z"),
        answer(5, exercise="e1", slips=("K1",), at="2025-03-01T09:04:00Z"),
        answer(6, exercise="e3"),
    ]
    assert recurring(answers) == (
        Recurring("C3", 2, 2, "2025-03-01T09:02:00Z"),
        Recurring("K1", 3, 1, "2025-03-01T09:04:00Z"),
    )


def test_the_latest_is_the_latest_moment() -> None:
    times = ("2025-03-01T10:00:00+02:00", "2025-03-01T09:00:00Z")
    answers = [answer(number, slips=("K1",), at=at) for number, at in enumerate(times)]
    assert recurring(answers)[0].last == times[1]


def test_once_is_no_habit() -> None:
    answers = [answer(1, slips=("K1",))]
    assert recurring(answers) == ()
    assert [slip.id for slip in recurring(answers, at_least=1)] == ["K1"]
    assert recurring([]) == ()


def about(id: str, of: str, **more: object) -> Derivative:
    return Derivative(id=id, ask="?", of=of, by=("x",), **more)  # type: ignore[arg-type]


SUM = about("sum", "x^2 + 3")
CHAIN = about("chain", "sin(x^2)")
FORESEEN = about("foreseen", "e^(3x)", reject={"e^(3x)": "E4", "x": ""})
FIX = Fix(id="fix", ask="?", of="sin(x^2)", by=("x",), slip="R1")


@pytest.mark.parametrize(
    ("exercise", "slip", "shows", "why"),
    [
        (SUM, "K1", False, "no chain in it"),
        (CHAIN, "K1", True, "the inside can be left out"),
        (CHAIN, "B4", True, "a case of K1"),
        (CHAIN, "Q1", False, "no quotient in it"),
        (FORESEEN, "K1", True, "its author foresees E4, which is a case of K1"),
        (FIX, "R1", True, "it is about that slip"),
        (FIX, "K1", False, "nothing is typed there"),
        (about("power", "x^{n}", vary={"n": "3..5"}), "P1", True, "in its first variant"),
        (about("broken", "x^{n}", vary={"n": "5..3"}), "P1", False, "a faulty exercise shows nothing"),
        (CHAIN, "Z9", False, "a slip of a later tutor"),
    ],
)
def test_which_exercises_can_show_a_slip(exercise: AnyExercise, slip: str, shows: bool, why: str) -> None:
    assert can_show(exercise, slip) is shows, why


def test_an_answer_rejected_without_a_slip_foresees_none() -> None:
    assert not foresees(about("e", "x^2", reject={"x": ""}), "K1")
