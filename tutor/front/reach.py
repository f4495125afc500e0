"""How much of a run a picture holds: all of it, or of one that runs away the first steps, until it is far off."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.descent.run import Run, Stop

NEAR, FAR = 8.0, 100.0
"""How many times as far as from where a run starts to where it ought to end a picture reaches beyond the two: for a run that
runs away, so that its first steps are still seen to grow; and for any other, which is whole as long as that can be seen."""


def reach(run: Run) -> float:
    """How far a picture of a run reaches."""
    return NEAR if run.stop in (Stop.DIVERGED, Stop.NOT_A_NUMBER) else FAR


POINT = 0.01
"Of its size: a home that is no wider is a point."


def width(home: Sequence[float]) -> float:
    """How wide a home is; of one that is but a point half its size, and 0 only where everything is 0."""
    low, high = min(home), max(home)
    size = max(abs(low), abs(high))
    return high - low if high - low > POINT * size else size / 2


def before_leaving(values: Sequence[float], home: Sequence[float], far: float) -> int:
    """How many of the values come before the first that is too far from home.

    Args:
        home: at least one value, where the others ought to stay.
        far: times the extent of home.

    >>> before_leaving([1.0, -2.0, 4.0, -8.0, 16.0], [1.0, 0.0], 8.0)
    4
    """
    low, high = min(home), max(home)
    spare = far * (width(home) or (abs(values[1] - values[0]) if len(values) > 1 else 1.0))
    return next((k for k, value in enumerate(values) if not low - spare <= value <= high + spare), len(values))


def kept_before(run: Run, homes: Sequence[Sequence[float]]) -> int:
    """How many points of a run come before one of its first weights is too far from its home, one for each of those."""
    far, kept = reach(run), len(run.path)
    for way, (lowest, highest), home in zip(run.ways, run.spans, homes, strict=False):
        spare = far * width(home)
        if not (min(home) - spare <= lowest and highest <= max(home) + spare):  # seldom, and looking takes long
            kept = min(kept, before_leaving(way, home, far))
    return kept


def ends_of(run: Run, kept: int) -> list[tuple[float, float]]:
    """Of each weight the lowest and the highest value among so many points, at least one."""
    if kept == len(run.path):
        return list(run.spans)
    return [(min(way), max(way)) for way in (each[:kept] for each in run.ways)]
