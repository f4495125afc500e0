"""One marker for each kind of exercise: a typed answer in, a verdict out.

Runs in the engine's child. Never raises for anything a learner can type; an exercise whose own formulas are broken gives an
undecided verdict, which is never the learner's fault.
"""

from fractions import Fraction
from typing import Protocol

from tutor.errors import Unreadable
from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option
from tutor.marking.equal import Comparison, Prover, Sameness, compare
from tutor.marking.form import Shapes, missing
from tutor.marking.question import BrokenExerciseError, Question, ask
from tutor.marking.recognise import recognise, without_constant
from tutor.marking.shown import show_coordinate
from tutor.marking.slips.tell import miscounted, with_slips
from tutor.marking.verdict import Difference, Outcome, Verdict
from tutor.maths.grammar import display_name
from tutor.maths.parse import parse
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Node, Number, Tuple, substitute, variables, walk, without_brackets

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class MiscountedError(Unreadable):
    """A list of the wrong length, which may yet be a mistake worth explaining."""

    def __init__(self, message: str, tree: Node) -> None:
        self.tree = tree
        super().__init__(message, 0)


class Judge(Prover, Shapes, Protocol):
    """What judging needs besides trees and floats."""


def mark(exercise: AnyExercise, text: str, prover: Judge) -> Verdict:
    """Judge a typed answer."""
    try:
        if isinstance(exercise, Choice):
            return _mark_choice(exercise, text)
        question = ask(exercise)
        typed = read_typed(exercise, question, text)
        answer = substitute(typed, question.abbreviations)
        verdict = _in_form(exercise, typed, _judge(exercise, question, answer, prover), prover)
        return with_slips(exercise, question, answer, verdict, _wrong(exercise))
    except MiscountedError as error:
        return miscounted(exercise, question, error.tree) or _unreadable(error)
    except Unreadable as error:
        return _unreadable(error)
    except BrokenExerciseError as error:
        return undecided(
            f"This exercise has a fault of its own ({error}), so nothing you type can be judged. Go on to the next."
        )


def solve(exercise: AnyExercise) -> str:
    """The right answer on one line, as it could be typed.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    if isinstance(exercise, Choice):
        return next((letter for letter, option in _lettered(exercise).items() if option.right), "")
    right = ask(exercise).right
    if isinstance(exercise, NumberAnswer):
        right = _worked_out(right)
    if exercise.form:
        # Only here, since SymPy's polynomials come with it.
        from tutor.marking.reshape import in_form

        right = in_form(right, exercise.form)
    return show_line(right)


def _unreadable(error: Unreadable) -> Verdict:
    return Verdict(outcome=Outcome.UNREADABLE, message=error.message, column=error.column, decided_by="reading")


def undecided(message: str, decided_by: str = "fault") -> Verdict:
    """A verdict that counts for nothing."""
    return Verdict(outcome=Outcome.UNDECIDED, message=message, decided_by=decided_by)


# --- reading


def read_answer(exercise: AnyExercise, question: Question, text: str) -> Node:
    """The tree of an answer, brackets gone and abbreviations written out.

    Raises:
        Unreadable: the text is no answer to this kind of question.
    """
    return substitute(read_typed(exercise, question, text), question.abbreviations)


def read_typed(exercise: AnyExercise, question: Question, text: str) -> Node:
    """The tree of an answer, brackets gone, abbreviations as they were typed.

    Raises:
        Unreadable: the text is no answer to this kind of question.
    """
    try:
        tree = without_brackets(parse(_without_unit(exercise, text), question.vocabulary))
    except Unreadable as error:
        raise without_constant(exercise, text, error) from error
    wanted = len(question.right.items) if isinstance(question.right, Tuple) else 1
    given = len(tree.items) if isinstance(tree, Tuple) else 1
    if wanted > 1 and given != wanted:
        message = f"{wanted} parts are wanted, in brackets with commas between; this has {given}."
        raise MiscountedError(message, tree)
    if wanted == 1 and given > 1:
        column = next((index for index, char in enumerate(text) if char in ",;"), 0)
        raise Unreadable(
            "One value is wanted. A decimal is written with a point, and thousands without a comma.", column
        )
    return tree


def _without_unit(exercise: AnyExercise, text: str) -> str:
    unit = exercise.unit if isinstance(exercise, NumberAnswer) else ""
    bare = text.rstrip()
    if unit and bare.endswith(unit):
        return bare[: -len(unit)]
    return text


# --- judging


def _in_form(exercise: AnyExercise, typed: Node, verdict: Verdict, prover: Judge) -> Verdict:
    """The verdict, unless the answer is right and in another form than the exercise asks for."""
    if verdict.outcome is not Outcome.CORRECT or isinstance(exercise, Choice) or not exercise.form:
        return verdict
    what = missing(typed, exercise.form, prover)
    return Verdict(outcome=Outcome.WRONG_FORM, message=what, decided_by="form") if what else verdict


def _judge(exercise: AnyExercise, question: Question, answer: Node, prover: Prover) -> Verdict:
    if isinstance(answer, Tuple) and isinstance(question.right, Tuple):
        return _judge_parts(exercise, question, answer, question.right, prover)
    comparison = compare(answer, question.right, question.names, prover)
    if comparison.sameness is Sameness.DIFFERENT and isinstance(exercise, NumberAnswer):
        rounded = _judge_rounded(exercise, question.right, answer, prover)
        if rounded is not None:
            return rounded
    if comparison.sameness is Sameness.DIFFERENT and not variables(question.right):
        return _wrong_number(exercise, question, answer, prover)
    if comparison.sameness is Sameness.DIFFERENT:
        return _verdict(comparison, recognise(exercise, question, answer, prover) or _wrong(exercise))
    return _verdict(comparison, "")


def _wrong_number(exercise: AnyExercise, question: Question, answer: Node, prover: Prover) -> Verdict:
    """Where the right answer is a plain number, showing its value would give it away: only the direction is told."""
    recognised = recognise(exercise, question, answer, prover)
    message = recognised or _wrong(exercise)
    pair = (answer, question.right)
    mine, theirs = (prover.value(node, {}, 60) if not variables(node) else None for node in pair)
    if not recognised and mine is not None and theirs is not None:
        message += " Yours is too large." if mine > theirs else " Yours is too small."
    return Verdict(outcome=Outcome.INCORRECT, message=message, decided_by="probes")


def _judge_parts(exercise: AnyExercise, question: Question, answer: Tuple, right: Tuple, prover: Prover) -> Verdict:
    """Every part of a tuple on its own; the first that is wrong is told."""
    found = [
        compare(mine, theirs, question.names, prover) for mine, theirs in zip(answer.items, right.items, strict=True)
    ]
    for sameness in (Sameness.DIFFERENT, Sameness.UNKNOWN):
        place = next((n for n, comparison in enumerate(found) if comparison.sameness is sameness), None)
        if place is not None:
            good = sum(c.sameness is Sameness.EQUAL for c in found)
            which = f"Look at the {_ordinal(place)} part" + (f"; {good} of {len(found)} are right." if good else ".")
            return _verdict(found[place], which)
    weakest = min(found, key=lambda comparison: ("probes", "symbolic", "exact").index(comparison.decided_by))
    return _verdict(weakest, "")


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def _judge_rounded(exercise: NumberAnswer, right: Node, answer: Node, prover: Prover) -> Verdict | None:
    """A decimal near the right number: good enough where `places` says so, otherwise a nudge to be exact; else None."""
    if variables(answer):
        return None
    mine, theirs = prover.value(answer, {}, 60), prover.value(right, {}, 60)
    if mine is None or theirs is None:
        return None
    gap = abs(mine - theirs)
    if exercise.places is not None and gap <= 0.5000001 * Fraction(10) ** -exercise.places:
        return Verdict(outcome=Outcome.CORRECT, message="Right.", decided_by="probes")
    decimals = max((_decimals(node) for node in walk(answer) if isinstance(node, Number)), default=0)
    if decimals >= 2 and gap * 2 * 10**decimals <= 1.000001:
        wanted = (
            f"to {exercise.places} decimal places"
            if exercise.places is not None
            else "exactly, as a fraction or a root"
        )
        return Verdict(
            outcome=Outcome.WRONG_FORM,
            message=f"Right as far as it goes. Please give it {wanted}.",
            decided_by="probes",
        )
    return None


def _decimals(node: Number) -> int:
    """Digits after the point as typed."""
    return len(node.text.partition(".")[2]) if "." in node.text and "e" not in node.text.lower() else 0


def _verdict(comparison: Comparison, wrong: str) -> Verdict:
    match comparison.sameness:
        case Sameness.EQUAL:
            return Verdict(outcome=Outcome.CORRECT, message="Right.", decided_by=comparison.decided_by)
        case Sameness.DIFFERENT:
            at = {display_name(name): show_coordinate(value) for name, value in comparison.at.items()}
            difference = Difference(at, comparison.yours, comparison.right) if comparison.yours else None
            return Verdict(
                outcome=Outcome.INCORRECT, message=wrong, difference=difference, decided_by=comparison.decided_by
            )
    return undecided(
        "There was no point at which your answer could be compared, so it is not counted. Try another form.", "probes"
    )


def _wrong(exercise: AnyExercise) -> str:
    match exercise:
        case Derivative(by=by) if len(by) == 1:
            return f"That is not the derivative with respect to {display_name(by[0])}."
        case Derivative(by=by):
            return f"That is not the derivative with respect to {', then '.join(display_name(name) for name in by)}."
        case Gradient():
            return "That is not the gradient."
        case NumberAnswer():
            return "That is not the number."
        case Expression():
            return "That is a different expression."
    return "That is not it."


# --- choices


def _lettered(exercise: Choice) -> dict[str, Option]:
    return {chr(ord("a") + index): option for index, option in enumerate(exercise.options)}


def _mark_choice(exercise: Choice, text: str) -> Verdict:
    letter = text.strip().strip("().").lower()
    options = _lettered(exercise)
    if letter not in options:
        last = max(options)
        raise Unreadable(f"Choose one of the letters a to {last}.", 0)
    option = options[letter]
    outcome = Outcome.CORRECT if option.right else Outcome.INCORRECT
    message = option.because or ("Right." if option.right else "Not that one.")
    return Verdict(outcome=outcome, message=message, decided_by="choice")


def _worked_out(right: Node) -> Node:
    """A number as one would give it: worked out where that is exact."""
    neat = tidy(right)
    return neat if as_number(neat) is not None else right
