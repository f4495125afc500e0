"""Variants: what is drawn, how a text reads when it is filled in, and what an author is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson.model import Derivative, NumberAnswer
from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import load
from tutor.lesson.vary import VaryError, as_written, draw, fill, holes_in, idle_holes, seeds_of, values_of, variant

POWER = Derivative(
    id="any-power",
    ask="What is the derivative of ${a}x^{n}$?",
    of="{a}x^{n}",
    by=("x",),
    hints=("The {n} comes down.",),
    reject={"{a}x^{n - 1}": "P1"},
    vary={"a": "2..9", "n": ("3", "4", "5")},
    seeds=(1, 2, 3),
)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("2..5", ("2", "3", "4", "5")),
        ("-1..1", ("-1", "0", "1")),
        (" 3 .. 3 ", ("3",)),
        (("2", "1/2", "sin"), ("2", "1/2", "sin")),
    ],
)
def test_the_values_of_a_parameter(written: str | tuple[str, ...], values: tuple[str, ...]) -> None:
    assert values_of(written) == values


@pytest.mark.parametrize("written", ["5..2", "2-5", "", "1..100000", "a..b"])
def test_no_range(written: str) -> None:
    with pytest.raises(VaryError):
        values_of(written)


# Promises: a learner's journal names these variants by id and seed alone. By hand: `printf any-power/1/a | sha256sum`, taken as
# a number, leaves 4 when divided by the 8 values, and the fifth is 6.
@pytest.mark.parametrize(
    ("seed", "drawn"),
    [(1, {"a": "6", "n": "3"}), (2, {"a": "5", "n": "5"}), (3, {"a": "9", "n": "3"}), (1000, {"a": "6", "n": "3"})],
)
def test_a_draw_never_changes(seed: int, drawn: dict[str, str]) -> None:
    assert draw(POWER, seed) == drawn


@pytest.mark.parametrize(
    ("of", "read"),
    [
        ("4x^2 + {b}x", ["+ 0x"]),
        ("{b}x + 2", ["0x"]),
        ("x - {b}", ["- 0"]),
        ("{b - 1}(x + 1) + x^{b + 2}", []),
        ("x^{b}", ["^0"]),
        ("x^{b + 1} + x^{b + 2}", ["^1"]),
        ("x^({b}) + x^{b - 1}", []),
        ("{a}x", []),
    ],
)
def test_what_comes_to_nothing_in_a_question(of: str, read: list[str]) -> None:
    exercise = Derivative(id="d", ask="Go", of=of, by=("x",), vary={"a": "1..9", "b": ("0",)}, hints=("{b}x",))
    assert [text for _, text in idle_holes(exercise, 1)] == read


def test_every_value_is_drawn_about_as_often() -> None:
    counts = [draw(POWER, seed)["a"] for seed in range(4000)]
    assert all(400 < counts.count(str(value)) < 600 for value in range(2, 10))


@pytest.mark.parametrize(
    ("text", "drawn", "filled"),
    [
        ("{a}x^{n} + {b}x", {"a": "2", "n": "3", "b": "5"}, "2x^3 + 5x"),
        ("{a}x^{n} + {b}x", {"a": "1", "n": "3", "b": "-5"}, "x^3 - 5x"),
        ("{a}x - {b}", {"a": "-1", "b": "-5"}, "-x + 5"),
        ("x^{n}", {"n": "-2"}, "x^(-2)"),
        ("x^{n}", {"n": "1/2"}, "x^(1/2)"),
        ("x^{n - 1}", {"n": "3"}, "x^2"),
        ("3*{a}", {"a": "-2"}, "3*(-2)"),
        ("{a}*3", {"a": "1"}, "1*3"),
        ("{a}", {"a": "1"}, "1"),
        ("{a}(x + 1)", {"a": "1"}, "(x + 1)"),
        ("{a/b}x", {"a": "1", "b": "3"}, "(1/3)x"),
        ("{a*b}", {"a": "0.5", "b": "0.3"}, "0.15"),
        ("{(3*k - 14)*(3*k - 14)}", {"k": "2"}, "64"),
        ("{f}(x)", {"f": "sin"}, "sin(x)"),
        ("no braces", {"a": "1"}, "no braces"),
        ("{a} + {a} is {2*a}", {"a": "7"}, "7 + 7 is 14"),
    ],
)
def test_filling_in(text: str, drawn: dict[str, str], filled: str) -> None:
    assert fill(text, drawn) == filled


@pytest.mark.parametrize("text", ["{c}", "{a +}", "{1/0*a}", "{a/0}"])
def test_what_cannot_be_filled_in(text: str) -> None:
    with pytest.raises(VaryError):
        fill(text, {"a": "1"})


def test_a_variant_is_filled_in_everywhere_and_varies_no_more() -> None:
    made = variant(POWER, 1)
    assert isinstance(made, Derivative)
    assert (made.of, made.hints, made.reject) == ("6x^3", ("The 3 comes down.",), {"6x^2": "P1"})
    assert made.id == POWER.id
    assert variant(made, 2) == made


def test_what_has_no_parameters_is_its_only_variant() -> None:
    plain = NumberAnswer(id="a", ask="", of="1")
    assert variant(plain, 7) is plain
    assert seeds_of(plain) == ()


def test_the_names_in_braces_and_where_they_stand() -> None:
    assert {name for hole in holes_in(POWER) for name in hole.names} == {"a", "n"}
    (key,) = (hole for hole in holes_in(POWER) if hole.is_in_key and hole.inside == "n - 1")
    assert (key.path, key.at) == (("reject", "{a}x^{n - 1}"), 5)
    assert as_written(POWER, 1)["reject", "6x^2"] == key.path


LESSON = """\
format: 1
id: a
title: A
objectives: [Learn]
summary: Learnt.
steps:
  - derivative:
      id: one
      ask: Differentiate.
      of: "{a}x^{n}"
      by: x
"""


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("vary: {a: 2..3, n: [3]}", 12, "No variants are frozen"),
        ("vary: {a: 2..3, n: [3], k: [1]}\nseeds: [1]", 12, "The parameter `k` is never used"),
        ("vary: {a: 2..3}\nseeds: [1]", 10, "There is no parameter `n`"),
        ("vary: {a: 2..3, n: [3]}\nseeds: [1]\nbecause: It is {a +}.", 14, "`{a +}` is no number made of"),
        ("vary: {a: 2-5, n: [3]}\nseeds: [1]", 12, "`2-5` is no range"),
        ("vary: {a: 3..2, n: [3]}\nseeds: [1]", 12, "`3..2` is empty"),
        ("vary: {a: 2..3, n: []}\nseeds: [1]", 12, "`n` is an empty list"),
        ("vary: {a: [2], n: [3]}\nseeds: [1, 2]", 13, "Seed 2 makes the same exercise as seed 1"),
        ("vary: {a: [2], n: [3]}\nseeds: [1]\nreject: {'{a}': P1, '{n - 1}': P2}", 14, "two of the wrong answers are the same"),
        ("vary: {a: [2], n: [3, '03']}\nseeds: [1, 5]", 13, "Seed 5 makes the same exercise as seed"),
        ("vary: {a: [2], n: [1]}\nseeds: [1]", 10, "With seed 1 this reads `^1`, which nobody"),
        ("vary: {a: [2, 3], n: [1]}\nseeds: [1, 4]", 10, "With seeds 1, 4 this reads `^1`, which nobody"),
        ("vary: {a: [2], n: [')']}\nseeds: [1]", 10, "cannot be read"),
    ],
)  # fmt: skip
def test_what_an_author_is_told(tmp_path: Path, lines: str, line: int, said: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(LESSON + "".join(f"      {each}\n" for each in lines.split("\n")))
    reading = examine(load(file))
    problems = [*reading.problems, *proofread(reading)]
    (problem,) = problems
    assert (said in problem.what, problem.line) == (True, line), problems
