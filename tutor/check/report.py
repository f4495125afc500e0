"""What is wrong with lesson files, and what could be proved of them.

The engine is handed in, and may be left out: then nothing is proved, and everything else is checked.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tutor.check.descents import descent_problems, partial_problems
from tutor.check.files import files_to_check, is_there, spelt
from tutor.check.prove import Marker, Prover
from tutor.check.skills import skill_problems, slip_problems
from tutor.errors import Problem
from tutor.lesson.bounds import PROBLEMS_AT_MOST
from tutor.lesson.courses import CourseError, name_of, rooted
from tutor.lesson.fields import fields_of, problem_at, spell
from tutor.lesson.files import lessons_in
from tutor.lesson.model import AnyExercise, Exercise
from tutor.lesson.proofread import proofread
from tutor.lesson.read import Reading, arrange, examine
from tutor.lesson.source import Route, Source, load
from tutor.lesson.vary import VaryError, variant
from tutor.marking.vouched import Vouched
from tutor.nearest import likely
from tutor.places import lessons_directory
from tutor.words import tr, tr_n


class Proved(msgspec.Struct, frozen=True):
    """What was found in proving one lesson."""

    lesson: str
    exercises: tuple[tuple[str, Vouched], ...]
    "Of each exercise or variant that could be proved: its id, with the seed, and what was found."


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found."""

    problems: tuple[Problem, ...]
    "By file, in the order asked for, then by line."
    sources: tuple[Source, ...]
    "The files that were read."
    exercises: int
    "How many could be read."
    proved: tuple[Proved, ...]
    "One a lesson; none where there was no engine."


async def check_paths(paths: Sequence[Path], engine: Marker | None, elsewhere: Collection[str] = ()) -> Report:
    """Check lesson files; a directory stands for the lessons of a course: every `.yaml` file in and beneath it, or its `lessons`.

    Whether the lessons that a lesson needs are there is asked for directories only. A path that does not exist is a
    problem too, and keeps none of the others from being checked.

    Args:
        elsewhere: ids of lessons of other courses, which these may need.
    """
    problems: dict[str, list[Problem]] = {}
    readings: dict[Path, Reading] = {}
    for path in paths:
        if not is_there(path):
            what, do = tr("There is no file or directory of this name."), tr("Check how it is spelt.")
            problems[spelt(path)] = [Problem(file=spelt(path), line=0, field="", what=what, do=do)]
            continue
        files = list(files_to_check([path]))
        if not files:
            what, do = tr("There are no lessons in this directory."), tr("Put lesson files in it that end in .yaml.")
            problems[spelt(path)] = [Problem(file=spelt(path), line=0, field="", what=what, do=do)]
        for file in files:
            if file not in readings:
                inside = path if path.is_dir() else None
                home = lessons_in(path) if inside else file.parent
                readings[file] = at_home(examine(load(file, inside)), home)
                problems.setdefault(readings[file].source.file, [])
        if path.is_dir():
            for problem in _faults_of_name(path):
                problems.setdefault(problem.file, []).append(problem)
            for problem in arrange([readings[file] for file in files], elsewhere)[1]:
                problems.setdefault(problem.file, []).append(problem)
        else:
            problems.setdefault(spelt(path), []).extend(_misspelt_needs(readings[path], elsewhere))
    for reading in readings.values():
        problems[reading.source.file] += [
            *reading.problems,
            *proofread(reading),
            *descent_problems(reading),
            *skill_problems(reading),
            *slip_problems(reading),
        ]
    proved: list[Proved] = []
    if engine is not None:
        proofs = await asyncio.gather(
            *(_prove(reading, problems[reading.source.file], engine) for reading in readings.values())
        )
        for reading, provers in zip(readings.values(), proofs, strict=True):
            found = [problem for prover in provers for problem in prover.problems]
            told = _not_of(problems[reading.source.file], found)
            problems[reading.source.file] += [*await partial_problems(reading, engine), *told]
            proved.append(Proved(reading.id, tuple(each for prover in provers for each in prover.vouched)))
    for found in problems.values():
        found.sort(key=lambda problem: (problem.line, problem.column))
        found[PROBLEMS_AT_MOST:] = _rest(found[PROBLEMS_AT_MOST:])
    return Report(
        problems=tuple(dict.fromkeys(problem for found in problems.values() for problem in found)),
        sources=tuple(reading.source for reading in readings.values()),
        proved=tuple(proved),
        exercises=sum(isinstance(step, Exercise) for reading in readings.values() for _, step in reading.steps),
    )


def _rest(problems: Sequence[Problem]) -> list[Problem]:
    """One problem that stands for all of these."""
    if not problems:
        return []
    what = tr_n("From here on there is {n} more problem.", "From here on there are {n} more problems.", len(problems))
    do = tr("Mend the others first.")
    return [Problem(file=problems[0].file, line=problems[0].line, field="", what=what, do=do)]


def _misspelt_needs(reading: Reading, elsewhere: Collection[str]) -> list[Problem]:
    """Of a file by itself: needs that are no lesson beside it, and look like the id of one of the course."""
    if not set(reading.needs) - set(elsewhere):
        return []
    beside = {id for file in Path(reading.source.file).parent.glob("[!.]*.yaml") for id in _ids_in(file)}
    return [
        problem_at(
            reading.source,
            ("needs", n),
            tr("No lesson here has the id `{need}`.", need=need),
            tr("Did you mean `{meant}`?", meant=meant),
        )
        for n, need in enumerate(reading.needs)
        if need not in elsewhere and need not in beside and (meant := likely(need, elsewhere))
    ]


def _ids_in(file: Path) -> list[str]:
    try:
        return re.findall(r"^id: *([a-z0-9-]+)", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return []


def _faults_of_name(directory: Path) -> list[Problem]:
    """What is wrong with what a course says of itself."""
    try:
        name_of(directory)
    except CourseError as fault:
        return [fault.problem]
    return []


def at_home(reading: Reading, home: Path) -> Reading:
    """The reading with whole paths of the data beside its file, unless that is where they are looked for anyway."""
    home = home.resolve()
    if home == lessons_directory().resolve():
        return reading
    steps, drafts = (
        tuple((route, rooted(step, home)) for route, step in each) for each in (reading.steps, reading.drafts)
    )
    return msgspec.structs.replace(reading, steps=steps, drafts=drafts)


async def _prove(reading: Reading, problems: Sequence[Problem], engine: Marker) -> list[Prover]:
    """Prove the exercises of a lesson side by side, as far as the engine takes several questions at once."""
    exercises = list(_provable(reading, problems))
    provers = [Prover(reading.source, engine) for _ in exercises]
    await asyncio.gather(*(prover.variants(*exercise) for prover, exercise in zip(provers, exercises, strict=True)))
    return provers


_ASIDE: Final = frozenset({"ask", "because", "hints", "accept", "reject", "says", "form"})
"Fields whose fault changes nothing of what is asked and of the answer, so that the others can be proved."


def _provable(reading: Reading, problems: Sequence[Problem]) -> Iterator[tuple[Route, AnyExercise]]:
    """The exercises of which something can be proved: those whose question is sound."""
    for route, step in reading.drafts:
        if isinstance(step, Exercise):
            faulty = _faulty_fields(route, step, problems)
            # Without its form an exercise takes what a hint may well say.
            proved = msgspec.structs.replace(step, hints=()) if "form" in faulty else step
            if faulty <= _ASIDE and (not faulty or _can_be_filled(step)):
                yield route, proved


def _faulty_fields(route: Route, step: AnyExercise, problems: Sequence[Problem]) -> set[str]:
    """The fields of a step, as its author meant them, that something was reported of; an empty word is the step itself."""
    whole, known = spell(route[:2]), fields_of(type(step))
    names = [
        problem.field.removeprefix(spell(route))
        for problem in problems
        if problem.field == whole or problem.field.startswith(f"{whole}.")
    ]
    fields = [found[1] if (found := re.match(r"\.([^.[]*)", name)) else "" for name in names]
    return {likely(field, known) or field for field in fields}


def _can_be_filled(exercise: AnyExercise) -> bool:
    try:
        for seed in exercise.seeds if exercise.vary else ():
            variant(exercise, seed)
    except VaryError:
        return False
    return True


def _not_of(problems: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """Of what was found, all that is not about a place where something was reported before."""
    told = {problem.field for problem in problems}
    return [each for each in found if not any(field and _is_in(each.field, field) for field in told)]


def _is_in(field: str, outer: str) -> bool:
    return field == outer or field.startswith((f"{outer}.", f"{outer}["))
