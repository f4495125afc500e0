"""`tutor import`: the record of another machine added to this one; what is here already is not added again."""

import argparse
import sys

from tutor.commands.record import complain, counted, opened_journal
from tutor.errors import UsageError
from tutor.study.journal_lines import Exported, from_lines

MOST_TOLD = 5
"Bad lines that are told one by one."


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = "Add what `tutor export` wrote on another machine to the record here."
    parser.epilog = """\
examples:
  tutor import my-record.jsonl
  ssh other-machine tutor export | tutor import -

What is here already is not added again, so it does no harm to import a file
twice. Lines that cannot be used are told, and the others are added all the
same; the exit code is then 1."""
    parser.add_argument("file", metavar="FILE", help="what `tutor export` wrote; - for stdin")


def run(arguments: argparse.Namespace) -> int:
    """Merge a file into the record; 0 when all of it could be used, 1 when something was wrong with it.

    Raises:
        UsageError: the file cannot be read, or is none that `tutor export` writes.
    """
    found = _read(arguments.file)
    with opened_journal() as journal:
        new = journal.merge(found.entries)
    print(f"{counted(new, 'line')} added; {counted(len(found.entries) - new, 'line')} of the file here already.")
    for line in found.bad[:MOST_TOLD]:
        complain(f"line {line.number} cannot be used: {line.why}.")
    if len(found.bad) > MOST_TOLD:
        complain(f"{len(found.bad) - MOST_TOLD} more lines cannot be used.")
    if found.missing:
        complain(f"the file was cut off: {found.missing} of its lines are not there. Export it again to have all.")
    return 1 if found.bad or found.missing else 0


def _read(name: str) -> Exported:
    try:
        if name == "-":
            return from_lines(sys.stdin.buffer)
        with open(name, "rb") as file:
            return from_lines(file)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from error
