"""The runs of the course's exercises as offers of the lab: a lesson's own loss, or its own table."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.descent.runstring import write_run
from tutor.errors import TutorError, Unreadable
from tutor.front.lab.menu import Offer
from tutor.lesson.model import Lesson, Predict, Steer, Trial
from tutor.marking.trial import trial_setting
from tutor.words import tr

MOST, LONGEST = 40, 66
USUAL_RATE = "0.1"


def lesson_offers(lessons: Sequence[Lesson]) -> list[Offer]:
    """One for each loss or table that is run in some lesson and that the lab does not have of its own."""
    found: dict[str, Offer] = {}
    for lesson in lessons:
        for exercise in lesson.exercises:
            if isinstance(exercise, Predict | Steer) and (exercise.run.loss or exercise.run.data):
                offer = _offer(lesson, exercise.run)
                if offer is not None:
                    found.setdefault(offer.what, offer)
    return list(found.values())[:MOST]


def _offer(lesson: Lesson, trial: Trial) -> Offer | None:
    if any("{" in text for text in (trial.loss, trial.model, trial.rate, *trial.start.values())):
        return None  # it varies, and no variant of it is the one
    try:
        setting = trial_setting(trial, USUAL_RATE)
    except (Unreadable, TutorError):  # its author is told by `tutor check`
        return None
    what = (
        tr("{part} over {data}", part=trial.model or trial.loss, data=trial.data)
        if trial.data
        else tr("Make {loss} small", loss=trial.loss)
    )
    title = f"{lesson.title}: {trial.data or trial.loss}"
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return Offer(write_run(setting), title, what, setting.rate, setting.steps)
