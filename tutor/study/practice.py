"""Practice without end: after each exercise another one, of the rule that most needs it, as hard as the learner can bear.

Pure. A rule's level rises and falls by a staircase: two right at once in a row and it rises, one not managed and it falls
(H. Levitt, “Transformed up-down methods in psychoacoustics”, J. Acoust. Soc. Am. 49, 1971: it settles where 71 % are right).
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from tutor.lesson.model import PLACING, AnyExercise, Lesson
from tutor.lesson.vary import seeds_of
from tutor.marking.verdict import Verdict
from tutor.study.answer import Answer, in_order
from tutor.study.grades import Grade, Sitting, sittings
from tutor.study.mastery import MASTERED, Tracing
from tutor.study.picks import Pick, Picks, Seen
from tutor.study.session import Standing
from tutor.study.skills import RULES, Skill, ideas_of, skill_of_slip, skills_by_id, skills_of
from tutor.study.slips import Recurring, can_show, recurring
from tutor.study.taught import Taught, fits
from tutor.study.templates import LEVELS, PRACTICE, PRACTISED, level_of, of_level, rule_of, template_of
from tutor.words import tr

FIRST_SEEDS = 1_000_000
"From which many the first seed of a sitting is taken, so that two neighbours in a lab do not get the same."

_BEGUN = 0.05
"What a rule that was tried is given more: one that fails stays at a mastery of 0.11 to 0.15, one not tried at 0.1."

LATELY = 60
"Answers among which slips are counted, so that one which is cured is forgotten."
IN_A_ROW = 2
"Right at once this often, and the level rises."
EVERY = 3
"Each so many exercises of a rule one of a lesson comes, as long as there are variants not seen yet."
HALFWAY = 0.6
"From this mastery on a rule begins at level 2, and from `MASTERED` on at 3; below it at 1."

_EACH_SLIP, _ALL_SLIPS = 0.1, 0.5
"What each recent slip of a rule adds to its urgency, and the most that they do together; its want of mastery is 0 to 1."
_EACH_TURN, _FRESH = 0.05, 10
"What each exercise since a rule's last one adds, and how many one counts at least that has not come yet: so the others come too."

SUMMARY = tr("That was practice. `tutor progress` says what is mastered by now.")


def level_after(went: Iterable[Sitting], first: int) -> int:
    """The level of a rule after its generated exercises.

    Args:
        first: the level at which they begin, 1 to `LEVELS`.
    """
    level, row = first, 0
    for sitting in went:
        row = row + 1 if sitting.grade is Grade.GOOD else 0
        if sitting.grade is Grade.AGAIN:
            level = max(1, level - 1)
        elif row == IN_A_ROW:
            level, row = min(LEVELS, level + 1), 0
    return level


class Chooser:
    """Chooses what is practised next, from all that was answered."""

    def __init__(self, lessons: Sequence[Lesson], answers: Sequence[Answer], rule: str | None, first_seed: int) -> None:
        """
        Args:
            rule: the id of the one skill to practise; None for the rules that were taught.
            first_seed: the least seed of a generated exercise.
        """
        self._lessons = lessons
        self._skills = skills_by_id(lessons)
        # By their times: another machine's answers stand where they were merged.
        self._answers = sorted(answers, key=lambda answer: in_order(answer.at))
        self._rule = rule
        self._first_seed = first_seed
        self._tracing = Tracing(lessons, self._answers)
        begun = {answer.lesson for answer in answers}
        taught = Taught(lessons, self._tracing.skills_of)
        self._met, self._functions = taught.rules(begun), taught.functions(begun)
        # Before any rule was taught, the ideas of the lessons begun; before any lesson was, those of the first.
        ideas = [ideas_of(lesson).id for lesson in lessons if lesson.exercises]
        self._rules = self._met or tuple(id for id in ideas if id.partition(":")[2] in begun) or tuple(ideas[:1])
        self._seen = Seen(self._answers)
        self._last = ""
        "The exercise that came last."
        self._turns: list[tuple[str, bool]] = []
        "The rules that came, and whether an exercise was chosen for a slip."

    def take(self, answer: Answer) -> None:
        """Count an answer given since."""
        self._answers.append(answer)
        self._tracing.take(answer)

    def name(self, rule: str) -> str:
        """A skill in a learner's words."""
        return self._skills[rule].name

    def chance(self, rule: str) -> float:
        """How surely a skill is known."""
        return self._tracing.chance(self._skills[rule])

    def level(self, rule: str) -> int:
        """How hard the exercises of a rule are now, 1 to `LEVELS`."""
        mine = [answer for answer in self._answers if answer.lesson == PRACTICE and rule_of(answer.exercise) == rule]
        went = [sitting for sitting in sittings(mine) if template_of(*sitting.key) is not None]
        if went:
            return level_after(went, level_of(went[0].key[1]))
        chance = self.chance(rule)
        return 3 if chance >= MASTERED else 2 if chance >= HALFWAY else 1

    def next(self) -> tuple[str, Pick]:
        """The skill to practise now, and an exercise for it."""
        slips = recurring(self._answers[-LATELY:])
        rule = self._rule or self._next_rule(slips)
        mine = [slip for slip in slips if skill_of_slip(slip.id) == self._skills[rule]]
        # Every other time: who only ever meets his or her slip learns to expect it.
        was_for_slip = next((for_slip for each, for_slip in reversed(self._turns) if each == rule), False)
        slip = mine[0] if mine and not was_for_slip else None
        pick = self._exercise(rule, slip) if rule in RULES else self._freshest(self._with_ideas(self._skills[rule]))
        self._seen.add(pick.lesson, pick.exercise.id, pick.seed)
        self._last = pick.exercise.id
        self._turns.append((rule, slip is not None))
        return rule, pick

    def _next_rule(self, slips: Sequence[Recurring]) -> str:
        last = self._turns[-1][0] if self._turns else ""
        others = [rule for rule in self._rules if rule != last]
        return max(others or self._rules, key=lambda rule: self._urgency(rule, slips))

    def _urgency(self, rule: str, slips: Sequence[Recurring]) -> float:
        skill = self._skills[rule]
        slipped = sum(slip.times for slip in slips if skill_of_slip(slip.id) == skill)
        came = [each for each, _ in self._turns]
        since = came[::-1].index(rule) if rule in came else max(_FRESH, len(came))
        rest = _EACH_TURN * since
        begun = _BEGUN if skill in self._tracing.begun else 0.0
        return 1 - self._tracing.chance(skill) + begun + min(_ALL_SLIPS, _EACH_SLIP * slipped) + rest

    def _exercise(self, rule: str, slip: Recurring | None) -> Pick:
        level = self.level(rule)
        by_nearness = sorted(range(1, LEVELS + 1), key=lambda each: (abs(each - level), each))
        fit = [made for near in by_nearness if (made := self._fit(rule, near))]
        made = fit[0] if fit else [(PRACTISED, each) for each in of_level(rule, level)]
        if slip is None:
            turn = sum(each == rule for each, _ in self._turns)
            of_lessons = self._unseen(RULES[rule]) if turn % EVERY == EVERY - 1 else []
            return self._freshest(of_lessons or made)
        tried = [each for near in fit for each in near]
        about = [asked for asked in [*self._unseen(RULES[rule]), *tried] if can_show(asked[1], slip.id)]
        return self._freshest(about[:LEVELS] or made)

    def _fit(self, rule: str, level: int) -> list[tuple[Lesson, AnyExercise]]:
        """The formulas of a rule at a level that ask for nothing untaught; all, where the learner asks for an untaught rule."""
        is_free = rule not in self._met
        return [
            (PRACTISED, each) for each in of_level(rule, level) if is_free or fits(each, self._met, self._functions)
        ]

    def _with_ideas(self, skill: Skill) -> list[tuple[Lesson, AnyExercise]]:
        """The exercises of a lesson that ask for no rule; where there are none, all that it has."""
        mine = [(each, exercise) for each in self._lessons if ideas_of(each) == skill for exercise in each.exercises]
        return [asked for asked in mine if skill in skills_of(*asked)] or mine

    def _unseen(self, skill: Skill) -> list[tuple[Lesson, AnyExercise]]:
        """Exercises of lessons that were begun, typed ones, that ask for a skill and have a frozen variant not seen yet."""
        begun = {answer.lesson for answer in self._answers}
        return [
            (lesson, exercise)
            for lesson in self._lessons
            if lesson.id in begun
            for exercise in lesson.exercises
            if isinstance(exercise, PLACING)
            and self._seen.times(lesson.id, exercise.id) < len(seeds_of(exercise))
            and skill in self._tracing.skills_of(lesson, exercise)
        ]

    def _freshest(self, asked: Sequence[tuple[Lesson, AnyExercise]]) -> Pick:
        others = [each for each in asked if each[1].id != self._last] or asked
        lesson, exercise = min(others, key=lambda each: self._seen.times(each[0].id, each[1].id))
        if lesson is not PRACTISED:
            return self._seen.pick(lesson, exercise)
        return self._one_of([template for where, template in others if where is PRACTISED])

    def _one_of(self, made: Sequence[AnyExercise]) -> Pick:
        fresh = [each for each in made if self._seen.new_seed(PRACTISED, each, self._first_seed)]
        # Drawn, so that each sitting has another order, and not from `random`, so that a seed means the same everywhere.
        drawn = int.from_bytes(sha256(f"{self._first_seed}/{len(self._turns)}".encode()).digest())
        among = fresh or made
        return self._seen.pick_new(PRACTISED, among[drawn % len(among)], self._first_seed)


class Practice(Picks):
    """A sitting of practice, which is over when the learner leaves."""

    def __init__(
        self, lessons: Sequence[Lesson], answers: Sequence[Answer], rule: str | None = None, *, first_seed: int = 1
    ) -> None:
        """
        Args:
            answers, rule, first_seed: as for `Chooser`.
        """
        super().__init__((), id=PRACTICE, title=tr("Practice"), summary=SUMMARY)
        self._chooser = Chooser(lessons, answers, rule, first_seed)
        self._rules: list[str] = []
        self._one_more()

    def forward(self) -> bool:
        """Go one on; there is always another exercise."""
        if self.index == len(self.lesson.steps) - 1:
            self._one_more()
        return super().forward()

    def record(
        self, exercise_id: str, text: str = "", verdict: Verdict | None = None, *, id: str, at: str, seconds: float
    ) -> Answer:
        """As `Session.record`; what comes next depends on it."""
        answer = super().record(exercise_id, text, verdict, id=id, at=at, seconds=seconds)
        self._chooser.take(answer)
        return answer

    @property
    def standing(self) -> Standing:
        """The skill and, of a generated exercise, how hard it is; the line shows how surely the skill is known."""
        rule, pick = self._rules[self.number], self.picks[self.number]
        words = self._chooser.name(rule)
        if pick.lesson == PRACTICE:
            level = level_of(pick.exercise.id)
            words = tr("{skill}, level {level} of {levels}", skill=words, level=level, levels=LEVELS)
        return Standing(words, round(100 * self._chooser.chance(rule)), 100)

    def _one_more(self) -> None:
        rule, pick = self._chooser.next()
        self._rules.append(rule)
        self.add(pick)
