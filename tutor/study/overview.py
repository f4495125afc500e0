"""All that `tutor progress` tells: lessons, skills, slips that recur and the exercises that test them, the last weeks. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from tutor.lesson.model import Lesson
from tutor.marking.slips.registry import SLIPS
from tutor.study.answer import Answer, Place
from tutor.study.mastery import Mastery, growth, masteries
from tutor.study.progress import LessonProgress, course_progress
from tutor.study.slips import Recurring, asks_for, foresees, recurring
from tutor.study.weeks import Week, last_weeks


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """A slip that recurs."""

    slip: Recurring
    name: str
    "What is done instead, in a line."
    tested_by: tuple[tuple[str, str], ...]
    "Lesson and exercise: those made with it in mind or, where there are none, those that ask for its skill."


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """Where a learner stands."""

    lessons: tuple[LessonProgress, ...]
    skills: tuple[Mastery, ...]
    habits: tuple[Habit, ...]
    weeks: tuple[Week, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done yet."""
        return not any(lesson.started for lesson in self.lessons) and not any(skill.begun for skill in self.skills)


def overview(lessons: Sequence[Lesson], answers: Sequence[Answer], places: Sequence[Place], now: datetime) -> Overview:
    """Where a learner stands in a course.

    Args:
        answers: in the order given.
        places: where the learner was last in each lesson.
        now: with the learner's time zone.
    """
    return Overview(
        lessons=course_progress(lessons, answers, places),
        skills=masteries(lessons, answers),
        habits=tuple(_habit(lessons, slip) for slip in recurring(answers)),
        weeks=_weeks(lessons, answers, now),
    )


def _weeks(lessons: Sequence[Lesson], answers: Sequence[Answer], now: datetime) -> tuple[Week, ...]:
    weeks = last_weeks(answers, now)
    known = growth(lessons, answers, [week.begins + timedelta(days=6) for week in weeks], now)
    return tuple(msgspec.structs.replace(week, known=round(share, 4)) for week, share in zip(weeks, known, strict=True))


def _habit(lessons: Sequence[Lesson], slip: Recurring) -> Habit:
    course = [(lesson, exercise) for lesson in lessons for exercise in lesson.exercises]
    made_for_it = [asked for asked in course if foresees(asked[1], slip.id)]
    found = made_for_it or [asked for asked in course if asks_for(asked, slip.id)]
    # A slip of a later tutor has no name here.
    name = SLIPS[slip.id].wrong_rule if slip.id in SLIPS else ""
    return Habit(
        slip=slip, name=name or slip.id, tested_by=tuple((lesson.id, exercise.id) for lesson, exercise in found)
    )
