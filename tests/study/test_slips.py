"""Which mistakes recur: answers in, slips in order of weight out."""

import pytest
from study.samples import answer, lesson

from tutor.lesson.model import Derivative, Fix
from tutor.study.slips import Recurring, foresees, prefer, recurring


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
COURSE = [(lesson("one", SUM, CHAIN, FORESEEN, FIX), exercise) for exercise in (SUM, CHAIN, FORESEEN, FIX)]


def seen(id: str) -> Recurring:
    return Recurring(id, 2, 1, "2025-03-01T09:00:00Z")


@pytest.mark.parametrize(
    ("slips", "order", "why"),
    [
        ((), "sum chain foreseen fix", "no slips: as given"),
        (("K1",), "foreseen chain fix sum", "E4 is a case of K1; the chain rule is asked for by two more"),
        (("C1",), "sum foreseen chain fix", "a constant stands alone, or in the exponent"),
        (("K1", "C1"), "foreseen chain fix sum", "the slip that recurs more counts more"),
        (("R1",), "fix sum chain foreseen", "made with that slip"),
        (("Z9",), "sum chain foreseen fix", "a slip of a later tutor"),
    ],
)
def test_practice_prefers_what_tests_the_slips(slips: tuple[str, ...], order: str, why: str) -> None:
    found = prefer(COURSE, [seen(id) for id in slips])
    assert " ".join(exercise.id for _, exercise in found) == order, why


def test_an_answer_rejected_without_a_slip_foresees_none() -> None:
    assert not foresees(about("e", "x^2", reject={"x": ""}), "K1")
