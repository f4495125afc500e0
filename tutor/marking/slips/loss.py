"""Slips in the gradient of a loss, made at the chain of a squared residual or at the mean of several."""

from collections.abc import Iterator

from tutor.marking.slips.residual import Residual, residual_of, squares_in
from tutor.marking.slips.twin import (
    ONE,
    TWO,
    Parts,
    Said,
    Show,
    Twin,
    depends,
    over,
    plus,
    squared,
    times,
)
from tutor.maths.rules import Rule, RuleName, differentiate
from tutor.maths.tidy import tidy
from tutor.maths.tree import Name, Negative, Node, Product, Quotient, number
from tutor.words import tr

_HALF = Quotient(ONE, TWO)


def _g1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if (residual := residual_of(rule)) and residual.input != ONE:
        yield parts[0]
        if residual.is_reversed:
            yield Negative(parts[0])


def _g2(rule: Rule, parts: Parts) -> Iterator[Node]:
    if residual := residual_of(rule):
        yield times(residual.whole, parts[1])


def _g2_half(rule: Rule, parts: Parts) -> Iterator[Node]:
    """The half in front of the square, forgotten."""
    if squares_in(rule.parts[0]) and _in_front(rule) == _HALF:
        yield parts[0]


def _in_front(rule: Rule) -> Node:
    """What multiplies a sum of squares, tidied."""
    match rule.of:
        case Quotient(denominator=denominator):
            return tidy(over(ONE, denominator))
        case Product(factors=factors):
            return tidy(times(*(factor for factor in factors if not depends(factor, rule.by))))
    return tidy(Negative(ONE))


def _g3(rule: Rule, parts: Parts) -> Iterator[Node]:
    if residual_of(rule):
        yield Negative(times(parts[0], parts[1]))


def _swapped(rule: Rule, parts: Parts, inputs: tuple[Node, ...]) -> Iterator[Node]:
    residual = residual_of(rule)
    for other in inputs:
        yield times(parts[0], Negative(other) if residual and residual.is_reversed else other)


def _g4(rule: Rule, parts: Parts) -> Iterator[Node]:
    if (residual := residual_of(rule)) and residual.input != ONE:
        yield from _swapped(rule, parts, residual.others)


def _g5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if residual := residual_of(rule):
        yield from _swapped(rule, parts, (Name(residual.by),))


def _g6(rule: Rule, parts: Parts) -> Iterator[Node]:
    if residual := residual_of(rule):
        yield times(TWO, squared(residual.whole), parts[1])


def _g7(rule: Rule, parts: Parts) -> Iterator[Node]:
    if (residual := residual_of(rule)) and residual.prediction is not None:
        yield times(TWO, residual.prediction, parts[1])
        if residual.is_reversed:
            yield Negative(times(TWO, residual.prediction, parts[1]))


def _g8(rule: Rule, parts: Parts) -> Iterator[Node]:
    if (residual := residual_of(rule)) and residual.input == ONE:
        yield from _swapped(rule, parts, residual.others)


def _g9(rule: Rule, parts: Parts) -> Iterator[Node]:
    """The mean taken as a sum, or the 1/n counted twice (as the half of another convention)."""
    count = len(squares_in(rule.parts[0]))
    if count > 1:
        yield times(_in_front(rule), number(count), parts[0])
        yield over(times(_in_front(rule), parts[0]), TWO)
        yield over(times(_in_front(rule), parts[0]), number(count))


def _g10(rule: Rule, parts: Parts) -> Iterator[Node]:
    residuals = squares_in(rule.parts[0])
    if len(residuals) > 1:
        features = len(residuals[0].others) + (residuals[0].input != ONE)
        if features and features != len(residuals):
            yield over(times(_in_front(rule), number(len(residuals)), parts[0]), number(features))


def _g11(rule: Rule, parts: Parts) -> Iterator[Node]:
    residuals = squares_in(rule)
    if len(residuals) > 1:
        slopes = plus(*(part.parts[1].result for part in rule.parts))
        yield over(times(TWO, plus(*(r.whole for r in residuals)), slopes), number(len(residuals)))


def _g12(rule: Rule, parts: Parts) -> Iterator[Node]:
    if residual := residual_of(rule):
        for name in residual.data:
            yield times(parts[0], plus(parts[1], differentiate(residual.whole, name).result))


# --- words


def _found(rule: Rule) -> Residual:
    found = residual_of(rule)
    if found is None:
        raise TypeError("words for a residual that is not there")
    return found


def _say_g1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("left out the input"),
        tr("Look inside the square: by what is {weight} multiplied there?", weight=_weight(rule, show)),
    )


def _weight(rule: Rule, show: Show) -> str:
    return show(Name(rule.by))


def _say_g2(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost the 2 that comes down from the square"),
        tr("The derivative of r² is 2r. A half in front would cancel the 2; look whether there is one."),
    )


def _say_g2_half(rule: Rule, show: Show) -> Said:
    return Said(tr("kept a factor 2 too many"), tr("The half in front of the square cancels the 2 that comes down."))


def _say_g3(rule: Rule, show: Show) -> Said:
    right_way = tr("prediction less target") if not _found(rule).is_reversed else tr("target less prediction")
    return Said(
        tr("took the sign the wrong way round"),
        tr(
            "The residual here is {right_way}. Mind the sign of {weight} inside it.",
            right_way=right_way,
            weight=_weight(rule, show),
        ),
    )


def _say_g4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("took another weight's input"),
        tr("Which input is {weight} itself multiplied by?", weight=_weight(rule, show)),
    )


def _say_g5(rule: Rule, show: Show) -> Said:
    weight = _weight(rule, show)
    return Said(
        tr("multiplied by the weight {weight} itself", weight=weight),
        tr("How fast does the inside move when {weight} moves by 1?", weight=weight),
    )


def _say_g6(rule: Rule, show: Show) -> Said:
    return Said(tr("kept the residual squared"), tr("The derivative of r² has r in it only once."))


def _say_g7(rule: Rule, show: Show) -> Said:
    return Said(
        tr("used the prediction where the residual is meant"), tr("The target is part of the inside; subtract it.")
    )


def _say_g8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("treated the bias {weight} like a weight on an input", weight=_weight(rule, show)),
        tr("It stands on its own in the inside. By what is it multiplied there?"),
    )


def _say_g9(rule: Rule, show: Show) -> Said:
    count = len(squares_in(rule.parts[0]))
    return Said(
        tr("did not divide by the {count} examples as the mean does", count=count),
        tr("A mean of {count} is their sum, divided by {count} once.", count=count),
    )


def _say_g10(rule: Rule, show: Show) -> Said:
    return Said(
        tr("divided by the number of features"),
        tr("The mean is over the examples, and there are {n} of them.", n=len(squares_in(rule.parts[0]))),
    )


def _say_g11(rule: Rule, show: Show) -> Said:
    return Said(
        tr("averaged the residuals and the inputs separately"),
        tr("Multiply residual and input for each example first, then average the products."),
    )


def _say_g12(rule: Rule, show: Show) -> Said:
    return Said(
        tr("let the data move as well"),
        tr("Only {weight} moves; inputs and target stay what they were measured to be.", weight=_weight(rule, show)),
    )


_C = (RuleName.CHAIN,)
_M = (RuleName.MULTIPLE,)
TWINS = (
    Twin("G1", _C, _g1, _say_g1),
    Twin("G2", _C, _g2, _say_g2),
    Twin("G2", _M, _g2_half, _say_g2_half),
    Twin("G3", _C, _g3, _say_g3),
    Twin("G4", _C, _g4, _say_g4),
    Twin("G5", _C, _g5, _say_g5),
    Twin("G6", _C, _g6, _say_g6),
    Twin("G7", _C, _g7, _say_g7),
    Twin("G8", _C, _g8, _say_g8),
    Twin("G9", _M, _g9, _say_g9),
    Twin("G10", _M, _g10, _say_g10),
    Twin("G11", (RuleName.SUM,), _g11, _say_g11),
    Twin("G12", _C, _g12, _say_g12),
)
