"""Entries as rows of the journal's tables: how each is written once, and how all are read back."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from tutor.study.answer import COLUMNS, Answer, Place, as_text, from_row, in_order, moment, to_row
from tutor.study.journal_database import PLACE_KEY
from tutor.study.reset import Entry, Reset, Undo

STANDING = (
    "(SELECT entry FROM hidden WHERE reset IN (SELECT id FROM resets WHERE id NOT IN (SELECT reset FROM undone)))"
)
"""What is out of sight: what a reset hides that is there and was not undone. A flipped bit in its id makes another of it,
which nobody could undo."""

_ADD_ANSWER = f"INSERT INTO answers ({COLUMNS}) VALUES ({', '.join('?' * 12)}) ON CONFLICT (id) DO NOTHING"
_ADD_PLACE = "INSERT INTO places (lesson, step, at) VALUES (?, ?, ?)"
# In front of all others, where it is kept and is never taken for the last one.
_ADD_EARLIER_PLACE = (
    "INSERT INTO places (number, lesson, step, at) SELECT coalesce(min(number), 1) - 1, ?, ?, ? FROM places"
)
_ADD_RESET = "INSERT INTO resets (id, at, lesson) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
_ADD_HIDDEN = "INSERT OR IGNORE INTO hidden (reset, entry) VALUES (?, ?)"
_ADD_UNDO = "INSERT OR IGNORE INTO undone (reset, at) VALUES (?, ?)"


def insert(connection: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Write what is new, as happening now; how many were."""
    return sum(_insert(connection, entry) for entry in entries)


def merge(connection: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Write what is new, as having happened somewhere else; how many were."""
    return sum(
        _merge_place(connection, entry) if isinstance(entry, Place) else _insert(connection, entry) for entry in entries
    )


def _insert(connection: sqlite3.Connection, entry: Entry) -> int:
    match entry:
        case Answer():
            return connection.execute(_ADD_ANSWER, to_row(entry)).rowcount
        case Place():
            return connection.execute(_ADD_PLACE, (entry.lesson, entry.step, entry.at)).rowcount
        case Reset():
            new = connection.execute(_ADD_RESET, (entry.id, entry.at, entry.lesson)).rowcount
            connection.executemany(_ADD_HIDDEN, [(entry.id, hidden) for hidden in entry.entries])
            return new
        case Undo():
            return connection.execute(_ADD_UNDO, (entry.reset, entry.at)).rowcount


def _merge_place(connection: sqlite3.Connection, place: Place) -> int:
    row = (place.lesson, place.step, place.at)
    if connection.execute("SELECT 1 FROM places WHERE lesson = ? AND step = ? AND at = ?", row).fetchone():
        return 0
    last = connection.execute("SELECT at FROM places ORDER BY number DESC LIMIT 1").fetchone()
    return connection.execute(
        _ADD_EARLIER_PLACE if last and in_order(place.at) < in_order(last[0]) else _ADD_PLACE, row
    ).rowcount


def read_answers(connection: sqlite3.Connection, lesson: str | None) -> list[Answer]:
    """The answers in sight, of one lesson or of all, in the order written."""
    query = f"SELECT {COLUMNS} FROM answers WHERE lesson = coalesce(?, lesson) AND id NOT IN {STANDING} ORDER BY number"
    return [from_row(row) for row in connection.execute(query, (lesson,))]


def read_places(connection: sqlite3.Connection) -> list[Place]:
    """The last place in sight of each lesson; the lesson that the learner was in last comes last."""
    query = (
        "SELECT lesson, step, at, max(number) AS last FROM places "
        f"WHERE {PLACE_KEY} NOT IN {STANDING} GROUP BY lesson ORDER BY last"
    )
    return [Place(*map(as_text, row[:3])) for row in connection.execute(query)]


def last_time(connection: sqlite3.Connection) -> datetime | None:
    """When something was last done; nothing before that, or when it says no time.

    A merge puts old answers behind the last one, but no old places, so the later of the two counts.
    """
    found = [
        moment(at)
        for table in ("answers", "places")
        for (at,) in connection.execute(f"SELECT at FROM {table} ORDER BY number DESC LIMIT 1")
    ]
    return max(filter(None, found), default=None)


def read_entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Everything, out of sight or not, each kind in the order written."""
    for row in connection.execute(f"SELECT {COLUMNS} FROM answers ORDER BY number"):
        yield from_row(row)
    for row in connection.execute("SELECT lesson, step, at FROM places GROUP BY lesson, step, at ORDER BY max(number)"):
        yield Place(*row)
    yield from read_resets(connection)
    for row in connection.execute("SELECT reset, at FROM undone ORDER BY at, reset"):
        yield Undo(*row)


def read_resets(connection: sqlite3.Connection) -> list[Reset]:
    """Every reset, undone or not, in the order written."""
    hidden: dict[str, list[str]] = {}
    for reset, entry in connection.execute("SELECT reset, entry FROM hidden ORDER BY reset, entry"):
        hidden.setdefault(reset, []).append(entry)
    rows = connection.execute("SELECT id, at, lesson FROM resets ORDER BY number")
    return [Reset(id=id, at=at, lesson=lesson, entries=tuple(hidden.get(id, ()))) for id, at, lesson in rows]


def standing_resets(connection: sqlite3.Connection) -> list[Reset]:
    """The resets that were not undone, in the order written."""
    undone = {row[0] for row in connection.execute("SELECT reset FROM undone")}
    return [reset for reset in read_resets(connection) if reset.id not in undone]


def in_sight(connection: sqlite3.Connection, lesson: str) -> tuple[str, ...]:
    """What a reset of a lesson, or of all with an empty one, would put out of sight."""
    query = (
        f"SELECT id FROM answers WHERE ? IN (lesson, '') AND id NOT IN {STANDING} "
        f"UNION SELECT {PLACE_KEY} FROM places WHERE ? IN (lesson, '') AND {PLACE_KEY} NOT IN {STANDING}"
    )
    return tuple(row[0] for row in connection.execute(query, (lesson, lesson)))
