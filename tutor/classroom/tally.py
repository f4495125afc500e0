"""What a class report is made of: each learner's answers counted by exercise, and which answers two learners share. Pure.

From files it is counted here; the database of a class counts the same in SQL (`class_counting.py`), as answers arrive.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from tutor.classroom.hand_in import HandIn
from tutor.classroom.learners import Learner, join, seconds_spent
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer


class ExerciseTally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one learner did on one exercise. An array as JSON, since a large class has some hundred thousand."""

    lesson: str
    exercise: str
    answers: int
    "Everything written down, help taken among it."
    first: int | None
    "1 if the first attempt was right, before any hint and before the solution, else 0; nothing without an attempt."
    right: bool
    "Whether it was answered rightly in the end, before its solution was shown or, in a fresh variant, later without it."
    copied: bool
    "Whether it was answered rightly after its solution had been shown, and never otherwise."
    hinted: bool
    "Whether a hint was taken."
    slips: dict[str, int]
    "How often each slip was made; of an answer that several slips explain, the likeliest counts."


class LearnerTally(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner did."""

    name: str
    login: str
    "Empty where none is known."
    seconds: float
    "As `seconds_spent` counts."
    last: str
    "When something was done last, in ISO 8601; empty for never."
    exercises: tuple[ExerciseTally, ...]


class Shared(msgspec.Struct, frozen=True):
    """Answers that two learners both have: one machine for two, or one record given twice."""

    names: tuple[str, str]
    answers: int


class ClassTally(msgspec.Struct, frozen=True):
    """What a class did."""

    learners: tuple[LearnerTally, ...]
    shared: tuple[Shared, ...]


def of_hand_ins(hand_ins: Iterable[HandIn]) -> ClassTally:
    """The tally of what was handed in."""
    learners = join(hand_ins)
    return ClassTally(tuple(map(of_learner, learners)), shared(learners))


def of_learner(learner: Learner) -> LearnerTally:
    """The tally of one learner's answers."""
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in learner.answers:
        groups.setdefault((answer.lesson, answer.exercise), []).append(answer)
    return LearnerTally(
        name=learner.name,
        login=learner.login,
        seconds=seconds_spent(learner.answers),
        last=learner.answers[-1].at if learner.answers else "",
        exercises=tuple(of_exercise(answers) for answers in groups.values()),
    )


def of_exercise(answers: Sequence[Answer]) -> ExerciseTally:
    """The tally of one learner's answers to one exercise.

    Args:
        answers: at least one, the earliest first.
    """
    attempts = [answer for answer in answers if answer.verdict is not None and answer.verdict.is_attempt]
    right = [answer for answer in answers if answer.verdict is Outcome.CORRECT]
    alone = any(not answer.solution_shown for answer in right)
    return ExerciseTally(
        answers[0].lesson,
        answers[0].exercise,
        len(answers),
        _score(attempts[0]) if attempts else None,
        alone,
        bool(right) and not alone,
        any(answer.hints > 0 for answer in answers),
        dict(Counter(slip for answer in answers for slip in answer.slips[:1])),
    )


def shared(learners: Sequence[Learner]) -> tuple[Shared, ...]:
    """The pairs of learners who have the same answers, by id."""
    owners: dict[str, list[int]] = {}
    for index, learner in enumerate(learners):
        for answer in learner.answers:
            owners.setdefault(answer.id, []).append(index)
    pairs = Counter(
        (one, other) for have in owners.values() for place, one in enumerate(have) for other in have[place + 1 :]
    )
    return tuple(Shared((learners[one].name, learners[other].name), n) for (one, other), n in sorted(pairs.items()))


def _score(first: Answer) -> int:
    unaided = not first.hints and not first.solution_shown
    return int(unaided and first.verdict is Outcome.CORRECT)
