"""Slips of the product rule."""

from collections.abc import Iterator
from itertools import combinations

from tutor.marking.slips.twin import Parts, Said, Show, Twin, depends, minus, plus, times
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tree import Node
from tutor.words import tr


def _split(rule: Rule) -> tuple[list[Node], list[Node]]:
    """The factors that stand still, and those that move."""
    factors = rule.of.children
    return [f for f in factors if not depends(f, rule.by)], [f for f in factors if depends(f, rule.by)]


def _terms(rule: Rule, parts: Parts) -> list[Node]:
    """The terms of the product rule, each with the constant factors."""
    still, moving = _split(rule)
    return [times(*still, *moving[:place], part, *moving[place + 1 :]) for place, part in enumerate(parts)]


def _r1(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield times(*_split(rule)[0], *parts)


def _r2(rule: Rule, parts: Parts) -> Iterator[Node]:
    still, moving = _split(rule)
    yield times(*still, plus(*(times(f, part) for f, part in zip(moving, parts, strict=True))))


def _r3(rule: Rule, parts: Parts) -> Iterator[Node]:
    terms = _terms(rule, parts)
    if len(terms) == 2:
        yield minus(terms[0], terms[1])
        yield minus(terms[1], terms[0])


def _r4(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield from _terms(rule, parts)


def _r5(rule: Rule, parts: Parts) -> Iterator[Node]:
    still, _ = _split(rule)
    yield times(*still, plus(*parts))


def _r6(rule: Rule, parts: Parts) -> Iterator[Node]:
    terms = _terms(rule, parts)
    if len(terms) > 2:
        for kept in combinations(terms, len(terms) - 1):
            yield plus(*kept)


# --- words


def _factors_in_words(rule: Rule, show: Show) -> str:
    moving = [show(f) for f in _split(rule)[1]]
    return ", ".join(moving[:-1]) + tr(" and ") + moving[-1]


def _say_r1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("multiplied the derivatives of {factors}", factors=_factors_in_words(rule, show)),
        tr("In a product one factor moves at a time while the other stands still; then add."),
    )


def _say_r2(rule: Rule, show: Show) -> Said:
    return Said(
        tr("multiplied each of {factors} by its own derivative", factors=_factors_in_words(rule, show)),
        tr("Each derivative goes with the other factor."),
    )


def _say_r3(rule: Rule, show: Show) -> Said:
    return Said(
        tr("put a minus between the two terms for {factors}", factors=_factors_in_words(rule, show)),
        tr("The minus belongs to quotients; for a product the terms are added."),
    )


def _say_r4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("let only one of {factors} move", factors=_factors_in_words(rule, show)),
        tr("Every factor has a term of its own, in which it is the one that moves."),
    )


def _say_r5(rule: Rule, show: Show) -> Said:
    return Said(
        tr("added the derivatives of {factors} as for a sum", factors=_factors_in_words(rule, show)),
        tr("This is a product: each derivative is multiplied by the factor that stands still."),
    )


def _say_r6(rule: Rule, show: Show) -> Said:
    return Said(
        tr("left out one term for {factors}", factors=_factors_in_words(rule, show)),
        tr("Three factors give three terms, one for each factor that moves."),
    )


_P = (RuleName.PRODUCT,)
TWINS = (
    Twin("R1", _P, _r1, _say_r1),
    Twin("R2", _P, _r2, _say_r2),
    Twin("R3", _P, _r3, _say_r3),
    Twin("R4", _P, _r4, _say_r4),
    Twin("R5", _P, _r5, _say_r5),
    Twin("R6", _P, _r6, _say_r6),
)
