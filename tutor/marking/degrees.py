"""Answers that would be right in degrees: from a calculator set to them, or written in them."""

from collections.abc import Iterator, Sequence
from typing import Final

from tutor.errors import Unreadable
from tutor.marking.equal import Prover, Sameness, compare
from tutor.marking.parts import decimals
from tutor.marking.points import first_points
from tutor.marking.question import Question
from tutor.maths.numeric import compile_float
from tutor.maths.rules import derivative
from tutor.maths.tree import Call, Constant, Node, Product, Quotient, number, rebuild, variables, walk

_WAVES: Final = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
_ANGLES: Final = frozenset({"asin", "acos", "atan", "asec", "acsc", "acot"})
_DEGREE: Final = Quotient(Constant("pi"), number(180))
_RADIAN: Final = Quotient(number(180), Constant("pi"))
_DIGITS: Final = 50
_FEWEST_DECIMALS: Final = 2
"Of a number that is taken for a rounded one."
_ROUGHLY: Final = 1e-6
"Relative."


def is_in_degrees(by: Sequence[str], question: Question, answer: Node, prover: Prover) -> bool:
    """Whether a wrong answer is the right one in degrees.

    Args:
        by: the letters that the question differentiates in.
    """
    names = question.names
    if names and _looks_same(answer, question.right, names):
        return False
    return any(_is_near(mine, theirs, names, prover) for mine, theirs in _pairs(by, question, answer))


def in_degrees(node: Node) -> Node:
    """What a calculator set to degrees makes of an expression."""
    parts = rebuild(node, tuple(in_degrees(child) for child in node.children))
    if isinstance(parts, Call) and parts.function in _WAVES:
        return Call(parts.function, (Product((parts.arguments[0], _DEGREE)),))
    if isinstance(parts, Call) and parts.function in _ANGLES:
        return Quotient(parts, _DEGREE)
    return parts


def _pairs(by: Sequence[str], question: Question, answer: Node) -> Iterator[tuple[Node, Node]]:
    """What to compare with what."""
    right = question.right
    if _has(right, _WAVES | _ANGLES):
        yield answer, in_degrees(right)
        yield answer, Product((_DEGREE, in_degrees(right)))
    if not variables(right) and (_has(right, _ANGLES) or Constant("pi") in walk(right)):
        yield answer, Product((right, _RADIAN))
    if question.of is not None and by and _has(question.of, _WAVES | _ANGLES):
        try:
            yield answer, derivative(in_degrees(question.of), by)
        except Unreadable:  # grown too large
            return
    if _has(answer, _WAVES | _ANGLES):
        yield in_degrees(answer), right


def _has(tree: Node, functions: frozenset[str]) -> bool:
    return any(isinstance(part, Call) and part.function in functions for part in walk(tree))


def _is_near(answer: Node, candidate: Node, names: Sequence[str], prover: Prover) -> bool:
    """Equal, or a number equal to as many decimals as were typed, of which there must be two."""
    if names:
        if not _looks_same(answer, candidate, names):
            return False
        return compare(answer, candidate, names, prover).sameness is Sameness.EQUAL
    mine, theirs = prover.value(answer, {}, _DIGITS), prover.value(candidate, {}, _DIGITS)
    if mine is None or theirs is None:
        return False
    gap = abs(mine - theirs)
    typed = max(map(decimals, walk(answer)))
    return bool(gap < 1e-40 or (typed >= _FEWEST_DECIMALS and gap * 2 * 10**typed <= 1.000001))


def _looks_same(left: Node, right: Node, names: Sequence[str]) -> bool:
    """Whether no easy point tells two expressions apart at once, so that a comparison in earnest is worth its time."""
    mine, theirs = compile_float(left, names), compile_float(right, names)
    places = [[float(value) for value in point] for point in first_points(len(names))]
    return not any(abs(mine(at) - theirs(at)) > _ROUGHLY * abs(theirs(at)) for at in places)
