"""What answers say of how an exercise went: its sittings, each graded by the checker and by the help taken. Pure.

A sitting is one exercise in one variant, from the first thing done on it to the right answer or to the last try. Nobody
grades himself or herself: who cannot tell a sign lost from a rule not known presses the wrong button.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

import msgspec

from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer, moment


class Grade(Enum):
    """How an exercise went; the values are those of FSRS."""

    AGAIN = 1
    "Not answered rightly, answered with much help, or copied from the solution."
    HARD = 2
    "Right after one hint, or after one wrong try."
    GOOD = 3
    "Right at once. Whether it was easy besides, no answer says: seconds are as much about typing."


HARD_HELP = 1
"Hints and wrong tries with which a right answer is still `HARD`."

PAUSE = timedelta(hours=12)
"After so long a sitting is another one, and the one before was left without a right answer."

Key = tuple[str, str]
"The ids of a lesson and of an exercise in it."


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise as it went once."""

    key: Key
    seed: int | None
    at: datetime
    "When it was answered rightly, or tried last; in UTC."
    grade: Grade
    is_right: bool
    "Whether it ended with the right answer, however that came about."


def sittings(answers: Iterable[Answer]) -> list[Sitting]:
    """Every exercise that was tried, each time it was, in the order in which they ended.

    By the times of the answers, so that two machines' journals say the same whichever was merged into the other. One whose
    time says nothing is passed over, as is an exercise of which only a hint was read.
    """
    going: dict[Key, _Going] = {}
    over: list[Sitting] = []
    timed = [(time, answer) for answer in answers if (time := moment(answer.at)) is not None]
    for at, answer in sorted(timed, key=lambda pair: pair[0]):
        key = (answer.lesson, answer.exercise)
        begun = going.get(key)
        if begun is not None and (begun.seed != answer.seed or at - begun.at > PAUSE):
            over += begun.ended(key)
            begun = None
        begun = begun or _Going(answer.seed, at)
        going[key] = begun
        begun.take(answer, at)
        if begun.is_right:
            over += going.pop(key).ended(key)
    over += [sitting for key, begun in going.items() for sitting in begun.ended(key)]
    return sorted(over, key=lambda sitting: sitting.at)


class _Going:
    """A sitting that is not over yet."""

    def __init__(self, seed: int | None, at: datetime) -> None:
        self.seed = seed
        self.at = at
        self.is_right = False
        self._wrong: set[str] = set()
        self._hints = 0
        self._is_shown = False

    def take(self, answer: Answer, at: datetime) -> None:
        self.at = at
        self._hints = max(self._hints, answer.hints)
        self._is_shown = self._is_shown or answer.solution_shown
        self.is_right = answer.verdict is Outcome.CORRECT
        if answer.verdict is Outcome.INCORRECT:
            self._wrong.add(answer.text.strip())

    def ended(self, key: Key) -> list[Sitting]:
        """The sitting, if it says anything."""
        if not (self.is_right or self._wrong or self._is_shown):
            return []
        return [Sitting(key=key, seed=self.seed, at=self.at, grade=self._grade(), is_right=self.is_right)]

    def _grade(self) -> Grade:
        help_taken = self._hints + len(self._wrong)
        if not self.is_right or self._is_shown or help_taken > HARD_HELP:
            return Grade.AGAIN
        return Grade.HARD if help_taken else Grade.GOOD
