"""Where an expression changes its rule or its domain, and points on either side of every such place.

A root begins, a bar bends, a maximum changes hands where some inner expression passes zero. Those expressions are followed
along lines; between any two zeros next to each other there is a point to compare at, however close they are.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise
from math import isfinite
from random import Random

from tutor.marking.points import NICE, Point
from tutor.maths.numeric import Function, compile_float
from tutor.maths.tidy import as_number
from tutor.maths.tree import Call, Constant, Negative, Node, Number, Power, Sum, walk

_ONE = Number(Fraction(1))
_E = Constant("e")
_BENT = frozenset(
    {"abs", "sign", "step", "relu", "sqrt", "cbrt", "ln", "log2", "log10", "tanh", "coth", "sigmoid", "atan"}
)
"Functions that change their rule, begin, or pass from one flat stretch to another, where the argument passes zero."
_MOST_CONDITIONS = 32
_WORK = 150_000
"Nodes worked out, over all conditions and lines, for a first look; and as many again for searches."
_LINES = 7
"Where there is more than one variable."
_MOST_POINTS = 160
_MIDDLE = 0.5
_CLOSE = tuple(sign * 10.0**-decimals for decimals in (2, 3, 5, 8) for sign in (1, -1))
_FINE = 60
"Bisections: down to neighbouring floats."

Along = Callable[[float], float]
"A condition as a function of the place on a line."


def turning_points(
    trees: Sequence[Node], names: Sequence[str], inside: Sequence[Point] = ()
) -> tuple[list[Point], list[Point]]:
    """Points in every stretch between neighbouring zeros of the conditions, along several lines; none without conditions.

    Args:
        inside: points of the common domain as far as known; the lines go through these.

    Returns:
        The middles of the stretches, and more points nearer their ends.
    """
    found = conditions(trees)
    middles: list[Point] = []
    others: list[Point] = []
    if not found or not names:
        return middles, others
    lines = _LINES if len(names) > 1 else 1
    # A float costs some tenths of a microsecond for each node, and as much as four nodes for the call.
    cost = lines * sum(4 + sum(1 for _ in walk(condition)) for condition in found)
    compiled = [compile_float(condition, names) for condition in found]
    places = _grid(max(1, min(12, _WORK // (cost * 50))))
    searches = max(1, min(60, _WORK // (cost * _FINE)))
    for start, direction in _lines(len(names), inside):
        line = partial(_at, [float(at) for at in start], [float(by) for by in direction])
        zeros = {zero for condition in compiled for zero in _zeros(partial(line, condition), places, searches)}
        if lines == 1:
            # A second look close to each zero: another condition may begin there and pass zero before the next place of the grid.
            closer = sorted({*places, *(zero + step for zero in list(zeros)[:searches] for step in _CLOSE)})
            zeros |= {zero for condition in compiled for zero in _zeros(partial(line, condition), closer, searches)}
        for share, t in _between(sorted(zeros), _MOST_POINTS // lines):
            point = tuple(at + t * by for at, by in zip(start, direction, strict=True))
            (middles if share == _MIDDLE else others).append(point)
    return middles, others


def _at(start: list[float], direction: list[float], condition: Function, t: float) -> float:
    return condition([at + t * by for at, by in zip(start, direction, strict=True)])


def conditions(trees: Sequence[Node]) -> list[Node]:
    """The inner expressions whose sign decides which rule holds or whether there is a value."""
    found: dict[Node, None] = {}
    for tree in trees:
        for node in walk(tree):
            for condition in _of(node):
                if as_number(condition) is None:
                    found[condition] = None
    return list(found)[:_MOST_CONDITIONS]


def _of(node: Node) -> Iterator[Node]:
    match node:
        case Call(function="max" | "min", arguments=arguments):
            for one, other in combinations(arguments[:6], 2):
                yield Sum((one, Negative(other)))
        case Call(function="asin" | "acos" | "atanh" | "asec" | "acsc", arguments=(inside,)):
            yield Sum((inside, _ONE))
            yield Sum((inside, Negative(_ONE)))
        case Call(function="acosh", arguments=(inside,)):
            yield Sum((inside, Negative(_ONE)))
        case Call(function="log", arguments=(base, inside)):
            yield from (base, inside, Sum((base, Negative(_ONE))))
        case Call(function=function, arguments=(inside,)) if function in _BENT:
            yield inside
        case Power(base=base, exponent=exponent):
            size = as_number(exponent)
            if (size is None or size.denominator != 1) and base != _E:
                yield base


def _lines(count: int, inside: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Lines through the variables' space as (start, direction): along each axis, then askew."""
    if count == 1:
        yield (Fraction(0),), (Fraction(1),)
        return
    random = Random(count)
    for number in range(_LINES):
        start = tuple(
            Fraction(random.randint(-40, 40), 16) if number % 3 else NICE[p % len(NICE)] for p in range(count)
        )
        if inside and number % 4 != 3:
            start = inside[number * 7 % len(inside)]
        axis = number % (count + 1)
        if axis < count:
            moved = tuple(Fraction(int(place == axis)) for place in range(count))
            yield tuple(Fraction(0) if place == axis else at for place, at in enumerate(start)), moved
        else:
            yield start, tuple(Fraction(random.choice([-1, -1, 1, 1, 2, -3])) for _ in range(count))


def _grid(steps: int) -> list[float]:
    """Places on a line, both ways from zero, from a millionth to a million million, closest between a tenth and a hundred."""
    positive = {10 ** (decade + step / steps) for decade in (-1, 0, 1) for step in range(2 * steps)}
    positive |= {10 ** (decade + step / steps) for decade in range(-6, 12) for step in range(0, steps, 3)}
    positive |= {index / 8 for index in range(1, 4 * steps, 2)}
    ordered = sorted(positive)
    return [-t for t in reversed(ordered)] + [0.0, *ordered]


def _zeros(condition: Along, places: Sequence[float], searches: int) -> list[float]:
    """Where a condition changes sign, or begins or ceases to have a value; also narrow dips between two places of the grid."""
    values = [condition(t) for t in places]
    sides = [_side(value) for value in values]
    found: list[float] = []
    crossings = [index for index in range(1, len(places)) if sides[index] != sides[index - 1]]
    for index in _evenly(crossings, searches):
        found.append(_bisected(condition, places[index - 1], places[index]))
    dips = [index for index in range(1, len(places) - 1) if _is_dip(values[index - 1 : index + 2])]
    for index in _evenly(dips, searches // 3 + 1):
        bottom = _lowest(condition, places[index - 1], places[index + 1], 1 if values[index] > 0 else -1)
        if _side(condition(bottom)) != sides[index]:
            found.append(_bisected(condition, places[index - 1], bottom))
            found.append(_bisected(condition, bottom, places[index + 1]))
    return found


def _evenly(indices: list[int], most: int) -> list[int]:
    """At most so many, those in the middle of the line first."""
    middle = len(indices) / 2
    return (
        sorted(indices, key=lambda index: abs(indices.index(index) - middle))[:most] if len(indices) > most else indices
    )


def _is_dip(values: Sequence[float]) -> bool:
    """Whether the middle one of three is nearest to zero, and all on one side of it."""
    left, middle, right = values
    if not (isfinite(left) and isfinite(middle) and isfinite(right)) or left * middle <= 0 or middle * right <= 0:
        return False
    return abs(middle) <= min(abs(left), abs(right)) and abs(middle) < max(abs(left), abs(right))


def _side(value: float) -> int:
    return 2 if value != value else (value > 0) - (value < 0)


def _bisected(condition: Along, left: float, right: float) -> float:
    side = _side(condition(left))
    for _ in range(_FINE):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        if _side(condition(middle)) == side:
            left = middle
        else:
            right = middle
    return right


def _lowest(condition: Along, left: float, right: float, sign: int) -> float:
    """Golden-section search for the place where the condition, of one sign, comes nearest to zero or passes it."""
    ratio = 0.6180339887498949
    one, other = right - ratio * (right - left), left + ratio * (right - left)
    low, high = sign * condition(one), sign * condition(other)
    for _ in range(_FINE):
        if low < high:
            right, other, high = other, one, low
            one = right - ratio * (right - left)
            low = sign * condition(one)
        else:
            left, one, low = one, other, high
            other = left + ratio * (right - left)
            high = sign * condition(other)
        if low <= 0 or high <= 0:
            break
    return one if low < high else other


def _between(zeros: list[float], most: int) -> Iterator[tuple[float, Fraction]]:
    """Places in each stretch, each with the share of the stretch before it; the middle of every stretch comes first."""
    if not zeros:
        return
    reach = max(abs(zeros[0]), abs(zeros[-1]), 1.0)
    stretches = list(pairwise([-2 * reach - 1.5, *zeros, 2 * reach + 1.5]))
    shares = [(share, stretch) for share in (_MIDDLE, 0.2, 0.85, 0.03, 0.97) for stretch in stretches]
    for share, (left, right) in shares[:most]:
        place = _short(left, right, left + share * (right - left))
        if place is not None:
            yield share, place


def _short(left: float, right: float, near: float) -> Fraction | None:
    """The number of fewest decimals close to a place and strictly inside; None between neighbouring floats."""
    for decimals in range(18):
        text = f"{near:.{decimals}f}"
        slack = (right - left) / 16
        if left < float(text) < right and abs(float(text) - near) <= slack:
            return Fraction(text)
    return Fraction(near) if left < near < right else None
