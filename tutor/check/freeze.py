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

from tutor.check.prove import Marker, first_flaw
from tutor.lesson.model import AnyExercise, Exercise
from tutor.lesson.proof_variants import asked
from tutor.lesson.read import Reading, examine
from tutor.lesson.source import Items, Mapping, Route, load
from tutor.lesson.vary import VaryError, idle_holes, variant
from tutor.words import tr

MOST_TRIED = 200


class Frozen(msgspec.Struct, frozen=True):
    """What became of one exercise."""

    exercise: str
    seeds: tuple[int, ...]
    "Fewer than were asked for when there are no more good ones among the first 200."
    before: tuple[int, ...]
    "Those that the file had."
    flaws: dict[int, str]
    "What is wrong with each seed that was tried and is no good."

    @property
    def is_new(self) -> bool:
        """Whether the file has other seeds now."""
        return bool(self.seeds) and self.seeds != self.before


async def freeze(file: Path, count: int, engine: Marker) -> list[Frozen] | None:
    """Give every exercise with parameters that many good seeds; the good ones that it has are kept, were they more.

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
            frozen = await freeze_exercise(reading, route, step, count, engine)
            if frozen.is_new:
                _write(lines, reading, route, frozen.seeds)
            found.append(frozen)
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


async def freeze_exercise(reading: Reading, route: Route, exercise: AnyExercise, count: int, engine: Marker) -> Frozen:
    """Find seeds of good variants that all differ: every good one that there is, then as many as bring them to `count`."""
    seen: set[str] = set()
    good: list[int] = []
    flaws: dict[int, str] = {}
    for seed in dict.fromkeys((*exercise.seeds, *range(1, MOST_TRIED + 1))):
        if len(good) >= count and seed not in exercise.seeds:
            break
        try:
            made = variant(exercise, seed)
        except VaryError as error:
            return Frozen(exercise.id, (), exercise.seeds, {seed: str(error)})
        key = asked(made)
        flaw = tr("It makes an exercise that there is already.") if key in seen else ""
        seen.add(key)
        if flaw := flaw or await _flaw(reading, route, exercise, seed, made, engine):
            flaws[seed] = flaw
        else:
            good.append(seed)
    return Frozen(exercise.id, tuple(good), exercise.seeds, flaws)


async def _flaw(
    reading: Reading, route: Route, exercise: AnyExercise, seed: int, made: AnyExercise, engine: Marker
) -> str:
    """What is wrong with a variant; empty for a good one."""
    if len(made.reject) < len(exercise.reject):
        return tr("Two of the wrong answers are the same.")
    for _, read in idle_holes(exercise, seed):
        return tr("It reads `{read}`, which nobody would write.", read=read)
    return await first_flaw(reading, route, made, engine)


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
