"""What is said of an answer: the word for how it was judged, and the sentence beneath it. Plain text, no colour."""

from __future__ import annotations

from typing import Final

from tutor.marking.verdict import RIGHT, Difference, Outcome, Verdict
from tutor.words import tr

WORDS: Final = {
    Outcome.CORRECT: tr("✓ Right"),
    Outcome.ON_THE_WAY: tr("✓ Right so far"),
    Outcome.INCORRECT: tr("✗ Not yet"),
    Outcome.WRONG_FORM: tr("≈ Equal, but not in the form asked for"),
    Outcome.UNREADABLE: tr("○ Not read, and not counted"),
    Outcome.UNDECIDED: tr("○ Not decided, and not counted"),
}
"A mark and a word, so that neither needs a colour."

END_OF_STEPS: Final = tr("That is the answer.")


def sentence(verdict: Verdict) -> str:
    """What is said beneath the word: the message, and where the answer parts from the right one."""
    # The word says it already.
    told = "" if verdict.message == RIGHT else verdict.message
    if verdict.difference is not None and verdict.difference.yours not in told:
        told = f"{told} {difference_sentence(verdict.difference)}".strip()
    return told


def difference_sentence(difference: Difference) -> str:
    """Where a wrong answer and the right one part: `At x = 2 yours gives 5; the right answer gives 12.`"""
    if not difference.at:
        return tr("Yours is {yours}.", yours=difference.yours)
    at = ", ".join(f"{name} = {value}" for name, value in difference.at.items())
    return tr(
        "At {at} yours gives {yours}; the right answer gives {right}.",
        at=at,
        yours=difference.yours,
        right=difference.right,
    )
