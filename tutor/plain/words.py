"""The words that a learner can write instead of an answer, and what is said of them."""

from __future__ import annotations

from typing import Final

from tutor.nearest import nearest
from tutor.words import tr

HELP: Final = {
    "hint": tr("one more hint"),
    "solution": tr("the solution, after a hint or two tries"),
    "steps": tr("the way to it, one line at a time"),
    "watch": tr("the run that was asked about"),
    "another": tr("another exercise like the one just done"),
    "next": tr("one step on, past an exercise too"),
    "back": tr("one step back"),
    "open": tr("at the end: the first exercise still open"),
    "again": tr("say it once more"),
    "pictures": tr("draw pictures, or leave them out"),
    "home": tr("the list of lessons; your place is kept"),
    "quit": tr("leave; nothing is lost"),
    "help": tr("this list"),
}
"What a lesson understands. No answer is one of these words; a line that begins with = is always an answer."

TYPING: Final = tr(
    "Powers: 3x^2. Products: 2xy or 2*x*y. Brackets around what is above or below: (x+1)/(2y). "
    "Also sqrt(x), e^x, ln(x), sin(x), cos(x), tanh(x), sigmoid(x), |x|, pi, and names such as w1. "
    "A gradient is its partials in brackets: (2x, 3)."
)

LEAVE: Final = frozenset({"quit", "exit", "bye"})
_SAME: Final = {
    "?": "help",
    "skip": "next",
    "n": "next",
    "p": "back",
    "previous": "back",
    "repeat": "again",
    "step": "steps",
    "run": "watch",
    "exit": "quit",
    "bye": "quit",
}


def word_of(line: str, *, is_answering: bool) -> str:
    """The word of a line that is one; empty where it is an answer.

    Args:
        is_answering: whether a line may be an answer, so that a single letter is one.
    """
    written = line.lower()
    if is_answering and len(written) == 1 and written != "?":
        return ""
    word = _SAME.get(written, written)
    return word if word in HELP else ""


def unknown(line: str) -> str:
    """What is said of a line that is no word where only a word is expected."""
    return tr(
        "“{line}” is not a word that works here. {nearest} help tells all of them.",
        line=line[:40],
        nearest=nearest(line.lower(), tuple(HELP)),
    )
