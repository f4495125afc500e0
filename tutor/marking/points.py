"""Where two expressions are compared: points that people like first, then points where differences hide.

Sampling goes wrong at special points, outside the domain, where a function has gone flat and far from where a constant bends
it. So the points have both signs and six orders of magnitude, and crowd around the numbers that the expressions mention. The
same expressions always get the same points.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from random import Random

from tutor.maths.tidy import as_number
from tutor.maths.tree import Node, Number, Power, Quotient, walk

Point = tuple[Fraction, ...]

NICE = tuple(Fraction(n) for n in (2, 3, 5, 1, 4, 7)) + tuple(Fraction(n, 2) for n in (1, 3))
_SIGNED = tuple(Fraction(text) for text in ("-1", "-2", "-3", "-1/2", "1/3", "-7/4", "0"))
_SPREAD = 36
_HUNT = 600
_WORK = 60_000
"Nodes worked out on a hunt, a few tenths of a microsecond each."


def first_points(count: int) -> Iterator[Point]:
    """A few points for `count` variables, best for showing to people first; with no variables there is one empty point."""
    if not count:
        yield ()
        return
    for shift in range(len(NICE)):
        yield tuple(NICE[(shift + place) % len(NICE)] for place in range(count))
    for shift in range(len(_SIGNED)):
        mixed = (*_SIGNED, *NICE)
        yield tuple(mixed[(shift + 5 * place) % len(mixed)] for place in range(count))


def spread_points(trees: Sequence[Node], count: int) -> Iterator[Point]:
    """Points near the numbers that the trees mention, then anywhere over six orders of magnitude.

    Args:
        trees: the expressions compared; the numbers in them say where to look closely.
    """
    if not count:
        return
    random = Random(count)
    yield from _near(_landmarks(trees), count, random)
    for _ in range(_SPREAD):
        yield tuple(_anywhere(random) for _ in range(count))


def hunting_points(trees: Sequence[Node], count: int) -> Iterator[Point]:
    """More points, for narrow domains and rules that hold in a corner: each coordinate small, anywhere, or near a landmark."""
    if not count:
        return
    random = Random(count + 100)
    landmarks = [Fraction(0), Fraction(1), Fraction(-1), *_landmarks(trees)]
    size = sum(1 for tree in trees for _ in walk(tree))
    ways = (_close, _close, _anywhere, partial(_between, landmarks), partial(_beside, landmarks))
    for _ in range(min(_HUNT, _WORK // (size + 10))):
        yield tuple(random.choice(ways)(random) for _ in range(count))


def _landmarks(trees: Sequence[Node]) -> list[Fraction]:
    """The numbers that the expressions mention, with their reciprocals and ratios: where graphs bend, jump or begin."""
    found: dict[Fraction, None] = {}
    for tree in trees:
        for node in walk(tree):
            value = as_number(node) if isinstance(node, Number | Quotient) else None
            if isinstance(node, Power):
                value = _small_power(node)
            if value is not None and value not in (0, 1):
                found[abs(value)] = None
    numbers = sorted(found, key=lambda value: (value.denominator, value))[:6]
    ratios = [a / b for a in numbers for b in numbers if a != b and b]
    return list(dict.fromkeys([*numbers, *(1 / n for n in numbers if n), *ratios]))[:24]


def _small_power(node: Power) -> Fraction | None:
    base, exponent = as_number(node.base), as_number(node.exponent)
    if base is None or exponent is None or exponent.denominator != 1 or abs(exponent) > 320 or not base:
        return None
    return base ** int(exponent)


def _near(landmarks: Sequence[Fraction], count: int, random: Random) -> Iterator[Point]:
    """On both sides of each landmark and of its negative, one variable at a time with the others at ordinary places."""
    for landmark in landmarks:
        for factor in (Fraction(9, 8), Fraction(7, 8), Fraction(-9, 8), Fraction(-7, 8)):
            moved = random.randrange(count)
            yield tuple(landmark * factor if place == moved else NICE[place % len(NICE)] for place in range(count))


def _anywhere(random: Random) -> Fraction:
    size = Fraction(round(10 ** random.uniform(3, 4)), 1000) * Fraction(10) ** random.randint(-3, 2)
    return size if random.random() < 0.5 else -size


def _close(random: Random) -> Fraction:
    return Fraction(random.randint(-5000, 5000), 1000)


def _between(landmarks: Sequence[Fraction], random: Random) -> Fraction:
    low, high = random.choice(landmarks), random.choice(landmarks)
    sign = 1 if random.random() < 0.6 else -1
    return sign * (low + (high - low) * Fraction(random.randrange(1, 1000), 1000))


def _beside(landmarks: Sequence[Fraction], random: Random) -> Fraction:
    landmark = random.choice(landmarks) * (1 if random.random() < 0.6 else -1)
    step = Fraction(random.randrange(1, 1000), 1000) * Fraction(10) ** random.randint(-4, 3)
    return landmark + (step if random.random() < 0.5 else -step)
