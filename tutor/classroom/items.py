"""Which exercises are too easy, too hard, or divide the class badly: classical item analysis. Pure.

An exercise scores 1 for a learner whose first attempt was right, before any hint and before the solution; otherwise 0.
Later tries don't count: nearly everybody is right in the end, and that tells exercises from one another no more.
"""

import statistics
from collections.abc import Mapping, Sequence

import msgspec

from tutor.classroom.tally import LearnerTally

Asked = tuple[str, str]
"The ids of a lesson and of an exercise in it."

_Try = tuple[int, float | None]
"A learner's score in an exercise, and the share right of the other exercises that he or she tried, if any."

FEWEST = 10
"Learners from whom on an exercise is judged; chance alone moves a correlation among 10 by ± 0.33."

TOO_EASY = 0.9
TOO_HARD = 0.3
LEAST_DISCRIMINATION = 0.2
"Under it an item is poor, by Ebel, Essentials of Educational Measurement (1972)."


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


def first_attempts(learner: LearnerTally) -> dict[Asked, int]:
    """The score, 0 or 1, of each exercise that a learner tried."""
    return {(each.lesson, each.exercise): each.first for each in learner.exercises if each.first is not None}


def items(asked: Sequence[Asked], scores: Sequence[Mapping[Asked, int]]) -> tuple[Item, ...]:
    """The exercises that somebody tried, in the order given.

    Args:
        asked: every exercise that counts.
        scores: of each learner, by exercise.
    """
    tried: dict[Asked, list[_Try]] = {which: [] for which in asked}
    for each in scores:
        counted = {which: score for which, score in each.items() if which in tried}
        others, total = len(counted) - 1, sum(counted.values())
        for which, score in counted.items():
            tried[which].append((score, (total - score) / others if others else None))
    return tuple(_item(which, tries) for which, tries in tried.items() if tries)


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


def _item(which: Asked, tries: Sequence[_Try]) -> Item:
    p = statistics.fmean(score for score, _ in tries)
    compared = [(score, rest) for score, rest in tries if rest is not None]
    r = discrimination([score for score, _ in compared], [rest for _, rest in compared])
    lesson, exercise = which
    return Item(
        lesson=lesson,
        exercise=exercise,
        learners=len(tries),
        first_right=p,
        discrimination=r,
        remark=_remark(p, r) if len(tries) >= FEWEST else "",
    )


def _remark(p: float, r: float | None) -> str:
    if p > TOO_EASY:
        return "too easy"
    if p < TOO_HARD:
        return "too hard"
    return "divides badly" if r is not None and r < LEAST_DISCRIMINATION else ""
