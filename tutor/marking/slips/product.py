"""Slips of the product rule and of the quotient rule."""

from collections.abc import Iterator
from itertools import combinations

from tutor.marking.slips.twin import (
    ZERO,
    Parts,
    Said,
    Show,
    Twin,
    depends,
    minus,
    over,
    plus,
    squared,
    times,
)
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tree import Call, Negative, Node, Sum


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


# --- quotients


def _above_below(rule: Rule, parts: Parts) -> tuple[Node, Node, Node, Node]:
    """f, g, f', g' of the quotient f/g; a reciprocal has f' = 0."""
    if isinstance(rule.of, Call):
        base, inside = rule.of.arguments
        return Call("ln", (inside,)), Call("ln", (base,)), parts[0], parts[1]
    f, g = rule.of.children
    if rule.name is RuleName.RECIPROCAL:
        return f, g, ZERO, parts[0]
    return f, g, parts[0], parts[1]


def _numerator(rule: Rule, parts: Parts) -> Node:
    f, g, df, dg = _above_below(rule, parts)
    return minus(times(df, g), times(f, dg))


def _q1(rule: Rule, parts: Parts) -> Iterator[Node]:
    _, _, df, dg = _above_below(rule, parts)
    yield over(df, dg)


def _q2(rule: Rule, parts: Parts) -> Iterator[Node]:
    f, g, df, dg = _above_below(rule, parts)
    yield over(plus(times(df, g), times(f, dg)), squared(g))


def _q3(rule: Rule, parts: Parts) -> Iterator[Node]:
    f, g, df, dg = _above_below(rule, parts)
    yield over(minus(times(f, dg), times(df, g)), squared(g))


def _q4(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield over(_numerator(rule, parts), _above_below(rule, parts)[1])


def _q5(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield over(_numerator(rule, parts), squared(_above_below(rule, parts)[0]))


def _q6(rule: Rule, parts: Parts) -> Iterator[Node]:
    f, g, df, dg = _above_below(rule, parts)
    yield over(minus(times(dg, f), times(g, df)), squared(f))


def _q7(rule: Rule, parts: Parts) -> Iterator[Node]:
    """The minus sign, or the factor, reaches only the first term of a sum that lost its brackets."""
    f, g, df, dg = _above_below(rule, parts)
    if isinstance(f, Sum):
        first, *rest = f.terms
        last = f.terms[-1]
        yield over(plus(times(df, g), Negative(times(first, dg)), *rest[:-1], times(last, dg)), squared(g))
        yield over(plus(times(df, g), Negative(first), *rest[:-1], times(last, dg)), squared(g))
        yield over(plus(times(df, g), Negative(first), *rest), squared(g))
        yield over(plus(times(df, g), Negative(times(first, dg)), *rest), squared(g))
    slope = rule.parts[-1].result
    if isinstance(slope, Sum):
        first, *rest = slope.terms
        yield over(plus(times(df, g), Negative(times(f, first)), *rest), squared(g))
    if isinstance(g, Sum):
        *most, last = g.terms
        yield over(plus(times(df, plus(*most)), last, Negative(times(f, dg))), squared(g))


# --- words


def _factors_in_words(rule: Rule, show: Show) -> str:
    moving = [show(f) for f in _split(rule)[1]]
    return f"{', '.join(moving[:-1])} and {moving[-1]}"


def _say_r1(rule: Rule, show: Show) -> Said:
    return Said(
        f"multiplied the derivatives of {_factors_in_words(rule, show)}",
        "In a product one factor moves at a time while the other stands still; then add.",
    )


def _say_r2(rule: Rule, show: Show) -> Said:
    return Said(
        f"multiplied each of {_factors_in_words(rule, show)} by its own derivative",
        "Each derivative goes with the other factor.",
    )


def _say_r3(rule: Rule, show: Show) -> Said:
    return Said(
        f"put a minus between the two terms for {_factors_in_words(rule, show)}",
        "The minus belongs to quotients; for a product the terms are added.",
    )


def _say_r4(rule: Rule, show: Show) -> Said:
    return Said(
        f"let only one of {_factors_in_words(rule, show)} move",
        "Every factor has a term of its own, in which it is the one that moves.",
    )


def _say_r5(rule: Rule, show: Show) -> Said:
    return Said(
        f"added the derivatives of {_factors_in_words(rule, show)} as for a sum",
        "This is a product: each derivative is multiplied by the factor that stands still.",
    )


def _say_r6(rule: Rule, show: Show) -> Said:
    return Said(
        f"left out one term for {_factors_in_words(rule, show)}",
        "Three factors give three terms, one for each factor that moves.",
    )


def _pair(rule: Rule, show: Show) -> tuple[str, str]:
    if isinstance(rule.of, Call):
        base, inside = rule.of.arguments
        return show(Call("ln", (inside,))), show(Call("ln", (base,)))
    return show(rule.of.children[0]), show(rule.of.children[1])


def _say_q1(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        f"divided the derivative of {top} by the derivative of {bottom}",
        "A quotient has a rule of its own: think of f'g - fg', all over g squared.".replace("-", "−"),
    )


def _say_q2(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        f"added in the numerator for {top} over {bottom}",
        f"As {bottom} grows the quotient shrinks, so that term is taken away.",
    )


def _say_q3(rule: Rule, show: Show) -> Said:
    _, bottom = _pair(rule, show)
    return Said(
        "have the numerator of the quotient rule the wrong way round",
        f"The term with the derivative of {bottom} is the one that is taken away.",
    )


def _say_q4(rule: Rule, show: Show) -> Said:
    _, bottom = _pair(rule, show)
    return Said(f"divided by {bottom} once", "In the quotient rule the denominator is squared.")


def _say_q5(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(f"divided by the square of {top}", f"It is the denominator, {bottom}, that is squared.")


def _say_q6(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(f"differentiated {bottom} over {top}", f"The question has {top} above the line.")


def _say_q7(rule: Rule, show: Show) -> Said:
    return Said(
        "lost brackets in the numerator of the quotient rule",
        "A minus sign, or a factor, in front of a sum is meant for every term of it.",
    )


_P, _Q = (RuleName.PRODUCT,), (RuleName.QUOTIENT,)
_BOTH = (RuleName.QUOTIENT, RuleName.RECIPROCAL)
TWINS = (
    Twin("R1", _P, _r1, _say_r1),
    Twin("R2", _P, _r2, _say_r2),
    Twin("R3", _P, _r3, _say_r3),
    Twin("R4", _P, _r4, _say_r4),
    Twin("R5", _P, _r5, _say_r5),
    Twin("R6", _P, _r6, _say_r6),
    Twin("Q1", _BOTH, _q1, _say_q1),
    Twin("Q2", _Q, _q2, _say_q2),
    Twin("Q3", _BOTH, _q3, _say_q3),
    Twin("Q4", _BOTH, _q4, _say_q4),
    Twin("Q5", _BOTH, _q5, _say_q5),
    Twin("Q6", _BOTH, _q6, _say_q6),
    Twin("Q7", _BOTH, _q7, _say_q7),
)
