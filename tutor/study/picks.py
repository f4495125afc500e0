"""Exercises taken out of their lessons: which variant of one is worth showing, and a walk over several. Pure.

What is answered is recorded under the exercises' own lessons, with the variant's seed.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tutor.errors import TutorError
from tutor.lesson.model import AnyExercise, Exercise, Lesson
from tutor.lesson.pages import AnyPage
from tutor.lesson.vary import draw, seeds_of, variant
from tutor.marking.verdict import Verdict
from tutor.study.answer import Answer, in_order
from tutor.study.session import Session

_REMEMBERED, _TRIED = 40, 200


class Pick(msgspec.Struct, frozen=True):
    """An exercise chosen to be done now."""

    lesson: str
    exercise: AnyExercise
    "The variant, with nothing left to fill in; its id is the exercise's own."
    seed: int | None
    page: AnyPage | None = None
    "What the question leans on."


class Seen:
    """Which variants of which exercises were answered, or their solutions shown, the latest last."""

    def __init__(self, answers: Sequence[Answer] = ()) -> None:
        """
        Args:
            answers: in any order, since it is their times that count.
        """
        self._seeds: dict[tuple[str, str], list[int | None]] = {}
        for answer in sorted(answers, key=lambda answer: in_order(answer.at)):
            is_attempt = answer.verdict is not None and answer.verdict.is_attempt
            if is_attempt or answer.solution_shown:
                self.add(answer.lesson, answer.exercise, answer.seed)

    def add(self, lesson: str, exercise: str, seed: int | None) -> None:
        """Count a variant as seen."""
        self._seeds.setdefault((lesson, exercise), []).append(seed)

    def times(self, lesson: str, exercise: str) -> int:
        """How often an exercise was answered."""
        return len(self._seeds.get((lesson, exercise), ()))

    def pick(self, lesson: Lesson, exercise: AnyExercise) -> Pick:
        """An exercise in a frozen variant not seen yet or, when all were, in the one seen longest ago."""
        for seed in self._by_freshness(lesson, exercise):
            try:
                return Pick(lesson.id, variant(exercise, seed), seed, _page_of(lesson, exercise))
            except TutorError:
                break  # What is wrong with a lesson is for `tutor check` to say.
        return Pick(lesson.id, exercise, None, _page_of(lesson, exercise))

    def new_seed(self, lesson: Lesson, exercise: AnyExercise, first_seed: int) -> int | None:
        """The seed of a variant not seen, or not for long; none while all were seen lately.

        Args:
            first_seed: the least seed that is tried.
        """
        used = self._used(lesson, exercise)
        drawn = [draw(exercise, seed) for seed in used[-_REMEMBERED:]]
        tried = (seed for seed in range(first_seed, first_seed + len(used) + _TRIED) if seed not in used)
        return next((seed for seed in tried if draw(exercise, seed) not in drawn), None)

    def pick_new(self, lesson: Lesson, exercise: AnyExercise, first_seed: int) -> Pick:
        """An exercise in the variant of `new_seed`; without one, in any under a seed of its own."""
        seed = self.new_seed(lesson, exercise, first_seed)
        if seed is None:
            seed = first_seed + len(self._used(lesson, exercise))
        return Pick(lesson.id, variant(exercise, seed), seed)

    def _used(self, lesson: Lesson, exercise: AnyExercise) -> list[int]:
        return [seed for seed in self._seeds.get((lesson.id, exercise.id), []) if seed is not None]

    def _by_freshness(self, lesson: Lesson, exercise: AnyExercise) -> Iterator[int]:
        frozen = seeds_of(exercise)
        used = self._seeds.get((lesson.id, exercise.id), [])
        yield from (seed for seed in frozen if seed not in used)
        yield from sorted(frozen, key=lambda seed: len(used) - used[::-1].index(seed) if seed in used else 0)


def _page_of(lesson: Lesson, exercise: AnyExercise) -> AnyPage | None:
    pages = (step for step in lesson.steps if not isinstance(step, Exercise))
    return next((page for page in pages if exercise.page and page.id == exercise.page), None)


class Picks(Session):
    """A walk over exercises of several lessons."""

    def __init__(self, picks: Sequence[Pick], *, id: str, title: str, summary: str) -> None:
        """
        Args:
            id: what the walk goes by among the places; with a plus sign, so that no lesson has it.
        """
        self._picks: dict[str, Pick] = {}
        self._numbers: list[int] = []
        "Of each step which pick it belongs to, counted from 0: the page that one leans on is a step too."
        super().__init__(Lesson(id=id, title=title, objectives=(), steps=(), summary=summary))
        for pick in picks:
            self.add(pick)

    def add(self, pick: Pick) -> None:
        """Put one more at the end, behind the page that it leans on, unless the one before has shown that already."""
        number = len(self._picks)
        last = self.picks[-1] if self._picks else None
        if pick.page is not None and (last is None or (last.lesson, last.page) != (pick.lesson, pick.page)):
            self._append(msgspec.structs.replace(pick.page, id=f"{number + 1}-{pick.page.id}-page"))
            self._numbers.append(number)
        name = f"{number + 1}-{pick.exercise.id}"
        self._picks[name] = pick
        self._append(msgspec.structs.replace(pick.exercise, id=name))
        self._numbers.append(number)

    @property
    def number(self) -> int:
        """Which of the picks is stood on, counted from 0; as many as there are at the end."""
        return len(self._picks) if self.at_summary else self._numbers[self.index]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What was chosen so far, first to last."""
        return tuple(self._picks.values())

    def record(
        self, exercise_id: str, text: str = "", verdict: Verdict | None = None, *, id: str, at: str, seconds: float
    ) -> Answer:
        """As `Session.record`, under the exercise's own lesson, id and seed."""
        answer = super().record(exercise_id, text, verdict, id=id, at=at, seconds=seconds)
        picked = self._picks[exercise_id]
        return msgspec.structs.replace(answer, lesson=picked.lesson, exercise=picked.exercise.id, seed=picked.seed)
