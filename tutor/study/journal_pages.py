"""The rows in the pages of a database file, without the tree that leads to them: most of it may be gone.

A page that lists its rows is believed; where that list is gone too, a row is known by how it begins. The layout is that of
https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1. Knows nothing of what the rows mean.
"""

import re
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

_TABLE_LEAF, _INDEX_INSIDE, _INDEX_LEAF = 0x0D, 0x02, 0x0A
_PAGE_SIZE = 4096
"Bytes, where the file does not say it."
_MOST_INDEXED = {_INDEX_INSIDE: 4, _INDEX_LEAF: 0}
"The pages of an index that hold rows, and the bytes in front of each row: the page before it."
_INTEGERS = (0, 1, 2, 3, 4, 6, 8)
"Bytes of an integer, by its kind."


def _odd(first: int) -> bytes:
    """One odd byte of this and above, below 0x80, for a pattern."""
    return b"[" + b"".join(re.escape(bytes([byte])) for byte in range(first, 0x80, 2)) + b"]"


class Row(NamedTuple):
    """The values of a row."""

    values: tuple[Any, ...]
    number: int | None
    "By which its table counts it; nothing for a row of an index, or when it is gone."
    is_of_index: bool = False
    is_listed: bool = True
    "Whether its page says that it is there; otherwise it may be what a page that was divided has left behind."


def begins(kinds: str) -> re.Pattern[bytes]:
    """How a row of a table begins in a file.

    Args:
        kinds: a letter for each column: `n` nothing, `t` text, `i` an integer, `r` a number; a capital is it or nothing.
    """
    # The kind of a text is 13 and twice its bytes, seven bits to a byte, the last without the eighth.
    text = b"(?:" + _odd(0x0D) + b"|[\x81-\xff][\x80-\xff]?" + _odd(0x01) + b")"
    integer, number = b"[\x01-\x06\x08\x09]", b"[\x01-\x09]"
    ways = {"n": b"\x00", "t": text, "T": b"(?:\x00|" + text + b")", "i": integer, "r": number}
    ways |= {"I": b"[\x00-\x06\x08\x09]", "R": b"[\x00-\x09]"}
    length = re.escape(bytes([len(kinds) + 1])) + b"-" + re.escape(bytes([2 * len(kinds) + 1]))
    return re.compile(b"(?=([" + length + b"]" + b"".join(ways[kind] for kind in kinds) + b"))", re.DOTALL)


class Pages:
    """A database file, as bytes."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        said = int.from_bytes(whole[16:18], "big") if whole.startswith(b"SQLite format 3\0") else 0
        self._size = said if said in [2**power for power in range(9, 16)] else _PAGE_SIZE
        self._found: set[int] = set()
        "Where the rows that pages list begin."

    def listed(self) -> Iterator[Row]:
        """The rows that pages list, in the order of the file."""
        for start in range(0, len(self._whole), self._size):
            head = start + 100 if start == 0 else start
            kind = self._whole[head] if head < len(self._whole) else 0
            if kind == _TABLE_LEAF or kind in _MOST_INDEXED:
                yield from self._on_page(start, head, kind)

    def unlisted(self, beginning: re.Pattern[bytes]) -> Iterator[Row]:
        """Rows that begin so and that no page lists; only after `listed`."""
        for match in beginning.finditer(self._whole):
            head = match.start(1)
            if head in self._found or self._whole[head] != len(match[1]):
                continue
            total = self._whole[head] + sum(map(_width, _varints(match[1][1:])))
            if values := self._values(head, total, is_of_index=False):
                yield Row(values, self._number_before(head, total), is_listed=False)

    def _on_page(self, start: int, head: int, kind: int) -> Iterator[Row]:
        skip = _MOST_INDEXED.get(kind, 0)
        first = head + (12 if kind == _INDEX_INSIDE else 8)
        count = min(int.from_bytes(self._whole[head + 3 : head + 5], "big"), self._size // 4)
        for place in range(first, first + 2 * count, 2):
            at = start + int.from_bytes(self._whole[place : place + 2], "big") + skip
            if not first + 2 * count <= at < start + self._size:
                continue
            total, at = _varint(self._whole, at)
            number = None
            if kind == _TABLE_LEAF:
                number, at = _varint(self._whole, at)
            if values := self._values(at, total, is_of_index=kind != _TABLE_LEAF):
                self._found.add(at)
                yield Row(values, number, is_of_index=kind != _TABLE_LEAF)

    def _number_before(self, head: int, total: int) -> int | None:
        """The number of a row that begins at `head`: in front of it stand its length and that."""
        for start in range(head - 2, max(head - 19, -1), -1):
            length, after = _varint(self._whole, start)
            number, after = _varint(self._whole, after)
            if (length, after) == (total, head):
                return number
        return None

    def _values(self, at: int, total: int, *, is_of_index: bool) -> tuple[Any, ...] | None:
        """The values of a row of so many bytes; nothing when it is not whole."""
        body = self._body(at, total, is_of_index=is_of_index)
        length, first = _varint(body, 0)
        if len(body) != total or not first <= length <= total:
            return None
        kinds = _varints(body[first:length])
        if 10 in kinds or 11 in kinds or length + sum(map(_width, kinds)) != total:
            return None
        values = []
        for kind in kinds:
            values.append(_value(kind, body[length : length + _width(kind)]))
            length += _width(kind)
        return tuple(values)

    def _body(self, at: int, total: int, *, is_of_index: bool) -> bytes:
        """The bytes of a row, which go on elsewhere when they are too many for one page."""
        size = self._size
        most = (size - 12) * 64 // 255 - 23 if is_of_index else size - 35
        if total <= most:
            return self._whole[at : at + total]
        least = (size - 12) * 32 // 255 - 23
        here = least + (total - least) % (size - 4)
        here = here if here <= most else least
        body, link = bytearray(self._whole[at : at + here]), at + here
        for _ in range(len(self._whole) // size):
            page = int.from_bytes(self._whole[link : link + 4], "big")
            link = (page - 1) * size
            if len(body) >= total or page == 0 or link >= len(self._whole):
                break
            body += self._whole[link + 4 : link + min(size, 4 + total - len(body))]
        return bytes(body)


def _varint(whole: bytes, at: int) -> tuple[int, int]:
    """A whole number of one to nine bytes, and where it ends; at the end of the file, the file's."""
    number = 0
    for place, byte in enumerate(whole[at : at + 9], 1):
        if place == 9:
            number = number << 8 | byte
            return number - (1 << 64) if number >> 63 else number, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place
    return number, len(whole)


def _varints(whole: bytes) -> list[int]:
    numbers, at = [], 0
    while at < len(whole):
        number, at = _varint(whole, at)
        numbers.append(number)
    return numbers


def _width(kind: int) -> int:
    """Bytes that a value of a kind takes."""
    if kind < 0:
        return 0
    if kind < 12:
        return _INTEGERS[kind] if kind < 7 else 8 if kind == 7 else 0
    return (kind - 12) // 2


def _value(kind: int, stored: bytes) -> Any:
    match kind:
        case 0:
            return None
        case 7:
            return struct.unpack(">d", stored)[0]
        case 8 | 9:
            return kind - 8
    if kind < 7:
        return int.from_bytes(stored, "big", signed=True)
    return stored.decode("utf-8", "replace") if kind % 2 else stored
