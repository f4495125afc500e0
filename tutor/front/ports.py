"""What the screens need of the course, the journal and the engine, so that tests can hand in others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tutor.descent.compared import Compared
from tutor.descent.problem import Problem as DescentProblem
from tutor.descent.run import Run
from tutor.engine.wire import Progress, Solution
from tutor.errors import Problem
from tutor.lesson.model import AnyExercise, Lesson, Trial
from tutor.marking.verdict import Verdict
from tutor.study.answer import Answer, Place


class AnyCourse(Protocol):
    """What can be learnt."""

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """In teaching order."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Faults of lesson files; those files are left out."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Of courses that others have added: what their lessons' ids begin with, and their titles."""


class AnyJournal(Protocol):
    """The learner's record, already open. Calls wait for the disk, so they are made in a thread; see `Journal`."""

    def append(self, answer: Answer) -> str:
        """Write an answer; what the learner must be told, if anything."""

    def answers(self, lesson_id: str | None = None) -> list[Answer]:
        """Every answer, or those of one lesson."""

    def remember_place(self, lesson: str, step: str, at: str) -> str:
        """Write where the learner is; what the learner must be told, if anything."""

    def places(self) -> tuple[Place, ...]:
        """Where the learner was last in each lesson, the latest first."""


class AnyEngine(Protocol):
    """What marks, solves and trains; see `Engine`."""

    async def start(self) -> None:
        """Start, unless it runs."""

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        """Judge an answer; never raises."""

    async def solve(self, exercise: AnyExercise) -> Solution:
        """Work out the right answer, or raise EngineError."""

    async def train(self, trial: Trial, rate: float, formulas: Mapping[str, str]) -> Run:
        """Run gradient descent, or raise EngineError."""

    async def descend(self, run: str, heard: Callable[[Progress], None] | None = None) -> Run:
        """Make the run that a string stands for, or raise EngineError."""

    async def describe(self, run: str, heard: Callable[[Progress], None] | None = None) -> DescentProblem:
        """What that run is made on, with no more rows than can be drawn, or raise EngineError."""

    async def check(
        self, run: str, weights: Sequence[float], step: int, heard: Callable[[Progress], None] | None = None
    ) -> tuple[Compared, ...]:
        """Each partial of that run beside a finite difference, or raise EngineError."""

    async def close(self) -> None:
        """Let the child process go."""
