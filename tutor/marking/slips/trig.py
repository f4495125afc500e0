"""Slips of sine, cosine and the activation functions."""

from collections.abc import Iterator

from tutor.marking.slips.twin import (
    ONE,
    Parts,
    Said,
    Show,
    Twin,
    coefficient,
    inside_of,
    letter_of,
    minus,
    outer_in_words,
    plus,
    squared,
    times,
)
from tutor.maths.rules import INNER, Rule, RuleName
from tutor.maths.tree import Call, Negative, Node, substitute
from tutor.words import tr

TRIG = ("sin", "cos", "tan", "sec", "csc", "cot")
ACTIVATIONS = ("tanh", "sigmoid", "relu")


def function_of(rule: Rule) -> str:
    """The name of the function that the rule differentiates, or nothing."""
    return rule.of.function if isinstance(rule.of, Call) else ""


def _argument(rule: Rule) -> Node:
    return rule.of.children[-1]


def _t1(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) == "cos":
        yield Call("sin", (_argument(rule),))


def _t2(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) == "sin":
        yield Negative(Call("cos", (_argument(rule),)))


def _t3(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) in TRIG and coefficient(inside_of(rule), rule.by) is not None:
        yield times(parts[1], substitute(rule.parts[0].result, {INNER: letter_of(rule)}))


def _t4(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) == "tanh":
        yield minus(ONE, rule.of)


def _t5(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) == "sigmoid":
        yield times(rule.of, plus(ONE, rule.of))
        yield minus(ONE, rule.of)


def at_wrong_value(rule: Rule) -> Iterator[Node]:
    """The slope of an activation a = h(z) with z, or a once more, put where the activation belongs."""
    z, a = _argument(rule), rule.of
    if function_of(rule) == "tanh":
        yield minus(ONE, squared(Call("tanh", (a,))))
        yield minus(ONE, squared(z))
    elif function_of(rule) == "sigmoid":
        again = Call("sigmoid", (a,))
        yield times(again, minus(ONE, again))
        yield times(z, minus(ONE, z))


def _t6(rule: Rule, parts: Parts) -> Iterator[Node]:
    yield from at_wrong_value(rule)


def _t7(rule: Rule, parts: Parts) -> Iterator[Node]:
    if function_of(rule) == "relu":
        yield rule.of
        yield _argument(rule)
    elif rule.name is RuleName.LARGEST:
        yield rule.of


# --- words


def _say_t1(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost a sign in the derivative of {of}", of=show(rule.of)),
        tr("From its top at 0 the cosine goes down. What does that say of the sign?"),
    )


def _say_t2(rule: Rule, show: Show) -> Said:
    return Said(
        tr("put a minus sign into the derivative of {of}", of=show(rule.of)),
        tr("At 0 the sine climbs. What does that say of the sign?"),
    )


def _say_t3(rule: Rule, show: Show) -> Said:
    return Said(
        tr(
            "changed what stands inside {outside} from {inside} to {letter}",
            outside=outer_in_words(rule, show),
            inside=show(inside_of(rule)),
            letter=show(letter_of(rule)),
        ),
        tr("The outside is differentiated, but what is inside stays as it is."),
    )


def _say_t4(rule: Rule, show: Show) -> Said:
    return Said(
        tr("lost the square in the derivative of {of}", of=show(rule.of)), tr("It is one minus the square of tanh.")
    )


def _say_t5(rule: Rule, show: Show) -> Said:
    return Said(
        tr("mistook the derivative of {of}", of=show(rule.of)),
        tr("With s for the sigmoid itself, it is a product of s and of what is missing from s to 1."),
    )


def _say_t6(rule: Rule, show: Show) -> Said:
    return Said(
        tr("took the slope of {function} at the wrong value", function=function_of(rule)),
        tr(
            "In it stands {of}, with {inside} inside, once and not twice.",
            of=show(rule.of),
            inside=show(_argument(rule)),
        ),
    )


def _say_t7(rule: Rule, show: Show) -> Said:
    return Said(
        tr("gave the value of {of} for its slope", of=show(rule.of)),
        tr("Where it is above zero it grows exactly as fast as its input. What slope is that?"),
    )


_F = (RuleName.FUNCTION,)
TWINS = (
    Twin("T1", _F, _t1, _say_t1),
    Twin("T2", _F, _t2, _say_t2),
    Twin("T3", (RuleName.CHAIN,), _t3, _say_t3),
    Twin("T4", _F, _t4, _say_t4),
    Twin("T5", _F, _t5, _say_t5),
    Twin("T6", _F, _t6, _say_t6),
    Twin("T7", (*_F, RuleName.LARGEST), _t7, _say_t7),
)
