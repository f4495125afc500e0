"""What can still be read of a damaged journal: every row that is whole in its file, wherever it lies and whatever leads there.

A journal only grows, so what lies about in it was written once, and is no less true for it. The damaged file is only read,
never mended and never deleted.
"""

import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

import msgspec

from tutor.study.answer import Answer, Place, as_text, from_row, moment
from tutor.study.journal_lines import is_sound
from tutor.study.journal_pages import Pages, Row, begins
from tutor.study.reset import Entry, Reset, Undo

_ANSWER = 13
"Columns of the table of answers, its number among them."
_ANSWER_BEGINS = begins("nttttItTtiiRt")
_OTHER_BEGINS = begins("nttt")
"A place or a reset."

_Kept = TypeVar("_Kept", Answer, Place, Reset)


class Salvaged(msgspec.Struct, frozen=True):
    """What was found in a damaged file."""

    entries: tuple[Entry, ...]
    is_shown_again: bool
    "Whether resets were taken back, since it cannot be known whether they had been."


def salvage(path: Path) -> Salvaged:
    """Every entry that can be read; none when the file is no journal at all."""
    pages = Pages(path.read_bytes())
    rows = [*pages.listed(), *pages.unlisted(_ANSWER_BEGINS), *pages.unlisted(_OTHER_BEGINS)]
    answers, places, resets = _once(rows, _answer), _once(rows, _place), _once(rows, _reset)
    hidden, undone = _hidden(rows), _undone(rows)
    resets = [msgspec.structs.replace(reset, entries=tuple(hidden.get(reset.id, ()))) for reset in resets]
    # In doubt in sight: what was put out of sight can be put there again, and nobody looks for what is not told.
    in_doubt = [] if _tells_what_was_undone(path) else [reset.id for reset in resets if reset.id not in undone]
    begun = {reset.id: reset.at for reset in resets}
    undos = [
        Undo(reset, at if moment(at := undone.get(reset, "")) else begun.get(reset, ""))
        for reset in (*undone, *in_doubt)
    ]
    found: list[Entry] = [*_dated(answers), *places, *resets, *undos]
    return Salvaged(tuple(entry for entry in found if is_sound(entry)), bool(in_doubt))


def _once(rows: Iterable[Row], read: Callable[[Row], _Kept | None]) -> list[_Kept]:
    """The entries of one table, each once, in the order of their numbers.

    What no page lists counts only where nothing listed has its number: it may be a listed row as it was before a bit of that
    was flipped, and two would be made of one.
    """
    kept: dict[object, tuple[float, _Kept]] = {}
    numbers: set[int | None] = set()
    for row in rows:
        entry = read(row)
        if entry is None or (not row.is_listed and row.number in numbers):
            continue
        if row.is_listed:
            numbers.add(row.number)
        kept.setdefault(getattr(entry, "id", entry), (math.inf if row.number is None else row.number, entry))
    return [entry for _, entry in sorted(kept.values(), key=itemgetter(0))]


def _answer(row: Row) -> Answer | None:
    match row.values:
        case (None, str(id), *_) if id and len(row.values) == _ANSWER:
            return from_row(row.values[1:])
    return None


def _place(row: Row) -> Place | None:
    """A row of the table of places, which has as many columns as that of resets."""
    match row.values:
        case (None, str(lesson), str(step), str(at)) if moment(at):
            return Place(lesson, step, at)
    return None


def _reset(row: Row) -> Reset | None:
    match row.values:
        case (None, str(id), str(at), str(lesson)) if moment(at) and not moment(lesson):
            return Reset(id=id, at=at, lesson=lesson)
    return None


def _undone(rows: Iterable[Row]) -> dict[str, str]:
    """The resets that were taken back, and when."""
    return {
        row.values[0]: row.values[1]
        for row in rows
        if not row.is_of_index and len(row.values) == 2 and all(isinstance(value, str) for value in row.values)
    }


def _hidden(rows: Iterable[Row]) -> dict[str, list[str]]:
    """What each reset puts out of sight."""
    hidden: dict[str, list[str]] = {}
    for row in rows:
        match row.values:
            case (str(reset), str(entry)) if row.is_of_index:
                hidden.setdefault(reset, []).append(entry)
    return hidden


def _dated(answers: Sequence[Answer]) -> Iterator[Answer]:
    """An answer whose time is damaged counts as of the time of the one before it, or of the next one that has any."""
    last = next((answer.at for answer in answers if moment(answer.at)), "")
    for answer in answers:
        last = answer.at if moment(answer.at) else last
        yield msgspec.structs.replace(answer, at=last)


def _tells_what_was_undone(path: Path) -> bool:
    """Whether all that the file holds of resets taken back is there: the table and its index are, and say the same."""
    queries = ("SELECT reset FROM undone NOT INDEXED", "SELECT reset FROM undone INDEXED BY sqlite_autoindex_undone_1")
    try:
        # Immutable: nothing is locked, rolled back or written, whatever lies beside it.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            # Said of a file that was cut off, this has SQLite read what is there; otherwise it would refuse all of it.
            file.execute("PRAGMA writable_schema = ON")
            file.text_factory = as_text
            table, index = ({reset for (reset,) in file.execute(query)} for query in queries)
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return table == index and all(isinstance(reset, str) for reset in table)
