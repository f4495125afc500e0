"""The differentiator: walks an expression as it was written and records which rule was used where.

The rule tree is the one source of the answer, of the worked steps and, with one rule exchanged for its wrong twin, of a wrong
answer's diagnosis. So a rule does not hold only its result: `combine` makes the result from the parts' results, and can be
called again with others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import msgspec

from tutor.maths.bounds import check_before_differentiating, too_large
from tutor.maths.slopes import SLOPES
from tutor.maths.tidy import tidy
from tutor.maths.tree import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    substitute,
    variables,
    without_brackets,
)

ZERO, ONE, TWO = number(0), number(1), number(2)
_E = Constant("e")
INNER = "□"
"The name that stands for the inside while the outside of a chain is differentiated."


class RuleName(Enum):
    """The rules, in the classroom's words."""

    CONSTANT = "constant"
    VARIABLE = "variable"
    POWER = "power"
    MULTIPLE = "constant multiple"
    SUM = "sum"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    RECIPROCAL = "reciprocal"
    EXPONENTIAL = "exponential"
    FUNCTION = "function"
    CHAIN = "chain"
    LOGARITHMIC = "logarithmic"
    "f^g with the variable in both: differentiate g ln f."
    LARGEST = "largest"
    "max or min: the derivative of whichever is taken."


class Rule(msgspec.Struct, frozen=True):
    """One rule applied to one expression."""

    name: RuleName
    of: Node
    "What is differentiated, without typed brackets."
    by: str
    parts: tuple[Rule, ...]
    "The rules for what must be differentiated on the way; for a chain, the outside (in `INNER`) and then the inside."
    result: Node
    "The derivative as the rule gives it, not yet tidied."


def derivative(node: Node, by: Sequence[str]) -> Node:
    """The tidied derivative in each of the variables in turn.

    Args:
        node: one expression.
        by: variables in canonical spelling, first one first; `("x", "x")` is the second derivative.

    Raises:
        Unreadable: an order for which the expression has grown too large to go on in reasonable time.

    >>> from tutor.maths.parse import parse_free
    >>> from tutor.maths.show import show_line
    >>> show_line(derivative(parse_free("x^3 + 2xy"), ["x"]))
    '3x² + 2y'
    """
    result = tidy(node) if not by else node
    for variable in by:
        check_before_differentiating(result)
        try:
            result = tidy(differentiate(result, variable).result)
        except RecursionError:
            raise too_large() from None
    return result


def differentiate(node: Node, by: str) -> Rule:
    """The rule tree of the partial derivative in one variable; all others stand still.

    Source of the rules: any calculus text; the names follow OpenStax Calculus, volume 1, chapter 3. Where relu, max or
    min have no derivative the result has no value; that of |x| is sign(x), which is 0 there.
    """
    return _differentiate(without_brackets(node), by)


def _differentiate(node: Node, by: str) -> Rule:
    name, parts = _choose(node, by)
    return Rule(name, node, by, parts, combine(name, node, by, tuple(part.result for part in parts)))


def _depends(node: Node, by: str) -> bool:
    return by in variables(node)


def _choose(node: Node, by: str) -> tuple[RuleName, tuple[Rule, ...]]:
    """Which rule applies, and the rules for its parts."""
    if not _depends(node, by):
        return RuleName.CONSTANT, ()
    match node:
        case Name():
            return RuleName.VARIABLE, ()
        case Negative(of=inside):
            return RuleName.MULTIPLE, (_differentiate(inside, by),)
        case Sum(terms=terms):
            return RuleName.SUM, tuple(_differentiate(term, by) for term in terms)
        case Product(factors=factors):
            moving = [factor for factor in factors if _depends(factor, by)]
            name = RuleName.PRODUCT if len(moving) > 1 else RuleName.MULTIPLE
            return name, tuple(_differentiate(factor, by) for factor in moving)
        case Quotient(numerator=top, denominator=bottom):
            return _choose_quotient(top, bottom, by)
        case Power(base=base, exponent=exponent):
            return _choose_power(base, exponent, by)
        case Call(function="log", arguments=(base, inside)) if _depends(base, by):
            return RuleName.QUOTIENT, (
                _differentiate(Call("ln", (inside,)), by),
                _differentiate(Call("ln", (base,)), by),
            )
        case Call(function="max" | "min", arguments=arguments):
            return RuleName.LARGEST, tuple(_differentiate(argument, by) for argument in arguments)
    return _choose_chain(node, _inside(node), RuleName.FUNCTION, by)


def _choose_quotient(top: Node, bottom: Node, by: str) -> tuple[RuleName, tuple[Rule, ...]]:
    if not _depends(bottom, by):
        return RuleName.MULTIPLE, (_differentiate(top, by),)
    if not _depends(top, by):
        return RuleName.RECIPROCAL, (_differentiate(bottom, by),)
    return RuleName.QUOTIENT, (_differentiate(top, by), _differentiate(bottom, by))


def _choose_power(base: Node, exponent: Node, by: str) -> tuple[RuleName, tuple[Rule, ...]]:
    if not _depends(exponent, by):
        return _choose_chain(Power(base, exponent), base, RuleName.POWER, by)
    if not _depends(base, by):
        return _choose_chain(Power(base, exponent), exponent, RuleName.EXPONENTIAL, by)
    return RuleName.LOGARITHMIC, (_differentiate(base, by), _differentiate(exponent, by))


def _choose_chain(node: Node, inside: Node, outer: RuleName, by: str) -> tuple[RuleName, tuple[Rule, ...]]:
    if inside == Name(by):
        return outer, ()
    return RuleName.CHAIN, (_differentiate(_with_inside(node, Name(INNER), by), INNER), _differentiate(inside, by))


def _inside(node: Node) -> Node:
    """What a function acts on."""
    return node.children[-1]


def _with_inside(node: Node, inside: Node, by: str) -> Node:
    match node:
        case Power(base=base, exponent=exponent):
            return Power(inside, exponent) if _depends(base, by) else Power(base, inside)
        case Call(function=function, arguments=arguments):
            return Call(function, (*arguments[:-1], inside))
    raise TypeError(f"nothing has an inside here: {type(node).__name__}")


def combine(name: RuleName, node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    """The derivative that a rule gives for an expression, from the derivatives of its parts.

    Args:
        parts: the results of the rule's parts, in their order.
    """
    return _COMBINE[name](node, by, parts)


def _combine_sum(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    return Sum(parts)


def _combine_multiple(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    (part,) = parts
    match node:
        case Negative():
            return Negative(part)
        case Quotient(denominator=denominator):
            return Quotient(part, denominator)
    first = next(place for place, factor in enumerate(node.children) if _depends(factor, by))
    still = [(place, factor) for place, factor in enumerate(node.children) if not _depends(factor, by)]
    before = tuple(factor for place, factor in still if place < first)
    return Product((*before, part, *(factor for place, factor in still if place > first)))


def _combine_product(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    factors = node.children
    places = [index for index, factor in enumerate(factors) if _depends(factor, by)]
    return Sum(
        tuple(
            Product((*factors[:index], part, *factors[index + 1 :])) for index, part in zip(places, parts, strict=True)
        )
    )


def _combine_quotient(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    top, bottom = _over(node)
    return Quotient(Sum((Product((parts[0], bottom)), Negative(Product((top, parts[1]))))), Power(bottom, TWO))


def _over(node: Node) -> tuple[Node, Node]:
    """Numerator and denominator; a logarithm to a moving base is ln over ln."""
    if isinstance(node, Call):
        base, inside = node.arguments
        return Call("ln", (inside,)), Call("ln", (base,))
    return node.children[0], node.children[1]


def _combine_reciprocal(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    top, bottom = node.children
    return Negative(Quotient(Product((top, parts[0])), Power(bottom, TWO)))


def _combine_power(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    base, exponent = node.children
    return Product((exponent, Power(base, Sum((exponent, Negative(ONE))))))


def _combine_exponential(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    base, _ = node.children
    return node if base == _E else Product((node, Call("ln", (base,))))


def _combine_function(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    if isinstance(node, Call) and node.function == "log":
        base, inside = node.arguments
        return Quotient(ONE, Product((inside, Call("ln", (base,)))))
    return SLOPES[node.function](_inside(node)) if isinstance(node, Call) else ZERO


def _combine_chain(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    outer, inner = parts
    inside = _chain_inside(node, by)
    return Product((substitute(outer, {INNER: inside}), inner))


def _chain_inside(node: Node, by: str) -> Node:
    if isinstance(node, Power):
        return node.base if _depends(node.base, by) else node.exponent
    return _inside(node)


def _combine_logarithmic(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    base, exponent = node.children
    base_slope, exponent_slope = parts
    inside = Sum((Product((exponent_slope, Call("ln", (base,)))), Quotient(Product((exponent, base_slope)), base)))
    return Product((node, inside))


def _combine_largest(node: Node, by: str, parts: tuple[Node, ...]) -> Node:
    """Each argument's derivative, switched on where that argument is the one taken."""
    least = isinstance(node, Call) and node.function == "min"
    # An argument written twice would never lead over itself.
    slopes = {tidy(argument): part for argument, part in zip(node.children, parts, strict=True)}
    terms = []
    for argument, part in slopes.items():
        others = [other for other in slopes if other != argument]
        leads = [Sum((other, Negative(argument))) if least else Sum((argument, Negative(other))) for other in others]
        terms.append(Product((*(Call("step", (lead,)) for lead in leads), part)))
    return Sum(tuple(terms))


_COMBINE: dict[RuleName, Callable[[Node, str, tuple[Node, ...]], Node]] = {
    RuleName.CONSTANT: lambda node, by, parts: ZERO,
    RuleName.VARIABLE: lambda node, by, parts: ONE,
    RuleName.POWER: _combine_power,
    RuleName.MULTIPLE: _combine_multiple,
    RuleName.SUM: _combine_sum,
    RuleName.PRODUCT: _combine_product,
    RuleName.QUOTIENT: _combine_quotient,
    RuleName.RECIPROCAL: _combine_reciprocal,
    RuleName.EXPONENTIAL: _combine_exponential,
    RuleName.FUNCTION: _combine_function,
    RuleName.CHAIN: _combine_chain,
    RuleName.LOGARITHMIC: _combine_logarithmic,
    RuleName.LARGEST: _combine_largest,
}
