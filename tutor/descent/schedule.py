"""How the rate changes from step to step."""

import math
from collections.abc import Callable
from typing import Final


def _constant(done: int, half: int, steps: int) -> float:
    """1."""
    return 1.0


def _inverse(done: int, half: int, steps: int) -> float:
    """1 / (1 + k/half): Robbins and Monro 1951, Annals of Mathematical Statistics 22, 400-407, whose sum diverges."""
    return 1.0 / (1.0 + done / half)


def _exponential(done: int, half: int, steps: int) -> float:
    """2^(-k/half)."""
    return float(2.0 ** (-done / half))


def _stairs(done: int, half: int, steps: int) -> float:
    """Halved at once after every `half` steps."""
    return float(2.0 ** -(done // half))


def _cosine(done: int, half: int, steps: int) -> float:
    """(1 + cos(pi k / steps)) / 2: Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5, without restarts."""
    return (1.0 + math.cos(math.pi * done / steps)) / 2.0


SCHEDULES: Final[dict[str, Callable[[int, int, int], float]]] = {
    "constant": _constant,
    "inverse": _inverse,
    "exponential": _exponential,
    "stairs": _stairs,
    "cosine": _cosine,
}
"By name: from the updates done, the steps after which the rate is halved, and all steps, to a share of the first rate."

HALVING: Final = ("inverse", "exponential", "stairs")
"Those that ask after how many steps the rate is halved."


def rate_at(name: str, rate: float, done: int, half: int, steps: int) -> float:
    """The rate of the update that follows `done` others; never above `rate`.

    >>> [rate_at("inverse", 1.0, k, 10, 100) for k in (0, 10)], rate_at("stairs", 8.0, 25, 10, 100)
    ([1.0, 0.5], 2.0)
    """
    return rate * SCHEDULES[name](done, half, steps)
