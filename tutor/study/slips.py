"""Which mistakes recur, and which exercises test them: counted from answers given, nothing stored and nothing read."""

from collections.abc import Iterable, Sequence

import msgspec

from tutor.lesson.model import AnyExercise, Fix, Lesson
from tutor.marking.slips.registry import SLIPS, kin
from tutor.study.answer import Answer
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
            max(answer.at for answer in given),
        )
        for id_, given in seen.items()
        if len(given) >= at_least
    ]
    found.sort(key=lambda slip: slip.last, reverse=True)
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


def prefer(exercises: Iterable[Asked], slips: Sequence[Recurring]) -> list[Asked]:
    """The exercises, those first that test the slips; otherwise in the order given.

    An exercise that foresees a slip counts twice as much for it as one that only asks for the skill, and of n slips the
    first counts n times as much as the last.
    """
    return sorted(exercises, key=lambda asked: -_worth(asked, slips))


def _worth(asked: Asked, slips: Sequence[Recurring]) -> int:
    return sum(
        weight * (2 * foresees(asked[1], slip.id) or asks_for(asked, slip.id))
        for weight, slip in zip(range(len(slips), 0, -1), slips, strict=True)
    )
