"""What a teacher is told of a class: who did what, the slips by exercise, the exercises that want mending. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tutor.classroom.items import Asked, Item, items
from tutor.classroom.tally import ClassTally, ExerciseTally, LearnerTally, Shared
from tutor.lesson.model import Lesson
from tutor.marking.slips.registry import SLIPS
from tutor.study.skills import RULES
from tutor.study.templates import PRACTICE, rule_of
from tutor.words import tr


class LessonDone(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner did in one lesson."""

    lesson: str
    right: int
    "Exercises answered rightly in the end, and not only once the solution had been shown."
    copied: int
    "Exercises answered rightly only after the solution had been shown."
    hinted: int
    "Exercises for which a hint was taken."
    tried: int
    total: int


class LearnerDone(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner did."""

    name: str
    login: str
    lessons: tuple[LessonDone, ...]
    "Those of the course in which something was done, in its order."
    practised: int
    "Answers given in practice."
    minutes: float
    "As `seconds_spent` counts, over everything."
    last: str
    "When something was done last, in ISO 8601; empty for never."

    @property
    def right(self) -> int:
        """Exercises answered rightly in the end, and not only once the solution had been shown."""
        return sum(lesson.right for lesson in self.lessons)

    @property
    def copied(self) -> int:
        """Exercises answered rightly only after the solution had been shown."""
        return sum(lesson.copied for lesson in self.lessons)

    @property
    def hinted(self) -> int:
        """Exercises for which a hint was taken."""
        return sum(lesson.hinted for lesson in self.lessons)

    @property
    def tried(self) -> int:
        """Exercises with an attempt."""
        return sum(lesson.tried for lesson in self.lessons)


class ClassSlip(msgspec.Struct, frozen=True, kw_only=True):
    """A slip in one exercise, or in the practice of one skill, counted over the class."""

    lesson: str
    "`+practice` for practice; `exercise` then is the id of the skill."
    exercise: str
    where: str
    "Both, as people read them."
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
    "Answers to exercises that neither this course nor practice has; but for the minutes they count nowhere."


def report(course: Sequence[Lesson], class_: ClassTally) -> Report:
    """The report of a class."""
    lessons = [(lesson.id, exercise.id) for lesson in course for exercise in lesson.exercises]
    totals = Counter(lesson for lesson, _ in lessons)
    asked = [*lessons, *((PRACTICE, skill) for skill in RULES)]
    placed = _placed(asked, class_.learners)
    done = tuple(_done(totals, *each) for each in zip(class_.learners, placed, strict=True))
    begun = {each.lesson for learner in done for each in learner.lessons}
    here = sum(each.answers for did in placed for _, each in did)
    firsts = ({place: each.first for place, each in did if each.first is not None} for did in placed)
    return Report(
        titles={lesson.id: lesson.title for lesson in course if lesson.id in begun},
        totals={lesson.id: totals[lesson.id] for lesson in course if lesson.id in begun},
        learners=done,
        slips=_slips(asked, placed),
        items=items(asked, firsts),
        shared=class_.shared,
        elsewhere=sum(each.answers for learner in class_.learners for each in learner.exercises) - here,
    )


_Placed = Sequence[tuple[int, ExerciseTally]]
"What a learner did on the exercises of this course, each with its place there."


def _placed(asked: Sequence[Asked], learners: Sequence[LearnerTally]) -> list[_Placed]:
    # Looked up once: a large class has some hundred thousand of them.
    places = {which: place for place, which in enumerate(asked)}
    return [
        [
            (place, each)
            for each in _by_skill(learner.exercises)
            if (place := places.get((each.lesson, each.exercise))) is not None
        ]
        for learner in learners
    ]


def _by_skill(did: Sequence[ExerciseTally]) -> Iterator[ExerciseTally]:
    """What a learner did, what was practised of each skill as one exercise: of a template nobody has seen the name."""
    practised: dict[str, list[ExerciseTally]] = {}
    for each in did:
        if each.lesson == PRACTICE:
            practised.setdefault(rule_of(each.exercise), []).append(each)
        else:
            yield each
    for skill, mine in practised.items():
        slips: Counter[str] = Counter()
        for each in mine:
            slips.update(each.slips)
        answers, hinted = sum(each.answers for each in mine), any(each.hinted for each in mine)
        # No first attempt: there is always another exercise, as hard as suits its learner, so it divides nobody.
        yield ExerciseTally(PRACTICE, skill, answers, None, right=False, copied=False, hinted=hinted, slips=dict(slips))


def _done(totals: Mapping[str, int], learner: LearnerTally, did: _Placed) -> LearnerDone:
    by_lesson: dict[str, list[ExerciseTally]] = {lesson: [] for lesson in totals}
    for _, each in did:
        if each.lesson != PRACTICE:
            by_lesson[each.lesson].append(each)
    return LearnerDone(
        name=learner.name,
        login=learner.login,
        lessons=tuple(
            LessonDone(
                lesson=lesson,
                right=sum(each.right for each in here),
                copied=sum(each.copied for each in here),
                hinted=sum(each.hinted for each in here),
                tried=sum(each.first is not None for each in here),
                total=totals[lesson],
            )
            for lesson, here in by_lesson.items()
            if here
        ),
        practised=sum(each.answers for _, each in did if each.lesson == PRACTICE),
        minutes=round(learner.seconds / 60, 1),
        last=learner.last,
    )


def _slips(asked: Sequence[Asked], placed: Sequence[_Placed]) -> tuple[ClassSlip, ...]:
    made: list[dict[str, list[int]]] = [{} for _ in asked]
    for did in placed:
        for place, each in did:
            if each.slips:
                for slip, times in each.slips.items():
                    made[place].setdefault(slip, []).append(times)
    found = []
    for place, by_slip in enumerate(made):
        lesson, exercise = asked[place]
        for slip, times_of_each in by_slip.items():
            id, words = _told(slip)
            by, times = len(times_of_each), sum(times_of_each)
            told = ClassSlip(
                lesson=lesson,
                exercise=exercise,
                where=_where(lesson, exercise),
                slip=id,
                words=words,
                learners=by,
                times=times,
            )
            found.append(((-by, -times, place, id), told))
    return tuple(told for _, told in sorted(found, key=lambda each: each[0]))


def _where(lesson: str, exercise: str) -> str:
    return tr("practice, {skill}", skill=RULES[exercise].name) if lesson == PRACTICE else f"{lesson} {exercise}"


def _told(slip: str) -> tuple[str, str]:
    """The id and the words of a slip; a hand-in may hold any text as an id, and a terminal obeys control characters."""
    if slip in SLIPS:
        # What is only seen in a choice has no rule in words.
        return slip, SLIPS[slip].wrong_rule or tr("a wrong belief about {skill}", skill=SLIPS[slip].skill)
    return ascii(slip[:8]), tr("a slip that this tutor does not know")
