"""Whether an answer says so much that a slip which gives it is no accident.

Its bits, counted beside the right answer, are weighed against the number of slips tried up to the one that fits, likeliest
first: `0` comes out of some slip in nearly every question, and nobody knows of which.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tutor.marking.slips.registry import SLIPS, is_of_training
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Name, Negative, Node, Number, Product, Sum, walk

_ENOUGH = -2.0
"Bits by which a formula may fall short of the tries: slips at the top of a question, such as `0` for `x^2 y`, are just kept."
_ENOUGH_OF_A_NUMBER = 1.48
"Bits that a number must say beyond them, since it has only its digits to say it with."
_FOR_A_SECOND_SLIP = 2.5
"Bits that two slips together must be better borne out by than one: people make one far oftener."
# All three are set by tests/bench/slips.py: the larger, the fewer are accused falsely and the more slips stay unnamed.

Likelihood = tuple[bool, int, int]
"What slips are ordered by, likeliest first: such as few questions allow or not, how deep in the rule tree, how well attested."
_OF_VALUES = "D9"
"Can be made only where a number is asked for."
_ATTESTED = {"A": 0, "B": 0, "C": 1, "D": 2}


def likelihood(id_: str, depth: int = 0) -> Likelihood:
    """Where a slip stands in the order of trying."""
    is_particular = is_of_training(id_) or id_ == _OF_VALUES
    return not is_particular, depth, _ATTESTED[SLIPS[id_].evidence]


class Tries:
    """How many slips are at least as likely as a given one."""

    def __init__(self, tried: Iterable[Likelihood]) -> None:
        self._tried = sorted(tried)

    def until(self, wanted: Likelihood) -> int:
        """The number tried when all of that likelihood have been."""
        return max(1, bisect_right(self._tried, wanted))

    def __len__(self) -> int:
        return len(self._tried)


class Weight(NamedTuple):
    """What an answer says, in bits, and how many of them it must have beyond the tries."""

    bits: float
    enough: float

    def bears(self, slips: int, tries: int) -> bool:
        """Whether the answer can be laid to one slip, or to two, found at that many tries."""
        wanted = self.enough + _FOR_A_SECOND_SLIP * (slips - 1)
        return self.bits - math.log2(tries) >= wanted


def weight_of_number(answer: Node) -> Weight:
    """Of a number: its digits."""
    return Weight(sum(_bits(mark, 0) for mark in _marks(tidy(answer))), _ENOUGH_OF_A_NUMBER)


def weight_of(answer: Node, right: Node, names: int) -> Weight:
    """Of a formula: spelt out, or as what was changed in the right one, whichever is shorter.

    Args:
        names: how many letters an answer may use.
    """
    mine, theirs = (Counter(_marks(tidy(node))) for node in (answer, right))
    places = math.log2(theirs.total() + 1)
    spelt = sum(_bits(mark, names) * count for mark, count in mine.items())
    changed = sum((_bits(mark, names) + places) * count for mark, count in (mine - theirs).items())
    dropped = places * (theirs - mine).total()
    exchanged = 2 * places  # at least: the same signs in other places
    return Weight(min(spelt, max(changed + dropped, exchanged)), _ENOUGH)


def _marks(node: Node) -> Iterable[Node | str]:
    """The signs of a formula: its numbers and letters, its functions, and what joins them."""
    for part in walk(node):
        match part:
            case Sum() | Product():
                yield from [type(part).__name__] * (len(part.children) - 1)
            case Call(function=function):
                yield function
            case _ if part.children:
                yield type(part).__name__
            case _:
                yield part


def _bits(mark: Node | str, names: int) -> float:
    match mark:
        case Number(value=value):
            return 1 + math.log2(max(abs(value.numerator), 1) + 1) + math.log2(value.denominator)
        case Name():
            return 1 + math.log2(max(names, 1))
    return 1 if mark == Negative.__name__ else 2
