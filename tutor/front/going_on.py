"""Where a home goes on: which lesson is the next one to open, at which step, and what that is called. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.lesson.model import Lesson
from tutor.study.answer import Answer, Place
from tutor.study.placement import PLACEMENT, Placement
from tutor.study.progress import where_to_go_on
from tutor.study.session import Session
from tutor.words import tr


def next_lesson(
    lessons: Sequence[Lesson], answers: Sequence[Answer], places: Sequence[Place], placement: Placement
) -> str:
    """The lesson to go on with: what the placement check found, until a lesson has been opened since; empty in an empty course.

    Args:
        places: where the learner was last in each lesson, the latest first.
    """
    last = places[0].lesson if places else ""
    if last == PLACEMENT and placement.begin_with is not None:
        return placement.begin_with.id
    # Nobody is sent on to what he or she knows; whoever is in such a lesson wants to be.
    known = placement.known - {last}
    found = where_to_go_on([lesson for lesson in lessons if lesson.id not in known], answers, places)
    return found.lesson if found else ""


def session_at(lesson: Lesson, answers: Sequence[Answer], places: Sequence[Place]) -> Session:
    """A walk through a lesson, from the step at which it is to be gone on with."""
    session = Session(lesson, answers)
    destination = where_to_go_on([lesson], answers, places)
    session.go_to(destination.step if destination else "")
    return session


def what_enter_does(session: Session, *, is_known: bool) -> str:
    """What opening a lesson leads to, in a sentence.

    Args:
        is_known: whether the placement check found that the lesson is known.
    """
    if session.is_done:
        return tr("All done; enter opens it again.")
    if not session.is_first:
        return tr("Enter goes on at step {index} of {n}.", index=session.index + 1, n=len(session.lesson.steps) + 1)
    return tr("You know this; enter opens it all the same.") if is_known else tr("Enter begins it.")
