"""Whether two expressions are equal over the reals, wherever both have a value; and if not, a point that shows it.

Floats look at many points, many digits decide at a few, and algebra confirms. No verdict rests on one point, and no tolerance
is ever widened: a doubtful difference is worked out again with more digits and a bound on the error.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from math import isfinite, log10
from typing import Any, Protocol

import msgspec

from tutor.marking.points import Point, hunting_points, sample_points
from tutor.maths.numeric import Function, compile_float
from tutor.maths.tidy import tidy
from tutor.maths.tree import Node, Number, Power, walk

_DIGITS = 50
_FLOAT_TOLERANCE = 1e-9
"Relative; only chooses which points are worth many digits, and decides nothing."
_ENOUGH = 5
"Points of the common domain without which nothing is said of equality."
_DECIDING = 6


class Sameness(Enum):
    """What a comparison found."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


class Comparison(msgspec.Struct, frozen=True):
    """The result of comparing an answer with the right one."""

    sameness: Sameness
    decided_by: str
    "`exact`, `symbolic` or `probes`."
    at: dict[str, Fraction] = {}
    "For different ones: the point."
    yours: str = ""
    "The answer's value there, short; `no value` outside its domain."
    right: str = ""


class Prover(Protocol):
    """What needs many digits or algebra; `tutor.marking.prove` has it, in the engine's child."""

    def value(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        """The value as a number of many digits, or None where there is none."""

    def value_and_error(self, node: Node, point: dict[str, Fraction], digits: int) -> tuple[Any, Any] | None:
        """The value with a bound on its error, or None where there is none."""

    def is_same(self, left: Node, right: Node) -> bool | None:
        """Whether algebra shows them equal (True), shows them different (False), or cannot tell (None)."""


def compare(answer: Node, right: Node, names: Sequence[str], prover: Prover) -> Comparison:
    """Compare an answer with the right one.

    Args:
        names: the variables of both, in the order in which a point is told to a person.
    """
    if tidy(answer) == tidy(right):
        return Comparison(Sameness.EQUAL, "exact")
    return _Comparing(answer, right, names, prover).run()


class _Comparing:
    """One comparison: the two expressions, compiled, and what is known of points so far."""

    def __init__(self, answer: Node, right: Node, names: Sequence[str], prover: Prover) -> None:
        self.answer, self.right, self.names, self.prover = answer, right, names, prover
        self.floats: tuple[Function, Function] = (compile_float(answer, names), compile_float(right, names))
        self.digits = _DIGITS + _extra_digits((answer, right))
        self.common: list[Point] = []
        self.one_sided: list[Point] = []
        "Points where only the right answer has a value."
        self.beyond: list[Point] = []
        "Points where floats overflow, so that they cannot tell."

    def run(self) -> Comparison:
        different = self.look(sample_points((self.answer, self.right), len(self.names)))
        if different is None and self.names and len(self.common) < _ENOUGH:
            different = self.look(hunting_points((self.answer, self.right), len(self.names)))
        if different is None:
            different = self.decide()
        if different is not None:
            return different
        if not self.common:
            return self.without_common_ground()
        proof = self.prover.is_same(self.answer, self.right)
        if proof is False:
            return Comparison(Sameness.UNKNOWN, "symbolic")
        return Comparison(Sameness.EQUAL, "symbolic" if proof else "probes")

    def look(self, points: Iterable[Point]) -> Comparison | None:
        """Sort points by what floats say of them; return the first real difference."""
        mine, theirs = self.floats
        doubtful = 0
        for point in points:
            at = [float(value) for value in point]
            a, b = mine(at), theirs(at)
            if isfinite(a) and isfinite(b):
                self.common.append(point)
                if abs(a - b) > _FLOAT_TOLERANCE * max(abs(a), abs(b)) and doubtful < 12:
                    doubtful += 1
                    different = self.examine(point)
                    if different is not None:
                        return different
            elif isfinite(b) and a != a:
                self.one_sided.append(point)
            elif a == a and b == b:
                self.beyond.append(point)
        return None

    def decide(self) -> Comparison | None:
        """Compare with many digits at a few points far apart, and where floats overflowed."""
        chosen = self.common[:2]
        rest = self.common[2:]
        stride = max(1, len(rest) // (_DECIDING - 2))
        chosen += rest[::stride][: _DECIDING - 2]
        beyond = self.beyond[:: max(1, len(self.beyond) // 3)][:3]
        for point in (*chosen, *beyond):
            different = self.examine(point)
            if different is not None:
                return different
        if not self.common and beyond:
            self.common = [point for point in beyond if self.values(point, self.digits) is not None]
        return None

    def values(self, point: Point, digits: int) -> tuple[Any, Any] | None:
        at = dict(zip(self.names, point, strict=True))
        mine = self.prover.value(self.answer, at, digits)
        theirs = self.prover.value(self.right, at, digits) if mine is not None else None
        return None if mine is None or theirs is None else (mine, theirs)

    def examine(self, point: Point) -> Comparison | None:
        """The difference at a point, if there is one.

        A gap that is not already small beyond doubt is measured again with more digits and a bound on the error: what is
        left of a true equality shrinks as digits are added, a true difference stands out of the error.
        """
        pair = self.values(point, self.digits)
        if pair is None:
            return None
        gap, size = abs(pair[0] - pair[1]), max(abs(pair[0]), abs(pair[1]))
        if not gap or _log10(gap) < _log10(size) - 2 * self.digits / 3:
            return None
        for digits in (2 * self.digits, 9 * self.digits):
            at = dict(zip(self.names, point, strict=True))
            mine = self.prover.value_and_error(self.answer, at, digits)
            theirs = self.prover.value_and_error(self.right, at, digits)
            if mine is None or theirs is None:
                return None
            if abs(mine[0] - theirs[0]) > 10 * (mine[1] + theirs[1]):
                yours, right = show_apart(mine[0], theirs[0])
                return Comparison(Sameness.DIFFERENT, "probes", at, yours, right)
        return None

    def without_common_ground(self) -> Comparison:
        """No point where both have a value: the answer is wrong if the right one has values, else nothing can be said."""
        if not self.one_sided and not (not self.names and self.has_value(self.right)):
            return Comparison(Sameness.UNKNOWN, "probes")
        point = self.one_sided[0] if self.one_sided else ()
        at = dict(zip(self.names, point, strict=True))
        value = self.prover.value(self.right, at, self.digits)
        return Comparison(
            Sameness.DIFFERENT, "probes", at, "no value", show_value(value) if value is not None else "a value"
        )

    def has_value(self, node: Node) -> bool:
        return self.prover.value(node, {}, self.digits) is not None


def _extra_digits(trees: Sequence[Node]) -> int:
    """Digits needed to see the smallest constant beside the largest: `10^9 x + 1` needs nine more."""
    extra = 0.0
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Number) and node.value:
                extra += abs(log10(node.value.numerator) - log10(node.value.denominator))
            if isinstance(node, Power) and isinstance(node.base, Number) and node.base.value:
                exponent = max(
                    (float(part.value) for part in walk(node.exponent) if isinstance(part, Number)), default=0.0
                )
                size = abs(log10(node.base.value.numerator) - log10(node.base.value.denominator))
                extra += size * min(exponent, 1000.0)
    return int(min(extra, 2000.0))


def _log10(value: Any) -> float:
    """Of a number of many digits, whose size may be beyond floats."""
    return float(value.context.log10(value)) if value else float("-inf")


def show_value(value: Any, digits: int = 5) -> str:
    """A number of many digits, short: whole numbers whole, others to some digits."""
    context = value.context
    if abs(value) < 10**9 and context.isint(value):
        text = str(int(value))
    else:
        text = str(context.nstr(value, digits, min_fixed=-4, max_fixed=9)).removesuffix(".0")
        mantissa, power, exponent = text.partition("e")
        if power:
            text = f"{mantissa.removesuffix('.0')}·10^{int(exponent)}"
    return text.replace("-", "−")


def show_coordinate(value: Fraction) -> str:
    """An exact number as a person would type it: decimals where they end soon, else a fraction."""
    text = f"{float(value):.10g}"
    return (text if "e" not in text and Fraction(text) == value else str(value)).replace("-", "−")


def show_apart(yours: Any, right: Any) -> tuple[str, str]:
    """Both numbers with as few digits as still tell them apart."""
    for digits in (5, 8, 12, 17, 25, 40, 60):
        pair = show_value(yours, digits), show_value(right, digits)
        if pair[0] != pair[1]:
            return pair
    return show_value(yours), f"a little {'more' if right > yours else 'less'}"
