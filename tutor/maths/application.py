"""What a function's name makes of its arguments: `log` and its base, roots with an index, `sin^-1`, how many it takes."""

from tutor.errors import Unreadable
from tutor.maths.grammar import INVERSES, MANY_ARGUMENTS
from tutor.maths.lexer import Token
from tutor.maths.tree import Call, Constant, Negative, Node, Power, Quotient, Sum, number, without_brackets
from tutor.words import tr

_OF_ONE_OVER = {"acoth": "atanh", "asech": "acosh", "acsch": "asinh"}
"Each is the other, taken of one over its argument."


def apply(token: Token, base: Node | None, arguments: tuple[Node, ...]) -> Node:
    """A function of its arguments.

    Args:
        token: the function's name.
        base: the base of a logarithm or the index of a root, where one was written.

    Raises:
        Unreadable: when it takes fewer or more arguments.
    """
    name = token.text
    if name == "ln" and base is None and len(arguments) == 2:
        return Call("log", (arguments[1], arguments[0]))
    if len(arguments) > 1 and name not in MANY_ARGUMENTS:
        raise Unreadable(tr("{typed} takes one value, not {n}.", typed=token.typed, n=len(arguments)), token.column)
    if len(arguments) < 2 and name in MANY_ARGUMENTS:
        raise Unreadable(tr("{name} compares values: write {name}(a, b).", name=name), token.column)
    if name == "softplus":
        return Call("ln", (Sum((number(1), Call("exp", arguments))),))
    if name in _OF_ONE_OVER:
        return Call(_OF_ONE_OVER[name], (Quotient(number(1), arguments[0]),))
    if base is None:
        return Call(name, arguments)
    if name == "sqrt":
        return Call("cbrt", arguments) if base == number(3) else Power(arguments[0], Quotient(number(1), base))
    return Call("ln", arguments) if base == Constant("e") else Call("log", (base, *arguments))


def raise_call(token: Token, call: Node, power: Node) -> Node:
    """A power written on a function's name: `sin^2 x` is the square, `sin^-1 x` the inverse function.

    Raises:
        Unreadable: for `^-1` on a function whose inverse nobody writes so.
    """
    if without_brackets(power) != Negative(number(1)):
        return Power(call, power)
    if isinstance(call, Call) and call.function in INVERSES:
        return Call(INVERSES[call.function], call.arguments)
    if isinstance(call, Call) and f"a{call.function}" in _OF_ONE_OVER:
        return Call(_OF_ONE_OVER[f"a{call.function}"], (Quotient(number(1), *call.arguments),))
    raise Unreadable(
        tr("{typed}^-1 could mean two things: write 1/{typed}(...) if that is meant.", typed=token.typed), token.column
    )
