"""`tutor reset`: a lesson begun again, and brought back. Nothing is ever deleted: a reset is an entry in the record."""

import argparse

from tutor.commands.record import agrees, find_lesson, new_id, now, opened_journal
from tutor.errors import UsageError
from tutor.study.journal import Journal
from tutor.study.reset import Reset
from tutor.words import tr, tr_n


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Begin a lesson again, as if you had never been in it. Asks first, and can be undone.")
    parser.epilog = tr("""\
examples:
  tutor reset rates-of-change          ask, then begin it again
  tutor reset rates-of-change --yes    without asking
  tutor reset rates-of-change --undo   bring back what was there
  tutor reset --undo                   the same, for the lesson reset last

Nothing is deleted: your earlier answers stay in the file, out of sight.""")
    parser.add_argument("lesson", nargs="?", metavar=tr("LESSON"), help=tr("the id of a lesson, as in its file"))
    add_switches(parser)


def add_switches(parser: argparse.ArgumentParser) -> None:
    """The options that `reset` and `forget` have in common."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help=tr("do not ask"))
    how.add_argument("--undo", action="store_true", help=tr("bring back what was put out of sight last"))


def run(arguments: argparse.Namespace) -> int:
    """Reset a lesson or bring it back; 0 also when nothing was to do, or the answer was no.

    Raises:
        UsageError: there is no such lesson, or none was named, or nobody is there to ask.
    """
    with opened_journal() as journal:
        if arguments.undo:
            bring_back(journal, [reset for reset in _resets(journal) if arguments.lesson in (None, reset.lesson)])
        elif arguments.lesson is None:
            raise UsageError(tr("which lesson? `tutor reset LESSON` resets one; `tutor forget` resets all."))
        else:
            lesson = find_lesson(arguments.lesson)
            put_out_of_sight(journal, lesson.id, tr("Begin “{title}” again?", title=lesson.title), sure=arguments.yes)
    return 0


def put_out_of_sight(journal: Journal, lesson: str, question: str, *, sure: bool) -> None:
    """Reset a lesson, or all with an empty `lesson`, once that is wanted."""
    count = len(journal.answers(lesson or None))
    if not count and not [place for place in journal.places() if lesson in ("", place.lesson)]:
        print(tr("There is nothing to begin again: nothing was done yet."))
        return
    what = tr_n(
        "{n} answer of yours will be put out of sight.", "{n} answers of yours will be put out of sight.", count
    )
    if not sure and not agrees(f"{question} {what}"):
        print(tr("Nothing was changed."))
        return
    journal.reset(lesson, id=new_id(), at=now())
    undo = f"tutor reset {lesson} --undo" if lesson else "tutor forget --undo"
    print(
        tr_n(
            "Done: {n} answer put out of sight. `{undo}` brings it back.",
            "Done: {n} answers put out of sight. `{undo}` brings them back.",
            count,
            undo=undo,
        )
    )


def bring_back(journal: Journal, resets: list[Reset]) -> None:
    """Undo the last of these."""
    if not resets:
        print(tr("There is nothing to bring back."))
        return
    journal.undo(resets[-1], now())
    shown = {answer.id for answer in journal.answers()}
    count = len(shown.intersection(resets[-1].entries))
    print(tr_n("Done: {n} answer brought back.", "Done: {n} answers brought back.", count))


def _resets(journal: Journal) -> list[Reset]:
    return [reset for reset in journal.standing_resets() if reset.lesson]
