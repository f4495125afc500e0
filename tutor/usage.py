"""How the command line tells of itself: the help and the complaints of argparse, in the reader's language."""

import argparse
import gettext
import sys
from typing import Final, NoReturn

from tutor.words import LOCALE, tr, tr_n


def more(command: str) -> str:
    """Where the right usage of a command is described."""
    return tr("`{command} --help` says what can be asked for.", command=command)


class Parser(argparse.ArgumentParser):
    """Says of wrong usage where the right one is described; the parsers of the commands are of this kind too."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n{more(self.prog)}\n")


# argparse asks gettext for its own words, in the domain that is set; ours has them, since they are written out here.
gettext.bindtextdomain("tutor", LOCALE)
gettext.textdomain("tutor")

_WORDS_OF_ARGPARSE: Final = (
    tr("usage: "),
    tr("positional arguments"),
    tr("options"),
    tr("show this help message and exit"),
    tr("the following arguments are required: %s"),
    tr("unrecognized arguments: %s"),
    tr("expected one argument"),
    tr("expected at most one argument"),
    tr("expected at least one argument"),
    tr_n("expected %s argument", "expected %s arguments", 2),
    tr("argument %(argument_name)s: %(message)s"),
    tr("invalid choice: %(value)r (choose from %(choices)s)"),
    tr("invalid %(type)s value: %(value)r"),
    tr("not allowed with argument %s"),
    tr("one of the arguments %s is required"),
    tr("ambiguous option: %(option)s could match %(matches)s"),
    tr("ignored explicit argument %r"),
)
