"""`tutor` and `tutor learn`: the course and the learner's record put into the screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor import display
from tutor.commands.record import begun_journal, complain, or_nothing, read_course
from tutor.commands.sitting import pushed
from tutor.engine.client import Engine
from tutor.errors import UsageError
from tutor.lesson.model import Course
from tutor.study.journal import Journal
from tutor.study.session import Session
from tutor.words import tr

if TYPE_CHECKING:
    import argparse  # the home screen, for which this is imported too, does without


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Open a lesson where you left it; without a name, the one you were in last.")
    parser.epilog = tr("""\
examples:
  tutor learn
  tutor learn rates-of-change""")
    parser.add_argument("lesson", nargs="?", metavar=tr("LESSON"), help=tr("the id of a lesson, as in its file"))


def run_home() -> int:
    """Open the home screen; return the exit code when the learner leaves."""
    course = read_course()
    with begun_journal() as (journal, notice):
        return show(course, journal, notice)


def run(arguments: argparse.Namespace) -> int:
    """Open the lesson named, or the one that the learner was in last; return the exit code.

    Raises:
        UsageError: when the course has no such lesson.
    """
    course = read_course()
    known = [lesson.id for lesson in course.lessons]
    wanted = full_id(arguments.lesson, known) if arguments.lesson is not None else None
    with begun_journal() as (journal, notice):
        last = next((place.lesson for place in or_nothing(journal.places) if place.lesson in known), known[0])
        return show(course, journal, notice, start_lesson=wanted or last)


def full_id(written: str, known: Sequence[str]) -> str:
    """The id of a lesson as it was written, or without the name of its course where only one has such a lesson.

    Raises:
        UsageError: there is no such lesson, or there are several.
    """
    found = [id for id in known if id == written] or [id for id in known if id.partition("/")[2] == written]
    if not found:
        raise UsageError(
            tr(
                "there is no lesson “{written}”. The lessons are: {known}.",
                written=written[:60],
                known=", ".join(known),
            )
        )
    if len(found) > 1:
        raise UsageError(
            tr(
                "there are several lessons “{written}”; write which one: {found}.",
                written=written[:60],
                found=", ".join(found),
            )
        )
    return found[0]


def show(
    course: Course,
    journal: Journal,
    notice: str,
    *,
    start_lesson: str | None = None,
    start_session: Session | None = None,
    start_lab: str | None = None,
) -> int:
    """Run the screens, or line mode; return the exit code when the learner leaves.

    Args:
        notice: something about the journal that the learner must be told.
        start_lesson, start_session, start_lab: what to open at once, above the home screen.
    """
    with pushed(journal) as kept:
        if display.is_plain():
            from tutor.plain.sitting import sit  # one of the two, as the display is

            sit(
                course,
                kept,
                Engine(),
                notice,
                start_lesson=start_lesson,
                start_session=start_session,
                start_lab=start_lab,
            )
            return 0
        from tutor.tui.app import TutorApp

        app = TutorApp(
            course, kept, Engine(), start_lesson=start_lesson, start_session=start_session, start_lab=start_lab
        )
        if notice:
            app.call_later(app.notify, notice, severity="warning", timeout=20, markup=False)
        app.run()
        for told in dict.fromkeys(app.cut_short):
            complain(told)
    return app.return_code or 0
