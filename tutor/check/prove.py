"""The proof that an exercise marks as its author says: the engine is asked about every answer that the file names.

The engine itself proves more, such as that its slips are wrong; see `tutor.marking.vouch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Protocol, TypeGuard

import msgspec

from tutor.check.says import never_named, unnamed_slips, unsaid
from tutor.check.telling import told_by
from tutor.engine.wire import Solution
from tutor.errors import EngineError, Problem
from tutor.lesson.fields import problem_at
from tutor.lesson.model import (
    AnyExercise,
    Choice,
    Derivative,
    Expression,
    Fix,
    Gradient,
    LineByLine,
    NumberAnswer,
    Order,
    Predict,
    Steer,
)
from tutor.lesson.proofread import proofread_exercise
from tutor.lesson.read import Reading
from tutor.lesson.source import Route, Source
from tutor.lesson.vary import as_written, variant
from tutor.marking.verdict import Outcome, Verdict
from tutor.marking.vouched import Vouched
from tutor.words import tr


class Marker(Protocol):
    """The part of the engine that proofs need."""

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """Judge a typed answer."""

    async def solve(self, exercise: AnyExercise) -> Solution:
        """Work out the right answer, or raise `EngineError`."""

    async def vouch(self, exercise: AnyExercise) -> Vouched:
        """Prove what can be proved, or raise `EngineError`."""


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

_ASK_ELSE: Final = tr("Ask something else; if it is meant so, list it under `accept`.")
_LEAD: Final = tr("Say what to do next, and leave the doing to the learner.")
_NO_VALUE: Final = tr("Look for a division by zero, or a root or logarithm of what is never positive.")


async def first_flaw(reading: Reading, route: Route, made: AnyExercise, engine: Marker) -> str:
    """What keeps a variant from being shown to learners, as a sentence; empty when nothing does."""
    problems = proofread_exercise(reading, route, made)
    if not problems:
        prover = Prover(reading.source, engine)
        await prover.variant(route, made)
        problems = prover.problems
    return problems[0].what if problems else ""


class Prover:
    """Asks the engine to bear out what one lesson's exercises claim."""

    def __init__(self, source: Source, engine: Marker) -> None:
        self.vouched: list[tuple[str, Vouched]] = []
        self._plain: list[Problem] = []
        self._with_seeds: dict[tuple[Route, str], tuple[Problem, list[int]]] = {}
        self._written: dict[Route, Route] = {}
        "Keys of the variant that is proved: where each is written."
        self._could: dict[str, str] | None = None
        "Of slips that can be named, in one variant or another: an answer that each leads to; None while nothing is known."
        self._source = source
        self._engine = engine
        self._seed: int | None = None

    @property
    def problems(self) -> list[Problem]:
        """What was found; of several variants that fail in the same place and way, the first speaks for all."""
        of_variants = [
            msgspec.structs.replace(problem, what=_of_variants(problem.what, *seeds))
            for problem, seeds in self._with_seeds.values()
        ]
        return [*self._plain, *of_variants]

    async def variants(self, route: Route, exercise: AnyExercise) -> None:
        """Prove an exercise, or every variant of it that is frozen."""
        for seed in exercise.seeds if exercise.vary else (None,):
            self._seed = seed
            if seed is None:
                await self.exercise(route, exercise)
            else:
                self._written = {(*route, *at): (*route, *place) for at, place in as_written(exercise, seed).items()}
                await self.variant(route, variant(exercise, seed))
        self._seed = None
        if self._could is not None:
            for path, what, do in unnamed_slips(exercise, self._could):
                self._report((*route, *path), what, do, on_key=True)

    async def variant(self, route: Route, made: AnyExercise) -> None:
        """Prove one variant, and that it is worth asking."""
        await self.exercise(route, made)
        await self._degenerate(route, made)

    async def _degenerate(self, route: Route, made: AnyExercise) -> None:
        """Whether a variant is worth asking: an answer that is not nothing, and slips that can be told apart."""
        with suppress(EngineError):
            if (await self._engine.solve(made)).answer == "0":
                self._report(route, tr("The answer is 0."), tr("Leave this seed out, or choose other numbers."))
        named = [(text, slip) for text, slip in made.reject.items() if slip]
        for n, (text, slip) in enumerate(named):
            for other, second in named[:n]:
                if slip != second and await self._is_same(made, text, other):
                    what = tr(
                        "{slip} and {second} cannot be told apart: `{text}` and `{other}` are equal.",
                        slip=slip,
                        second=second,
                        text=text,
                        other=other,
                    )
                    self._report((*route, "reject"), what, tr("Leave this seed out, or choose other numbers."))

    async def _is_same(self, made: AnyExercise, one: str, other: str) -> bool:
        names = (*made.variables, *made.let, *getattr(made, "by", ()))
        verdict = await self._engine.mark(Expression(ask="", answer=one, variables=names), other)
        return verdict.outcome is Outcome.CORRECT

    async def exercise(self, route: Route, exercise: AnyExercise) -> None:
        """Its own answer and `accept` are right, `reject` is wrong, and neither silence nor the question passes."""
        question = (*route, _question(exercise))
        if not (await self._has_value(question, exercise) and await self._has_answer(question, exercise)):
            return
        for n, text in enumerate(exercise.accept):
            verdict = await self._engine.mark(exercise, text)
            what = tr("`{text}` must be accepted, and is {found}", text=text, found=_found(verdict))
            self._right((*route, "accept", n), verdict, what)
        await self._vouch(question, exercise)
        for text, slip in exercise.reject.items():
            await self._wrong((*route, "reject", text), exercise, text, slip)
        if "" not in exercise.accept:
            await self._given_away(question, exercise, "", tr("An empty answer is marked correct."), _ASK_ELSE)
        if _is_worked_out(exercise) and exercise.of not in exercise.accept:
            what = tr("The question's own formula, typed as the answer, is marked correct.")
            await self._given_away(question, exercise, exercise.of, what, _ASK_ELSE)
        await self._hints(route, exercise)
        if isinstance(exercise, LineByLine):
            await self._lines(route, exercise)
        if exercise.says or isinstance(exercise, LineByLine):
            right = (await self._engine.solve(exercise)).answer
            for path, what, do in await unsaid(exercise, right, self._engine):
                self._report((*route, *path), what, do, on_key=True)

    async def _hints(self, route: Route, exercise: AnyExercise) -> None:
        """Nothing in a hint is the answer."""
        for n, hint in enumerate(exercise.hints):
            for text, at in told_by(exercise, hint):
                what = tr("The hint holds the answer: `{text}` is marked correct.", text=text)
                await self._given_away((*route, "hints", n), exercise, text, what, _LEAD, offset=at)

    async def _lines(self, route: Route, exercise: LineByLine) -> None:
        """What a line of a calculation rejects is wrong there, after right lines above it."""
        right = (await self._engine.solve(exercise)).answer.split("\n") if exercise.lines else []
        for n, line in enumerate(exercise.lines):
            for text, slip in line.reject.items():
                await self._wrong((*route, "lines", n, "reject", text), exercise, text, slip, above=right[:n])

    async def _vouch(self, path: Route, exercise: AnyExercise) -> None:
        """Other ways to write the answer are right, slips are wrong, steps end in the answer."""
        try:
            found = await self._engine.vouch(exercise)
        except EngineError as error:
            self._report(
                path, tr("The proof was given up. {error}", error=error), tr("Write the question in another way.")
            )
            return
        self.vouched.append((f"{exercise.id}/{self._seed}" if self._seed is not None else exercise.id, found))
        if found.could is not None:
            self._could = (self._could or {}) | found.could
        for text in found.refused:
            what = tr("The right answer written as `{text}` is not marked right.", text=text)
            self._report(path, what, tr("Ask for it in another form, or in none."))
        for text in found.undecided:
            self._report(
                path,
                tr("The wrong answer {text} cannot be judged.", text=text),
                tr("Write the question in another way."),
            )
        if found.strays:
            what = tr("The worked steps end in `{strays}`, which is not the answer shown.", strays=found.strays)
            self._report(path, what, tr("Write the question in another way."))
        if found.slowest > SLOWEST:
            what = tr(
                "An answer took {took:.0f} ms to mark, and {allowed} are allowed.",
                took=found.slowest,
                allowed=SLOWEST,
            )
            self._report(path, what, tr("Write the question more simply."))

    async def _has_value(self, path: Route, exercise: AnyExercise) -> bool:
        """Whether what is to be differentiated has a value anywhere; if not, that is all there is to say."""
        if not isinstance(exercise, Derivative | Gradient):
            return True
        names = (*exercise.variables, *exercise.let, *exercise.by)
        verdict = await self._engine.mark(Expression(ask="", answer=exercise.of, variables=names), exercise.of)
        if _is_without_value(verdict):
            self._report(
                path, tr("`{of}` has no value at any point, so it has no derivative.", of=exercise.of), _NO_VALUE
            )
        return not _is_without_value(verdict)

    async def _has_answer(self, path: Route, exercise: AnyExercise) -> bool:
        """Whether there is an answer and it has a value; if not, no other proof can be had."""
        try:
            answer = (await self._engine.solve(exercise)).answer
        except EngineError as error:
            self._report(path, *_no_answer(exercise, str(error)))
            return False
        verdict = await self._engine.mark(exercise, answer)
        if _is_without_value(verdict):
            what = tr(
                "The right answer, `{answer}`, has no value that a learner's could be compared with.", answer=answer
            )
            self._report(path, what, _NO_VALUE)
            return False
        what = tr("The tutor's own answer, `{answer}`, is {found}", answer=answer, found=_found(verdict))
        self._right(path, verdict, what)
        return True

    def _right(self, path: Route, verdict: Verdict, what: str) -> None:
        if verdict.outcome is not Outcome.CORRECT:
            do = tr("Correct the question or the answer; whoever types this must be right.")
            self._report(path, what, do, offset=verdict.column or 0)

    async def _wrong(
        self, path: Route, exercise: AnyExercise, text: str, slip: str, *, above: Sequence[str] = ()
    ) -> None:
        """
        Args:
            above: right lines that are typed before it.
        """
        verdict = await self._engine.mark(exercise, "\n".join([*above, text]))
        if verdict.outcome is not Outcome.INCORRECT:
            do = tr("Correct it; whoever types this must be wrong.")
            what = tr("`{text}` must be rejected, and is {found}", text=text, found=_found(verdict))
            self._report(path, what, do, offset=verdict.column or 0, on_key=True)
        elif slip and slip not in verdict.slips:
            what = _otherwise(text, slip, verdict.slips)
            if self._could is not None and slip not in self._could:
                what = f"{what} {never_named(exercise, slip)}"
            elif self._could and (led := self._could[slip]):
                what += " " + tr("Here {slip} leads to `{led}`.", slip=slip, led=led)
            self._report(path, what, tr("Write the slip that explains it, or '' where any may be named."))

    async def _given_away(
        self, path: Route, exercise: AnyExercise, text: str, what: str, do: str, *, offset: int = 0
    ) -> None:
        verdict = await self._engine.mark(exercise, text)
        if verdict.outcome is Outcome.CORRECT:
            self._report(path, what, do, offset=offset)

    def _report(self, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> None:
        if self._seed is None:
            self._plain.append(problem_at(self._source, path, what, do, offset=offset, on_key=on_key))
            return
        path = self._written.get(path, path)
        problem = problem_at(self._source, path, what, do, on_key=on_key)  # no offset: the text in the file is another
        self._with_seeds.setdefault((tuple(path), do), (problem, []))[1].append(self._seed)


def _of_variants(what: str, seed: int, *alike: int) -> str:
    others = ", ".join(map(str, dict.fromkeys(other for other in alike if other != seed)))
    if others:
        return tr("With seed {seed}, and in the same way with {others}: {what}", seed=seed, others=others, what=what)
    return tr("With seed {seed}: {what}", seed=seed, what=what)


_MARKED: Final = {
    Outcome.CORRECT: tr("marked correct."),
    Outcome.INCORRECT: tr("marked incorrect."),
    Outcome.WRONG_FORM: tr("marked wrong-form."),
    Outcome.UNREADABLE: tr("marked unreadable."),
    Outcome.UNDECIDED: tr("marked undecided."),
}


def _question(exercise: AnyExercise) -> str:
    """The field that an exercise's answer comes from; of what the tutor works out itself, that which it may fail at."""
    if isinstance(exercise, Fix | Order) and not exercise.lines:
        return "slip" if isinstance(exercise, Fix) else "of"
    return _QUESTION[type(exercise)]


def _no_answer(exercise: AnyExercise, why: str) -> tuple[str, str]:
    """That there is no answer, and what to do."""
    why = f"{why[:1].upper()}{why[1:].rstrip('.')}."
    if isinstance(exercise, Predict | Steer):
        what = why
        if isinstance(exercise, Predict):
            return what, tr(
                "Change the run: another start, rate or number of steps; or add a word that is missing to the options."
            )
        do = tr(
            "Put an answer that reaches the goal under `accept`, or set another goal. Every letter of the loss is a "
            "weight that moves; what must stand fast is written as a number."
        )
        return what, do
    what = tr("The tutor finds no answer to this exercise. {error}", error=why)
    return what, tr("Write the question in another way.")


def _is_worked_out(exercise: AnyExercise) -> TypeGuard[Derivative | Gradient | NumberAnswer]:
    """Whether the answer is something else than the question's own formula."""
    if isinstance(exercise, NumberAnswer):
        return bool(exercise.by or exercise.at)
    return isinstance(exercise, Derivative | Gradient)


def _is_without_value(verdict: Verdict) -> bool:
    """Whether something, marked against itself, was found to have no value at any point that was tried."""
    return verdict.outcome is Outcome.UNDECIDED and verdict.decided_by == "probes"


def _found(verdict: Verdict) -> str:
    """How an answer was marked, with what the learner would be told."""
    return f"{_MARKED[verdict.outcome]} {verdict.message}".strip()


def _otherwise(text: str, slip: str, slips: Sequence[str]) -> str:
    """That a wrong answer is taken for something else than what it should be."""
    if not slips:
        return tr("`{text}` is rejected, but not as {slip}.", text=text, slip=slip)
    found = ", ".join(slips)
    return tr("`{text}` is rejected, but not as {slip} but as {found}.", text=text, slip=slip, found=found)
