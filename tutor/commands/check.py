"""`tutor check`: what is wrong with lesson files, for the person who writes them."""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tutor.check.files import is_there, lesson_files
from tutor.check.freeze import freeze
from tutor.check.report import Report, check_paths
from tutor.engine.client import Engine
from tutor.errors import Problem, UsageError
from tutor.lesson.model import NumberAnswer
from tutor.places import lessons_directory

_SIMPLE = NumberAnswer(ask="", of="1")

MOST_SEEDS = 20

WIDTH = 76
"Of a quoted line, in characters; of a longer one the part around the fault is shown."


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = "Report every problem in lesson files: where it is, what is wrong, what to do."
    parser.epilog = """\
examples:
  tutor check                     the course that came with the program
  tutor check my-lesson.yaml      one file
  tutor check lessons --json      a directory, for a program to read
  tutor check my.yaml --slips     wrong answers that are ambiguous or not named
  tutor check my.yaml --deploy 4  freeze four good variants of each exercise

The exit code is 0 when nothing is wrong, 1 when something is, and 2 when there
is no file or directory of a name given; the others are checked all the same."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a lesson file, or a directory of them")
    parser.add_argument("--json", action="store_true", help="one JSON object: files, exercises, problems")
    parser.add_argument(
        "--slips",
        action="store_true",
        help="list the wrong answers that two slips lead to, and those whose slip is not named to the learner",
    )
    parser.add_argument(
        "--deploy",
        type=int,
        metavar="N",
        help="first find N good variants of each exercise with parameters, and write their seeds into the files",
    )


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
    print(as_json(report) if args.json else as_text(report, with_slips=args.slips))
    missing = [path for path in paths if not is_there(path)]
    for path in missing:
        print(f"tutor: there is no file or directory called {str(path)[:100]!r}.", file=sys.stderr)
    return 2 if missing else 1 if report.problems else 0


async def _check(paths: Sequence[Path], seeds: int | None) -> Report:
    engine = Engine.for_proofs()
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
    found = {
        "files": len(report.sources),
        "exercises": report.exercises,
        "problems": report.problems,
        "proved": report.proved,
    }
    return msgspec.json.encode(found).decode()


def as_text(report: Report, *, with_slips: bool = False) -> str:
    """Each problem with its place, the line it is in, and what to do; then a line that sums up."""
    lines = {source.file: source.lines for source in report.sources}
    told = [_told(problem, lines.get(problem.file, ())) for problem in report.problems]
    return "\n\n".join([*told, *(_slips(report) if with_slips else ()), *_table(report), _summary(report)])


def _slips(report: Report) -> Iterator[str]:
    """Of each exercise or variant: the answers of two slips, and those that are marked wrong without a slip."""
    for lesson in report.proved:
        for exercise, found in lesson.exercises:
            told = [f"    two slips lead to it: {text}" for text in found.alike]
            told += [f"    wrong, and not named: {text}" for text in found.unnamed]
            if told:
                yield "\n".join([f"{lesson.lesson} {exercise}", *map(_printable, told)])


def _table(report: Report) -> list[str]:
    """One row a lesson: what was proved of its formulas, variant by variant."""
    rows: list[tuple[str, ...]] = [("lesson", "proved", "rewritings", "slips", "named", "alike", "slowest")]
    for lesson in report.proved:
        found = [vouched for _, vouched in lesson.exercises if vouched.rewritings]
        if not found:
            continue
        slips, unnamed = sum(each.slips for each in found), sum(len(each.unnamed) for each in found)
        rewritings, alike = sum(each.rewritings for each in found), sum(len(each.alike) for each in found)
        slowest = max((each.slowest for each in found), default=0.0)
        counts = (len(found), rewritings, slips, slips - unnamed, alike)
        rows.append((lesson.lesson, *map(str, counts), f"{slowest:.0f} ms"))
    if len(rows) == 1:
        return []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return ["\n".join(lines)]


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
