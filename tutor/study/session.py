"""One learner's walk through one lesson: where it stands and what was tried, hinted, shown and solved.

A pure state machine: no screen, no clock, no disk. A move that makes no sense is not made and returns False.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import msgspec

from tutor.lesson.model import AnyExercise, AnyStep, Exercise, Lesson
from tutor.lesson.vary import seeds_of, variant
from tutor.marking.verdict import Outcome, Verdict
from tutor.study.answer import Answer, in_order
from tutor.version import VERSION
from tutor.words import tr

SUMMARY = "+summary"
"The step id of the closing summary. Authors' ids hold no plus sign, so it cannot be one of theirs."

WRONG_TRIES_BEFORE_SOLUTION = 2


class Phase(Enum):
    """How an exercise stands."""

    ASKING = "asking"
    RIGHT = "right"
    SHOWN = "shown"
    "The solution has been shown. Typing it is still allowed, or a lesson once helped with could never be done."


class Standing(NamedTuple):
    """Where one stands in a walk."""

    words: str
    done: int
    of: int
    "How much of the line that shows it is full: `done` parts of this many."


def step_ids(lesson: Lesson) -> tuple[str, ...]:
    """An id for every step: its own or, for a page without one, how far it is behind the last that has one (`fx+2`)."""
    ids: list[str] = []
    anchor, behind = "", 0
    for step in lesson.steps:
        anchor, behind = (step.id, 0) if step.id else (anchor, behind + 1)
        ids.append(step.id or f"{anchor}+{behind}")
    return tuple(ids)


class _Work:
    """What a learner has done on one exercise."""

    def __init__(self, written: AnyExercise, seeds: Sequence[int]) -> None:
        self.written = written
        self.seeds = tuple(seeds)
        self.is_done = False
        "Whether it was ever answered rightly, in any variant."
        self.begin(self.seeds[0] if self.seeds else None)

    def begin(self, seed: int | None) -> None:
        """Take a variant that nothing has been done on."""
        self.seed = seed
        self.hints = 0
        self.tries: set[str] = set()
        self.is_right = False
        self.is_shown = False
        self.text: str | None = None
        self._made: AnyExercise | None = None

    @property
    def exercise(self) -> AnyExercise:
        """The exercise in the variant that was begun; made once, since a screen asks at every key."""
        if self._made is None:
            self._made = self.written if self.seed is None else variant(self.written, self.seed)
        return self._made

    @property
    def phase(self) -> Phase:
        if self.is_right:
            return Phase.RIGHT
        return Phase.SHOWN if self.is_shown else Phase.ASKING

    def take(self, text: str, outcome: Outcome) -> bool:
        if self.is_right:
            return False
        if outcome.is_attempt:
            self.tries.add(text.strip())
        # An undecided answer may never have been read, so it is not handed on as a formula either.
        if outcome.is_right or outcome in (Outcome.INCORRECT, Outcome.WRONG_FORM):
            self.text = text
        self.is_right = outcome is Outcome.CORRECT
        self.is_done = self.is_done or self.is_right
        return True

    def replay(self, answer: Answer) -> None:
        if answer.seed != self.seed:
            self.begin(answer.seed)
        self.hints = max(self.hints, min(answer.hints, len(self.written.hints)))
        self.is_shown = self.is_shown or answer.solution_shown
        if answer.verdict is not None:
            self.take(answer.text, answer.verdict)


class Session:
    """A walk through `lesson` that begins at its first step, with what `past` says was done there before.

    The position runs from 0 to the number of steps; that last one is the closing summary.
    """

    def __init__(self, lesson: Lesson, past: Sequence[Answer] = ()) -> None:
        """
        Args:
            past: answers in any order, since it is their times that count: a merge puts older ones behind the last.
                Those of other lessons, or of exercises that are gone, are passed over.
        """
        self.lesson = lesson
        self.index = 0
        self._ids = (*step_ids(lesson), SUMMARY)
        self._work = {exercise.id: _Work(exercise, seeds_of(exercise)) for exercise in lesson.exercises}
        for answer in sorted(past, key=lambda answer: in_order(answer.at)):
            is_of_here = answer.lesson == lesson.id and answer.exercise in self._work
            # What had variants once and has none now, or the other way round, is another exercise than was answered.
            if is_of_here and (answer.seed is None) == (not self._work[answer.exercise].seeds):
                self._work[answer.exercise].replay(answer)

    @property
    def step(self) -> AnyStep | None:
        """The step stood on, an exercise in its variant; nothing at the summary."""
        if self.at_summary:
            return None
        step = self.lesson.steps[self.index]
        return self.exercise_of(step.id) if isinstance(step, Exercise) else step

    def exercise_of(self, exercise_id: str) -> AnyExercise:
        """An exercise of this lesson in the variant that the learner has."""
        return self._work[exercise_id].exercise

    @property
    def step_id(self) -> str:
        """What to remember the position by, and what `go_to` takes."""
        return self._ids[self.index]

    @property
    def exercise(self) -> AnyExercise | None:
        """The exercise stood on, if it is one."""
        step = self.step
        return step if isinstance(step, Exercise) else None

    def _append(self, step: AnyStep) -> None:
        """Put a step behind the last one; it must have an id that no other has, and an exercise no parameters left."""
        self.lesson = msgspec.structs.replace(self.lesson, steps=(*self.lesson.steps, step))
        self._ids = (*self._ids[:-1], step.id, SUMMARY)
        if isinstance(step, Exercise):
            self._work[step.id] = _Work(step, ())

    @property
    def standing(self) -> Standing:
        """Where one stands, as a screen says it."""
        number, of = self.index + 1, len(self.lesson.steps) + 1
        return Standing(tr("step {number} of {of}", number=number, of=of), number, of)

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to go back to."""
        return self.index == 0

    @property
    def at_summary(self) -> bool:
        """Whether the walk has passed the last step."""
        return self.index == len(self.lesson.steps)

    def forward(self) -> bool:
        """Go one on; an exercise may be passed without an answer and stays undone."""
        return self._move(self.index + 1)

    def back(self) -> bool:
        """Go one back."""
        return self._move(self.index - 1)

    def go_to(self, step_id: str) -> bool:
        """Go to a step of this lesson, or to `SUMMARY`; False when there is no such step."""
        return step_id in self._ids and self._move(self._ids.index(step_id))

    def _move(self, index: int) -> bool:
        if not 0 <= index <= len(self.lesson.steps):
            return False
        self.index = index
        return True

    @property
    def phase(self) -> Phase | None:
        """How the exercise stands; nothing on a page."""
        work = self._here()
        return work.phase if work else None

    @property
    def attempts(self) -> int:
        """Different answers judged right or wrong, earlier sittings included; 0 on a page."""
        work = self._here()
        return len(work.tries) if work else 0

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints revealed so far, first to last."""
        return self.exercise.hints[: self._work[self.exercise.id].hints] if self.exercise else ()

    @property
    def hints_left(self) -> int:
        """How many more `next_hint` has to give; none once the exercise is right or shown."""
        if self.exercise is None or self.phase is not Phase.ASKING:
            return 0
        return len(self.exercise.hints) - len(self.hints)

    @property
    def may_show_solution(self) -> bool:
        """Whether the solution may be shown: after a hint or two different wrong answers, and again once it was."""
        work = self._here()
        if work is None or work.is_right:
            return False
        return work.is_shown or work.hints > 0 or len(work.tries) >= WRONG_TRIES_BEFORE_SOLUTION

    def next_hint(self) -> str | None:
        """Reveal one more hint."""
        if self.exercise is None or not self.hints_left:
            return None
        self._work[self.exercise.id].hints += 1
        return self.hints[-1]

    def show_solution(self) -> bool:
        """Count the solution as shown."""
        work = self._here()
        if work is None or not self.may_show_solution:
            return False
        work.is_shown = True
        return True

    def take(self, text: str, verdict: Verdict, *, exercise_id: str | None = None) -> bool:
        """Count an answer that has been judged; False on a page and for an exercise that is right already.

        Args:
            exercise_id: the exercise it was typed for, since the learner may have gone on while it was judged.
        """
        work = self._here() if exercise_id is None else self._work.get(exercise_id)
        return work is not None and work.take(text, verdict.outcome)

    @property
    def may_have_another(self) -> bool:
        """Whether there is another variant of the exercise, now that this one is known."""
        work = self._here()
        return work is not None and work.phase is not Phase.ASKING and len(work.seeds) > 1

    def another(self) -> bool:
        """Take the next variant of the exercise; what was done stays done."""
        work = self._here()
        if work is None or not self.may_have_another:
            return False
        place = work.seeds.index(work.seed) if work.seed in work.seeds else -1
        work.begin(work.seeds[(place + 1) % len(work.seeds)])
        return True

    @property
    def seed(self) -> int | None:
        """The variant stood on; nothing on a page and for an exercise without variants."""
        work = self._here()
        return work.seed if work else None

    def take_seed(self, seed: int) -> bool:
        """Take any variant, frozen or not, as its author may; False where there are none."""
        work = self._here()
        if work is None or work.seed is None:
            return False
        work.begin(seed)
        return True

    def keep_typed(self, text: str) -> None:
        """Keep what is typed and not handed up, as an author's preview does when it draws the exercise again."""
        if (work := self._here()) is not None and not work.is_right:
            work.text = text

    def _here(self) -> _Work | None:
        return self._work.get(self.step_id)

    @property
    def done(self) -> tuple[str, ...]:
        """Ids of the exercises answered rightly, in this sitting or before, in the lesson's order."""
        return tuple(id for id, work in self._work.items() if work.is_done)

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the exercises whose solution was shown and that are not done."""
        return tuple(id for id, work in self._work.items() if work.phase is Phase.SHOWN and not work.is_done)

    @property
    def undone(self) -> tuple[str, ...]:
        """Ids of the exercises not done, the shown ones among them."""
        return tuple(id for id, work in self._work.items() if not work.is_done)

    @property
    def is_done(self) -> bool:
        """Whether every exercise is done; never for a lesson that has none, since nobody can tell that it was read."""
        return bool(self._work) and not self.undone

    def latest_text(self, exercise_id: str) -> str | None:
        """The formula typed last for an exercise, right or wrong; never one that was unreadable or left undecided."""
        work = self._work.get(exercise_id)
        return work.text if work else None

    def record(
        self, exercise_id: str, text: str = "", verdict: Verdict | None = None, *, id: str, at: str, seconds: float
    ) -> Answer:
        """The row to write for an answer, before `take` counts it, or for help without one, after it was given.

        Args:
            exercise_id: an exercise of this lesson.
            id, at, seconds: as in `Answer`; handed in, since a session has no clock.
        """
        work = self._work[exercise_id]
        return Answer(
            id=id,
            at=at,
            lesson=self.lesson.id,
            exercise=exercise_id,
            seed=work.seed,
            text=text,
            verdict=verdict.outcome if verdict else None,
            slips=verdict.slips if verdict else (),
            hints=work.hints,
            solution_shown=work.is_shown,
            seconds=seconds,
            version=VERSION,
        )
