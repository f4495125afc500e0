"""Finding seeds whose variants are good, and writing them into a lesson file.

Only the lines of `seeds:` are touched; the rest of the file stays as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tutor.check.prove import Marker, is_good
from tutor.lesson.model import AnyExercise, Exercise
from tutor.lesson.read import Reading, examine
from tutor.lesson.source import Route, load
from tutor.lesson.vary import VaryError, variant

MOST_TRIED = 200


class Frozen(msgspec.Struct, frozen=True):
    """What became of one exercise."""

    exercise: str
    seeds: tuple[int, ...]
    "Fewer than were asked for when there are no more good ones among the first 200."


async def freeze(file: Path, count: int, engine: Marker) -> list[Frozen]:
    """Give every exercise with parameters that many good seeds; those it has are kept where they are good.

    Raises:
        OSError: the file cannot be read or written.
    """
    reading = examine(load(file))
    found: list[Frozen] = []
    lines = file.read_text(encoding="utf-8").split("\n")
    # From the last to the first, since a line that is put in moves those behind it.
    for route, step in reversed(reading.steps):
        if isinstance(step, Exercise) and step.vary:
            seeds = await good_seeds(reading, route, step, count, engine)
            if seeds:
                _write(lines, reading, route, seeds)
            found.append(Frozen(step.id, seeds))
    file.write_text("\n".join(lines), encoding="utf-8")
    return found[::-1]


async def good_seeds(
    reading: Reading, route: Route, exercise: AnyExercise, count: int, engine: Marker
) -> tuple[int, ...]:
    """Seeds of good variants that all differ, at most `count`."""
    seen: set[bytes] = set()
    good: list[int] = []
    for seed in dict.fromkeys((*exercise.seeds, *range(1, MOST_TRIED + 1))):
        try:
            made = variant(exercise, seed)
        except VaryError:
            return ()
        key = msgspec.json.encode(made)
        if key in seen:
            continue
        seen.add(key)
        if len(made.reject) == len(exercise.reject) and await is_good(reading, route, made, engine):
            good.append(seed)
        if len(good) == count:
            break
    return tuple(good)


def _write(lines: list[str], reading: Reading, route: Route, seeds: Sequence[int]) -> None:
    """Put the seeds where they stood, or above `vary:`."""
    written = f"seeds: [{', '.join(map(str, seeds))}]"
    at = reading.source.find_key((*route, "seeds")).line - 1
    line, replaced = re.subn(r"seeds: *\[[^\]]*\]", written, lines[at], count=1)
    if replaced:
        lines[at] = line
        return
    at = reading.source.find_key((*route, "vary")).line - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines.insert(at, f"{indent}{written}")
