"""What a wrong rule is: a twin of `tutor.maths.rules.combine` that gives another derivative, and the words for it.

Here are the records and the small trees that all the groups of slips build with; no slip is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from tutor.maths.rules import INNER, Rule, RuleName
from tutor.maths.tidy import tidy
from tutor.maths.tree import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    variables,
)
from tutor.words import tr

ZERO, ONE, TWO = number(0), number(1), number(2)
E = Constant("e")

Parts = tuple[Node, ...]
"The derivatives of a rule's parts, perhaps wrong ones themselves, perhaps names that stand for them."
Show = Callable[[Node], str]
"An expression as the learner of this exercise reads it."


class Said(NamedTuple):
    """What is told of a slip."""

    did: str
    "What was done, to follow `you`: `left out the inside`."
    nudge: str
    "A sentence that leads on without giving the answer."


class Twin(msgspec.Struct, frozen=True):
    """A wrong rule in the place of a right one."""

    id: str
    rules: tuple[RuleName, ...]
    "The rules that it may stand in for."
    make: Callable[[Rule, Parts], Iterator[Node]]
    "The wrong derivatives, none where the slip cannot be made; it must use `parts` for the derivatives of the parts."
    say: Callable[[Rule, Show], Said]


def times(*factors: Node) -> Node:
    """A product; of one factor, that."""
    return factors[0] if len(factors) == 1 else Product(factors) if factors else ONE


def plus(*terms: Node) -> Node:
    """A sum; of one term, that."""
    return terms[0] if len(terms) == 1 else Sum(terms) if terms else ZERO


def minus(left: Node, right: Node) -> Node:
    """A difference."""
    return Sum((left, Negative(right)))


def over(top: Node, bottom: Node) -> Node:
    """A quotient."""
    return Quotient(top, bottom)


def squared(node: Node) -> Node:
    """A square."""
    return Power(node, TWO)


def less_one(node: Node) -> Node:
    """One less, as an exponent is lowered."""
    return Sum((node, Negative(ONE)))


def depends(node: Node, by: str) -> bool:
    """Whether the variable occurs."""
    return by in variables(node)


def letter_of(rule: Rule) -> Node:
    """The variable itself."""
    return Name(rule.by)


def inside_of(rule: Rule) -> Node:
    """What stands inside a chain."""
    return rule.parts[1].of


def slope_inside(rule: Rule) -> Node:
    """The right derivative of a chain's inside, tidied for showing."""
    return tidy(rule.parts[1].result)


def outer_call(rule: Rule) -> str:
    """The function that a chain has outside, or that a function rule is of; empty for a power or an exponential."""
    node = rule.of
    return node.function if isinstance(node, Call) else ""


def outer_in_words(rule: Rule, show: Show) -> str:
    """The outside of a chain: `sin`, `the power 3`."""
    node = rule.of
    match node:
        case Call(function="sqrt"):
            return tr("the root")
        case Call(function="exp") | Power(base=Constant(name="e")):
            return tr("the exponential")
        case Call(function=function):
            return function
        case Power(base=base, exponent=exponent) if depends(base, rule.by):
            return tr("the square") if exponent == TWO else tr("the power {exponent}", exponent=show(exponent))
    return tr("the exponential")


def is_linear(node: Node, by: str) -> bool:
    """Whether it is a constant times the variable, such as `3x`, `-x` or `x/2`."""
    slope = coefficient(node, by)
    return slope is not None


def coefficient(node: Node, by: str) -> Node | None:
    """The constant k where the expression is k times the variable; else None."""
    match node:
        case Name(name=name):
            return ONE if name == by else None
        case Negative(of=inside):
            slope = coefficient(inside, by)
            return None if slope is None else Negative(slope)
        case Quotient(numerator=top, denominator=bottom) if not depends(bottom, by):
            slope = coefficient(top, by)
            return None if slope is None else Quotient(slope, bottom)
        case Product(factors=factors):
            moving = [factor for factor in factors if depends(factor, by)]
            if len(moving) != 1 or (slope := coefficient(moving[0], by)) is None:
                return None
            return times(*(factor if factor is not moving[0] else slope for factor in factors))
    return None


def is_number(node: Node) -> bool:
    """Whether no letter occurs."""
    return not variables(node)


def named(node: Node, exact: int) -> bool:
    """Whether it is that whole number."""
    return isinstance(node, Number) and node.value == exact


def in_inner(rule: Rule) -> bool:
    """Whether the rule is for the outside of a chain, whose inside stands as `INNER`."""
    return rule.by == INNER
