"""Which mistakes recur, and which exercises test them: counted from answers given, nothing stored and nothing read."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from tutor.errors import TutorError
from tutor.lesson.model import AnyExercise, Derivative, Fix, Gradient, Lesson
from tutor.lesson.vary import FIRST_SEED, draw, fill
from tutor.marking.slips.registry import SLIPS, kin
from tutor.study.answer import Answer, in_order
from tutor.study.skills import skill_of_slip, skills_of


class Recurring(msgspec.Struct, frozen=True):
    """A slip, and in what it was seen."""

    id: str
    times: int
    "Answers that it explains."
    exercises: int
    "Different exercises among them; a slip in one exercise alone may be that exercise's fault."
    last: str
    "When it was seen last, as answers say it."


def recurring(answers: Iterable[Answer], *, at_least: int = 2) -> tuple[Recurring, ...]:
    """The slips that explain several answers, those in the most exercises first, then the most frequent, then the latest.

    An answer that several slips explain counts for its likeliest one only: which of them it was is not known.
    """
    seen: dict[str, list[Answer]] = {}
    for answer in answers:
        for id_ in answer.slips[:1]:
            seen.setdefault(id_, []).append(answer)
    found = [
        Recurring(
            id_,
            len(given),
            len({(answer.lesson, answer.exercise) for answer in given}),
            max((answer.at for answer in given), key=in_order),
        )
        for id_, given in seen.items()
        if len(given) >= at_least
    ]
    found.sort(key=lambda slip: in_order(slip.last), reverse=True)
    return tuple(sorted(found, key=lambda slip: (-slip.exercises, -slip.times)))


Asked = tuple[Lesson, AnyExercise]
"An exercise with the lesson that it is in."


def foresees(exercise: AnyExercise, slip: str) -> bool:
    """Whether an exercise was made with a slip in mind: its author rejects an answer for it, or it is about that slip.

    Slips of which one is a case of the other are one: an exercise that rejects E4 (the factor of e^(kx) lost) tests K1.
    """
    named = {*exercise.reject.values(), *((exercise.slip,) if isinstance(exercise, Fix) else ())}
    return any(id in SLIPS and kin(id) == kin(slip) for id in named) if slip in SLIPS else slip in named


def asks_for(asked: Asked, slip: str) -> bool:
    """Whether an exercise asks for the skill that a slip shows a want of."""
    return skill_of_slip(slip) in skills_of(*asked)


def can_show(exercise: AnyExercise, slip: str) -> bool:
    """Whether a slip can be made in an exercise: its author foresees it, or the rules on the way to its answer allow it."""
    if foresees(exercise, slip):
        return True
    if slip not in SLIPS or not isinstance(exercise, Derivative | Gradient):
        return False
    try:
        drawn = draw(exercise, FIRST_SEED)
        return kin(slip) in _makeable(type(exercise), fill(exercise.of, drawn), exercise.by)
    except TutorError:
        return False  # What is wrong with a lesson is for `tutor check` to say.


@lru_cache(maxsize=512)
def _makeable(kind: type[Derivative | Gradient], of: str, by: tuple[str, ...]) -> frozenset[str]:
    """The slips, by their kin, with which a formula can be differentiated wrongly."""
    from tutor.marking.slips.made import slips_of  # all the wrong rules there are, which only practice needs here

    return frozenset(kin(id) for id, _ in slips_of(kind(id="", ask="", of=of, by=by)))
