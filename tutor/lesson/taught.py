"""What a learner of a lesson has been taught: the skills of the lesson itself and of every lesson that it builds on.

A slip in a rule that comes later is recorded, and not spoken of: nobody is told of the quotient rule in the lesson on limits.
"""

from collections.abc import Mapping, Sequence

import msgspec

from tutor.lesson.model import Exercise, Lesson


def with_taught(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """The lessons, each exercise with the skills that its learner has been taught."""
    known = {lesson.id: lesson for lesson in lessons}
    return tuple(_with(lesson, taught(lesson, known)) for lesson in lessons)


def taught(lesson: Lesson, known: Mapping[str, Lesson]) -> tuple[str, ...] | None:
    """Ids of skills in the order in which they are taught; None where no lesson on the way says what it teaches."""
    on_the_way = _on_the_way(lesson, known)
    if all(each.teaches is None for each in on_the_way):
        return None
    return tuple(dict.fromkeys(skill for each in on_the_way for skill in each.teaches or ()))


def _on_the_way(lesson: Lesson, known: Mapping[str, Lesson]) -> list[Lesson]:
    """The lesson after all that it needs, however far back; needs that are not there, or lead in a circle, end there."""
    found: dict[str, Lesson] = {}
    waiting = [lesson]
    while waiting:
        here = waiting.pop()
        if here.id not in found:
            found[here.id] = here
            waiting += [known[need] for need in here.needs if need in known]
    return [*found.values()][::-1]


def _with(lesson: Lesson, skills: tuple[str, ...] | None) -> Lesson:
    steps = tuple(
        msgspec.structs.replace(step, taught=skills) if isinstance(step, Exercise) else step for step in lesson.steps
    )
    return msgspec.structs.replace(lesson, steps=steps)
