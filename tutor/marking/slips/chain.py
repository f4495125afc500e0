"""Slips of the chain rule."""

from collections.abc import Iterator

from tutor.marking.slips.twin import (
    Parts,
    Said,
    Show,
    Twin,
    inside_of,
    letter_of,
    named,
    outer_in_words,
    over,
    plus,
    slope_inside,
    squared,
    times,
)
from tutor.maths.rules import INNER, Rule, RuleName, combine
from tutor.maths.tree import Name, Negative, Node, substitute
from tutor.words import tr


def _outer_at(rule: Rule, inside: Node) -> Node:
    """The right derivative of the outside, taken somewhere."""
    return substitute(rule.parts[0].result, {INNER: inside})


def _k1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if rule.name is RuleName.RECIPROCAL:
        top, bottom = rule.of.children
        if not isinstance(bottom, Name):
            yield Negative(over(top, squared(bottom)))
    else:
        yield parts[0]


def _k2(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield _outer_at(rule, parts[1])


def _k3(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield times(_outer_at(rule, letter_of(rule)), parts[1])


def _k4(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield times(parts[0], inside_of(rule))


def _k5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if rule.name is RuleName.CHAIN:
        yield plus(parts[0], parts[1])
    elif (inner := _chain_behind_constants(rule)) is not None:
        outer = _outer_at(inner, inside_of(inner))
        yield plus(combine(rule.name, rule.of, rule.by, (outer,)), inner.parts[1].result)


def _chain_behind_constants(rule: Rule) -> Rule | None:
    """The chain that a constant multiplies: to a learner the constant belongs to the outside."""
    part = rule.parts[0]
    return part if part.name is RuleName.CHAIN and not isinstance(rule.of, Negative) else None


def _k6(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield times(rule.of, parts[1])


def _k7(rule: Rule, parts: Parts) -> Iterator[Node]:
    if rule.name is RuleName.CHAIN:
        yield parts[1]
    elif (inner := _chain_behind_constants(rule)) is not None:
        yield inner.parts[1].result


def _k8(rule: Rule, parts: Parts) -> Iterator[Node]:
    """Seen from the layer around it: the chain inside stops before its own inside."""
    inner = rule.parts[1]
    if inner.name is RuleName.CHAIN:
        yield times(parts[0], substitute(inner.parts[0].result, {INNER: inside_of(inner)}))
    if inner.name in (RuleName.MULTIPLE, RuleName.SUM):
        for node in _inner_stops(inner):
            yield times(parts[0], node)


def _inner_stops(rule: Rule) -> Iterator[Node]:
    """The derivative of a sum or multiple with one chain in it that leaves out its inside."""
    for place, part in enumerate(rule.parts):
        results = [p.result for p in rule.parts]
        stops: list[Node] = []
        if part.name is RuleName.CHAIN:
            stops = [substitute(part.parts[0].result, {INNER: inside_of(part)})]
        elif part.name in (RuleName.MULTIPLE, RuleName.SUM):
            stops = list(_inner_stops(part))
        for node in stops:
            yield combine(rule.name, rule.of, rule.by, (*results[:place], node, *results[place + 1 :]))


def _k10(rule: Rule, parts: Parts) -> Iterator[Node]:
    """f(x) g(x) differentiated in place of f(g(x)); or the same with the outside left at the inside."""
    x, inside = letter_of(rule), inside_of(rule)
    outside = substitute(rule.parts[0].of, {INNER: x})
    yield plus(times(_outer_at(rule, x), inside), times(outside, parts[1]))
    yield plus(times(parts[0], inside), times(rule.of, parts[1]))


def _k11(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield _outer_at(rule, letter_of(rule))


# --- words


def _say_k1(rule: Rule, show: Show) -> Said:
    if rule.name is RuleName.RECIPROCAL:
        bottom = rule.of.children[1]
        return Said(
            tr("treated {bottom} below the line as if it were a plain letter", bottom=show(bottom)),
            tr("It has a derivative of its own. Multiply by it."),
        )
    slope = slope_inside(rule)
    what = tr("which is {slope}", slope=show(slope)) if not named(slope, 1) else tr("which here is 1")
    return Said(
        tr("differentiated the outside, {outside}, and left out the inside", outside=outer_in_words(rule, show)),
        tr("Multiply by the derivative of {inside}, {what}.", inside=show(inside_of(rule)), what=what),
    )


def _say_k2(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "put the derivative of the inside, {slope}, into {outside}",
            slope=show(slope_inside(rule)),
            outside=outer_in_words(rule, show),
        ),
        tr("Inside stays {inside}; its derivative is multiplied on afterwards.", inside=show(inside_of(rule))),
    )


def _say_k3(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "took the derivative of the outside, {outside}, at {letter}",
            outside=outer_in_words(rule, show),
            letter=show(letter_of(rule)),
        ),
        tr("What stood inside, {inside}, stays inside.", inside=show(inside_of(rule))),
    )


def _say_k4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("multiplied by the inside, {inside}, as it is", inside=show(inside_of(rule))),
        tr("It is the derivative of the inside that multiplies."),
    )


def _say_k5(rule: Rule, show: Show) -> Said:
    rule = _chain_behind_constants(rule) or rule
    return Said(
        tr("added the derivative of the inside, {inside}", inside=show(inside_of(rule))),
        tr("One change drives the other, so the two derivatives are multiplied."),
    )


def _say_k6(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "multiplied by the derivative of the inside, and left the outside, {outside}, as it was",
            outside=outer_in_words(rule, show),
        ),
        tr("The outside is differentiated too."),
    )


def _say_k7(rule: Rule, show: Show) -> Said:
    rule = _chain_behind_constants(rule) or rule
    return Said(
        tr("differentiated only the inside, {inside}", inside=show(inside_of(rule))),
        tr(
            "The outside, {outside}, has a derivative as well, and the two are multiplied.",
            outside=outer_in_words(rule, show),
        ),
    )


def _say_k8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("stopped one layer short"),
        tr(
            "Inside, {inside} has an inside of its own. Multiply by the derivative of that too.",
            inside=show(inside_of(rule)),
        ),
    )


def _say_k10(rule: Rule, show: Show) -> Said:
    return Said(
        tr("used the product rule on {of}", of=show(rule.of)),
        tr(
            "It is no product: {inside} stands inside {outside}.",
            inside=show(inside_of(rule)),
            outside=outer_in_words(rule, show),
        ),
    )


def _say_k11(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "differentiated {outside} as if {letter} alone stood inside",
            outside=outer_in_words(rule, show),
            letter=show(letter_of(rule)),
        ),
        tr("Inside stands {inside}. It stays there, and its derivative multiplies.", inside=show(inside_of(rule))),
    )


_C = (RuleName.CHAIN,)
TWINS = (
    Twin("K1", (RuleName.CHAIN, RuleName.RECIPROCAL), _k1, _say_k1),
    Twin("K2", _C, _k2, _say_k2),
    Twin("K3", _C, _k3, _say_k3),
    Twin("K4", _C, _k4, _say_k4),
    Twin("K5", (*_C, RuleName.MULTIPLE), _k5, _say_k5),
    Twin("K6", _C, _k6, _say_k6),
    Twin("K7", (*_C, RuleName.MULTIPLE), _k7, _say_k7),
    Twin("K8", _C, _k8, _say_k8),
    Twin("K10", _C, _k10, _say_k10),
    Twin("K11", _C, _k11, _say_k11),
)
