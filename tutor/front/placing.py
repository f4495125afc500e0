"""What the placement check says: before its questions, after each, and at the end. Plain words, no screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tutor.lesson.model import Lesson
from tutor.study.placement import MOST_QUESTIONS, Placement

RIGHT: Final = "✓ Right."
SECOND_CHANCE: Final = "✗ That is not it. Anyone can slip: here is one more on the same."
WRONG: Final = "✗ That is not it; on to another lesson."
UNSURE: Final = "Good to know; on to another lesson."


def introduction(placement: Placement, *, unsure: str = "F3", again: str = "r") -> str:
    """What is to come.

    Args:
        unsure, again: how one says that one does not know, and that it is to begin anew.
    """
    if placement.is_begun:
        count = len(placement.replies)
        given = "1 question" if count == 1 else f"{count} questions"
        return f"You have answered {given}. Enter goes on from there; {again} begins again."
    return (
        f"A few questions, {MOST_QUESTIONS} at most, find where you should begin. A right answer stands for its lesson and "
        "for all that the lesson builds on, so most lessons are not asked about.\n\n"
        f"There are no hints here. If you don't know, {unsure} says so, and that does no harm. Nothing is locked afterwards."
    )


def result(lessons: Sequence[Lesson], placement: Placement) -> str:
    """What is known and where to begin."""
    known = [lesson.title for lesson in lessons if lesson.id in placement.known]
    begin = placement.begin_with
    if begin is None:
        return "You know all that this course teaches. Every lesson stays open, if you want to look at one."
    lead = f"Begin with “{begin.title}”."
    if not known:
        return f"{lead} It is early in the course, so nothing that you need will be missing."
    rest = len(lessons) - len(known)
    count = "1 lesson" if len(known) == 1 else f"{len(known)} lessons"
    listed = "\n".join(f"✓ {title}" for title in known)
    others = "The other lesson is" if rest == 1 else f"The other {rest} are"
    return (
        f"{lead} You know what {count} of {len(lessons)} would teach you:\n\n{listed}\n\n"
        f"{others} for learning, in their order. Nothing is locked."
    )
