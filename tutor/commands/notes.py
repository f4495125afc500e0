"""`tutor notes`: what lessons taught, as Markdown on stdout."""

import argparse

from tutor.commands.record import find_lesson, lessons
from tutor.study.notes import notes


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = "Print what lessons taught, their objectives and summaries, as Markdown to keep."
    parser.epilog = """\
examples:
  tutor notes                      every lesson of the course
  tutor notes rates-of-change      one of them
  tutor notes > derivatives.md     into a file"""
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="the id of a lesson, as in its file")


def run(arguments: argparse.Namespace) -> int:
    """Print the notes; return 0.

    Raises:
        UsageError: the course has no such lesson.
    """
    chosen = lessons() if arguments.lesson is None else (find_lesson(arguments.lesson),)
    print(notes(chosen), end="")
    return 0
