"""What kinds of terminals can do, by their names: the one table that is asked by all who draw and by `tutor doctor`.

A kind that nobody has described is taken to do everything, unless the system's own description (terminfo) says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Kind(NamedTuple):
    """What terminals of a kind can do."""

    places_cursor: bool = True
    "Whether it writes anywhere on its screen when asked as ANSI asks, which is the only way that the screens know."
    has_signs: bool = True
    "Whether it has signs for braille, boxes and mathematics."
    colours: int | None = None
    "None where the rest of its name, or COLORTERM, says."


_ANYTHING: Final = Kind()
_PAPER: Final = Kind(places_cursor=False, has_signs=False, colours=0)

_KINDS: Final = {
    **dict.fromkeys(("dumb", "unknown"), _PAPER),
    # These do place their cursors, in ways of their own.
    **dict.fromkeys(("vt52", "adm", "hp", "tvi", "wy30", "wy50", "wy60"), _PAPER),
    "vt": Kind(has_signs=False, colours=0),
    "linux": Kind(has_signs=False, colours=16),
    "cons": Kind(has_signs=False, colours=16),
    "ansi": Kind(has_signs=False, colours=8),
    "sun": Kind(has_signs=False, colours=0),
    "wy": Kind(has_signs=False, colours=0),
    **dict.fromkeys(("xterm", "screen", "tmux", "rxvt", "alacritty", "kitty", "foot"), _ANYTHING),
}
"By the beginning of a name; the first that fits."

_LOOKED_UP: Final = ("wy", "")
"Of these some place their cursor as ANSI does, and terminfo knows which: the rest of Wyse's, and those that have no row."


def kind(term: str) -> Kind:
    """What a terminal with this name can do.

    >>> kind("vt100").colours, kind("linux").has_signs, kind("xterm-256color") == Kind(), kind("").places_cursor
    (0, False, True, False)
    """
    if not term:
        return _PAPER
    name = next((name for name in _KINDS if term.startswith(name)), "")
    known = _KINDS.get(name, _ANYTHING)
    return known if name not in _LOOKED_UP or _moves_as_ansi(term) else _PAPER


def colours(variables: Mapping[str, str]) -> int:
    """How many a terminal has, from what it says of itself.

    >>> [colours({"TERM": term}) for term in ("screen-256color", "linux", "xterm", "vt100", "dumb", "")]
    [256, 16, 16, 0, 0, 0]
    """
    term = variables.get("TERM", "")
    if variables.get("NO_COLOR"):
        return 0
    known = kind(term).colours
    if known is not None:
        return known
    if variables.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 2**24
    return 256 if term.endswith("256color") or "kitty" in term else 16


def _moves_as_ansi(term: str) -> bool:
    """Whether the system's description of a terminal has its cursor placed as ANSI does; true where it has none."""
    try:
        import curses
    except ImportError:
        return True
    try:
        curses.setupterm(term, 1)
        places = curses.tigetstr("cup")
    except curses.error:
        return True
    return places is not None and places.startswith(b"\x1b[")
