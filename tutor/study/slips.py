"""Which mistakes recur: counted from the answers that a learner gave, nothing stored and nothing read."""

from collections.abc import Iterable

import msgspec

from tutor.study.answer import Answer


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
