"""What a learner has met by now, from the lessons begun: which rules, which functions, and which formulas fit. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from tutor.lesson.model import AnyExercise, Lesson
from tutor.study.skills import RULES, Skill, skills_of
from tutor.study.templates import PRACTISED, rule_of

_FUNCTIONS: Final = re.compile(r"\b(?:sin|cos|tanh|sigmoid)\b|σ")
"Those that some lesson has to bring up first."

_EVERYWHERE: Final = frozenset({"power-rule", "constants-and-sums"})
"Rules that come before all others, and without which no formula is to be had."

_ON_THE_WAY: Final = {"power-rule": {"quotient-rule", "functions"}, "exponentials": {"chain-rule"}}
"What a rule's own lesson shows for its sake: a fraction and a root as powers; a factor in the exponent."


class Taught:
    """What the lessons of a course teach."""

    def __init__(
        self,
        lessons: Sequence[Lesson],
        skills: Callable[[Lesson, AnyExercise], tuple[Skill, ...]] = skills_of,
    ) -> None:
        """
        Args:
            skills: as `skills_of`, perhaps from what was found out before.
        """
        self._lessons = lessons
        self._counts = {
            lesson.id: Counter(skill.id for exercise in lesson.exercises for skill in skills(lesson, exercise))
            for lesson in lessons
        }

    def rules(self, begun: Collection[str]) -> tuple[str, ...]:
        """The rules that a learner has met: those taught in lessons that were begun, or that such lessons build on.

        A rule is taught in the first lesson that asks for it half as often as the one that does most: a lesson on powers that
        once has 1/x in it does not teach the quotient rule.
        """
        met = self._met(begun)

        def is_met(rule: str) -> bool:
            most = max((count[rule] for count in self._counts.values()), default=0)
            return next((id in met for id, count in self._counts.items() if most and 2 * count[rule] >= most), False)

        return tuple(rule for rule in RULES if is_met(rule))

    def functions(self, begun: Collection[str]) -> frozenset[str]:
        """The functions that were differentiated in such lessons."""
        met = self._met(begun)
        asked = (exercise for lesson in self._lessons if lesson.id in met for exercise in lesson.exercises)
        return frozenset().union(*map(functions_in, asked))

    def _met(self, begun: Collection[str]) -> set[str]:
        met: set[str] = set()
        border = {lesson.id for lesson in self._lessons if lesson.id in begun}
        while border:
            met |= border
            needed = {need for lesson in self._lessons if lesson.id in border for need in lesson.needs}
            border = (needed & self._counts.keys()) - met
        return met


def functions_in(exercise: AnyExercise) -> frozenset[str]:
    """The functions in the formula of an exercise, in whatever variant."""
    of = getattr(exercise, "of", "")
    values = " ".join(value for written in exercise.vary.values() if not isinstance(written, str) for value in written)
    return frozenset("sigmoid" if name == "σ" else name for name in _FUNCTIONS.findall(f"{of} {values}"))


def fits(template: AnyExercise, rules: Collection[str], functions: Collection[str]) -> bool:
    """Whether a generated exercise asks for nothing but what was met, besides the rule that it is made for."""
    rule = rule_of(template.id)
    more = (
        {skill.id for skill in skills_of(PRACTISED, template)}
        - {rule, *rules}
        - _EVERYWHERE
        - _ON_THE_WAY.get(rule, set())
    )
    return not more and functions_in(template) <= set(functions)
