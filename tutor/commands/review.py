"""`tutor review`: what is due today, in new variants."""

import argparse
from datetime import datetime

from tutor.commands.learn import show
from tutor.commands.record import begun_journal, complain, read_course
from tutor.front.standing import begin_review
from tutor.study.review import A_DAY
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Do again what you are about to forget: exercises you once had right, in new variants.")
    parser.epilog = tr(
        """\
examples:
  tutor review

What is due is found by FSRS from how each exercise went: right at once it comes
again later, with a hint or a wrong try sooner, with more help soon. There are
at most {a_day} a day, also after a month away. With nothing due it only says
what comes when.""",
        a_day=A_DAY,
    )


def run(arguments: argparse.Namespace) -> int:
    """Open today's review, or say when there is one; return the exit code."""
    course = read_course()
    now = datetime.now().astimezone()
    with begun_journal(now) as (journal, notice):
        found = begin_review(course.lessons, journal.answers(), now)
        if isinstance(found, str):
            complain(notice)
            print(found)
            return 0
        return show(course, journal, notice, start_session=found)
