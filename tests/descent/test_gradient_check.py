"""The gradient check: no right formula is accused, wherever it is looked at, and no slip passes, not even at a bottom."""

import math

import pytest

from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.comparison import known, measured
from tutor.descent.formula import formula_problem
from tutor.descent.gradient_check import compare, compare_at, slope_of
from tutor.descent.runstring import read_run
from tutor.descent.train import make_run

BOTTOMS = {
    "himmelblau": [(3.0, 2.0), (-2.805118086952745, 3.131312518250573), (-3.779310253377747, -3.283185991286170)],
    "rosenbrock": [(1.0, 1.0), (0.0, 0.0), (-1.2, 1.0)],
    "ravine": [(0.0, 0.0), (1e-9, -1e-12), (1e6, 1e3)],
    "saddle": [(0.0, 1.0), (0.0, 0.0), (1.0, 0.001)],
    "bowl": [(3.0,), (3 + 1e-13,), (-1e9,)],
}


@pytest.mark.parametrize("name", sorted(PROBLEMS))
def test_no_right_formula_is_accused(name: str) -> None:
    problem, run = find_problem(name), make_run(read_run(f"{name}:rate=1e-4:steps=20"))
    points = [*run.path[::10], *([run.bottom] if run.bottom else []), *BOTTOMS.get(name, [])]
    for point in points:
        rows = compare(problem, dict.fromkeys(problem.weights, "0"), point)
        right = compare(problem, {}, point)
        assert all(row.agrees for row in right), (point, right)
        assert not all(row.agrees for row in rows), point


@pytest.mark.parametrize(
    ("problem", "formulas"),
    [
        ("himmelblau", {"u": "4u(u^2 + v - 11) + 2(u + v^2 - 7)", "v": "2(u^2 + v - 11) + 4v(u + v^2 - 7)"}),
        ("rosenbrock", {"u": "-2(1 - u) - 400u(v - u^2)", "v": "200(v - u^2)"}),
        ("houses", {"w1": "r*sqft", "w2": "r*beds", "b": "r"}),
        ("houses-raw", {"w1": "r*sqft", "w2": "r*beds", "b": "r"}),
        ("logistic", {"w": "(prediction - y)x", "b": "prediction - y"}),
        ("ravine", {"u": "u", "v": "100v"}),
    ],
)
def test_a_right_formula_agrees_and_its_slips_do_not_even_at_the_bottom(problem: str, formulas: dict[str, str]) -> None:
    found = find_problem(problem)
    bottom = make_run(read_run(f"{problem}:rate=1e-9:steps=2")).bottom
    assert bottom is not None
    for point in (found.start, bottom):
        assert all(row.agrees for row in compare(found, formulas, point))
        for weight, formula in formulas.items():
            for slip in (f"2({formula})", f"({formula})/2", f"-({formula})", f"1.001({formula})", f"({formula})^2"):
                rows = compare(found, formulas | {weight: slip}, point)
                assert {row.weight for row in rows if not row.agrees} == {weight}, (point, slip)


G_SLIPS = ["r", "2r*sqft", "-r*sqft", "r*beds", "r*w1", "r^2*sqft", "(r + price)*sqft", "47r*sqft", "3r*sqft/47"]


@pytest.mark.parametrize("slip", G_SLIPS)
def test_no_slip_of_the_houses_passes(slip: str) -> None:
    houses = find_problem("houses")
    for point in (houses.start, (109447.79646964, -6578.35485416, 340412.65957447)):
        assert [row.agrees for row in compare(houses, {"w1": slip}, point)] == [False, True, True]


@pytest.mark.parametrize(
    ("loss", "at", "agrees"),
    [
        ("ln(w)", 1e-6, True),
        ("sqrt(w)", 1e-4, True),
        ("1/w", 1e-3, True),
        ("e^(30w)", 1.0, True),
        ("sin(50w)", 2.0, True),
        ("tanh(w)^2", 12.0, True),
        ("w^9", 1e-3, True),
        ("relu(w - 1)^2", 1.0, None),
        ("1/w^2", -1e-5, True),  # the pole lies between the first differences
        ("sqrt(w)", 0.0, None),  # no value on the one side
    ],
)
def test_losses_that_are_hard_to_difference(loss: str, at: float, agrees: bool | None) -> None:
    (row,) = compare(formula_problem(loss, {"w": at}), {}, (at,))
    assert row.agrees is agrees, row


SHOWN = [
    # run, the formula and the difference of its last weight as they are printed at its last step
    ("houses:rate=1.2", "1.115e−11", "0 ± 0.0003"),
    ("rosenbrock:rate=1e-300:start=u=1,v=1", "0", "0 ± 2e−7"),  # at the bottom
    ("ravine:rate=0.01:start=u=0,v=0", "0", "0"),
    ("loss=%7Cw%7C:start=w=1e-9:rate=1e-300", "1.00000", "1 ± 1"),  # a kink a billionth away
    ("loss=1e12+w^2:start=w=1:rate=1e-300", "2.00000", "2.0 ± 0.8"),
    ("bowl:d.w=2w-5.9999999:rate=1e-300", "−6.00000", "−3.00000"),
]


@pytest.mark.parametrize(("run", "formula", "difference"), SHOWN)
def test_the_difference_is_shown_to_the_figures_that_it_is_good_for(run, formula, difference) -> None:
    setting = read_run(run)
    row = compare_at(setting, make_run(setting).path[-1], 0)[-1]
    assert (known(row.formula), measured(row)) == (formula, difference)
    assert row.agrees is ("d.w" not in run)


@pytest.mark.parametrize(
    ("function", "here", "slope"), [(math.exp, 0.0, 1.0), (math.log, 2.0, 0.5), (math.sin, 0.0, 1.0)]
)
def test_the_estimate_of_the_error_is_no_smaller_than_the_error(function, here, slope) -> None:
    found, error = slope_of(function, here, 0.02)
    assert abs(found - slope) <= 10 * error < 1e-9


def test_at_a_bottom_the_values_shown_are_those_beside_it() -> None:
    (row, _) = compare(find_problem("ravine"), {"u": "2u"}, (0.0, 0.0))
    assert row.is_beside
    assert row.formula == pytest.approx(2 * row.difference)


@pytest.mark.parametrize("run", ["houses:rate=0.1:steps=4", "houses:rate=0.1:steps=4:batch=5:seed=2"])
def test_it_goes_over_the_examples_of_the_step_and_so_shows_the_partial_of_the_run(run: str) -> None:
    setting = read_run(run)
    made = make_run(setting)
    for step, (point, partials) in enumerate(zip(made.path, made.partials, strict=True)):
        rows = compare_at(setting, point, step)
        assert [row.formula for row in rows] == pytest.approx(list(partials))
        assert all(row.agrees for row in rows)
