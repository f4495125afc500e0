"""Slips of back-propagation, made where an activation acts on a weighted sum, and where its output is weighted again."""

from collections.abc import Iterator

from tutor.marking.slips.trig import ACTIVATIONS, at_wrong_value, function_of
from tutor.marking.slips.twin import Parts, Said, Show, Twin, depends, inside_of, is_number, letter_of, named, times
from tutor.maths.rules import INNER, Rule, RuleName
from tutor.maths.tidy import tidy
from tutor.maths.tree import Call, Name, Node, Product, Sum, substitute, variables, walk
from tutor.words import tr


def is_activation(rule: Rule) -> bool:
    """Whether a chain is an activation of a sum or product with weights: several letters inside, linear in this one."""
    return (
        rule.name is RuleName.CHAIN
        and function_of(rule) in ACTIVATIONS
        and bool(variables(inside_of(rule)) - {rule.by})
        and not depends(rule.parts[1].result, rule.by)
    )


def _own_input(rule: Rule) -> Node:
    """What the weight is multiplied by inside an activation."""
    return tidy(rule.parts[1].result)


def _b1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_any_activation(rule):
        yield parts[1]


def _is_any_activation(rule: Rule) -> bool:
    return function_of(rule) in ACTIVATIONS and bool(variables(inside_of(rule)) - {rule.by})


def _b2(rule: Rule, parts: Parts) -> Iterator[Node]:
    if _is_any_activation(rule):
        inside = inside_of(rule)
        for wrong in at_wrong_value(rule.parts[0]):
            yield times(substitute(wrong, {INNER: inside}), parts[1])


def _b3(rule: Rule, parts: Parts) -> Iterator[Node]:
    """The weight behind an activation dropped."""
    if isinstance(rule.of, Product) and _holds_activation(rule.parts[0].of, rule.by):
        still = [factor for factor in rule.of.factors if not depends(factor, rule.by) and is_number(factor)]
        yield times(*still, parts[0])


def _holds_activation(node: Node, by: str) -> bool:
    return any(isinstance(part, Call) and part.function in ACTIVATIONS and depends(part, by) for part in walk(node))


def _b4(rule: Rule, parts: Parts) -> Iterator[Node]:
    if is_activation(rule) and not named(_own_input(rule), 1):
        yield parts[0]


def _b5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if is_activation(rule) and not named(_own_input(rule), 1):
        yield times(parts[0], rule.of)


def _b6(rule: Rule, parts: Parts) -> Iterator[Node]:
    if is_activation(rule):
        yield times(parts[0], parts[1], letter_of(rule))


def _b7(rule: Rule, parts: Parts) -> Iterator[Node]:
    """A weight on an activation, given the input of that activation."""
    if not isinstance(rule.of, Product):
        return
    for place, factor in enumerate(rule.of.factors):
        if isinstance(factor, Call) and factor.function in ACTIVATIONS:
            for name in _inputs_of(factor):
                rest = [f for n, f in enumerate(rule.of.factors) if n != place and not depends(f, rule.by)]
                yield times(*rest, Name(name), parts[0])


def _inputs_of(activation: Call) -> list[str]:
    """The names in the products inside."""
    inside = activation.arguments[0]
    terms = inside.terms if isinstance(inside, Sum) else (inside,)
    return sorted({name for term in terms if isinstance(term, Product) for name in variables(term)})


def _b8(rule: Rule, parts: Parts) -> Iterator[Node]:
    """Of the terms through which a letter acts, only the last or the first."""
    paths = [part for part, way in zip(parts, rule.parts, strict=True) if way.name is not RuleName.CONSTANT]
    moving = [way.of for way in rule.parts if way.name is not RuleName.CONSTANT]
    if len(paths) > 1 and (len(set(moving)) == 1 or all(_holds_activation(way, rule.by) for way in moving)):
        yield paths[-1]
        yield paths[0]


# --- words


def _say_b1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("passed through {function} without its slope", function=function_of(rule)),
        tr(
            "Going back through {function} multiplies by its slope at {inside}.",
            function=function_of(rule),
            inside=show(inside_of(rule)),
        ),
    )


def _say_b2(rule: Rule, show: Show) -> Said:
    return Said(
        tr("took the slope of {function} at the wrong value", function=function_of(rule)),
        tr("Take it at {inside}; from the activation a itself it is ", inside=show(inside_of(rule)))
        + {"tanh": "1 − a².", "sigmoid": tr("a(1 − a).")}.get(function_of(rule), "0 or 1."),
    )


def _say_b3(rule: Rule, show: Show) -> Said:
    still = [show(f) for f in rule.of.children if not depends(f, rule.by) and not is_number(f)]
    return Said(
        tr("left out the weight {still} behind the activation", still=" ".join(still)),
        tr("On the way back from the loss every factor on the path multiplies."),
    )


def _say_b4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("left out the input that {letter} is multiplied by", letter=show(letter_of(rule))),
        tr("The last factor on the way back is the derivative of {inside}.", inside=show(inside_of(rule))),
    )


def _say_b5(rule: Rule, show: Show) -> Said:
    return Said(
        tr("used the output of the activation where its input is meant"),
        tr("What is {letter} multiplied by in {inside}?", letter=show(letter_of(rule)), inside=show(inside_of(rule))),
    )


def _say_b6(rule: Rule, show: Show) -> Said:
    weight = show(letter_of(rule))
    return Said(
        tr("multiplied by {weight} itself", weight=weight),
        tr("How fast does {inside} move when {weight} moves?", inside=show(inside_of(rule)), weight=weight),
    )


def _say_b7(rule: Rule, show: Show) -> Said:
    return Said(
        tr("used an input where {letter} has an activation", letter=show(letter_of(rule))),
        tr("What is {letter} multiplied by in {of}?", letter=show(letter_of(rule)), of=show(rule.of)),
    )


def _say_b8(rule: Rule, show: Show) -> Said:
    return Said(
        tr("kept one of the paths by which {letter} acts on {of}", letter=show(letter_of(rule)), of=show(rule.of)),
        tr("Add up what comes back by every path."),
    )


_C, _M = (RuleName.CHAIN,), (RuleName.MULTIPLE,)
TWINS = (
    Twin("B1", _C, _b1, _say_b1),
    Twin("B2", _C, _b2, _say_b2),
    Twin("B3", _M, _b3, _say_b3),
    Twin("B4", _C, _b4, _say_b4),
    Twin("B5", _C, _b5, _say_b5),
    Twin("B6", _C, _b6, _say_b6),
    Twin("B7", _M, _b7, _say_b7),
    Twin("B8", (RuleName.SUM,), _b8, _say_b8),
)
