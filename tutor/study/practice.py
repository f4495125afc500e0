"""Practice: exercises of the course in new variants, those first that test what a learner gets wrong, easier before harder.

Pure. A sitting is a `Session` over a lesson that exists only for it; what is answered is recorded under the exercises'
own lessons, with the variant's seed.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tutor.errors import TutorError
from tutor.lesson.model import AnyExercise, Lesson
from tutor.lesson.vary import seeds_of, variant
from tutor.marking.verdict import Outcome, Verdict
from tutor.study.answer import Answer
from tutor.study.session import Session
from tutor.study.skills import skills_of
from tutor.study.slips import Asked, prefer, recurring

SITTING = 10
"Exercises at a time; another sitting is a key away."

SUMMARY = "That was practice. Begin it again for ten others; `tutor progress` says what is mastered by now."


class Pick(msgspec.Struct, frozen=True):
    """An exercise chosen for practice."""

    lesson: str
    exercise: AnyExercise
    "The variant, with nothing left to fill in; its id is the exercise's own."
    seed: int | None


def pick(
    lessons: Sequence[Lesson], answers: Sequence[Answer], *, skill: str | None = None, most: int = SITTING
) -> tuple[Pick, ...]:
    """What to practise now.

    From the lessons that were begun (all of them, where a skill is asked for or none was begun): first what tests slips
    that recur, then what was not answered rightly at its last try, then what was seen longest ago; in each the order of
    the course, which rises. One exercise is never picked twice in a sitting.

    Args:
        answers: in the order given.
        skill: the id of a skill that every exercise must ask for.
    """
    begun = {answer.lesson for answer in answers}
    pool = [
        (lesson, exercise)
        for lesson in lessons
        if skill or not begun or lesson.id in begun
        for exercise in lesson.exercises
        if skill is None or any(each.id == skill for each in skills_of(lesson, exercise))
    ]
    state = _State(answers)
    rested = sorted(pool, key=state.urgency)
    return tuple(_pick(asked, state) for asked in prefer(rested, recurring(answers))[:most])


class _State:
    """What the journal says of each exercise."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.seen: dict[tuple[str, str], int] = {}
        self.is_right: dict[tuple[str, str], bool] = {}
        self.seeds: dict[tuple[str, str], list[int | None]] = {}
        for place, answer in enumerate(answers):
            if answer.verdict is None or not answer.verdict.is_attempt:
                continue
            key = (answer.lesson, answer.exercise)
            self.seen[key] = place
            self.is_right[key] = answer.verdict is Outcome.CORRECT
            self.seeds.setdefault(key, []).append(answer.seed)

    def urgency(self, asked: Asked) -> tuple[bool, int]:
        key = (asked[0].id, asked[1].id)
        return self.is_right.get(key, False), self.seen.get(key, -1)


def _pick(asked: Asked, state: _State) -> Pick:
    lesson, exercise = asked
    used = state.seeds.get((lesson.id, exercise.id), [])
    for seed in _seeds(exercise, used):
        try:
            return Pick(lesson.id, variant(exercise, seed), seed)
        except TutorError:
            break
    return Pick(lesson.id, exercise, None)


def _seeds(exercise: AnyExercise, used: Sequence[int | None]) -> Iterator[int]:
    """The variants in the order in which they are worth showing: frozen ones not seen yet, then the one seen longest ago."""
    frozen = seeds_of(exercise)
    yield from (seed for seed in frozen if seed not in used)
    yield from sorted(frozen, key=lambda seed: len(used) - used[::-1].index(seed) if seed in used else 0)


class Practice(Session):
    """A sitting of practice."""

    def __init__(self, picks: Sequence[Pick], title: str = "Practice") -> None:
        self._picks = {f"{n}-{each.exercise.id}": each for n, each in enumerate(picks, start=1)}
        steps = tuple(msgspec.structs.replace(each.exercise, id=id_) for id_, each in self._picks.items())
        super().__init__(Lesson(id="+practice", title=title, objectives=(), steps=steps, summary=SUMMARY))

    def record(
        self, exercise_id: str, text: str = "", verdict: Verdict | None = None, *, id: str, at: str, seconds: float
    ) -> Answer:
        """As `Session.record`, under the exercise's own lesson, id and seed."""
        answer = super().record(exercise_id, text, verdict, id=id, at=at, seconds=seconds)
        picked = self._picks[exercise_id]
        return msgspec.structs.replace(answer, lesson=picked.lesson, exercise=picked.exercise.id, seed=picked.seed)
