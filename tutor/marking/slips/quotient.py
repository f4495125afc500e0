"""Slips of the quotient rule."""

from collections.abc import Iterator

from tutor.marking.slips.twin import ZERO, Parts, Said, Show, Twin, minus, over, plus, squared, times
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tree import Call, Negative, Node, Sum
from tutor.words import tr


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


def _pair(rule: Rule, show: Show) -> tuple[str, str]:
    if isinstance(rule.of, Call):
        base, inside = rule.of.arguments
        return show(Call("ln", (inside,))), show(Call("ln", (base,)))
    return show(rule.of.children[0]), show(rule.of.children[1])


def _say_q1(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        tr("divided the derivative of {top} by the derivative of {bottom}", top=top, bottom=bottom),
        tr("A quotient has a rule of its own: think of f'g - fg', all over g squared.").replace("-", "−"),
    )


def _say_q2(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        tr("added in the numerator for {top} over {bottom}", top=top, bottom=bottom),
        tr("As {bottom} grows the quotient shrinks, so that term is taken away.", bottom=bottom),
    )


def _say_q3(rule: Rule, show: Show) -> Said:
    _, bottom = _pair(rule, show)
    return Said(
        tr("wrote the numerator of the quotient rule the wrong way round"),
        tr("The term with the derivative of {bottom} is the one that is taken away.", bottom=bottom),
    )


def _say_q4(rule: Rule, show: Show) -> Said:
    _, bottom = _pair(rule, show)
    return Said(tr("divided by {bottom} once", bottom=bottom), tr("In the quotient rule the denominator is squared."))


def _say_q5(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        tr("divided by the square of {top}", top=top),
        tr("It is the denominator, {bottom}, that is squared.", bottom=bottom),
    )


def _say_q6(rule: Rule, show: Show) -> Said:
    top, bottom = _pair(rule, show)
    return Said(
        tr("differentiated {bottom} over {top}", bottom=bottom, top=top),
        tr("The question has {top} above the line.", top=top),
    )


def _say_q7(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost brackets in the numerator of the quotient rule"),
        tr("A minus sign, or a factor, in front of a sum is meant for every term of it."),
    )


_Q = (RuleName.QUOTIENT,)
_BOTH = (RuleName.QUOTIENT, RuleName.RECIPROCAL)
TWINS = (
    Twin("Q1", _BOTH, _q1, _say_q1),
    Twin("Q2", _Q, _q2, _say_q2),
    Twin("Q3", _BOTH, _q3, _say_q3),
    Twin("Q4", _BOTH, _q4, _say_q4),
    Twin("Q5", _BOTH, _q5, _say_q5),
    Twin("Q6", _BOTH, _q6, _say_q6),
    Twin("Q7", _BOTH, _q7, _say_q7),
)
