"""The words of worked steps: what each rule is called, why it is used here, and what its parts are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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

_NAMES = {
    RuleName.CONSTANT: "constant rule",
    RuleName.VARIABLE: "power rule",
    RuleName.POWER: "power rule",
    RuleName.MULTIPLE: "constant multiple",
    RuleName.SUM: "sum rule",
    RuleName.PRODUCT: "product rule",
    RuleName.QUOTIENT: "quotient rule",
    RuleName.RECIPROCAL: "reciprocal rule",
    RuleName.EXPONENTIAL: "exponential rule",
    RuleName.FUNCTION: "known derivative",
    RuleName.CHAIN: "chain rule",
    RuleName.LOGARITHMIC: "logarithmic differentiation",
    RuleName.LARGEST: "largest or smallest",
}
_NUMBERS = {2: "two", 3: "three", 4: "four"}


_SHORT_SUM = 3
"Terms of a sum of simple ones that a teacher differentiates at a glance inside another rule."


def is_simple(rule: Rule) -> bool:
    """Whether a teacher differentiates it at a glance, inside another rule."""
    if rule.name is RuleName.SUM:
        return len(rule.parts) <= _SHORT_SUM and all(is_simple(part) for part in rule.parts)
    if rule.name is RuleName.MULTIPLE:
        return is_simple(rule.parts[0]) and rule.parts[0].name is not RuleName.SUM
    return not rule.parts


def name_of(rules: Sequence[Rule]) -> str:
    """The rule of a line in words; of several together, those that they have."""
    rules = _behind_minus(rules)
    if len(rules) == 1 and _is_power_below(rules[0]):
        return "power rule"
    names = list(dict.fromkeys(_NAMES[rule.name] for rule in rules))
    return names[0] if len(names) == 1 else "term by term"


def _behind_minus(rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rule after a minus sign, where the line is for both."""
    while len(rules) > 1 and rules[0].parts and rules[0].parts[0] is rules[1]:
        rules = rules[1:]
    return rules


def _is_power_below(rule: Rule) -> bool:
    """A number over a plain power of the letter, which is a power itself."""
    if rule.name is not RuleName.RECIPROCAL:
        return False
    top, bottom = rule.of.children
    base = bottom.base if isinstance(bottom, Power) else bottom
    return as_number(top) is not None and base == Name(rule.by)


def stands_still(of: Node, by: str, show: Show) -> str:
    """Which letters do not move: `Only x moves; y stands still.`"""
    others = sorted(variables(of) - {by})
    if not others:
        return f"Only {show(Name(by))} moves."
    names = _listed([show(Name(name)) for name in others])
    return f"Only {show(Name(by))} moves; {names} {'stands' if len(others) == 1 else 'stand'} still."


def explain(rules: Sequence[Rule], show: Show) -> str:
    """Why the rule is used and what it does, in a short sentence or two."""
    behind = _behind_minus(rules)
    if behind is not rules:
        return f"The minus sign stays. {explain(behind, show)}"
    if len(rules) > 1:
        return _of_many(rules)
    if _is_power_below(rules[0]):
        return _power_below(rules[0], show)
    return _WHY[rules[0].name](rules[0], show)


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


def parts_of(rules: Sequence[Rule], show: Show) -> dict[str, str]:
    """The parts by name, for a line with a rule that has named ones."""
    rule, *others = _behind_minus(rules)
    if others or _is_power_below(rule):
        return {}
    match rule.name:
        case RuleName.PRODUCT if len(rule.parts) <= 3:
            named = dict(zip(_letters(rule), rule.parts, strict=False))
        case RuleName.QUOTIENT:
            named = dict(zip(_letters(rule), rule.parts, strict=False))
        case RuleName.RECIPROCAL:
            named = {_letters(rule)[1]: rule.parts[0]}
        case RuleName.CHAIN:
            named = {_letters(rule)[0]: rule.parts[1]}
        case _:
            return {}
    parts = {letter: show(part.of) for letter, part in named.items()}
    return parts | {f"{letter}′": show(tidy(part.result)) for letter, part in named.items() if is_simple(part)}


def _letters(rule: Rule) -> tuple[str, str, str]:
    """Three letters for the parts of a rule, none of them one of its variables."""
    taken = variables(rule.of)
    sets = (("u", "v", "w"), ("p", "q", "r"), ("g", "h", "k"))
    return next((letters for letters in sets if not taken & set(letters)), ("U", "V", "W"))


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _of_many(rules: Sequence[Rule]) -> str:
    vanishes = any(rule.name is RuleName.CONSTANT for rule in rules)
    powers = "Each power comes down in front and drops by one"
    if not all(_is_of_power(rule) for rule in rules if rule.name is not RuleName.CONSTANT):
        powers = "Each of these is differentiated by a rule you know"
    return f"{powers}; what does not move vanishes." if vanishes else f"{powers}."


def _is_of_power(rule: Rule) -> bool:
    while rule.name is RuleName.MULTIPLE:
        rule = rule.parts[0]
    return rule.name in (RuleName.POWER, RuleName.VARIABLE)


# --- one rule


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
    still = show(_still(rule))
    if part.parts:
        return f"{still} stays in front."
    return f"{still} stays in front; {show(part.of)} becomes {show(tidy(part.result))}."


def _still(rule: Rule) -> Node:
    """What multiplies, tidied."""
    match rule.of:
        case Quotient(denominator=bottom):
            return tidy(Quotient(number(1), bottom))
        case Product(factors=factors):
            return tidy(Product((number(1), *(f for f in factors if rule.by not in variables(f)))))
    return number(1)


def _product(rule: Rule, show: Show) -> str:
    count, (u, v, w) = len(rule.parts), _letters(rule)
    if count == 2:
        return f"One factor moves at a time: {u}′{v} + {u}{v}′."
    if count == 3:
        return f"One factor moves at a time: {u}′{v}{w} + {u}{v}′{w} + {u}{v}{w}′."
    return f"One factor moves at a time, so there are {_NUMBERS.get(count, str(count))} terms."


def _quotient(rule: Rule, show: Show) -> str:
    u, v, _ = _letters(rule)
    return f"A quotient: ({u}′{v} − {u}{v}′)/{v}²."


def _reciprocal(rule: Rule, show: Show) -> str:
    v, top = _letters(rule)[1], rule.of.children[0]
    in_front = "" if top == number(1) else f"{show(top)}·"
    return f"{show(top)} stands still over {v}: −{in_front}{v}′/{v}²."


def _exponential(rule: Rule, show: Show) -> str:
    if rule.of.children[0] == Constant("e"):
        return f"{show(rule.of)} is its own derivative."
    return f"{show(rule.of)} becomes itself times the logarithm of its base."


def _function(rule: Rule, show: Show) -> str:
    return f"{show(rule.of)} becomes {show(tidy(rule.result))}."


def _chain(rule: Rule, show: Show) -> str:
    u = _letters(rule)[0]
    inside: dict[str, Node] = {rule.parts[0].by: Name(u)}
    outside, slope = (show(substitute(node, inside)) for node in (rule.parts[0].of, tidy(rule.parts[0].result)))
    return f"The outside, {outside}, becomes {slope} with {u} kept inside; then multiply by {u}′."


_WHY: dict[RuleName, Callable[[Rule, Show], str]] = {
    RuleName.CONSTANT: lambda rule, show: f"{show(rule.of)} does not move, so its derivative is 0.",
    RuleName.VARIABLE: lambda rule, show: f"{show(rule.of)} moves as fast as itself: its derivative is 1.",
    RuleName.POWER: _power,
    RuleName.MULTIPLE: _multiple,
    RuleName.SUM: lambda rule, show: "Differentiate term by term.",
    RuleName.PRODUCT: _product,
    RuleName.QUOTIENT: _quotient,
    RuleName.RECIPROCAL: _reciprocal,
    RuleName.EXPONENTIAL: _exponential,
    RuleName.FUNCTION: _function,
    RuleName.CHAIN: _chain,
    RuleName.LOGARITHMIC: lambda rule, show: (
        f"Base and exponent both move. Take {show(rule.of)} as e to the power of {show(_log(rule))}."
    ),
    RuleName.LARGEST: lambda rule, show: "Where one of them is taken, only that one moves.",
}


def _log(rule: Rule) -> Node:
    base, exponent = rule.of.children
    return Product((exponent, Call("ln", (base,))))
