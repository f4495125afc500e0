"""Runs: where they go, why they stop, and what is said of it."""

import math
from itertools import pairwise

import pytest
from travelled import travelled

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.run import Stop
from tutor.descent.train import train
from tutor.descent.units import raw_weights
from tutor.errors import Unreadable, UsageError
from tutor.maths.numeric import compile_float

RIGHT = {"w1": "r*sqft", "w2": "r*beds", "b": "r"}
OPTIMUM = (109447.79646964, -6578.35485416, 340412.65957447)


def test_fifty_steps_at_a_tenth_are_numpys():
    run = train("houses", 0.1, 50, {})
    assert run.path[50] == pytest.approx((103322.82942954, -474.74249522, 338658.2492493), rel=1e-9)
    assert (run.stop, len(run.path)) == (Stop.STEPS, 51)


def test_the_optimum_is_reached_to_six_figures_before_the_run_stops():
    run = train("houses", 0.1, 400, {})
    assert run.stop is Stop.CONVERGED
    for got, want in zip(run.path[-1], OPTIMUM, strict=True):
        assert f"{got:.6g}" == f"{want:.6g}"
        assert abs(got - want) < 5e-7 * abs(want)
    assert run.optimum_loss == pytest.approx(4086560101.20566 / 2, rel=1e-12)
    assert run.loss[-1] == pytest.approx(run.optimum_loss, rel=1e-12)
    assert raw_weights(find_problem("houses"), run.path[-1]) == pytest.approx(
        (139.210674, -8738.01911, 89597.9095), rel=1e-6
    )
    assert "agree with least squares to 6 significant figures" in run.why


@pytest.mark.parametrize("rate", [0.03, 0.3, 1.0, 1.27])
def test_six_figures_are_reached_at_any_rate_that_settles(rate):
    run = train("houses", rate, 3000, {})
    assert run.stop is Stop.CONVERGED
    assert run.path[-1] == pytest.approx(OPTIMUM, rel=5e-7)


@pytest.mark.parametrize(
    ("rate", "stop", "why"),
    [
        (1.27, Stop.STEPS, "slow, but its loss falls at every step"),
        (1.28, Stop.STEPS, "factor 0.997 a step: as good as standing, not diverging"),
        (1.29, Stop.DIVERGED, "factor 1.012 a step, seen once it has climbed above the start"),
        (1.3, Stop.DIVERGED, "factor 1.028 a step, after first falling to a tenth"),
        (3.0, Stop.DIVERGED, "factor 3.7 a step"),
        (1e300, Stop.NOT_A_NUMBER, "overflows in one step"),
    ],
)
def test_rates_around_the_largest_that_settles(rate, stop, why):
    run = train("houses", rate, 400, {})
    assert run.stop is stop, why
    assert ("above 1.28208" in run.why) is (rate > 1.2820782)


def test_below_the_largest_rate_the_loss_never_rises():
    loss = train("houses", 1.28, 400, {}).loss
    assert all(after < before for before, after in pairwise(loss))


def test_a_rate_just_too_large_is_not_called_diverged_but_said_to_rise():
    run = train("houses", 1.283, 400, {})
    assert run.stop is Stop.STEPS
    assert "The loss is rising. The rate 1.283 is above 1.28208" in run.why


def test_at_1_3_the_loss_falls_first_and_the_run_is_kept_until_the_climb_can_be_seen():
    run = train("houses", 1.3, 400, {})
    assert min(run.loss) < run.loss[0] / 8
    assert run.loss[-1] > run.loss[0]


def test_unscaled_houses_do_not_usefully_converge():
    assert train("houses-raw", 0.1, 400, {}).stop is Stop.DIVERGED
    run = train("houses-raw", 4e-7, 400, {})
    assert run.stop is Stop.STEPS
    assert run.path[-1][2] < 100  # the bias should be 89598
    assert "b is" in run.why or "w2 is" in run.why


@pytest.mark.parametrize(
    ("rate", "stop"),
    [
        (0.1, Stop.CONVERGED),
        (1.0, Stop.CONVERGED),
        (1.9, Stop.CONVERGED),
        (2.0, Stop.STEPS),
        (2.1, Stop.DIVERGED),
        (5.0, Stop.DIVERGED),
    ],
)
def test_the_bowl(rate, stop):
    run = train("bowl", rate, 400, {})
    assert run.stop is stop
    if stop is Stop.CONVERGED:
        assert run.path[-1][0] == pytest.approx(3, rel=1e-6)


@pytest.mark.parametrize(
    "formulas",
    [
        {},
        RIGHT,
        {"w1": "(w1*sqft + w2*beds + b - price)*sqft"},
        {"w1": "sqft(b + w1 sqft + beds w2 - price)", "b": "(2r)/2"},
        {"w2": "r·beds", "b": "−(−r)"},
    ],
)
def test_the_right_formulas_however_typed_walk_the_same_way(formulas):
    expected = train("houses", 0.1, 60, {})
    run = train("houses", 0.1, 60, formulas)
    for got, want in zip(run.path, expected.path, strict=True):
        assert got == pytest.approx(want, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("formulas", "stop", "said"),
    [
        ({"w2": "0"}, Stop.CONVERGED, "w2 is 0, least squares gives -6578.35"),  # frozen
        (
            {"w1": "sqft"},
            Stop.CONVERGED,
            "the loss is not at its smallest",
        ),  # residual forgotten: its mean is 0
        ({"w2": "r"}, Stop.CONVERGED, "the loss is not at its smallest"),  # inner derivative forgotten
        ({"b": "r - 100price"}, Stop.CONVERGED, "the loss is not at its smallest"),  # settles far above the start
        ({"w1": "2r*sqft"}, Stop.CONVERGED, "agree with least squares to 6"),  # the half forgotten: same end
        ({"w1": "-r*sqft"}, Stop.DIVERGED, "With the right formulas the weights would settle at this rate."),  # uphill
        (
            {"w1": "r*beds", "w2": "r*sqft"},
            Stop.DIVERGED,
            "With the right formulas the weights would settle at this rate.",
        ),  # swapped
        (
            {"w1": "price"},
            Stop.DIVERGED,
            "With the right formulas the weights would settle at this rate.",
        ),  # drifts at an even pace
        ({"w1": "r^2*sqft"}, Stop.DIVERGED, "With the right formulas the weights would settle at this rate."),
        (
            {"w1": "r*sqft/w1"},
            Stop.NOT_A_NUMBER,
            "the formula for w1 gives no number: r*sqft/w1 has no value at example 1, w1 = 0, r = -399900.",
        ),
        ({"w2": "ln(beds)"}, Stop.NOT_A_NUMBER, "the formula for w2 gives no number"),
        ({"b": "price^50"}, Stop.NOT_A_NUMBER, "grow too large"),
        ({"b": "price^80"}, Stop.NOT_A_NUMBER, "the formula for b gives no number: price^80 is too large at example 1"),
        (
            {"w1": "0", "w2": "0", "b": "0"},
            Stop.CONVERGED,
            "stopped moving at step 0, and the loss is not",
        ),
    ],
)
def test_wrong_formulas_are_run_as_typed(formulas, stop, said):
    run = train("houses", 0.1, 400, formulas)
    assert run.stop is stop
    assert said in run.why


def test_a_rising_loss_on_the_way_to_a_wrong_place_is_not_called_diverging():
    # Stopped at step 50 its loss is rising; left alone it settles at step 185.
    run = train("houses", 0.1, 50, {"w1": "r"})
    assert run.why.endswith("The loss is rising. With the right formulas the weights would settle at this rate.")
    assert train("houses", 0.1, 400, {"w1": "r"}).stop is Stop.CONVERGED


def test_a_wrong_formula_and_too_large_a_rate_are_told_apart():
    run = train("houses", 1.3, 400, {"w1": "r*beds", "w2": "r*sqft"})
    assert "the largest at which even the right formulas settle" in run.why


@pytest.mark.parametrize(
    ("problem", "rate", "formulas"),
    [
        ("houses", 0.1, {}),
        ("houses", 3.0, {}),
        ("houses", 1e300, {}),
        ("houses", 0.1, {"w1": "1/w1"}),
        ("houses", 0.1, {"w1": "exp(price)", "b": "sqrt(-1-price)"}),
        ("houses-raw", 0.1, {}),
        ("bowl", 0.1, {"w": "1/w"}),
    ],
)
def test_every_run_survives_the_wire_with_its_shapes(problem, rate, formulas):
    run = train(problem, rate, 400, formulas)
    assert travelled(run) == run
    points = len(run.path)
    assert len(run.partials) == len(run.loss) == points >= 1
    assert all(map(math.isfinite, (value for point in run.path for value in point)))
    assert all(map(math.isfinite, run.loss))
    assert all(value is not None for row in run.partials[:-1] for value in row)
    assert {len(row) for row in (*run.path, *run.partials)} == {len(run.weights)}


@pytest.mark.parametrize("point", [(0.0, 0.0, 0.0), (1e5, -6e3, 3e5), (-2.5, 7.0, 1.0)])
def test_the_partials_are_the_central_differences_of_the_error(point):
    problem = find_problem("houses")
    names = (*problem.weights, *problem.columns)
    error = compile_float(problem.tree(problem.error), names)
    trees = partial_trees(problem, {})
    for row in problem.rows[:5]:
        for place, weight in enumerate(problem.weights):
            step = 1.0
            above, below = ([w + (s if j == place else 0) for j, w in enumerate(point)] for s in (step, -step))
            difference = (error((*above, *row)) - error((*below, *row))) / (2 * step)
            exact = compile_float(trees[weight], names)((*point, *row))
            # Exact for a quadratic but for cancellation between errors near 1e11.
            assert exact == pytest.approx(difference, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("r*size", 2),
        ("r*", 2),
        ("", 0),
        ("r*sqft, r*beds", 0),
        ("__import__('os')", 0),
        ("(" * 5000, None),
        ("r^9^9^9^9", None),
    ],
)
def test_an_unreadable_formula_names_its_weight(text, column):
    with pytest.raises(Unreadable, match="In the formula for w2: ") as fault:
        train("houses", 0.1, 10, {"w1": "r*sqft", "w2": text})
    assert 0 <= fault.value.column <= len(text)
    if column is not None:
        assert fault.value.column == column


@pytest.mark.parametrize(
    ("problem", "rate", "steps", "formulas", "said"),
    [
        ("hauses", 0.1, 10, {}, "Did you mean `houses`?"),
        ("houses", 0.0, 10, {}, "above 0"),
        ("houses", -0.1, 10, {}, "above 0"),
        ("houses", math.nan, 10, {}, "above 0"),
        ("houses", math.inf, 10, {}, "above 0"),
        ("houses", 0.1, 0, {}, "between 1 and 100000"),
        ("houses", 0.1, 100_001, {}, "between 1 and 100000"),
        ("houses", 0.1, 10, {"w3": "r"}, "Known here: w1, w2, b."),
        ("bowl", 0.1, 10, {"b": "w"}, "Known here: w."),
    ],
)
def test_wrong_usage(problem, rate, steps, formulas, said):
    with pytest.raises(UsageError) as fault:
        train(problem, rate, steps, formulas)
    assert said in str(fault.value)


def test_the_edge_of_stability_and_a_crawl_are_explained():
    assert "exactly the largest that does not run away" in train("bowl", 2.0, 50, {}).why
    assert "condition number" in train("houses-raw", 4e-7, 50, {}).why
    assert "condition number" not in train("houses", 0.1, 50, {}).why


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_partials_shown_are_the_slopes_of_the_loss_shown(name):
    problem = find_problem(name)
    averages = Averages(problem, partial_trees(problem, {}))
    here = [w + 0.3 + 0.1 * place for place, w in enumerate(problem.start)]
    _, partials = averages.at(here)
    size = max(map(abs, partials))
    for place, partial in enumerate(partials):
        above, below = ([w + s * (j == place) for j, w in enumerate(here)] for s in (1e-4, -1e-4))
        assert (averages.loss(above) - averages.loss(below)) / 2e-4 == pytest.approx(partial, abs=2e-6 * size)
