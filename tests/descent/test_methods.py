"""Update rules against steps worked by hand."""

import math
from fractions import Fraction

import pytest

from tutor.descent.catalogue import find_problem
from tutor.descent.methods import gradient_descent
from tutor.descent.setting import Setting
from tutor.descent.train import make_run, train


def test_three_steps_in_the_bowl_worked_by_hand():
    # E = (w - 3)^2/2, dE/dw = w - 3, rate 1/2, start 0:
    # step 1: 0    - 1/2 (0 - 3)    = 1.5
    # step 2: 1.5  - 1/2 (1.5 - 3)  = 2.25
    # step 3: 2.25 - 1/2 (2.25 - 3) = 2.625
    run = train("bowl", 0.5, 3, {})
    assert run.path == ((0.0,), (1.5,), (2.25,), (2.625,))
    assert run.partials == ((-3.0,), (-1.5,), (-0.75,), (-0.375,))
    assert run.loss == (4.5, 1.125, 0.28125, 0.0703125)


def test_three_steps_on_the_raw_houses_worked_in_fractions(houses_raw_rows):
    weights = [Fraction(0)] * 3
    rate = Fraction(1, 2**22)
    expected = [tuple(weights)]
    for _ in range(3):
        residuals = [
            weights[0] * size + weights[1] * beds + weights[2] - price for size, beds, price in houses_raw_rows
        ]
        means = [
            sum(r * row[0] for r, row in zip(residuals, houses_raw_rows, strict=True)) / 47,
            sum(r * row[1] for r, row in zip(residuals, houses_raw_rows, strict=True)) / 47,
            sum(residuals) / 47,
        ]
        weights = [w - rate * mean for w, mean in zip(weights, means, strict=True)]
        expected.append(tuple(weights))
    run = train("houses-raw", float(rate), 3, {})
    for got, want in zip(run.path, expected, strict=True):
        assert got == pytest.approx(tuple(map(float, want)), rel=1e-12)


@pytest.fixture
def houses_raw_rows():
    return [tuple(map(Fraction, row)) for row in find_problem("houses-raw").rows]


@pytest.mark.parametrize(
    ("weights", "partials", "rate", "expected"),
    [
        ((1.0, 2.0), (0.0, 0.0), 0.1, (1.0, 2.0)),  # at a stationary point nothing moves
        ((1.0, 2.0), (10.0, -10.0), 0.1, (0.0, 3.0)),  # down where the slope is up, and the other way round
        ((0.0,), (1e300,), 1e300, (-math.inf,)),  # overflow is an infinity, not an error
    ],
)
def test_one_step(weights, partials, rate, expected):
    assert gradient_descent(weights, partials, rate) == expected


def test_not_a_number_stays_one():
    assert math.isnan(gradient_descent((1.0,), (math.nan,), 0.1)[0])


C, A = 1 / math.sqrt(43), 4 / 3 / math.sqrt(52 / 7)


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        # g = -3, v = -3, w = 0 + 3/2; g = -3/2, v = -3/2 - 3/2, w = 3/2 + 3/2; g = 0, v = -3/2, w = 3 + 3/4
        ("momentum", {"momentum": 0.5}, (0.0, 1.5, 3.0, 3.75)),
        # v = -3, g + v/2 = -9/2; g = -3/4, v = -9/4, g + v/2 = -15/8; g = 3/16, v = -15/16, g + v/2 = -9/32
        ("nesterov", {"momentum": 0.5}, (0.0, 2.25, 3.1875, 3.328125)),
        # s = 0, so that every step is rate * the sign of g: 1/2 each
        ("rmsprop", {"decay": 0.0, "epsilon": 0.0}, (0.0, 0.5, 1.0, 1.5)),
        # m = g and s = g² when nothing is remembered: again 1/2 each
        ("adam", {"beta1": 0.0, "beta2": 0.0, "epsilon": 0.0}, (0.0, 0.5, 1.0, 1.5)),
        # s = 9/4, g/√s = -2; s = 27/16 + 1 = 43/16, g/√s = -8/√43; g = -2 + 4/√43, s = 129/64 + (4 - 16/√43 + 16/43)/4
        (
            "rmsprop",
            {"decay": 0.75, "epsilon": 0.0},
            (0.0, 1.0, 1 + 4 * C, 1 + 4 * C + (1 - 2 * C) / math.sqrt(193 / 64 - 4 * C + 4 / 43)),
        ),
        # m = -3/2, m̂ = -3, ŝ = 9; g = -5/2, m = -2, m̂ = -8/3, s = 27/16 + 25/16 = 13/4, ŝ = 52/7, w = 1/2 + A;
        # g = A - 5/2, m = A/2 - 9/4, m̂ = 8/7 m, s = 39/16 + (25/4 - 5A + A²)/4 with A² = 28/117, ŝ = 64/37 s
        (
            "adam",
            {"beta1": 0.5, "beta2": 0.75, "epsilon": 0.0},
            (0.0, 0.5, 0.5 + A, 0.5 + A + (9 - 2 * A) / 7 / math.sqrt(64 / 37 * (4 - 5 * A / 4 + 7 / 117))),
        ),
    ],
)
def test_the_first_steps_of_every_method_worked_by_hand(method, options, expected):
    run = make_run(Setting(problem="bowl", method=method, options=options, rate=0.5, steps=len(expected) - 1))
    assert [weights[0] for weights in run.path] == pytest.approx(expected, rel=1e-14)


def test_momentum_that_rolls_through_the_bottom_has_not_come_to_rest():
    run = make_run(Setting(problem="bowl", method="momentum", options={"momentum": 0.5}, rate=0.5, steps=3))
    assert run.path[2] == (3.0,)
    assert len(run.path) == 4
