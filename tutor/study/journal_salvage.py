"""What can still be read of a damaged journal: from the front up to the damage, from the back, and row by row between.

Where its first page is gone, which says where all others are, that of a new journal stands in for it: in a copy in memory.
Answers to which no tree leads any more are found page by page.
The damaged file is only read, never mended and never deleted.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tutor.study.answer import COLUMNS, Answer, Place, from_row
from tutor.study.journal_database import as_text, open_database
from tutor.study.journal_lines import is_sound
from tutor.study.journal_pages import rows_in_pages
from tutor.study.reset import Entry, Reset, Undo

_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"What reading raises; the second where what SQLite says of the damage is itself damaged."

_LEAST_ROW = 64
"Bytes that a row takes at the least, by which it is known how many there can be."


_HEADER = 100
"Bytes at the beginning of the first page that are the same in all journals but for a few counts."
_PAGES = slice(28, 32)
"The bytes of it that count the pages of the file."


def salvage(path: Path) -> list[Entry]:
    """Every entry that can be read; none when the file is no database at all."""
    whole = path.read_bytes()
    # Immutable: nothing is locked, rolled back or written, whatever lies beside it.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        found = _all_of(file, len(whole)) or _without_first_page(whole)
    known = {entry.id for entry in found if isinstance(entry, Answer)}
    strays = [answer for answer in _answers(rows_in_pages(whole)) if answer.id not in known and is_sound(answer)]
    return [*strays, *found]


def _without_first_page(whole: bytes) -> list[Entry]:
    """What can be read with a new journal's header, or its whole first page, in the place of the file's own."""
    if not hasattr(sqlite3.Connection, "deserialize"):
        return []  # SQLite was built without it
    with closing(open_database(None, 0)) as new:
        size = int(new.execute("PRAGMA page_size").fetchone()[0])
        page = bytearray(new.serialize()[:size])
    page[_PAGES] = (len(whole) // size).to_bytes(4, "big")
    for end in (_HEADER, size):
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(bytes(page[:end]) + whole[end:])
            if found := _all_of(copy, len(whole)):
                # In a journal that is older than a table another one's rows stand where a new one has that.
                answers = {entry.id for entry in found if isinstance(entry, Answer)}
                return [entry for entry in found if not (isinstance(entry, Reset) and entry.id in answers)]
    return []


def _all_of(file: sqlite3.Connection, size: int) -> list[Entry]:
    """The entries of a database of so many bytes, as many as can be read."""
    try:
        # Said of a file that was cut off, this has SQLite read what is there; otherwise it would refuse all of it.
        file.execute("PRAGMA writable_schema = ON")
    except _UNREADABLE:
        return []
    file.text_factory = as_text
    return [entry for entry in _entries(file, size // _LEAST_ROW) if is_sound(entry)]


def _entries(file: sqlite3.Connection, most: int) -> Iterator[Entry]:
    yield from _answers(_rows(file, "answers", COLUMNS, most))
    for row in _rows(file, "places", "lesson, step, at", most):
        yield Place(*row)
    hidden: dict[str, list[str]] = {}
    with suppress(*_UNREADABLE):
        for reset, entry in file.execute("SELECT reset, entry FROM hidden"):
            hidden.setdefault(reset, []).append(entry)
    undone: dict[str, Undo] = {}
    are_all_read = False
    with suppress(*_UNREADABLE):
        undone = {row[0]: Undo(*row) for row in file.execute("SELECT reset, at FROM undone")}
        are_all_read = all(map(is_sound, undone.values()))
    for id, at, lesson in _rows(file, "resets", "id, at, lesson", most):
        yield Reset(id=id, at=at, lesson=lesson, entries=tuple(hidden.get(id, ())))
        # Rather see again what was put out of sight than miss what had been brought back.
        if not are_all_read and id not in undone:
            yield Undo(id, at)
    yield from undone.values()


def _answers(rows: Iterable[Sequence[Any]]) -> Iterator[Answer]:
    for row in rows:
        # What a scribbled page holds may look like a row and be none.
        with suppress(TypeError, ValueError, AttributeError):
            yield from_row(row)


def _rows(file: sqlite3.Connection, table: str, columns: str, most: int) -> list[tuple[Any, ...]]:
    """The rows of a table in order, as many as can be read.

    Args:
        most: how many rows there can be.
    """
    found: dict[int, tuple[Any, ...]] = {}
    if _read_until_damage(file, f"SELECT number, {columns} FROM {table} ORDER BY number", found):
        return [found[number] for number in sorted(found)]
    first = max(found, default=0)
    _read_until_damage(file, f"SELECT number, {columns} FROM {table} ORDER BY number DESC", found)
    last = min((number for number in found if number > first), default=first + most)
    for number in range(first + 1, min(last, first + most)):
        with suppress(*_UNREADABLE):
            query = f"SELECT number, {columns} FROM {table} WHERE number = ?"
            found.update({row[0]: row[1:] for row in file.execute(query, (number,))})
    return [found[number] for number in sorted(found)]


def _read_until_damage(file: sqlite3.Connection, query: str, found: dict[int, tuple[Any, ...]]) -> bool:
    """Add the rows of a query; whether all could be read."""
    try:
        for number, *row in file.execute(query):
            found[number] = tuple(row)
    except _UNREADABLE:
        return False
    return True
