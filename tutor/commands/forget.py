"""`tutor forget`: everything begun again, and brought back."""

import argparse

from tutor.commands.record import opened_journal
from tutor.commands.reset import add_switches, bring_back, put_out_of_sight
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Begin the whole course again, as if for the first time. Asks first, and can be undone.")
    parser.epilog = tr("""\
examples:
  tutor forget          ask, then begin again
  tutor forget --undo   bring back what was there

Nothing is deleted: your earlier answers stay in the file, out of sight. To be
rid of them for good, delete the files journal.sqlite3* in ~/.local/share/tutor,
or in the directory that TUTOR_HOME names.""")
    add_switches(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reset everything or bring it back; 0 also when nothing was to do, or the answer was no."""
    with opened_journal() as journal:
        if arguments.undo:
            bring_back(journal, [reset for reset in journal.standing_resets() if not reset.lesson])
        else:
            put_out_of_sight(journal, "", tr("Begin the whole course again?"), sure=arguments.yes)
    return 0
