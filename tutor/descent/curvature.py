"""How differently a loss bends in its directions, and what that costs."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

Gradient = Callable[[Sequence[float]], Sequence[float]]
"From weights to partials, both of shape (n,)."


def hessian(gradient: Gradient, weights: Sequence[float]) -> list[list[float]]:
    """The second partials at a point, shape (n, n), symmetric, by central differences of an exact gradient.

    Right to about 1e-9 of the largest: the step is 1e-5 of the weight, or 1e-5 where that is below 1, its square is the
    error of the difference, and rounding adds 1e-16 / 1e-5. NaN where the gradient has no value beside the point.
    """
    columns = []
    for place, weight in enumerate(weights):
        step = 1e-5 * max(1.0, abs(weight))
        above, below = (gradient([*weights[:place], weight + s, *weights[place + 1 :]]) for s in (step, -step))
        columns.append([(a - b) / (2 * step) for a, b in zip(above, below, strict=True)])
    places = range(len(columns))
    return [[(columns[j][k] + columns[k][j]) / 2 for j in places] for k in places]


def along(vector: Sequence[float], other: Sequence[float]) -> float:
    """The inner product of two vectors of shape (n,): how far the one reaches along the other, where that has length 1.

    NaN where it is no number or too large for one.
    """
    try:
        return math.fsum(a * b for a, b in zip(vector, other, strict=True))
    except (ValueError, OverflowError):
        return math.nan


def eigen(matrix: Sequence[Sequence[float | Fraction]]) -> list[tuple[float, tuple[float, ...]]]:
    """Eigenvalues, smallest first, each with its vector of length 1 and shape (n,), of a symmetric matrix.

    By rotations (Jacobi 1846, Crelle's Journal 30, 51-94). Small ones are right to about 1e-16 of the largest.

    >>> [(round(value, 12), round(abs(x / y), 12)) for value, (x, y) in eigen([[2, 1], [1, 2]])]
    [(1.0, 1.0), (3.0, 1.0)]
    """
    rows = [[float(entry) for entry in row] for row in matrix]
    count = len(rows)
    vectors = [[float(row == column) for column in range(count)] for row in range(count)]
    # Each sweep squares what is left off the diagonal once it is small; six or seven do for these sizes.
    for _ in range(30):
        if not any(rows[p][q] for p in range(count) for q in range(p)):
            break
        for p in range(count):
            for q in range(p + 1, count):
                _rotate(rows, vectors, p, q)
    return sorted((rows[k][k], tuple(vector[k] for vector in vectors)) for k in range(count))


def _rotate(rows: list[list[float]], vectors: list[list[float]], p: int, q: int) -> None:
    """Turn the plane of two axes so that their entry off the diagonal is 0."""
    off = rows[p][q]
    if off == 0.0:
        return
    theta = (rows[q][q] - rows[p][p]) / (2 * off)
    tangent = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
    cosine = 1.0 / math.hypot(tangent, 1.0)
    sine = tangent * cosine
    for row in (*rows, *vectors):
        row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
    above, below = rows[p], rows[q]
    rows[p] = [cosine * a - sine * b for a, b in zip(above, below, strict=True)]
    rows[q] = [sine * a + cosine * b for a, b in zip(above, below, strict=True)]
    rows[p][q] = rows[q][p] = 0.0
