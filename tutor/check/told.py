"""What a check found, as text: for people, for other programs, for editors and for GitHub."""

from collections.abc import Iterator, Sequence

import msgspec

from tutor.check.report import Report
from tutor.errors import Problem
from tutor.words import tr, tr_n

_HEADS = (tr("lesson"), tr("proved"), tr("rewritings"), tr("slips"), tr("named"), tr("alike"), tr("slowest"))

WIDTH = 76
"Of a quoted line, in characters; of a longer one the part around the fault is shown."


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


def as_lines(report: Report) -> Iterator[str]:
    """Each problem on one line, as compilers print them; what reads those needs a line and a column, so there is one."""
    for problem in report.problems:
        place = f"{problem.file}:{problem.line or 1}:{problem.column or 1}"
        yield _printable(f"{place}: error: {problem.what} {problem.do}")


def as_annotations(report: Report) -> Iterator[str]:
    """Each problem as a command that GitHub shows beside the line."""
    for problem in report.problems:
        place = f"file={_escaped(problem.file, ':,')},line={problem.line or 1},col={problem.column or 1}"
        said = _printable(f"{problem.what} {problem.do}")
        yield f"::error {place},title=tutor check::{_escaped(said)}"


def _escaped(text: str, more: str = "") -> str:
    """As GitHub's commands have it: percent signs, ends of lines and, in a property, what divides properties."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _place(problem: Problem) -> str:
    place = (problem.line, problem.column) if problem.column else (problem.line,)
    return ":".join([problem.file, *map(str, place)]) if problem.line else problem.file


def _slips(report: Report) -> Iterator[str]:
    """Of each exercise or variant: the answers of two slips, and those that are marked wrong without a slip."""
    for lesson in report.proved:
        for exercise, found in lesson.exercises:
            told = [tr("    two slips lead to it: {text}", text=text) for text in found.alike]
            told += [tr("    wrong, and not named: {text}", text=text) for text in found.unnamed]
            told += [
                tr("    leads to the right answer, so other numbers would be better: {text}", text=text)
                for text in found.hidden
            ]
            if told:
                yield "\n".join([f"{lesson.lesson} {exercise}", *map(_printable, told)])


def _table(report: Report) -> list[str]:
    """One row a lesson: what was proved of its formulas, variant by variant."""
    rows: list[tuple[str, ...]] = [_HEADS]
    for lesson in report.proved:
        found = [vouched for _, vouched in lesson.exercises if vouched.rewritings]
        if not found:
            continue
        slips, unnamed = sum(each.slips for each in found), sum(len(each.unnamed) for each in found)
        rewritings, alike = sum(each.rewritings for each in found), sum(len(each.alike) for each in found)
        slowest = max((each.slowest for each in found), default=0.0)
        counts = (len(found), rewritings, slips, slips - unnamed, alike)
        rows.append((lesson.lesson, *map(str, counts), tr("{slowest:.0f} ms", slowest=slowest)))
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
    said = [f"{_place(problem)}: {problem.what}"]
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
    return "".join(character if character.isprintable() else "�" for character in text.replace("\t", " "))


def _summary(report: Report) -> str:
    count = len(report.problems)
    counts = (
        tr_n("{n} file", "{n} files", len(report.sources)),
        tr_n("{n} exercise", "{n} exercises", report.exercises),
        tr_n("{n} problem", "{n} problems", count) if count else tr("no problems"),
    )
    return ", ".join(counts)
