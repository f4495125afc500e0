"""What is said of a terminal that is too small for the screens, until it is larger again, or only cramped, once."""

from __future__ import annotations

from rich.control import Control
from rich.segment import Segment, Segments

from tutor.display import ROOMY, SMALLEST
from tutor.front.words import wrapped
from tutor.words import tr


def is_small(columns: int, rows: int) -> bool:
    """Whether no screen has room there."""
    return columns < SMALLEST[0] or rows < SMALLEST[1]


def is_cramped(columns: int, rows: int) -> bool:
    """Whether some of what a screen shows has to be scrolled or left out there."""
    return columns < ROOMY[0] or rows < ROOMY[1]


def room_wanted() -> str:
    """What is said of a cramped terminal: how large it had better be, and what needs no room."""
    wide, high = ROOMY
    return tr("Everything needs {wide}x{high} or more; tutor --plain reads as lines.", wide=wide, high=high)


def words(columns: int, rows: int) -> list[str]:
    """The lines that say what is needed, at most `rows` of at most `columns` characters.

    >>> words(12, 1)
    ['40x12 needed']
    """
    wide, high = SMALLEST
    needs = tr("The screens need {wide} columns and {high} rows.", wide=wide, high=high)
    has = tr("This terminal has {columns} columns and {rows} rows.", columns=columns, rows=rows)
    asks = tr("Make it larger to go on; nothing is lost.")
    shorter = tr("{wide}x{high} needed", wide=wide, high=high)
    for said in (f"{has} {needs} {asks}", f"{needs} {asks}", needs, shorter):
        lines = wrapped(said, columns)
        if len(lines) <= rows:
            return lines
    return [shorter[:columns]]


def notice(columns: int, rows: int) -> Segments:
    """These lines on an empty terminal."""
    written = [Control.clear().segment]
    for row, line in enumerate(words(columns, rows)):
        written += [Control.move_to(0, row).segment, Segment(line)]
    return Segments(written)
