"""A worked solution in plain lines, said one step at a time."""

from __future__ import annotations

from typing import Self

from tutor.errors import EngineError
from tutor.front.ports import AnyEngine
from tutor.front.said import END_OF_STEPS
from tutor.lesson.model import AnyExercise
from tutor.marking.step import Step
from tutor.plain.lines import Lines
from tutor.plain.questions import say_step


class Unfolding:
    """Steps, and how many of them have been said."""

    def __init__(self, steps: tuple[Step, ...], lines: Lines) -> None:
        self._steps = steps
        self._lines = lines
        self._said = 0

    @classmethod
    async def of(cls, exercise: AnyExercise, engine: AnyEngine, lines: Lines) -> Self | None:
        """The steps to an exercise's answer; nothing, with the reason said, where there are none."""
        try:
            return cls((await engine.solve(exercise)).steps, lines)
        except EngineError as fault:
            lines.say(str(fault))
            return None

    @property
    def is_over(self) -> bool:
        """Whether all is said."""
        return self._said >= len(self._steps)

    def say_next(self) -> None:
        """Say one more step, and after the last that it is the last."""
        if not self.is_over:
            self._said += 1
            say_step(self._steps[self._said - 1], self._said, self._lines)
        if self.is_over:
            self._lines.say(END_OF_STEPS)
