"""A class report as lines of text, as wide as a terminal. Pure."""

import textwrap
from collections.abc import Iterator
from datetime import datetime

from tutor.classroom.items import FEWEST
from tutor.classroom.report import LearnerDone, Report
from tutor.study.weeks import local_day

MOST_SLIPS = 15
"Slips told; `--json` and `--html` have them all."


def as_lines(found: Report, now: datetime, width: int) -> list[str]:
    """The report in lines of at most `width` characters.

    Args:
        now: with the zone by which days begin.
        width: at least 20.
    """
    return [line for text, indent in _texts(found, now) for line in _wrapped(text, indent, width)]


def day(at: str, now: datetime) -> str:
    """The day of a time as people read it."""
    found = local_day(at, now)
    return f"{found:%d %b %Y}".lstrip("0") if found else "never"


def remarks(found: Report) -> Iterator[str]:
    """What must be known of the figures."""
    for pair in found.shared:
        yield f"{pair.names[0]} and {pair.names[1]} handed in {pair.answers} of the same answers."
    if found.elsewhere:
        yield f"Answers to exercises that this course does not have, and not counted: {found.elsewhere}."


def _texts(found: Report, now: datetime) -> Iterator[tuple[str, int]]:
    """Each line before it is wrapped, with how far it is indented."""
    yield f"Learners: {len(found.learners)}", 0
    for learner in found.learners:
        yield _learner(learner, now), 2
        if learner.lessons:
            yield ", ".join(f"{each.lesson} {each.right}/{each.tried}/{each.total}" for each in learner.lessons), 4
    yield "Of each lesson: exercises right in the end / tried / there are.", 2
    yield "", 0
    yield "Slips of the class" if found.slips else "Slips of the class: none", 0
    for slip in found.slips[:MOST_SLIPS]:
        counts = f"{_counted(slip.learners, 'learner')}, {_counted(slip.times, 'time')}"
        yield f"{slip.lesson} {slip.exercise}: {slip.words} ({slip.slip}; {counts})", 2
    if len(found.slips) > MOST_SLIPS:
        yield f"and {len(found.slips) - MOST_SLIPS} more", 2
    yield "", 0
    yield from _items(found)
    for remark in remarks(found):
        yield "", 0
        yield remark, 0


def _learner(learner: LearnerDone, now: datetime) -> str:
    did = f"{learner.right} right of {learner.tried} tried, {learner.minutes:.0f} min, last on {day(learner.last, now)}"
    return f"{learner.name}: {did if learner.last else 'nothing yet'}"


def _items(found: Report) -> Iterator[tuple[str, int]]:
    if all(item.learners < FEWEST for item in found.items):
        yield f"Exercises are judged when {FEWEST} learners have tried them.", 0
        return
    told = [item for item in found.items if item.remark]
    yield "Exercises to look at" if told else "Exercises to look at: none", 0
    for item in told:
        r = "" if item.discrimination is None else f", discrimination {item.discrimination:.2f}"
        yield f"{item.lesson} {item.exercise}: {item.remark} ({item.first_right:.0%} right at first{r})", 2


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text, width, initial_indent=before, subsequent_indent=before + "  ", break_on_hyphens=False
    ) or [""]
