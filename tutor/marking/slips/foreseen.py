"""Whether an answer is one that the author of an exercise wrote down as a wrong one."""

from __future__ import annotations

from tutor.errors import Unreadable
from tutor.lesson.model import Exercise
from tutor.marking.question import Question
from tutor.marking.slips.probe import choose_probes, is_close
from tutor.maths.parse import parse
from tutor.maths.tree import Node, Tuple, substitute, without_brackets


def is_foreseen(exercise: Exercise, question: Question, answer: Node) -> bool:
    """Whether the author says of that answer which slip leads to it."""
    return any(id_ and is_same(text, question, answer) for text, id_ in exercise.reject.items())


def is_same(text: str, question: Question, answer: Node) -> bool:
    """Whether a text is that answer, in any form."""
    try:
        tree = substitute(without_brackets(parse(text, question.vocabulary)), question.abbreviations)
    except Unreadable:
        return False
    sides = [side.items if isinstance(side, Tuple) else (side,) for side in (tree, answer)]
    if len(sides[0]) != len(sides[1]):
        return False
    probes = choose_probes(question.names, (*sides[0], *sides[1]), 3 if question.names else 1)
    return bool(probes) and all(
        is_close(probe.value(mine), probe.value(theirs))
        for probe in probes
        for mine, theirs in zip(*sides, strict=True)
    )
