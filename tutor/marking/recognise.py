"""Wrong answers that one sentence explains, whatever the rule at hand: another letter, degrees, an added constant.

Only says; the mistakes of differentiation themselves are in the registry of slips, whose words go before these.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tutor.lesson.model import Derivative, NumberAnswer
from tutor.marking.answer import FormulaExercise
from tutor.marking.degrees import is_in_degrees
from tutor.marking.equal import Prover, Sameness, compare
from tutor.marking.letters import said_of_letters
from tutor.marking.parts import terms
from tutor.marking.question import Question
from tutor.maths.grammar import canonical
from tutor.maths.numeric import compile_float
from tutor.maths.tidy import as_number, number_node, tidy
from tutor.maths.tree import Negative, Node, Sum, Tuple, variables
from tutor.words import tr

_ADDED: Final = tr("That is right but for a number that is added: the derivative of a number is 0.")
_ALONE: Final = tr("That is right but for the number that stands alone. What is it the derivative of?")
_DEGREES: Final = tr("That would be right in degrees. Here every angle is in radians, where 180° are π.")

_LARGEST_DENOMINATOR: Final = 1000
_ROUGHLY: Final = 1e-4
"Relative; chooses only what is worth comparing in earnest."


def recognise(exercise: FormulaExercise, question: Question, answer: Node, prover: Prover) -> str:
    """A sentence about a wrong answer; empty when it is none of these mistakes."""
    right = question.right
    if isinstance(answer, Tuple) or isinstance(right, Tuple):
        return ""
    by = [canonical(name) for name in exercise.by] if isinstance(exercise, Derivative | NumberAnswer) else []
    if is_in_degrees(by, question, answer, prover):
        return _DEGREES
    # Of a right answer that is a number any other number is off by a number, and that says nothing.
    if (
        isinstance(exercise, Derivative)
        and variables(right)
        and _is_off_by_number(right, answer, question.names, prover)
    ):
        has_number = any(as_number(tidy(term)) is not None for term in terms(tidy(right)))
        return _ALONE if has_number else _ADDED
    return said_of_letters(exercise, question, answer, prover)


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
