"""The learner's record: every answer given and every place reached, in one SQLite file that only ever grows.

It knows no rule of study. Calls wait for the disk, so a screen makes them in a thread.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from tutor.errors import ProgressError
from tutor.study import journal_rows as rows
from tutor.study.answer import Answer, Place
from tutor.study.journal_database import NewerError, NoLocksError, open_database, transaction, version
from tutor.study.journal_file import identity, is_damaged, make_way, reason, set_aside
from tutor.study.journal_hold import HeldError, Hold
from tutor.study.reset import Entry, Reset, Undo
from tutor.words import tr, tr_n

CLOCK_TOLERANCE = timedelta(hours=1)
"By how much a clock may be behind the last answer before it is told: clocks of a lab's machines differ by minutes."

_NOT_SAVED = tr("Your answers are not being saved")
_NOT_READ = tr("Your earlier answers cannot be read")
_FORGOTTEN = tr("You can go on, but what you do now is forgotten when you leave.")
_TRIED_AGAIN = tr(
    "You can go on: saving is tried again with each answer, and what is unsaved when you leave is forgotten."
)
_NOTHING_CHANGED = tr("Nothing was changed.")
_NO_LOCKS = tr("The disk that holds your record cannot lock files, so only one tutor at a time can save your answers.")


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
        self._hold: Hold | None = None
        self._unsaved: list[Answer | Place] = []
        # A transaction belongs to the connection, not to the thread: without a lock two calls would share one.
        self._lock = threading.Lock()

    @classmethod
    def begin(cls, path: Path, now: datetime | None = None) -> tuple[Self, str]:
        """An open journal whatever happens: in the file or, when that cannot be used, in memory.

        Args:
            now: the time, of this machine's clock if not given.
        Returns:
            The journal, and what the learner must be told, if anything.
        """
        journal = cls(path)
        try:
            notice = journal.open()
            return journal, notice or journal.clock_trouble(now or datetime.now(UTC))
        except ProgressError as trouble:
            journal.close()
            stand_in = cls.in_memory()
            stand_in.open()
            return stand_in, str(trouble)

    @classmethod
    def in_memory(cls) -> Self:
        """A record to go on with when the file cannot be opened; forgotten when the program ends."""
        return cls(None)

    def open(self, and_now: str = _FORGOTTEN) -> str:
        """Open the file: make it and the way to it, or bring it up to date.

        Args:
            and_now: what follows if it cannot be used, as the end of what is said.
        Returns:
            What the learner must be told, if anything: a damaged file was set aside, or the answers of before can be
            read but new ones not be written yet.
        Raises:
            ProgressError: it cannot be used at all; go on with `Journal.in_memory()`.
        """
        with self._lock, self._told(_NOT_SAVED, and_now):
            if self._connection is not None:
                return ""
            notice = self._connect()
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
        """Every answer that no reset hides, or those of one lesson, in the order written."""
        with self._lock, self._told(_NOT_READ, tr("You can go on.")):
            found = rows.read_answers(self._opened(), lesson_id)
            waiting = [row for row in self._unsaved if isinstance(row, Answer) and lesson_id in (None, row.lesson)]
        # An answer whose writing was reported as failed may have arrived all the same.
        arrived = {answer.id for answer in found} if waiting else set()
        return found + [answer for answer in waiting if answer.id not in arrived]

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, in whatever process; the lesson that he or she was in last comes first."""
        with self._lock, self._told(_NOT_READ, tr("You can go on.")):
            found = {place.lesson: place for place in rows.read_places(self._opened())}
            for row in self._unsaved:
                if isinstance(row, Place):
                    found.pop(row.lesson, None)
                    found[row.lesson] = row
        return tuple(reversed(found.values()))

    def clock_trouble(self, now: datetime) -> str:
        """What to say if the clock is behind the answer written last; nothing is lost by it."""
        with self._lock, self._told(_NOT_READ, tr("You can go on.")):
            last = rows.last_time(self._opened())
        if last is None or last <= now + CLOCK_TOLERANCE:
            return ""
        return tr(
            "This machine's clock says {now:%Y-%m-%d %H:%M}, and your last answer is of {last:%Y-%m-%d %H:%M}, so one "
            "of them is wrong. You can go on: every answer is saved, but the dates in your record may be off.",
            now=now,
            last=last,
        )

    def entries(self) -> list[Entry]:
        """Everything that was ever written, what resets hide among it."""
        with self._lock, self._told(_NOT_READ, _NOTHING_CHANGED):
            return list(rows.read_entries(self._opened()))

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write those of another journal's entries that are not here yet, all or none; how many that were."""
        with self._lock, self._told(tr("Nothing was imported"), _NOTHING_CHANGED), self._transaction() as connection:
            return rows.merge(connection, entries)

    def reset(self, lesson: str, *, id: str, at: str) -> Reset:
        """Put the answers and places of a lesson out of sight, or all of them with an empty `lesson`.

        Args:
            id, at: as in `Reset`.
        """
        with self._lock, self._told(tr("Nothing was reset"), _NOTHING_CHANGED), self._transaction() as connection:
            reset = Reset(id=id, at=at, lesson=lesson, entries=rows.in_sight(connection, lesson))
            rows.insert(connection, [reset])
            return reset

    def standing_resets(self) -> list[Reset]:
        """The resets that can be undone, in the order written."""
        with self._lock, self._told(_NOT_READ, _NOTHING_CHANGED):
            return rows.standing_resets(self._opened())

    def undo(self, reset: Reset, at: str) -> None:
        """Bring back what a reset put out of sight.

        Args:
            at: when, in ISO 8601 and UTC.
        """
        with (
            self._lock,
            self._told(tr("Nothing was brought back"), _NOTHING_CHANGED),
            self._transaction() as connection,
        ):
            rows.insert(connection, [Undo(reset.id, at)])

    def close(self) -> None:
        """Try once more to write what is unsaved, and let go of the file. May be called again."""
        with self._lock:
            if self._connection is not None and self._unsaved:
                # Whoever is leaving was told when it happened, and nobody is left to tell.
                with suppress(sqlite3.Error), self._transaction() as connection:
                    rows.insert(connection, self._unsaved)
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._hold is not None:
                self._hold.release()

    def _connect(self) -> str:
        """Open the database; what the learner must be told, if anything."""
        if self.path is None:
            self._connection = open_database(None)
            return ""
        make_way(self.path)
        seen = identity(self.path)
        try:
            return self._connect_to(self.path)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise
        return self._begin_anew(self.path, set_aside(self.path, seen))

    def _connect_to(self, path: Path) -> str:
        try:
            self._connection = open_database(path)
        except NoLocksError:
            self._hold = self._hold or Hold(path)
            self._connection = open_database(path, alone=True)
            return _NO_LOCKS
        return ""

    def _begin_anew(self, path: Path, damaged: Path | None) -> str:
        make_way(path)
        notice = self._connect_to(path)
        if damaged is None:
            return notice  # Another tutor was quicker.
        from tutor.study.journal_salvage import salvage  # no ordinary start should pay for it

        saved = salvage(damaged)
        with self._transaction() as connection:
            rows.merge(connection, saved)
        count = sum(isinstance(entry, Answer) for entry in saved)
        return tr(
            "Your record of answers was damaged. {rescued}, and a new record has been begun at {path}. "
            "The damaged one is kept as {damaged}. You can go on.",
            rescued=_rescued(count),
            path=path,
            damaged=damaged,
        )

    def _try_writing(self) -> str:
        try:
            with self._told(_NOT_SAVED, _TRIED_AGAIN), self._transaction() as connection:
                # An empty transaction is allowed on a file that may only be read, so write what is there already.
                connection.execute(f"PRAGMA user_version = {version(connection)}")
                return ""
        except ProgressError as trouble:
            return str(trouble)

    def _write(self, row: Answer | Place) -> None:
        with self._lock, self._told(_NOT_SAVED, _TRIED_AGAIN):
            waiting = [*self._unsaved, row]
            try:
                with self._transaction() as connection:
                    rows.insert(connection, waiting)
            except sqlite3.DatabaseError as error:
                # A row that is itself at fault would stand in the way of all that follow.
                if not isinstance(error, sqlite3.IntegrityError):
                    self._unsaved = waiting
                raise
            self._unsaved = []

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with transaction(self._opened()) as connection:
            yield connection

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ProgressError(
                tr("The record of your answers is not open, so nothing is saved or read. You can go on.")
            )
        return self._connection

    @contextmanager
    def _told(self, what: str, and_now: str) -> Iterator[None]:
        """Turn a trouble of disk or database into what the learner is told."""
        where = tr(" The file is {path}.", path=self.path) if self.path is not None else ""
        try:
            yield
        except NewerError as error:
            raise ProgressError(
                tr(
                    "Your record of answers was written by a newer tutor, so this one leaves it as it is; "
                    "update the tutor to use it. {and_now}{where}",
                    and_now=and_now,
                    where=where,
                )
            ) from error
        except HeldError as error:
            raise ProgressError(
                tr(
                    "{what}: another tutor is open {error}. {no_locks} {and_now}{where}",
                    what=what,
                    error=error,
                    no_locks=_NO_LOCKS,
                    and_now=and_now,
                    where=where,
                )
            ) from error
        except (OSError, sqlite3.Error) as error:
            raise ProgressError(f"{what}: {reason(error)} {and_now}{where}") from error


def _rescued(answers: int) -> str:
    if not answers:
        return tr("No answer in it could be read")
    return tr_n("{n} answer in it could be read and was kept", "{n} answers in it could be read and were kept", answers)
