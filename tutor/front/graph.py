"""A computation as a graph in text: boxes from left to right with values, gradients where asked, and lines between them.

Pure: a page in, rows of text out. Every box stands one column behind the latest of those it uses; a line that passes a column
has a row of its own there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tutor.errors import Unreadable
from tutor.front.films import value_of
from tutor.lesson.pages import Network
from tutor.maths.grammar import canonical, display_name
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.tree import Node, variables

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = {
    _LEFT | _RIGHT: "─",
    _UP | _DOWN: "│",
    _DOWN | _RIGHT: "┌",
    _DOWN | _LEFT: "┐",
    _UP | _RIGHT: "└",
    _UP | _LEFT: "┘",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _DOWN | _LEFT | _RIGHT: "┬",
    _UP | _LEFT | _RIGHT: "┴",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}
_RIGHT_SIDE = {"╮": "─", "│": " ", "╯": "─"}
"What ends a row of a frame, and what that row is filled with."


class Cell(NamedTuple):
    """One node, worked out."""

    name: str
    value: float
    gradient: float
    "How the last node moves with this one."
    uses: tuple[str, ...]
    slopes: tuple[float, ...] = ()
    "How this one moves with each that it uses, in their order."


def work_out(page: Network) -> list[Cell]:
    """Every given name and node with its value and gradient, in order; empty when the page cannot be read.

    Values forwards; then backwards, each node hands on to those it uses its gradient times its own slope in them, and what
    comes along several paths is added (Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0).
    """
    try:
        values = {canonical(name): value_of(text) for name, text in page.given.items()}
        trees: dict[str, Node] = {}
        for node in page.nodes:
            name = canonical(node.name)
            trees[name] = parse_free(node.of, tuple(values))
            values[name] = _at(trees[name], values)
    except (Unreadable, KeyError):
        return []
    gradients = dict.fromkeys(values, 0.0)
    gradients[list(values)[-1]] = 1.0
    slopes: dict[str, tuple[float, ...]] = {}
    for name, tree in reversed(trees.items()):
        uses = sorted(variables(tree))
        slopes[name] = tuple(_at(derivative(tree, (used,)), values) for used in uses)
        for used, slope in zip(uses, slopes[name], strict=True):
            gradients[used] += gradients[name] * slope
    return [
        Cell(
            name,
            value,
            gradients[name],
            tuple(sorted(variables(trees[name]))) if name in trees else (),
            slopes.get(name, ()),
        )
        for name, value in values.items()
    ]


def _at(tree: Node, values: Mapping[str, float]) -> float:
    return compile_float(tree, tuple(values))(tuple(values.values()))


def graph(cells: Sequence[Cell], *, with_gradients: bool, width: int) -> list[str]:
    """The graph as rows of text; what is given stands at the left, one row each, where it is used first.

    Args:
        width: the cells there are; where a spaced graph does not fit a tighter one is tried, and at last a plain list.
    """
    wordy, short = Manner(" = ", with_gradients), Manner("=", with_gradients)
    # What is least missed goes first: blanks, then the slopes on the lines, then what the given ones hold.
    manners = [wordy, short]
    if with_gradients:
        bare = short._replace(with_slopes=False)
        manners += [wordy._replace(with_slopes=False), bare, bare._replace(behind_sign="")]
        manners.append(bare._replace(with_given=False))
    for manner in manners:
        rows = _Layout(cells, manner).rows()
        if max(map(len, rows)) <= width:
            return rows
    return listing(cells, with_gradients=with_gradients)


class Manner(NamedTuple):
    """What of a graph is shown."""

    equals: str
    with_gradients: bool
    behind_sign: str = " "
    "What stands behind ∂."
    with_slopes: bool = True
    "With gradients, also how each box moves with the one before it, on the line between them."
    with_given: bool = True
    "With gradients, also the values of what is given."


class _Layout:
    """Where everything stands, and the rows as they fill."""

    def __init__(self, cells: Sequence[Cell], manner: Manner) -> None:
        self.cells = {cell.name: cell for cell in cells}
        self.texts = {cell.name: _box(cell, manner) for cell in cells}
        self.has_slopes = manner.with_gradients and manner.with_slopes
        self.column = self._columns()
        self.stacks = self._stacks()
        for stack in self.stacks:
            self._widen(stack)
        self.middle = self._middles()

    def _columns(self) -> dict[str, int]:
        """Nodes behind what they use; what is given, directly before its first use."""
        column: dict[str, int] = {}
        for cell in self.cells.values():
            if cell.uses:
                column[cell.name] = 1 + max((column.get(name, 0) for name in cell.uses), default=0)
        for cell in self.cells.values():
            if not cell.uses:
                column[cell.name] = min((column[each.name] for each in self._users(cell.name)), default=1) - 1
        return column

    def _users(self, name: str) -> list[Cell]:
        return [cell for cell in self.cells.values() if name in cell.uses]

    def _stacks(self) -> list[list[str]]:
        """For each column what stands in it from top to bottom; a passing line is `>` and the name it comes from."""
        stacks: list[list[str]] = [[] for _ in range(max(self.column.values()) + 1)]
        for name in self.cells:
            stacks[self.column[name]].append(name)
        for name in self.cells:
            last = max((self.column[each.name] for each in self._users(name)), default=0)
            for place in range(self.column[name] + 1, last):
                stacks[place].append(f">{name}")
        return stacks

    def _widen(self, stack: Sequence[str]) -> None:
        """Make everything in a column as wide as its widest."""
        known = [name for name in stack if name in self.texts]
        width = max((len(line) for name in known for line in self.texts[name]), default=0)
        for name in known:
            self.texts[name] = [
                line.ljust(width)
                if line[-1] not in _RIGHT_SIDE
                else f"{line[:-1].ljust(width - 1, _RIGHT_SIDE[line[-1]])}{line[-1]}"
                for line in self.texts[name]
            ]

    def _height(self, name: str) -> int:
        return len(self.texts[name]) if name in self.texts else 1

    def _middles(self) -> dict[tuple[int, str], int]:
        """The row on which lines leave and reach each thing; columns are centred on one another."""
        heights = [sum(self._height(name) for name in stack) for stack in self.stacks]
        middle = {}
        for place, stack in enumerate(self.stacks):
            row = (max(heights) - heights[place]) // 2
            for name in stack:
                middle[place, name] = row + (self._height(name) - 1) // 2
                row += self._height(name)
        self.total = max(heights)
        return middle

    def rows(self) -> list[str]:
        rows = [""] * self.total
        for place, stack in enumerate(self.stacks):
            width = max((len(line) for name in stack for line in self.texts.get(name, ("",))), default=0)
            filled = {}
            for name in stack:
                lines = self.texts.get(name, ["─" * width])
                top = self.middle[place, name] - (len(lines) - 1) // 2
                filled.update(
                    {top + n: line.ljust(width, "─" if name[0] == ">" else " ") for n, line in enumerate(lines)}
                )
            rows = [row + filled.get(n, " " * width) for n, row in enumerate(rows)]
            if place + 1 < len(self.stacks):
                rows = [row + gap for row, gap in zip(rows, self._gap(place), strict=True)]
        return [row.rstrip() for row in rows]

    def _gap(self, place: int) -> list[str]:
        """The lines from one column to the next: each source has a column of its own to turn in."""
        ways = [(start, ends) for name in self.stacks[place] for start, ends in self._way(place, name)]
        before, behind = self._slopes(place) if self.has_slopes else ({}, {})
        first, room = (max(map(len, texts.values()), default=0) for texts in (before, behind))
        width = first + len(ways) + 2 + room
        marks = [[0] * width for _ in range(self.total)]
        for turn, (start, ends) in enumerate(ways, start=first + 1):
            for x in range(turn):
                marks[start][x] |= _LEFT | _RIGHT
            low, high = min(start, *ends), max(start, *ends)
            marks[start][turn] |= _LEFT
            for y in range(low, high + 1):
                marks[y][turn] |= (_UP if y > low else 0) | (_DOWN if y < high else 0)
            for end in ends:
                marks[end][turn] |= _RIGHT
                for x in range(turn + 1, width):
                    marks[end][x] |= _LEFT | _RIGHT
        heads = {
            self.middle[place + 1, name]
            for name in self.stacks[place + 1]
            if name in self.cells and self.cells[name].uses
        }
        rows = ["".join(_LINES.get(mark, " ") for mark in row) for row in marks]
        for n, text in before.items():
            rows[n] = f"─{text}{rows[n][1 + len(text) :]}"
        for n, text in behind.items():
            rows[n] = f"{rows[n][: -1 - len(text)]}{text}{rows[n][-1]}"
        return [row[:-1] + "▸" if n in heads and row[-1] == "─" else row for n, row in enumerate(rows)]

    def _slopes(self, place: int) -> tuple[dict[int, str], dict[int, str]]:
        """By row, the slopes that stand where a line leaves its box, and those that stand where one arrives.

        A line that is its box's only one to arrive has its slope there; else it must be the only one to leave.
        """
        before: dict[int, str] = {}
        behind: dict[int, str] = {}
        for name in self.stacks[place + 1]:
            cell = self.cells.get(name)
            sources = [other for other in self.stacks[place] if cell and other.lstrip(">") in cell.uses]
            for source in sources:
                slope = f"×{_short(cell.slopes[cell.uses.index(source.lstrip('>'))])}─" if cell else ""
                if len(sources) == 1:
                    behind[self.middle[place + 1, name]] = f"─{slope}"
                elif all(len(ends) == 1 for _, ends in self._way(place, source)):
                    before[self.middle[place, source]] = slope
        return before, behind

    def _way(self, place: int, name: str) -> list[tuple[int, list[int]]]:
        source = name.lstrip(">")
        ends = [
            self.middle[place + 1, other]
            for other in self.stacks[place + 1]
            if other == f">{source}" or source in getattr(self.cells.get(other), "uses", ())
        ]
        return [(self.middle[place, name], ends)] if ends else []


def listing(cells: Sequence[Cell], *, with_gradients: bool) -> list[str]:
    """The same as plain rows, where there is no room for the graph, or where it is read out."""
    last = display_name(cells[-1].name) if cells else ""
    return [
        f"{display_name(cell.name)} = {_short(cell.value)}"
        + (f"   ∂{last}/∂{display_name(cell.name)} = {_short(cell.gradient)}" if with_gradients else "")
        for cell in cells
    ]


def _box(cell: Cell, manner: Manner) -> list[str]:
    """A given name on one row; a node in a frame, its value and, where wanted, its gradient."""
    name, slope = display_name(cell.name), f"∂{manner.behind_sign}{_short(cell.gradient)}"
    text = f"{name}{manner.equals}{_short(cell.value)}"
    if not cell.uses:
        if not manner.with_gradients:
            return [f"{text} "]
        return [f"{text} {slope} " if manner.with_given else f"{name} {slope} "]
    inside = [text, *([slope] if manner.with_gradients else [])]
    width = max(map(len, inside))
    return [f"╭{'─' * width}╮", *(f"│{line.ljust(width)}│" for line in inside), f"╰{'─' * width}╯"]


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if math.isfinite(value) else "?"
