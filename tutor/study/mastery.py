"""How surely a learner has each skill, from the answers alone: Bayesian knowledge tracing.

A. T. Corbett, J. R. Anderson (1995), “Knowledge tracing: modeling the acquisition of procedural knowledge”, User
Modeling and User-Adapted Interaction 4, 253-278. A skill is known or not. Each exercise that asks for it is an
opportunity: what was answered changes the chance that it is known (Bayes), and the opportunity itself may teach it.

As in the paper, only the first try of an opportunity can count against a skill. Ours besides: help makes a right
answer say less, and a wrong answer that a slip explains counts against that slip's skill alone. Forgetting is not
in the model: that is what reviews are for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from tutor.lesson.model import AnyExercise, Choice, Lesson, Predict
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.skills import RULES, Skill, skill_of_slip, skills_of

KNOWN_BEFORE = 0.1
"p(L0): the chance that a skill is known before its first exercise."
LEARNT = 0.1
"p(T): the chance that an exercise done teaches it."
SLIPPED = 0.1
"p(S): the chance of a wrong answer from somebody who knows it."
GUESSED = 0.2
"p(G): the chance of a right answer, typed without help, from somebody who does not. Four such in a row make it mastered."
HELPED = 0.2
"By how much each hint and each wrong try before raises p(G), up to where a right answer says nothing."
MASTERED = 0.95
"The chance from which the paper, and we, call a skill mastered."


class Mastery(msgspec.Struct, frozen=True, kw_only=True):
    """How surely a learner has one skill."""

    skill: Skill
    chance: float
    "From 0 to 1, that the skill is known."
    begun: bool
    "Whether an answer has said anything of it yet."
    right: int
    "Exercises answered rightly that ask for it."
    exercises: int
    "Exercises of the course that ask for it."

    @property
    def is_mastered(self) -> bool:
        """Whether more practice would hardly teach anything."""
        return self.chance >= MASTERED


def after_right(chance: float, help_taken: int, *, guess: float = GUESSED) -> float:
    """The chance that a skill is known after a right answer and what it taught (equations 1 and 2 of the paper).

    Args:
        chance: before it, 0 to 1.
        help_taken: hints and wrong tries before.
        guess: p(G) without help.

    >>> round(after_right(0.1, 0), 3)
    0.4
    """
    guess = min(1 - SLIPPED, guess + HELPED * help_taken)
    known = chance * (1 - SLIPPED)
    seen = known / (known + (1 - chance) * guess)
    return seen + (1 - seen) * LEARNT


def after_wrong(chance: float) -> float:
    """The chance that a skill is known after a wrong first try, which teaches nothing yet (equation 3 of the paper).

    >>> round(after_wrong(0.4), 3)
    0.077
    """
    known = chance * SLIPPED
    return known / (known + (1 - chance) * (1 - GUESSED))


def masteries(lessons: Sequence[Lesson], answers: Iterable[Answer]) -> tuple[Mastery, ...]:
    """Every skill of the course: rules in the order of `RULES`, then lessons that teach no rule.

    Args:
        answers: in the order given; those to exercises that are gone are passed over.
    """
    asked = {
        (lesson.id, exercise.id): (exercise, skills_of(lesson, exercise))
        for lesson in lessons
        for exercise in lesson.exercises
    }
    tracing = _Tracing()
    for answer in answers:
        if (answer.lesson, answer.exercise) in asked:
            tracing.take(answer, *asked[answer.lesson, answer.exercise])
    counts = Counter(skill for _, skills in asked.values() for skill in skills)
    rules = [skill for skill in RULES.values() if skill in counts]
    others = [skill for skill in counts if skill not in rules]
    return tuple(tracing.mastery(skill, counts[skill]) for skill in [*rules, *others])


class _Tracing:
    """The chances as they stand after the answers taken so far."""

    def __init__(self) -> None:
        self._chances: defaultdict[Skill, float] = defaultdict(lambda: KNOWN_BEFORE)
        self._right: defaultdict[Skill, set[tuple[str, str]]] = defaultdict(set)
        self._wrong: defaultdict[tuple[str, str, int | None], set[str]] = defaultdict(set)
        "Wrong texts by exercise and variant, since it was last answered rightly."

    def take(self, answer: Answer, exercise: AnyExercise, skills: Sequence[Skill]) -> None:
        """Count an answer; help taken without one, and texts that were no attempt, count for nothing here."""
        opportunity = (answer.lesson, answer.exercise, answer.seed)
        if answer.verdict is Outcome.CORRECT:
            self._take_right(answer, exercise, skills, len(self._wrong.pop(opportunity, ())))
        elif answer.verdict is Outcome.INCORRECT:
            if not self._wrong[opportunity] and not answer.solution_shown:
                self._take_wrong(answer, skills)
            self._wrong[opportunity].add(answer.text.strip())

    def mastery(self, skill: Skill, exercises: int) -> Mastery:
        """How a skill stands."""
        return Mastery(
            skill=skill,
            chance=self._chances.get(skill, KNOWN_BEFORE),
            begun=skill in self._chances,
            right=len(self._right[skill]),
            exercises=exercises,
        )

    def _take_right(self, answer: Answer, exercise: AnyExercise, skills: Sequence[Skill], wrong: int) -> None:
        guess = max(GUESSED, 1 / len(exercise.options)) if isinstance(exercise, Choice | Predict) else GUESSED
        for skill in skills:
            self._right[skill].add((answer.lesson, answer.exercise))
            if not answer.solution_shown:  # What was copied neither shows nor teaches what we could count.
                self._chances[skill] = after_right(self._chances[skill], answer.hints + wrong, guess=guess)

    def _take_wrong(self, answer: Answer, skills: Sequence[Skill]) -> None:
        blamed = skill_of_slip(answer.slips[0]) if answer.slips else None
        for skill in (blamed,) if blamed else skills:
            self._chances[skill] = after_wrong(self._chances[skill])
