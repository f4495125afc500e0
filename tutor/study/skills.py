"""Which skills an exercise asks for: the rules that its derivative takes and, where it takes none, its lesson.

The rules are the groups of the registry of slips, so a slip and the skill that it shows a want of go by one name. Skill
ids are a promise, as those of slips and lessons are: practice is asked for by them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from tutor.errors import TutorError
from tutor.lesson.model import AnyExercise, Derivative, Fix, Gradient, Lesson, LineByLine, NumberAnswer, Order
from tutor.lesson.vary import FIRST_SEED, draw, fill
from tutor.marking.slips.registry import SKILL_IDS, SKILLS, SLIPS
from tutor.maths.parse import parse_free
from tutor.maths.rules import Rule, RuleName, differentiate
from tutor.maths.tree import Call, variables
from tutor.study.templates import PRACTICE, rule_of
from tutor.words import tr

_LOGARITHMS: Final = ("ln", "log", "exp")

_GROUPS: Final = {
    RuleName.CONSTANT: "C",
    RuleName.MULTIPLE: "C",
    RuleName.SUM: "C",
    RuleName.POWER: "P",
    RuleName.PRODUCT: "R",
    RuleName.QUOTIENT: "Q",
    RuleName.RECIPROCAL: "Q",
    RuleName.EXPONENTIAL: "E",
    RuleName.LOGARITHMIC: "E",
    RuleName.CHAIN: "K",
    RuleName.LARGEST: "T",
}


class Skill(msgspec.Struct, frozen=True):
    """Something that lessons teach and exercises ask for."""

    id: str
    "The name of a rule, or `lesson:` and the id of a lesson."
    name: str
    "In a learner's words."


RULES: Final = {SKILL_IDS[letter]: Skill(SKILL_IDS[letter], name) for letter, name in SKILLS.items()}
"Id to skill, in the order in which a course teaches them."


def skill_of_slip(slip: str) -> Skill | None:
    """The skill that a slip shows a want of; nothing for an id that the registry does not know.

    >>> skill_of_slip("K1").name
    'the chain rule'
    """
    return RULES[SKILL_IDS[slip[0]]] if slip in SLIPS else None


def skills_of(lesson: Lesson, exercise: AnyExercise) -> tuple[Skill, ...]:
    """What an exercise asks for, rules first to last; at least one skill.

    Rules are those on the way to its derivative, in its first variant if it has any, those that the slips are about which
    its author foresees, and of a generated exercise the one that it was made for; but none that its learner has not been
    taught, where that is known.
    """
    letters = {*_letters_of_formula(exercise), *(id[0] for id in exercise.reject.values() if id in SLIPS)}
    if lesson.id == PRACTICE:
        letters |= {letter for letter, id in SKILL_IDS.items() if id == rule_of(exercise.id)}
    if "Q" in letters and not is_taught(exercise, RULES[SKILL_IDS["Q"]]):
        letters.add("P")  # Before quotients are taught, 1/x^2 is a power.
    rules = (RULES[id] for letter, id in SKILL_IDS.items() if letter in letters)
    found = tuple(rule for rule in rules if is_taught(exercise, rule))
    return found or (ideas_of(lesson),)


def is_taught(exercise: AnyExercise, rule: Skill) -> bool:
    """Whether the learner of an exercise has been taught a rule, or nothing is known of that."""
    return exercise.taught is None or rule.id in exercise.taught


def ideas_of(lesson: Lesson) -> Skill:
    """What a lesson teaches that is no rule."""
    return Skill(f"lesson:{lesson.id}", tr("ideas: {title}", title=lesson.title))


def skills_by_id(lessons: Iterable[Lesson]) -> dict[str, Skill]:
    """Every skill that can be practised: the rules, then the lessons that have exercises."""
    return RULES | {(skill := ideas_of(lesson)).id: skill for lesson in lessons if lesson.exercises}


def _letters_of_formula(exercise: AnyExercise) -> frozenset[str]:
    if not isinstance(exercise, Derivative | Gradient | NumberAnswer | Fix | Order | LineByLine) or not exercise.by:
        return frozenset()
    try:
        # Not `variant`, which fills in every text: that took 1.1 s for the 233 exercises of the course, and this takes 0.2.
        drawn = draw(exercise, FIRST_SEED)
        of, by = fill(exercise.of, drawn), tuple(fill(name, drawn) for name in exercise.by)
    except TutorError:
        return frozenset()  # What is wrong with a lesson is for `tutor check` to say.
    found = _letters(of, by)
    return found | {"V"} if isinstance(exercise, Gradient) else found


@lru_cache(maxsize=1024)
def _letters(of: str, by: tuple[str, ...]) -> frozenset[str]:
    """The groups of the rules with which a formula is differentiated; for a higher derivative, those of the first one."""
    try:
        formula = parse_free(of, by)
        trees = [differentiate(formula, variable) for variable in dict.fromkeys(by)]
    except (TutorError, RecursionError):
        return frozenset()
    letters = {letter for tree in trees for letter in _letters_of_rule(tree)}
    return frozenset(letters | {"D"} if len(variables(formula)) > 1 else letters)


def _letters_of_rule(rule: Rule) -> Iterator[str]:
    if rule.name is RuleName.FUNCTION:
        yield "E" if isinstance(rule.of, Call) and rule.of.function in _LOGARITHMS else "T"
    elif rule.name in _GROUPS:
        yield _GROUPS[rule.name]
    for part in rule.parts:
        yield from _letters_of_rule(part)
