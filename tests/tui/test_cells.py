"""Only the cells that changed are sent, and the terminal shows the same as if all had been."""

from __future__ import annotations

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tutor.tui.cells import Cells, ChangedCells

WIDTH = 12
RED, BLUE = Style(color="red"), Style(color="blue")


def update(*segments: Segment) -> ChopsUpdate:
    """One row, as the compositor hands it over."""
    strip = Strip(segments).adjust_cell_length(WIDTH, None)
    return ChopsUpdate([{0: strip}], [(0, 0, WIDTH)], [[WIDTH]])


def sent(cells: Cells, *segments: Segment) -> str:
    return ChangedCells(update(*segments), cells).render_segments(Console(color_system="256"))


def row(written: str) -> list[tuple[str, str]]:
    screen = pyte.Screen(WIDTH, 1)
    pyte.Stream(screen).feed(written)
    return [(screen.buffer[0][x].data, screen.buffer[0][x].fg) for x in range(WIDTH)]


FRAMES = [
    ("one letter", [Segment("a cat", RED)], [Segment("a cot", RED)], "o"),
    ("only the colour", [Segment("a", RED), Segment("b", RED)], [Segment("a", RED), Segment("b", BLUE)], "b"),
    ("nothing", [Segment("a cat", RED)], [Segment("a ca", RED), Segment("t", RED)], ""),
    ("a wide sign comes", [Segment("abcd", RED)], [Segment("a漢d", RED)], "漢"),
    ("a wide sign goes", [Segment("a漢d", RED)], [Segment("abcd", RED)], "bc"),
    ("two places", [Segment("abcdefg", RED)], [Segment("Xbcdefg", RED), Segment("Y", RED)], "XY"),
]


@pytest.mark.parametrize(("what", "before", "after", "letters"), FRAMES, ids=[each[0] for each in FRAMES])
def test_what_is_sent_for_the_second_frame(
    what: str, before: list[Segment], after: list[Segment], letters: str
) -> None:
    cells = Cells()
    first, second = sent(cells, *before), sent(cells, *after)
    printed = pyte.Screen(WIDTH, 1)
    pyte.Stream(printed).feed(second)
    assert printed.display[0].replace(" ", "") == letters
    assert row(first + second) == row(sent(Cells(), *after))


def test_all_is_sent_again_once_it_was_forgotten() -> None:
    cells = Cells()
    first = sent(cells, Segment("a cat", RED))
    assert sent(cells, Segment("a cat", RED)) == ""
    cells.forget()
    assert sent(cells, Segment("a cat", RED)) == first
