"""Slips of exponentials and logarithms."""

from collections.abc import Iterator

from tutor.marking.slips.twin import (
    ONE,
    E,
    Parts,
    Said,
    Show,
    Twin,
    coefficient,
    depends,
    inside_of,
    less_one,
    letter_of,
    over,
    slope_inside,
    times,
)
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tree import Call, Name, Negative, Node, Power, variables

_LOGS = ("ln", "log", "log2", "log10")


def base_and_exponent(node: Node, by: str) -> tuple[Node, Node] | None:
    """Base and exponent where the variable moves the exponent only; `exp(u)` counts as e^u."""
    match node:
        case Power(base=base, exponent=exponent) if depends(exponent, by) and not depends(base, by):
            return base, exponent
        case Call(function="exp", arguments=(exponent,)):
            return E, exponent
    return None


def _power_rule(rule: Rule) -> Iterator[Node]:
    found = base_and_exponent(rule.of, rule.by)
    if found:
        base, exponent = found
        yield times(exponent, Power(base, less_one(exponent)))


def _e1(rule: Rule, parts: Parts) -> Iterator[Node]:
    found = base_and_exponent(rule.of, rule.by)
    if found and found[0] != E:
        yield from _power_rule(rule)
    if rule.name is RuleName.LOGARITHMIC:
        base, exponent = rule.of.children
        yield times(exponent, Power(base, less_one(exponent)))


def _e2(rule: Rule, parts: Parts) -> Iterator[Node]:
    found = base_and_exponent(rule.of, rule.by)
    if found and found[0] == E:
        yield from _power_rule(rule)


def _d7(rule: Rule, parts: Parts) -> Iterator[Node]:
    """With a letter as base or exponent, the rule of the other."""
    match rule.of:
        case Power(base=base, exponent=exponent) if variables(base) and variables(exponent):
            if rule.name is RuleName.EXPONENTIAL:
                yield times(exponent, Power(base, less_one(exponent)))
            elif rule.name is RuleName.POWER:
                yield times(rule.of, Call("ln", (base,)))


def _e3(rule: Rule, parts: Parts) -> Iterator[Node]:
    if isinstance(rule.of, Power) and rule.of.base != E:
        yield rule.of


def _e10(rule: Rule, parts: Parts) -> Iterator[Node]:
    base, _ = rule.of.children
    yield times(rule.of, Call("ln", (base,)), parts[1])
    yield times(rule.of, Call("ln", (base,)))


def _is_natural_chain(rule: Rule) -> bool:
    found = base_and_exponent(rule.of, rule.by)
    return found is not None and found[0] == E and coefficient(inside_of(rule), rule.by) is not None


def _e4(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_natural_chain(rule):
        yield rule.of


def _e5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_natural_chain(rule):
        yield times(parts[1], Power(E, letter_of(rule)))


def _is_log_chain(rule: Rule) -> bool:
    return isinstance(rule.of, Call) and rule.of.function == "ln" and coefficient(inside_of(rule), rule.by) is not None


def _e6(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_log_chain(rule):
        yield over(parts[1], letter_of(rule))


def _e7(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_log_chain(rule):
        yield over(ONE, inside_of(rule))


def _e8(rule: Rule, parts: Parts) -> Iterator[Node]:
    if isinstance(rule.of, Call) and rule.of.function in _LOGS:
        yield over(ONE, rule.of)


def _e9(rule: Rule, parts: Parts) -> Iterator[Node]:
    found = base_and_exponent(rule.of, rule.by)
    if found and isinstance(inside_of(rule), Negative):
        yield times(parts[0], inner_without_sign(rule))


def inner_without_sign(rule: Rule) -> Node:
    """The derivative of what is behind the minus sign inside a chain."""
    return rule.parts[1].parts[0].result


# --- words


def _say_e1(rule: Rule, show: Show) -> Said:
    return Said(
        f"used the power rule on {show(rule.of)}",
        f"Here {show(_moving(rule))} moves in the exponent: that takes the rule for exponentials, which keeps the exponent.",
    )


def _moving(rule: Rule) -> Node:
    return Name(rule.by)


def _say_d7(rule: Rule, show: Show) -> Said:
    where = "exponent" if rule.name is RuleName.EXPONENTIAL else "base"
    other = "an exponential" if where == "exponent" else "a power"
    letter = show(_moving(rule))
    return Said(
        f"took {show(rule.of)} for {'a power' if where == 'exponent' else 'an exponential'} of {letter}",
        f"{letter} moves in the {where} and the other letter stands still, so it is {other}.",
    )


def _say_e3(rule: Rule, show: Show) -> Said:
    base = rule.of.children[0]
    return Said(
        f"left out a factor in the derivative of {show(rule.of)}",
        f"Only e^x is its own derivative. With the base {show(base)}, the logarithm of the base comes in front.",
    )


def _say_e4(rule: Rule, show: Show) -> Said:
    return Said(
        f"left {show(rule.of)} as it is",
        f"The exponent {show(inside_of(rule))} has a derivative too. Multiply by it.",
    )


def _say_e5(rule: Rule, show: Show) -> Said:
    return Said(
        f"brought {show(slope_inside(rule))} down in front, but changed the exponent {show(inside_of(rule))}",
        "The exponent stays as it is.",
    )


def _say_e6(rule: Rule, show: Show) -> Said:
    return Said(
        f"took the outside of {show(rule.of)} at {show(letter_of(rule))}, not at {show(inside_of(rule))}",
        f"The outside gives one over {show(inside_of(rule))}. Multiply that by the derivative of the inside.",
    )


def _say_e7(rule: Rule, show: Show) -> Said:
    return Said(
        f"differentiated the outside, ln, and left out the inside, {show(inside_of(rule))}",
        f"Multiply by the derivative of {show(inside_of(rule))}, which is {show(slope_inside(rule))}.",
    )


def _say_e8(rule: Rule, show: Show) -> Said:
    return Said(
        f"wrote one over {show(rule.of)} itself",
        "The derivative of a logarithm has what is inside it below the line, with no logarithm left.",
    )


def _say_e9(rule: Rule, show: Show) -> Said:
    return Said(
        f"lost the minus sign of the exponent of {show(rule.of)}",
        f"The exponent {show(inside_of(rule))} is the inside. What is its derivative?",
    )


def _say_e10(rule: Rule, show: Show) -> Said:
    base = rule.of.children[0]
    return Said(
        f"let only the exponent of {show(rule.of)} move",
        f"The base {show(base)} moves too. Write it as e to the power of the exponent times ln({show(base)}).",
    )


_EXPONENTIALS = (RuleName.EXPONENTIAL, RuleName.FUNCTION)
TWINS = (
    Twin("E1", (*_EXPONENTIALS, RuleName.LOGARITHMIC), _e1, _say_e1),
    Twin("E2", _EXPONENTIALS, _e2, _say_e1),
    Twin("D7", (RuleName.EXPONENTIAL, RuleName.POWER), _d7, _say_d7),
    Twin("E3", (RuleName.EXPONENTIAL,), _e3, _say_e3),
    Twin("E4", (RuleName.CHAIN,), _e4, _say_e4),
    Twin("E5", (RuleName.CHAIN,), _e5, _say_e5),
    Twin("E6", (RuleName.CHAIN,), _e6, _say_e6),
    Twin("E7", (RuleName.CHAIN,), _e7, _say_e7),
    Twin("E8", (RuleName.FUNCTION, RuleName.CHAIN), _e8, _say_e8),
    Twin("E9", (RuleName.CHAIN,), _e9, _say_e9),
    Twin("E10", (RuleName.LOGARITHMIC,), _e10, _say_e10),
)
