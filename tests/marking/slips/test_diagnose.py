"""What is said of wrong answers that several slips explain, or none; and what is never said."""

from __future__ import annotations

import pytest
from marking.slips.mistakes import d, grad, house, number

from tutor.lesson.model import AnyExercise, Derivative, Expression, NumberAnswer
from tutor.marking.answer import read_answer
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.question import ask
from tutor.marking.slips.diagnose import diagnose
from tutor.marking.slips.explain import target_of
from tutor.marking.slips.landscape import landscape_of
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.parse import parse_free
from tutor.maths.show import show_line
from tutor.maths.tidy import tidy
from tutor.maths.tree import walk

PROVER = SympyProver()


def marked(exercise: AnyExercise, typed: str) -> Verdict:
    return mark(exercise, typed, PROVER)


SEVERAL = [
    # exercise, typed, ids that must all be reported, a part of what is told, why
    (d("x e^x"), "e^x", {"R1", "R4"}, "Either you", "f'g' = f'g where f' = 1"),
    (d("(3x+1)^5"), "5(3x+1)^4", {"K1", "C3"}, "You differentiated the outside", "3 dropped inside: the same act"),
    (
        d("3(3x+1)^5"),
        "15(3x+1)^4",
        {"K1", "C3"},
        "Either you differentiated the outside",
        "3 dropped in front: another",
    ),
    (d("x^2 y^2 + x"), "2x + 1", {"D4"}, "factor y²", "D1 is the same act"),
    (d("e^(3x)"), "e^(3x)", {"E4", "K1"}, "Either you left e^(3x) as it is", "a case of K1: one explanation"),
    (d("x^2"), "x", {"P1"}, "You lowered the power", "one only"),
    (d("5x^2*sin(x)"), "2x*sin(x) + x^2*cos(x)", {"C3"}, "dropped the factor 5", "before a product"),
    (d("x^5 - 9"), "5x^4 - 1", {"C2"}, "the constant −9", "a constant taken away"),
    (d("x^3 - 2x - 5"), "3x^2 - 2 - 1", {"C2"}, "the constant −5", "and no other slip is laid to it"),
    (d("x^3 + 2x*y", "x"), "3x^2 + 2x", {"D6"}, "in y instead", "one term only"),
    (d("2x^2 + 3x^3"), "2x + 3x^2", {"P1"}, "left out the exponent", "the same slip in both terms"),
    (d("x^4", "x x"), "x^2", {"P1"}, "left out the exponent", "the same slip in both derivatives"),
    (d("x^4", "x x"), "3x^2", {"P1"}, "", "at the first derivative only"),
    (d("x^3*y^2", "x y"), "6x^2*y^2", {"P2"}, "", "at the second derivative"),
    (d("x^3 + x", "x y"), "3x^2 + 1", {"P10"}, "stopped after one", "the right answer is 0"),
]


@pytest.mark.parametrize(("exercise", "typed", "ids", "phrase", "why"), SEVERAL)
def test_all_that_fit_are_reported(exercise: Derivative, typed: str, ids: set[str], phrase: str, why: str) -> None:
    verdict = marked(exercise, typed)
    assert ids <= set(verdict.slips), why
    assert phrase in verdict.message


TWO = [
    (d("4(5x^2+1)^3"), "3(5x^2+1)^2", {"C3", "K1"}, "K1 with C3"),
    (d("2(5x+1)^3"), "3(5x+1)^2", {"C3", "K1"}, "where the inside has a factor of its own"),
    (d("3sin(2x)"), "cos(2x)", {"C3", "K1"}, "nobody drops every factor"),
    (d("cos(x^2)"), "sin(x^2)", {"T1", "K1"}, "K1 with T1"),
    (d("3x^2*sin(x) + 5"), "6x*cos(x) + 5", {"R1", "C1"}, "R1 with C1"),
    (d("5x^2*sin(x)"), "2x*cos(x)", {"R1", "C3"}, "both in one product"),
    (d("x^2*sin(x) + 7"), "2x*sin(x) + 7", {"R4", "C1"}, "one that is attested with one that teachers know"),
]


@pytest.mark.parametrize(("exercise", "typed", "ids", "why"), TWO)
def test_two_slips_together_are_said_less_certainly(exercise: Derivative, typed: str, ids: set[str], why: str) -> None:
    verdict = marked(exercise, typed)
    assert ids <= set(verdict.slips), why
    assert verdict.message.startswith("Two things may have come together: you ")


RELATIONS = [
    (d("x^3 + x"), "9x^2 + 3", "3 times the right one"),
    (d("x^3 + x^2"), "x^2 + 2x/3", "1/3 times the right one"),
    (d("x^3 + x^2"), "-3x^2 - 2x", "right but for its sign"),
    (d("x^3 + x^2"), "3x^2 + 2x + 11", "number that is added"),
    (grad("x^2*y + y^3", "x y"), "(-2xy, -x^2 - 3y^2)", "right but for its sign"),
    (grad("x^2*y + y^3", "x y"), "(4xy, 2x^2 + 6y^2)", "2 times the right one"),
    (number("x^3", "x", {"x": "2"}), "-12", "right but for its sign"),
]


@pytest.mark.parametrize(("exercise", "typed", "phrase"), RELATIONS)
def test_the_relation_to_the_right_answer_is_said_where_no_slip_fits(
    exercise: AnyExercise, typed: str, phrase: str
) -> None:
    verdict = marked(exercise, typed)
    assert verdict.slips == ()
    assert phrase in verdict.message


SILENT = [
    (d("x^5"), "sin(x) + x^2", "nothing fits"),
    (d("5x"), "12", "any number is a multiple of any other"),
    (d("x^3 + 2xy"), "x^7*y - 4", "nothing fits"),
    (d("3x^2 + 4x^4"), "x", "two slips would give it, and so would many others"),
    (d("(w*x + b - y)^2", "w"), "0", "several slips would give it, deep inside"),
    (d("sin((2x+1)^3)"), "0", "a coefficient far inside would have to vanish"),
    (house("w1"), "5", "a number that comes out of a slip which few make"),
    (d("sin(x)"), "sin(x)^2 + 1000*x", "nothing fits"),
    (number("3x^2", "x", {"x": "2"}), "17", "a number that no slip gives"),
    (grad("x^2 + 3x*y - y^2", "x y"), "(x^7, y - 900x)", "both parts are wild"),
]


@pytest.mark.parametrize(("exercise", "typed", "why"), SILENT)
def test_nothing_clever_is_said_where_nothing_fits(exercise: AnyExercise, typed: str, why: str) -> None:
    verdict = marked(exercise, typed)
    assert verdict.outcome is Outcome.INCORRECT
    assert verdict.slips == (), why
    assert "times the right one" not in verdict.message


@pytest.mark.parametrize(
    ("of", "by"),
    [
        ("x e^x", "x"),
        ("(x + 3)^2", "x"),
        ("x^2*y", "x"),
        ("ln(x)", "x"),
        ("(w*x + b - y)^2/2", "w"),
        ("x/3", "x"),
        ("e^x", "x"),
    ],
)
def test_no_slip_whose_result_is_right_is_ever_named(of: str, by: str) -> None:
    """Made into an answer of its own, whatever a slip gives is either another function or not diagnosed at all."""
    exercise = d(of, by)
    question = ask(exercise)
    landscape = landscape_of(parse_free(of), by)
    for place, site in enumerate(landscape.sites):
        for wrong in site.wrongs:
            typed = landscape.tree({place: wrong})
            if mark(exercise, show_line(typed), PROVER).outcome is Outcome.CORRECT:
                assert diagnose(exercise, question, typed) is None


@pytest.mark.parametrize(
    ("of", "by"),
    [
        ("5x^4 - 2x^3 + x - 9", "x"),
        ("x^2 sin(x)", "x"),
        ("(x^2+1)/(x-3)", "x"),
        ("sin((2x+1)^3)", "x"),
        ("e^(3x) + ln(3x)", "x"),
        ("x^2*y + y^3", "x"),
        ("((w*1 + b - 4)^2 + (w*2 + b - 13)^2)/2", "w"),
        ("(v*tanh(w*x + b) + c - y)^2", "w"),
    ],
)
def test_every_slip_that_can_be_made_is_found_again(of: str, by: str) -> None:
    """Tidied, so that nothing is left of the way it was made; but for answers so short that they could be anything."""
    exercise = d(of, by)
    question = ask(exercise)
    landscape = landscape_of(parse_free(of), by)
    for place, site in enumerate(landscape.sites):
        for wrong in site.wrongs:
            typed = tidy(landscape.tree({place: wrong}))
            if (
                len(list(walk(typed))) > 3
                and target_of(typed, question.right, parse_free(of), question.names) is not None
            ):
                found = diagnose(exercise, question, typed)
                assert found is not None
                assert wrong.twin.id in found.slips, show_line(typed)


def test_no_time_left_means_single_slips_only() -> None:
    exercise, typed = d("4(5x^2+1)^3"), "3(5x^2+1)^2"
    question = ask(exercise)
    answer = read_answer(exercise, question, typed)
    assert diagnose(exercise, question, answer, seconds=-1) is None
    found = diagnose(exercise, question, answer, seconds=60)
    assert found is not None
    assert set(found.slips) >= {"C3", "K1"}


def test_a_part_of_a_gradient_is_spoken_of_after_where_it_is() -> None:
    verdict = marked(grad("x^2 + sin(x*y)", "x y"), "(2x + cos(x*y), x cos(x*y))")
    assert verdict.slips[0] == "K1"
    assert verdict.message.startswith("Look at the first part; 1 of 2 are right. You differentiated the outside, sin,")


def test_a_slip_of_every_part_comes_first() -> None:
    verdict = marked(grad("3x^2 + 5y^2", "x y"), "(2x, 2y)")
    assert verdict.slips == ("C3",)


def test_too_few_parts_are_no_attempt_unless_a_slip_explains_them() -> None:
    exercise = grad("x^2 + y^2", "x y")
    assert marked(exercise, "x").outcome is Outcome.UNREADABLE
    assert marked(exercise, "2x + 2y").slips == ("V1",)


ROUNDED = [
    ("-0.641", "B1", True, "three decimals, as one rounds"),
    ("-0.64095", "B1", True, "more digits of the same"),
    ("-0.64", "B1", False, "two digits could be much else"),
    ("-0.6", "B1", False, "one decimal could be anything"),
]


@pytest.mark.parametrize(("typed", "id_", "is_named", "why"), ROUNDED)
def test_a_rounded_number_is_recognised(typed: str, id_: str, is_named: bool, why: str) -> None:
    at = {"x": "2", "w": "0.5", "b1": "-0.5", "v": "1.5", "b2": "0.2", "y": "1"}
    verdict = marked(number("(v*tanh(w*x + b1) + b2 - y)^2", "w", at), typed)
    assert (id_ in verdict.slips) is is_named, why


# --- the author's own words


def test_an_author_may_put_a_slip_in_words_of_their_own() -> None:
    exercise = Derivative(ask="", of="sin(x^2)", by=("x",), says={"K1": "And the inside?"})
    verdict = marked(exercise, "cos(x^2)")
    assert verdict.slips[0] == "K1"
    assert verdict.message == "And the inside?"


def test_an_author_may_explain_a_wrong_answer_that_no_slip_gives() -> None:
    exercise = NumberAnswer(ask="", of="2 - 0.01*(-24)", reject={"1.68": "U4"}, says={"1.68": "That is the error."})
    verdict = marked(exercise, "2 - 0.32")
    assert verdict.slips == ("U4",)
    assert verdict.message == "That is the error."
    assert marked(exercise, "1.7").slips == ()


def test_words_for_an_answer_are_for_any_form_of_it() -> None:
    exercise = Expression(ask="", answer="4t + 2h", variables=("t", "h"), says={"4t": "And the h?"})
    assert marked(exercise, "t*4").message == "And the h?"


# --- what a learner's abbreviations look like


def test_parts_are_shown_in_the_letters_of_the_exercise() -> None:
    exercise = Derivative(ask="", of="sin(w1*sqft + b^2)", by=("w1",), variables=("sqft",), let={"r": "w1*sqft + b^2"})
    assert "Multiply by the derivative of r, which is sqft." in marked(exercise, "cos(r)").message
