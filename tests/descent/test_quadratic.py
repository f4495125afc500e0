"""Where a descent should end, and how large its rate may be, against NumPy's figures and small cases by hand."""

import math

import numpy as np
import pytest

from tutor.descent.catalogue import find_problem
from tutor.descent.formula import formula_problem
from tutor.descent.quadratic import Quadratic, bed, lowest, quadratic, squares
from tutor.descent.units import raw_weights


def largest_stable_rate(loss: Quadratic) -> float:
    return bed(loss, (0.0,) * len(loss.slope)).stable_rate


def test_the_weights_of_the_houses_are_numpys():
    houses = find_problem("houses")
    weights = lowest(quadratic(houses))
    assert weights == pytest.approx((109447.79646964, -6578.35485416, 340412.65957447), rel=1e-12)
    raw = raw_weights(houses, weights)
    assert raw == pytest.approx((139.21067402, -8738.01911233, 89597.9095428), rel=1e-10)
    assert raw[0] * 1650 + raw[1] * 3 + raw[2] == pytest.approx(293081.46, abs=0.005)


def test_unscaled_houses_give_the_same_weights_in_spite_of_their_condition_number():
    raw = lowest(quadratic(find_problem("houses-raw")))
    assert raw == pytest.approx((139.21067402, -8738.01911233, 89597.9095428), rel=1e-10)


@pytest.mark.parametrize(
    ("slopes", "at_zero", "expected"),
    [
        (((1.0,),), (-3.0,), (3.0,)),
        (((1.0,), (1.0,)), (-1.0, -2.0), (1.5,)),  # one constant is fitted by the mean
        (((0.0, 1.0), (1.0, 0.0)), (-5.0, -7.0), (7.0, 5.0)),
        (((0.0, 1.0), (2.0, 0.0)), (-5.0, -7.0), (3.5, 5.0)),
        (((1.0, 1.0), (2.0, 2.0)), (-1.0, -2.0), None),  # two weights that do the same: no single best
        (((0.0,),), (-1.0,), None),
    ],
)
def test_small_cases(slopes, at_zero, expected):
    assert lowest(squares(slopes, at_zero)) == expected


@pytest.mark.parametrize(
    ("slopes", "expected"),
    [
        (((1.0,),), 2.0),
        (((2.0,),), 0.5),
        (((1.0, 0.0), (0.0, 1.0)), 4.0),  # the Hessian is half the identity
        (((1.0, 1.0), (1.0, 1.0)), 1.0),  # eigenvalues 2 and 0
        (((1.0, -1.0), (1.0, -1.0)), 1.0),  # the eigenvector is (1, -1)
        (((0.0,),), math.inf),
    ],
)
def test_the_largest_stable_rate_of_small_cases(slopes, expected):
    assert largest_stable_rate(squares(slopes, (0.0,) * len(slopes))) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("problem", "expected", "rel"),
    [
        ("houses", 1.2820782350030721, 1e-12),  # 2 / (1 + the correlation of the features), in 40 digits
        ("houses-raw", 2 * 2.2e-7, 0.02),  # 2.2e-7 on the mean squared error, which is twice the error used here
        ("bowl", 2.0, 1e-15),
    ],
)
def test_the_largest_stable_rate_of_the_problems(problem, expected, rel):
    assert largest_stable_rate(quadratic(find_problem(problem))) == pytest.approx(expected, rel=rel)


@pytest.mark.parametrize(
    ("loss", "start", "where", "rate"),
    [
        ("(w - 3)^2", {"w": 0.0}, (3.0,), 1.0),
        ("3(w - 1/2)^2 + 7", {"w": 0.0}, (0.5,), 1 / 3),
        ("(w*2 + 4)^2/2", {"w": 1.0}, (-2.0,), 0.5),
        ("w1^2 + 10w2^2", {"w1": 1.0, "w2": 1.0}, (0.0, 0.0), 0.1),
        ("(u + v - 3)^2 + (u - v - 1)^2", {"u": 0.0, "v": 0.0}, (2.0, 1.0), 0.5),
        # eigenvalues 69800 and 698, the steep one along (13, -23)
        ("50(13u - 23v)^2 + (23u + 13v)^2/2", {"u": 1.0, "v": 1.0}, (0.0, 0.0), 2 / 69800),
    ],
)
def test_a_formula_that_is_quadratic_has_a_bottom_and_a_largest_rate(loss, start, where, rate):
    bowl = quadratic(formula_problem(loss, start))
    assert lowest(bowl) == pytest.approx(where, abs=1e-15)
    assert largest_stable_rate(bowl) == pytest.approx(rate, rel=1e-12)


@pytest.mark.parametrize(
    ("loss", "start", "why"),
    [
        ("w^2 - v^2", {"w": 1.0, "v": 1.0}, "a saddle"),
        ("-w^2", {"w": 1.0}, "a summit"),
        ("2w", {"w": 1.0}, "a slope without end"),
        ("(u + v)^2", {"u": 1.0, "v": 1.0}, "a valley: no single bottom"),
    ],
)
def test_a_quadratic_without_a_bottom(loss, start, why):
    assert lowest(quadratic(formula_problem(loss, start))) is None, why


@pytest.mark.parametrize("loss", ["w^4", "e^w", "|w|", "tanh(w)^2"])
def test_what_is_no_quadratic(loss):
    assert quadratic(formula_problem(loss, {"w": 1.0})) is None


@pytest.mark.parametrize(
    ("problem", "expected"),
    [("bowl", 1.0), ("ravine", 100.0), ("houses-raw", 9.4e7)],  # the last is NumPy's
)
def test_the_condition_number(problem, expected):
    assert bed(quadratic(find_problem(problem)), find_problem(problem).start).condition == pytest.approx(
        expected, rel=0.02
    )


@pytest.mark.parametrize(
    ("loss", "start", "bottom", "flat"),
    [
        ("(u - v)^2", (1.0, 0.0), (0.5, 0.5), 1),  # the nearest on the line u = v
        ("(u + v + w - 1)^2", (3.0, -4.0, 1.0), (10 / 3, -11 / 3, 4 / 3), 2),
        ("u^2 + (v - 2)^2", (1.0, 1.0), (0.0, 2.0), 0),
        ("u^2 + 0v", (1.0, 7.0), (0.0, 7.0), 1),
        ("-u^2", (1.0,), None, 0),
        ("u^2 - v^2", (1.0, 0.0), None, 0),
        ("u + v^2", (1.0, 1.0), None, 1),
        ("u", (0.0,), None, 1),
    ],
)
def test_the_lowest_places_where_there_are_several_or_none(loss, start, bottom, flat):
    problem = formula_problem(loss, dict(zip("uvw", start, strict=False)))
    found = bed(quadratic(problem), start)
    assert found.bottom == (None if bottom is None else pytest.approx(bottom))
    assert found.flat == flat


@pytest.mark.parametrize("scale", [1.0, 1 / 3])
def test_two_dummies_and_a_bias_have_a_largest_rate_but_no_one_bottom(scale):
    """The eigenvalues by numpy; a third of the columns leaves a last pivot that is rounding only."""
    rows = [[scale * (k % 3 == 0), scale * (k % 3 != 0), scale] for k in range(30)]
    loss = squares(rows, [float(k) for k in range(30)])
    table = np.array(rows)
    assert lowest(loss) is None
    assert largest_stable_rate(loss) == pytest.approx(2 / max(np.linalg.eigvalsh(table.T @ table / 30)))
    assert bed(loss, (0.0,) * 3).bottom == pytest.approx(-np.linalg.pinv(table) @ np.arange(30.0))
