"""What the placement check says: before its questions, after each, and at the end. Plain words, no screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tutor.lesson.model import Lesson
from tutor.study.placement import MOST_QUESTIONS, Placement
from tutor.words import tr, tr_n

RIGHT: Final = tr("✓ Right.")
SECOND_CHANCE: Final = tr("✗ That is not it. Anyone can slip: here is one more on the same.")
WRONG: Final = tr("✗ That is not it; on to another lesson.")
UNSURE: Final = tr("Good to know; on to another lesson.")


def introduction(placement: Placement, *, unsure: str = "F3", again: str = "r") -> str:
    """What is to come.

    Args:
        unsure, again: how one says that one does not know, and that it is to begin anew.
    """
    if placement.is_begun:
        count = len(placement.replies)
        return tr_n(
            "You have answered {n} question. Enter goes on from there; {again} begins again.",
            "You have answered {n} questions. Enter goes on from there; {again} begins again.",
            count,
            again=again,
        )
    return tr(
        "A few questions, {most_questions} at most, find where you should begin. A right answer stands for its lesson and "
        "for all that the lesson builds on, so most lessons are not asked about.\n\n"
        "There are no hints here. If you don't know, {unsure} says so, and that does no harm. Nothing is locked afterwards.",
        most_questions=MOST_QUESTIONS,
        unsure=unsure,
    )


def result(lessons: Sequence[Lesson], placement: Placement) -> str:
    """What is known and where to begin."""
    known = [lesson.title for lesson in lessons if lesson.id in placement.known]
    begin = placement.begin_with
    if begin is None:
        return tr("You know all that this course teaches. Every lesson stays open, if you want to look at one.")
    lead = tr("Begin with “{title}”.", title=begin.title)
    if not known:
        return tr("{lead} It is early in the course, so nothing that you need will be missing.", lead=lead)
    rest = len(lessons) - len(known)
    taught = tr_n(
        "{lead} You know what {n} lesson of {all} would teach you:",
        "{lead} You know what {n} lessons of {all} would teach you:",
        len(known),
        lead=lead,
        all=len(lessons),
    )
    listed = "\n".join(f"✓ {title}" for title in known)
    others = tr_n(
        "The other lesson is for learning, in its order. Nothing is locked.",
        "The other {n} are for learning, in their order. Nothing is locked.",
        rest,
    )
    return f"{taught}\n\n{listed}\n\n{others}"
