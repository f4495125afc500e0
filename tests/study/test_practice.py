"""Practice: which exercises are picked, in which variant, and under whose name an answer is recorded."""

from __future__ import annotations

import pytest
from study.samples import answer, exercise, lesson, page, verdict

from tutor.lesson.model import Derivative
from tutor.lesson.vary import variant
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.practice import Practice, pick

WRONG = Outcome.INCORRECT
VARIED = Derivative(id="varied", ask="?", of="{a}x^{n}", by=("x",), vary={"a": "2..9", "n": "3..9"}, seeds=(1, 2, 3))
CHAIN = Derivative(id="chain", ask="?", of="sin(x^2)", by=("x",), reject={"cos(x^2)": "K1"})
POWERS = lesson("powers", page(), exercise("e1"), exercise("e2"), VARIED)
CHAINS = lesson("chains", page(), CHAIN)
COURSE = (POWERS, CHAINS)


def given(number: int, exercise: str, lesson: str = "powers", **changes: object) -> Answer:
    return answer(number, lesson, exercise, **changes)


@pytest.mark.parametrize(
    ("answers", "picked", "why"),
    [
        ([], ["e1", "e2", "varied", "chain"], "nothing begun: the whole course in its order"),
        ([given(1, "e1")], ["e2", "varied", "e1"], "what is done comes last; a lesson not begun does not come"),
        ([given(1, "e1"), given(2, "e2"), given(3, "varied", seed=1)], ["e1", "e2", "varied"], "seen longest ago first"),
        ([given(1, "e1"), given(2, "e1", verdict=WRONG), given(3, "e2")], ["varied", "e1", "e2"], "wrong at the last try"),
        (
            [given(n, "chain", "chains", verdict=WRONG, slips=("K1",)) for n in (1, 2)] + [given(3, "e1")],
            ["chain", "e2", "varied", "e1"],
            "a slip that recurs",
        ),
        ([given(1, "e1", verdict=Outcome.UNREADABLE)], ["e1", "e2", "varied"], "what was not read is no try"),
    ],
)  # fmt: skip
def test_what_is_picked(answers: list[Answer], picked: list[str], why: str) -> None:
    assert [each.exercise.id for each in pick(COURSE, answers)] == picked, why


def test_a_skill_takes_from_the_whole_course() -> None:
    assert [each.exercise.id for each in pick(COURSE, [given(1, "e1")], skill="chain-rule")] == ["chain"]
    assert pick(COURSE, [], skill="back-propagation") == ()


def test_no_more_than_a_sitting() -> None:
    assert len(pick(COURSE, [], most=2)) == 2


@pytest.mark.parametrize(
    ("used", "seed"),
    [((), 1), ((1,), 2), ((2, 1), 3), ((1, 2, 3), 1), ((3, 1, 2), 3), ((1, 2, 3, 1), 2)],
)
def test_a_variant_not_seen_yet_and_then_the_one_seen_longest_ago(used: tuple[int, ...], seed: int) -> None:
    answers = [given(n, "varied", seed=each) for n, each in enumerate(used, start=1)]
    (found,) = (each for each in pick(COURSE, answers) if each.exercise.id == "varied")
    assert found.seed == seed
    assert found.exercise == variant(VARIED, seed)


def test_an_answer_is_recorded_under_the_exercises_own_name() -> None:
    sitting = Practice(pick(COURSE, [given(1, "varied", seed=1)], skill="power-rule"))
    while sitting.exercise is None or "varied" not in sitting.exercise.id:
        assert sitting.forward()
    row = sitting.record(sitting.exercise.id, "x", verdict(Outcome.CORRECT), id="1", at="", seconds=1)
    assert (row.lesson, row.exercise, row.seed) == ("powers", "varied", 2)
