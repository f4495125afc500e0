"""What answers say of how an exercise went: answers in, sittings with their grades out."""

from __future__ import annotations

import pytest
from study.samples import answer

from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer
from tutor.study.grades import sittings

RIGHT, WRONG = Outcome.CORRECT, Outcome.INCORRECT


def at(minute: int, verdict: Outcome | None = RIGHT, **changes: object) -> Answer:
    """An answer given so many minutes after midnight."""
    time = f"2025-03-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"
    return answer(minute, at=time, verdict=verdict, **changes)


@pytest.mark.parametrize(
    ("answers", "grades", "why"),
    [
        ([at(1)], "GOOD", "right at once"),
        ([at(1, WRONG, text="x"), at(2)], "HARD", "one wrong try"),
        ([at(1, WRONG, text="x"), at(2, WRONG, text=" x "), at(3)], "HARD", "the same wrong text twice is one try"),
        ([at(1, WRONG, text="x"), at(2, WRONG, text="3"), at(3)], "AGAIN", "two wrong tries"),
        ([at(1, None, text="", hints=1), at(2, hints=1)], "HARD", "one hint"),
        ([at(1, hints=2)], "AGAIN", "two hints"),
        ([at(1, WRONG, hints=1), at(2, hints=1)], "AGAIN", "a hint and a wrong try"),
        ([at(1, None, text="", solution_shown=True), at(2, solution_shown=True)], "AGAIN", "copied"),
        ([at(1, None, text="", solution_shown=True)], "AGAIN-", "given up"),
        ([at(1, WRONG)], "AGAIN-", "left without a right answer"),
        ([at(1, None, text="", hints=1)], "", "who only read a hint has not tried"),
        ([at(1, Outcome.UNREADABLE), at(2, Outcome.UNDECIDED), at(3, Outcome.WRONG_FORM), at(4)], "GOOD", "no attempts"),
        ([at(1), at(2, WRONG)], "GOOD AGAIN-", "after the right answer a new one begins"),
        ([at(1, WRONG), at(2, seed=5)], "AGAIN- GOOD", "another variant is another sitting"),
        ([at(1, WRONG), at(722)], "AGAIN- GOOD", "after a night it is another one"),
        ([at(1, WRONG), at(600)], "HARD", "after lunch it is not"),
        ([at(2), at(1, WRONG)], "HARD", "it is the times that count, not the order of a merge"),
        ([answer(1, at="soon"), answer(2, at="")], "", "an answer without a time"),
        ([answer(1, at="2025-03-01T09:00:00")], "GOOD", "a time without a zone is in UTC"),
    ],
)  # fmt: skip
def test_how_an_exercise_went(answers: list[Answer], grades: str, why: str) -> None:
    found = [f"{sitting.grade.name}{'' if sitting.is_right else '-'}" for sitting in sittings(answers)]
    assert " ".join(found) == grades, why


def test_exercises_are_kept_apart() -> None:
    found = sittings([at(1, WRONG), at(2, exercise="e2"), at(3)])
    assert [(each.key[1], each.grade.name) for each in found] == [("e2", "GOOD"), ("e1", "HARD")]
