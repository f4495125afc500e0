"""A record that was found damaged: set aside as it is, and what can be read of it put into the new one.

Its name says whether that was done yet. So whatever ends a tutor in between, or fills the disk, a later start does it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tutor.study import journal_words as words
from tutor.study.journal_file import identity, sync_directory
from tutor.study.reset import Entry

_UNREAD = ".unread"
"How the name ends until the new record has what can be read."


def set_aside(path: Path, seen: tuple[int, int]) -> None:
    """Rename a damaged file, deleting nothing; one that another tutor was quicker to set aside is left.

    Args:
        seen: the identity of the file that was found damaged.
    """
    if not path.exists() or identity(path) != seen:
        return
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists() or _unread(aside).exists():
        number += 1
    # The rollback journal goes first: left behind, it would be rolled back into the new file and damage that too.
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    path.rename(_unread(aside))
    sync_directory(path.parent)


def unread(path: Path) -> list[Path]:
    """The damaged files of a record of which nothing was put into the new one yet."""
    try:
        found = [each for each in path.parent.iterdir() if each.name.startswith(f"{path.name}.damaged-")]
    except OSError:
        return []
    return sorted(each for each in found if each.name.endswith(_UNREAD))


def take_in(path: Path, merge: Callable[[Sequence[Entry]], object]) -> str:
    """Put what can be read of damaged files into the record; what the learner must be told, if anything.

    Args:
        merge: writes entries, all or none; those that are there already are not written again.
    """
    return " ".join(filter(None, [_take_in(path, damaged, merge) for damaged in unread(path)]))


def _take_in(path: Path, damaged: Path, merge: Callable[[Sequence[Entry]], object]) -> str:
    from tutor.study.journal_salvage import salvage  # no ordinary start should pay for it

    try:
        saved = salvage(damaged)
        merge(saved)
        read = damaged.rename(damaged.with_name(damaged.name.removesuffix(_UNREAD)))
    except (OSError, sqlite3.Error):
        # Another tutor may have been quicker.
        return words.unread(damaged) if damaged.exists() else ""
    sync_directory(path.parent)
    return words.begun_anew(saved, path, read)


def _unread(aside: Path) -> Path:
    return aside.with_name(aside.name + _UNREAD)
