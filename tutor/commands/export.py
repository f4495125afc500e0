"""`tutor export`: the whole record as JSON lines, what resets hide among it."""

import argparse
import os
import sys
from pathlib import Path

from tutor.commands.record import opened_journal
from tutor.errors import UsageError
from tutor.reasons import why
from tutor.study.journal_lines import to_lines
from tutor.words import tr, tr_n


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Write your whole record as JSON lines, to keep it or to take it to another machine.")
    parser.epilog = tr("""\
examples:
  tutor export my-record.jsonl
  tutor export | ssh other-machine tutor import -

The first line is a header; each other line is an answer, a place, a reset or
the undoing of one. docs/journal-format.md describes them.""")
    parser.add_argument("file", nargs="?", default="-", metavar=tr("FILE"), help=tr("a new file; without one, stdout"))


def run(arguments: argparse.Namespace) -> int:
    """Write the record; return 0.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    with opened_journal() as journal:
        entries = journal.entries()
    lines = b"".join(to_lines(entries))
    if arguments.file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(lines)
        return 0
    write_new(Path(arguments.file), lines)
    said = tr_n("{n} line written to {file}.", "{n} lines written to {file}.", len(entries), file=arguments.file)
    print(said, file=sys.stderr)
    return 0


def write_new(path: Path, lines: bytes) -> None:
    """A new file, for the learner's eyes only, on disk when this returns."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UsageError(tr("{path} is there already, and is left as it is. Choose another name.", path=path)) from None
    except OSError as error:
        raise UsageError(tr("{path} cannot be written: {strerror}.", path=path, strerror=why(error))) from error
