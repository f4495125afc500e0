"""Whether a formula that was read is the right one: compared whole or part by part, as a rounded number, and in its form."""

from fractions import Fraction
from typing import Protocol

from tutor.lesson.model import Derivative, Expression, Gradient, NumberAnswer
from tutor.marking.answer import FormulaExercise
from tutor.marking.equal import Comparison, Prover, Sameness, compare
from tutor.marking.form import Shapes, missing
from tutor.marking.parts import decimals
from tutor.marking.question import Question
from tutor.marking.recognise import recognise
from tutor.marking.shown import show_coordinate
from tutor.marking.valueless import without_value
from tutor.marking.verdict import RIGHT, Difference, Outcome, Verdict, undecided
from tutor.maths.grammar import display_name
from tutor.maths.tree import Node, Tuple, variables, walk
from tutor.words import tr

_ORDINALS = (
    tr("first"),
    tr("second"),
    tr("third"),
    tr("fourth"),
    tr("fifth"),
    tr("sixth"),
    tr("seventh"),
    tr("eighth"),
)
_FEWEST_DECIMALS = 2
"Of a number that is taken for a rounded one."
_HALF = Fraction(1, 2) + Fraction(1, 10**7)
"Of the last decimal place: how far off a rounded number may be, with a little for who rounds a 5 the other way."
_DIGITS = 60


class Judge(Prover, Shapes, Protocol):
    """What judging needs besides trees and floats."""


def judge(exercise: FormulaExercise, question: Question, answer: Node, prover: Prover) -> Verdict:
    """Whether an answer equals the right one, whatever its form.

    Args:
        answer: with abbreviations written out, and as many parts as the right answer has.
    """
    right = question.right
    if isinstance(answer, Tuple) and isinstance(right, Tuple):
        return _judge_parts(exercise, question, answer, right, prover)
    comparison = compare(answer, right, question.names, prover)
    if comparison.sameness is Sameness.EQUAL:
        return _right(comparison)
    nothing = _no_value(answer, right, question, prover)
    if nothing:
        return Verdict(outcome=Outcome.INCORRECT, message=nothing, decided_by=comparison.decided_by)
    if comparison.sameness is Sameness.UNKNOWN:
        return _not_compared()
    if isinstance(exercise, NumberAnswer):
        rounded = _judge_rounded(exercise, right, answer, prover)
        if rounded is not None:
            return rounded
    message = recognise(exercise, question, answer, prover)
    if variables(right):
        return _different(comparison, message or plainly_wrong(exercise))
    return _wrong_number(message or plainly_wrong(exercise) + _direction(answer, right, prover))


def judge_form(exercise: FormulaExercise, typed: Node, verdict: Verdict, prover: Judge) -> Verdict:
    """The verdict, unless the answer is right and in another form than the exercise asks for.

    Args:
        typed: with abbreviations as they were typed.
    """
    if verdict.outcome is not Outcome.CORRECT or not exercise.form:
        return verdict
    what = missing(typed, exercise.form, prover)
    return Verdict(outcome=Outcome.WRONG_FORM, message=what, decided_by="form") if what else verdict


def plainly_wrong(exercise: FormulaExercise) -> str:
    """What is said of a wrong answer of which no more is known."""
    match exercise:
        case Derivative(by=by):
            letters = tr(", then ").join(display_name(name) for name in by)
            return tr("That is not the derivative with respect to {letters}.", letters=letters)
        case Gradient():
            return tr("That is not the gradient.")
        case NumberAnswer():
            return tr("That is not the number.")
        case Expression():
            return tr("That is a different expression.")


# --- several parts


def _judge_parts(exercise: FormulaExercise, question: Question, answer: Tuple, right: Tuple, prover: Prover) -> Verdict:
    """Every part of a tuple on its own; the first that is wrong is told."""
    pairs = list(zip(answer.items, right.items, strict=True))
    found = [compare(mine, theirs, question.names, prover) for mine, theirs in pairs]
    good = sum(comparison.sameness is Sameness.EQUAL for comparison in found)
    for place, (comparison, (mine, theirs)) in enumerate(zip(found, pairs, strict=True)):
        if comparison.sameness is Sameness.EQUAL:
            continue
        nothing = _no_value(mine, theirs, question, prover)
        if nothing or comparison.sameness is Sameness.DIFFERENT:
            return _different(comparison, f"{_look_at(place, good, len(found))} {nothing}".rstrip())
    if good < len(found):
        return _not_compared()
    return _right(min(found, key=lambda comparison: ("probes", "symbolic", "exact").index(comparison.decided_by)))


def _look_at(place: int, good: int, all: int) -> str:
    ordinal = _ORDINALS[place] if place < len(_ORDINALS) else tr("{n}th", n=place + 1)
    if good:
        return tr("Look at the {ordinal} part; {good} of {all} are right.", ordinal=ordinal, good=good, all=all)
    return tr("Look at the {ordinal} part.", ordinal=ordinal)


# --- numbers


def _judge_rounded(exercise: NumberAnswer, right: Node, answer: Node, prover: Prover) -> Verdict | None:
    """A decimal near the right number: good enough where `places` says so, otherwise a nudge to be exact; else None."""
    excess = _excess(answer, right, prover)
    if excess is None:
        return None
    gap = abs(excess)
    if exercise.places is not None and gap <= _HALF / 10**exercise.places:
        return Verdict(outcome=Outcome.CORRECT, message=RIGHT, decided_by="probes")
    typed = max(map(decimals, walk(answer)))
    if typed < _FEWEST_DECIMALS or gap > _HALF / 10**typed:
        return None
    places = exercise.places
    if places is None:
        message = tr("Right as far as it goes. Please give it exactly, as a fraction or a root.")
    else:
        message = tr("Right as far as it goes. Please give it to {places} decimal places.", places=places)
    return Verdict(outcome=Outcome.WRONG_FORM, message=message, decided_by="probes")


def _direction(answer: Node, right: Node, prover: Prover) -> str:
    excess = _excess(answer, right, prover)
    if excess is None:
        return ""
    return " " + (tr("Yours is too large.") if excess > 0 else tr("Yours is too small."))


def _excess(answer: Node, right: Node, prover: Prover) -> Fraction | None:
    """How much an answer without letters is too large; None where one of the two has no value."""
    if variables(answer):
        return None
    mine, theirs = prover.value(answer, {}, _DIGITS), prover.value(right, {}, _DIGITS)
    return None if mine is None or theirs is None else Fraction(str(mine - theirs))


# --- verdicts


def _no_value(answer: Node, right: Node, question: Question, prover: Prover) -> str:
    """The part of an answer for which it has no value anywhere, as a sentence, unless the right one has none either."""
    nothing = without_value(answer, prover)
    if not nothing or compare(right, right, question.names, prover).sameness is not Sameness.EQUAL:
        return ""
    return nothing


def _right(comparison: Comparison) -> Verdict:
    return Verdict(outcome=Outcome.CORRECT, message=RIGHT, decided_by=comparison.decided_by)


def _different(comparison: Comparison, message: str) -> Verdict:
    at = {display_name(name): show_coordinate(value) for name, value in comparison.at.items()}
    difference = Difference(at, comparison.yours, comparison.right) if comparison.yours else None
    return Verdict(outcome=Outcome.INCORRECT, message=message, difference=difference, decided_by=comparison.decided_by)


def _wrong_number(message: str) -> Verdict:
    """Where the right answer is a plain number, showing its value would give it away: at most the direction is told."""
    return Verdict(outcome=Outcome.INCORRECT, message=message, decided_by="probes")


def _not_compared() -> Verdict:
    message = tr(
        "There was no point at which your answer could be compared, so it does not count. Try writing it another way."
    )
    return undecided(message, "probes")
