"""The rows of a large table, kept as columns of floats: eight bytes a number, where tuples take forty."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
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

    def __len__(self) -> int:
        return len(self.columns[0])

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
