"""The words of worked steps: what each rule is called, why it is used here, and what its parts are."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.marking.rule_words import Show, is_power_below, letters_of, why
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tidy import tidy
from tutor.maths.tree import (
    Name,
    Node,
    variables,
)
from tutor.words import tr, tr_n

_NAMES = {
    RuleName.CONSTANT: tr("Constant rule"),
    RuleName.VARIABLE: tr("Power rule"),
    RuleName.POWER: tr("Power rule"),
    RuleName.MULTIPLE: tr("Constant multiple"),
    RuleName.SUM: tr("Sum rule"),
    RuleName.PRODUCT: tr("Product rule"),
    RuleName.QUOTIENT: tr("Quotient rule"),
    RuleName.RECIPROCAL: tr("Reciprocal rule"),
    RuleName.EXPONENTIAL: tr("Exponential rule"),
    RuleName.FUNCTION: tr("Known derivative"),
    RuleName.CHAIN: tr("Chain rule"),
    RuleName.LOGARITHMIC: tr("Logarithmic differentiation"),
    RuleName.LARGEST: tr("Largest or smallest"),
}


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
    if len(rules) == 1 and is_power_below(rules[0]):
        return tr("Power rule")
    names = list(dict.fromkeys(_NAMES[rule.name] for rule in rules))
    return names[0] if len(names) == 1 else tr("Term by term")


def _behind_minus(rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rule after a minus sign, where the line is for both."""
    while len(rules) > 1 and rules[0].parts and rules[0].parts[0] is rules[1]:
        rules = rules[1:]
    return rules


def stands_still(of: Node, by: str, show: Show) -> str:
    """Which letters do not move: `Only x moves; y stands still.`"""
    others = sorted(variables(of) - {by})
    if not others:
        return tr("Only {by} moves.", by=show(Name(by)))
    names = _listed([show(Name(name)) for name in others])
    return tr_n(
        "Only {by} moves; {names} stands still.",
        "Only {by} moves; {names} stand still.",
        len(others),
        by=show(Name(by)),
        names=names,
    )


def explain(rules: Sequence[Rule], show: Show) -> str:
    """Why the rule is used and what it does, in a short sentence or two."""
    behind = _behind_minus(rules)
    if behind is not rules:
        return tr("The minus sign stays.") + " " + explain(behind, show)
    if len(rules) > 1:
        return _of_many(rules)
    return why(rules[0], show)


def parts_of(rules: Sequence[Rule], show: Show) -> dict[str, str]:
    """The parts by name, for a line with a rule that has named ones."""
    rule, *others = _behind_minus(rules)
    if others or is_power_below(rule):
        return {}
    match rule.name:
        case RuleName.PRODUCT if len(rule.parts) <= 3:
            named = dict(zip(letters_of(rule), rule.parts, strict=False))
        case RuleName.QUOTIENT:
            named = dict(zip(letters_of(rule), rule.parts, strict=False))
        case RuleName.RECIPROCAL:
            named = {letters_of(rule)[1]: rule.parts[0]}
        case RuleName.CHAIN:
            named = {letters_of(rule)[0]: rule.parts[1]}
        case _:
            return {}
    parts = {letter: show(part.of) for letter, part in named.items()}
    return parts | {f"{letter}′": show(tidy(part.result)) for letter, part in named.items() if is_simple(part)}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + tr(" and ") + words[-1]


def _of_many(rules: Sequence[Rule]) -> str:
    vanishes = any(rule.name is RuleName.CONSTANT for rule in rules)
    powers = tr("Each power comes down in front and drops by one")
    if not all(_is_of_power(rule) for rule in rules if rule.name is not RuleName.CONSTANT):
        powers = tr("Each of these is differentiated by a rule you know")
    return tr("{powers}; what does not move vanishes.", powers=powers) if vanishes else f"{powers}."


def _is_of_power(rule: Rule) -> bool:
    while rule.name is RuleName.MULTIPLE:
        rule = rule.parts[0]
    return rule.name in (RuleName.POWER, RuleName.VARIABLE)
