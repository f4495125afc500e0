"""What a teacher is told of a class: who did what, the slips by exercise, the exercises that want mending. Pure."""

from collections.abc import Sequence

import msgspec

from tutor.classroom.items import Asked, Item, first_attempts, items
from tutor.classroom.tally import ClassTally, ExerciseTally, LearnerTally, Shared
from tutor.lesson.model import Lesson
from tutor.marking.slips.registry import SLIPS


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


def report(course: Sequence[Lesson], class_: ClassTally) -> Report:
    """The report of a class."""
    asked = [(lesson.id, exercise.id) for lesson in course for exercise in lesson.exercises]
    known = set(asked)
    done = tuple(_done(course, learner) for learner in class_.learners)
    begun = {each.lesson for learner in done for each in learner.lessons}
    return Report(
        titles={lesson.id: lesson.title for lesson in course if lesson.id in begun},
        totals={lesson.id: len(lesson.exercises) for lesson in course if lesson.id in begun},
        learners=done,
        slips=_slips(asked, class_.learners),
        items=items(asked, [first_attempts(learner) for learner in class_.learners]),
        shared=class_.shared,
        elsewhere=sum(
            each.answers
            for learner in class_.learners
            for each in learner.exercises
            if (each.lesson, each.exercise) not in known
        ),
    )


def _done(course: Sequence[Lesson], learner: LearnerTally) -> LearnerDone:
    by_lesson: dict[str, list[ExerciseTally]] = {}
    for each in learner.exercises:
        by_lesson.setdefault(each.lesson, []).append(each)
    lessons = (_lesson_done(lesson, by_lesson[lesson.id]) for lesson in course if lesson.id in by_lesson)
    return LearnerDone(
        name=learner.name,
        login=learner.login,
        lessons=tuple(done for done in lessons if done),
        minutes=round(learner.seconds / 60, 1),
        last=learner.last,
    )


def _lesson_done(lesson: Lesson, did: Sequence[ExerciseTally]) -> LessonDone | None:
    ids = {exercise.id for exercise in lesson.exercises}
    here = [each for each in did if each.exercise in ids]
    if not here:
        return None
    return LessonDone(
        lesson=lesson.id,
        right=sum(each.right for each in here),
        tried=sum(each.first is not None for each in here),
        total=len(ids),
    )


def _slips(asked: Sequence[Asked], learners: Sequence[LearnerTally]) -> tuple[ClassSlip, ...]:
    makers: dict[tuple[Asked, str], list[int]] = {}
    for learner in learners:
        for each in learner.exercises:
            for slip, times in each.slips.items():
                makers.setdefault(((each.lesson, each.exercise), slip), []).append(times)
    place = {which: index for index, which in enumerate(asked)}
    found = []
    for ((lesson, exercise), slip), times_of_each in makers.items():
        if (lesson, exercise) in place:
            id, words = _told(slip)
            counts = {"learners": len(times_of_each), "times": sum(times_of_each)}
            found.append(ClassSlip(lesson=lesson, exercise=exercise, slip=id, words=words, **counts))
    return tuple(
        sorted(found, key=lambda each: (-each.learners, -each.times, place[each.lesson, each.exercise], each.slip))
    )


def _told(slip: str) -> tuple[str, str]:
    """The id and the words of a slip; a hand-in may hold any text as an id, and a terminal obeys control characters."""
    if slip in SLIPS:
        return slip, SLIPS[slip].wrong_rule
    return ascii(slip[:8]), "a slip that this tutor does not know"
