"""`tutor check`: what is wrong with lesson files, for the person who writes them."""

import argparse
import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tutor.check.files import files_to_check, is_there
from tutor.check.freeze import Frozen, freeze
from tutor.check.prove import Marker
from tutor.check.report import check_paths
from tutor.check.told import as_annotations, as_json, as_lines, as_text
from tutor.commands.record import complain
from tutor.course_places import added_courses
from tutor.engine.crew import Crew
from tutor.errors import UsageError
from tutor.lesson.compiled import open_course
from tutor.lesson.model import NumberAnswer
from tutor.places import allow_data, cache_directory, lessons_directory
from tutor.reasons import why
from tutor.words import tr, tr_n

_SIMPLE = NumberAnswer(ask="", of="1")

MOST_SEEDS = 20
MOST_FLAWS = 3
"Flaws that are told of an exercise that has too few good variants, the commonest first."


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Report every problem in lesson files: where it is, what is wrong, what to do.")
    parser.epilog = tr("""\
examples:
  tutor check                     the course, and those that are added to it
  tutor check my-lesson.yaml      one file
  tutor check lessons --json      a directory, for a program to read
  tutor check my.yaml --slips     wrong answers that are ambiguous or not named
  tutor check my.yaml --deploy 4  freeze four good variants of each exercise
  tutor check my.yaml --watch     again whenever a file is saved
  tutor check my.yaml --lines     one problem a line, file:line:column first,
                                  as an editor's list of errors reads it
  tutor check lessons --github    annotations on a pull request

The exit code is 0 when nothing is wrong, 1 when something is, and 2 when there
is no file or directory of a name given; the others are checked all the same.""")
    parser.add_argument("paths", nargs="*", metavar=tr("PATH"), help=tr("a lesson file, or a directory of them"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("one JSON object: files, exercises, problems"))
    form.add_argument("--lines", action="store_true", help=tr("one problem a line, as compilers print them"))
    form.add_argument("--github", action="store_true", help=tr("one annotation a problem, for GitHub Actions"))
    parser.add_argument(
        "--slips",
        action="store_true",
        help=tr("list the wrong answers that two slips lead to, and those whose slip is not named to the learner"),
    )
    parser.add_argument(
        "--deploy",
        type=int,
        metavar=tr("N"),
        help=tr("first find N good variants of each exercise with parameters, and write their seeds into the files"),
    )

    parser.add_argument("--watch", action="store_true", help=tr("go on, and check again whenever a file is saved"))


def run(args: argparse.Namespace) -> int:
    """Check the files or the course and print what was found.

    Returns:
        0 when all is well, 1 when a lesson has a problem, 2 when a path does not exist; the others are checked all
        the same.

    Raises:
        EngineError: nothing can be proved, since the engine does not start.
    """
    paths = [Path(name) for name in args.paths] or [lessons_directory(), *added_courses()]
    if args.deploy is not None and not 1 <= args.deploy <= MOST_SEEDS:
        raise UsageError(tr("--deploy wants a number from 1 to {most_seeds}.", most_seeds=MOST_SEEDS))
    for path in paths:
        allow_data(path if os.path.isdir(path) else path.parent)
    return asyncio.run(_watch(paths, args) if args.watch else _check(paths, args))


async def _check(paths: Sequence[Path], args: argparse.Namespace) -> int:
    async with _started() as crew:
        if args.deploy is not None:
            for file in files_to_check(paths):
                await deploy(file, args.deploy, crew)
        return await _report(paths, crew, args)


async def _watch(paths: Sequence[Path], args: argparse.Namespace) -> int:
    """Check, and again after every change, until interrupted."""
    from tutor.check.changes import rounds  # its library is seldom needed

    async for _ in rounds(paths):
        # With an engine of its own each time: a process that waits for days would keep 100 MB.
        await _check(paths, args)
        _say_waiting()
    return 0


def _say_waiting() -> None:
    sys.stdout.flush()
    complain(tr("waiting for a change; ctrl+c ends it."))
    sys.stderr.flush()


@asynccontextmanager
async def _started() -> AsyncIterator[Crew]:
    crew = Crew()
    try:
        await crew.solve(_SIMPLE)  # or each exercise would be reported as having no answer
        yield crew
    finally:
        await crew.close()


async def _report(paths: Sequence[Path], crew: Crew, args: argparse.Namespace) -> int:
    report = await check_paths(paths, crew, ids_of_the_course())
    match args:
        case argparse.Namespace(json=True):
            print(as_json(report))
        case argparse.Namespace(lines=True):
            print("".join(f"{line}\n" for line in as_lines(report)), end="")
        case argparse.Namespace(github=True):
            print("".join(f"{line}\n" for line in as_annotations(report)), end="")
        case _:
            print(as_text(report, with_slips=args.slips))
    missing = [path for path in paths if not is_there(path)]
    for path in missing:
        complain(tr("there is no file or directory called {path!r}.", path=str(path)[:100]))
    return 2 if missing else 1 if report.problems else 0


def ids_of_the_course() -> tuple[str, ...]:
    """Ids of the course, which lessons of another course may need."""
    return tuple(lesson.id for lesson in open_course(lessons_directory(), cache_directory()).lessons)


async def deploy(file: Path, count: int, engine: Marker) -> None:
    """Write seeds into a file, and say of which exercises there are fewer than were wanted."""
    try:
        found = await freeze(file, count, engine)
    except OSError as fault:
        complain(tr("{file!r} cannot be written: {strerror}.", file=str(file), strerror=why(fault)))
        return
    if found is None:
        complain(tr("{file}: no seeds were written, since its YAML has faults. Mend them first.", file=file.name))
        return
    for each in found:
        for sentence in _become(each, count):
            complain(f"{file.name}: {sentence}")


def _become(frozen: Frozen, count: int) -> Iterator[str]:
    """What became of the seeds of one exercise, for a person to read."""
    if frozen.is_new:
        seeds = ", ".join(map(str, frozen.seeds))
        yield tr("wrote seeds {seeds} of {exercise}.", seeds=seeds, exercise=frozen.exercise)
        for seed in frozen.before:
            if seed in frozen.flaws:
                yield tr("left out seed {seed}. {flaw}", seed=seed, flaw=frozen.flaws[seed])
    if len(frozen.seeds) < count:
        yield tr_n(
            "only {n} good variant of {exercise} was found.",
            "only {n} good variants of {exercise} were found.",
            len(frozen.seeds),
            exercise=frozen.exercise,
        )
        for flaw, times in Counter(frozen.flaws.values()).most_common(MOST_FLAWS):
            seed = next(seed for seed, found in frozen.flaws.items() if found == flaw)
            yield tr_n(
                "{n} seed is no good, {seed}. {flaw}",
                "{n} seeds are no good, such as {seed}. {flaw}",
                times,
                seed=seed,
                flaw=flaw,
            )
