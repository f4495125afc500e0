"""Where a descent should end, and how large its rate may be, against NumPy's figures and small cases by hand."""

import math

import pytest

from tutor.descent.catalogue import find_problem
from tutor.descent.least_squares import LinearResidual, largest_stable_rate, least_squares, linear_residual


def test_the_weights_of_the_houses_are_numpys():
    houses = find_problem("houses")
    weights = least_squares(linear_residual(houses))
    assert weights == pytest.approx((109447.79646964, -6578.35485416, 340412.65957447), rel=1e-12)
    raw = houses.raw_weights(weights)
    assert raw == pytest.approx((139.21067402, -8738.01911233, 89597.9095428), rel=1e-10)
    assert raw[0] * 1650 + raw[1] * 3 + raw[2] == pytest.approx(293081.46, abs=0.005)


def test_unscaled_houses_give_the_same_weights_in_spite_of_their_condition_number():
    raw = least_squares(linear_residual(find_problem("houses-raw")))
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
    assert least_squares(LinearResidual(slopes, at_zero)) == expected


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
    assert largest_stable_rate(LinearResidual(slopes, (0.0,) * len(slopes))) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("problem", "expected", "rel"),
    [
        ("houses", 1.2820782350030721, 1e-12),  # 2 / (1 + the correlation of the features), in 40 digits
        ("houses-raw", 2 * 2.2e-7, 0.02),  # 2.2e-7 on the mean squared error, which is twice the error used here
        ("bowl", 2.0, 1e-15),
    ],
)
def test_the_largest_stable_rate_of_the_problems(problem, expected, rel):
    assert largest_stable_rate(linear_residual(find_problem(problem))) == pytest.approx(expected, rel=rel)
