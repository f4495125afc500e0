"""Only the cells that changed are sent, and the terminal shows the same as if all had been."""

from __future__ import annotations

import random

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tutor.tui.cells import Cells, ChangedCells, strips_of

WIDTH = 12
RED, BLUE = Style(color="red"), Style(color="blue")


def update(*segments: Segment) -> ChopsUpdate:
    """One row, as the compositor hands it over."""
    strip = Strip(segments).adjust_cell_length(WIDTH, None)
    return ChopsUpdate([{0: strip}], [(0, 0, WIDTH)], [[WIDTH]])


def sent(cells: Cells, *segments: Segment) -> str:
    return ChangedCells(strips_of(update(*segments)), cells).render_segments(Console(color_system="256"))


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


STYLES = [
    None,
    Style(color="red"),
    Style(color="red", bold=True),
    Style(color="red", bgcolor="blue"),
    Style(color="#87afd7", bgcolor="#1c1c1c"),
    Style(color="#87afd7", bgcolor="#1c1c1c", bold=True, italic=True),
    Style(bgcolor="blue", reverse=True),
    Style(color="bright_green", bgcolor="bright_black", underline=True),
    Style(bold=True, dim=True),
]


@pytest.mark.parametrize("colours", ["standard", "256", "truecolor"])
def test_a_pen_that_says_only_what_differs_draws_what_saying_everything_does(colours: str) -> None:
    console = Console(color_system=colours)
    for first in STYLES:
        for second in STYLES:
            segments = [Segment("ab", first), Segment("cd", second), Segment("ef", first)]
            written = ChangedCells(strips_of(update(*segments)), Cells()).render_segments(console)
            whole = "".join(
                Strip.render_style(style, text, color_system=console._color_system) if style else text
                for text, style, _ in segments
            )
            assert drawn(written) == drawn(whole), (first, second)
            assert len(written) <= len(whole) + WIDTH + 10


def drawn(written: str) -> list[object]:
    screen = pyte.Screen(WIDTH, 1)
    pyte.Stream(screen).feed(written + "\x1b[1;12HX")  # whatever comes next finds no colour left over
    return [screen.buffer[0][x] for x in range(WIDTH)]


def test_between_two_places_of_a_row_the_cursor_goes_the_short_way() -> None:
    cells = Cells()
    sent(cells, Segment("abcdefghij", RED))
    assert sent(cells, Segment("aXcdefghYj", RED)).count("\x1b[6C") == 1


@pytest.mark.parametrize(("width", "rows"), [(20, 6), (3, 3)])
def test_wherever_the_changes_are_the_cursor_finds_them(width: int, rows: int) -> None:
    numbers = random.Random(width)
    console = Console(color_system="256", width=width, height=rows)
    cells = Cells()
    shown, whole = pyte.Screen(width, rows), [[" "] * width for _ in range(rows)]
    stream = pyte.Stream(shown)
    stream.feed("\x1b[?7l")
    for _ in range(200):
        for _ in range(numbers.randint(0, 6)):
            whole[numbers.randrange(rows)][numbers.randrange(width)] = numbers.choice("ab⠁漢")
        lines = ["".join(row) for row in whole]
        strips = [Strip([Segment(line, RED)]).adjust_cell_length(width, None) for line in lines]
        frame = ChopsUpdate([{0: strip} for strip in strips], [(y, 0, width) for y in range(rows)], [[width]] * rows)
        stream.feed(ChangedCells(strips_of(frame), cells).render_segments(console))
        assert [row.rstrip() for row in shown.display] == [strip.text.rstrip() for strip in strips]
