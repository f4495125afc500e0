"""What a teacher is told of a class: who did what, the slips by exercise, the exercises that want mending. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from tutor.classroom.hand_in import HandIn
from tutor.classroom.items import Asked, Item, first_attempts, items
from tutor.classroom.learners import Learner, Shared, join, seconds_spent, shared
from tutor.lesson.model import Lesson
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome


class LessonDone(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner did in one lesson."""

    lesson: str
    right: int
    "Exercises answered rightly in the end."
    tried: int
    total: int


class LearnerDone(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner did."""

    name: str
    login: str
    lessons: tuple[LessonDone, ...]
    "Those of the course in which something was done, in its order."
    minutes: float
    "As `seconds_spent` counts, over everything."
    last: str
    "When something was done last, in ISO 8601; empty for never."

    @property
    def right(self) -> int:
        """Exercises answered rightly in the end."""
        return sum(lesson.right for lesson in self.lessons)

    @property
    def tried(self) -> int:
        """Exercises with an attempt."""
        return sum(lesson.tried for lesson in self.lessons)


class ClassSlip(msgspec.Struct, frozen=True, kw_only=True):
    """A slip in one exercise, counted over the class."""

    lesson: str
    exercise: str
    slip: str
    words: str
    "What is done instead, in a line."
    learners: int
    times: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is told."""

    titles: dict[str, str]
    "Lesson to its title, for the lessons in which somebody did something, in the course's order."
    totals: dict[str, int]
    "The exercises of each of them."
    learners: tuple[LearnerDone, ...]
    slips: tuple[ClassSlip, ...]
    "Those of the most learners first, then the most frequent."
    items: tuple[Item, ...]
    shared: tuple[Shared, ...]
    elsewhere: int
    "Answers to exercises that this course does not have; but for the minutes they count nowhere."


def report(course: Sequence[Lesson], hand_ins: Iterable[HandIn]) -> Report:
    """The report of a class."""
    learners = join(hand_ins)
    asked = [(lesson.id, exercise.id) for lesson in course for exercise in lesson.exercises]
    done = tuple(_done(course, learner) for learner in learners)
    begun = {each.lesson for learner in done for each in learner.lessons}
    known = set(asked)
    given = [(answer.lesson, answer.exercise) for learner in learners for answer in learner.answers]
    return Report(
        titles={lesson.id: lesson.title for lesson in course if lesson.id in begun},
        totals={lesson.id: len(lesson.exercises) for lesson in course if lesson.id in begun},
        learners=done,
        slips=_slips(asked, learners),
        items=items(asked, [first_attempts(learner.answers) for learner in learners]),
        shared=shared(learners),
        elsewhere=sum(which not in known for which in given),
    )


def _done(course: Sequence[Lesson], learner: Learner) -> LearnerDone:
    return LearnerDone(
        name=learner.name,
        login=learner.login,
        lessons=tuple(done for lesson in course if (done := _lesson_done(lesson, learner))),
        minutes=round(seconds_spent(learner.answers) / 60, 1),
        last=learner.answers[-1].at if learner.answers else "",
    )


def _lesson_done(lesson: Lesson, learner: Learner) -> LessonDone | None:
    ids = {exercise.id for exercise in lesson.exercises}
    here = [answer for answer in learner.answers if answer.lesson == lesson.id and answer.exercise in ids]
    if not here:
        return None
    return LessonDone(
        lesson=lesson.id,
        right=len({answer.exercise for answer in here if answer.verdict is Outcome.CORRECT}),
        tried=len({answer.exercise for answer in here if answer.verdict is not None and answer.verdict.is_attempt}),
        total=len(ids),
    )


def _slips(asked: Sequence[Asked], learners: Sequence[Learner]) -> tuple[ClassSlip, ...]:
    """Of an answer that several slips explain, the likeliest counts."""
    makers: dict[tuple[Asked, str], list[int]] = {}
    for index, learner in enumerate(learners):
        for answer in learner.answers:
            for slip in answer.slips[:1]:
                makers.setdefault(((answer.lesson, answer.exercise), slip), []).append(index)
    place = {which: index for index, which in enumerate(asked)}
    found = []
    for ((lesson, exercise), slip), by in makers.items():
        if (lesson, exercise) in place:
            id, words = _told(slip)
            counts = {"learners": len(set(by)), "times": len(by)}
            found.append(ClassSlip(lesson=lesson, exercise=exercise, slip=id, words=words, **counts))
    return tuple(
        sorted(found, key=lambda each: (-each.learners, -each.times, place[each.lesson, each.exercise], each.slip))
    )


def _told(slip: str) -> tuple[str, str]:
    """The id and the words of a slip; a hand-in may hold any text as an id, and a terminal obeys control characters."""
    if slip in SLIPS:
        return slip, SLIPS[slip].wrong_rule
    return ascii(slip[:8]), "a slip that this tutor does not know"
