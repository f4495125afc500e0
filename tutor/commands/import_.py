"""`tutor import`: the record of another machine added to this one; what is here already is not added again."""

import argparse
import sys

from tutor.commands.record import complain, opened_journal
from tutor.errors import UsageError
from tutor.reasons import why
from tutor.study.journal_lines import Exported, from_lines
from tutor.words import tr, tr_n

MOST_TOLD = 5
"Bad lines that are told one by one."


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Add what `tutor export` wrote on another machine to the record here.")
    parser.epilog = tr("""\
examples:
  tutor import my-record.jsonl
  ssh other-machine tutor export | tutor import -

What is here already is not added again, so it does no harm to import a file
twice. Lines that cannot be used are told, and the others are added all the
same; the exit code is then 1.""")
    parser.add_argument("file", metavar=tr("FILE"), help=tr("what `tutor export` wrote; - for stdin"))


def run(arguments: argparse.Namespace) -> int:
    """Merge a file into the record; 0 when all of it could be used, 1 when something was wrong with it.

    Raises:
        UsageError: the file cannot be read, or is none that `tutor export` writes.
    """
    found = _read(arguments.file)
    with opened_journal() as journal:
        new = journal.merge(found.entries)
    old = len(found.entries) - new
    added = tr_n("{n} line added", "{n} lines added", new)
    there = tr_n("{n} line of the file here already", "{n} lines of the file here already", old)
    print(f"{added}; {there}.")
    for line in found.bad[:MOST_TOLD]:
        complain(tr("line {number} cannot be used: {why}.", number=line.number, why=line.why))
    if len(found.bad) > MOST_TOLD:
        more = len(found.bad) - MOST_TOLD
        complain(tr_n("{n} more line cannot be used.", "{n} more lines cannot be used.", more))
    if found.missing:
        complain(
            tr(
                "the file was cut off: {missing} of its lines are not there. Export it again to have all.",
                missing=found.missing,
            )
        )
    return 1 if found.bad or found.missing else 0


def _read(name: str) -> Exported:
    try:
        if name == "-":
            return from_lines(sys.stdin.buffer)
        with open(name, "rb") as file:
            return from_lines(file)
    except OSError as error:
        raise UsageError(tr("{name} cannot be read: {strerror}.", name=name, strerror=why(error))) from error
