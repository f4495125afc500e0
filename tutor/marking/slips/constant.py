"""Slips with constants, coefficients and signs."""

from collections.abc import Iterator

from tutor.marking.slips.twin import ONE, ZERO, Parts, Said, Show, Twin, coefficient, depends, is_number, plus, times
from tutor.maths.rules import Rule, RuleName
from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, Product, Quotient
from tutor.words import tr


def factors_of(rule: Rule) -> tuple[list[Node], list[Node]]:
    """The numbers and the other constants that stand before what moves; both empty for a minus sign."""
    match rule.of:
        case Product(factors=factors):
            still = [factor for factor in factors if not depends(factor, rule.by)]
        case Quotient(denominator=denominator):
            still = [Quotient(ONE, denominator)]
        case _:
            still = []
    return [f for f in still if is_number(f)], [f for f in still if not is_number(f)]


def _c1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if is_number(rule.of):
        yield rule.of


def _c2(rule: Rule, parts: Parts) -> Iterator[Node]:
    if is_number(rule.of):
        slope = Negative(ONE) if isinstance(rule.of, Negative) else ONE
        if rule.of != slope:
            yield slope


def _c3(rule: Rule, parts: Parts) -> Iterator[Node]:
    numbers, letters = factors_of(rule)
    for kept in without_some(numbers):
        yield times(*kept, *letters, parts[0])
    match rule.of:
        case Quotient(denominator=Product(factors=under)):
            for factor in under:
                if is_number(factor):
                    yield Quotient(parts[0], times(*(other for other in under if other is not factor)))


def without_some(factors: list[Node]) -> Iterator[list[Node]]:
    """All of them gone, then one at a time."""
    if factors:
        yield []
    if len(factors) > 1:
        for factor in factors:
            yield [other for other in factors if other is not factor]


def _c4(rule: Rule, parts: Parts) -> Iterator[Node]:
    numbers, letters = factors_of(rule)
    if numbers and not letters:
        yield ZERO


def _c5(rule: Rule, parts: Parts) -> Iterator[Node]:
    numbers, letters = factors_of(rule)
    if isinstance(rule.of, Product) and (numbers or letters):
        moving = rule.parts[0].of
        yield plus(times(*numbers, *letters, parts[0]), times(moving))


def _c6(rule: Rule, parts: Parts) -> Iterator[Node]:
    if isinstance(rule.of, Negative):
        yield parts[0]


def _c8(rule: Rule, parts: Parts) -> Iterator[Node]:
    """In a sum, a term that is x alone vanishes."""
    for place, part in enumerate(rule.parts):
        if part.name is RuleName.VARIABLE:
            yield plus(*parts[:place], *parts[place + 1 :])


def _c10(rule: Rule, parts: Parts) -> Iterator[Node]:
    """A term k x stays as it is."""
    if rule.name is RuleName.VARIABLE or coefficient(rule.of, rule.by) is not None:
        yield rule.of


# --- words


def _say_c1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("kept the constant {of}", of=show(rule.of)), tr("A constant never changes. What is its rate of change?")
    )


def _say_c2(rule: Rule, show: Show) -> Said:
    return Said(
        tr("gave the constant {of} the derivative 1", of=show(rule.of)),
        tr("A constant never changes. What is its rate of change?"),
    )


def _still(rule: Rule) -> Node:
    numbers, letters = factors_of(rule)
    return tidy(times(*numbers, *letters))


def _say_c3(rule: Rule, show: Show) -> Said:
    numbers, _ = factors_of(rule)
    return Said(
        tr("dropped the factor {numbers} of {of}", numbers=show(tidy(times(*numbers))), of=show(rule.of)),
        tr("A constant factor stays, multiplying the derivative of the rest."),
    )


def _say_c4(rule: Rule, show: Show) -> Said:
    numbers, _ = factors_of(rule)
    return Said(
        tr(
            "let all of {of} vanish because {numbers} is constant",
            of=show(rule.of),
            numbers=show(tidy(times(*numbers))),
        ),
        tr("A constant that multiplies stays; only one that stands alone vanishes."),
    )


def _say_c5(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "used the product rule on {of} and took the derivative of {constant} as 1",
            of=show(rule.of),
            constant=show(_still(rule)),
        ),
        tr("A constant has the derivative 0, so that term is not there."),
    )


def _say_c6(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost the minus sign of {of}", of=show(rule.of)), tr("What is taken away takes its derivative away.")
    )


def _say_c8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("gave {by} the derivative 0", by=show(Name(rule.by))),
        tr("{by} moves as fast as itself.", by=show(Name(rule.by))),
    )


def _say_c10(rule: Rule, show: Show) -> Said:
    return Said(
        tr("left {of} as it is", of=show(rule.of)),
        tr("It is a multiple of {by}: by how much does it grow when {by} grows by 1?", by=show(Name(rule.by))),
    )


_M, _C = (RuleName.MULTIPLE,), (RuleName.CONSTANT,)
TWINS = (
    Twin("C1", _C, _c1, _say_c1),
    Twin("C2", _C, _c2, _say_c2),
    Twin("C3", _M, _c3, _say_c3),
    Twin("C4", _M, _c4, _say_c4),
    Twin("C5", _M, _c5, _say_c5),
    Twin("C6", _M, _c6, _say_c6),
    Twin("C8", (RuleName.SUM,), _c8, _say_c8),
    Twin("C10", (RuleName.MULTIPLE, RuleName.VARIABLE), _c10, _say_c10),
)
