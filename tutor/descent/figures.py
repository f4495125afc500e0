"""How numbers are written where they are compared, and to how many figures they agree."""

import math
from collections.abc import Sequence

FOUR, SIX, ALL = 4, 6, 17
"Significant figures: as many as a glance takes, as many as are read with ease, and as many as tell any two numbers apart."


def apart(one: float, other: float, fewest: int = SIX) -> tuple[str, str]:
    """Two numbers to six figures or so, or to as many more as tell them apart.

    >>> apart(1.3, 2 / 3), apart(0.02000001, 0.02), apart(0.1 + 0.2, 0.3), apart(1.0, 1.0)
    (('1.3', '0.666667'), ('0.02000001', '0.02'), ('0.30000000000000004', '0.29999999999999999'), ('1', '1'))
    """
    for count in range(fewest, ALL + 1):
        texts = f"{one:.{count}g}", f"{other:.{count}g}"
        if texts[0] != texts[1]:
            break
    return texts if one != other else (f"{one:.{fewest}g}", f"{other:.{fewest}g}")


def agreeing(values: Sequence[float], right: Sequence[float]) -> int:
    """To how many significant figures every value agrees, from 0 to 15; shapes (n,) and (n,).

    Values agree to k figures when |a - b| <= 0.5e-k |b|: at most half a unit in the k-th figure, whatever the first one
    is. Where the right value is 0 the largest of them stands in.

    >>> agreeing((3.14160,), (3.14159,)), agreeing((1.0, 0.0), (1.0, 0.0)), agreeing((1.0, 5.0), (1.0, 2.0))
    (5, 15, 0)
    """
    worst = max(distances(values, right))
    return 15 if worst == 0 else max(0, min(15, math.floor(-math.log10(2 * worst))))


def distances(values: Sequence[float], right: Sequence[float]) -> list[float]:
    """How far each value is from the right one, in parts of it, or of the largest where it is 0; shape (n,)."""
    largest = max(map(abs, right)) or 1.0
    return [abs(value - best) / (abs(best) or largest) for value, best in zip(values, right, strict=True)]
