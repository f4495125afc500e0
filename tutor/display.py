"""What the learner's terminal can show: screens or only lines, all of Unicode or only ASCII; and what was asked for instead.

Asked once, by whoever is about to write; the answer holds for the whole process. A size that changes is `tutor.tui`'s affair.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

from tutor.terminals import Kind, colours, kind
from tutor.words import tr

PLAIN, ASCII, NO_ASCII = "--plain", "--ascii", "--no-ascii"
WISHES: Final = (PLAIN, ASCII, NO_ASCII)
"Words of the command line that say how things are shown."

SETTING: Final = "TUTOR_ASCII"
"The variable that stands for `--ascii` (`1`, `yes`) or `--no-ascii` (`0`, `no`)."

SMALLEST: Final = (40, 12)
"Columns and rows that the screens need; on fewer they are not begun."

ROOMY: Final = (60, 20)
"Columns and rows from which on nothing is cramped."

NARROW: Final = 56
"Columns of a screen below which less is said of the same things."

NARROWEST: Final = 20
"Characters of a printed line, however few fit."

_wished: set[str] = set()


def take(words: Sequence[str]) -> list[str]:
    """The words without the wishes among them, which are remembered in the place of any before."""
    forget()
    _wished.update(word for word in words if word in WISHES)
    return [word for word in words if word not in WISHES]


def forget() -> None:
    """Wish for nothing, and look anew."""
    _wished.clear()
    is_plain.cache_clear()
    is_ascii.cache_clear()
    has_colours.cache_clear()


@cache
def is_plain() -> bool:
    """Whether the learner gets lines of text: asked for, or because the terminal cannot place its cursor or is too small."""
    if PLAIN in _wished:
        return True
    return _is_terminal() and (not _kind().places_cursor or bool(too_small()))


def size() -> tuple[int, int] | None:
    """Columns and rows of the terminal that is written to; None where there is none, or it does not know."""
    try:
        columns, rows = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ is not None else 1)
    except (OSError, ValueError):
        return None
    return (columns, rows) if columns and rows else None  # a serial line says 0


def width(most: int = sys.maxsize) -> int:
    """Characters that a printed line may have: all that fit but one, since some terminals begin a new line with the last.

    Args:
        most: more are not wanted.
    """
    return max(NARROWEST, min(most, shutil.get_terminal_size().columns - 1))


def believe_the_terminal() -> None:
    """Forget an exported size, which Python, argparse and Textual would take for that of a terminal that knows its own."""
    if size() is not None:
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


def too_small() -> str:
    """What is said of a terminal that no screen has room on; empty for any other."""
    columns, rows = size() or SMALLEST
    if columns >= SMALLEST[0] and rows >= SMALLEST[1]:
        return ""
    return tr(
        "This terminal has {columns} columns and {rows} rows; the screens need {wide} columns and {high} rows, "
        "so here are lines instead.",
        columns=columns,
        rows=rows,
        wide=SMALLEST[0],
        high=SMALLEST[1],
    )


@cache
def is_ascii() -> bool:
    """Whether nothing but ASCII may be written: asked for, or because other signs would not be seen as they are."""
    asked = ascii_asked()
    if asked is not None:
        return asked
    if not _encodes_all():
        return True
    locale = locale_name()
    if not _is_terminal():
        return bool(locale) and not is_utf8(locale)  # without one nobody has said what a pipe or a file takes
    return not is_utf8(locale) or not _kind().has_signs


def ascii_asked() -> bool | None:
    """Whether ASCII alone was asked for, on the command line or else by the variable; None where that is left open."""
    if {ASCII, NO_ASCII} & _wished:
        return ASCII in _wished
    setting = os.environ.get(SETTING, "").lower()
    return {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}.get(setting)


@cache
def has_colours() -> bool:
    """Whether a colour can be told from another."""
    return colours(os.environ) > 0


def is_utf8(locale: str) -> bool:
    """Whether a locale writes UTF-8.

    >>> is_utf8("en_US.UTF-8"), is_utf8("C.utf8"), is_utf8("C"), is_utf8("en_US.ISO-8859-1"), is_utf8("")
    (True, True, False, False, False)
    """
    return locale.lower().replace("-", "").partition("@")[0].endswith("utf8")


def locale_name() -> str:
    """The locale of characters as the process was given it: of C, Python makes a UTF-8 one before anybody looks (PEP 538)."""
    given = given_environment()
    return given.get("LC_ALL") or given.get("LC_CTYPE") or given.get("LANG") or ""


def given_environment() -> dict[str, str]:
    """The environment that the process began with, where the system tells it."""
    try:
        with open("/proc/self/environ", "rb") as file:
            pairs = [entry.partition(b"=") for entry in file.read().split(b"\0")]
    except OSError:
        return dict(os.environ)
    return {os.fsdecode(name): os.fsdecode(value) for name, equals, value in pairs if equals}


def _kind() -> Kind:
    return kind(os.environ.get("TERM", ""))


def _is_terminal() -> bool:
    return sys.__stdout__ is not None and sys.__stdout__.isatty()


def _encodes_all() -> bool:
    encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"
    return encoding.lower().replace("-", "") == "utf8"
