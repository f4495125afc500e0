"""What is said of an answer: the one record that marking returns and everything else shows, stores or prints."""

import re
from enum import Enum
from typing import Final

import msgspec

from tutor.words import tr

RIGHT: Final = tr("Right.")
"What is said where no more need be said."


class Outcome(Enum):
    """How an answer was judged, in the words that `tutor grade` prints."""

    CORRECT = "correct"
    ON_THE_WAY = "on-the-way"
    "A right line with more to come: no attempt, and not yet the end of the exercise."
    INCORRECT = "incorrect"
    WRONG_FORM = "wrong-form"
    "Equal, but not in the form asked for: a nudge, not an attempt."
    UNREADABLE = "unreadable"
    "Not an attempt."
    UNDECIDED = "undecided"
    "Too slow, or the exercise is broken: never blamed on the learner."

    @property
    def is_right(self) -> bool:
        """Whether what was typed is right, be it all that was asked for or a line on the way there."""
        return self in (Outcome.CORRECT, Outcome.ON_THE_WAY)

    @property
    def is_attempt(self) -> bool:
        """Whether it counts among the learner's tries."""
        return self in (Outcome.CORRECT, Outcome.INCORRECT)

    @classmethod
    def _missing_(cls, value: object) -> "Outcome | None":
        """A verdict that a later tutor invented: kept as it is, so that no machine on the way alters it, and counted as nothing.

        >>> Outcome("brand-new").value, Outcome("brand-new").is_attempt, Outcome("brand-new") is Outcome("brand-new")
        ('brand-new', False, True)
        """
        if not (isinstance(value, str) and re.fullmatch("[a-z-]{1,40}", value)):
            return None
        later = object.__new__(cls)
        later._name_, later._value_ = value, value
        cls._value2member_map_[value] = later
        return later


class Difference(msgspec.Struct, frozen=True):
    """A point where a wrong answer and the right one part, as text ready to be shown."""

    at: dict[str, str]
    "Variable to value, in the exercise's order; empty for plain numbers."
    yours: str
    right: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement of one typed answer."""

    outcome: Outcome
    message: str
    "One or two plain sentences to the learner; never markup."
    column: int | None = None
    "For an unreadable answer: where it stops making sense, counted from 0 in the text as typed."
    slips: tuple[str, ...] = ()
    "Ids from the registry of mistakes that explain the answer, likeliest first; of an unreadable one at most another letter."
    difference: Difference | None = None
    next_line: int | None = None
    "For an answer on the way: the line to write now, counted from 0; after a mistake carried along, the one to mend."
    decided_by: str
    "`reading`, `exact`, `probes`, `symbolic`, `form`, `choice`, `deadline` or `fault`."
    ms: float = 0.0
    "Milliseconds that marking took in the engine."


def undecided(message: str, decided_by: str = "fault") -> Verdict:
    """A verdict that counts for nothing."""
    return Verdict(outcome=Outcome.UNDECIDED, message=message, decided_by=decided_by)
