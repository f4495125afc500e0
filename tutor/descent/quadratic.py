"""Where a descent ought to end, and the largest rate at which it gets there, for losses that are quadratic in the weights.

The loss is w·Hw/2 + g·w and a constant. Squared residuals that are linear in the weights make one, and so does a formula
whose second partials hold no weight. Nothing is known here of stepping.
"""

import math
import operator
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from tutor.descent.averages import means as mean_of
from tutor.descent.curvature import eigen
from tutor.descent.problem import Problem
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative
from tutor.maths.tree import Call, Node, variables, walk


class Quadratic(msgspec.Struct, frozen=True):
    """A quadratic loss, exactly."""

    hessian: tuple[tuple[Fraction, ...], ...]
    "H, the second partials of the mean error, shape (n, n), symmetric."
    slope: tuple[Fraction, ...]
    "g, its gradient where every weight is 0, shape (n,)."


def quadratic(problem: Problem) -> Quadratic | None:
    """The loss of a problem as a quadratic; nothing when it is none."""
    return _of_residual(problem) if problem.residual else _of_formula(problem)


def squares(slopes: Sequence[Sequence[float]], at_zero: Sequence[float]) -> Quadratic:
    """The mean of r²/2 over residuals r = a·w + c: H = AᵀA/m and g = Aᵀc/m.

    Args:
        slopes: A, dr/dw_j for each of m examples, shape (m, n).
        at_zero: c, the residuals when every weight is 0, shape (m,).

    >>> squares([[0.0], [2.0]], [1.0, -3.0])
    Quadratic(hessian=((Fraction(2, 1),),), slope=(Fraction(-3, 1),))
    """
    columns = list(zip(*([Fraction(a) for a in row] for row in slopes), strict=True))
    constants = [Fraction(c) for c in at_zero]
    return Quadratic(
        tuple(tuple(_dot(left, right) / len(constants) for right in columns) for left in columns),
        tuple(_dot(column, constants) / len(constants) for column in columns),
    )


def _of_residual(problem: Problem) -> Quadratic:
    residual = problem.tree(problem.residual)
    slopes = zip(*(_at_zero(problem, derivative(residual, (weight,))) for weight in problem.weights), strict=True)
    return squares(list(slopes), list(_at_zero(problem, residual)))


def _of_formula(problem: Problem) -> Quadratic | None:
    error = problem.tree(problem.error)
    if any(isinstance(part, Call) and variables(part) & set(problem.weights) for part in walk(error)):
        return None  # the second partial of |w| holds no w either
    partials = [derivative(error, (weight,)) for weight in problem.weights]
    second = [[derivative(partial, (weight,)) for weight in problem.weights] for partial in partials]
    if any(variables(entry) & set(problem.weights) for row in second for entry in row):
        return None
    zero = (0.0,) * len(problem.weights)
    means = [mean_of(problem, row, zero) for row in (*second, partials)]
    if not all(math.isfinite(value) for row in means for value in row):
        return None
    *hessian, slope = (tuple(map(Fraction, row)) for row in means)
    return Quadratic(tuple(hessian), slope)


def _at_zero(problem: Problem, tree: Node) -> Iterator[float]:
    """The value at every example, all weights being 0."""
    value = compile_float(tree, (*problem.weights, *problem.columns))
    return (value((*(0.0 for _ in problem.weights), *row)) for row in problem.rows)


def lowest(loss: Quadratic) -> tuple[float, ...] | None:
    """The weights with the smallest loss, shape (n,); nothing unless there is just one such place, as far as rounding shows.

    Solves Hw = -g by elimination in exact fractions, and rounds once at the end; for squared residuals these are the
    normal equations (Gauss 1809). The usual objection to them, that AᵀA is badly conditioned (9.4e7 for the unscaled
    houses), does not hold without rounding; 47 houses take two milliseconds. H is positive definite just when every pivot
    is positive, taken in order (Sylvester's criterion).

    >>> lowest(squares([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]], [-1.0, -3.0, -5.0]))
    (2.0, 1.0)
    """
    if bed(loss, (0.0,) * len(loss.slope)).flat:
        return None
    system = [[*row, -slope] for row, slope in zip(loss.hessian, loss.slope, strict=True)]
    for place, pivot in enumerate(system):
        if pivot[place] <= 0:
            return None
        pivot[:] = [value / pivot[place] for value in pivot]
        for other in range(len(system)):
            if other != place:
                factor = system[other][place]
                system[other] = [value - factor * top for value, top in zip(system[other], pivot, strict=True)]
    return tuple(float(row[-1]) for row in system)


FLAT = 1e-13
"Of the largest eigenvalue: a smaller one is rounding, as that of two dummy columns and a bias once they are standardised."
ALIKE = 1e-9
"Of the largest eigenvalue: another one that is less than that below it is as large."
ALONG = 1e-9
"Of the slope where all weights are 0: a smaller part of it along a flat direction is rounding."


class Bed(msgspec.Struct, frozen=True):
    """The places with the smallest loss."""

    bottom: tuple[float, ...] | None
    "The one nearest to a point, shape (n,); nothing where the loss falls without end."
    flat: int
    "How many directions lead from it to others that are as low; 0 where it is the only one."
    condition: float
    "The largest eigenvalue over the smallest that is not 0; infinity where there is no bottom."
    bend: float
    "The largest eigenvalue of H."
    steepest: tuple[tuple[float, ...], ...]
    "The directions that bend so much, each of length 1 and shape (n,); more than one where they bend alike."

    @property
    def stable_rate(self) -> float:
        """The rate below which plain gradient descent settles from any start, per step: 2 / (largest eigenvalue of H).

        Infinity where no weight matters at all (Goh 2017, Why Momentum Really Works, doi:10.23915/distill.00006, "First
        Steps: Gradient Descent").

        >>> bed(squares([[1.0]], [-3.0]), (0.0,)).stable_rate
        2.0
        """
        return 2.0 / self.bend if self.bend > 0.0 else math.inf


def bed(loss: Quadratic, point: Sequence[float]) -> Bed:
    """Where plain descent from a point ends if the rate lets it: w - H⁺(Hw + g), with the pseudo-inverse (Penrose 1955).

    >>> bed(squares([[1.0, -1.0]], [0.0]), (1.0, 0.0)).flat, bed(squares([[1.0]], [-3.0]), (0.0,)).bottom
    (1, (3.0,))
    """
    directions = eigen(loss.hessian)
    largest = max(abs(value) for value, _ in directions)
    bend = directions[-1][0]
    steepest = tuple(vector for value, vector in directions if value >= bend - ALIKE * largest)
    slope = [float(entry) for entry in loss.slope]
    steep = [(value, vector) for value, vector in directions if abs(value) > FLAT * largest]
    flat = [vector for value, vector in directions if abs(value) <= FLAT * largest]
    falls = any(abs(math.fsum(map(operator.mul, vector, slope))) > ALONG * math.hypot(*slope) for vector in flat)
    if falls or (steep and steep[0][0] < 0):
        return Bed(None, len(flat), math.inf, bend, steepest)
    bottom = list(point)
    for value, vector in steep:
        height = math.fsum(map(operator.mul, vector, point)) + math.fsum(map(operator.mul, vector, slope)) / value
        bottom = [x - height * entry for x, entry in zip(bottom, vector, strict=True)]
    return Bed(tuple(bottom), len(flat), largest / steep[0][0] if steep else 1.0, bend, steepest)


def _dot(left: Sequence[Fraction], right: Sequence[Fraction]) -> Fraction:
    return sum(map(operator.mul, left, right), Fraction(0))
