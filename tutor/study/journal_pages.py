"""Answers found in the pages of a damaged journal one by one, with no need of the tree that leads to them.

Knows the format of SQLite's files (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1) as far as a leaf of a table
goes, and nothing of what an answer is but how many columns it has.
"""

import struct
from collections.abc import Iterator
from typing import Any

from tutor.study.answer import COLUMNS

_LEAF = 0x0D
"The first byte of a page that holds rows of a table."
_FIRST = 100
"Bytes of the first page in front of its own beginning."
_COLUMNS = 1 + len(COLUMNS.split(", "))
"Those of the table of answers: its number, which stands empty in the row itself, and the others."
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"Bytes of a value by its serial type, below 12."


def rows_in_pages(whole: bytes) -> list[tuple[Any, ...]]:
    """The rows that have as many columns as an answer, in the order written, whatever else of the file is damaged."""
    size = _page_size(whole)
    found: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(whole) - size + 1, size):
        for cell in _cells(whole, start, size):
            try:
                number, payload = _payload(whole, cell, size)
                row = _values(payload)
            except (IndexError, ValueError, UnicodeDecodeError):
                continue
            if len(row) == _COLUMNS and row[0] is None:
                found.setdefault(number, row[1:])
    return [found[number] for number in sorted(found)]


def _page_size(whole: bytes) -> int:
    said = int.from_bytes(whole[16:18], "big")
    return said if said >= 512 and said & (said - 1) == 0 else 4096


def _cells(whole: bytes, start: int, size: int) -> Iterator[int]:
    """Where the rows of a page begin, if it is a leaf of a table."""
    head = start + _FIRST if start == 0 else start
    if whole[head] != _LEAF:
        return
    count = int.from_bytes(whole[head + 3 : head + 5], "big")
    for at in range(head + 8, min(head + 8 + 2 * count, start + size - 1), 2):
        offset = int.from_bytes(whole[at : at + 2], "big")
        if offset < size:
            yield start + offset


def _payload(whole: bytes, at: int, size: int) -> tuple[int, bytes]:
    """The number of a row, and its bytes, those on overflow pages among them.

    Raises:
        IndexError, ValueError: there is no whole row.
    """
    length, at = _varint(whole, at)
    number, at = _varint(whole, at)
    if length > len(whole):
        raise ValueError
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    local = length if length <= size - 35 else here if here <= size - 35 else least
    found = bytearray(whole[at : at + local])
    page = int.from_bytes(whole[at + local : at + local + 4], "big")
    while len(found) < length:
        start = (page - 1) * size
        if page < 1 or start + size > len(whole):
            raise ValueError
        page = int.from_bytes(whole[start : start + 4], "big")
        found += whole[start + 4 : start + size]
    return number, bytes(found[:length])


def _values(payload: bytes) -> tuple[Any, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Any] = []
    for kind in kinds:
        size = _SIZES[kind] if kind in _SIZES else (kind - 12) // 2
        stored = payload[at : at + size]
        if kind in (10, 11) or len(stored) < size:
            raise ValueError
        values.append(_value(kind, stored))
        at += size
    return tuple(values)


def _value(kind: int, stored: bytes) -> Any:
    if kind == 0:
        return None
    if kind == 7:
        return struct.unpack(">d", stored)[0]
    if kind < 10:
        return kind - 8 if kind >= 8 else int.from_bytes(stored, "big", signed=True)
    return stored.decode("utf-8", "replace") if kind % 2 else stored


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = 0
    for n in range(9):
        byte = data[at + n]
        if n == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    raise ValueError
