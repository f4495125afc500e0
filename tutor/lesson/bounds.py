"""How much a lesson file may hold, many times more than a lesson needs, and which characters may not be in it.

A lesson may come from anybody. Within these bounds every file is read, checked and shown in a few seconds at most.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tutor.words import tr

BYTES_AT_MOST: Final = 250_000
"In a file; the longest lesson of the course has 27 000."
DEPTH_AT_MOST: Final = 20
"Lists and mappings inside each other; a lesson needs seven."
VALUES_AT_MOST: Final = 20_000
"Texts, lists and mappings in a file; the longest lesson has 1 300."
PARTS_AT_MOST: Final = 500
"In one list, or keys in one mapping; the longest has 40."
CHARACTERS_AT_MOST: Final = 10_000
"In one text; the longest has 520."
SEEDS_AT_MOST: Final = 50
"Frozen variants of one exercise: each is proved by itself."
PROBLEMS_AT_MOST: Final = 100
"Told of one file; whoever has more mends these first."

# Whatever a terminal could take for a command, and the line breaks that only YAML knows.
_CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff"
# What shows nothing or turns the words behind it round, so that a reader sees another text than the program; but neither
# the two joiners (U+200C, U+200D), which some scripts need, nor what chooses between two forms of a sign.
_UNSEEN: Final = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
MARKS_AT_MOST: Final = 4
"On one letter; with hundreds of them a letter reaches over the lines around it."
_FORBIDDEN: Final = re.compile(f"(?P<sign>[{_CONTROL}{_UNSEEN}])|[{_MARKS}]{{{MARKS_AT_MOST + 1},}}")


class Hidden(NamedTuple):
    """Something in a text that nobody sees as it is."""

    at: int
    "Offset in the text, from 0."
    what: str
    do: str


def find_hidden(text: str) -> Hidden | None:
    """The first such place in a text."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    if found["sign"] is None:
        what = tr("More than {marks_at_most} marks are stacked on one letter here.", marks_at_most=MARKS_AT_MOST)
        return Hidden(found.start(), what, tr("Delete them, and type the letter anew."))
    what = tr("There is an invisible control character here (U+{code:04X}).", code=ord(found["sign"]))
    return Hidden(found.start(), what, tr("Delete it, and type the words around it anew."))


def without_hidden(text: str) -> str:
    """The text without all of these."""
    return _FORBIDDEN.sub("", text)
