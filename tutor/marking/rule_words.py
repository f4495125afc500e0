"""The words for one rule at work in worked steps: why it is used, and what it makes of its parts."""

from __future__ import annotations

from collections.abc import Callable

from tutor.maths.rules import Rule, RuleName
from tutor.maths.tidy import as_number, tidy
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
)

Show = Callable[[Node], str]

_NUMBERS = {4: "four", 5: "five", 6: "six"}


def why(rule: Rule, show: Show) -> str:
    """Why a rule is used and what it does, in a short sentence or two."""
    return _power_below(rule, show) if is_power_below(rule) else _WHY[rule.name](rule, show)


def is_power_below(rule: Rule) -> bool:
    """Whether it is of a number over a plain power of the letter, which a teacher writes as a power itself."""
    if rule.name is not RuleName.RECIPROCAL:
        return False
    top, bottom = rule.of.children
    base = bottom.base if isinstance(bottom, Power) else bottom
    return as_number(top) is not None and base == Name(rule.by)


def letters_of(rule: Rule) -> tuple[str, str, str]:
    """Three letters for the parts of a rule, none of them one of its variables."""
    taken = variables(rule.of)
    sets = (("u", "v", "w"), ("p", "q", "r"), ("g", "h", "k"))
    return next((letters for letters in sets if not taken & set(letters)), ("U", "V", "W"))


def _power_below(rule: Rule, show: Show) -> str:
    top, bottom = rule.of.children
    exponent = bottom.exponent if isinstance(bottom, Power) else number(1)
    raised = Power(Name(rule.by), tidy(Negative(exponent)))
    written = raised if top == number(1) else Product((top, raised))
    lowered = tidy(Sum((Negative(exponent), Negative(number(1)))))
    return (
        f"{show(rule.of)} is {show(written)}: the {show(tidy(Negative(exponent)))} comes down in front, "
        f"and the power drops to {show(lowered)}."
    )


def _power(rule: Rule, show: Show) -> str:
    exponent = rule.of.children[1]
    lowered = tidy(Sum((exponent, Negative(number(1)))))
    return f"The {show(exponent)} comes down in front, and the power drops to {show(lowered)}."


def _multiple(rule: Rule, show: Show) -> str:
    (part,) = rule.parts
    if isinstance(rule.of, Negative):
        if part.name is RuleName.MULTIPLE:
            return f"The minus sign stays. {_multiple(part, show)}"
        return (
            f"The minus sign stays; {show(part.of)} becomes {show(tidy(part.result))}."
            if not part.parts
            else ("The minus sign stays.")
        )
    stays = _stays(rule, show)
    return f"{stays}." if part.parts else f"{stays}; {_becomes(part.of, tidy(part.result), show)}."


def _stays(rule: Rule, show: Show) -> str:
    if isinstance(rule.of, Quotient):
        return f"The division by {show(rule.of.denominator)} stays"
    return f"{show(_still(rule))} stays in front"


def _becomes(before: Node, after: Node, show: Show) -> str:
    """What a function turns into, and for the stepping ones what that is."""
    if before == after:
        return f"{show(before)} is its own derivative"
    kind = after.function if isinstance(after, Call) else ""
    return f"{show(before)} becomes {show(after)}{_IN_WORDS.get(kind, '')}"


_IN_WORDS = {
    "sign": ", which is 1 above 0 and −1 below; at 0 there is a corner and no derivative",
    "step": ", which is 1 above 0 and 0 below; at 0 there is a corner and no derivative",
}


def _still(rule: Rule) -> Node:
    """What multiplies, tidied."""
    return tidy(Product((number(1), *(part for part in rule.of.children if rule.by not in variables(part)))))


def _product(rule: Rule, show: Show) -> str:
    count, (u, v, w) = len(rule.parts), letters_of(rule)
    if count == 2:
        return f"One factor moves at a time: {u}′{v} + {u}{v}′."
    if count == 3:
        return f"One factor moves at a time: {u}′{v}{w} + {u}{v}′{w} + {u}{v}{w}′."
    return f"One factor moves at a time, so there are {_NUMBERS.get(count, str(count))} terms."


def _quotient(rule: Rule, show: Show) -> str:
    u, v, _ = letters_of(rule)
    return f"With {u} over {v} it is ({u}′{v} − {u}{v}′)/{v}²."


def _reciprocal(rule: Rule, show: Show) -> str:
    v, top = letters_of(rule)[1], rule.of.children[0]
    in_front = "" if top == number(1) else f"{show(top)}·"
    return f"{show(top)} stands still over {v}: −{in_front}{v}′/{v}²."


def _exponential(rule: Rule, show: Show) -> str:
    if rule.of.children[0] == Constant("e"):
        return f"{show(rule.of)} is its own derivative."
    return f"{show(rule.of)} becomes itself times the logarithm of its base."


def _function(rule: Rule, show: Show) -> str:
    return f"{_becomes(rule.of, tidy(rule.result), show)}."


def _chain(rule: Rule, show: Show) -> str:
    u = letters_of(rule)[0]
    inside: dict[str, Node] = {rule.parts[0].by: Name(u)}
    outside, slope = (substitute(node, inside) for node in (rule.parts[0].of, tidy(rule.parts[0].result)))
    if outside == slope:
        return f"The outside, {show(outside)}, is its own derivative and keeps {u} inside; then multiply by {u}′."
    corner = f" There is a corner where {u} = 0, and no derivative." if _jumps(slope) else ""
    return f"The outside, {show(outside)}, becomes {show(slope)} with {u} kept inside; then multiply by {u}′.{corner}"


def _jumps(slope: Node) -> bool:
    return isinstance(slope, Call) and slope.function in _IN_WORDS


def _sum(rule: Rule, show: Show) -> str:
    moving = [part.of for part in rule.parts if rule.by in variables(part.of)]
    if len(moving) == 1 < len(rule.parts):
        return f"Differentiate term by term: only {show(moving[0])} moves."
    return "Differentiate term by term."


_WHY: dict[RuleName, Callable[[Rule, Show], str]] = {
    RuleName.CONSTANT: lambda rule, show: f"{show(rule.of)} does not move, so its derivative is 0.",
    RuleName.VARIABLE: lambda rule, show: f"{show(rule.of)} moves as fast as itself: its derivative is 1.",
    RuleName.POWER: _power,
    RuleName.MULTIPLE: _multiple,
    RuleName.SUM: _sum,
    RuleName.PRODUCT: _product,
    RuleName.QUOTIENT: _quotient,
    RuleName.RECIPROCAL: _reciprocal,
    RuleName.EXPONENTIAL: _exponential,
    RuleName.FUNCTION: _function,
    RuleName.CHAIN: _chain,
    RuleName.LOGARITHMIC: lambda rule, show: (
        f"Base and exponent both move. Take {show(rule.of)} as e to the power of {show(_log(rule))}."
    ),
    RuleName.LARGEST: lambda rule, show: (
        "Only the one that is taken moves: step is 1 there, 0 elsewhere. Where two are equal there may be a corner."
    ),
}


def _log(rule: Rule) -> Node:
    base, exponent = rule.of.children
    return Product((exponent, Call("ln", (base,))))
