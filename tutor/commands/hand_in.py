"""`tutor hand-in`: your answers in a file for your teacher."""

import argparse
import sys
from pathlib import Path

from tutor.classroom.hand_in import hand_in, to_file
from tutor.commands.export import write_new
from tutor.commands.record import counted, now, opened_journal
from tutor.errors import UsageError


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = "Write your answers into a file for your teacher."
    parser.epilog = """\
examples:
  tutor hand-in ada.json --name "Ada Lovelace"
  tutor hand-in ada.json --name "Ada Lovelace" --login ada@school.example

The login lets your teacher put your marks into the gradebook of the school."""
    parser.add_argument("file", metavar="FILE", help="a new file")
    parser.add_argument("--name", required=True, help="your name as your teacher's list has it")
    parser.add_argument("--login", default="", help="your email address, user name or number at your school")


def run(arguments: argparse.Namespace) -> int:
    """Write the file; return 0.

    Raises:
        UsageError: there is no name, or the file is there already or cannot be written.
    """
    if not arguments.name.strip():
        raise UsageError("your teacher needs a name: give yours after --name.")
    with opened_journal() as journal:
        handed = hand_in(arguments.name.strip(), journal.answers(), now(), arguments.login.strip())
    write_new(Path(arguments.file), to_file(handed))
    print(f"{counted(len(handed.answers), 'answer')} written to {arguments.file}.", file=sys.stderr)
    return 0
