"""`tutor lab`: the descent lab, on a problem or on a run that somebody has kept."""

import argparse

from tutor.commands.learn import show
from tutor.commands.record import begun_journal, read_course
from tutor.descent.setting import check, problem_of
from tutor.descent.table import is_large
from tutor.errors import Unreadable, UsageError
from tutor.front.lab.experiment import setting_of
from tutor.front.lab.menu import OFFERS
from tutor.lesson.model import Course
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Watch gradient descent from every side; change the rate, the method, the start, or the formulas that drive it."
    )
    problems = "\n".join(f"  {each.problem:<17} {each.title}" for each in OFFERS)
    parser.epilog = tr(
        """\
examples:
  tutor lab
  tutor lab ravine
  tutor lab ravine:method=momentum:rate=0.018:steps=400:momentum=0.9

problems:
{problems}

The key y shows any run as such a string; `tutor descend RUN` prints the same
run, to the last digit. A name alone begins at a rate that shows much; for
`tutor descend NAME` the rate is 0.1.""",
        problems=problems,
    )
    parser.add_argument(
        "wanted", nargs="?", metavar=tr("PROBLEM"), help=tr("one of the problems below, or a whole run")
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the lab; return the exit code when the learner leaves.

    Raises:
        UsageError: there is no such problem, or the run cannot be read.
    """
    wanted = arguments.wanted or ""
    if wanted:
        try:
            setting = setting_of(wanted)
            check(setting)
            if not (
                setting.data and is_large(setting.data)
            ):  # what is wrong with such a one, the lab tells once it has read it
                problem_of(setting)
        except Unreadable as fault:
            raise UsageError(
                tr("{message} (column {column})", message=fault.message, column=fault.column + 1)
            ) from fault
    with begun_journal() as (journal, notice):
        return show(_course(), journal, notice, start_lab=wanted)


def _course() -> Course:
    """The course, whose own problems are offered besides the lab's; an empty one where it cannot be opened."""
    try:
        return read_course()
    except UsageError:
        return Course((), ())
