"""What a teacher is told about lesson files: every problem, and a proof that each exercise marks as its author says.

The engine is handed in, and may be left out: then nothing is proved, and everything else is checked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import msgspec

from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.sales import MissingDataError
from tutor.engine.wire import Solution
from tutor.errors import EngineError, Problem
from tutor.lesson.fields import problem_at, spell
from tutor.lesson.model import (
    AnyExercise,
    Choice,
    Derivative,
    Exercise,
    Expression,
    Fix,
    Gradient,
    LineByLine,
    NumberAnswer,
    Order,
    Predict,
    Steer,
)
from tutor.lesson.pages import Descent
from tutor.lesson.proofread import proofread, proofread_exercise
from tutor.lesson.read import Reading, arrange, examine
from tutor.lesson.source import Route, Source, load
from tutor.lesson.vary import variant
from tutor.marking.verdict import Outcome, Verdict
from tutor.marking.vouched import Vouched
from tutor.nearest import nearest


class Marker(Protocol):
    """The part of the engine that proofs need."""

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """Judge a typed answer."""

    async def solve(self, exercise: AnyExercise) -> Solution:
        """Work out the right answer, or raise `EngineError`."""

    async def vouch(self, exercise: AnyExercise) -> Vouched:
        """Prove what can be proved, or raise `EngineError`."""


class Proved(msgspec.Struct, frozen=True):
    """What was found in proving one lesson."""

    lesson: str
    exercises: tuple[tuple[str, Vouched], ...]
    "Of each exercise or variant that could be proved: its id, with the seed, and what was found."


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found."""

    problems: tuple[Problem, ...]
    "By file, in the order asked for, then by line."
    sources: tuple[Source, ...]
    "The files that were read."
    exercises: int
    "How many could be read."
    proved: tuple[Proved, ...]
    "One a lesson; none where there was no engine."


async def check_paths(paths: Sequence[Path], engine: Marker | None) -> Report:
    """Check lesson files; a directory stands for every `.yaml` file in it and beneath it.

    Whether the lessons that a lesson needs are there is asked for directories only. A path that does not exist is a
    problem too, and keeps none of the others from being checked.
    """
    problems: dict[str, list[Problem]] = {}
    readings: dict[Path, Reading] = {}
    proved: list[Proved] = []
    for path in paths:
        if not is_there(path):
            what, do = "There is no file or directory of this name.", "Check how it is spelt."
            problems[_spelt(path)] = [Problem(file=_spelt(path), line=0, field="", what=what, do=do)]
            continue
        files = list(lesson_files([path]))
        if not files:
            what, do = "There are no lessons in this directory.", "Put lesson files in it that end in .yaml."
            problems[_spelt(path)] = [Problem(file=_spelt(path), line=0, field="", what=what, do=do)]
        for file in files:
            if file not in readings:
                readings[file] = examine(load(file))
                problems.setdefault(readings[file].source.file, [])
        if path.is_dir():
            for problem in arrange([readings[file] for file in files])[1]:
                problems.setdefault(problem.file, []).append(problem)
    for reading in readings.values():
        found = problems[reading.source.file]
        found += [*reading.problems, *proofread(reading), *_descent_problems(reading)]
        if engine is not None:
            prover = _Prover(reading.source, engine)
            for route, exercise in _sound_exercises(reading, found):
                await prover.variants(route, exercise)
            found += prover.problems
            proved.append(Proved(reading.id, tuple(prover.vouched)))
        found.sort(key=lambda problem: (problem.line, problem.column))
    return Report(
        problems=tuple(dict.fromkeys(problem for found in problems.values() for problem in found)),
        sources=tuple(reading.source for reading in readings.values()),
        proved=tuple(proved),
        exercises=sum(isinstance(step, Exercise) for reading in readings.values() for _, step in reading.steps),
    )


def lesson_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves, and of directories every `.yaml` file in them and beneath."""
    for path in paths:
        yield from sorted(_lessons_under(path)) if path.is_dir() else [path]


def is_there(path: Path) -> bool:
    """Whether a path leads to anything that can be looked at."""
    try:
        return path.exists()
    except OSError:  # too long a name, or a directory that may not be entered
        return False


def _spelt(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")  # a name need not be text, and this one will be printed


def _lessons_under(directory: Path) -> Iterator[Path]:
    for file in directory.rglob("[!.]*.yaml"):
        if not any(part.startswith(".") for part in file.relative_to(directory).parts):
            yield file


def _sound_exercises(reading: Reading, problems: Sequence[Problem]) -> Iterator[tuple[Route, AnyExercise]]:
    """The exercises without a problem: of the others there is nothing to prove yet."""
    faulty = {problem.field.partition(".")[0] for problem in problems}
    for route, step in reading.steps:
        if isinstance(step, Exercise) and spell(route[:2]) not in faulty:
            yield route, step


def _descent_problems(reading: Reading) -> list[Problem]:
    """Whether the problem that a descent names is there, and each of its weights has a partial."""
    return [
        problem_at(reading.source, path, what, do, on_key=on_key)
        for route, step in reading.drafts
        if isinstance(step, Descent)
        for path, what, do, on_key in _descent_faults(route, step)
        if not reading.is_reported(path)
    ]


def _descent_faults(route: Route, step: Descent) -> Iterator[tuple[Route, str, str, bool]]:
    """Of each fault: where, what, what to do, and whether the key is at fault."""
    if step.problem not in PROBLEMS:
        what = f"There is no problem called `{step.problem[:40]}`."
        yield (*route, "problem"), what, nearest(step.problem, PROBLEMS), False
        return
    try:
        weights = find_problem(step.problem).weights
    except MissingDataError as error:
        yield (*route, "problem"), str(error), "This is no fault of the lesson's.", False
        return
    path = (*route, "partials")
    for weight in [name for name in step.partials if name not in weights]:
        what = f"The problem `{step.problem}` has no weight `{weight}`."
        yield (*path, weight), what, nearest(weight, weights), True
    for weight in [name for name in weights if name not in step.partials]:
        what = f"The weight `{weight}` of `{step.problem}` is given no partial."
        do = f"Add `{weight}:` and the id of the exercise in which its partial is derived."
        yield path, what, do, False


async def is_good(reading: Reading, route: Route, made: AnyExercise, engine: Marker) -> bool:
    """Whether nothing is wrong with a variant, so that learners may see it."""
    if proofread_exercise(reading, route, made):
        return False
    prover = _Prover(reading.source, engine)
    await prover.variant(route, made)
    return not prover.problems


class _Prover:
    """Asks the engine to bear out what one lesson's exercises claim."""

    def __init__(self, source: Source, engine: Marker) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._engine = engine
        self._seed: int | None = None
        self.vouched: list[tuple[str, Vouched]] = []

    async def variants(self, route: Route, exercise: AnyExercise) -> None:
        """Prove an exercise, or every variant of it that is frozen."""
        for seed in exercise.seeds if exercise.vary else (None,):
            self._seed = seed
            if seed is None:
                await self.exercise(route, exercise)
            else:
                await self.variant(route, variant(exercise, seed))

    async def variant(self, route: Route, made: AnyExercise) -> None:
        """Prove one variant, and that it is worth asking."""
        await self.exercise(route, made)
        await self._degenerate(route, made)

    async def _degenerate(self, route: Route, made: AnyExercise) -> None:
        """Whether a variant is worth asking: an answer that is not nothing, and slips that can be told apart."""
        with suppress(EngineError):
            if (await self._engine.solve(made)).answer == "0":
                self._report(route, "The answer is 0.", "Leave this seed out, or choose other numbers.")
        named = [(text, slip) for text, slip in made.reject.items() if slip]
        for n, (text, slip) in enumerate(named):
            for other, second in named[:n]:
                if slip != second and await self._is_same(made, text, other):
                    what = f"{slip} and {second} cannot be told apart: `{text}` and `{other}` are equal."
                    self._report((*route, "reject"), what, "Leave this seed out, or choose other numbers.")

    async def _is_same(self, made: AnyExercise, one: str, other: str) -> bool:
        names = (*made.variables, *made.let, *getattr(made, "by", ()))
        verdict = await self._engine.mark(Expression(ask="", answer=one, variables=names), other)
        return verdict.outcome is Outcome.CORRECT

    async def exercise(self, route: Route, exercise: AnyExercise) -> None:
        """Its own answer and `accept` are right, `reject` is wrong, and neither silence nor the question passes."""
        question = (*route, _QUESTION[type(exercise)])
        if not (await self._has_value(question, exercise) and await self._has_answer(question, exercise)):
            return
        for n, text in enumerate(exercise.accept):
            verdict = await self._engine.mark(exercise, text)
            self._right((*route, "accept", n), verdict, f"`{text}` must be accepted, and is")
        for text, slip in exercise.reject.items():
            await self._wrong((*route, "reject", text), exercise, text, slip)
        await self._given_away(question, exercise, "", "An empty answer is marked correct.")
        await self._vouch(question, exercise)
        if isinstance(exercise, Derivative | Gradient | NumberAnswer) and (exercise.by or getattr(exercise, "at", {})):
            what = "The question's own formula, typed as the answer, is marked correct."
            await self._given_away(question, exercise, exercise.of, what)

    async def _vouch(self, path: Route, exercise: AnyExercise) -> None:
        """Other ways to write the answer are right, slips are wrong, steps end in the answer."""
        try:
            found = await self._engine.vouch(exercise)
        except EngineError as error:
            self._report(path, f"The proof was given up. {error}", "Write the question in another way.")
            return
        self.vouched.append((f"{exercise.id}/{self._seed}" if self._seed is not None else exercise.id, found))
        for text in found.refused:
            what = f"The right answer written as `{text}` is not marked right."
            self._report(path, what, "Ask for it in another form, or in none.")
        for text in found.undecided:
            self._report(path, f"The wrong answer {text} cannot be judged.", "Write the question in another way.")
        if found.strays:
            what = f"The worked steps end in `{found.strays}`, which is not the answer shown."
            self._report(path, what, "Write the question in another way.")
        if found.slowest > SLOWEST:
            what = f"An answer took {found.slowest:.0f} ms to mark, and {SLOWEST} are allowed."
            self._report(path, what, "Write the question more simply.")

    async def _has_value(self, path: Route, exercise: AnyExercise) -> bool:
        """Whether what is to be differentiated has a value anywhere; if not, that is all there is to say."""
        if not isinstance(exercise, Derivative | Gradient):
            return True
        names = (*exercise.variables, *exercise.let, *exercise.by)
        verdict = await self._engine.mark(Expression(ask="", answer=exercise.of, variables=names), exercise.of)
        if _is_without_value(verdict):
            self._report(path, f"`{exercise.of}` has no value at any point, so it has no derivative.", _NO_VALUE)
        return not _is_without_value(verdict)

    async def _has_answer(self, path: Route, exercise: AnyExercise) -> bool:
        """Whether there is an answer and it has a value; if not, no other proof can be had."""
        try:
            answer = (await self._engine.solve(exercise)).answer
        except EngineError as error:
            what = f"The tutor finds no answer to this exercise. {error}"
            self._report(path, what, "Write the question in another way.")
            return False
        verdict = await self._engine.mark(exercise, answer)
        if _is_without_value(verdict):
            what = f"The right answer, `{answer}`, has no value that a learner's could be compared with."
            self._report(path, what, _NO_VALUE)
            return False
        self._right(path, verdict, f"The tutor's own answer, `{answer}`, is")
        return True

    def _right(self, path: Route, verdict: Verdict, said: str) -> None:
        if verdict.outcome is not Outcome.CORRECT:
            do = "Correct the question or the answer; whoever types this must be right."
            self._report(path, f"{said} {_found(verdict)}", do, offset=verdict.column or 0)

    async def _wrong(self, path: Route, exercise: AnyExercise, text: str, slip: str) -> None:
        verdict = await self._engine.mark(exercise, text)
        if verdict.outcome is not Outcome.INCORRECT:
            do = "Correct it; whoever types this must be wrong."
            what = f"`{text}` must be rejected, and is {_found(verdict)}"
            self._report(path, what, do, offset=verdict.column or 0, on_key=True)
        elif slip and slip not in verdict.slips:
            what = f"`{text}` is rejected, but not as {slip}{_instead(verdict.slips)}."
            self._report(path, what, "Write the slip that explains it, or '' for none.")

    async def _given_away(self, path: Route, exercise: AnyExercise, text: str, what: str) -> None:
        verdict = await self._engine.mark(exercise, text)
        if verdict.outcome is Outcome.CORRECT and text not in exercise.accept:
            self._report(path, what, "Ask something else; if it is meant so, list it under `accept`.")

    def _report(self, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> None:
        if self._seed is not None:
            what, offset = f"With seed {self._seed}: {what}", 0  # the text in the file is another one
        self.problems.append(problem_at(self._source, path, what, do, offset=offset, on_key=on_key))


_QUESTION: Final = {
    Derivative: "of",
    Gradient: "of",
    NumberAnswer: "of",
    Expression: "answer",
    Choice: "options",
    Predict: "run",
    Steer: "run",
    Fix: "lines",
    Order: "lines",
    LineByLine: "lines",
}
"The field that an exercise's answer comes from; where it is not there, the exercise itself is pointed at."

SLOWEST: Final = 500
"Milliseconds that one answer may take; a learner waits."

_NO_VALUE: Final = "Look for a division by zero, or a root or logarithm of what is never positive."


def _is_without_value(verdict: Verdict) -> bool:
    """Whether something, marked against itself, was found to have no value at any point that was tried."""
    return verdict.outcome is Outcome.UNDECIDED and verdict.decided_by == "probes"


def _found(verdict: Verdict) -> str:
    """How an answer was marked, with what the learner would be told."""
    return f"marked {verdict.outcome.value}. {verdict.message}".strip()


def _instead(slips: Sequence[str]) -> str:
    return f" but as {', '.join(slips)}" if slips else ""
