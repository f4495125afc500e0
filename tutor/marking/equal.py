"""Whether two expressions are equal over the reals, wherever both have a value; and if not, a point that shows it.

Floats look at many points and decide nothing; many digits with a bound on their error decide that two differ; algebra, or many
digits at many points, that they do not. No tolerance is ever widened.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from functools import partial
from math import isfinite, log10
from typing import Any, NamedTuple, Protocol

import msgspec

from tutor.marking.kinks import turning_points
from tutor.marking.points import Point, first_points, hunting_points, spread_points
from tutor.marking.shown import show_apart, show_value
from tutor.maths.numeric import Function, compile_float
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Constant, Node, Number, Power, walk

_DIGITS = 50
_CLEAR = 1e-4
"Relative gap between floats that is looked into at once; a smaller one waits for algebra, since it is often cancellation."
_DOUBTFUL = 1e-9
_ENOUGH = 5
"Points of the common domain without which more are hunted for."
_DECIDING = 8
"Points at which many digits are worked out when algebra is silent."
_CLOSELY = 3
"Of these, points worked out with all the digits that their sizes call for."
_MOST_DIGITS = 4500
_QUICK_DIGITS = 300
"Where many points are looked at."
_LARGEST_PLACE = 10**100
"Through a point farther out no line is laid, since floats end there."
_MOST_DOUBTFUL = 12
_MOST_STRETCHES = 40


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
    "The answer's value there, short; `no value` outside its domain. Empty when no point was found."
    right: str = ""


class Prover(Protocol):
    """What needs many digits or algebra; `tutor.marking.prove` has it, in the engine's child."""

    def value(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        """The value as a number of many digits, or None where there is none."""

    def measure(self, node: Node, point: dict[str, Fraction], digits: int) -> Any:
        """The `value` with its `error` and `spread` (see `tutor.marking.precise`); None where there is none or it is unclear."""

    def is_outside(self, node: Node, point: dict[str, Fraction]) -> bool:
        """Whether there certainly is no value at a point."""

    def is_same(self, left: Node, right: Node) -> bool | None:
        """Whether algebra shows them equal (True), shows them different (False), or cannot tell (None)."""


class _Pair(NamedTuple):
    """Both sides at a point."""

    point: Point
    gap: Any
    error: Any
    digits: int
    "That would show what is smallest beside what is largest."


def compare(answer: Node, right: Node, names: Sequence[str], prover: Prover) -> Comparison:
    """Compare an answer with the right one.

    Args:
        names: the variables of both, in the order in which a point is told to a person.
    """
    return _Comparing(answer, right, names, prover).run()


class _Comparing:
    """One comparison: the two expressions, compiled, and what is known of points so far."""

    def __init__(self, answer: Node, right: Node, names: Sequence[str], prover: Prover) -> None:
        self.answer, self.right, self.names, self.prover = answer, right, names, prover
        self.is_same_form = tidy(answer) == tidy(right)
        self.floats: tuple[Function, Function] = (compile_float(answer, names), compile_float(right, names))
        self.most_digits = _affordable_digits((answer, right))
        self.typed_digits = _typed_digits((answer, right))
        self.common: list[Point] = []
        self.doubtful: list[Point] = []
        "Points of the common domain where floats differ a little."
        self.one_sided: list[Point] = []
        "Points where floats say that only the right answer has a value."
        self.beyond: list[Point] = []
        "Points where floats overflow, so that they cannot tell."
        self.proofs: list[bool | None] = []
        self.seen: set[tuple[float, ...]] = set()
        self.middles: list[Point] = []
        "One point between any two neighbouring kinks."

    def run(self) -> Comparison:
        trees, count = (self.answer, self.right), len(self.names)
        if self.is_same_form and self.has_easy_value():
            return Comparison(Sameness.EQUAL, "exact")
        different = self.look(first_points(count))
        if different is None and not self.is_thin() and self.proof():
            return self.equal()
        different = different or self.look(spread_points(trees, count))
        if different is None and len(self.common) < _ENOUGH:
            self.find_ground()
            different = self.look(self.turns())
            if different is None and len(self.common) < _ENOUGH:
                different = self.look(hunting_points(trees, count))
        if different is not None:
            return different
        if self.is_thin():
            self.find_ground()
            if not self.common or self.is_outside_elsewhere():
                return self.without_common_ground()
        return self.equal() if self.proof() else self.without_proof()

    def proof(self) -> bool | None:
        """What algebra says, asked once."""
        if not self.proofs:
            self.proofs.append(self.is_same_form or self.prover.is_same(self.answer, self.right))
        return self.proofs[0]

    def equal(self) -> Comparison:
        return Comparison(Sameness.EQUAL, "exact" if self.is_same_form else "symbolic")

    def has_easy_value(self) -> bool:
        """Whether both have a value at several easy points, so that equality is about something."""
        mine, theirs = self.floats
        found = 0
        for point in first_points(len(self.names)):
            at = [float(value) for value in point]
            found += isfinite(mine(at)) and isfinite(theirs(at))
            if found > _ENOUGH or (found and not point):
                return True
        return False

    def look(self, points: Iterable[Point]) -> Comparison | None:
        """Sort points by what floats say of them; return the first clear difference that many digits bear out."""
        mine, theirs = self.floats
        examined = 0
        for point in points:
            try:
                at = [float(value) for value in point]
            except OverflowError:
                self.beyond.append(point)
                continue
            if tuple(at) in self.seen:
                continue
            self.seen.add(tuple(at))
            a, b = mine(at), theirs(at)
            if isfinite(a) and isfinite(b):
                self.common.append(point)
                gap = abs(a - b)
                if gap > _CLEAR * max(abs(a), abs(b)) and examined < 12:
                    examined += 1
                    different = self.difference_at(point)
                    if different is not None:
                        return different
                if gap > _DOUBTFUL * max(abs(a), abs(b)):
                    self.doubtful.append(point)
            elif isfinite(b) and a != a:
                self.one_sided.append(point)
            elif a == a and b == b:
                self.beyond.append(point)
        return None

    def turns(self) -> list[Point]:
        """Points on all sides of each kink and of each end of the domain."""
        if not self.middles:
            inside = [point for point in self.common if all(abs(value) < _LARGEST_PLACE for value in point)]
            middles, others = turning_points((self.answer, self.right), self.names, inside)
            self.middles = middles
            return [*middles, *others]
        return []

    # --- where floats saw no common ground

    def find_ground(self) -> None:
        """Look with many digits at points where floats overflowed, or lost a value to rounding."""
        for point in (*self.beyond[:: max(1, len(self.beyond) // 6)][:6], *self.one_sided[:6], *self.emergency()):
            if point not in self.common and self.measured(point, _DIGITS) is not None:
                self.common.append(point)

    def emergency(self) -> list[Point]:
        return [()] if not self.names else []

    def is_thin(self) -> bool:
        """Whether the common ground as far as known is a few points, or all on one edge such as x = 0."""
        return not self.common or any(
            len({point[place] for point in self.common}) < _ENOUGH for place in range(len(self.names))
        )

    def is_outside_elsewhere(self) -> bool:
        """Whether the answer surely has no value at other points where the right one has."""
        outside = sum(self.is_outside(point) for point in self.one_sided[:12])
        return outside >= min(_ENOUGH, len(self.one_sided)) > 0

    def is_outside(self, point: Point) -> bool:
        return self.prover.is_outside(self.answer, self.at(point))

    def without_common_ground(self) -> Comparison:
        """The answer is wrong if it has no value where the right one has; otherwise nothing can be said."""
        for point in (*self.one_sided[:12], *self.emergency()):
            value = self.prover.value(self.right, self.at(point), _DIGITS)
            if value is not None and self.is_outside(point):
                return Comparison(Sameness.DIFFERENT, "probes", self.at(point), "no value", show_value(value))
        return Comparison(Sameness.UNKNOWN, "probes")

    # --- many digits

    def without_proof(self) -> Comparison:
        """Decide by many digits: at doubtful points, on every side of each kink, and at points that hide the least."""
        different = self.look(self.turns())
        if different is None and self.middles and len(self.names) > 1:
            different = self.look(hunting_points((self.answer, self.right), len(self.names)))
        if different is not None:
            return different
        for point in (*self.doubtful[:_MOST_DOUBTFUL], *self.middles[:_MOST_STRETCHES]):
            different = self.difference_at(point)
            if different is not None:
                return different
        pairs = []
        for point in self.chosen():
            pair = self.measured(point, _DIGITS)
            if pair is not None:
                pairs.append(pair)
                if pair.gap > pair.error:
                    return self.told(point, _DIGITS)
        pairs.sort(key=lambda pair: pair.digits)
        within_reach = [pair for pair in pairs if pair.digits <= self.most_digits]
        searched = [self.closely(pair) for pair in within_reach[:_CLOSELY] or pairs[:1]]
        different = next((found for found in searched if isinstance(found, Comparison)), None)
        if different is not None:
            return different
        if self.proof() is False:
            return Comparison(Sameness.DIFFERENT, "symbolic")
        return Comparison(Sameness.EQUAL if any(searched) else Sameness.UNKNOWN, "probes")

    def closely(self, pair: _Pair) -> Comparison | bool:
        """The difference at a point, or whether all the digits that its sizes call for were looked at and showed none.

        No number of digits proves a zero; as many as all sizes met have together, twice over, is what the witness
        conjecture asks for (van der Hoeven 2001) with room for functions within functions.
        """
        digits = 4 * _DIGITS
        while True:
            digits = min(max(pair.digits, digits), self.most_digits)
            closer = self.measured(pair.point, digits)
            if closer is None:
                return False
            if closer.gap > closer.error:
                return self.told(pair.point, digits)
            if closer.digits <= digits or digits == self.most_digits:
                return closer.digits <= digits
            pair = closer

    def chosen(self) -> list[Point]:
        """Points far apart, on every side of what was found, and some where floats overflowed."""
        common = list(dict.fromkeys(self.common))
        rest = common[2:]
        stride = max(1, len(rest) // (_DECIDING - 2))
        return [*common[:2], *rest[::stride][:_DECIDING], *self.beyond[:: max(1, len(self.beyond) // 2)][:2]]

    def difference_at(self, point: Point) -> Comparison | None:
        """The difference at a point, if it stands out of the error; with more digits where few may hide it."""
        pair = self.measured(point, _DIGITS)
        if pair is None:
            return None
        if pair.gap > pair.error:
            return self.told(point, _DIGITS)
        digits = min(max(pair.digits, 4 * _DIGITS if pair.gap else 0), self.most_digits, _QUICK_DIGITS)
        if digits < 1.5 * _DIGITS:
            return None
        closer = self.measured(point, digits)
        return self.told(point, digits) if closer is not None and closer.gap > closer.error else None

    def measured(self, point: Point, digits: int) -> _Pair | None:
        at = self.at(point)
        mine = self.prover.measure(self.answer, at, digits)
        theirs = self.prover.measure(self.right, at, digits) if mine is not None else None
        if mine is None or theirs is None:
            return None
        wanted = _DIGITS + self.typed_digits + max(mine.spread, theirs.spread) + 2 * (mine.weight + theirs.weight)
        return _Pair(point, abs(mine.value - theirs.value), 10 * (mine.error + theirs.error), wanted)

    def told(self, point: Point, digits: int) -> Comparison:
        values = partial(self.prover.value, point=self.at(point), digits=digits)
        yours, right = show_apart(values(self.answer), values(self.right))
        return Comparison(Sameness.DIFFERENT, "probes", self.at(point), yours, right)

    def at(self, point: Point) -> dict[str, Fraction]:
        return dict(zip(self.names, point, strict=True))


def _typed_digits(trees: Sequence[Node]) -> int:
    """Digits that the numbers written bring along: `1.00000000000000001 x` needs as many as it shows."""
    digits = 0.0
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Number) and node.value:
                digits += log10(node.value.numerator) + log10(node.value.denominator)
    return int(min(digits, _MOST_DIGITS))


def _affordable_digits(trees: Sequence[Node]) -> int:
    """Digits at which one evaluation takes some hundredths of a second at most."""
    weight = sum(1 if isinstance(node, Call | Power | Constant) else 0.05 for tree in trees for node in walk(tree))
    return max(300, min(_MOST_DIGITS, int(60_000 / (weight + 1))))
