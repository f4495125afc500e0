"""Where in the course to begin, found with few questions: what a learner knows, and which lesson to ask about next.

A pure state machine over the graph of `needs`. A pass in a lesson stands for every lesson that it builds on; after a fail,
what builds on it is neither asked about nor taken for known. The next question is about the lesson whose answer settles
most whichever way it falls. After DIAGNOSYS (J. Appleby, P. Samuels, T. Treasure-Jones, “Diagnosys: a knowledge-based
diagnostic test of basic mathematical skills”, Computers & Education 28, 1997), which Numbas follows too.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, Self

import msgspec

from tutor.lesson.model import PLACING, AnyExercise, Lesson
from tutor.lesson.vary import seeds_of, variant
from tutor.marking.verdict import Verdict
from tutor.study.answer import Answer, Place
from tutor.version import VERSION

PLACEMENT: Final = "+placement"
"Where the replies are kept among the places, in the place of a lesson. Authors' ids hold no plus sign."

MOST_QUESTIONS: Final = 10
"Second chances among them. What is undecided by then is left as not known."

CHANCES: Final = 2
"Questions on one lesson: a first wrong answer may be a slip of the pen. Whoever says “I don't know” is believed."


class Reply(Enum):
    """How a question was answered."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


class Replied(msgspec.Struct, frozen=True):
    """What came back on a lesson."""

    lesson: str
    "Its id."
    reply: Reply


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise that stands for its lesson."""

    lesson: str
    "Its id."
    exercise: AnyExercise
    "With its parameters filled in."
    seed: int | None
    "Which variant it is; nothing for an exercise without parameters."

    def record(self, text: str, verdict: Verdict, *, id: str, at: str, seconds: float) -> Answer:
        """The row to write for an answer, like any other: answered rightly, the exercise is done.

        Args:
            id, at, seconds: as in `Answer`.
        """
        return Answer(
            id=id,
            at=at,
            lesson=self.lesson,
            exercise=self.exercise.id,
            seed=self.seed,
            text=text,
            verdict=verdict.outcome,
            slips=verdict.slips,
            seconds=seconds,
            version=VERSION,
        )


Chance = tuple[AnyExercise, int | None]
"An exercise with its parameters open, and the seed that fills them in."


def chances_of(lesson: Lesson) -> tuple[Chance, ...]:
    """What is asked about a lesson, first and for a second chance; nothing where no answer is typed.

    That is the exercise which its author marked or else the last that is typed, then the typed ones before it. Of an
    exercise with parameters the first variant is left for the lesson, if there is another.
    """
    typed = [exercise for exercise in reversed(lesson.exercises) if isinstance(exercise, PLACING)]
    typed.sort(key=lambda exercise: exercise.id != lesson.placement)
    chances = [(exercise, seed) for exercise in typed for seed in _seeds(exercise)]
    return tuple(chances[:CHANCES])


def _seeds(exercise: AnyExercise) -> tuple[int | None, ...]:
    seeds = seeds_of(exercise)
    return seeds[1:] or seeds or (None,)


class Placement:
    """What the replies so far say of the lessons."""

    def __init__(self, lessons: Sequence[Lesson], replies: Iterable[Replied] = ()) -> None:
        """
        Args:
            lessons: in teaching order.
            replies: in the order given; those on lessons that are gone are passed over.
        """
        self._lessons = {lesson.id: lesson for lesson in lessons}
        self._beneath = _closures({lesson.id: lesson.needs for lesson in lessons})
        self.replies = tuple(replied for replied in replies if replied.lesson in self._lessons)
        passed = [replied.lesson for replied in self.replies if replied.reply is Reply.RIGHT]
        self.known: frozenset[str] = frozenset().union(*(self._beneath[id] for id in passed))
        "Lessons passed, and all that they build on."
        failed = {id for id in self._lessons if self._is_failed(id)} - self.known
        self.undecided = frozenset(
            id for id, beneath in self._beneath.items() if id not in self.known and not beneath & failed
        )
        "Lessons of which nothing is known yet, or never will be where nothing more is asked."

    def take(self, reply: Reply) -> Self:
        """The placement after the reply to its question; itself when it has none."""
        question = self.question
        if question is None:
            return self
        return type(self)(tuple(self._lessons.values()), (*self.replies, Replied(question.lesson, reply)))

    @property
    def is_begun(self) -> bool:
        """Whether anything was asked."""
        return bool(self.replies)

    @property
    def question(self) -> Question | None:
        """What to ask next; nothing once all is decided that a question can decide."""
        if len(self.replies) >= MOST_QUESTIONS:
            return None
        askable = [id for id in self._lessons if id in self.undecided and chances_of(self._lessons[id])]
        if not askable:
            return None
        id = next((id for id in askable if self._times(id)), None) or max(askable, key=self._worth)
        exercise, seed = chances_of(self._lessons[id])[self._times(id)]
        return Question(lesson=id, exercise=exercise if seed is None else variant(exercise, seed), seed=seed)

    @property
    def is_second_chance(self) -> bool:
        """Whether the question is on the lesson that was asked about just now."""
        return self.question is not None and self._times(self.question.lesson) > 0

    @property
    def begin_with(self) -> Lesson | None:
        """The first lesson not known, whose needs therefore are; nothing when the whole course is known."""
        return next((lesson for id, lesson in self._lessons.items() if id not in self.known), None)

    def _times(self, id: str) -> int:
        return sum(replied.lesson == id for replied in self.replies)

    def _is_failed(self, id: str) -> bool:
        replies = [replied.reply for replied in self.replies if replied.lesson == id]
        if not replies or Reply.RIGHT in replies:
            return False
        chances = min(CHANCES, len(chances_of(self._lessons[id])))
        return Reply.UNSURE in replies or len(replies) >= chances

    def _worth(self, id: str) -> tuple[int, int]:
        """How many lessons are decided by the worse of the two replies, then by a pass.

        So of two lessons that split equally well the later one is asked about, and who knows all is done soon.
        """
        by_pass = len(self._beneath[id] & self.undecided)
        by_fail = sum(id in self._beneath[other] for other in self.undecided)
        return min(by_pass, by_fail), by_pass


def _closures(needs: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """For each lesson itself and all that it builds on, however far down; a circle of needs does no harm."""
    closures = {}
    for id in needs:
        reached: set[str] = set()
        border = {id}
        while border:
            reached |= border
            border = {need for name in border for need in needs[name] if need in needs} - reached
        closures[id] = frozenset(reached)
    return closures


def written(placement: Placement) -> str:
    """The replies as they are kept: `chain-rule=right gradient=unsure`."""
    return " ".join(f"{replied.lesson}={replied.reply.value}" for replied in placement.replies)


def kept_placement(lessons: Sequence[Lesson], places: Iterable[Place]) -> Placement:
    """The placement as it was left, finished or not; a new one when there is none.

    Args:
        places: as the journal gives them.
    """
    text = next((place.step for place in places if place.lesson == PLACEMENT), "")
    pairs = (word.partition("=") for word in text.split())
    replies = {reply.value: reply for reply in Reply}
    return Placement(lessons, [Replied(id, replies[said]) for id, _, said in pairs if said in replies])
