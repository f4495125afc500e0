"""What a learner did in each of the last weeks. Pure: the time is handed in, and its zone is the learner's."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer, moment


class Week(msgspec.Struct, frozen=True):
    """Monday to Sunday."""

    begins: date
    answered: int
    "Answers judged right or wrong."
    right: int
    known: float = 0.0
    "How much of all skills was known at its end, 0 to 1."


def last_weeks(answers: Iterable[Answer], now: datetime, count: int = 8) -> tuple[Week, ...]:
    """The weeks up to that of `now`, the earliest first, those without answers too.

    Args:
        now: with the zone by which days begin.
    """
    judged, right = Counter[date](), Counter[date]()
    for answer in answers:
        if answer.verdict is not None and answer.verdict.is_attempt:
            begins = _monday(answer.at, now)
            judged[begins] += 1
            right[begins] += answer.verdict is Outcome.CORRECT
    this = _monday(now.isoformat(), now)
    weeks = [this - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return tuple(Week(begins, judged[begins], right[begins]) for begins in weeks)


def local_day(at: str, now: datetime) -> date | None:
    """The day of a time, in ISO 8601, by the zone of `now`; nothing for what is no time."""
    time = moment(at)
    try:
        return time.astimezone(now.tzinfo).date() if time else None
    except OverflowError:
        return None


def _monday(at: str, now: datetime) -> date:
    day = local_day(at, now) or date.min
    return day - timedelta(days=day.weekday())
