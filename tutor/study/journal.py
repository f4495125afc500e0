"""The learner's record: every answer given and every place reached, in one SQLite file that only ever grows.

It knows no rule of study. Calls wait for the disk, so a screen makes them in a thread.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from tutor.errors import ProgressError
from tutor.study.answer import COLUMNS, Answer, Place, from_row, to_row
from tutor.study.journal_file import identity, is_damaged, make_way, reason, set_aside

# Never edit one that was published: add the next. The file's `user_version` is how many of them it has been through.
# Nothing newer than SQLite 3.24 (2018): Python 3.11 on an old lab machine may be linked with it, so no STRICT.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE answers (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            lesson TEXT NOT NULL,
            exercise TEXT NOT NULL,
            seed INTEGER,
            text TEXT NOT NULL,
            verdict TEXT,
            slips TEXT NOT NULL,
            hints INTEGER NOT NULL,
            solution_shown INTEGER NOT NULL,
            seconds REAL,
            version TEXT NOT NULL
        )""",
        "CREATE TABLE places (number INTEGER PRIMARY KEY, lesson TEXT NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL)",
    ),
)

BUSY_SECONDS = 5.0
"How long to wait for another tutor of the same learner; without waiting 21 to 28 % of answers were lost."

_ADD_ANSWER = f"INSERT INTO answers ({COLUMNS}) VALUES ({', '.join('?' * 12)}) ON CONFLICT (id) DO NOTHING"
_ADD_PLACE = "INSERT INTO places (lesson, step, at) VALUES (?, ?, ?)"

_NOT_SAVED = "Your answers are not being saved"
_NOT_READ = "Your earlier answers cannot be read"
_FORGOTTEN = "You can go on, but what you do now is forgotten when you leave."
_TRIED_AGAIN = "You can go on: saving is tried again with each answer, and what is unsaved when you leave is forgotten."


class Journal:
    """The record in one file. Any thread may call; several processes may use one file at once.

    A row that could not be written is kept here and written with the next one, so `answers` and `place` stay right
    for this sitting whatever the disk does. Every trouble is a `ProgressError` whose text may go onto the screen.
    """

    def __init__(self, path: Path | None) -> None:
        """
        Args:
            path: the file, which `open` makes with the way to it; None for a record that ends with the program.
        """
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._unsaved: list[Answer | Place] = []
        # `asyncio.to_thread` comes from another thread each time, hence check_same_thread=False where it is opened.
        # A transaction belongs to the connection, not to the thread: without a lock two calls would share one.
        self._lock = threading.Lock()

    @classmethod
    def begin(cls, path: Path) -> tuple[Self, str]:
        """An open journal whatever happens: in the file or, when that cannot be used, in memory.

        Returns:
            The journal, and what the learner must be told, if anything.
        """
        journal = cls(path)
        try:
            return journal, journal.open()
        except ProgressError as trouble:
            stand_in = cls.in_memory()
            stand_in.open()
            return stand_in, str(trouble)

    @classmethod
    def in_memory(cls) -> Self:
        """A record to go on with when the file cannot be opened; forgotten when the program ends."""
        return cls(None)

    def open(self) -> str:
        """Open the file: make it and the way to it, or bring it up to date.

        Returns:
            What the learner must be told, if anything: a damaged file was set aside, or the answers of before can be
            read but new ones not be written yet.
        Raises:
            ProgressError: it cannot be used at all; go on with `Journal.in_memory()`.
        """
        with self._lock, self._told(_NOT_SAVED, _FORGOTTEN):
            if self._connection is not None:
                return ""
            self._connection, notice = self._connect()
            return notice or self._try_writing()

    def append(self, answer: Answer) -> None:
        """Write an answer; when this returns it is on disk."""
        self._write(answer)

    def remember_place(self, lesson: str, step: str, at: str) -> None:
        """Write where the learner is.

        Args:
            step: as `Session.step_id` gives it.
            at: when, in ISO 8601 and UTC.
        """
        self._write(Place(lesson, step, at))

    def answers(self, lesson_id: str | None = None) -> list[Answer]:
        """Every answer, or those of one lesson, in the order written."""
        query = f"SELECT {COLUMNS} FROM answers WHERE lesson = coalesce(?, lesson) ORDER BY number"
        with self._lock, self._told(_NOT_READ, "You can go on."):
            found = [from_row(row) for row in self._opened().execute(query, (lesson_id,))]
            waiting = [row for row in self._unsaved if isinstance(row, Answer) and lesson_id in (None, row.lesson)]
        # An answer whose writing was reported as failed may have arrived all the same.
        arrived = {answer.id for answer in found} if waiting else set()
        return found + [answer for answer in waiting if answer.id not in arrived]

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, in whatever process; the lesson that he or she was in last comes first."""
        query = "SELECT lesson, step, at, max(number) AS last FROM places GROUP BY lesson ORDER BY last"
        with self._lock, self._told(_NOT_READ, "You can go on."):
            found = {row[0]: Place(*row[:3]) for row in self._opened().execute(query)}
            for row in self._unsaved:
                if isinstance(row, Place):
                    found.pop(row.lesson, None)
                    found[row.lesson] = row
        return tuple(reversed(found.values()))

    def close(self) -> None:
        """Try once more to write what is unsaved, and let go of the file. May be called again."""
        with self._lock:
            if self._connection is None:
                return
            with closing(self._connection) as connection:
                self._connection = None
                if self._unsaved:
                    # Whoever is leaving was told when it happened, and nobody is left to tell.
                    with suppress(sqlite3.Error), _transaction(connection):
                        _insert(connection, self._unsaved)

    def _connect(self) -> tuple[sqlite3.Connection, str]:
        if self.path is None:
            return _open(None), ""
        make_way(self.path)
        seen = identity(self.path)
        try:
            return _open(self.path), ""
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise
        aside = set_aside(self.path, seen)
        make_way(self.path)
        notice = (
            f"Your record of answers was damaged and could not be read. It is kept as {aside}. "
            f"A new one has been begun at {self.path}, and you can go on."
        )
        return _open(self.path), notice if aside else ""

    def _try_writing(self) -> str:
        try:
            with self._told(_NOT_SAVED, _TRIED_AGAIN), _transaction(self._opened()) as connection:
                # An empty transaction is allowed on a file that may only be read, so write what is there already.
                connection.execute(f"PRAGMA user_version = {_version(connection)}")
                return ""
        except ProgressError as trouble:
            return str(trouble)

    def _write(self, row: Answer | Place) -> None:
        with self._lock, self._told(_NOT_SAVED, _TRIED_AGAIN):
            connection = self._opened()
            rows = [*self._unsaved, row]
            try:
                with _transaction(connection):
                    _insert(connection, rows)
            except sqlite3.DatabaseError as error:
                # A row that is itself at fault would stand in the way of all that follow.
                if not isinstance(error, sqlite3.IntegrityError):
                    self._unsaved = rows
                raise
            self._unsaved = []

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ProgressError("The record of your answers is not open, so nothing is saved or read. You can go on.")
        return self._connection

    @contextmanager
    def _told(self, what: str, and_now: str) -> Iterator[None]:
        """Turn a trouble of disk or database into what the learner is told."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            where = f" The file is {self.path}." if self.path is not None else ""
            raise ProgressError(f"{what}: {reason(error)} {and_now}{where}") from error


def _insert(connection: sqlite3.Connection, rows: Sequence[Answer | Place]) -> None:
    for row in rows:
        if isinstance(row, Place):
            connection.execute(_ADD_PLACE, (row.lesson, row.step, row.at))
        else:
            connection.execute(_ADD_ANSWER, to_row(row))


def _open(path: Path | None) -> sqlite3.Connection:
    target = path if path is not None else ":memory:"
    connection = sqlite3.connect(target, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _refuse_newer(connection, path)
        # Never WAL: it is unsafe on network file systems, where lab homes live. TRUNCATE with FULL lost 0 of 2177
        # acknowledged answers under kill -9, at 1.2 ms an answer.
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        _refuse_damaged(connection)
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_newer(connection: sqlite3.Connection, path: Path | None) -> None:
    if not 0 <= _version(connection) <= len(MIGRATIONS):
        raise ProgressError(
            "Your record of answers was written by a newer tutor, so this one leaves it as it is. "
            f"{_FORGOTTEN} The file is {path}."
        )


def _refuse_damaged(connection: sqlite3.Connection) -> None:
    finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        error = sqlite3.DatabaseError(finding)
        error.sqlite_errorname = "SQLITE_CORRUPT"
        raise error


def _migrate(connection: sqlite3.Connection, path: Path | None) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with _transaction(connection):
        # Asked again inside, since another tutor may have been quicker.
        _refuse_newer(connection, path)
        for number, statements in enumerate(MIGRATIONS[_version(connection) :], start=_version(connection) + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    # IMMEDIATE waits for other writers here, at the beginning, where two that wait cannot block one another.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
