"""`tutor hand-in`: your answers in a file for your teacher."""

import argparse
import os
import pwd
import sys
from pathlib import Path

from tutor.classroom.hand_in import hand_in, to_file
from tutor.commands.export import write_new
from tutor.commands.record import now, opened_journal
from tutor.errors import UsageError
from tutor.words import tr, tr_n


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Write your answers into a file for your teacher.")
    parser.epilog = tr("""\
examples:
  tutor hand-in ada.json --name "Ada Lovelace"
  tutor hand-in ada.json --name "Ada Lovelace" --login ada@school.example
  ssh ada@lab hand-in > ada.json

The login lets your teacher put your marks into the gradebook of the school.
Without --name, both are those of your account on this machine.""")
    parser.add_argument("file", nargs="?", default="-", metavar=tr("FILE"), help=tr("a new file; without one, stdout"))
    parser.add_argument("--name", help=tr("your name as your teacher's list has it"))
    parser.add_argument("--login", help=tr("your email address, user name or number at your school"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file; return 0.

    Raises:
        UsageError: there is no name, or the file is there already or cannot be written.
    """
    name, login = ("", "") if arguments.name is not None else names_of_account()
    name = (arguments.name or name).strip()
    login = login if arguments.login is None else arguments.login.strip()
    if not name:
        raise UsageError(tr("your teacher needs a name: give yours after --name."))
    with opened_journal() as journal:
        handed = hand_in(name, journal.answers(), now(), login)
    if arguments.file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(to_file(handed))
        return 0
    write_new(Path(arguments.file), to_file(handed))
    count = len(handed.answers)
    said = tr_n("{n} answer written to {file}.", "{n} answers written to {file}.", count, file=arguments.file)
    print(said, file=sys.stderr)
    return 0


def names_of_account() -> tuple[str, str]:
    """The learner's full name as the password file has it, or the log-in's in its place; and the log-in's."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # a container may have a number and no name for it
        return "", ""
    return account.pw_gecos.partition(",")[0].strip() or account.pw_name, account.pw_name
