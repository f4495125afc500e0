"""A record that was found damaged: set aside as it is, and what can be read of it put into the new one.

Its name says whether that was done yet. So whatever ends a tutor in between, or fills the disk, a later start does it.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tutor.study import journal_words as words
from tutor.study.journal_file import DamagedError, identity, sync_directory
from tutor.study.reset import Entry

_UNREAD = ".unread"
"How the name ends until the new record has what can be read."
_LOCKS = (0x40000000, 512)
"The bytes that SQLite locks, and how many, in place of the file."


def set_aside(path: Path, seen: tuple[int, int], wait: float | None) -> None:
    """Rename a damaged file, deleting nothing; one that another tutor was quicker to set aside is left.

    Args:
        seen: the identity of the file that was found damaged.
        wait: seconds that others who have it open are waited for, so that what they are just writing is in it; None where
            files cannot be locked, and nobody else writes.
    Raises:
        OSError: it cannot be renamed, or is held by another program.
    """
    if not path.exists() or identity(path) != seen:
        return
    with path.open("r+b") as file:
        if wait is not None:
            _lock(file.fileno(), wait)
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


def _lock(descriptor: int, wait: float) -> None:
    start, length = _LOCKS
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start, os.SEEK_SET)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
        time.sleep(0.01)


def unread(path: Path) -> list[Path]:
    """The damaged files of a record of which nothing was put into the new one yet."""
    try:
        found = [each for each in path.parent.iterdir() if each.name.startswith(f"{path.name}.damaged-")]
    except OSError:
        return []
    return sorted(each for each in found if each.name.endswith(_UNREAD))


def take_in(path: Path, merge: Callable[[Sequence[Entry]], object]) -> list[str]:
    """Put what can be read of damaged files into the record; what the learner must be told, of each of them.

    Args:
        merge: writes entries, all or none; those that are there already are not written again.
    """
    return [told for damaged in unread(path) if (told := _take_in(path, damaged, merge))]


def _take_in(path: Path, damaged: Path, merge: Callable[[Sequence[Entry]], object]) -> str:
    from tutor.study.journal_salvage import salvage  # no ordinary start should pay for it

    try:
        saved = salvage(damaged)
        merge(saved.entries)
        read = damaged.rename(damaged.with_name(damaged.name.removesuffix(_UNREAD)))
    except (DamagedError, OSError, sqlite3.Error):
        # Another tutor may have been quicker.
        return words.unread(damaged) if damaged.exists() else ""
    sync_directory(path.parent)
    told = words.begun_anew(saved.entries, path, read)
    return f"{told} {words.SHOWN_AGAIN}" if saved.is_shown_again else told


def _unread(aside: Path) -> Path:
    return aside.with_name(aside.name + _UNREAD)
