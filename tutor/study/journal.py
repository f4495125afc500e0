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
from tutor.study.journal_damage import unread
from tutor.study.journal_database import version
from tutor.study.journal_record import TROUBLES, RecordFile
from tutor.study.journal_waiting import Waiting
from tutor.study.reset import Entry, Reset, Undo
from tutor.words import tr

CLOCK_TOLERANCE = timedelta(hours=1)
"By how much a clock may be behind what was done last before it is told: clocks of a lab's machines differ by minutes."

_Found = TypeVar("_Found")


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
        self._file = RecordFile(path)
        self._waiting = Waiting(path)
        self._said = ""
        "The beginning of what was said last of a trouble there is."
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
            self._file.open(self._wait)
            notices = self._file.told()
            trouble = self._try_writing(is_told=not and_now)
            return _joined(*(notice for notice in notices if notice not in trouble), trouble)

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
            found = self._read(lambda connection: rows.read_answers(connection, lesson_id)) or []
            waiting = [row for row in self._waiting.rows if isinstance(row, Answer) and lesson_id in (None, row.lesson)]
        # An answer whose writing was reported as failed may have arrived all the same.
        arrived = {answer.id for answer in found} if waiting else set()
        return found + [answer for answer in waiting if answer.id not in arrived]

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, in whatever process; the lesson that he or she was in last comes first."""
        with self._lock, self._told(words.NOT_READ, tr("You can go on.")):
            found = {place.lesson: place for place in self._read(rows.read_places) or ()}
            for row in self._waiting.rows:
                if isinstance(row, Place):
                    found.pop(row.lesson, None)
                    found[row.lesson] = row
        return tuple(reversed(found.values()))

    def clock_trouble(self, now: datetime) -> str:
        """What to say if the clock is behind what was done last; nothing is lost by it."""
        with self._lock, self._told(words.NOT_READ, tr("You can go on.")):
            last = self._read(rows.last_time)
        if last is None or last <= now + CLOCK_TOLERANCE:
            return ""
        return words.clock(now, last)

    def entries(self) -> list[Entry]:
        """Everything that was ever written, what resets hide among it."""
        with self._lock, self._told(words.NOT_READ, words.NOTHING_CHANGED):
            found = self._insist_on_read(lambda connection: list(rows.read_entries(connection)))
            # A list cannot be looked through for each: a record has some ten thousand entries.
            return found + [row for row in self._waiting.rows if row not in found] if self._waiting.rows else found

    def merge(self, entries: Iterable[Entry]) -> int:
        """Write those of another journal's entries that are not here yet, all or none; how many that were."""
        with self._lock, self._told(tr("Nothing was imported"), words.NOTHING_CHANGED):
            kept = tuple(entries)
            return self._written(lambda connection: rows.merge(connection, kept))

    def reset(self, lesson: str, *, id: str, at: str) -> Reset:
        """Put the answers and places of a lesson out of sight, or all of them with an empty `lesson`.

        Args:
            id, at: as in `Reset`.
        """

        def put(connection: sqlite3.Connection) -> Reset:
            reset = Reset(id=id, at=at, lesson=lesson, entries=rows.in_sight(connection, lesson))
            rows.insert(connection, [reset])
            return reset

        with self._lock, self._told(tr("Nothing was reset"), words.NOTHING_CHANGED):
            return self._written(put)

    def standing_resets(self) -> list[Reset]:
        """The resets that can be undone, in the order written."""
        with self._lock, self._told(words.NOT_READ, words.NOTHING_CHANGED):
            return self._insist_on_read(rows.standing_resets)

    def undo(self, reset: Reset, at: str) -> None:
        """Bring back what a reset put out of sight.

        Args:
            at: when, in ISO 8601 and UTC.
        """
        with self._lock, self._told(tr("Nothing was brought back"), words.NOTHING_CHANGED):
            self._written(lambda connection: rows.insert(connection, [Undo(reset.id, at)]))

    def close(self) -> str:
        """Try once more to write what is unsaved, and let go of the file. May be called again.

        Returns:
            What the learner has still to be told, such as what became of answers that could not be put into the record;
            empty when all are in it.
        """
        with self._lock:
            said = self._leave() if self._is_open else ""
            self._is_open = False
            self._file.close()
            return said

    def _leave(self) -> str:
        said = ""
        try:
            if self._waiting.unsaved:
                said = self._save()
            self._waiting.let_go()
        except TROUBLES as error:
            said = self._waiting.leave(words.cause(error))
        return _joined(*self._file.told(), said)

    @property
    def _wait(self) -> float:
        """Seconds to wait for another program; nobody waits for it with each answer once these are safe elsewhere."""
        return 0 if self._waiting.is_safe else database.BUSY_SECONDS

    def _try_writing(self, *, is_told: bool) -> str:
        late = self._waiting.rows
        try:
            with self._told():
                notice = self._save()
        except ProgressError as trouble:
            return str(trouble) if is_told else ""
        return _joined(notice, words.all_is_well(late) if late else "")

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
            return _joined(notice, words.all_is_well(late) if was_late else "")

    def _save(self) -> str:
        """Put what waits into the file, opening that if it is not; what the learner must be told, if anything."""
        self._file.write(self._put, self._wait)
        left = self._waiting.is_written()
        self._said = ""
        return _joined(*self._file.told(), left)

    def _put(self, connection: sqlite3.Connection) -> None:
        if not self._waiting.rows:
            # An empty transaction is allowed on a file that may only be read, so write what is there already.
            connection.execute(f"PRAGMA user_version = {version(connection)}")
        rows.merge(connection, self._waiting.earlier)
        rows.insert(connection, self._waiting.unsaved)

    def _written(self, put: Callable[[sqlite3.Connection], _Found]) -> _Found:
        self._insist_on_open()
        return self._file.write(put, self._wait)

    def _read(self, find: Callable[[sqlite3.Connection], _Found]) -> _Found | None:
        """What is found in the database; nothing while that cannot be opened."""
        self._insist_on_open()
        return self._file.read(find, self._wait)

    def _insist_on_read(self, find: Callable[[sqlite3.Connection], _Found]) -> _Found:
        found = self._read(find)
        if found is None:
            raise ProgressError(words.IS_CLOSED)
        return found

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
        except TROUBLES as error:
            cannot, go_on = (what, and_now) if what else self._waiting.keep()
            trouble = f"{cannot}: {words.cause(error)}"
            if not what:
                if trouble == self._said:
                    raise ProgressError(trouble) from error
                self._said = trouble
            where = words.where(self.path, unread(self.path) if self.path is not None else ())
            said = f"{trouble} {go_on}{where}"
            raise ProgressError(
                _joined(said, *(notice for notice in self._file.told() if notice not in said))
            ) from error


def _joined(*notices: str) -> str:
    return " ".join(filter(None, notices))
