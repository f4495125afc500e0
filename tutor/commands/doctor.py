"""`tutor doctor`: what works on this terminal and this machine, what does not, and what to change."""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tutor import display, places
from tutor.commands.record import write
from tutor.doctor.files import file_findings
from tutor.doctor.finding import Finding
from tutor.doctor.program import class_finding, engine_finding, lesson_findings, python_finding
from tutor.doctor.samples import samples
from tutor.doctor.terminal import Seen, columns_taken, terminal_findings
from tutor.front.shown import shown
from tutor.terminals import colours
from tutor.words import tr

INDENT = 22
WIDEST = 100
AREAS = {
    "terminal": tr("terminal"),
    "size": tr("size"),
    "characters": tr("characters"),
    "colours": tr("colours"),
    "files": tr("files"),
    "space": tr("space"),
    "locks": tr("locks"),
    "record": tr("record"),
    "site": tr("site"),
    "lessons": tr("lessons"),
    "python": tr("python"),
    "class": tr("class"),
    "engine": tr("engine"),
}
"What a finding is about, as it is told; programs read the key."
STATES = {"works": tr("works"), "limited": tr("limited"), "fails": tr("FAILS")}
_WHOLE: Any = {"break_long_words": False, "break_on_hyphens": False}


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Say what works on this terminal, locale, disk and machine, and what to change.")
    parser.epilog = tr("""\
examples:
  tutor doctor           look at everything, and show samples to look at
  tutor doctor --json    for a program to read

Run it where learners are, as one of them: on the same terminal, over the same
line. The exit code is 1 when something that matters does not work; what is
only limited leaves it 0.""")
    parser.add_argument(
        "--json", action="store_true", help=tr("one JSON object: the findings, and whether all that matters works")
    )


def run(arguments: argparse.Namespace) -> int:
    """Look, and say what was found; return 1 if something that matters does not work, else 0."""
    seen = look_at_terminal()
    # Asked first: what it may still send must not come in the middle of what is written.
    probed = columns_taken(sys.stdout.fileno()) if seen and seen.is_worth_asking else None
    width = display.width(WIDEST)
    findings: list[Finding] = []
    for finding in _look(seen, probed):
        findings.append(finding)
        if not arguments.json:
            write(_told(finding, width))
            sys.stdout.flush()  # each as soon as it is known: the last takes a second
    works = all(finding.state != "fails" for finding in findings)
    if arguments.json:
        print(msgspec.json.encode({"works": works, "findings": findings}).decode())
        return 0 if works else 1
    if seen is not None:
        has_signs = not seen.is_ascii or probed == 1
        if has_signs and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # it was found to understand that, whatever the locale says
        write(["", tr("What you should see:")])
        write([*samples(is_ascii=seen.is_ascii, has_signs=has_signs, colours=seen.colours), ""])
    write([_closing(findings)])
    return 0 if works else 1


def look_at_terminal() -> Seen | None:
    """The terminal that this is run in; None where input or output is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return None
    columns, rows = display.size() or (0, 0)
    return Seen(
        term=os.environ.get("TERM", ""),
        columns=columns,
        rows=rows,
        locale=display.locale_name(),
        is_utf8=display.is_utf8(display.locale_name()),
        is_ascii=display.is_ascii(),
        is_asked=display.ascii_asked() is not None,
        colours=colours(os.environ),
    )


def _look(seen: Seen | None, probed: int | None) -> Iterator[Finding]:
    """Everything, in the order in which it is told; what takes long comes last."""
    yield from terminal_findings(seen, probed)
    yield from file_findings(places.journal_file())
    yield from lesson_findings()
    yield python_finding()
    yield class_finding(_reach_class)
    yield asyncio.run(engine_finding())


def _reach_class(url: str) -> str:
    from tutor.classroom.class_database import connected, of_another_version  # only where a class is set

    with connected(url) as connection:
        return of_another_version(connection)


def _told(finding: Finding, width: int) -> list[str]:
    area, word, what, do = map(shown, (AREAS[finding.area], STATES[finding.state], f"{finding.what}.", finding.do))
    indent = " " * (INDENT if width > 2 * INDENT else 2)
    head = f"{area:<11} {word:<9} "
    lines = textwrap.wrap(what, width, initial_indent=head, subsequent_indent=indent, **_WHOLE)
    return lines + textwrap.wrap(do, width, initial_indent=indent, subsequent_indent=indent, **_WHOLE)


def _closing(findings: Sequence[Finding]) -> str:
    failing = [AREAS[finding.area] for finding in findings if finding.state == "fails"]
    limited = [AREAS[finding.area] for finding in findings if finding.state == "limited"]
    if failing:
        return tr("What does not work and matters: {failing}.", failing=", ".join(dict.fromkeys(failing)))
    if limited:
        return tr("All that matters works. Limited: {limited}.", limited=", ".join(dict.fromkeys(limited)))
    return tr("Everything works.")
