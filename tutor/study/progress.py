"""How far a learner is in the course, and where `tutor` goes on: what the home screen shows. Pure."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tutor.lesson.model import Exercise, Lesson
from tutor.study.answer import Answer, Place, in_order
from tutor.study.session import Session, step_ids


class LessonProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a learner is in one lesson."""

    lesson: str
    done: int
    "Exercises answered rightly."
    shown: int
    "Exercises not done whose solution was shown."
    total: int
    started: bool
    "Whether anything was answered there, or it is where the learner was last."
    finished: bool
    "Whether every exercise is done; never for a lesson without exercises."
    last: str = ""
    "When the learner was there last, in ISO 8601 and UTC; empty for never."


class Destination(msgspec.Struct, frozen=True):
    """A lesson, and the step id in it that `Session.go_to` takes."""

    lesson: str
    step: str


def course_progress(
    lessons: Sequence[Lesson], answers: Sequence[Answer], places: Sequence[Place] = ()
) -> tuple[LessonProgress, ...]:
    """The progress in each lesson, in the order given.

    Args:
        answers: every answer, in the order given; those of lessons that are gone are passed over.
        places: where the learner was last in each lesson.
    """
    by_lesson = _by_lesson(answers)
    return tuple(_lesson_progress(lesson, by_lesson[lesson.id], places) for lesson in lessons)


def where_to_go_on(lessons: Sequence[Lesson], answers: Sequence[Answer], places: Sequence[Place]) -> Destination | None:
    """Where the learner goes on; nothing in a course without lessons.

    That is the last place. If its step is gone, or it is the summary, it is what is undone of that lesson; if nothing
    is, the next unfinished lesson, beginning again at the first. With every lesson finished it is the first one.

    Args:
        places: where the learner was last in each lesson, the latest first.
    """
    by_lesson = _by_lesson(answers)
    ids = [lesson.id for lesson in lessons]
    place = next((place for place in places if place.lesson in ids), None)
    at = ids.index(place.lesson) if place is not None else None
    if place is not None and at is not None and place.step in step_ids(lessons[at]):
        return Destination(place.lesson, place.step)
    for lesson in [*lessons[at or 0 :], *lessons[: at or 0]]:
        session = Session(lesson, by_lesson[lesson.id])
        # A lesson without exercises is never finished: having come to its summary must be enough to leave it.
        is_left = at is not None and lesson.id == ids[at] and not session.undone
        if not session.is_done and not is_left:
            return Destination(lesson.id, _step_in(lesson, session, places))
    return Destination(ids[0], _first_step(lessons[0])) if lessons else None


def _step_in(lesson: Lesson, session: Session, places: Sequence[Place]) -> str:
    """Where an unfinished lesson is gone on with: the place in it, or what leads up to its first undone exercise."""
    known = step_ids(lesson)
    placed = (place.step for place in places if place.lesson == lesson.id and place.step in known)
    return next(placed, None) or _first_undone_step(session)


def _by_lesson(answers: Sequence[Answer]) -> defaultdict[str, list[Answer]]:
    sorted_out: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        sorted_out[answer.lesson].append(answer)
    return sorted_out


def _lesson_progress(lesson: Lesson, answers: Sequence[Answer], places: Sequence[Place]) -> LessonProgress:
    session = Session(lesson, answers)
    visits = [answer.at for answer in answers] + [place.at for place in places if place.lesson == lesson.id]
    return LessonProgress(
        lesson=lesson.id,
        done=len(session.done),
        shown=len(session.shown),
        total=len(lesson.exercises),
        started=bool(visits),
        finished=session.is_done,
        last=max(visits, key=in_order, default=""),
    )


def _first_undone_step(session: Session) -> str:
    """The first page of those that lead up to the first undone exercise, or that exercise if none do."""
    if not session.undone:
        return _first_step(session.lesson)
    steps, ids = session.lesson.steps, step_ids(session.lesson)
    index = ids.index(session.undone[0])
    while index > 0 and not isinstance(steps[index - 1], Exercise):
        index -= 1
    return ids[index]


def _first_step(lesson: Lesson) -> str:
    return Session(lesson).step_id
