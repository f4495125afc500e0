"""`tutor check`: what is wrong with lesson files, for the person who writes them."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tutor.check import Report, check_paths, is_there, lesson_files
from tutor.engine.client import Engine
from tutor.errors import Problem, UsageError
from tutor.freeze import freeze
from tutor.lesson.model import NumberAnswer
from tutor.places import lessons_directory

_SIMPLE = NumberAnswer(ask="", of="1")

MOST_SEEDS = 20

WIDTH = 76
"Of a quoted line, in characters; of a longer one the part around the fault is shown."


def run(args: argparse.Namespace) -> int:
    """Check the files or the course and print what was found.

    Returns:
        0 when all is well, 1 when a lesson has a problem, 2 when a path does not exist; the others are checked all
        the same.

    Raises:
        EngineError: nothing can be proved, since the engine does not start.
    """
    paths = [Path(name) for name in args.paths] or [lessons_directory()]
    if args.deploy is not None and not 1 <= args.deploy <= MOST_SEEDS:
        raise UsageError(f"--deploy wants a number from 1 to {MOST_SEEDS}.")
    report = asyncio.run(_check(paths, args.deploy))
    print(as_json(report) if args.json else as_text(report))
    missing = [path for path in paths if not is_there(path)]
    for path in missing:
        print(f"tutor: there is no file or directory called {str(path)[:100]!r}.", file=sys.stderr)
    return 2 if missing else 1 if report.problems else 0


async def _check(paths: Sequence[Path], seeds: int | None) -> Report:
    engine = Engine()
    try:
        await engine.start()
        await engine.solve(_SIMPLE)  # or each exercise would be reported as having no answer
        if seeds is not None:
            for file in lesson_files(paths):
                await _freeze(file, seeds, engine)
        return await check_paths(paths, engine)
    finally:
        await engine.close()


async def _freeze(file: Path, count: int, engine: Engine) -> None:
    """Write seeds into a file, and say of which exercises there are fewer than were wanted."""
    try:
        found = await freeze(file, count, engine)
    except OSError as fault:
        print(f"tutor: {str(file)!r} cannot be written: {fault.strerror}.", file=sys.stderr)
        return
    for each in found:
        if len(each.seeds) < count:
            print(
                f"tutor: {file.name}: only {len(each.seeds)} good variants of {each.exercise} were found.",
                file=sys.stderr,
            )


def as_json(report: Report) -> str:
    """One object: what was checked, and each problem as a record."""
    found = {"files": len(report.sources), "exercises": report.exercises, "problems": report.problems}
    return msgspec.json.encode(found).decode()


def as_text(report: Report) -> str:
    """Each problem with its place, the line it is in, and what to do; then a line that sums up."""
    lines = {source.file: source.lines for source in report.sources}
    told = [_told(problem, lines.get(problem.file, ())) for problem in report.problems]
    return "\n\n".join([*told, _summary(report)])


def _told(problem: Problem, lines: Sequence[str]) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    said = [f"{place}: {problem.what}"]
    if 0 < problem.line <= len(lines) and problem.column:
        said += _quoted(lines[problem.line - 1], problem.column - 1)
    return "\n".join(_printable(line) for line in (*said, f"    {problem.do}"))


def _quoted(line: str, column: int) -> list[str]:
    """A line of the file, shortened, and a caret under the column (from 0)."""
    column = min(column, len(line))
    start = min(len(line) - len(line.lstrip()), column)
    if column - start >= WIDTH:
        start = column - WIDTH // 2
    return [f"    {line[start : start + WIDTH]}", f"    {' ' * (column - start)}^"]


def _printable(text: str) -> str:
    """The text without anything that a terminal could take for a command."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _summary(report: Report) -> str:
    counts = ((len(report.sources), "file"), (report.exercises, "exercise"), (len(report.problems) or "no", "problem"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)
