"""What in a hint could be the answer itself: texts to be marked, with the place of each. A hint leads; it does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tutor.lesson.formula import plain_line, read_formula
from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Fix, Gradient, NumberAnswer, Steer
from tutor.lesson.page import parse_page
from tutor.maths.tree import Name
from tutor.maths.tree import Number as NumberNode

_NUMBER: Final = re.compile(r"(?<![\w.])[-−]?[0-9]+(?:\.[0-9]+)?(?![\w.]*\w)")
_LINE: Final = re.compile(
    r"\b(?:lines?|zeilen?|lignes?|l[ií]neas?|linhas?|righe|riga|regels?|rad(?:en)?|linjen?|wiersz\w*|řád\w*|строк\w*) ([0-9]+)",
    re.IGNORECASE,
)
"The word for a line, in the languages that lessons are likely to be written in."
_SHORTEST: Final = 2
"Characters of a number that is no accident: a hint may well speak of the 2 in front where the answer happens to be 2."


def told_by(exercise: AnyExercise, hint: str) -> Iterator[tuple[str, int]]:
    """Every text in a hint that may be the answer, and where in the hint it stands."""
    match exercise:
        case Expression() | Derivative() | Gradient():
            yield from _formulas(hint)
        case NumberAnswer():
            yield from _formulas(hint)
            asked = set(_NUMBER.findall(exercise.ask))
            yield from ((text, at) for text, at in _numbers(hint) if len(text) >= _SHORTEST and text not in asked)
        case Steer():
            yield from _numbers(hint)
        case Fix():
            yield from ((found[1], found.start()) for found in _LINE.finditer(hint))
        case Choice(options=options):
            said = plain_line(hint)
            for place, option in enumerate(options):
                if option.right and len(plain_line(option.right)) > _SHORTEST and plain_line(option.right) in said:
                    yield chr(ord("a") + place), 0


def _formulas(hint: str) -> Iterator[tuple[str, int]]:
    """A single number or letter may stand there for something else."""
    for maths, at in parse_page(hint).maths:
        for piece in read_formula(maths).pieces:
            if piece.node is not None and not isinstance(piece.node, NumberNode | Name):
                yield piece.line, at


def _numbers(hint: str) -> Iterator[tuple[str, int]]:
    return ((found[0].replace("−", "-"), found.start()) for found in _NUMBER.finditer(hint))
