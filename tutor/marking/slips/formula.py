"""Slips in a formula that is only worked out, not differentiated: an update step, a mean, paths added up, brackets."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.marking.slips.power import spread_out
from tutor.marking.slips.residual import is_weight
from tutor.marking.slips.twin import TWO, Said, Show, depends, minus, over, plus, squared, times
from tutor.marking.slips.whole import Guess
from tutor.maths.rules import derivative
from tutor.maths.tree import (
    Name,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Sum,
    number,
    rebuild,
    substitute,
    variables,
)
from tutor.words import tr

_AT_A_TIME = Said(
    tr("moved the other weight first and used its new value"),
    tr("All weights move together, from where all of them stood."),
)


def formula_guesses(formula: Node, show: Show) -> Iterator[Guess]:
    """Every wrong answer that a slip makes of a formula."""
    yield from _steps(formula, show)
    yield from _means(formula, show)
    yield from _paths(formula)
    for node, changed in _changed_inside(formula):
        if isinstance(node, Negative):
            did = tr("lost the minus sign of {node}", node=show(node))
            yield Guess("C6", changed, Said(did, tr("Look at each sign again, one by one.")))
        else:
            did = tr("took {node} apart, raising each term on its own", node=show(node))
            yield Guess(
                "P8", changed, Said(did, tr("The power of a sum is more than the sum of the powers. Multiply it out."))
            )


def _changed_inside(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each part that can lose its sign or be spread out, with the whole formula after that."""
    spread = spread_out(node)
    if spread is not None:
        yield node, spread
    if isinstance(node, Negative):
        yield node, node.of
    for place, child in enumerate(node.children):
        for part, changed in _changed_inside(child):
            yield part, rebuild(node, (*node.children[:place], changed, *node.children[place + 1 :]))


# --- the update step


def _steps(formula: Node, show: Show) -> Iterator[Guess]:
    match formula:
        case Sum(terms=(start, Negative(of=Product(factors=(rate, *rest))))) if rest and _is_rate(rate):
            yield from _updates(start, rate, times(*rest), show)
        case Negative(of=Product(factors=(rate, *rest))) if rest and _is_rate(rate):
            yield from _moves(rate, tuple(rest))
        case Product(factors=(Negative(of=rate), *rest)) if rest and _is_rate(rate):
            yield from _moves(rate, tuple(rest))


def _is_rate(node: Node) -> bool:
    """A learning rate: a decimal, or one of the letters it goes by."""
    if isinstance(node, Name):
        return node.name in ("η", "α", "rate", "lr")
    return isinstance(node, Number) and node.value.denominator > 1


def _updates(start: Node, rate: Node, slope: Node, show: Show) -> Iterator[Guess]:
    step = times(rate, slope)
    yield Guess(
        "U1",
        plus(start, step),
        Said(tr("added the step"), tr("A weight moves against its partial, so that the error goes down.")),
    )
    yield Guess(
        "U2",
        minus(start, slope),
        Said(
            tr("took the whole partial away"),
            tr("Only a part of it is taken, given by the learning rate, {rate}.", rate=show(rate)),
        ),
    )
    yield Guess(
        "U3",
        Negative(step),
        Said(tr("gave the step alone"), tr("The weight moves by that from where it was, {start}.", start=show(start))),
    )
    loss = _loss(start, slope)
    if loss is not None:
        said = Said(
            tr("used the error where its partial is meant"),
            tr("It is the slope of the error that says which way to go."),
        )
        yield Guess("U4", minus(start, times(rate, loss)), said)
        for name, moved in _moved_others(start, rate, slope, loss):
            yield Guess("U5", minus(start, times(rate, substitute(slope, {name: moved}))), _AT_A_TIME)


def _loss(weight: Node, slope: Node) -> Node | None:
    """What has this slope: k F F' is that of k F^2/2, for F linear in the weight."""
    if not isinstance(weight, Name):
        return None
    factors = slope.factors if isinstance(slope, Product) else (slope,)
    moving = [factor for factor in factors if depends(factor, weight.name)]
    if len(moving) != 1:
        return None
    inner = derivative(moving[0], [weight.name])
    if depends(inner, weight.name):
        return None
    still = [factor for factor in factors if factor is not moving[0]]
    return over(times(*still, squared(moving[0])), times(TWO, inner))


def _moved_others(weight: Node, rate: Node, slope: Node, loss: Node) -> Iterator[tuple[str, Node]]:
    own = weight.name if isinstance(weight, Name) else ""
    for name in sorted(variables(slope) - {own}):
        if is_weight(name):
            yield name, minus(Name(name), times(rate, derivative(loss, [name])))


def _moves(rate: Node, rest: tuple[Node, ...]) -> Iterator[Guess]:
    slope = times(*rest)
    said = Said(tr("moved with the partial"), tr("A weight moves against its partial. Mind the sign."))
    yield Guess("U1", times(rate, slope), said)
    said = Said(tr("moved by the whole partial"), tr("Only a part of it is taken, given by the learning rate."))
    yield Guess("U2", Negative(slope), said)
    if len(rest) == 2:
        said = Said(tr("left out the input"), tr("The partial is the residual times what the weight is multiplied by."))
        yield Guess("G1", Negative(times(rate, rest[0])), said)


# --- means and paths


def _means(formula: Node, show: Show) -> Iterator[Guess]:
    """The mean of products, such as residual times input for each example."""
    match formula:
        case Quotient(numerator=Sum(terms=terms), denominator=Number() as under) if under.value == len(terms):
            pass
        case _:
            return
    n = len(terms)
    yield Guess(
        "G9", Sum(terms), Said(tr("left the sum undivided"), tr("A mean of {n} is their sum divided by {n}.", n=n))
    )
    yield Guess(
        "G9",
        over(Sum(terms), number(2 * n)),
        Said(tr("divided by {n}", n=2 * n), tr("There are {n} examples; divide by that once.", n=n)),
    )
    pairs = [_two_factors(term) for term in terms]
    if not all(pairs):
        return
    if n != 2:
        said = Said(
            tr("divided by the number of features"),
            tr("The mean is over the examples, and there are {n} of them.", n=n),
        )
        yield Guess("G10", over(Sum(terms), TWO), said)
    firsts = plus(*(pair[0] for pair in pairs if pair))
    seconds = plus(*(pair[1] for pair in pairs if pair))
    said = Said(
        tr("averaged the two sides separately"),
        tr("Multiply the two for each example first, then average the products."),
    )
    yield Guess("G11", over(times(firsts, seconds), number(n * n)), said)
    said = Said(tr("averaged without the inputs"), tr("For each example the residual is multiplied by the input."))
    yield Guess("G1", over(firsts, number(n)), said)


def _two_factors(term: Node) -> tuple[Node, Node] | None:
    match term:
        case Product(factors=(left, right)):
            return left, right
        case Negative(of=Product(factors=(left, right))):
            return Negative(left), right
    return None


def _paths(formula: Node) -> Iterator[Guess]:
    """Products added up, each a path by which something acts."""
    if not (isinstance(formula, Sum) and all(_two_factors(term) for term in formula.terms)):
        return
    said = Said(tr("followed one path only"), tr("Add up what comes by every path."))
    for term in formula.terms:
        yield Guess("V6", term, said)
    said = Said(tr("multiplied the paths"), tr("Along a path factors multiply; different paths are added."))
    yield Guess("V7", times(*formula.terms), said)
    for place in (0, 1):
        yield Guess("V7", times(*(pair[place] for term in formula.terms if (pair := _two_factors(term)))), said)
