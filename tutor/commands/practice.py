"""`tutor practice`: one exercise after the other, as hard as the learner can bear."""

import argparse

from tutor.commands.learn import show
from tutor.commands.record import begun_journal, or_nothing, read_course
from tutor.errors import UsageError
from tutor.front.standing import begin_practice
from tutor.nearest import nearest
from tutor.study.skills import RULES, skills_by_id
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Practise without end what you have begun, first what you know least, harder as you get better. "
        "What you tend to get wrong comes more often."
    )
    skills = "\n".join(f"  {skill.id:<22} {skill.name}" for skill in RULES.values())
    parser.epilog = tr(
        """\
examples:
  tutor practice
  tutor practice chain-rule
  tutor practice lesson:rates-of-change

skills:
{skills}
  lesson:ID              what a lesson teaches besides, by its own exercises

Of a rule there are four levels. Two right at once in a row lead a level up, one
not managed a level down. esc ends it; every answer is in your record.""",
        skills=skills,
    )
    parser.add_argument("skill", nargs="?", metavar=tr("SKILL"), help=tr("practise this skill only; see below"))


def run(arguments: argparse.Namespace) -> int:
    """Open practice; return the exit code.

    Raises:
        UsageError: there is no such skill.
    """
    skill = arguments.skill
    course = read_course()
    known = skills_by_id(course.lessons)
    if skill is not None and skill not in known:
        raise UsageError(tr("there is no skill “{skill}”. {nearest}", skill=skill[:40], nearest=nearest(skill, known)))
    with begun_journal() as (journal, notice):
        practice = begin_practice(course.lessons, or_nothing(journal.answers), skill)
        return show(course, journal, notice, start_session=practice)
