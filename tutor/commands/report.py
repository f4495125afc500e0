"""`tutor report`: what a class did, from the files that its learners handed in."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from tutor import display
from tutor.classroom.gradebook import canvas, moodle, without_login
from tutor.classroom.hand_in import LARGEST, HandIn, from_file
from tutor.classroom.report import Report, report
from tutor.classroom.report_lines import MARKS, as_lines
from tutor.classroom.report_page import as_page
from tutor.classroom.tally import of_hand_ins
from tutor.commands.export import write_new
from tutor.commands.record import can_show, complain, lessons, write
from tutor.errors import UsageError
from tutor.reasons import why
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Show what a class did, from the files that its learners wrote with `tutor hand-in`.")
    parser.epilog = tr("""\
examples:
  tutor report class/*.json
  tutor report class/*.json --html class.html
  tutor report class/*.json --csv canvas > grades.csv

Several files of one learner count once. docs/teachers.md says what the
figures mean, and how a gradebook takes the CSV.""")
    parser.add_argument("files", nargs="+", metavar=tr("FILE"), help=tr("a hand-in"))
    describe_forms(parser)


def describe_forms(parser: argparse.ArgumentParser) -> None:
    """The forms in which a report is put out."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", choices=("canvas", "moodle"), help=tr("grades for the import of a gradebook"))
    form.add_argument("--json", action="store_true", help=tr("one JSON object with everything"))
    form.add_argument("--html", metavar=tr("PAGE"), help=tr("a new file: one page with pictures, to open in a browser"))


def run(arguments: argparse.Namespace) -> int:
    """Print the report; return 1 if a file could not be used, which is said on stderr, else 0.

    Raises:
        UsageError: the page is there already, or cannot be written.
    """
    hand_ins, faults = _read(arguments.files)
    for fault in faults:
        complain(fault)
    if hand_ins:
        tell(report(lessons(), of_hand_ins(hand_ins)), arguments)
    return 1 if faults else 0


def tell(found: Report, arguments: argparse.Namespace) -> None:
    """Put the report out in the form asked for.

    Raises:
        UsageError: the page is there already, or cannot be written.
    """
    now = datetime.now().astimezone()
    if arguments.json:
        _put(msgspec.json.encode(found) + b"\n")
    elif arguments.csv == "canvas":
        _put(canvas(found).encode())
    elif arguments.csv == "moodle":
        _put(moodle(found).encode())
        complain(_left_out(without_login(found)))
    elif arguments.html:
        write_new(Path(arguments.html), as_page(found, now).encode())
        print(tr("The page is {html}; open it in a browser.", html=arguments.html), file=sys.stderr)
    else:
        write(as_lines(found, now, display.width(), full=can_show("".join(MARKS[True]))))


def _put(content: bytes) -> None:
    """What programs read is UTF-8, whatever the terminal has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _left_out(names: Sequence[str]) -> str:
    if not names:
        return ""
    return tr("left out, since Moodle knows nobody by name, and these have no login: {names}.", names=", ".join(names))


def _read(files: Sequence[str]) -> tuple[list[HandIn], list[str]]:
    """The hand-ins that can be used, and a sentence for each file that cannot."""
    hand_ins: list[HandIn] = []
    faults: list[str] = []
    for name in files:
        try:
            with open(name, "rb") as file:
                hand_ins.append(from_file(file.read(LARGEST + 1), name))
        except UsageError as error:
            faults.append(str(error))
        except OSError as error:
            faults.append(tr("{name} cannot be read: {strerror}.", name=name, strerror=why(error)))
    return hand_ins, faults
