"""Which exercises are too easy, too hard, or divide the class badly: classical item analysis. Pure.

An exercise scores 1 for a learner whose first attempt was right, before any hint and before the solution; otherwise 0.
Later tries don't count: nearly everybody is right in the end, and that tells exercises from one another no more.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tutor.words import tr

Asked = tuple[str, str]
"The ids of a lesson and of an exercise in it."

FEWEST = 10
"Learners from whom on an exercise is judged; chance alone moves a correlation among 10 by ± 0.33."

TOO_EASY = 0.9
TOO_HARD = 0.3
LEAST_DISCRIMINATION = 0.2
"Under it an item is poor, by Ebel, Essentials of Educational Measurement (1972); and it must be so beyond chance."

DIVIDES_BADLY, TOO_HARD_SAID, TOO_EASY_SAID = "divides badly", "too hard", "too easy"
REMARKS = {DIVIDES_BADLY: tr("divides badly"), TOO_HARD_SAID: tr("too hard"), TOO_EASY_SAID: tr("too easy"), "": ""}
"Each remark as it is told; programs read the key."
_ORDER = (DIVIDES_BADLY, TOO_HARD_SAID, TOO_EASY_SAID, "")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """How one exercise did in the class."""

    lesson: str
    exercise: str
    learners: int
    "Those who tried it."
    first_right: float
    "The difficulty p: the share of them whose first attempt was right, from 0 to 1."
    discrimination: float | None
    "As `discrimination` gives it."
    remark: str
    "`too easy`, `too hard`, `divides badly`, or nothing."

    @property
    def urgency(self) -> tuple[int, float]:
        """By which the exercises are sorted that a teacher should look at: what fails the able first, what is too easy last."""
        return _ORDER.index(self.remark), self.first_right if self.discrimination is None else self.discrimination


def items(asked: Sequence[Asked], scores: Iterable[Mapping[int, int]]) -> tuple[Item, ...]:
    """The exercises that somebody tried, in the order given.

    Args:
        asked: every exercise that counts.
        scores: of each learner, by the exercise's place in `asked`.
    """
    right: list[list[int]] = [[] for _ in asked]
    rest: list[list[float | None]] = [[] for _ in asked]
    for mine in scores:
        others, total = len(mine) - 1, sum(mine.values())
        for place, score in mine.items():
            right[place].append(score)
            rest[place].append((total - score) / others if others else None)
    return tuple(_item(*each) for each in zip(asked, right, rest, strict=True) if each[1])


def discrimination(right: Sequence[int], rest: Sequence[float]) -> float | None:
    """The point-biserial correlation of an item with the rest of the test, from -1 to 1.

    r = (M1 - M0) / s * sqrt(p q), where M1 and M0 are the mean rest scores of those right and those wrong, s is the
    standard deviation of all rest scores (divided by n), p is the share who are right and q = 1 - p (Lord and Novick,
    Statistical Theories of Mental Test Scores, 1968). It is Pearson's correlation, and computed as that.
    The rest score leaves the item out, which would otherwise agree with itself (Henrysson, Psychometrika 28, 1963).

    Args:
        right: 0 or 1 for each learner, shape (n,).
        rest: the share right of the learner's other exercises, 0 to 1, shape (n,). A share, since not all try the same.
    Returns:
        Nothing where it has no value: fewer than 2 learners, or all alike in either.

    >>> discrimination([0, 0, 1, 1], [0.0, 0.0, 1.0, 1.0]), discrimination([1, 1], [0.2, 0.6])
    (1.0, None)
    """
    if len(set(right)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation(right, rest)


def _item(which: Asked, right: Sequence[int], rest: Sequence[float | None]) -> Item:
    p = sum(right) / len(right)
    compared = [(score, share) for score, share in zip(right, rest, strict=True) if share is not None]
    r = discrimination([score for score, _ in compared], [share for _, share in compared])
    lesson, exercise = which
    return Item(
        lesson=lesson,
        exercise=exercise,
        learners=len(right),
        first_right=p,
        discrimination=r,
        remark=_remark(p, r, len(compared)) if len(right) >= FEWEST else "",
    )


def _remark(p: float, r: float | None, learners: int) -> str:
    if p > TOO_EASY:
        return TOO_EASY_SAID
    if p < TOO_HARD:
        return TOO_HARD_SAID
    # Among n who only guess, r is spread by 1 / sqrt(n - 1); of a class of 24, half the good items would be called bad.
    return DIVIDES_BADLY if r is not None and r + (learners - 1) ** -0.5 < LEAST_DISCRIMINATION else ""
