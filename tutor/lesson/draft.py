"""A lesson as far as it can be shown while its author is still writing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from tutor.errors import Problem
from tutor.lesson.fields import spell
from tutor.lesson.mend import TAKEN_OUT
from tutor.lesson.model import AnyStep, Exercise, Lesson
from tutor.lesson.pages import Read
from tutor.lesson.read import Reading
from tutor.lesson.source import Route
from tutor.lesson.vary import VaryError, seeds_of, variant
from tutor.words import tr

PENDING: Final = tr("This step cannot be shown yet. What is wrong with it is said below.")

_HARMLESS: Final = frozenset(
    {"ask", "text", "hints", "because", "says", "accept", "reject", "seeds", "partials", "options"}
)
"Fields of a step that can be shown, whatever is wrong with what they hold."


class Draft(msgspec.Struct, frozen=True):
    """What there is of a lesson."""

    lesson: Lesson | None
    "With a page in place of each step that cannot be shown; None where nothing can be read."
    problems: tuple[Problem, ...]
    lines: dict[str, int]
    "Of each step by its id: the line that it begins in, from 1."

    def step_at(self, place: str) -> str:
        """The id of the step that a place names; empty where there is none.

        Args:
            place: an id, or a line of the file; what stands above the steps leads to the first.
        """
        if place in self.lines or not place.isdecimal():
            return place if place in self.lines else ""
        return next((id for id, line in reversed(self.lines.items()) if line <= int(place)), next(iter(self.lines), ""))


def draft_of(reading: Reading, problems: Sequence[Problem]) -> Draft:
    """The lesson of a reading.

    Args:
        problems: all that is wrong with it, whoever found it.
    """
    fields = [problem.field for problem in problems]
    steps = tuple(_shown(route, step, fields) for route, step in reading.drafts)
    lines = {step.id: reading.source.find(route[:2]).line for route, step in reading.drafts}
    lesson = Lesson(
        id=reading.id or "draft",
        title=_title(reading),
        objectives=reading.objectives,
        steps=steps,
        summary=reading.summary,
    )
    return Draft(lesson if steps else None, tuple(problems), lines)


def _title(reading: Reading) -> str:
    if reading.source.root is None:
        return ""
    written = reading.source.find(("title",))
    return str(getattr(written, "value", "")).strip()


def _shown(route: Route, step: AnyStep, fields: Collection[str]) -> AnyStep:
    """The step, or a page in its place."""
    if isinstance(step, Read) and step.text == TAKEN_OUT:
        return Read(id=step.id, text=PENDING)
    inside = spell(route)
    for field in fields:
        rest = field.removeprefix(inside)
        if field.startswith(inside) and rest[:1] in ("", ".", "["):
            name = rest.lstrip(".").partition("[")[0].partition(".")[0]
            if name not in _HARMLESS and (not name or name in step.__struct_fields__):
                return Read(id=step.id, text=PENDING)
    return step if _can_vary(step) else Read(id=step.id, text=PENDING)


def _can_vary(step: AnyStep) -> bool:
    if not isinstance(step, Exercise):
        return True
    try:
        for seed in seeds_of(step):
            variant(step, seed)
    except (VaryError, msgspec.ValidationError):
        return False
    return True
