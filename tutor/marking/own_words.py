"""What an author says of a wrong answer that is a letter or a number: found under any of the names that the answer goes by."""

from __future__ import annotations

from tutor.lesson.formula import plain_line
from tutor.lesson.model import Exercise


def own_words(exercise: Exercise, *names: str) -> str:
    """The words under the first of these names in `says`, ready to be shown; empty where there are none."""
    return next((plain_line(exercise.says[name]) for name in names if name in exercise.says), "")
