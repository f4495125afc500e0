"""The learner's record: every answer given and every place reached, in one SQLite file that only ever grows.

It knows no rule of study. Calls wait for the disk, so a screen makes them in a thread.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

from tutor.errors import ProgressError
from tutor.study import journal_database as database
from tutor.study import journal_rows as rows
from tutor.study import journal_words as words
from tutor.study.answer import Answer, Place
from tutor.study.journal_damage import set_aside, take_in, unread
from tutor.study.journal_database import NewerError, NoLocksError, be_patient, open_database, transaction, version
from tutor.study.journal_file import identity, is_damaged, is_moved, make_way
from tutor.study.journal_hold import HeldError, Hold
from tutor.study.journal_waiting import Waiting
from tutor.study.reset import Entry, Reset, Undo
from tutor.words import tr

CLOCK_TOLERANCE = timedelta(hours=1)
"By how much a clock may be behind what was done last before it is told: clocks of a lab's machines differ by minutes."

_TROUBLES = (HeldError, NewerError, OSError, sqlite3.Error)
Row = TypeVar("Row")


class Journal:
    """The record in one file. Any thread may call; several processes may use one file at once.

    Until it is closed, a row that the file does not take is kept here, and on disk beside the file or elsewhere where that
    can be done, and is written with the next one: so `answers` and `place` stay right for this sitting whatever the disk does.
    Every trouble is a `ProgressError` whose text may go onto the screen.
    """

    def __init__(self, path: Path | None) -> None:
        """
        Args:
            path: the file, which `open` makes with the way to it; None for a record that ends with the program.
        """
        self.path = path
        self._is_open = False
        self._connection: sqlite3.Connection | None = None
        self._hold: Hold | None = None
        self._waiting = Waiting(path)
        self._said = ""
        "The beginning of what was said last of a trouble there is."
        self._untold = ""
        "What is to be told when a row is written."
        self._seen = (0, 0)
        "Which file was opened, whatever its name becomes."
        # A transaction belongs to the connection, not to the thread: without a lock two calls would share one.
        self._lock = threading.Lock()

    @classmethod
    def begin(cls, path: Path, now: datetime | None = None) -> tuple[Self, str]:
        """An open journal whatever happens: when the file cannot be used, each row tries again.

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
            return journal, str(trouble)

    @classmethod
    def in_memory(cls) -> Self:
        """A record that is forgotten when the program ends."""
        return cls(None)

    def open(self, and_now: str = "") -> str:
        """Open the file: make it and the way to it, or bring it up to date.

        Args:
            and_now: what follows if it cannot be used, as the end of what is said; without it, that one can go on.
        Returns:
            What the learner must be told, if anything: a damaged file was set aside, or the answers of before can be
            read but new ones not be written yet.
        Raises:
            ProgressError: it cannot be used; what is written all the same waits until it can be.
        """
        with self._lock, self._told(words.UNUSABLE if and_now else "", and_now):
            if self._is_open:
                return ""
            self._is_open = True
            self._waiting.find_earlier()
            notices = self._connect(), self._try_writing(is_told=not and_now)
            return " ".join(filter(None, notices))

    def append(self, answer: Answer) -> str:
        """Write an answer; when this returns it is on disk.

        Returns:
            What the learner must be told, if anything: that all is well again. So does `remember_place`.
        """
        return self._write(answer)

    def remember_place(self, lesson: str, step: str, at: str) -> str:
        """Write where the learner is.

        Args:
            step: as `Session.step_id` gives it.
            at: when, in ISO 8601 and UTC.
        """
        return self._write(Place(lesson, step, at))

    def answers(self, lesson_id: str | None = None) -> list[Answer]:
        """Every answer that no reset hides, or those of one lesson, in the order written."""
        with self._lock, self._told(words.NOT_READ, tr("You can go on.")):
            found = self._read(lambda connection: rows.read_answers(connection, lesson_id), [])
            waiting = [row for row in self._waiting.rows if isinstance(row, Answer) and lesson_id in (None, row.lesson)]
        # An answer whose writing was reported as failed may have arrived all the same.
        arrived = {answer.id for answer in found} if waiting else set()
        return found + [answer for answer in waiting if answer.id not in arrived]

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, in whatever process; the lesson that he or she was in last comes first."""
        with self._lock, self._told(words.NOT_READ, tr("You can go on.")):
            found = {place.lesson: place for place in self._read(rows.read_places, [])}
            for row in self._waiting.rows:
                if isinstance(row, Place):
                    found.pop(row.lesson, None)
                    found[row.lesson] = row
        return tuple(reversed(found.values()))

    def clock_trouble(self, now: datetime) -> str:
        """What to say if the clock is behind what was done last; nothing is lost by it."""
        with self._lock, self._told(words.NOT_READ, tr("You can go on.")):
            last = rows.last_time(self._opened())
        if last is None or last <= now + CLOCK_TOLERANCE:
            return ""
        return words.clock(now, last)

    def entries(self) -> list[Entry]:
        """Everything that was ever written, what resets hide among it."""
        with self._lock, self._told(words.NOT_READ, words.NOTHING_CHANGED):
            self._opened()
            found = self._read(lambda connection: list(rows.read_entries(connection)), [])
            # A list cannot be looked through for each: a record has some ten thousand entries.
            return found + [row for row in self._waiting.rows if row not in found] if self._waiting.rows else found

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write those of another journal's entries that are not here yet, all or none; how many that were."""
        with self._lock, self._told(tr("Nothing was imported"), words.NOTHING_CHANGED):
            return self._merge(entries)

    def reset(self, lesson: str, *, id: str, at: str) -> Reset:
        """Put the answers and places of a lesson out of sight, or all of them with an empty `lesson`.

        Args:
            id, at: as in `Reset`.
        """
        with self._lock, self._told(tr("Nothing was reset"), words.NOTHING_CHANGED), self._transaction() as connection:
            reset = Reset(id=id, at=at, lesson=lesson, entries=rows.in_sight(connection, lesson))
            rows.insert(connection, [reset])
            return reset

    def standing_resets(self) -> list[Reset]:
        """The resets that can be undone, in the order written."""
        with self._lock, self._told(words.NOT_READ, words.NOTHING_CHANGED):
            return rows.standing_resets(self._opened())

    def undo(self, reset: Reset, at: str) -> None:
        """Bring back what a reset put out of sight.

        Args:
            at: when, in ISO 8601 and UTC.
        """
        with (
            self._lock,
            self._told(tr("Nothing was brought back"), words.NOTHING_CHANGED),
            self._transaction() as connection,
        ):
            rows.insert(connection, [Undo(reset.id, at)])

    def close(self) -> str:
        """Try once more to write what is unsaved, and let go of the file. May be called again.

        Returns:
            What became of answers that could not be put into the record; empty when all are in it.
        """
        with self._lock:
            said = self._leave() if self._is_open else ""
            self._is_open = False
            self._disconnect()
            if self._hold is not None:
                self._hold.release()
                self._hold = None
            return said

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _leave(self) -> str:
        try:
            if self._waiting.unsaved:
                self._save()
            self._waiting.let_go()
            return ""
        except _TROUBLES as error:
            return self._waiting.leave(words.cause(error, self.path))

    @property
    def _wait(self) -> float:
        """Seconds to wait for another program; nobody waits for it with each answer once these are safe elsewhere."""
        return 0 if self._waiting.is_safe else database.BUSY_SECONDS

    def _connect(self) -> str:
        """Open the database; what the learner must be told, if anything."""
        if self.path is None:
            self._connection = open_database(None, self._wait)
            return ""
        make_way(self.path)
        self._seen = identity(self.path)
        try:
            notice = self._connect_to(self.path)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise
            self._set_aside(self.path)
            notice = self._connect_to(self.path)
        return " ".join(filter(None, (notice, take_in(self.path, self._merge))))

    def _set_aside(self, path: Path) -> None:
        """Put the damaged file that was opened, or was to be, out of the way of a new one."""
        self._disconnect()
        set_aside(path, self._seen)
        make_way(path)
        self._seen = identity(path)

    def _connect_to(self, path: Path) -> str:
        try:
            self._connection = open_database(path, self._wait)
        except NoLocksError:
            self._hold = self._hold or Hold(path)
            self._connection = open_database(path, self._wait, alone=True)
            return words.NO_LOCKS
        return ""

    def _merge(self, entries: Iterable[Entry]) -> int:
        with self._transaction() as connection:
            return rows.merge(connection, entries)

    def _try_writing(self, *, is_told: bool) -> str:
        late = self._waiting.rows
        try:
            with self._told():
                notice = self._save()
        except ProgressError as trouble:
            return str(trouble) if is_told else ""
        return " ".join(filter(None, (words.all_is_well(late) if late else "", notice)))

    def _write(self, row: Answer | Place) -> str:
        with self._lock, self._told():
            self._insist_on_open()
            late, was_late = self._waiting.rows, self._waiting.outlook is not None
            self._waiting.unsaved.append(row)
            try:
                notice = self._save()
            except sqlite3.IntegrityError:
                self._waiting.unsaved.pop()  # A row that is itself at fault would stand in the way of all that follow.
                raise
            return notice or (words.all_is_well(late) if was_late else "")

    def _save(self) -> str:
        """Put what waits into the file, opening that if it is not; what the learner must be told, if anything."""
        try:
            notice = self._put()
        except sqlite3.Error as error:
            if is_moved(error):
                self._disconnect()
            elif is_damaged(error) and self.path is not None:
                self._set_aside(self.path)
            else:
                raise
            notice = self._put()
        told, self._untold, self._said = (self._untold, notice, self._waiting.is_written()), "", ""
        return " ".join(filter(None, told))

    def _put(self) -> str:
        notice = "" if self._connection is not None else self._connect()
        with self._transaction() as connection:
            if not self._waiting.rows:
                # An empty transaction is allowed on a file that may only be read, so write what is there already.
                connection.execute(f"PRAGMA user_version = {version(connection)}")
            rows.merge(connection, self._waiting.earlier)
            rows.insert(connection, self._waiting.unsaved)
        return notice

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._opened()
        be_patient(connection, self._wait)
        with transaction(connection):
            yield connection

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ProgressError(words.IS_CLOSED)
        return self._connection

    def _read(self, read: Callable[[sqlite3.Connection], list[Row]], nothing: list[Row]) -> list[Row]:
        """What is read of the database, or nothing while it cannot be opened.

        Some damage shows only here. Then the file is set aside as at a start, which is told with the next row.
        """
        self._insist_on_open()
        try:
            return read(self._connection) if self._connection is not None else nothing
        except sqlite3.Error as error:
            if not is_damaged(error) or self.path is None:
                raise
            self._set_aside(self.path)
            self._untold = self._connect()
            return read(self._opened())

    def _insist_on_open(self) -> None:
        if not self._is_open:
            raise ProgressError(words.IS_CLOSED)

    @contextmanager
    def _told(self, what: str = "", and_now: str = "") -> Iterator[None]:
        """Turn a trouble of disk or database into what the learner is told.

        Args:
            what, and_now: what cannot be done, and what follows; without them rows wait, which is said at length only
                when it begins: whoever listens to each line hears it with every step.
        """
        try:
            yield
        except _TROUBLES as error:
            cannot, go_on = (what, and_now) if what else self._waiting.keep()
            trouble = f"{cannot}: {words.cause(error, self.path)}"
            if not what:
                if trouble == self._said:
                    raise ProgressError(trouble) from error
                self._said = trouble
            where = words.where(self.path, unread(self.path) if self.path is not None else ())
            raise ProgressError(f"{trouble} {go_on}{where}") from error
