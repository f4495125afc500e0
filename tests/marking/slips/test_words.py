"""What is said of every slip in every exercise of the course: short, plain, and without the answer."""

from __future__ import annotations

import re

import pytest
from bench.slips import course, is_wrong, told

from tutor.lesson.model import AnyExercise
from tutor.marking.question import Question, ask
from tutor.marking.slips.made import slips_of
from tutor.maths.show import show_line

MOST_SENTENCES = 3
LONGEST = 240
FROM_PROGRAMS = re.compile(
    r"[A-Za-z]_[A-Za-z]|\w\(\)|\bNone\b|\b(True|False|Node|Rule|Power|Sum|Name)\(|<\w|[□▪ᚠ\[\]{}$`*]"
)


def messages(exercise: AnyExercise, question: Question) -> dict[str, str]:
    """One for each slip that can be made, and each set of slips that is found."""
    said: dict[str, str] = {}
    made = set()
    for id_, answer in slips_of(exercise):
        if id_ not in made and is_wrong(exercise, question, answer):
            made.add(id_)
            found = told(exercise, question, answer)
            if found is not None:
                said[f"{id_}: {show_line(answer)}"] = found.message
    return said


def gives_away(message: str, right: str, asked: str) -> bool:
    """Whether the right answer stands in a message, on its own; not a number, nor what stands in the question too."""
    if right.isdigit() or right in asked:
        return False
    return re.search(rf"(?<![\w²³.,·(]){re.escape(right)}(?![\w²³(])", message) is not None


@pytest.mark.parametrize("exercise", course(), ids=lambda exercise: exercise.id)
def test_what_is_said_is_short_and_plain_and_no_answer(exercise: AnyExercise) -> None:
    question = ask(exercise)
    right, asked = show_line(question.right), show_line(question.of or question.right)
    for slip, message in messages(exercise, question).items():
        assert len(message) <= LONGEST, slip
        assert len(re.findall(r"[.?!](?=\s|$)", message)) <= MOST_SENTENCES, slip
        assert not FROM_PROGRAMS.search(message), (slip, message)
        assert not gives_away(message, right, asked), (slip, message, right)
