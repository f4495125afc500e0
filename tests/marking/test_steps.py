"""Worked steps: the last line is the model answer, every finished line has its value, and the length is a teacher's."""

from __future__ import annotations

import re

import pytest

from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option
from tutor.marking.kinds import solve
from tutor.marking.neat import RUNES
from tutor.marking.steps import derivative_steps
from tutor.marking.worked import work_out
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.show import show_line
from tutor.maths.tree import variables

FUNCTIONS = [
    # function, by, how many lines at most
    ("x^3 + 2xy", "x", 4),
    ("x^5", "x", 1),
    ("7", "x", 1),
    ("y", "x", 1),
    ("x", "x", 1),
    ("-4x", "x", 1),
    ("5x^4 - 2x^3 + x - 9", "x", 2),
    ("a x^2 + b x + c", "x", 2),
    ("x^2 sin x", "x", 1),
    ("x sin(x) cos(x)", "x", 2),
    ("x sin(x) e^x ln(x)", "x", 2),
    ("(x^2+1)/(x-3)", "x", 2),
    ("x/3 - 2/x", "x", 3),
    ("1/(x^2+1)", "x", 1),
    ("1/(x^2+1)^2", "x", 3),
    ("sin((2x+1)^3)", "x", 3),
    ("sqrt(x^2 + 1)", "x", 2),
    ("e^(-x^2)", "x", 1),
    ("2^(3x)", "x", 2),
    ("x e^(2x) + ln(x^2+1)", "x", 5),
    ("(sin(x)+1)(e^(2x)+x^2+x)", "x", 4),
    ("-(x^2+1)^3", "x", 2),
    ("-(x^2 sin x)", "x", 2),
    ("x^x", "x", 2),
    ("(x^2)^x", "x", 4),
    ("max(0, w*x)", "w", 2),
    ("relu(2x - 1)", "x", 2),
    ("|x^2 - 3|", "x", 2),
    ("(w*x + b - y)^2/2", "w", 3),
    ("(w1*x1 + w2*x2 + b - y)^2", "w1", 2),
    ("(v*tanh(w*x + b1) + b2 - y)^2", "w", 5),
    ("((w*1 + b - 4)^2 + (w*2 + b - 13)^2)/2", "w", 7),
    ("sigmoid(w*x + b)", "w", 2),
    ("x^3*y^2", "x y", 2),
    ("3sin(2x)", "x x", 6),
    ("x e^x", "x x", 5),
    ("x^2*y*z", "x y z", 3),
    ("(x + y)/(x - y)", "x", 2),
    ("u^2*v", "u", 1),
    ("sin(u) cos(v u)", "u", 4),
    ("x^2/(y+1)", "x", 1),
    ("log(x, 2) + log10(x)", "x", 3),
    ("atan(x/2)", "x", 2),
    ("x^2 + x^2", "x", 4),
    ("sin(x^2)/sin(x^2)", "x", 4),
    ("x^x + x^x", "x", 4),
]


@pytest.mark.parametrize(("of", "by", "most"), FUNCTIONS)
def test_the_last_line_is_the_model_answer(of: str, by: str, most: int) -> None:
    tree, letters = parse_free(of), by.split()
    for ascii in (False, True):
        steps = derivative_steps(tree, letters, ascii=ascii)
        assert steps[-1].line == show_line(derivative(tree, letters), ascii=ascii)
        assert 1 <= len(steps) <= most, [step.line for step in steps]


@pytest.mark.parametrize(("of", "by", "most"), FUNCTIONS)
def test_every_line_has_the_value_of_the_derivative(of: str, by: str, most: int) -> None:
    """Also those with something left to do: what is left is worked out here and put in its place."""
    tree, letters = parse_free(of), by.split()
    names = tuple(sorted(variables(tree) | set(letters)))
    point = [0.7 + 0.31 * place for place in range(len(names))]
    stage = 0
    for step in derivative_steps(tree, letters):
        if step.why.startswith("Now differentiate"):
            stage += 1
        right = compile_float(derivative(tree, letters[: stage + 1]), names)(point)
        line = worked_out(step.line, letters[stage])
        assert compile_float(parse_free(line, names), names)(point) == pytest.approx(right), step.line


def worked_out(line: str, by: str) -> str:
    """The line with each `d/dx(...)` replaced by what it is."""
    while (found := re.search(r"[d∂]/[d∂]\w[₀-₉]*\(", line)) is not None:
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(line[end], 0)
            end += 1
        inside = line[found.end() : end - 1]
        line = f"{line[: found.start()]}({show_line(derivative(parse_free(inside), [by]))}){line[end:]}"
    return line


@pytest.mark.parametrize(("of", "by", "most"), FUNCTIONS)
def test_no_line_stands_twice_and_words_are_plain(of: str, by: str, most: int) -> None:
    steps = derivative_steps(parse_free(of), by.split())
    assert len({step.line for step in steps}) == len(steps)
    for step in steps:
        said = f"{step.rule} {step.why} {step.line} {step.parts}"
        assert not any(sign in said for sign in "□▪ᚠᚢᚦ"), "no stand-in is shown"
        assert step.why.endswith(".")
        assert len(step.why) <= 160


def test_the_first_example() -> None:
    steps = derivative_steps(parse_free("x^3 + 2xy"), ["x"])
    assert [(step.rule, step.line) for step in steps] == [
        ("Sum rule", "∂/∂x(x³) + ∂/∂x(2xy)"),
        ("Power rule", "3x² + ∂/∂x(2xy)"),
        ("Constant multiple", "3x² + 2y"),
    ]
    assert steps[0].why == "Only x moves; y stands still. Differentiate term by term."


PARTS = [
    ("x^2 sin x", "x", {"u": "x²", "v": "sin(x)", "u′": "2x", "v′": "cos(x)"}, "both factors"),
    ("(x^2+1)/(x-3)", "x", {"u": "x² + 1", "v": "x − 3", "u′": "2x", "v′": "1"}, "above and below"),
    ("sin(x^2)", "x", {"u": "x²", "u′": "2x"}, "the inside"),
    ("sin((2x+1)^3)", "x", {"u": "(2x + 1)³"}, "its derivative takes a line of its own"),
    ("sin(u^2)", "u", {"p": "u²", "p′": "2u"}, "u is taken"),
    ("x^5", "x", {}, "nothing to name"),
]


@pytest.mark.parametrize(("of", "by", "parts", "why"), PARTS)
def test_parts_are_named(of: str, by: str, parts: dict[str, str], why: str) -> None:
    assert derivative_steps(parse_free(of), [by])[0].parts == parts, why


TOLD = [
    ("5/x^3", "x", "−15/x⁴", "5/x³ is 5x⁻³", "no quotient rule for a power"),
    ("e^(3x)", "x", "3e^(3x)", "e^u, is its own derivative", "not that it becomes itself"),
    ("ln(x^2+1)/x", "x", "(x·d/dx(ln(x² + 1)) − ln(x² + 1))/x²", "With u over v", "letters before what is left to do"),
    ("(x + y)^2/2", "x", "∂/∂x((x + y)²)/2", "The division by 2 stays.", "as it is written"),
    ("relu(x)", "x", "step(x)", "which is 1 above 0 and 0 below", "a function few have met"),
]


@pytest.mark.parametrize(("of", "by", "line", "phrase", "why"), TOLD)
def test_the_first_line_reads_as_a_teacher_writes_it(of: str, by: str, line: str, phrase: str, why: str) -> None:
    first = derivative_steps(parse_free(of), [by])[0]
    assert first.line == line, why
    assert phrase in first.why


def test_the_one_term_that_moves_is_named() -> None:
    steps = derivative_steps(parse_free("(w1*x1 + w2*x2 + b - y)^2"), ["w1"])
    assert steps[1].why == "Differentiate term by term: only w₁·x₁ moves."


# --- exercises

EXERCISES: list[tuple[AnyExercise, int]] = [
    (Derivative(ask="", of="(w*x + b - y)^2/2", by=("w",), let={"r": "w*x + b - y"}), 3),
    (Derivative(ask="", of="(x+1)^2", by=("x",), form=("expanded",)), 3),
    (Gradient(ask="", of="x^2*y", by=("x", "y")), 3),
    (NumberAnswer(ask="", of="x^2*y + 3y", by=("x",), at={"x": "2", "y": "5"}), 6),
    (NumberAnswer(ask="", of="2t^2", at={"t": "3"}), 3),
    (NumberAnswer(ask="", of="320000 - 329900"), 2),
    (NumberAnswer(ask="", of="w - 1.1*2*w", at={"w": "5"}), 3),
]


@pytest.mark.parametrize(("exercise", "most"), EXERCISES)
def test_the_steps_of_an_exercise_end_in_its_answer(exercise: AnyExercise, most: int) -> None:
    steps = work_out(exercise)
    assert steps[-1].line == solve(exercise)
    assert len(steps) <= most


def test_plain_arithmetic_is_worked_out_from_the_inside() -> None:
    steps = work_out(NumberAnswer(ask="", of="(0.4*4^2 - 0.4*1^2)/(4 - 1)"))
    assert [step.line for step in steps] == [
        "(0.4·4² − 0.4·1²)/(4 − 1)",
        "(0.4·16 − 0.4·1)/3",
        "(6.4 − 0.4)/3",
        "6/3",
        "2",
    ]


ANSWERS = [
    (NumberAnswer(ask="", of="sigmoid(ln(7))*(1 - sigmoid(ln(7)))"), "7/64"),
    (NumberAnswer(ask="", of="1 - tanh(atanh(0.4))^2"), "0.84"),
    (NumberAnswer(ask="", of="8 step(4) + 2"), "10"),
    (NumberAnswer(ask="", of="0.1*78"), "7.8"),
    (NumberAnswer(ask="", of="sqrt(2)/2"), "√(2)/2"),
    (Derivative(ask="", of="(2x + 3)/(x + 4)", by=("x",)), "5/(x + 4)²"),
]


@pytest.mark.parametrize(("exercise", "answer"), ANSWERS)
def test_a_solution_is_what_one_would_give(exercise: AnyExercise, answer: str) -> None:
    assert solve(exercise) == answer
    assert not work_out(exercise) or work_out(exercise)[-1].line == answer


def test_values_are_put_in_before_the_number_is_worked_out() -> None:
    steps = work_out(NumberAnswer(ask="", of="x^2*y + 3y", by=("x",), at={"x": "2", "y": "-5"}))
    assert [step.line for step in steps[-2:]] == ["2·2(−5)", "−20"]
    assert steps[-2].why == "Put in x = 2, y = −5."


def test_what_has_no_way_has_no_steps() -> None:
    assert work_out(Choice(ask="", options=(Option(right="a"), Option(wrong="b")))) == ()
    assert work_out(Expression(ask="", answer="2x")) == ()


@pytest.mark.parametrize("of", ["x^2 + x^2", "sin(x^2)*sin(x^2)", "x^x + x^x", "x^3 + 2x + x^3"])
def test_the_same_derivative_twice_is_spelt_out_twice(of: str) -> None:
    lines = [step.line for step in derivative_steps(parse_free(of), ["x"])]
    assert not any(rune in line for rune in RUNES for line in lines), lines


@pytest.mark.parametrize("of", ["|x|", "|x^2 - 4|", "relu(2x - 1)", "max(x, 1)"])
def test_the_place_without_a_derivative_is_named(of: str) -> None:
    assert any("corner" in step.why for step in derivative_steps(parse_free(of), ["x"]))
