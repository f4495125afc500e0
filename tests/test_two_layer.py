"""The lesson on a network of two layers, worked out again: every number in it against SymPy and against nudging.

The network is written down here once more, and nothing of the tutor's own mathematics is used for what is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
import sympy

from tutor import places
from tutor.front.graph import work_out
from tutor.lesson.model import Lesson, LineByLine, NumberAnswer
from tutor.lesson.pages import Network, Read
from tutor.lesson.read import read_course
from tutor.marking.calculation import solve_calculation
from tutor.marking.kinds import mark
from tutor.marking.prove import SympyProver
from tutor.marking.question import ask
from tutor.marking.verdict import Outcome
from tutor.maths.numeric import compile_float

LESSON: Final = "two-layer-network"
PLACES: Final = 3
"Decimals to which the lesson asks for its numbers."
CLOSE: Final = 0.5 / 10**PLACES
"Half of the last place: a learner who has the exact number must be right."
WEIGHTS: Final = ("w1", "w2", "b1", "w3", "w4", "b2", "v1", "v2", "c")

Numbers = Mapping[str, float]

S: Final = {name: sympy.Symbol(name) for name in (*WEIGHTS, "x1", "x2", "y")}
IN: Final = (S["w1"] * S["x1"] + S["w2"] * S["x2"] + S["b1"], S["w3"] * S["x1"] + S["w4"] * S["x2"] + S["b2"])
OUT: Final = tuple(map(sympy.tanh, IN))
PREDICTION: Final = S["v1"] * OUT[0] + S["v2"] * OUT[1] + S["c"]
LOSS: Final = (PREDICTION - S["y"]) ** 2
NAMED: Final = {
    "output-layer": {"g1": "v1", "g2": "v2", "gc": "c"},
    "first-unit": {"g1": "w1", "g2": "w2", "gb": "b1"},
    "update": {"g1": "v1", "g2": "v2", "gc": "c"},
}
"By exercise, the weight of which each name is the gradient; in `update` they are given."
VALUES: Final = {"z1": IN[0], "a1": OUT[0], "z2": IN[1], "a2": OUT[1], "p": PREDICTION, "L": LOSS}


def value(formula: sympy.Expr, numbers: Numbers) -> float:
    return float(formula.subs({S[name]: number for name, number in numbers.items()}))


def slope(numbers: Numbers, weight: str) -> float:
    """By SymPy."""
    return value(sympy.diff(LOSS, S[weight]), numbers)


def nudged(numbers: Numbers, weight: str, h: float = 1e-5) -> float:
    """The central difference; its error is about h² = 1e-10, and rounding adds 1e-16/h = 1e-11."""
    up, down = ({**numbers, weight: numbers[weight] + step} for step in (h, -h))
    return (value(LOSS, up) - value(LOSS, down)) / (2 * h)


def read_lesson(directory: Path) -> Lesson:
    found = {lesson.id: lesson for lesson in read_course(directory).lessons}
    assert LESSON in found, f"{directory} has no lesson {LESSON}"
    return found[LESSON]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(places.course_directory())


@pytest.fixture(scope="module")
def page(lesson: Lesson) -> Network:
    return next(step for step in lesson.steps if isinstance(step, Network))


@pytest.fixture(scope="module")
def numbers(page: Network) -> Numbers:
    return as_numbers(page.given)


def as_numbers(given: Mapping[str, str]) -> Numbers:
    return {name: float(text) for name, text in given.items()}


def calculations(lesson: Lesson) -> dict[str, LineByLine]:
    return {each.id: each for each in lesson.exercises if isinstance(each, LineByLine)}


def solved(exercise: LineByLine) -> Numbers:
    lines = (line.split(" = ") for line in solve_calculation(exercise).splitlines())
    return {name: float(sympy.Rational(text)) for name, text in lines}


# --- forward and back


def test_the_page_shows_the_network_and_its_gradients(page: Network, numbers: Numbers) -> None:
    cells = {cell.name: cell for cell in work_out(page)}
    assert set(cells) == {*S, *VALUES}
    for name, formula in VALUES.items():
        assert cells[name].value == pytest.approx(value(formula, numbers), rel=1e-12), name
    for name in S:
        assert cells[name].gradient == pytest.approx(slope(numbers, name), rel=1e-12), name
        assert cells[name].gradient == pytest.approx(nudged(numbers, name), rel=1e-7), name


def test_a_forward_pass_is_what_the_network_gives(lesson: Lesson, numbers: Numbers) -> None:
    exercise = calculations(lesson)["forward-pass"]
    assert as_numbers(exercise.given) == numbers
    right = {name: value(formula, numbers) for name, formula in VALUES.items()}
    assert solved(exercise) == pytest.approx(right, abs=CLOSE)


def test_what_is_told_of_tanh(lesson: Lesson) -> None:
    told = re.findall(r"tanh\((-?[\d.]+)\) = (-?[\d.]+)", calculations(lesson)["forward-pass"].ask)
    assert len(told) == 6
    for inside, out in told:
        assert float(out) == round(float(sympy.tanh(float(inside))), PLACES)


def test_every_gradient_that_a_learner_works_out(lesson: Lesson, numbers: Numbers) -> None:
    found = dict(_gradients_of_lines(lesson)) | dict(_gradients_of_numbers(lesson))
    assert set(found) == set(WEIGHTS)
    for weight, gradient in found.items():
        assert gradient == pytest.approx(slope(numbers, weight), abs=CLOSE), weight


def _gradients_of_lines(lesson: Lesson) -> Iterator[tuple[str, float]]:
    for id_ in ("output-layer", "first-unit"):
        weights, found = NAMED[id_], solved(calculations(lesson)[id_])
        yield from ((weight, found[name]) for name, weight in weights.items())


def _gradients_of_numbers(lesson: Lesson) -> Iterator[tuple[str, float]]:
    for exercise in _second_unit(lesson):
        yield exercise.by[0], compile_float(ask(exercise).right, ())(())


def _second_unit(lesson: Lesson) -> list[NumberAnswer]:
    return [each for each in lesson.exercises if isinstance(each, NumberAnswer) and set(each.at) == set(S)]


def test_the_second_unit_belongs_to_the_same_network(lesson: Lesson, numbers: Numbers) -> None:
    assert [each.by for each in _second_unit(lesson)] == [("w3",), ("w4",), ("b2",)]
    for exercise in _second_unit(lesson):
        assert as_numbers(exercise.at) == numbers


def test_what_is_told_of_the_network_suffices_for_the_answer(lesson: Lesson, numbers: Numbers) -> None:
    for exercise in _second_unit(lesson):
        told = {name: float(text) for name, text in re.findall(r"([\w∂/]+) = (-?[\d.]+)", exercise.ask)}
        meets = {"w3": numbers["x1"], "w4": numbers["x2"], "b2": 1.0}[exercise.by[0]]
        mine = told["∂L/∂p"] * told["v2"] * (1 - told["a2"] ** 2) * meets
        assert mark(exercise, f"{mine:.{PLACES}f}", SympyProver()).outcome is Outcome.CORRECT, exercise.id


def test_the_page_of_all_nine(lesson: Lesson, numbers: Numbers) -> None:
    text = next(step.text for step in lesson.steps if isinstance(step, Read) and step.id == "all-nine")
    told = {name: float(number) for name, number in re.findall(r"\$(\w+)\$: \$(-?[\d.]+)\$", text)}
    assert told == {weight: round(slope(numbers, weight), PLACES) for weight in WEIGHTS}


# --- mistakes


def hidden_slips(numbers: Numbers, unit: int, place: int, rate: float) -> Numbers:
    """What each mistake makes of the gradient of a weight in the first layer; 0 is the first unit, the first input.

    The letters are those of the registry of slips.
    """
    x, weight, behind = numbers[f"x{place + 1}"], numbers[f"w{2 * unit + place + 1}"], numbers[f"v{unit + 1}"]
    z, a = value(IN[unit], numbers), value(OUT[unit], numbers)
    back = 2 * (value(PREDICTION, numbers) - numbers["y"])
    steep = 1 - a**2
    moved = behind - rate * back * a
    return {
        "right": back * behind * steep * x,
        "B1": back * behind * x,
        "B2": back * behind * (1 - z**2) * x,
        "B2 twice through": back * behind * (1 - float(sympy.tanh(a)) ** 2) * x,
        "T4": back * behind * (1 - a) * x,
        "B3": back * steep * x,
        "B4": back * behind * steep,
        "B5": back * behind * steep * a,
        "B6": back * behind * steep * x * weight,
        "B9": back * moved * steep * x,
        "G2": back * behind * steep * x / 2,
        "G3": -back * behind * steep * x,
        "D6": back * behind * steep * numbers[f"x{2 - place}"],
    }


def bias_slips(numbers: Numbers, unit: int, rate: float) -> Numbers:
    """As `hidden_slips`, for the bias of a unit: its input is 1, so that B4 and B6 are no mistakes of their own."""
    one = {**numbers, "x1": 1.0}
    z = value(IN[unit], numbers)
    kept = {**one, f"b{unit + 1}": numbers[f"b{unit + 1}"] + z - value(IN[unit], one)}
    other = 1 - unit
    kept[f"b{other + 1}"] += value(IN[other], numbers) - value(IN[other], kept)
    slips = hidden_slips(kept, unit, 0, rate)
    right = slips["right"]
    kinds = {id_: wrong for id_, wrong in slips.items() if id_ not in ("B4", "B6", "D6")}
    return {**kinds, "G8": right * numbers["x1"], "G8 with the other input": right * numbers["x2"]}


def output_slips(numbers: Numbers, unit: int) -> Numbers:
    """As `hidden_slips`, for a weight in the second layer."""
    back = 2 * (value(PREDICTION, numbers) - numbers["y"])
    a = value(OUT[unit], numbers)
    return {
        "right": back * a,
        "B7": back * numbers["x1"],
        "B7 with the other input": back * numbers["x2"],
        "B1": back * value(IN[unit], numbers),
        "no activation": back,
        "other activation": back * value(OUT[1 - unit], numbers),
        "G5": back * numbers[f"v{unit + 1}"],
        "G2": back * a / 2,
        "G3": -back * a,
    }


def update_slips(numbers: Numbers, weight: str, rate: float) -> Numbers:
    """What each mistake makes of a new weight."""
    old, gradient = numbers[weight], slope(numbers, weight)
    slips = {
        "right": old - rate * gradient,
        "U1": old + rate * gradient,
        "U2": old - gradient,
        "U3": -rate * gradient,
        "U4": old - rate * value(LOSS, numbers),
    }
    if weight in SLIPS_OF_GRADIENTS and weight[0] != "v":
        slips["B9"] = old - rate * SLIPS_OF_GRADIENTS[weight](numbers, rate)["B9"]
    return slips


SLIPS_OF_GRADIENTS: Final[dict[str, Callable[[Numbers, float], Numbers]]] = {
    "w1": lambda numbers, rate: hidden_slips(numbers, 0, 0, rate),
    "w2": lambda numbers, rate: hidden_slips(numbers, 0, 1, rate),
    "w3": lambda numbers, rate: hidden_slips(numbers, 1, 0, rate),
    "w4": lambda numbers, rate: hidden_slips(numbers, 1, 1, rate),
    "b1": lambda numbers, rate: bias_slips(numbers, 0, rate),
    "b2": lambda numbers, rate: bias_slips(numbers, 1, rate),
    "v1": lambda numbers, _: output_slips(numbers, 0),
    "v2": lambda numbers, _: output_slips(numbers, 1),
}


def assert_all_differ(slips: Numbers) -> None:
    rounded = {id_: round(wrong, PLACES) for id_, wrong in slips.items()}
    alike = [(one, two) for one, two in combinations(rounded, 2) if rounded[one] == rounded[two]]
    assert not alike, rounded


@pytest.fixture(scope="module")
def rate(lesson: Lesson) -> float:
    found = {
        rate for line in calculations(lesson)["update"].lines for rate in re.findall(r"- ([\d.]+)\*g\w+$", line.of)
    }
    assert len(found) == 1, "one rate for all weights"
    return float(found.pop())


@pytest.mark.parametrize("weight", SLIPS_OF_GRADIENTS)
def test_no_two_slips_make_the_same_gradient(numbers: Numbers, rate: float, weight: str) -> None:
    slips = SLIPS_OF_GRADIENTS[weight](numbers, rate)
    assert slips["right"] == pytest.approx(slope(numbers, weight), rel=1e-12)
    assert_all_differ(slips)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_no_two_slips_make_the_same_new_weight(numbers: Numbers, rate: float, weight: str) -> None:
    assert_all_differ(update_slips(numbers, weight, rate))


def test_the_wrong_answers_in_the_lesson_are_what_the_slips_give(lesson: Lesson, numbers: Numbers, rate: float) -> None:
    tables = {each.id: SLIPS_OF_GRADIENTS[each.by[0]](numbers, rate) for each in _second_unit(lesson)}
    tables["new-w1"] = update_slips(numbers, "w1", rate)
    for exercise in lesson.exercises:
        if exercise.id in tables:
            foreseen = [(slip, float(typed)) for typed, slip in exercise.reject.items() if slip]
            assert len(foreseen) >= 2, exercise.id
            for slip, typed in foreseen:
                assert typed == pytest.approx(tables[exercise.id][slip], abs=CLOSE), (exercise.id, slip)


# --- the step


def test_the_new_weights_are_one_step_on_and_the_loss_falls(lesson: Lesson, numbers: Numbers, rate: float) -> None:
    exercise = calculations(lesson)["forward-again"]
    stepped = {**numbers, **{weight: numbers[weight] - rate * slope(numbers, weight) for weight in WEIGHTS}}
    known = {**stepped, "a1": value(OUT[0], stepped), "a2": value(OUT[1], stepped)}
    for name, told in as_numbers(exercise.given).items():
        assert told == pytest.approx(known[name], abs=2 * CLOSE), name
    found = solved(exercise)
    assert found["p"] == pytest.approx(value(PREDICTION, stepped), abs=2 * CLOSE)
    assert found["L"] == pytest.approx(value(LOSS, stepped), abs=CLOSE)
    assert found["L"] < 0.01 < value(LOSS, numbers), "as the words after it say"


def test_the_learner_moves_the_output_layer_to_the_weights_that_are_used(lesson: Lesson, numbers: Numbers) -> None:
    exercises = calculations(lesson)
    given, moved = exercises["update"].given, solved(exercises["update"])
    for weight in ("v1", "v2", "c"):
        assert float(given[weight]) == numbers[weight]
    for name, weight in NAMED["update"].items():
        assert float(given[name]) == round(slope(numbers, weight), PLACES)
    used = as_numbers(exercises["forward-again"].given)
    assert list(moved.values()) == [used[weight] for weight in ("v1", "v2", "c")]
