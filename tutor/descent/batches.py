"""Which examples an update looks at: shuffled anew every time round, the same on every machine and with every Python."""

from functools import lru_cache

_MULTIPLIER, _INCREMENT, _MODULUS = 6364136223846793005, 1442695040888963407, 2**64
"Knuth, The Art of Computer Programming 2, 3rd edition, section 3.3.4, table 1, line 26."


def batch(examples: int, size: int, seed: int, done: int) -> tuple[int, ...]:
    """The examples, counted from 0, of the update that follows `done` others.

    Args:
        size: 0 for all of them, in order.

    >>> batch(3, 0, 1, 7)
    (0, 1, 2)
    >>> sorted(batch(5, 2, 1, 0) + batch(5, 2, 1, 1) + batch(5, 2, 1, 2))
    [0, 1, 2, 3, 4]
    """
    if not 0 < size < examples:
        return tuple(range(examples))
    updates = -(-examples // size)
    turn, place = divmod(done, updates)
    return shuffled(examples, seed, turn)[place * size : (place + 1) * size]


@lru_cache(maxsize=4)
def shuffled(count: int, seed: int, turn: int) -> tuple[int, ...]:
    """The numbers below `count` in an order that the seed and the turn decide (Fisher and Yates 1938)."""
    state = (seed * 0x9E3779B97F4A7C15 + turn * 0xD1B54A32D192ED03 + 1) % _MODULUS
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        state = (state * _MULTIPLIER + _INCREMENT) % _MODULUS
        other = (state >> 32) * (last + 1) >> 32  # the high bits are the good ones
        order[last], order[other] = order[other], order[last]
    return tuple(order)
