"""What can be said of a wrong answer that no slip explains: how it stands to the right one as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.marking.equal import Prover
from tutor.marking.points import first_points
from tutor.marking.slips.probe import is_close
from tutor.marking.slips.search import Target
from tutor.maths.tree import Node, Tuple
from tutor.words import tr

_LARGEST_DENOMINATOR = 12
_DIGITS = 60
_LEFT_OVER = 1e-40
"Of numbers of 60 digits: what cancellation may leave at plain points."
_POINTS = 3


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
        return tr(
            "Your answer differs from the right one by a constant that is added. Look at what stands alone: "
            "something is missing there, or too much."
        )
    return ""


def is_related(answer: Node, right: Node, names: Sequence[str], prover: Prover) -> bool:
    """Whether an answer that floats take for a multiple of the right one, or off by a constant, is so to many digits.

    Of lists, whether every part is. True where there are too few points to tell.
    """
    if isinstance(answer, Tuple) and isinstance(right, Tuple):
        parts = zip(answer.items, right.items, strict=True)
        return all(is_related(mine, its, names, prover) for mine, its in parts)
    pairs = []
    for point in first_points(len(names)):
        at = dict(zip(names, point, strict=True))
        mine, its = prover.value(answer, at, _DIGITS), prover.value(right, at, _DIGITS)
        if mine is not None and its:
            pairs.append((mine, its))
        if len(pairs) == _POINTS:
            break
    return any(
        all(abs(value - values[0]) <= _LEFT_OVER * max(map(abs, (*values, 1))) for value in values)
        for values in ([mine / its for mine, its in pairs], [mine - its for mine, its in pairs])
    )


def varies(values: Sequence[float], *, beside: float = 0.0) -> bool:
    """Whether some value differs from the first.

    Args:
        beside: a value whose size says what rounding may leave.
    """
    return not all(is_close(value, values[0], beside=beside * 100) for value in values[1:])


def _multiple(ratio: float) -> str:
    if is_close(ratio, -1.0):
        return tr("Your answer is right but for its sign: every term has the other one.")
    near = Fraction(ratio).limit_denominator(_LARGEST_DENOMINATOR)
    if near and is_close(ratio, float(near)) and abs(near.numerator) <= 100:
        shown = str(near).replace("-", "−")
        return tr(
            "Your answer is {shown} times the right one. Look for a factor that is too much, or missing.", shown=shown
        )
    return tr("Your answer is a constant times the right one. Look for a factor that is too much, or missing.")
