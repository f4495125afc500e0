"""Random expressions for the properties: every function, any shape, and comparing of values that floats have blurred."""

import math
import random
from collections.abc import Sequence

from tutor.maths.grammar import FUNCTIONS
from tutor.maths.tree import Call, Constant, Group, Name, Negative, Node, Number, Power, Product, Quotient, Sum, number

ONE_ARGUMENT = sorted(set(FUNCTIONS.values()) - {"max", "min"})
NAMES = ("x", "y", "w1", "θ")
LEAVES: tuple[Node, ...] = (
    *(Name(name) for name in NAMES), Name("x"), Name("x"), Constant("e"), Constant("pi"),
    *(number(value) for value in (0, 1, 2, 3, 5, 10)),
)  # fmt: skip


def random_tree(source: random.Random, depth: int = 4, *, with_groups: bool = True) -> Node:
    """Any expression: functions, powers of every kind, nested sums and products, brackets."""

    def below() -> Node:
        return random_tree(source, depth - 1, with_groups=with_groups)

    if depth == 0 or source.random() < 0.12:
        return _random_number(source) if source.random() < 0.25 else source.choice(LEAVES)
    match source.randrange(12):
        case 0 | 1:
            return Sum(tuple(below() for _ in range(source.choice((2, 2, 3)))))
        case 2 | 3:
            return Product(tuple(below() for _ in range(source.choice((2, 2, 3, 4)))))
        case 4:
            return Quotient(below(), below())
        case 5:
            return Power(below(), below())
        case 6:
            return Power(below(), source.choice((number(2), number(3), number(-1), Quotient(number(1), number(2)))))
        case 7:
            return Negative(below())
        case 8:
            return Power(Constant("e"), below())
        case 9 if with_groups:
            return Group(below())
        case 10 if source.random() < 0.3:
            return Call(source.choice(("max", "min")), tuple(below() for _ in range(source.choice((2, 3)))))
        case 10 if source.random() < 0.3:
            return Call("log", (below(), below()))
    return Call(source.choice(ONE_ARGUMENT), (below(),))


def _random_number(source: random.Random) -> Node:
    from fractions import Fraction

    return source.choice(
        (
            Number(Fraction(1, 2)), Number(Fraction(1, 2), "½"), Number(Fraction(5, 2), "2½"), Number(Fraction(1, 2), ".5"),
            Number(Fraction(5), "5."), Number(Fraction(1, 10), "0.10"), Number(Fraction(1, 1000), "1e-3"),
            Number(Fraction(7, 3)), Number(Fraction(1234)),
        )
    )  # fmt: skip


def random_point(source: random.Random, names: Sequence[str] = NAMES) -> list[float]:
    """Values of the names, of both signs, none special."""
    return [source.uniform(0.1, 2.5) * source.choice((1, 1, -1)) for _ in names]


def is_same(one: float, other: float, tolerance: float = 1e-9) -> bool:
    """Whether two floats stand for one value: NaN is NaN, and rounding is forgiven."""
    if one != one or other != other:
        return one != one and other != other
    return one == other or math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance)
