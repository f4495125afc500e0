"""What is to be reviewed today: when each exercise should come again, by FSRS, from the answers alone. Pure.

FSRS-6 through the `fsrs` package with the parameters that it comes with (J. Ye, J. Su, Y. Cao, “A stochastic shortest path
algorithm for optimizing spaced repetition scheduling”, KDD 2022). Nothing is stored: answers are graded by
`tutor.study.grades` and replayed, so that a reset, a merge or a better scheduler needs no second record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from tutor.lesson.model import Lesson
from tutor.study.answer import Answer, in_order
from tutor.study.dates import coming_day
from tutor.study.grades import Key, Sitting, sittings
from tutor.study.picks import Pick, Picks, Seen
from tutor.study.session import Standing
from tutor.study.skills import skills_of
from tutor.words import tr, tr_n

if TYPE_CHECKING:
    from fsrs import Scheduler

A_DAY = 12
"Reviews a day, a quarter of an hour or so. After a month away there are as many, not all that have become due since."

RECALL = 0.9
"The chance of a right answer at which an exercise becomes due."

SUMMARY = tr(
    "That was today's review. What you knew comes again later and later, and what you did not know comes again soon; "
    "the tutor keeps the days. To go on, `tutor practice` has as many exercises as you like."
)

LONGEST = 365
"Days between two reviews at the most: a course lasts no longer."

AHEAD = timedelta(days=1)
"By how much an answer may be later than now and still be of about now; one of a clock further ahead is of no known day."


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """When an exercise that was once answered rightly should come again."""

    key: Key
    due: date
    recall: float
    "The chance of a right answer now, by FSRS; 0 to 1."
    reviewed: date | None
    "The last day on which it came because it was due."


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be reviewed today."""

    due: tuple[Key, ...]
    "All that are, those first that have waited longest; of one day those first that are remembered best."
    reviewed: int
    "How many were reviewed today."
    next_day: date | None
    "The next day on which there is something; nothing while nothing was ever learnt."
    next_count: int
    "How many there are on that day, at most `A_DAY`."

    @property
    def left(self) -> int:
        """How many are still to be done today."""
        return min(len(self.due), max(0, A_DAY - self.reviewed))


def may_be_due(answers: Iterable[Answer], now: datetime) -> bool:
    """Whether anything can be due, found out without the scheduler: nothing comes again on the day on which it was learnt."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return any(not midnight <= in_order(answer.at) <= now + AHEAD for answer in answers)


def today(lessons: Sequence[Lesson], answers: Iterable[Answer], now: datetime) -> Today:
    """What is to be reviewed today, in exercises that the course still has.

    Args:
        now: with the zone by which days begin.
    """
    known = {(lesson.id, exercise.id) for lesson in lessons for exercise in lesson.exercises}
    cards = [card for card in plan(answers, now) if card.key in known]
    day = now.date()
    due = sorted((card for card in cards if card.due <= day), key=lambda card: (card.due, -card.recall))
    reviewed = sum(card.reviewed == day for card in cards)
    left = min(len(due), max(0, A_DAY - reviewed))
    next_day = (
        day + timedelta(days=1)
        if len(due) > left
        else min((each.due for each in cards if each.due > day), default=None)
    )
    coming = sum(card.due <= next_day for card in cards) - left if next_day else 0
    return Today(
        due=tuple(card.key for card in due), reviewed=reviewed, next_day=next_day, next_count=min(A_DAY, coming)
    )


def plan(answers: Iterable[Answer], now: datetime) -> list[Planned]:
    """When each exercise that was once answered rightly comes again, in the order in which they were learnt.

    An answer of a clock that was ahead is of no known day. Taken at its word it would put the next review off until that
    time has come; taken to be of now, every day anew. So it says nothing of an exercise that has others, and one that has
    no others is due.
    """
    from fsrs import Scheduler  # 20 to 70 ms, which no start should pay for

    # Without steps of minutes every interval is in days; without chance the same answers always mean the same.
    scheduler = Scheduler(
        desired_retention=RECALL, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
    )
    went: dict[Key, list[Sitting]] = {}
    undated: dict[Key, Planned] = {}
    for sitting in sittings(answers):
        key = sitting.key
        if sitting.at > now + AHEAD:
            if sitting.is_right and key not in went:
                undated[key] = Planned(key=key, due=now.date(), recall=RECALL, reviewed=None)
        # Until it was right once it was not learnt, and a review would be of nothing.
        elif key in went or sitting.is_right:
            went.setdefault(key, []).append(sitting)
    return [*(_replayed(scheduler, key, each, now) for key, each in went.items()), *undated.values()]


def _replayed(scheduler: Scheduler, key: Key, went: Sequence[Sitting], now: datetime) -> Planned:
    from fsrs import Card, Rating

    card = Card(card_id=0)
    reviewed = None
    for sitting in went:
        at = min(sitting.at, now.astimezone(UTC))
        if card.last_review is not None and _day(card.due, now) <= _day(at, now):
            reviewed = _day(at, now)
        card, _ = scheduler.review_card(card, Rating(sitting.grade.value), at)
    recall: float = scheduler.get_card_retrievability(card, now.astimezone(UTC))
    return Planned(key=key, due=_day(card.due, now), recall=recall, reviewed=reviewed)


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()


def pick_due(lessons: Sequence[Lesson], answers: Sequence[Answer], found: Today) -> tuple[Pick, ...]:
    """What to review now, in the order of the course, in variants not seen lately.

    Where more is due than a day takes, as many different skills as can be: what is due of one skill says something of the
    rest of it.
    """
    course = {(lesson.id, exercise.id): (lesson, exercise) for lesson in lessons for exercise in lesson.exercises}
    waiting = {key: [skill.id for skill in skills_of(*course[key])] for key in found.due}
    chosen: set[Key] = set()
    taken: Counter[str] = Counter()
    while len(chosen) < found.left:
        key = min(waiting, key=lambda each: sum(taken[skill] for skill in waiting[each]) / len(waiting[each]))
        taken.update(waiting.pop(key))
        chosen.add(key)
    seen = Seen(answers)
    return tuple(seen.pick(*course[key]) for key in course if key in chosen)


class Review(Picks):
    """A sitting of review."""

    def __init__(self, picks: Sequence[Pick]) -> None:
        super().__init__(picks, id="+review", title=tr("Review"), summary=SUMMARY)

    @property
    def standing(self) -> Standing:
        """Which of the day's exercises it is."""
        number, of = self.number + 1, len(self.picks)
        words = tr("done") if self.at_summary else tr("{index} of {of}", index=number, of=of)
        return Standing(words, number, of + 1)


def said_of(today: Today, now: datetime) -> str:
    """What there is to review, in a sentence or two; for when there is nothing to be opened."""
    done = tr("Today's review is done.") if today.reviewed else tr("Nothing is due for review today.")
    return f"{done} {_next(today, now)}"


def _next(today: Today, now: datetime) -> str:
    if today.next_day is None:
        return tr("Exercises come here a day or more after you have answered them rightly.")
    days = (today.next_day - now.date()).days
    if days == 1:
        return tr_n("{n} exercise comes again tomorrow.", "{n} exercises come again tomorrow.", today.next_count)
    return tr_n(
        "{n} exercise comes again in {days} days, on {day}.",
        "{n} exercises come again in {days} days, on {day}.",
        today.next_count,
        days=days,
        day=coming_day(today.next_day),
    )
