"""Where a descent ought to end, and the largest rate at which it gets there.

Knows residuals that are linear in the weights, r = a . w + c for each example, and nothing about stepping.
"""

import math
import operator
from fractions import Fraction

import msgspec

from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative


class LinearResidual(msgspec.Struct, frozen=True):
    """The residuals of all m examples as numbers."""

    slopes: tuple[tuple[float, ...], ...]
    "dr/dw_j, shape (m, n)."
    at_zero: tuple[float, ...]
    "The residuals when every weight is 0, shape (m,)."


def linear_residual(problem: Problem) -> LinearResidual:
    """The residuals of a problem, their slopes taken by differentiating its formula."""
    residual = problem.tree(problem.residual)
    names = (*problem.weights, *problem.columns)
    constant = compile_float(residual, names)
    by_weight = [compile_float(derivative(residual, (weight,)), names) for weight in problem.weights]
    points = [(*(0.0 for _ in problem.weights), *row) for row in problem.rows]
    return LinearResidual(
        tuple(tuple(slope(point) for slope in by_weight) for point in points),
        tuple(constant(point) for point in points),
    )


def least_squares(residual: LinearResidual) -> tuple[float, ...] | None:
    """The weights with the smallest sum of squared residuals.

    Solves the normal equations AᵀA w = -Aᵀc (Gauss 1809; A the slopes, c the residuals at zero) by elimination in exact
    fractions, and rounds once at the end. The usual objection, that AᵀA is badly conditioned (9.4e7 for the unscaled
    houses), does not hold without rounding; 47 houses take two milliseconds.

    Returns:
        Shape (n,), or nothing when more than one set of weights is best.

    >>> least_squares(LinearResidual(((0.0, 1.0), (1.0, 1.0), (2.0, 1.0)), (-1.0, -3.0, -5.0)))
    (2.0, 1.0)
    """
    slopes = [[Fraction(a) for a in row] for row in residual.slopes]
    constants = [Fraction(c) for c in residual.at_zero]
    columns = list(zip(*slopes, strict=True))
    system = [
        [
            *(sum(map(operator.mul, left, right), Fraction(0)) for right in columns),
            -sum(map(operator.mul, left, constants), Fraction(0)),
        ]
        for left in columns
    ]
    for pivot in range(len(system)):
        lower = next((row for row in range(pivot, len(system)) if system[row][pivot]), None)
        if lower is None:
            return None
        system[pivot], system[lower] = system[lower], system[pivot]
        system[pivot] = [value / system[pivot][pivot] for value in system[pivot]]
        for row in range(len(system)):
            if row != pivot:
                factor = system[row][pivot]
                system[row] = [value - factor * top for value, top in zip(system[row], system[pivot], strict=True)]
    return tuple(float(row[-1]) for row in system)


def largest_stable_rate(residual: LinearResidual) -> float:
    """The rate below which plain gradient descent on the mean of r²/2 settles from any start.

    That is 2 / (largest eigenvalue of AᵀA/m), found by power iteration (Goh 2017, Why Momentum Really Works,
    doi:10.23915/distill.00006, "First Steps: Gradient Descent").

    Returns:
        Per step, in the rate's own unit; infinity when no weight matters at all.

    >>> largest_stable_rate(LinearResidual(((1.0,),), (-3.0,)))
    2.0
    """
    columns = list(zip(*residual.slopes, strict=True))
    count = len(residual.slopes)
    hessian = [[math.fsum(map(operator.mul, left, right)) / count for right in columns] for left in columns]
    # Unequal entries: a start such as (1, 1) or (1, -1) may be orthogonal to the very eigenvector that is wanted.
    vector = [1.0 / (place + 1.3) for place in range(len(hessian))]
    eigenvalue = 0.0
    # The ratio of the two largest eigenvalues decides the speed: 0.64 a turn for the houses, done in about 80.
    for _ in range(10_000):
        length = math.hypot(*vector)
        if length == 0.0:
            return math.inf
        vector = [entry / length for entry in vector]
        image = [math.fsum(map(operator.mul, row, vector)) for row in hessian]
        before, eigenvalue = eigenvalue, math.fsum(map(operator.mul, image, vector))
        if abs(eigenvalue - before) <= 1e-15 * abs(eigenvalue):
            break
        vector = image
    return 2.0 / eigenvalue if eigenvalue > 0.0 else math.inf
