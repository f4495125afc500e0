"""How much a lesson file may hold, many times more than a lesson needs, and which characters may not be in it.

A lesson may come from anybody. Within these bounds every file is read, checked and shown in a few seconds at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple
from unicodedata import category

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
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
MARKS_AT_MOST: Final = 4
"On one letter; with hundreds of them a letter reaches over the lines around it."
_FORBIDDEN: Final = re.compile(f"[{_CONTROL}{_UNSEEN}]")
_WITHOUT_WIDTH: Final = ("Mn", "Me", "Cf")
"Unicode's categories of them."
_FOREIGN: Final = re.compile(rf"[^\x00-\u02ff]{{{MARKS_AT_MOST + 1},}}")
"Where marks may be stacked: no mark is of Latin."


class Hidden(NamedTuple):
    """Something in a text that nobody sees as it is."""

    at: int
    "Offset in the text, from 0."
    what: str
    do: str


def find_hidden(text: str) -> Hidden | None:
    """The first such place in a text."""
    if found := _FORBIDDEN.search(text):
        what = tr("There is an invisible control character here (U+{code:04X}).", code=ord(found[0]))
        return Hidden(found.start(), what, tr("Delete it, and type the words around it anew."))
    for start, end in _towers(text):
        if end - start > MARKS_AT_MOST:
            what = tr("More than {marks_at_most} marks are stacked on one letter here.", marks_at_most=MARKS_AT_MOST)
            return Hidden(start, what, tr("Delete them, and type the letter anew."))
    return None


def without_hidden(text: str) -> str:
    """The text without all of these."""
    text = _FORBIDDEN.sub("", text)
    for start, end in reversed([*_towers(text)]):
        if end - start > MARKS_AT_MOST:
            text = text[:start] + text[end:]
    return text


def _towers(text: str) -> Iterator[tuple[int, int]]:
    """Where signs without a width of their own follow each other: marks, joiners, and what chooses a form."""
    for run in _FOREIGN.finditer(text):
        for is_mark, signs in groupby(range(*run.span()), key=lambda at: category(text[at]) in _WITHOUT_WIDTH):
            if is_mark:
                places = list(signs)
                yield places[0], places[-1] + 1
