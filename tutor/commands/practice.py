"""`tutor practice`: ten exercises at a time, those first that test what one gets wrong."""

import argparse
from contextlib import closing

from tutor import places
from tutor.commands.learn import read_course, show
from tutor.errors import UsageError
from tutor.nearest import nearest
from tutor.study.journal import Journal
from tutor.study.practice import Practice, pick
from tutor.study.skills import RULES


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = (
        "Practise with exercises of the lessons you have begun, in new variants; those first that test your slips."
    )
    skills = "\n".join(f"  {skill.id:<22} {skill.name}" for skill in RULES.values())
    parser.epilog = f"""\
examples:
  tutor practice
  tutor practice chain-rule

skills:
{skills}"""
    parser.add_argument("skill", nargs="?", metavar="SKILL", help="practise this skill only; see below")


def run(arguments: argparse.Namespace) -> int:
    """Open a sitting of practice; return the exit code.

    Raises:
        UsageError: there is no such skill, or no exercise for it.
    """
    skill = arguments.skill
    if skill is not None and skill not in RULES:
        raise UsageError(f"there is no skill “{skill[:40]}”. {nearest(skill, RULES)}")
    course = read_course()
    journal, notice = Journal.begin(places.journal_file())
    with closing(journal):
        picks = pick(course.lessons, journal.answers(), skill=skill)
        if not picks:
            raise UsageError(f"no exercise of this course asks for {RULES[skill].name if skill else 'anything'}.")
        title = f"Practice: {RULES[skill].name}" if skill else "Practice"
        return show(course, journal, notice, start_session=Practice(picks, title))
