"""The exercise that an author marks for the placement check: read, and proved to be one that can stand for its lesson."""

import pytest

from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import parse

LESSON = """\
format: 1
id: x
title: T
objectives: [Learn]
summary: S
placement: %s
steps:
  - read: {id: page, text: Words.}
  - derivative: {id: slope, ask: Go, of: x^2, by: x}
  - choice: {id: pick, ask: Go, options: [{right: x}, {wrong: y}]}
"""


def test_an_exercise_of_the_lesson_is_marked() -> None:
    reading = examine(parse(LESSON % "slope", "f"))
    assert proofread(reading) == []
    assert reading.lesson is not None
    assert reading.lesson.placement == "slope"


PROBLEMS = [
    ("slop", "No exercise of this lesson has the id `slop`", "Did you mean `slope`?"),
    ("pick", "`pick` cannot stand for the lesson", "is typed: slope."),
    ("page", "`page` cannot stand for the lesson", "is typed: slope."),
]


@pytest.mark.parametrize(("id_", "what", "do"), PROBLEMS)
def test_what_is_wrong_with_a_mark(id_: str, what: str, do: str) -> None:
    (problem,) = proofread(examine(parse(LESSON % id_, "f")))
    assert what in problem.what
    assert do in problem.do
    assert problem.line == 6
