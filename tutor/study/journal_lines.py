"""A journal as JSON lines, to move it to another machine or to merge two: the format of `tutor export`.

The first line is a header with the number of entries; each other line is one entry. Reading takes every good line and
tells of every bad one. `docs/journal-format.md` describes it for other programs.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from tutor.errors import UsageError
from tutor.study.answer import Answer, Place, zoned
from tutor.study.reset import Entry, Reset, Undo
from tutor.version import VERSION
from tutor.words import tr

FORMAT = 1

_LARGEST = 2**63 - 1
"Of the whole numbers that a database takes."


class Header(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="journal"):
    """What the first line says."""

    format: int
    version: str
    "The tutor's version that wrote it."
    entries: int
    "How many lines follow, by which a file that was cut off is found out."


class AnswerLine(Answer, frozen=True, kw_only=True, tag_field="type", tag="answer"):
    """An answer as a line."""


class PlaceLine(Place, frozen=True, tag_field="type", tag="place"):
    """A place as a line."""


class ResetLine(Reset, frozen=True, kw_only=True, tag_field="type", tag="reset"):
    """A reset as a line."""


class UndoLine(Undo, frozen=True, tag_field="type", tag="undo"):
    """An undo as a line."""


_LINES: dict[Any, Any] = {Answer: AnswerLine, Place: PlaceLine, Reset: ResetLine, Undo: UndoLine}
_KINDS: dict[Any, Any] = {line: kind for kind, line in _LINES.items()}

_read_header = msgspec.json.Decoder(Header).decode
_read_line = msgspec.json.Decoder(AnswerLine | PlaceLine | ResetLine | UndoLine).decode


class BadLine(msgspec.Struct, frozen=True):
    """A line that cannot be used."""

    number: int
    "Counted from 1, the header among them."
    why: str
    "What is wrong with it, as the end of a sentence."


class _BadFieldError(ValueError):
    """A field that holds nothing that the record could; its text is the field's name."""


class _NoHeaderError(UsageError):
    """The first line is none."""


class Exported(msgspec.Struct, frozen=True):
    """What a file of lines holds."""

    entries: tuple[Entry, ...]
    bad: tuple[BadLine, ...]
    missing: int
    "Entries that the header promises and that are not there."


def to_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A header and a line for each entry, each with its line end."""
    kept = list(entries)
    yield msgspec.json.encode(Header(format=FORMAT, version=VERSION, entries=len(kept))) + b"\n"
    for entry in kept:
        yield _encode(entry) + b"\n"


def from_lines(lines: Iterable[bytes], *, insists_on_header: bool = True) -> Exported:
    """The entries of the good lines, and what is wrong with the others.

    Args:
        insists_on_header: without it a first line that is no header is a bad line as others are.
    Raises:
        UsageError: the first line is no header, or one of a newer tutor; nothing of the file can be used.
    """
    numbered = iter(enumerate(lines, 1))
    entries: list[Entry] = []
    bad: list[BadLine] = []
    promised = 0
    try:
        promised = _header(next(numbered, (1, b""))[1])
    except _NoHeaderError as error:
        if insists_on_header:
            raise
        bad.append(BadLine(1, str(error)))
    for number, line in numbered:
        if not line.strip():
            continue
        try:
            entries.append(_with_zone(_decode(line)))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            bad.append(BadLine(number, _why(error)))
    return Exported(tuple(entries), tuple(bad), max(0, promised - len(entries) - len(bad)))


def is_sound(entry: Entry) -> bool:
    """Whether every field holds what it should, as it may not when it was read from a damaged file."""
    try:
        return _decode(_encode(entry)) == entry
    except (msgspec.MsgspecError, ValueError, TypeError, AttributeError):
        return False


def _header(line: bytes) -> int:
    """How many lines are to follow."""
    try:
        header = _read_header(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _NoHeaderError(tr("this file was not written by `tutor export`: its first line is no header.")) from None
    if header.format > FORMAT:
        raise UsageError(
            tr(
                "this file was written by a newer tutor, {version}. Update this one to import it.",
                version=header.version,
            )
        )
    return header.entries


def _encode(entry: Entry) -> bytes:
    return msgspec.json.encode(_as(_LINES[type(entry)], entry))


def _decode(line: bytes) -> Entry:
    entry = _read_line(line)
    try:
        datetime.fromisoformat(entry.at)
    except ValueError as error:
        raise _BadFieldError("at") from error
    if isinstance(entry, AnswerLine) and abs(entry.seed or 0) > _LARGEST:
        raise _BadFieldError("seed")
    if isinstance(entry, AnswerLine) and not 0 <= entry.hints <= _LARGEST:
        raise _BadFieldError("hints")
    record: Entry = _as(_KINDS[type(entry)], entry)
    return record


def _why(error: Exception) -> str:
    if missing := re.search(r"missing required field `(\w+)`", str(error)):
        return tr("its field “{field}” is missing", field=missing[1])
    wrong = re.search(r"`\$\.(\w+)", str(error))
    if wrong or isinstance(error, _BadFieldError):
        return tr("its field “{field}” does not hold what it should", field=wrong[1] if wrong else error)
    return tr("it is no object of JSON")


def _with_zone(entry: Entry) -> Entry:
    """An answer at a moment that everybody reads alike. Of a place, `at` is a part of its name, and stays."""
    return msgspec.structs.replace(entry, at=zoned(entry.at)) if isinstance(entry, Answer) else entry


def _as(kind: Any, entry: Any) -> Any:
    """The same fields as a record of another kind."""
    return kind(**{name: getattr(entry, name) for name in kind.__struct_fields__})
