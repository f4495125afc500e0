"""Finding seeds whose variants are good, and writing them into a lesson file.

Only the lines of `seeds:` are touched; the rest of the file stays as its author wrote it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tutor.check.prove import Marker, is_good
from tutor.lesson.model import AnyExercise, Exercise
from tutor.lesson.read import Reading, examine
from tutor.lesson.source import Items, Mapping, Route, load
from tutor.lesson.vary import VaryError, idle_holes, variant

MOST_TRIED = 200


class Frozen(msgspec.Struct, frozen=True):
    """What became of one exercise."""

    exercise: str
    seeds: tuple[int, ...]
    "Fewer than were asked for when there are no more good ones among the first 200."
    is_new: bool
    "They are others than the file had."


async def freeze(file: Path, count: int, engine: Marker) -> list[Frozen] | None:
    """Give every exercise with parameters that many good seeds; those it has are kept where they are good.

    None: the file is no YAML, and a person must mend it first.

    Raises:
        OSError: the file cannot be read or written.
    """
    reading = examine(load(file))
    if reading.source.problems:
        return None
    found: list[Frozen] = []
    with file.open(encoding="utf-8", newline="") as written:
        text = written.read()
    lines = text.split("\n")
    # From the last to the first, since a line that is put in moves those behind it.
    for route, step in reversed(reading.steps):
        if isinstance(step, Exercise) and step.vary:
            seeds = await good_seeds(reading, route, step, count, engine)
            if seeds:
                _write(lines, reading, route, seeds)
            found.append(Frozen(step.id, seeds, is_new=bool(seeds) and seeds != step.seeds))
    if (changed := "\n".join(lines)) != text:
        _replace(file, changed)
    return found[::-1]


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all; what it was before is not lost when the disk is full."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        shutil.copymode(file, beside)
        beside.replace(file.resolve())
    except OSError:
        beside.unlink(missing_ok=True)
        raise


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
        is_worth = len(made.reject) == len(exercise.reject) and not any(idle_holes(exercise, seed))
        if is_worth and await is_good(reading, route, made, engine):
            good.append(seed)
        if len(good) == count:
            break
    return tuple(good)


def _write(lines: list[str], reading: Reading, route: Route, seeds: Sequence[int]) -> None:
    """Put the seeds where they stood, or in front of `vary:`."""
    written = f"seeds: [{', '.join(map(str, seeds))}]"
    body = reading.source.find(route)
    vary = reading.source.find_key((*route, "vary"))
    before = reading.source.find_key((*route, "seeds"))
    found = body.get("seeds") if isinstance(body, Mapping) else None
    ending = "\r" if lines[vary.line - 1].endswith("\r") else ""
    if isinstance(found, Items) and not found.is_flow:
        lines[before.line - 1 : found.items[-1].line] = [f"{' ' * (before.column - 1)}{written}{ending}"]
    elif found is not None:
        line, start = lines[before.line - 1], before.column - 1
        lines[before.line - 1] = line[:start] + re.sub(r"seeds: *\[[^\]]*\]", written, line[start:], count=1)
    elif isinstance(body, Mapping) and body.is_flow:
        line, start = lines[vary.line - 1], vary.column - 1
        lines[vary.line - 1] = f"{line[:start]}{written}, {line[start:]}"
    else:
        lines.insert(vary.line - 1, f"{' ' * (vary.column - 1)}{written}{ending}")
