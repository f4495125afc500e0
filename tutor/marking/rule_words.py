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
from tutor.words import tr

Show = Callable[[Node], str]

_NUMBERS = {4: tr("four"), 5: tr("five"), 6: tr("six")}


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
    return tr(
        "{of} is {written}: the {exponent} comes down in front, and the power drops to {lowered}.",
        of=show(rule.of),
        written=show(written),
        exponent=show(tidy(Negative(exponent))),
        lowered=show(lowered),
    )


def _power(rule: Rule, show: Show) -> str:
    exponent = rule.of.children[1]
    lowered = tidy(Sum((exponent, Negative(number(1)))))
    return tr(
        "The {exponent} comes down in front, and the power drops to {lowered}.",
        exponent=show(exponent),
        lowered=show(lowered),
    )


def _multiple(rule: Rule, show: Show) -> str:
    (part,) = rule.parts
    if isinstance(rule.of, Negative):
        if part.name is RuleName.MULTIPLE:
            return tr("The minus sign stays.") + " " + _multiple(part, show)
        return (
            tr("The minus sign stays; {of} becomes {result}.", of=show(part.of), result=show(tidy(part.result)))
            if not part.parts
            else (tr("The minus sign stays."))
        )
    stays = _stays(rule, show)
    return f"{stays}." if part.parts else f"{stays}; {_becomes(part.of, tidy(part.result), show)}."


def _stays(rule: Rule, show: Show) -> str:
    if isinstance(rule.of, Quotient):
        return tr("The division by {denominator} stays", denominator=show(rule.of.denominator))
    return tr("{constant} stays in front", constant=show(_still(rule)))


def _becomes(before: Node, after: Node, show: Show) -> str:
    """What a function turns into, and for the stepping ones what that is."""
    if before == after:
        return tr("{before} is its own derivative", before=show(before))
    kind = after.function if isinstance(after, Call) else ""
    return tr("{before} becomes {after}", before=show(before), after=show(after)) + _IN_WORDS.get(kind, "")


_IN_WORDS = {
    "sign": tr(", which is 1 above 0 and −1 below; at 0 there is a corner and no derivative"),
    "step": tr(", which is 1 above 0 and 0 below; at 0 there is a corner and no derivative"),
}


def _still(rule: Rule) -> Node:
    """What multiplies, tidied."""
    return tidy(Product((number(1), *(part for part in rule.of.children if rule.by not in variables(part)))))


def _product(rule: Rule, show: Show) -> str:
    count, (u, v, w) = len(rule.parts), letters_of(rule)
    if count == 2:
        return tr("One factor moves at a time: {u}′{v} + {u}{v}′.", u=u, v=v)
    if count == 3:
        return tr("One factor moves at a time: {u}′{v}{w} + {u}{v}′{w} + {u}{v}{w}′.", u=u, v=v, w=w)
    return tr("One factor moves at a time, so there are {count} terms.", count=_NUMBERS.get(count, str(count)))


def _quotient(rule: Rule, show: Show) -> str:
    u, v, _ = letters_of(rule)
    return tr("With {u} over {v} it is ({u}′{v} − {u}{v}′)/{v}².", u=u, v=v)


def _reciprocal(rule: Rule, show: Show) -> str:
    v, top = letters_of(rule)[1], rule.of.children[0]
    in_front = "" if top == number(1) else f"{show(top)}·"
    return tr("{top} stands still over {v}: −{in_front}{v}′/{v}².", top=show(top), v=v, in_front=in_front)


def _exponential(rule: Rule, show: Show) -> str:
    if rule.of.children[0] == Constant("e"):
        return tr("{of} is its own derivative.", of=show(rule.of))
    return tr("{of} becomes itself times the logarithm of its base.", of=show(rule.of))


def _function(rule: Rule, show: Show) -> str:
    return f"{_becomes(rule.of, tidy(rule.result), show)}."


def _chain(rule: Rule, show: Show) -> str:
    u = letters_of(rule)[0]
    inside: dict[str, Node] = {rule.parts[0].by: Name(u)}
    outside, slope = (substitute(node, inside) for node in (rule.parts[0].of, tidy(rule.parts[0].result)))
    if outside == slope:
        return tr(
            "The outside, {outside}, is its own derivative and keeps {u} inside; then multiply by {u}′.",
            outside=show(outside),
            u=u,
        )
    corner = " " + tr("There is a corner where {u} = 0, and no derivative.", u=u) if _jumps(slope) else ""
    told = tr(
        "The outside, {outside}, becomes {slope} with {u} kept inside; then multiply by {u}′.",
        outside=show(outside),
        slope=show(slope),
        u=u,
    )
    return f"{told}{corner}"


def _jumps(slope: Node) -> bool:
    return isinstance(slope, Call) and slope.function in _IN_WORDS


def _sum(rule: Rule, show: Show) -> str:
    moving = [part.of for part in rule.parts if rule.by in variables(part.of)]
    if len(moving) == 1 < len(rule.parts):
        return tr("Differentiate term by term: only {moving} moves.", moving=show(moving[0]))
    return tr("Differentiate term by term.")


_WHY: dict[RuleName, Callable[[Rule, Show], str]] = {
    RuleName.CONSTANT: lambda rule, show: tr("{of} does not move, so its derivative is 0.", of=show(rule.of)),
    RuleName.VARIABLE: lambda rule, show: tr("{of} moves as fast as itself: its derivative is 1.", of=show(rule.of)),
    RuleName.POWER: _power,
    RuleName.MULTIPLE: _multiple,
    RuleName.SUM: _sum,
    RuleName.PRODUCT: _product,
    RuleName.QUOTIENT: _quotient,
    RuleName.RECIPROCAL: _reciprocal,
    RuleName.EXPONENTIAL: _exponential,
    RuleName.FUNCTION: _function,
    RuleName.CHAIN: _chain,
    RuleName.LOGARITHMIC: lambda rule, show: tr(
        "Base and exponent both move. Take {of} as e to the power of {log}.", of=show(rule.of), log=show(_log(rule))
    ),
    RuleName.LARGEST: lambda rule, show: tr(
        "Only the one that is taken moves: step is 1 there, 0 elsewhere. Where two are equal there may be a corner."
    ),
}


def _log(rule: Rule) -> Node:
    base, exponent = rule.of.children
    return Product((exponent, Call("ln", (base,))))
