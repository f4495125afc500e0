"""What a home screen says of study besides its lessons: what is due today, and how surely a lesson's skills are known.

It is found out after the first paint, in a thread: the scheduler and the rules together take longer than the whole start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from tutor.lesson.model import Lesson
from tutor.study.answer import Answer

if TYPE_CHECKING:
    from tutor.study.mastery import Tracing
    from tutor.study.practice import Practice
    from tutor.study.review import Review


class KnownSkill(msgspec.Struct, frozen=True):
    """A skill and how surely it is known."""

    name: str
    chance: float
    "0 to 1."
    is_mastered: bool


class StudyStanding(msgspec.Struct, frozen=True):
    """How a learner stands."""

    due: int = 0
    "Exercises to review today."
    skills: dict[str, tuple[KnownSkill, ...]] = {}
    "By lesson, those of its skills that were begun, in that order."


def find_standing(lessons: Sequence[Lesson], answers: Sequence[Answer], now: datetime) -> StudyStanding:
    """How a learner stands now; takes some tenths of a second once there are answers.

    Args:
        now: with the learner's time zone.
    """
    if not answers:
        return StudyStanding()
    from tutor.study.mastery import Tracing
    from tutor.study.review import may_be_due, today

    tracing = Tracing(lessons, answers)
    begun = {answer.lesson for answer in answers}
    skills = {lesson.id: _skills(tracing, lesson) for lesson in lessons if lesson.id in begun}
    return StudyStanding(today(lessons, answers, now).left if may_be_due(answers, now) else 0, skills)


def _skills(tracing: Tracing, lesson: Lesson) -> tuple[KnownSkill, ...]:
    from tutor.study.mastery import MASTERED

    asked = {skill for exercise in lesson.exercises for skill in tracing.skills_of(lesson, exercise)}
    begun = [skill for skill in tracing.begun if skill in asked]
    return tuple(KnownSkill(skill.name, tracing.chance(skill), tracing.chance(skill) >= MASTERED) for skill in begun)


def begin_review(lessons: Sequence[Lesson], answers: Sequence[Answer], now: datetime) -> Review | str:
    """Today's review or, when there is none, what to say instead."""
    from tutor.study.review import Review, pick_due, said_of, today

    found = today(lessons, answers, now)
    picks = pick_due(lessons, answers, found)
    return Review(picks) if picks else said_of(found, now)


def begin_practice(lessons: Sequence[Lesson], answers: Sequence[Answer], rule: str | None = None) -> Practice:
    """A sitting of practice that no neighbour in a lab has."""
    import random

    from tutor.study.practice import FIRST_SEEDS, Practice

    return Practice(lessons, answers, rule, first_seed=random.randrange(FIRST_SEEDS))
