"""How differently a quadratic loss bends in its directions, and what that costs."""

import math

from tutor.descent.quadratic import Quadratic


def eigenvalues(loss: Quadratic) -> tuple[float, ...]:
    """Of the Hessian, smallest first, shape (n,), by rotations (Jacobi 1846, Crelle's Journal 30, 51-94).

    Small ones are right to about 1e-16 of the largest.

    >>> from fractions import Fraction as F
    >>> [round(value, 12) for value in eigenvalues(Quadratic(((F(2), F(1)), (F(1), F(2))), (F(0), F(0))))]
    [1.0, 3.0]
    """
    rows = [[float(entry) for entry in row] for row in loss.hessian]
    count = len(rows)
    # Each sweep squares what is left off the diagonal once it is small; six or seven do for these sizes.
    for _ in range(30):
        for p in range(count):
            for q in range(p + 1, count):
                _rotate(rows, p, q)
    return tuple(sorted(rows[k][k] for k in range(count)))


def condition_number(loss: Quadratic) -> float:
    """The largest eigenvalue over the smallest; infinity unless all are above 0."""
    smallest, *_ = values = eigenvalues(loss)
    return values[-1] / smallest if smallest > 0 else math.inf


def _rotate(rows: list[list[float]], p: int, q: int) -> None:
    """Turn the plane of two axes so that their entry off the diagonal is 0."""
    off = rows[p][q]
    if off == 0.0:
        return
    theta = (rows[q][q] - rows[p][p]) / (2 * off)
    tangent = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
    cosine = 1.0 / math.hypot(tangent, 1.0)
    sine = tangent * cosine
    for row in rows:
        row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
    above, below = rows[p], rows[q]
    rows[p] = [cosine * a - sine * b for a, b in zip(above, below, strict=True)]
    rows[q] = [sine * a + cosine * b for a, b in zip(above, below, strict=True)]
