"""What can be said of a wrong answer that no slip explains: how it stands to the right one as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.marking.slips.probe import is_close
from tutor.marking.slips.search import Target

_LARGEST_DENOMINATOR = 12


def relation(target: Target) -> str:
    """A sentence on an answer that is a multiple of the right one, or off by a constant; else nothing.

    Silent where one of them does not vary: any number is a multiple of any other.
    """
    if not (varies(target.mine) and varies(target.right)) or any(abs(value) < 1e-9 for value in target.right):
        return ""
    ratios = [mine / right for mine, right in zip(target.mine, target.right, strict=True)]
    if not varies(ratios):
        return _multiple(ratios[0])
    gaps = [mine - right for mine, right in zip(target.mine, target.right, strict=True)]
    if not varies(gaps, beside=max(map(abs, target.right))):
        return "Your answer differs from the right one by a constant that is added. Look for a number that should not be there."
    return ""


def varies(values: Sequence[float], *, beside: float = 0.0) -> bool:
    """Whether some value differs from the first.

    Args:
        beside: a value whose size says what rounding may leave.
    """
    return not all(is_close(value, values[0], beside=beside * 100) for value in values[1:])


def _multiple(ratio: float) -> str:
    if is_close(ratio, -1.0):
        return "Your answer is right but for its sign: every term has the other one."
    near = Fraction(ratio).limit_denominator(_LARGEST_DENOMINATOR)
    if near and is_close(ratio, float(near)) and abs(near.numerator) <= 100:
        shown = str(near).replace("-", "−")
        return f"Your answer is {shown} times the right one. Look for a factor that is too much, or missing."
    return "Your answer is a constant times the right one. Look for a factor that is too much, or missing."
