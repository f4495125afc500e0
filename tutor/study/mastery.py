"""How surely a learner has each skill, from the answers alone: Bayesian knowledge tracing.

A. T. Corbett, J. R. Anderson (1995), “Knowledge tracing: modeling the acquisition of procedural knowledge”, User
Modeling and User-Adapted Interaction 4, 253-278. A skill is known or not. Each exercise that asks for it is an
opportunity: what was answered changes the chance that it is known (Bayes), and the opportunity itself may teach it, once,
whether it was answered rightly or wrongly.

As in the paper, only the first try of an opportunity can count against a skill. Ours besides: a right answer after help
or wrong tries says something too, but less, and so does an easy exercise of practice; a wrong answer that a slip explains
counts against that slip's skill alone, if it was taught. The values of all parameters are ours, set by hand; the paper fits
them. Each opportunity may also lose the skill, as in M. Khajah, R. V. Lindsey, M. C. Mozer (2016), “How deep is knowledge
tracing?”, Educational Data Mining 2016, section 1.3.1: without that the chance reaches 1, from which no wrong answer leads back.
Theirs counts all exercises in between, ours those of the skill. Forgetting with time is not in the model, but in reviews.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import msgspec

from tutor.lesson.model import AnyExercise, Choice, Lesson, Predict
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer, in_order
from tutor.study.grades import PAUSE
from tutor.study.skills import RULES, Skill, is_taught, skill_of_slip, skills_of
from tutor.study.taught import Taught
from tutor.study.templates import LEVELS, PRACTISED, level_of, rule_of, template_of
from tutor.study.weeks import local_day

KNOWN_BEFORE = 0.1
"p(L0): the chance that a skill is known before its first exercise."
LEARNT = 0.1
"p(T): the chance that an exercise done teaches it."
FORGOTTEN = 0.01
"p(F): the chance that a skill is lost by the next exercise. No chance rises far over 1 - p(F), so two wrong answers show."
SLIPPED = 0.1
"p(S): the chance of a wrong answer from somebody who knows it."
GUESSED = 0.2
"p(G): the chance of a right answer, typed without help, from somebody who does not. Four such in a row make it mastered."
HELPED = 0.2
"By how much each hint and each wrong try before raises p(G), up to where a right answer says nothing."
EASY = 0.1
"By how much each level of practice below the highest raises p(G)."
MASTERED = 0.95
"The usual chance from which a skill is called mastered."


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


def seen_right(chance: float, help_taken: int, *, guess: float = GUESSED) -> float:
    """The chance that a skill was known, given a right answer: p(L | evidence) of the paper.

    Args:
        chance: before it, 0 to 1.
        help_taken: hints and wrong tries before.
        guess: p(G) without help.

    >>> round(seen_right(0.1, 0), 3)
    0.333
    """
    guess = min(1 - SLIPPED, guess + HELPED * help_taken)
    known = chance * (1 - SLIPPED)
    return known / (known + (1 - chance) * guess)


def seen_wrong(chance: float) -> float:
    """The chance that a skill was known, given a wrong first try: p(L | evidence) of the paper.

    >>> round(seen_wrong(0.4), 3)
    0.077
    """
    known = chance * SLIPPED
    return known / (known + (1 - chance) * (1 - GUESSED))


def learnt(chance: float) -> float:
    """The chance that a skill is known after an opportunity: p(L | evidence)(1 - p(F)) + (1 - p(L | evidence)) p(T).

    Args:
        chance: given what was answered, right or wrong.

    >>> round(learnt(seen_right(0.1, 0)), 3), round(learnt(seen_wrong(0.4)), 3)
    (0.397, 0.168)
    """
    return chance * (1 - FORGOTTEN) + (1 - chance) * LEARNT


def masteries(lessons: Sequence[Lesson], answers: Iterable[Answer]) -> tuple[Mastery, ...]:
    """Every skill of the course: rules in the order of `RULES`, then lessons that teach no rule.

    Args:
        answers: in any order: it is their times that count, so that two machines' journals say the same whichever was
            merged into the other. Those to exercises that are gone are passed over.
    """
    tracing = Tracing(lessons, answers)
    counts = Counter(
        skill for lesson in lessons for exercise in lesson.exercises for skill in skills_of(lesson, exercise)
    )
    rules = [skill for skill in RULES.values() if skill in counts]
    others = [skill for skill in counts if skill not in rules]
    return tuple(tracing.mastery(skill, counts[skill]) for skill in [*rules, *others])


class Tracing:
    """The chances as they stand after the answers taken so far."""

    def __init__(self, lessons: Sequence[Lesson], answers: Iterable[Answer] = ()) -> None:
        self._course = {
            (lesson.id, exercise.id): (lesson, exercise) for lesson in lessons for exercise in lesson.exercises
        }
        self._skills: dict[tuple[str, str], tuple[Skill, ...]] = {}
        self._chances: defaultdict[Skill, float] = defaultdict(lambda: KNOWN_BEFORE)
        self._right: defaultdict[Skill, set[tuple[str, str]]] = defaultdict(set)
        self._wrong: defaultdict[tuple[str, str, int | None], set[str]] = defaultdict(set)
        "Wrong texts by exercise and variant, of the sitting that is going on."
        self._last: dict[tuple[str, str, int | None], datetime] = {}
        "When an exercise and variant was last answered."
        self._lessons = lessons
        self._begun: set[str] = set()
        self._met: tuple[frozenset[str], tuple[str, ...]] = (frozenset(), ())
        "The rules that were taught when so many lessons were begun."
        self._taught: Taught | None = None
        self._blamed: dict[tuple[str, str, int | None], tuple[Skill, ...]] = {}
        "The skills against which the first of them counted, and to which this opportunity has taught what it can."
        for answer in sorted(answers, key=lambda answer: in_order(answer.at)):
            self.take(answer)

    def take(self, answer: Answer) -> None:
        """Count an answer; help taken without one, and texts that were no attempt, count for nothing here."""
        if answer.verdict not in (Outcome.CORRECT, Outcome.INCORRECT):
            return
        self._begun.add(answer.lesson)
        key = (answer.lesson, answer.exercise)
        template = template_of(*key)
        asked = (PRACTISED, template) if template is not None else self._course.get(key)
        if asked is None:
            return
        opportunity, at = (*key, answer.seed), in_order(answer.at)
        if at - self._last.get(opportunity, at) > PAUSE:
            # Another sitting, and another opportunity: wrong tries of last spring take nothing from a right answer of today.
            self._wrong.pop(opportunity, None)
            self._blamed.pop(opportunity, None)
        self._last[opportunity] = at
        if answer.verdict is Outcome.CORRECT:
            wrong, taught = len(self._wrong.pop(opportunity, ())), self._blamed.pop(opportunity, ())
            self._take_right(answer, *asked, wrong, taught)
        else:
            if not self._wrong[opportunity] and not answer.solution_shown:
                self._blamed[opportunity] = self._take_wrong(answer, *asked)
            self._wrong[opportunity].add(answer.text.strip())

    def skills_of(self, lesson: Lesson, exercise: AnyExercise) -> tuple[Skill, ...]:
        """What an exercise asks for, found out once: it is most of the work."""
        key = (lesson.id, exercise.id)
        if key not in self._skills:
            self._skills[key] = skills_of(lesson, exercise)
        return self._skills[key]

    def _asked(self, lesson: Lesson, exercise: AnyExercise) -> tuple[Skill, ...]:
        """What an exercise asks of this learner now: of a generated one its own rule, and those taught by then."""
        skills = self.skills_of(lesson, exercise)
        if lesson is not PRACTISED:
            return skills
        if self._met[0] != self._begun:
            self._taught = self._taught or Taught(self._lessons, self.skills_of)
            self._met = frozenset(self._begun), self._taught.rules(self._begun)
        known = {rule_of(exercise.id), *self._met[1]}
        return tuple(skill for skill in skills if skill.id in known)

    def chance(self, skill: Skill) -> float:
        """How surely a skill is known, 0 to 1."""
        return self._chances.get(skill, KNOWN_BEFORE)

    @property
    def begun(self) -> tuple[Skill, ...]:
        """The skills of which answers have said something."""
        return tuple(self._chances)

    def mastery(self, skill: Skill, exercises: int) -> Mastery:
        """How a skill stands."""
        return Mastery(
            skill=skill,
            chance=self.chance(skill),
            begun=skill in self._chances,
            right=len(self._right[skill]),
            exercises=exercises,
        )

    def _take_right(
        self, answer: Answer, lesson: Lesson, exercise: AnyExercise, wrong: int, taught: Collection[Skill]
    ) -> None:
        guess = _guess(lesson, exercise)
        for skill in self._asked(lesson, exercise):
            if lesson is not PRACTISED:
                self._right[skill].add((answer.lesson, answer.exercise))
            if not answer.solution_shown:  # What was copied neither shows nor teaches what we could count.
                seen = seen_right(self._chances[skill], answer.hints + wrong, guess=guess)
                self._chances[skill] = seen if skill in taught else learnt(seen)

    def _take_wrong(self, answer: Answer, lesson: Lesson, exercise: AnyExercise) -> tuple[Skill, ...]:
        slip = skill_of_slip(answer.slips[0]) if answer.slips else None
        asked = self._asked(lesson, exercise)
        is_known = slip in asked if lesson is PRACTISED else slip is not None and is_taught(exercise, slip)
        blamed = (slip,) if slip and is_known else asked
        for skill in blamed:
            self._chances[skill] = learnt(seen_wrong(self._chances[skill]))
        return blamed


def _guess(lesson: Lesson, exercise: AnyExercise) -> float:
    if isinstance(exercise, Choice | Predict):
        return max(GUESSED, 1 / len(exercise.options))
    return GUESSED + EASY * (LEVELS - level_of(exercise.id)) if lesson is PRACTISED else GUESSED


def growth(
    lessons: Sequence[Lesson], answers: Iterable[Answer], days: Sequence[date], now: datetime
) -> tuple[float, ...]:
    """How much of all skills of a course was known at the end of each of some days, 0 to 1; what was not begun counts as 0.

    Args:
        days: from first to last.
        now: with the zone by which days begin.
    """
    skills = {skill for lesson in lessons for exercise in lesson.exercises for skill in skills_of(lesson, exercise)}
    dated = [
        (local_day(answer.at, now) or date.min, answer)
        for answer in sorted(answers, key=lambda answer: in_order(answer.at))
    ]
    tracing, shares, taken = Tracing(lessons), [], 0
    for day in days:
        while taken < len(dated) and dated[taken][0] <= day:
            tracing.take(dated[taken][1])
            taken += 1
        known = sum(tracing.chance(skill) for skill in tracing.begun if skill in skills)
        shares.append(known / len(skills) if skills else 0.0)
    return tuple(shares)
