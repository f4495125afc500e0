"""Wrong answers that one sentence explains, whatever the rule at hand: an added constant, degrees for radians.

Only says; the mistakes of differentiation themselves are in the registry of slips.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Derivative, Gradient
from tutor.marking.equal import Prover, Sameness, compare
from tutor.marking.question import Question
from tutor.maths.numeric import compile_float
from tutor.maths.tidy import number_node
from tutor.maths.tree import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Sum,
    Tuple,
    number,
    rebuild,
    walk,
)

NO_CONSTANT: Final = "A derivative has no + C: that belongs to an integral. Leave it out."
_CONSTANT: Final = "That is right but for a number that is added: the derivative of a number is 0."
_DEGREES: Final = "That is what comes out in degrees. Here every angle is in radians: set the calculator to them."

_WAVES: Final = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
_ANGLES: Final = frozenset({"asin", "acos", "atan", "asec", "acsc", "acot"})
_DEGREE: Final = Quotient(Constant("pi"), number(180))
_LARGEST_DENOMINATOR: Final = 1000
_ROUGHLY: Final = 1e-4
"Relative; chooses only what is worth comparing in earnest."


def without_constant(exercise: AnyExercise, text: str, error: Unreadable) -> Unreadable:
    """The complaint about an unknown letter, or a better one where the letter is a constant of integration."""
    if not isinstance(exercise, Derivative | Gradient) or not error.column < len(text):
        return error
    before = text[: error.column].rstrip()
    after = text[error.column + 1 :].lstrip()
    is_whole_letter = text[error.column] in "Cc" and after[:1] in ("", ",", ";", ")", "]")
    return Unreadable(NO_CONSTANT, error.column) if is_whole_letter and before.endswith("+") else error


def recognise(exercise: AnyExercise, question: Question, answer: Node, prover: Prover) -> str:
    """A sentence about a wrong answer; empty when it is none of these mistakes."""
    right = question.right
    if isinstance(answer, Tuple) or isinstance(right, Tuple):
        return ""
    if _is_in_degrees(right, answer, question.names, prover):
        return _DEGREES
    if not isinstance(exercise, Derivative):
        return ""
    return _CONSTANT if _is_off_by_number(right, answer, question.names, prover) else ""


def _is_off_by_number(right: Node, answer: Node, names: Sequence[str], prover: Prover) -> bool:
    """Whether answer and right one differ by the same short number everywhere."""
    at = _somewhere(names)
    mine, theirs = compile_float(answer, names), compile_float(right, names)
    places = [[float(value) + move for value in at.values()] for move in (0.0, 0.3)]
    gaps = [mine(place) - theirs(place) for place in places]
    if not abs(gaps[0] - gaps[1]) <= _ROUGHLY * (1 + abs(gaps[0])):
        return False
    value = prover.value(Sum((answer, Negative(right))), at, 50)
    if not value or abs(value) > 10**6:
        return False
    short = Fraction(str(value)).limit_denominator(_LARGEST_DENOMINATOR)
    return compare(answer, Sum((right, number_node(short))), names, prover).sameness is Sameness.EQUAL


def _somewhere(names: Sequence[str]) -> dict[str, Fraction]:
    return {name: Fraction(17 + 10 * place, 12) for place, name in enumerate(names)}


def _is_in_degrees(right: Node, answer: Node, names: Sequence[str], prover: Prover) -> bool:
    if not any(isinstance(part, Call) and part.function in _WAVES | _ANGLES for part in walk(right)):
        return False
    candidates = [in_degrees(right)]
    if not names:
        candidates.append(Product((right, Quotient(number(180), Constant("pi")))))
    return any(_is_near(answer, candidate, names, prover) for candidate in candidates)


def in_degrees(node: Node) -> Node:
    """What a calculator set to degrees makes of an expression."""
    parts = rebuild(node, tuple(in_degrees(child) for child in node.children))
    if isinstance(parts, Call) and parts.function in _WAVES:
        return Call(parts.function, (Product((parts.arguments[0], _DEGREE)),))
    if isinstance(parts, Call) and parts.function in _ANGLES:
        return Quotient(parts, _DEGREE)
    return parts


def _is_near(answer: Node, candidate: Node, names: Sequence[str], prover: Prover) -> bool:
    """Equal, or a number equal to as many decimals as were typed, of which there must be two."""
    if names:
        return compare(answer, candidate, names, prover).sameness is Sameness.EQUAL
    mine, theirs = prover.value(answer, {}, 50), prover.value(candidate, {}, 50)
    if mine is None or theirs is None:
        return False
    gap = abs(mine - theirs)
    decimals = max((len(part.text.partition(".")[2]) for part in walk(answer) if isinstance(part, Number)), default=0)
    return bool(gap < 1e-40 or (decimals >= 2 and gap * 2 * 10**decimals <= 1.000001))
