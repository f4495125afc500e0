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
    return Said("left out the input", f"Look inside the square: by what is {_weight(rule, show)} multiplied there?")


def _weight(rule: Rule, show: Show) -> str:
    return show(Name(rule.by))


def _say_g2(rule: Rule, show: Show) -> Said:
    return Said(
        "lost the 2 that comes down from the square",
        "The derivative of r² is 2r. A half in front would cancel the 2; look whether there is one.",
    )


def _say_g2_half(rule: Rule, show: Show) -> Said:
    return Said("have a factor 2 too many", "The half in front of the square cancels the 2 that comes down.")


def _say_g3(rule: Rule, show: Show) -> Said:
    right_way = "prediction less target" if not _found(rule).is_reversed else "target less prediction"
    return Said(
        "have the sign the wrong way round",
        f"The residual here is {right_way}. Mind the sign of {_weight(rule, show)} inside it.",
    )


def _say_g4(rule: Rule, show: Show) -> Said:
    return Said("took another weight's input", f"Which input is {_weight(rule, show)} itself multiplied by?")


def _say_g5(rule: Rule, show: Show) -> Said:
    weight = _weight(rule, show)
    return Said(f"multiplied by the weight {weight} itself", f"How fast does the inside move when {weight} moves by 1?")


def _say_g6(rule: Rule, show: Show) -> Said:
    return Said("kept the residual squared", "The derivative of r² has r in it only once.")


def _say_g7(rule: Rule, show: Show) -> Said:
    return Said("used the prediction where the residual is meant", "The target is part of the inside; subtract it.")


def _say_g8(rule: Rule, show: Show) -> Said:
    return Said(
        f"treated the bias {_weight(rule, show)} like a weight on an input",
        "It stands on its own in the inside. By what is it multiplied there?",
    )


def _say_g9(rule: Rule, show: Show) -> Said:
    count = len(squares_in(rule.parts[0]))
    return Said(
        f"did not divide by the {count} examples as the mean does",
        f"A mean of {count} is their sum, divided by {count} once.",
    )


def _say_g10(rule: Rule, show: Show) -> Said:
    return Said(
        "divided by the number of features",
        f"The mean is over the examples, and there are {len(squares_in(rule.parts[0]))} of them.",
    )


def _say_g11(rule: Rule, show: Show) -> Said:
    return Said(
        "averaged the residuals and the inputs separately",
        "Multiply residual and input for each example first, then average the products.",
    )


def _say_g12(rule: Rule, show: Show) -> Said:
    return Said(
        "let the data move as well",
        f"Only {_weight(rule, show)} moves; inputs and target stay what they were measured to be.",
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
