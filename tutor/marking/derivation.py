"""A derivation line by line: each line is judged against the one above, until one is the derivative in the form asked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tutor.errors import Unreadable
from tutor.lesson.model import Expression, LineByLine
from tutor.marking.answer import read_answer, read_typed
from tutor.marking.equal import Sameness, compare
from tutor.marking.form import missing
from tutor.marking.formulas import mark_formula, solve_formula
from tutor.marking.judge import Judge, plainly_wrong
from tutor.marking.question import Question, ask
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.tree import Node
from tutor.words import tr

_NOT_EQUAL = tr("This is not equal to the line above.")


def mark_derivation(exercise: LineByLine, text: str, prover: Judge) -> Verdict:
    """Judge the last line; those above are looked at too, since one of them may be wrong.

    Raises:
        Unreadable: a line that is no formula.
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    question = ask(exercise.derivative)
    *above, last = exercise.split(text)
    broken = _first_wrong(exercise, question, above, prover)
    if broken is not None:
        message = tr("Line {n} is not equal to what stands above it. Mend that one first.", n=broken + 1)
        return Verdict(outcome=Outcome.INCORRECT, message=message, decided_by="probes")
    verdict = _judge_against(exercise, question, above, last, prover)
    if verdict.outcome is not Outcome.CORRECT:
        return verdict
    wanted = missing(read_typed(exercise.derivative, question, last), exercise.form, prover) if exercise.form else ""
    if not wanted:
        return verdict
    if above and _read(exercise, question, last) == _read(exercise, question, above[-1]):
        message = tr("That is the line above once more.") + " " + wanted
        return Verdict(outcome=Outcome.WRONG_FORM, message=message, decided_by="form")
    return Verdict(outcome=Outcome.ON_THE_WAY, message=wanted, next_line=len(above) + 1, decided_by=verdict.decided_by)


def solve_derivation(exercise: LineByLine) -> str:
    """The last line.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    return solve_formula(msgspec.structs.replace(exercise.derivative, form=exercise.form))


def _read(exercise: LineByLine, question: Question, line: str) -> Node:
    return read_answer(exercise.derivative, question, line)


def _first_wrong(exercise: LineByLine, question: Question, lines: Sequence[str], prover: Judge) -> int | None:
    """The first line that is not the derivative, counted from 0."""
    for place, line in enumerate(lines):
        try:
            tree = _read(exercise, question, line)
        except Unreadable as error:
            raise Unreadable(tr("Line {n}: {message}", n=place + 1, message=error.message), error.column) from error
        if compare(tree, question.right, question.names, prover).sameness is Sameness.DIFFERENT:
            return place
    return None


def _judge_against(exercise: LineByLine, question: Question, above: Sequence[str], line: str, prover: Judge) -> Verdict:
    """Whether a line is the derivative, for the first one; for a later one, whether it equals the line above."""
    if not above:
        return mark_formula(exercise.derivative, line, prover)
    same = Expression(
        ask="", answer=above[-1], variables=tuple(sorted(question.vocabulary.variables)), let=exercise.let
    )
    verdict = mark_formula(same, line, prover)
    is_plain = verdict.outcome is Outcome.INCORRECT and verdict.message == plainly_wrong(same)
    return msgspec.structs.replace(verdict, message=_NOT_EQUAL) if is_plain else verdict
