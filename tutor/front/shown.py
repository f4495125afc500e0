"""Text and pictures as this terminal can show them: in ASCII where it must be, curves told apart by signs where no colour does.

Whoever writes for people passes what is written through here; what the terminal is like, `tutor.display` knows.
"""

from __future__ import annotations

from typing import Final, Protocol

from tutor import display

Cell = tuple[str, str]
"A character and the role that colours it."

SMALLEST: Final = (12, 5)
"Columns and rows below which no picture can be drawn."


class Scene(Protocol):
    """A picture at one size, step by step."""

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole of it at a step; one past the end of what it shows shows the end."""


CURVES: Final = {"curve-1": "*", "curve-2": "+", "curve-3": "x", "curve-4": "#", "ghost": "."}
"The sign of a curve by its role."

OTHER: Final = ":"
"The sign of the run that another is compared with, whose role is `other`: no colour is needed to tell the two apart."


def shown(text: str) -> str:
    """The text as this terminal can show it; before it is laid out, since it may grow longer."""
    if text.isascii() or not display.is_ascii():
        return text
    from tutor.front.ascii import spelt  # its tables are nothing that a start should wait for

    return spelt(text)


def drawn(cells: list[Cell]) -> list[Cell]:
    """A row of a picture as this terminal can show it, column for column."""
    return cells if display.has_colours() and not display.is_ascii() else signed(cells)


def signed(cells: list[Cell]) -> list[Cell]:
    """A row of a picture in which no colour is needed to tell curves apart."""
    if display.is_ascii():
        from tutor.front.ascii import ONE_FOR_ONE

        return [(CURVES.get(role, "*") if is_dots(sign) else sign.translate(ONE_FOR_ONE), role) for sign, role in cells]
    return [(CURVES.get(role, sign) if is_dots(sign) and role != "curve-1" else sign, role) for sign, role in cells]


def named(label: str, role: str) -> str:
    """What stands beside a curve: its name, with its sign where no colour says which it is."""
    is_signed = label and role in CURVES and (display.is_ascii() or not display.has_colours())
    return f"{CURVES[role]} {label}" if is_signed and (display.is_ascii() or role != "curve-1") else label


def is_dots(sign: str) -> bool:
    """Whether it is a cell of a curve."""
    return "⠁" <= sign <= "⣿"
