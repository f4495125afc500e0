"""All that `tutor progress` tells, put together: which exercises test a slip that recurs."""

from datetime import UTC, datetime

import pytest
from study.samples import answer, lesson

from tutor.lesson.model import Derivative
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome
from tutor.study.overview import overview

NOW = datetime(2025, 3, 6, tzinfo=UTC)
PLAIN = Derivative(id="plain", ask="?", of="x^2", by=("x",))
CHAIN = Derivative(id="chain", ask="?", of="sin(x^2)", by=("x",))
FORESEEN = Derivative(id="foreseen", ask="?", of="cos(x^2)", by=("x",), reject={"-sin(x^2)": "K1"})
COURSE = [lesson("one", PLAIN, CHAIN), lesson("two", FORESEEN)]


def slipped(id: str) -> list[object]:
    return [answer(number, verdict=Outcome.INCORRECT, slips=(id,)) for number in (1, 2)]


@pytest.mark.parametrize(
    ("slip", "name", "tested_by", "why"),
    [
        ("K1", SLIPS["K1"].wrong_rule, [("two", "foreseen")], "made with it in mind"),
        (
            "T1",
            SLIPS["T1"].wrong_rule,
            [("one", "chain"), ("two", "foreseen")],
            "none is: those that ask for the skill",
        ),
        ("Q1", SLIPS["Q1"].wrong_rule, [], "nothing tests it"),
        ("Z9", "Z9", [], "a slip of a later tutor"),
    ],
)
def test_a_slip_that_recurs(slip, name, tested_by, why):
    (habit,) = overview(COURSE, slipped(slip), [], NOW).habits
    assert (habit.name, list(habit.tested_by), habit.slip.times) == (name, tested_by, 2), why


def test_nothing_done_is_empty():
    assert overview(COURSE, [], [], NOW).is_empty
    assert not overview(COURSE, [answer(1, lesson="one")], [], NOW).is_empty
    assert not overview(COURSE, [answer(1, "+practice", "chain-rule-1a", seed=1)], [], NOW).is_empty, "practice alone"
