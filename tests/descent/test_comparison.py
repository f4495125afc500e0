"""What is said of a wrong run beside the right one, and how numbers are written."""

import math

import pytest

from tutor.descent.comparison import differs, number, numbers, seen
from tutor.descent.train import train

RIGHT = {"w1": "r*sqft", "w2": "r*beds", "b": "r"}


@pytest.mark.parametrize(
    ("changes", "rate", "expected", "why"),
    [
        ({}, 0.1, "the very path", "nothing wrong"),
        ({"w1": "sqft*r"}, 0.1, "the very path", "written another way"),
        ({"w2": "0"}, 0.1, "w₂ stays where it began, at 0", "a frozen weight"),
        ({"w1": "-r*sqft"}, 0.1, "w₁ and w₂ run away", "the sign"),
        ({"b": "r*sqft"}, 0.1, "b settles at 109448 instead of 340413", "the bias pulled by the area"),
        ({"w1": "r*beds", "w2": "r*sqft"}, 0.1, "w₁ and w₂ run away", "the features exchanged"),
    ],
)
def test_what_is_seen(changes: dict[str, str], rate: float, expected: str, why: str) -> None:
    run = train("houses", rate, 400, RIGHT | changes)
    right = train("houses", rate, 400, {})
    said = seen(run, right)
    assert expected in said, why
    assert said.endswith("."), why


EVERY = "(w1*sqft + w2*beds + b)*sqft"


@pytest.mark.parametrize(
    ("formulas", "rate", "expected", "why"),
    [
        (RIGHT | {"w1": "ln(w1)"}, 0.1, "Your formula for w₁ gives no number at the start,", "outside the domain"),
        (RIGHT | {"w1": "10^300 r"}, 0.1, "the numbers grow too large to go on after step 0.", "overflow"),
        (dict.fromkeys(RIGHT, EVERY), 0.1, "Nothing moves: at the start, where every weight is 0, each", "no price"),
        ({w: f"2({f})" for w, f in RIGHT.items()}, 0.1, "set out twice as fast; they end where the right", "doubled"),
        ({w: f"({f})/2" for w, f in RIGHT.items()}, 0.01, "set out half as fast; w₁ is still moving", "halved"),
        ({w: f"30({f})" for w, f in RIGHT.items()}, 0.1, "back: the weights set out 30 times as fast.", "too fast"),
        (
            {w: f"({f})/2" for w, f in RIGHT.items()},
            1.3,
            "run away, and yours have not by step 51: the weights",
            "saved",
        ),
        (RIGHT | {"w1": "5"}, 0.1, "w₁ is still moving at −200.000, where the right ones reach 109448", "it drifts"),
        (RIGHT | {"b": "2r"}, 0.1, "end where the right ones do, by another way", "only one is doubled"),
        ({w: f"-({f})" for w, f in RIGHT.items()}, 0.1, "never come back.", "the sign is no pace"),
    ],
)
def test_what_is_said_is_computed_from_the_runs(formulas: dict[str, str], rate: float, expected: str, why: str) -> None:
    said = seen(train("houses", rate, 400, formulas), train("houses", rate, 400, {}))
    assert expected in said, why
    assert ("run away" in said) == (why in ("too fast", "saved", "the sign is no pace")), why


def test_the_same_formulas_do_not_differ_even_where_rounding_does() -> None:
    right = train("houses", 0.1, 400, {})
    assert not differs(train("houses", 0.1, 400, RIGHT), right)
    assert differs(train("houses", 0.1, 400, RIGHT | {"b": "2r"}), right)


def test_when_both_run_away_it_is_the_rate() -> None:
    run = train("houses", 2.5, 400, RIGHT | {"w1": "r*sqft*1.01"})
    assert "even the right formulas run away" in seen(run, train("houses", 2.5, 400, {}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.884766, "0.884766"),
        (-6649.474270819, "−6649.47"),
        (110631.05, "110631"),
        (340412.659574, "340413"),
        (999999.7, "1.000e6"),
        (2.5e-7, "2.500e−7"),
        (1e300, "1.000e300"),
        (math.nan, "not a number"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_have_six_figures(value: float, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (109447.8, 109448.1, ("109447.8", "109448.1")),
        (1.0, 2.0, ("1.00000", "2.00000")),
        (-0.02000001, -0.02, ("−0.02000001", "−0.02")),
    ],
)
def test_two_numbers_that_differ_are_told_apart(one: float, other: float, told: tuple[str, str]) -> None:
    assert numbers(one, other) == told


def test_a_method_that_scales_its_steps_is_not_said_to_set_out_faster() -> None:
    doubled = {weight: f"2({formula})" for weight, formula in RIGHT.items()}
    run, right = (train("houses", 0.1, 50, formulas, "adam") for formulas in (doubled, {}))
    assert "fast" not in seen(run, right)
