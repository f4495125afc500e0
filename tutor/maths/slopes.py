"""The slope of each function of one argument, as textbooks give it. It knows no chain rule; that is `tutor.maths.rules`'s."""

from collections.abc import Callable

from tutor.maths.tree import Call, Negative, Node, Power, Product, Quotient, Sum, number

ZERO, ONE, TWO = number(0), number(1), number(2)


def _square(node: Node) -> Node:
    return Power(node, TWO)


def _over_root(inside: Node) -> Node:
    return Quotient(ONE, Call("sqrt", (inside,)))


def _one_minus(node: Node) -> Node:
    return Sum((ONE, Negative(node)))


SLOPES: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: Call("cos", (u,)),
    "cos": lambda u: Negative(Call("sin", (u,))),
    "tan": lambda u: _square(Call("sec", (u,))),
    "sec": lambda u: Product((Call("sec", (u,)), Call("tan", (u,)))),
    "csc": lambda u: Negative(Product((Call("csc", (u,)), Call("cot", (u,))))),
    "cot": lambda u: Negative(_square(Call("csc", (u,)))),
    "asin": lambda u: _over_root(_one_minus(_square(u))),
    "acos": lambda u: Negative(_over_root(_one_minus(_square(u)))),
    "atan": lambda u: Quotient(ONE, Sum((ONE, _square(u)))),
    "asec": lambda u: Quotient(ONE, Product((Call("abs", (u,)), Call("sqrt", (Sum((_square(u), Negative(ONE))),))))),
    "acsc": lambda u: Negative(
        Quotient(ONE, Product((Call("abs", (u,)), Call("sqrt", (Sum((_square(u), Negative(ONE))),)))))
    ),
    "acot": lambda u: Negative(Quotient(ONE, Sum((ONE, _square(u))))),
    "sinh": lambda u: Call("cosh", (u,)),
    "cosh": lambda u: Call("sinh", (u,)),
    "tanh": lambda u: _one_minus(_square(Call("tanh", (u,)))),
    "sech": lambda u: Negative(Product((Call("sech", (u,)), Call("tanh", (u,))))),
    "csch": lambda u: Negative(Product((Call("csch", (u,)), Call("coth", (u,))))),
    "coth": lambda u: Negative(_square(Call("csch", (u,)))),
    "asinh": lambda u: _over_root(Sum((_square(u), ONE))),
    "acosh": lambda u: Quotient(
        ONE, Product((Call("sqrt", (Sum((u, Negative(ONE))),)), Call("sqrt", (Sum((u, ONE)),))))
    ),
    "atanh": lambda u: Quotient(ONE, _one_minus(_square(u))),
    "exp": lambda u: Call("exp", (u,)),
    "ln": lambda u: Quotient(ONE, u),
    "log2": lambda u: Quotient(ONE, Product((u, Call("ln", (TWO,))))),
    "log10": lambda u: Quotient(ONE, Product((u, Call("ln", (number(10),))))),
    "sqrt": lambda u: Quotient(ONE, Product((TWO, Call("sqrt", (u,))))),
    "cbrt": lambda u: Quotient(ONE, Product((number(3), _square(Call("cbrt", (u,)))))),
    "abs": lambda u: Call("sign", (u,)),
    "sign": lambda u: ZERO,
    "relu": lambda u: Call("step", (u,)),
    "sigmoid": lambda u: Product((Call("sigmoid", (u,)), _one_minus(Call("sigmoid", (u,))))),
    "step": lambda u: ZERO,
}
"Function to its slope at `u`."
