"""A run cut into pieces for the way to the screen process, and put together again.

As one line of JSON 100 000 steps of nine weights were 41 MB, and no key was answered while that was read. A piece is read in a
few milliseconds, and keys get in between.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from tutor.descent.rows import Gaps, Rows
from tutor.descent.run import REMEMBERED, Run
from tutor.engine.wire import Piece

LONGEST = 2**18
"Bytes of a piece before they are written as text, which makes them a third longer."


def cut(run: Run) -> Iterator[Piece]:
    """Every series of a run: the weights, their partials, the loss, the rates and the memory."""
    path, partials = ([array("d", column) for column in zip(*rows, strict=True)] for rows in (run.path, _numbers(run)))
    memory = array("d", chain.from_iterable(chain.from_iterable(run.memory)))
    columns = [*path, *partials, array("d", run.loss), array("d", run.rates), memory]
    size = max(1, LONGEST // (8 * len(columns)))
    for start in range(0, max(map(len, columns)), size):
        yield Piece(tuple(column[start : start + size].tobytes() for column in columns))


def bare(run: Run) -> Run:
    """A run without its series."""
    return msgspec.structs.replace(run, path=(), partials=(), loss=(), rates=(), memory=())


class Gathered:
    """The pieces that have come, one behind the other."""

    def __init__(self) -> None:
        self._columns: list[array[float]] = []

    def add(self, piece: Piece) -> None:
        """One more piece.

        Raises:
            ValueError: it does not fit the others.
        """
        self._columns = self._columns or [array("d") for _ in piece.columns]
        for column, more in zip(self._columns, piece.columns, strict=True):
            column.frombytes(more)

    def whole(self, run: Run) -> Run:
        """The run with its series; it is not looked at again.

        Raises:
            ValueError: these are not the pieces of such a run.
        """
        count = len(run.weights)
        if len(self._columns) != 2 * count + 3:
            raise ValueError(len(self._columns))
        loss, rates, memory = self._columns[2 * count :]
        return msgspec.structs.replace(
            run,
            path=Rows(self._columns[:count]),
            partials=Gaps(Rows(self._columns[count : 2 * count])),
            loss=tuple(loss),
            rates=tuple(rates),
            memory=_memory(memory, count, 1 + len(rates) // REMEMBERED),
        )


def _numbers(run: Run) -> Iterator[Sequence[float]]:
    return (tuple(math.nan if partial is None else partial for partial in row) for row in run.partials)


def _memory(flat: array[float], weights: int, points: int) -> tuple[tuple[tuple[float, ...], ...], ...]:
    vectors = [tuple(flat[start : start + weights]) for start in range(0, len(flat), weights)]
    many = len(vectors) // points
    return tuple(tuple(vectors[start : start + many]) for start in range(0, len(vectors), many or 1))
