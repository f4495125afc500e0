"""Choosing one of a few: the answer is a letter."""

from tutor.errors import Unreadable
from tutor.lesson.formula import plain_line
from tutor.lesson.model import Choice, Option
from tutor.marking.own_words import own_words
from tutor.marking.verdict import RIGHT, Outcome, Verdict
from tutor.words import tr


def mark_choice(exercise: Choice, text: str) -> Verdict:
    """Judge a letter, brackets around it or not.

    Raises:
        Unreadable: it is none of the letters.
    """
    letter = text.strip().strip("().").lower()
    options = _lettered(exercise)
    if letter not in options:
        raise Unreadable(tr("Choose one of the letters a to {last}.", last=max(options)), 0)
    option = options[letter]
    outcome = Outcome.CORRECT if option.right else Outcome.INCORRECT
    said = "" if option.right else own_words(exercise, option.text, letter)
    message = said or plain_line(option.because) or (RIGHT if option.right else tr("Not that one."))
    return Verdict(outcome=outcome, message=message, decided_by="choice")


def solve_choice(exercise: Choice) -> str:
    """The letter of the right option."""
    return next((letter for letter, option in _lettered(exercise).items() if option.right), "")


def _lettered(exercise: Choice) -> dict[str, Option]:
    return {chr(ord("a") + index): option for index, option in enumerate(exercise.options)}
