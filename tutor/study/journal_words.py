"""What is said when something is wrong with the learner's record: why, what becomes of answers, and that all is well again."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tutor.study.answer import Answer
from tutor.study.journal_database import NewerError
from tutor.study.journal_file import reason
from tutor.study.journal_hold import HeldError
from tutor.study.reset import Entry
from tutor.words import tr, tr_n

NOT_READ = tr("Your earlier answers cannot be read")
UNUSABLE = tr("Your record of answers cannot be used")
KEPT_ASIDE = (
    UNUSABLE,
    tr("You can go on: your answers are kept in a file beside it, and put into it as soon as that can be done."),
)
KEPT_ELSEWHERE = (
    UNUSABLE,
    tr(
        "You can go on: your answers are kept in this machine's temporary directory, and put into your record as "
        "soon as that can be done."
    ),
)
IN_MEMORY = (
    tr("Your answers are not being saved"),
    tr("You can go on: saving is tried again with each answer, and when you leave you are told what became of them."),
)
IS_CLOSED = tr("The record of your answers is not open, so nothing is saved or read. You can go on.")
NOTHING_CHANGED = tr("Nothing was changed.")
NO_LOCKS = tr("The disk that holds your record cannot lock files, so only one tutor at a time can save your answers.")

SHOWN_AGAIN = tr(
    "What you had put out of sight to begin again is in sight, since it cannot be read whether you had brought it back."
)


def cause(error: Exception) -> str:
    """Why the record cannot be used, as the end of a sentence."""
    match error:
        case NewerError():
            return tr("it was written by a newer tutor, so this one leaves it as it is; update the tutor to use it.")
        case HeldError():
            return tr("another tutor is open {where}. {no_locks}", where=error, no_locks=NO_LOCKS)
    return reason(error)


def clock(now: datetime, last: datetime) -> str:
    """That the clock is behind what was done last."""
    return tr(
        "This machine's clock says {now:%Y-%m-%d %H:%M}, and what you did last is of {last:%Y-%m-%d %H:%M}, so one "
        "of them is wrong. You can go on: every answer is saved, but the dates in your record may be off.",
        now=now,
        last=last,
    )


def begun_anew(saved: Iterable[Entry], path: Path, damaged: Path) -> str:
    """That a damaged file was set aside, and what of it could be read."""
    count = len(_answers(saved))
    kept = tr_n("{n} answer in it could be read and was kept", "{n} answers in it could be read and were kept", count)
    return tr(
        "Your record of answers was damaged. {rescued}, and a new record has been begun at {path}. "
        "The damaged one is kept as {damaged}. You can go on.",
        rescued=kept if count else tr("No answer in it could be read"),
        path=path,
        damaged=damaged,
    )


def unread(damaged: Path) -> str:
    """That a damaged file was set aside, and that what can be read of it is still to be put into the new one."""
    return tr(
        "Your record of answers was damaged. It is kept as {damaged}, and the next start that can write a new record puts "
        "into that what can be read of it.",
        damaged=damaged,
    )


def half_read(damaged: Path) -> str:
    """That a file of answers that had to wait could not be read whole."""
    return tr(
        "A file of answers that had to wait was damaged. What could be read of it is in your record now, and it is kept "
        "as {damaged}.",
        damaged=damaged,
    )


def where(path: Path | None, damaged: Iterable[Path]) -> str:
    """Which file a trouble is about, and what else is the matter with it; empty for a record in memory."""
    if path is None:
        return ""
    return " ".join(["", tr("The file is {path}.", path=path), *map(unread, damaged)])


def all_is_well(late: Iterable[Entry]) -> str:
    """That what had to wait is in the record."""
    count = len(_answers(late))
    if not count:
        return tr("Your record of answers can be written again.")
    return tr_n(
        "{n} answer that had to wait is in your record now.",
        "{n} answers that had to wait are in your record now.",
        count,
    )


def parting(rows: Iterable[Entry], why: str, outlook: tuple[str, str], file: Path | None) -> str:
    """What somebody who leaves is told of answers that the record has not taken.

    Args:
        why: as `cause` gives it.
        outlook: what becomes of them, one of those above.
        file: where they are.
    """
    answers = _answers(rows)
    head = tr_n(
        "{n} answer could not be put into your record: {why}",
        "{n} answers could not be put into your record: {why}",
        len(answers),
        why=why,
    )
    if outlook is KEPT_ASIDE:
        then = tr("Nothing is lost: the next start that can write there takes what is in {file}.", file=file)
    elif outlook is KEPT_ELSEWHERE:
        then = tr(
            "What is missing there is in {file}, and the next start on this machine that can write your record takes it; "
            "on another one `tutor import {file}` does. Do not wait long, or copy the file: many machines empty that "
            "directory when they are switched off.",
            file=file,
        )
    else:
        help_taken = tr("a hint or the solution")
        lost = "; ".join(f"{row.lesson} {row.exercise}: {row.text or help_taken}" for row in answers)
        then = tr("What follows is lost, since nothing can be written anywhere: {lost}.", lost=lost)
    return f"{head} {then}"


def _answers(rows: Iterable[Entry]) -> list[Answer]:
    return [row for row in rows if isinstance(row, Answer)]
