"""The rates that the lab's slider offers for a run."""

from __future__ import annotations

import math

FEW = 3
"Powers of ten offered below the largest stable rate."

AROUND = (0.5, 0.9, 1.0, 1.1, 1.5)
"Parts of the largest stable rate, where the most can be seen."


SAME = 1e-6
"Of the largest stable rate: estimated anew from another run, it differs by less."


def edge_of(rate: float, largest: float | None) -> float | None:
    """The largest stable rate as it is marked: the very rate of the run, where that was chosen as the largest before."""
    return rate if largest is not None and math.isclose(rate, largest, rel_tol=SAME) else largest


def rates_for(rate: float, largest: float | None) -> tuple[float, ...]:
    """Rates three times apart, and where the largest that settles is known that one itself, and some close to it.

    >>> rates_for(0.02, 2.0)
    (0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1.0, 1.8, 2.0, 2.2, 3.0, 10.0)
    """
    middle = largest or rate
    if not (math.isfinite(middle) and middle > 0):
        middle = 0.1
    top = math.floor(math.log10(middle)) + 1
    spread = [float(f"{m}e{k}") for k in range(top - FEW - 1, top + 1) for m in (1, 3)]
    near = [middle if part == 1 else float(f"{part * middle:.2g}") for part in AROUND] if largest else []
    lowest = middle / 10**FEW
    kept = {value for value in (*spread, *near) if lowest <= value <= 6 * middle and _is_apart(value, near)}
    return tuple(sorted({*kept, *near, rate}))


def _is_apart(value: float, near: list[float]) -> bool:
    """Whether a round value is not all but one of the values near the edge."""
    return all(abs(math.log(value / other)) > 0.15 for other in near)
