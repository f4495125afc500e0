"""Lines put in order: shuffled the same way everywhere, never right as shown, and judged from the top."""

from __future__ import annotations

from itertools import permutations

import pytest

from tutor.lesson.model import Order
from tutor.marking.kinds import mark, solve
from tutor.marking.ordering import shuffled
from tutor.marking.prove import SympyProver
from tutor.marking.question import BrokenExerciseError
from tutor.marking.verdict import Outcome

PROVER = SympyProver()
STEPS = Order(id="update", ask="", lines=("predict", "compare", "multiply", "move"))
PRODUCT = Order(id="product", ask="", of="x^2 sin(x)", by=("x",))


def letters_for(exercise: Order, *lines: str) -> str:
    return "".join("abcdefg"[shuffled(exercise).index(line)] for line in lines)


@pytest.mark.parametrize("exercise", [STEPS, PRODUCT])
@pytest.mark.parametrize("id_", ["a", "b", "c", "d", "e", "f"])
def test_as_shown_the_lines_are_never_in_order(exercise: Order, id_: str) -> None:
    other = Order(id=id_, ask="", of=exercise.of, by=exercise.by, lines=exercise.lines)
    shown = shuffled(other)
    assert shown == shuffled(other)
    assert mark(other, "abcd"[: len(shown)], PROVER).outcome is Outcome.INCORRECT
    assert mark(other, solve(other), PROVER).outcome is Outcome.CORRECT


def test_another_exercise_is_shuffled_in_another_way() -> None:
    ids = [f"exercise-{n}" for n in range(8)]
    assert len({shuffled(Order(id=id_, ask="", lines=STEPS.lines)) for id_ in ids}) > 1


def test_how_far_from_the_top_it_is_right() -> None:
    first, second, third, fourth = STEPS.lines
    told = {
        (second, first, third, fourth): "The first line cannot stand there yet",
        (first, third, second, fourth): "The first line is in order",
        (first, second, fourth, third): "The first 2 lines are in order",
    }
    for lines, message in told.items():
        assert message in mark(STEPS, letters_for(STEPS, *lines), PROVER).message


def test_lines_that_do_not_need_each_other_may_change_places() -> None:
    *parts, whole = ["d/dx(x²) = 2x", "d/dx(sin(x)) = cos(x)", "d/dx(x² sin(x)) = 2x sin(x) + x² cos(x)"]
    for order in permutations((*parts, whole)):
        expected = Outcome.CORRECT if order[-1] == whole else Outcome.INCORRECT
        assert mark(PRODUCT, letters_for(PRODUCT, *order), PROVER).outcome is expected


@pytest.mark.parametrize("between", ["", " ", ", ", " → ", ") "])
def test_what_stands_between_letters_says_nothing(between: str) -> None:
    assert mark(STEPS, between.join(solve(STEPS)).upper(), PROVER).outcome is Outcome.CORRECT


@pytest.mark.parametrize("text", ["", "ab", "abce", "aabc", "abcdd", "1234", "?"])
def test_what_is_no_order_is_not_counted(text: str) -> None:
    assert mark(STEPS, text, PROVER).outcome is Outcome.UNREADABLE


def test_a_derivation_of_one_line_cannot_be_put_in_order() -> None:
    with pytest.raises(BrokenExerciseError):
        solve(Order(id="a", ask="", of="x^2", by=("x",)))
