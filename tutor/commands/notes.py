"""`tutor notes`: what was learnt, as Markdown on stdout."""

import argparse
import sys
from textwrap import wrap

from tutor import display
from tutor.commands.record import complain, find_lesson, journal_to_read, lessons
from tutor.lesson.model import Lesson
from tutor.study.notes import notes
from tutor.study.progress import course_progress
from tutor.words import tr

NOTHING = tr(
    "Nothing was learnt yet, so there is nothing to note. `tutor notes --all` prints what the whole course teaches."
)


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Print what you have learnt, the objectives and summaries of lessons, as Markdown to keep.")
    parser.epilog = tr("""\
examples:
  tutor notes                      the lessons in which you have been
  tutor notes rates-of-change      one lesson, whether you have or not
  tutor notes --all                every lesson of the course
  tutor notes > derivatives.md     into a file""")
    parser.add_argument("lesson", nargs="?", metavar=tr("LESSON"), help=tr("the id of a lesson, as in its file"))
    parser.add_argument("--all", action="store_true", help=tr("every lesson of the course"))


def run(arguments: argparse.Namespace) -> int:
    """Print the notes; return 0, also when there are none yet, which is said on stderr.

    Raises:
        UsageError: the course has no such lesson.
    """
    if arguments.lesson is not None:
        chosen: tuple[Lesson, ...] = (find_lesson(arguments.lesson),)
    else:
        chosen = lessons() if arguments.all else learnt()
    written = notes(chosen)
    print(_fitted(written) if sys.stdout.isatty() else written, end="")
    if not chosen:
        complain(NOTHING)
    return 0


def _fitted(written: str) -> str:
    """The notes with lines that a terminal need not break; in a file a paragraph stays one line, as Markdown likes it."""
    width = display.width()
    lines: list[str] = []
    for line in written.split("\n"):
        indent = "  " if line.startswith("- ") else ""
        is_left = line.startswith("    ") or not line  # a formula by itself
        lines += [line] if is_left else wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
    return "\n".join(lines)


def learnt() -> tuple[Lesson, ...]:
    """The lessons in which the learner has been; what must be told of the record goes to stderr."""
    course = lessons()
    with journal_to_read() as journal:
        progress = course_progress(course, journal.answers(), journal.places())
    return tuple(lesson for lesson, each in zip(course, progress, strict=True) if each.started)
