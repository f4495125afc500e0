"""The rows of a large table or of a long run, kept as columns of floats: eight bytes a number, where tuples take forty."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

Row = tuple[float, ...]


class Rows(Sequence[Row]):
    """Reads like a tuple of rows.

    >>> rows = Rows([array("d", [1, 2, 3]), array("d", [4, 5, 6])])
    >>> len(rows), rows[1], rows[::2]
    (3, (2.0, 5.0), ((1.0, 4.0), (3.0, 6.0)))
    """

    def __init__(self, columns: Sequence[array[float]]) -> None:
        """
        Args:
            columns: at least one, all of the same length and of type `d`.
        """
        self.columns = tuple(columns)

    @cached_property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """The lowest and the highest of each column."""
        return tuple((min(column), max(column)) for column in self.columns)

    def __len__(self) -> int:
        return len(self.columns[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as a list: it may be very long

    def __iter__(self) -> Iterator[Row]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(zip(*(column[place] for column in self.columns), strict=True))
        return tuple(column[place] for column in self.columns)


class Gaps(Sequence[tuple[float | None, ...]]):
    """As `Rows`, where what is not a number reads as nothing.

    >>> Gaps(Rows([array("d", [1, float("nan")])]))[1]
    (None,)
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, place: int) -> tuple[float | None, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[float | None, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[float | None, ...] | tuple[tuple[float | None, ...], ...]:
        if isinstance(place, slice):
            return tuple(map(_with_gaps, self.rows[place]))
        return _with_gaps(self.rows[place])


def _with_gaps(row: Row) -> tuple[float | None, ...]:
    return tuple(None if value != value else value for value in row)


def columns_of(rows: Sequence[Row]) -> Sequence[Sequence[float]]:
    """The columns of any rows, of which there are some; without a copy where they are kept as such."""
    return rows.columns if isinstance(rows, Rows) else tuple(zip(*rows, strict=True))
