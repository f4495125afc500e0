"""Slips of the power rule, made where one power is differentiated."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from tutor.marking.slips.twin import (
    ONE,
    Parts,
    Said,
    Show,
    Twin,
    depends,
    less_one,
    over,
    plus,
    times,
)
from tutor.maths.rules import Rule, RuleName, differentiate
from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import Call, Name, Negative, Node, Number, Power, Product, Quotient, Sum, number
from tutor.words import tr

_LIKE_A_POWER = (RuleName.POWER, RuleName.FUNCTION, RuleName.RECIPROCAL)


def _as_power(rule: Rule) -> tuple[Node, Node, Node] | None:
    """Coefficient, base and exponent of c x^n, also written as c/x^n or as a root; None for anything else."""
    match rule.of:
        case Power(base=base, exponent=exponent):
            return (ONE, base, exponent)
        case Call(function="sqrt", arguments=(base,)):
            return (ONE, base, number_node(Fraction(1, 2)))
        case Call(function="cbrt", arguments=(base,)):
            return (ONE, base, number_node(Fraction(1, 3)))
        case Quotient(numerator=top, denominator=Name(name=name) as base) if name == rule.by:
            return (top, base, Negative(ONE))
        case Quotient(numerator=top, denominator=Power(base=Name(name=name) as base, exponent=exponent)):
            if name == rule.by and not depends(exponent, name):
                return (top, base, tidy(Negative(exponent)))
    return None


def _exponent(rule: Rule) -> Fraction | None:
    found = _as_power(rule)
    return as_number(tidy(found[2])) if found else None


def _p1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if found := _as_power(rule):
        top, base, n = found
        yield times(top, Power(base, less_one(n)))
        if (size := as_number(n)) is not None and size < 0:
            yield Negative(times(top, Power(base, less_one(n))))


def _p2(rule: Rule, parts: Parts) -> Iterator[Node]:
    if found := _as_power(rule):
        top, base, n = found
        yield times(top, n, Power(base, n))


def _p3(rule: Rule, parts: Parts) -> Iterator[Node]:
    if found := _as_power(rule):
        top, base, n = found
        yield times(top, n, Power(base, plus(n, ONE)))
        yield times(top, Power(base, plus(n, ONE)))


def _p4(rule: Rule, parts: Parts) -> Iterator[Node]:
    if found := _as_power(rule):
        top, base, n = found
        if as_number(n) != -1:
            yield times(top, over(Power(base, plus(n, ONE)), plus(n, ONE)))


def _p5(rule: Rule, parts: Parts) -> Iterator[Node]:
    size = _exponent(rule)
    if (found := _as_power(rule)) and size is not None and size < 0:
        top, base, n = found
        yield times(top, n, Power(base, plus(n, ONE)))


def _p6(rule: Rule, parts: Parts) -> Iterator[Node]:
    size = _exponent(rule)
    if (found := _as_power(rule)) and size is not None and size.denominator != 1:
        top, base, n = found
        yield times(top, n, Power(base, plus(n, ONE)))
        yield times(top, n, Power(base, n))


def _p7(rule: Rule, parts: Parts) -> Iterator[Node]:
    if isinstance(rule.of, Quotient):
        yield over(rule.of.numerator, parts[0])


def _p8(rule: Rule, parts: Parts) -> Iterator[Node]:
    """Power linearity: each term of the base raised on its own, then differentiated."""
    spread = spread_out(rule.of)
    if spread is not None and depends(rule.of.children[0], rule.by):
        yield differentiate(spread, rule.by).result


def spread_out(node: Node) -> Node | None:
    """(u + v)^n as u^n + v^n, and likewise for a root; None for anything else."""
    match node:
        case Power(base=Sum(terms=terms), exponent=exponent) if exponent != ONE:
            return Sum(tuple(_raised(term, exponent) for term in terms))
        case Call(function="sqrt", arguments=(Sum(terms=terms),)):
            return Sum(tuple(_kept_sign(term, lambda part: Call("sqrt", (part,))) for term in terms))
    return None


def _raised(term: Node, exponent: Node) -> Node:
    return _kept_sign(term, lambda part: Power(part, exponent))


def _kept_sign(term: Node, change: Callable[[Node], Node]) -> Node:
    return Negative(change(term.of)) if isinstance(term, Negative) else change(term)


def _p13(rule: Rule, parts: Parts) -> Iterator[Node]:
    """(k x^n)' as (k + n) x^(n-1)."""
    match rule.of:
        case Product(factors=(Number() as k, Power(base=base, exponent=Number() as n))):
            yield times(number(k.value + n.value), Power(base, less_one(n)))


def _base_exponent(rule: Rule, show: Show) -> tuple[str, str]:
    found = _as_power(rule)
    return (show(rule.of), show(tidy(found[2]))) if found else (show(rule.of), "")


def _say_p1(rule: Rule, show: Show) -> Said:
    whole, n = _base_exponent(rule, show)
    return Said(
        tr("lowered the power in {whole} but left out the exponent in front", whole=whole),
        tr("The exponent {n} also comes down as a factor.", n=n),
    )


def _say_p2(rule: Rule, show: Show) -> Said:
    whole, n = _base_exponent(rule, show)
    return Said(
        tr("put the exponent of {whole} in front, but kept it in its place too", whole=whole),
        tr("From {n} it goes down by one.", n=n),
    )


def _say_p3(rule: Rule, show: Show) -> Said:
    whole, n = _base_exponent(rule, show)
    return Said(
        tr("raised the exponent of {whole} by one", whole=whole),
        tr("In a derivative the exponent {n} goes down by one, not up.", n=n),
    )


def _say_p4(rule: Rule, show: Show) -> Said:
    whole, _ = _base_exponent(rule, show)
    return Said(
        tr("went the other way with {whole} and integrated it", whole=whole),
        tr("A derivative multiplies by the exponent, then lowers it."),
    )


def _say_p5(rule: Rule, show: Show) -> Said:
    whole, n = _base_exponent(rule, show)
    return Said(
        tr("moved the negative exponent of {whole} toward zero", whole=whole),
        tr("One less than {n} is further from zero.", n=n),
    )


def _say_p6(rule: Rule, show: Show) -> Said:
    whole, n = _base_exponent(rule, show)
    return Said(
        tr("did not lower the exponent of {whole}", whole=whole),
        tr("The exponent is {n}; it comes in front, and one less stays behind, even where that is negative.", n=n),
    )


def _say_p7(rule: Rule, show: Show) -> Said:
    whole, bottom = show(rule.of), show(rule.of.children[1])
    return Said(
        tr("differentiated only the denominator of {whole}", whole=whole),
        tr("Write {bottom} with a negative power instead, then differentiate that.", bottom=bottom),
    )


def _say_p8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("took {of} apart, raising each term on its own", of=show(rule.of)),
        tr("The power of a sum is not the sum of the powers. Keep the brackets, and differentiate from outside in."),
    )


def _say_p13(rule: Rule, show: Show) -> Said:
    return Said(
        tr("added the coefficient and the exponent of {of}", of=show(rule.of)),
        tr("The exponent multiplies what is in front."),
    )


TWINS = (
    Twin("P1", _LIKE_A_POWER, _p1, _say_p1),
    Twin("P2", _LIKE_A_POWER, _p2, _say_p2),
    Twin("P3", _LIKE_A_POWER, _p3, _say_p3),
    Twin("P4", _LIKE_A_POWER, _p4, _say_p4),
    Twin("P5", _LIKE_A_POWER, _p5, _say_p5),
    Twin("P6", _LIKE_A_POWER, _p6, _say_p6),
    Twin("P7", (RuleName.RECIPROCAL,), _p7, _say_p7),
    Twin("P8", (RuleName.CHAIN,), _p8, _say_p8),
    Twin("P13", (RuleName.MULTIPLE,), _p13, _say_p13),
)
