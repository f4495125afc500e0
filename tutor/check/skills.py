"""Whether the skills that a lesson says it teaches are known; slips in others are not named to its learners."""

from __future__ import annotations

from tutor.errors import Problem
from tutor.lesson.fields import problem_at
from tutor.lesson.read import Reading
from tutor.marking.slips.registry import SKILL_IDS
from tutor.nearest import nearest
from tutor.words import tr


def skill_problems(reading: Reading) -> list[Problem]:
    """One for each skill that there is not."""
    known = tuple(SKILL_IDS.values())
    teaches = reading.lesson.teaches if reading.lesson is not None else ()
    return [
        problem_at(
            reading.source,
            ("teaches", n),
            tr("There is no skill called `{skill}`.", skill=skill[:40]),
            nearest(skill, known),
        )
        for n, skill in enumerate(teaches or ())
        if skill not in known
    ]
