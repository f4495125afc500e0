"""Exercises in plain lines: the question and what it is answered with, the verdict, hints, the solution, its steps."""

from __future__ import annotations

from tutor.errors import Unreadable
from tutor.front import prompt
from tutor.front.said import WORDS, sentence
from tutor.front.written import RIGHT, UNKNOWN, WRONG, Written
from tutor.lesson.formula import show_maths
from tutor.lesson.model import AnyExercise, LineByLine, Order
from tutor.marking.step import Step
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.parse import parse
from tutor.maths.show import show_line
from tutor.plain.lines import Lines
from tutor.words import tr

_MARKS = {RIGHT: tr("right"), WRONG: tr("wrong"), UNKNOWN: tr("as before")}


def say_question(exercise: AnyExercise, lines: Lines) -> None:
    """Say what is asked and, where it is chosen from or put in order, what there is."""
    lines.page(exercise.ask)
    offered = prompt.shuffled_lines(exercise) if isinstance(exercise, Order) else prompt.options(exercise)
    for sign, text in zip(prompt.signs(exercise), offered, strict=False):
        lines.page(f"{sign}) {text}")


def wanted(exercise: AnyExercise, written: Written | None) -> str:
    """What stands before an answer."""
    if written is not None:
        return written.before
    if isinstance(exercise, Order):
        count = len(prompt.shuffled_lines(exercise))
        return tr("Your order, such as {letters}:", letters=" ".join(prompt.LETTERS[:count][::-1]))
    if options := prompt.options(exercise):
        signs = prompt.signs(exercise)[: len(options)]
        return tr("Your choice, {first} to {last}:", first=signs[0], last=signs[-1])
    before, unit = prompt.before(exercise), prompt.behind(exercise)
    if before != "=":
        return before
    return tr("Your answer, in {unit}:", unit=unit) if unit else tr("Your answer:")


def say_written(written: Written, lines: Lines) -> None:
    """Say the lines so far and what the next one is."""
    lines.page(written.given)
    for place, (_, mark) in enumerate(written.lines):
        lines.say(f"{written.shown(place)}  ({_MARKS[mark]})")
    lines.page(written.wanted)
    if written.next:
        lines.say(tr("Before: {next}", next=written.next))


def as_given(exercise: AnyExercise, line: str) -> str:
    """An answer as marking takes it: of lines in order the letters alone, of a choice the small letter."""
    if isinstance(exercise, Order):
        return "".join(sign for sign in line.lower() if sign.isalnum())
    return line.lower().rstrip(".)") if prompt.options(exercise) else line


def say_reading(exercise: AnyExercise, line: str, lines: Lines) -> None:
    """Say how a typed answer is read, where it can be."""
    if isinstance(exercise, Order) or prompt.options(exercise):
        return
    unit = prompt.behind(exercise)
    bare = line.removesuffix(unit) if unit else line
    try:
        lines.say(tr("I read: {show_line}", show_line=show_line(parse(bare, prompt.vocabulary(exercise)))))
    except Unreadable:
        return  # the verdict says where


def say_verdict(exercise: AnyExercise, verdict: Verdict, typed: str, lines: Lines) -> None:
    """Say how an answer was judged: the word, the sentence, where it stops making sense, what the author adds."""
    _, _, word = WORDS[verdict.outcome].partition(" ")
    lines.say(f"{word}. {sentence(verdict)}")
    if verdict.outcome is Outcome.UNREADABLE and verdict.column is not None:
        lines.say(_place(typed, verdict.column))
    if verdict.outcome is Outcome.CORRECT:
        lines.page(exercise.because)


def _place(typed: str, column: int) -> str:
    before = typed[:column].strip()
    if not before:
        return tr("That is at the very beginning.")
    kept = before if len(before) <= 30 else f"…{before[-29:]}"
    return tr("That is at character {column}, after: {kept}", column=column + 1, kept=kept)


def say_hint(hint: str, number: int, of: int, lines: Lines) -> None:
    """Say a hint."""
    lines.page(tr("Hint {number} of {of}: {hint}", number=number, of=of, hint=hint))


def say_solution(exercise: AnyExercise, answer: str, lines: Lines) -> None:
    """Say the right answer and why it is right."""
    told = prompt.solution(exercise, answer)
    if told:
        lines.say(tr("The solution:"))
        lines.page(told)
    else:
        lines.say(tr("The solution: {set}", set=_set(exercise, answer)))
    lines.page(exercise.because)


def _set(exercise: AnyExercise, answer: str) -> str:
    if isinstance(exercise, LineByLine):
        return show_maths(answer)
    try:
        line = show_line(parse(answer, prompt.vocabulary(exercise)))
    except Unreadable:
        return answer
    before = prompt.before(exercise)
    return line if before == "=" else f"{before} {line}"


def say_step(step: Step, number: int, lines: Lines) -> None:
    """Say one line of a worked solution: its rule and reason, its parts, and what stands there then."""
    lines.say(f"{number}. {step.rule}. {step.why}")
    if step.parts:
        lines.say(", ".join(f"{name} = {value}" for name, value in step.parts.items()))
    lines.say(f"    {step.line}")
