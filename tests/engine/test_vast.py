"""Averages over very many rows: the same values as for few, NaN included, and the same digits each time."""

import math
import random
from array import array

import pytest

from tutor.descent.averages import Averages, averages_of, go_faster, is_vast, means, partial_trees
from tutor.descent.problem import Feature, Problem
from tutor.descent.rows import Rows
from tutor.descent.setting import Setting
from tutor.descent.train import descend
from tutor.engine.vast import BLOCK, Arrays, VastAverages, means_of
from tutor.maths.columns import Columns
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.program import Program

COUNT = 2 * BLOCK + 37
"Two whole blocks and a part of one."


def table(count: int = COUNT) -> Problem:
    numbers = random.Random(7)
    x = array("d", [numbers.gauss(0, 1) for _ in range(count)])
    y = array("d", [3 * value - 1 + numbers.gauss(0, 0.1) for value in x])
    return Problem(
        name="table",
        title="",
        weights=("w", "b"),
        start=(0.0, 0.0),
        formula="((w*x + b) - y)^2/2",
        model="w*x + b",
        inputs=(Feature(name="x", label="x"), Feature(name="y", label="y")),
        rows=Rows([x, y]),
    )


FORMULAS = [
    "x + y",
    "x - 2y + 3",
    "x*y*x",
    "x/y",
    "1/x",
    "x^2",
    "x^3/2",
    "x^(1/2)",
    "x^(-1)",
    "y^x",
    "2^x",
    "e^x",
    "e^(1000x)",
    "exp(-x)",
    "ln x",
    "ln(x^2)",
    "log10(x)",
    "sqrt x",
    "|x|",
    "tanh(x)",
    "sigmoid(100x)",
    "relu(x)",
    "max(x, y)",
    "sin(x)cos(y)",
    "tan(x)",
    "asin(x)",
    "sign(x)",
    "step(x)",
    "cbrt(x)",
    "pi*x + e",
    "5",
    "-x",
]
POINTS = [-2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 3.0]


@pytest.mark.parametrize("formula", FORMULAS)
def test_each_formula_has_the_value_that_it_has_elsewhere(formula: str) -> None:
    tree = parse_free(formula, ("x", "y"))
    one = compile_float(tree, ("x", "y"))
    program, plain = (Program([tree], (), ("x", "y"), kit) for kit in (Arrays(), Columns()))
    for x in POINTS:
        for y in POINTS:
            problem = Problem(name="", title="", weights=(), start=(), rows=((x, y),))
            (mine,) = means_of(program, (), [_column(row) for row in zip(*problem.rows, strict=True)])
            theirs = one((x, y))
            same = math.isclose(mine, theirs, rel_tol=1e-13) or (mine != mine and theirs != theirs)
            assert same, (x, y, mine, theirs)
            for values in (plain.run((), ([x], [y])), Program([tree], ("x", "y"), (), Columns()).run((x, y), ())):
                assert repr(values[0]) in (repr(theirs), repr([theirs])), (x, y, values, "to the last digit")


def _column(values: tuple[float, ...]) -> object:
    import numpy as np

    return np.array(values)


@pytest.mark.parametrize("formulas", [{}, {"w": "(prediction - y)"}, {"w": "2(prediction - y)x", "b": "0"}])
def test_loss_and_partials_are_those_of_the_plain_way(formulas: dict[str, str]) -> None:
    problem = table()
    trees = partial_trees(problem, formulas)
    vast, plain = VastAverages(problem, trees), Averages(problem, trees)
    for weights in ((0.0, 0.0), (3.0, -1.0), (1e200, 1.0)):
        loss, partials = vast.at(weights)
        right, theirs = plain.at(weights)
        assert math.isclose(loss, right, rel_tol=1e-12) or loss == right
        assert partials == pytest.approx(theirs, rel=1e-11, abs=1e-14)
        assert vast.loss(weights) == loss
    _, few = vast.at((0.5, 0.5), chosen=(3, 5, 4000))
    assert few == pytest.approx(plain.at((0.5, 0.5), chosen=(3, 5, 4000))[1], rel=1e-12)


def test_a_run_over_many_rows_goes_this_way_and_ends_in_the_same_digits_each_time() -> None:
    from tutor.engine.server import _vast

    problem = table()
    assert is_vast(problem)
    setting = Setting(rate=0.5, steps=40)
    plain = descend(problem, setting)
    go_faster(_vast)
    try:
        assert isinstance(averages_of(problem, partial_trees(problem, {})), VastAverages)
        vast, again = descend(problem, setting), descend(problem, setting)
    finally:
        go_faster(None)
    assert vast.path == again.path
    assert vast.path[-1] == pytest.approx(plain.path[-1], rel=1e-10)
    assert vast.why == plain.why
    assert vast.largest_rate == pytest.approx(plain.largest_rate)


def test_without_numpy_the_means_are_taken_one_by_one() -> None:
    problem = table(100)
    assert not is_vast(problem)
    assert means(problem, [parse_free("x", ("x", "y"))], (0.0, 0.0))[0] == pytest.approx(
        math.fsum(problem.rows.columns[0]) / 100
    )
