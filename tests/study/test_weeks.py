"""Answers in, weeks out: where a week begins, and in whose zone."""

from datetime import date, datetime, timedelta, timezone

import pytest
from study.samples import answer

from tutor.marking.verdict import Outcome
from tutor.study.weeks import Week, last_weeks, local_day

THURSDAY = datetime.fromisoformat("2025-03-06T12:00:00+00:00")


def test_the_weeks_up_to_now_those_without_answers_too() -> None:
    answers = [
        answer(1, at="2025-03-03T00:00:00Z"),
        answer(2, at="2025-03-02T23:59:59Z", verdict=Outcome.INCORRECT),
        answer(3, at="2025-02-24T00:00:00+00:00"),
        answer(4, at="2025-02-10T08:00:00Z"),
        answer(5, at="2025-03-04T08:00:00Z", verdict=None),
        answer(6, at="2025-03-04T08:00:00Z", verdict=Outcome.WRONG_FORM),
        answer(7, at="no time"),
    ]
    assert last_weeks(answers, THURSDAY, 3) == (
        Week(date(2025, 2, 17), 0, 0),
        Week(date(2025, 2, 24), 2, 1),
        Week(date(2025, 3, 3), 1, 1),
    )


@pytest.mark.parametrize(("hours", "day"), [(0, 2), (1, 3), (-5, 2)])
def test_days_begin_where_the_learner_is(hours: int, day: int) -> None:
    here = THURSDAY.astimezone(timezone(timedelta(hours=hours)))
    assert local_day("2025-03-02T23:30:00Z", here) == date(2025, 3, day)


def test_what_is_no_time_is_no_day() -> None:
    assert [local_day(text, THURSDAY) for text in ("", "soon", "9999-12-31T23:59:59-23:00")] == [None] * 3
