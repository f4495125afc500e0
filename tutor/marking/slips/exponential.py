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
from tutor.words import tr

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
        tr("used the power rule on {of}", of=show(rule.of)),
        tr(
            "Here {moving} moves in the exponent: that takes the rule for exponentials, which keeps the exponent.",
            moving=show(_moving(rule)),
        ),
    )


def _moving(rule: Rule) -> Node:
    return Name(rule.by)


def _say_d7(rule: Rule, show: Show) -> Said:
    letter, of = show(_moving(rule)), show(rule.of)
    if rule.name is RuleName.EXPONENTIAL:
        return Said(
            tr("took {of} for a power of {letter}", of=of, letter=letter),
            tr(
                "{letter} moves in the exponent and the other letter stands still, so it is an exponential.",
                letter=letter,
            ),
        )
    return Said(
        tr("took {of} for an exponential of {letter}", of=of, letter=letter),
        tr("{letter} moves in the base and the other letter stands still, so it is a power.", letter=letter),
    )


def _say_e3(rule: Rule, show: Show) -> Said:
    base = rule.of.children[0]
    return Said(
        tr("left out a factor in the derivative of {of}", of=show(rule.of)),
        tr(
            "Only e^x is its own derivative. With the base {base}, the logarithm of the base comes in front.",
            base=show(base),
        ),
    )


def _say_e4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("left {of} as it is", of=show(rule.of)),
        tr("The exponent {inside} has a derivative too. Multiply by it.", inside=show(inside_of(rule))),
    )


def _say_e5(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "brought {slope} down in front, but changed the exponent {inside}",
            slope=show(slope_inside(rule)),
            inside=show(inside_of(rule)),
        ),
        tr("The exponent stays as it is."),
    )


def _say_e6(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "took the outside of {of} at {letter}, not at {inside}",
            of=show(rule.of),
            letter=show(letter_of(rule)),
            inside=show(inside_of(rule)),
        ),
        tr(
            "The outside gives one over {inside}. Multiply that by the derivative of the inside.",
            inside=show(inside_of(rule)),
        ),
    )


def _say_e7(rule: Rule, show: Show) -> Said:
    return Said(
        tr("differentiated the outside, ln, and left out the inside, {inside}", inside=show(inside_of(rule))),
        tr(
            "Multiply by the derivative of {inside}, which is {slope}.",
            inside=show(inside_of(rule)),
            slope=show(slope_inside(rule)),
        ),
    )


def _say_e8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("wrote one over {of} itself", of=show(rule.of)),
        tr("The derivative of a logarithm has what is inside it below the line, with no logarithm left."),
    )


def _say_e9(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost the minus sign of the exponent of {of}", of=show(rule.of)),
        tr("The exponent {inside} is the inside. What is its derivative?", inside=show(inside_of(rule))),
    )


def _say_e10(rule: Rule, show: Show) -> Said:
    base = rule.of.children[0]
    return Said(
        tr("let only the exponent of {of} move", of=show(rule.of)),
        tr("The base {base} moves too. Write it as e to the power of the exponent times ln({base}).", base=show(base)),
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
