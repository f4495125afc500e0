"""The file of a record in use: opened, found damaged at once or later, set aside, and begun anew with what could be read.

Whoever reads or writes says what is to be done with the database, and need not know which one it is by now.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tutor.study import journal_rows as rows
from tutor.study import journal_words as words
from tutor.study.journal_damage import set_aside, take_in
from tutor.study.journal_database import (
    NewerError,
    NoLocksError,
    be_patient,
    open_database,
    open_to_read,
    transaction,
)
from tutor.study.journal_file import DamagedError, finding_damage, forbids_writing, identity, is_moved, make_way
from tutor.study.journal_hold import HeldError, Hold
from tutor.study.reset import Entry

TROUBLES = (DamagedError, HeldError, NewerError, OSError, sqlite3.Error)
"What may be raised by any of this when the file cannot be used."

_Found = TypeVar("_Found")


class RecordFile:
    """The database of a record and, where files cannot be locked, the right to be the only one who writes to it."""

    def __init__(self, path: Path | None) -> None:
        """
        Args:
            path: the file; None for a database in memory.
        """
        self.path = path
        self.connection: sqlite3.Connection | None = None
        "Nothing while it cannot even be read."
        self._seen = (0, 0)
        "The identity of the file that is open."
        self._hold: Hold | None = None
        self._held: HeldError | None = None
        "Who else writes to it, so that it can only be read."
        self._notices: list[str] = []

    def open(self, wait: float) -> None:
        """Open the file: make it and the way to it, bring it up to date, or set it aside and begin anew if it is damaged.

        Args:
            wait: seconds that another program which holds the file is waited for.
        """
        try:
            self._open(wait)
        except DamagedError:
            self._begin_anew(wait)

    def read(self, find: Callable[[sqlite3.Connection], _Found], wait: float) -> _Found | None:
        """What is found in the database; nothing while that cannot be opened."""
        return self._do(find, wait) if self.connection is not None else None

    def write(self, put: Callable[[sqlite3.Connection], _Found], wait: float) -> _Found:
        """Write all of it or nothing, on disk when this returns; a file that could not be opened so far is tried again.

        Args:
            wait: as in `open`.
        """
        if self.connection is None or self._held is not None:
            self._disconnect()
            self.open(wait)

        def written(connection: sqlite3.Connection) -> _Found:
            if self._held is not None:
                raise self._held
            be_patient(connection, wait)
            with transaction(connection):
                return put(connection)

        return self._do(written, wait)

    def told(self) -> list[str]:
        """What the learner must be told of all this, each thing once."""
        notices, self._notices = self._notices, []
        return notices

    def close(self) -> None:
        """Let go of the file. May be called again."""
        self._disconnect()
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def _do(self, what: Callable[[sqlite3.Connection], _Found], wait: float) -> _Found:
        try:
            return self._once(what)
        except sqlite3.Error as error:
            # What is damaged while it is open may look so at first; opening it again looks at all of it.
            if not (is_moved(error) or error.sqlite_errorname == "SQLITE_ERROR" or self._is_forbidden(error)):
                raise
            self._disconnect()
            self.open(wait)
        except DamagedError:
            if self.path is None or self._held is not None:  # it may just be written
                raise
            self._begin_anew(wait)
        return self._once(what)

    def _once(self, what: Callable[[sqlite3.Connection], _Found]) -> _Found:
        if self.connection is None:
            raise self._held or DamagedError
        with finding_damage():
            return what(self.connection)

    def _is_forbidden(self, error: sqlite3.Error) -> bool:
        return error.sqlite_errorname == "SQLITE_READONLY" and self.path is not None and forbids_writing(self.path)

    def _begin_anew(self, wait: float) -> None:
        self._disconnect()
        if self.path is not None:
            set_aside(self.path, self._seen, wait if self._hold is None else None)
        self._open(wait)

    def _open(self, wait: float) -> None:
        if self.path is None:
            self.connection = open_database(None, wait)
            return
        make_way(self.path)
        self._seen = identity(self.path)
        if forbids_writing(self.path):
            raise DamagedError
        self._connect(self.path, wait)
        if self._held is None:
            self._notices += take_in(self.path, self._merge)

    def _connect(self, path: Path, wait: float) -> None:
        self._held = None
        try:
            self.connection = open_database(path, wait)
        except NoLocksError:
            try:
                self._hold = self._hold or Hold(path)
            except HeldError as held:
                self._held = held
                with suppress(NewerError, sqlite3.Error):
                    self.connection = open_to_read(path)
                return
            self.connection = open_database(path, wait, alone=True)
            self._notices.append(words.NO_LOCKS)

    def _merge(self, entries: Sequence[Entry]) -> None:
        if self.connection is not None:
            with finding_damage(), transaction(self.connection):
                rows.merge(self.connection, entries)

    def _disconnect(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
