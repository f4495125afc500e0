"""A calculation line by line: each number is judged by what follows from the learner's own numbers above it.

So one mistake is one mistake: what was rightly worked out from it is right, and that it rests on it is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from tutor.errors import Unreadable
from tutor.lesson.model import Line, LineByLine, NumberAnswer
from tutor.marking.answer import read_answer
from tutor.marking.formulas import mark_formula, worked_out
from tutor.marking.judge import Judge, judge
from tutor.marking.question import BrokenExerciseError, ask
from tutor.marking.step import Step
from tutor.marking.steps import number_steps
from tutor.marking.verdict import RIGHT, Outcome, Verdict
from tutor.maths.grammar import canonical, display_name
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.show import show_line
from tutor.maths.tidy import as_number, tidy
from tutor.maths.tree import Node, variables
from tutor.words import tr

_MOST_EXACT = 10**9
"Denominator up to which a number is kept as a fraction."

Values = dict[str, str]
"A number, as text, for each name."


def mark_calculation(exercise: LineByLine, text: str, prover: Judge) -> Verdict:
    """Judge the last line, from the learner's own values above it.

    Raises:
        Unreadable: a line that is no number, or more lines than are asked for.
        BrokenExerciseError: the exercise's own formulas cannot be read.
    """
    typed = exercise.split(text)
    if len(typed) > len(exercise.lines):
        raise Unreadable(tr("This has {n} lines; {wanted} are wanted.", n=len(typed), wanted=len(exercise.lines)), 0)
    work = _Work(exercise, prover)
    for mine in typed[:-1]:
        try:
            work.take(mine)
        except Unreadable as error:
            raise Unreadable(
                tr("Line {n}: {message}", n=len(work.wrong) + 1, message=error.message), error.column
            ) from error
    return work.judge(typed[-1])


def solve_calculation(exercise: LineByLine) -> str:
    """Every value, one to a line.

    Raises:
        BrokenExerciseError: the exercise's own formulas cannot be read, or a line has no value.
    """
    values = dict(exercise.given)
    lines = []
    for line in exercise.lines:
        question = _question(exercise, line, values)
        values[line.name] = _value(question)
        lines.append(f"{line.name} = {_shown(question, exercise.places)}")
    return "\n".join(lines)


def questions(exercise: LineByLine) -> Iterator[NumberAnswer]:
    """Each line as a question of its own, after right lines above it.

    Raises:
        BrokenExerciseError: as `solve_calculation`.
    """
    values = dict(exercise.given)
    for line in exercise.lines:
        question = _question(exercise, line, values)
        yield question
        values[line.name] = _value(question)


def calculation_steps(exercise: LineByLine) -> tuple[Step, ...]:
    """The way to every value.

    Raises:
        BrokenExerciseError: as `solve_calculation`.
    """
    values = dict(exercise.given)
    steps: list[Step] = []
    for line in exercise.lines:
        question = _question(exercise, line, values)
        values[line.name] = _value(question)
        put_in = {canonical(name): parse_free(_put_in(exercise, name, value)) for name, value in question.at.items()}
        formula = _parsed(line.of, (*question.at, *line.by))
        *way, last = number_steps(formula, tuple(map(canonical, line.by)), put_in, _shown(question, exercise.places))
        steps += [*way, msgspec.structs.replace(last, line=f"{display_name(line.name)} = {last.line}")]
    return tuple(steps)


def _put_in(exercise: LineByLine, name: str, value: str) -> str:
    """A value as it is put into the next line: as given, or with more places than are asked for, so that it comes out."""
    return value if name in exercise.given or exercise.places is None else _short(value, exercise.places + 2)


class _Work:
    """What a learner has so far, beside what is true."""

    def __init__(self, exercise: LineByLine, prover: Judge) -> None:
        self.exercise, self.prover = exercise, prover
        self.own = dict(exercise.given)
        self.true = dict(exercise.given)
        self.wrong: list[bool] = []
        "For each line taken, whether it is wrong even by the learner's own numbers."
        self.tainted: set[str] = set()
        "Names of lines that are wrong, or rest on one that is."

    def take(self, text: str) -> None:
        """Go on from a line as it is, right or wrong."""
        line = self.exercise.lines[len(self.wrong)]
        own, true = _question(self.exercise, line, self.own), _question(self.exercise, line, self.true)
        mine = read_answer(own, ask(own), text)
        is_true = self._is_right(true, text)
        is_wrong = not is_true and not self._is_right(own, text)
        if is_wrong or (not is_true and self._rests_on(own)):
            self.tainted.add(line.name)
        self.wrong.append(is_wrong)
        self.own[line.name] = show_line(mine)
        self.true[line.name] = _value(true)

    def judge(self, text: str) -> Verdict:
        """The verdict on the next line."""
        place = len(self.wrong)
        line = self.exercise.lines[place]
        own = _question(self.exercise, line, self.own)
        verdict = mark_formula(own, text, self.prover)
        if verdict.outcome is not Outcome.CORRECT:
            true = _question(self.exercise, line, self.true)
            if not self._is_right(true, text):
                return verdict
            verdict = Verdict(outcome=Outcome.CORRECT, message=RIGHT, decided_by=verdict.decided_by)
        rests_on = self._rests_on(own)
        self.take(text)
        message = verdict.message
        if line.name in self.tainted:
            message = tr("This follows from your {names}.", names=tr(" and ").join(map(display_name, rests_on)))
        return self._in_its_place(verdict, place, message)

    def _in_its_place(self, verdict: Verdict, place: int, message: str) -> Verdict:
        """A right line: the end of the exercise, or one on the way there."""
        next_line = place + 1
        if next_line == len(self.exercise.lines):
            if True not in self.wrong:
                return verdict
            next_line = self.wrong.index(True)
            name = display_name(self.exercise.lines[next_line].name)
            mend = tr("Now mend {name}, where it went wrong; then work out the lines after it once more.", name=name)
            message = mend if message == RIGHT else f"{message} {mend}"
        return Verdict(outcome=Outcome.ON_THE_WAY, message=message, next_line=next_line, decided_by=verdict.decided_by)

    def _is_right(self, question: NumberAnswer, text: str) -> bool:
        asked = ask(question)
        verdict = judge(question, asked, read_answer(question, asked, text), self.prover)
        return verdict.outcome is Outcome.CORRECT

    def _rests_on(self, question: NumberAnswer) -> list[str]:
        """Names in a question whose values are not the true ones, for a mistake above."""
        return [name for name in question.at if name in self.tainted]


# --- a line as a question of its own


def _question(exercise: LineByLine, line: Line, values: Values) -> NumberAnswer:
    """The number that a line asks for, from given values and those above."""
    names = (*values, *line.by)
    found = variables(_parsed(line.of, names))
    return NumberAnswer(
        id=exercise.id,
        ask=line.ask,
        of=line.of,
        by=line.by,
        at={name: value for name, value in values.items() if canonical(name) in found},
        places=exercise.places,
        let={name: value for name, value in values.items() if name not in line.by},
        says=exercise.says | line.says,
        reject=exercise.reject | line.reject,
        taught=exercise.taught,
    )


def _parsed(text: str, names: Sequence[str]) -> Node:
    try:
        return parse_free(text, tuple(names))
    except Unreadable as error:
        raise BrokenExerciseError(error.message) from error


def _value(question: NumberAnswer) -> str:
    """The number, exactly where it is a short fraction, else with all the digits of a float.

    Raises:
        BrokenExerciseError: there is no number.
    """
    right = ask(question).right
    exact = as_number(tidy(right))
    if exact is not None and exact.denominator < _MOST_EXACT:
        return str(exact)
    value = compile_float(right, ())(())
    if not math.isfinite(value):
        raise BrokenExerciseError(tr("{of} has no value", of=question.of))
    return repr(value)


def _shown(question: NumberAnswer, places: int | None) -> str:
    """The number as a learner would give it."""
    return show_line(worked_out(ask(question).right)) if places is None else _short(_value(question), places)


def _short(value: str, places: int | None) -> str:
    """A number rounded to its places; zeros at the end are left away."""
    if places is None:
        return value
    digits = f"{float(Fraction(value)):.{places}f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
