"""What the learner's terminal can show: screens or only lines, all of Unicode or only ASCII; and what was asked for instead.

Asked once, by whoever is about to write; the answer holds for the whole process. A size that changes is `tutor.tui`'s affair.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

from tutor.words import tr

PLAIN, ASCII, NO_ASCII = "--plain", "--ascii", "--no-ascii"
WISHES: Final = (PLAIN, ASCII, NO_ASCII)
"Words of the command line that say how things are shown."

SETTING: Final = "TUTOR_ASCII"
"The variable that stands for `--ascii` (`1`, `yes`) or `--no-ascii` (`0`, `no`)."

SMALLEST: Final = (40, 12)
"Columns and rows that the screens need."

_HAVE_CURSOR: Final = ("xterm", "screen", "tmux", "linux", "vt", "rxvt", "ansi", "alacritty", "kitty", "foot")
"Beginnings of terminals that are known to place their cursor, so that no file need be read."

_ASCII_TERMINALS: Final = ("linux", "vt", "ansi", "dumb", "unknown", "cons", "sun", "wy")
"Beginnings of terminals without a sign for braille; most have none for mathematics either."

_ONE_COLOUR: Final = ("vt1", "vt2", "vt3", "dumb", "unknown")
"Beginnings of terminals that have one."

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
    return _is_terminal() and (not can_place_cursor(os.environ.get("TERM", "")) or bool(too_small()))


def too_small() -> str:
    """What is said of a terminal that no screen has room on; empty for any other."""
    try:
        columns, rows = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ is not None else 1)
    except OSError:
        return ""
    if not columns or not rows or (columns >= SMALLEST[0] and rows >= SMALLEST[1]):
        return ""  # one that does not know its size says 0
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
    if ASCII in _wished:
        return True
    setting = os.environ.get(SETTING, "").lower()
    if NO_ASCII in _wished or setting in ("0", "no", "false"):
        return False
    if setting in ("1", "yes", "true") or not _encodes_all():
        return True
    return _is_terminal() and (
        not is_utf8(locale_name()) or os.environ.get("TERM", "dumb").startswith(_ASCII_TERMINALS)
    )


@cache
def has_colours() -> bool:
    """Whether a colour can be told from another."""
    return not os.environ.get("NO_COLOR") and not os.environ.get("TERM", "dumb").startswith(_ONE_COLOUR)


def can_place_cursor(term: str) -> bool:
    """Whether a kind of terminal can write anywhere on its screen; one that nobody has described is taken to."""
    if term in ("", "dumb", "unknown"):
        return False
    if term.startswith(_HAVE_CURSOR):
        return True
    try:
        import curses
    except ImportError:
        return True
    try:
        curses.setupterm(term, 1)
        return curses.tigetstr("cup") is not None
    except curses.error:
        return True


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


def _is_terminal() -> bool:
    return sys.__stdout__ is not None and sys.__stdout__.isatty()


def _encodes_all() -> bool:
    encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"
    return encoding.lower().replace("-", "") == "utf8"
