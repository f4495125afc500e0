"""A tiny course, an engine that looks answers up, and what pilots need; no clock, no child process."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from textual.pilot import Pilot

from tutor.descent.compared import Compared
from tutor.descent.gradient_check import compare_at
from tutor.descent.problem import Problem as DescentProblem
from tutor.descent.problem import sample
from tutor.descent.run import Run
from tutor.descent.runstring import read_run
from tutor.descent.setting import problem_of
from tutor.descent.train import make_run
from tutor.engine.wire import Progress, Solution
from tutor.errors import EngineError, Problem, Unreadable
from tutor.lesson.model import AnyExercise, Choice, Course, Derivative, Lesson, Option, Trial
from tutor.lesson.pages import Curve, Descent, Plot, Read
from tutor.marking.kinds import solve
from tutor.marking.question import ask
from tutor.marking.trial import run_trial
from tutor.marking.verdict import RIGHT, Difference, Outcome, Verdict
from tutor.marking.worked import work_out
from tutor.maths.parse import parse
from tutor.study.answer import Answer
from tutor.study.journal import Journal
from tutor.tui.app import TutorApp

SQUARES = Lesson(
    id="squares",
    title="Squares [/] and more",
    objectives=("Differentiate $x^2$",),
    steps=(
        Read(id="intro", text="A page with [/] and $x^2$ in it."),
        Derivative(
            id="square",
            ask="What is $df/dx$ of $f = x^2$? [b]",
            of="x^2",
            by=("x",),
            hints=("First hint.", "Second hint [/b]."),
            because="The power comes down.",
        ),
        Choice(
            id="pick",
            ask="Which?",
            options=(Option(wrong="[/] no", because="Not that."), Option(right="yes", because="It is.")),
            hints=("Look again.",),
        ),
        Plot(id="look", text="Look.", curves=(Curve(of="x^2", label="curve"),), over="x", start="-1", end="1"),
        Derivative(id="cube", ask="And $x^3$?", of="x^3", by=("x",), because="Again."),
    ),
    summary="- The power comes down.",
)

BOWL = Lesson(
    id="bowl",
    title="A bowl",
    objectives=("Roll",),
    steps=(
        Derivative(id="dw", ask="What is $dE/dw$?", of="(w - 3)^2/2", by=("w",), function="E", let={"r": "w - 3"}),
        Descent(id="roll", text="Roll down.", problem="bowl", partials={"w": "dw"}, rate="0.1", steps=400),
    ),
    summary="Rolled.",
)

COURSE = Course((SQUARES, BOWL), (Problem(file="bad.yaml", line=1, field="", what="Bad.", do="Mend it."),))


class FakeEngine:
    """Marks by comparing text with what the marker itself would give; counts what it is asked."""

    def __init__(self) -> None:
        self.is_started = False
        self.is_closed = False
        self.asked: list[str] = []
        self.descended: list[str] = []
        self.trained: list[tuple[float, dict[str, str]]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def start(self) -> None:
        self.is_started = True

    async def close(self) -> None:
        self.is_closed = True

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        self.asked.append(text)
        await self.gate.wait()
        if isinstance(exercise, Choice):
            is_right = text == solve(exercise)
            return _verdict(
                Outcome.CORRECT if is_right else Outcome.INCORRECT, "Not that." if not is_right else "It is."
            )
        try:
            parse(text, ask(exercise).vocabulary)
        except Unreadable as fault:
            return Verdict(outcome=Outcome.UNREADABLE, message=fault.message, column=fault.column, decided_by="reading")
        if text == solve(exercise) or text.replace("^", "") == "2x":
            return _verdict(Outcome.CORRECT, RIGHT)
        return Verdict(
            outcome=Outcome.INCORRECT,
            message="That is not the derivative [/].",
            difference=Difference({"x": "2"}, "5", "4"),
            decided_by="probes",
        )

    async def solve(self, exercise: AnyExercise) -> Solution:
        return Solution(solve(exercise), work_out(exercise))

    async def train(self, trial: Trial, rate: float, formulas: Mapping[str, str]) -> Run:
        self.trained.append((rate, dict(formulas)))
        if rate == 2.0:
            raise EngineError("No [/] run.")
        return run_trial(trial, rate, formulas)

    async def descend(self, run: str, heard: Callable[[Progress], None] | None = None) -> Run:
        self.descended.append(run)
        await self.gate.wait()
        setting = read_run(run)
        if setting.rate == 2.0:
            raise EngineError("No [/] run.")
        return make_run(setting)

    async def describe(self, run: str, heard: Callable[[Progress], None] | None = None) -> DescentProblem:
        return sample(problem_of(read_run(run)), 200)

    async def check(
        self, run: str, weights: Sequence[float], step: int, heard: Callable[[Progress], None] | None = None
    ) -> tuple[Compared, ...]:
        return tuple(compare_at(read_run(run), weights, step))


def _verdict(outcome: Outcome, message: str) -> Verdict:
    return Verdict(outcome=outcome, message=message, decided_by="probes")


def new_journal(path: Path | None = None) -> Journal:
    journal = Journal(path) if path is not None else Journal.in_memory()
    journal.open()
    return journal


def new_app(
    journal: Journal | None = None, engine: FakeEngine | None = None, start_lesson: str | None = None
) -> TutorApp:
    return TutorApp(COURSE, journal or new_journal(), engine or FakeEngine(), start_lesson=start_lesson)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way any more."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type a text, key by key, and Enter."""
    await pilot.press(*text, "enter")
    await settle(pilot)


def screen_text(app: TutorApp) -> str:
    """Everything on the screen, as lines of plain text."""
    _, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    assert len(lines) == height
    return "\n".join(line.rstrip() for line in lines)


def answers(journal: Journal) -> list[Answer]:
    return journal.answers()
