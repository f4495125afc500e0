"""Whether the skills that a lesson says it teaches, and the slips that its exercises name, are in the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tutor.errors import Problem
from tutor.lesson.fields import problem_at
from tutor.lesson.model import Exercise, Fix, Line, LineByLine
from tutor.lesson.read import Reading
from tutor.lesson.source import Route
from tutor.marking.slips.registry import SKILL_IDS, SLIPS
from tutor.nearest import likely, nearest
from tutor.words import tr

_SLIP: Final = re.compile(r"[A-Z][0-9]+")


def slip_problems(reading: Reading) -> list[Problem]:
    """One for each slip, under `reject`, `says` or `slip`, that there is not."""
    return [
        problem_at(
            reading.source,
            (*path, key),
            tr("There is no slip {slip}.", slip=slip),
            _nearest_slip(slip),
            on_key=key == slip,
        )
        for route, step in reading.drafts
        if isinstance(step, Exercise)
        for path, key, slip in _named(route, step)
        if slip not in SLIPS
    ]


def _nearest_slip(slip: str) -> str:
    meant = likely(slip.upper(), SLIPS)
    listed = tr("The slips and their ids are listed in docs/lesson-format.md.")
    return tr("Did you mean `{meant}`?", meant=meant) + f" {listed}" if meant else listed


def _named(route: Route, step: Exercise) -> Iterator[tuple[Route, str, str]]:
    """What may be a slip: the field, the key, the word."""
    lines = step.lines if isinstance(step, LineByLine) else ()
    holders: list[tuple[Route, Exercise | Line]] = [(route, step)]
    holders += [((*route, "lines", n), line) for n, line in enumerate(lines)]
    for path, holder in holders:
        yield from (((*path, "reject"), text, slip) for text, slip in holder.reject.items() if _SLIP.fullmatch(slip))
        yield from (((*path, "says"), text, text) for text in holder.says if _SLIP.fullmatch(text))
    if isinstance(step, Fix) and step.slip:
        yield route, "slip", step.slip


def skill_problems(reading: Reading) -> list[Problem]:
    """One for each skill that there is not."""
    known = tuple(SKILL_IDS.values())
    return [
        problem_at(
            reading.source,
            ("teaches", n),
            tr("There is no skill called `{skill}`.", skill=skill[:40]),
            nearest(skill, known),
        )
        for n, skill in enumerate(reading.teaches)
        if skill not in known
    ]
