"""Which mistakes recur: answers in, slips in order of weight out."""

from study.samples import answer

from tutor.study.slips import Recurring, recurring


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
