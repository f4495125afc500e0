"""Slips with other letters, which stand still in a partial derivative."""

from collections.abc import Iterator

from tutor.marking.slips.constant import factors_of, without_some
from tutor.marking.slips.twin import ZERO, Parts, Said, Show, Twin, is_number, plus, times
from tutor.maths.rules import INNER, Rule, RuleName, differentiate
from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, Product, Quotient, variables
from tutor.words import tr

_FOR_CONSTANTS = frozenset("abcdghkmnpqrsABCDGKMNαβγκλμ")
"Letters that usually stand for a constant."


def is_parameter(name: str) -> bool:
    """Whether a letter usually stands for a constant."""
    return name[0] in _FOR_CONSTANTS


def _d3(rule: Rule, parts: Parts) -> Iterator[Node]:
    if not is_number(rule.of):
        yield rule.of


def _d4(rule: Rule, parts: Parts) -> Iterator[Node]:
    numbers, letters = factors_of(rule)
    for kept in without_some(letters):
        yield times(*numbers, *kept, parts[0])
    if isinstance(rule.of, Quotient) and isinstance(rule.of.denominator, Product):
        left = tuple(f for f in rule.of.denominator.factors if is_number(f))
        if left and letters:
            yield Quotient(parts[0], times(*left))


def _d5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if factors_of(rule)[1]:
        yield ZERO


def _multiple(rule: Rule, part: Node) -> Node:
    numbers, letters = factors_of(rule)
    return times(*numbers, *letters, part)


def _d2(rule: Rule, parts: Parts) -> Iterator[Node]:
    """One term differentiated in another variable as well."""
    yield from _also_in(rule, parts, _others(rule))


def _d6(rule: Rule, parts: Parts) -> Iterator[Node]:
    """One term in another variable instead."""
    for name in _others(rule):
        yield differentiate(rule.of, name).result


def _c7(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield from _also_in(rule, parts, [name for name in _others(rule) if is_parameter(name)])


def _others(rule: Rule) -> list[str]:
    return sorted(variables(rule.of) - {rule.by, INNER})


def _also_in(rule: Rule, parts: Parts, names: list[str]) -> Iterator[Node]:
    if isinstance(rule.of, Negative):
        return
    for name in names:
        other = differentiate(rule.of, name).result
        yield other if rule.name is RuleName.CONSTANT else plus(_multiple(rule, parts[0]), other)


def _d1(rule: Rule, parts: Parts) -> Iterator[Node]:
    """In every term, other letters count as 1."""
    if factors_of(rule)[1]:
        numbers, _ = factors_of(rule)
        yield times(*numbers, parts[0])


# --- words


def _say_d1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("put 1 in the place of the other letters in {of}", of=show(rule.of)),
        tr("They stand still at whatever value they have, so they stay as letters."),
    )


def _say_d2(rule: Rule, show: Show) -> Said:
    others = _others(rule)
    names = " or ".join(show(Name(name)) for name in others)
    return Said(
        tr("differentiated {of} in {names} as well", of=show(rule.of), names=names),
        tr("Only {by} moves. Treat {names} as a number that stands still.", by=show(Name(rule.by)), names=names),
    )


def _say_d3(rule: Rule, show: Show) -> Said:
    return Said(
        tr("kept the term {of}", of=show(rule.of)),
        tr("There is no {by} in it, so it stands still. What is its derivative?", by=show(Name(rule.by))),
    )


def _say_d4(rule: Rule, show: Show) -> Said:
    _, letters = factors_of(rule)
    factor = show(tidy(times(*letters)))
    return Said(
        tr("dropped the factor {factor} of {of}", factor=factor, of=show(rule.of)),
        tr("{factor} stands still, and a constant factor stays where it is.", factor=factor),
    )


def _say_d5(rule: Rule, show: Show) -> Said:
    _, letters = factors_of(rule)
    return Said(
        tr(
            "let all of {of} vanish because {letters} stands still",
            of=show(rule.of),
            letters=show(tidy(times(*letters))),
        ),
        tr("A constant that multiplies stays; only one that stands alone vanishes."),
    )


def _say_d6(rule: Rule, show: Show) -> Said:
    names = " or ".join(show(Name(name)) for name in _others(rule))
    return Said(
        tr("differentiated {of} in {names} instead", of=show(rule.of), names=names),
        tr("Asked is how it changes with {by}, while {names} stands still.", by=show(Name(rule.by)), names=names),
    )


_M, _C = (RuleName.MULTIPLE,), (RuleName.CONSTANT,)
TWINS = (
    Twin("C7", (*_M, *_C), _c7, _say_d2),
    Twin("D1", _M, _d1, _say_d1),
    Twin("D2", (*_M, *_C), _d2, _say_d2),
    Twin("D3", _C, _d3, _say_d3),
    Twin("D4", _M, _d4, _say_d4),
    Twin("D5", _M, _d5, _say_d5),
    Twin("D6", _M, _d6, _say_d6),
)
