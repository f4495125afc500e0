"""An exercise as it stands on the page: question, answer, verdict, hints. Shows records; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tutor.front import prompt
from tutor.lesson.model import AnyExercise, LineByLine, Order
from tutor.marking.step import Step
from tutor.marking.verdict import Outcome, Verdict
from tutor.tui.handing import hand_up
from tutor.tui.widgets.answer import AnswerBox
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.feedback import Feedback, HintLines
from tutor.tui.widgets.lines import LineBox
from tutor.tui.widgets.ordering import Ordering
from tutor.tui.widgets.page import Page
from tutor.words import tr

SLOW = 0.3
"Seconds after which a learner is told that the answer is being looked at; sooner it would only flicker."


def _answer(exercise: AnyExercise, text: str) -> AnswerBox | Choices | Ordering | LineBox:
    """Where the answer is given, with what was typed last in it."""
    if isinstance(exercise, LineByLine):
        return LineBox(exercise, text=text, id="answer")
    if isinstance(exercise, Order):
        return Ordering(prompt.shuffled_lines(exercise), chosen=text, id="answer")
    options = prompt.options(exercise)
    if options:
        return Choices(options, signs=prompt.signs(exercise), chosen=text, id="answer")
    before, behind = prompt.before(exercise), prompt.behind(exercise)
    return AnswerBox(prompt.vocabulary(exercise), before=before, behind=behind, text=text, id="answer")


class ExerciseView(Vertical):
    """One exercise, and the answers given to it."""

    DEFAULT_CSS = """
    ExerciseView {
        height: auto;
        & > Page { margin-bottom: 1; }
        & Choices, & Ordering { margin-bottom: 1; }
    }
    """

    @dataclass
    class Submitted(Message):
        """An answer is given; its text may be empty."""

        exercise: AnyExercise
        "The one that was on the page, wherever the learner is by now."
        text: str

    def __init__(self, exercise: AnyExercise, *, text: str = "", is_done: bool, hints: tuple[str, ...] = ()) -> None:
        """
        Args:
            text: what was typed last, to stand in the box.
            is_done: whether it was answered rightly before.
            hints: those taken already.
        """
        super().__init__()
        self.exercise = exercise
        self._is_done = is_done
        self._is_solved = False
        self.verdict: Verdict | None = None
        "The last one that was shown."
        self._hints = hints
        self._steps: list[Step] = []
        "What of the worked solution is still to be shown."
        self._has_steps = False
        self._feedback = Feedback()
        self._help = HintLines()
        self._answer = _answer(exercise, text)

    def compose(self) -> ComposeResult:
        """Question, answer, verdict, hints."""
        yield Page(self.exercise.ask, id="ask")
        yield self._answer
        yield self._feedback
        yield self._help

    def on_mount(self) -> None:
        """Put back what was done here before."""
        for number, hint in enumerate(self._hints, start=1):
            self.show_hint(hint, number)
        if self._is_done:
            self._feedback.show_done(self.exercise.because)
            self._answer.close()
        else:
            self._answer.begin()

    @property
    def text(self) -> str:
        """What is typed or chosen, handed up or not."""
        return self._answer.chosen if isinstance(self._answer, Ordering) else self._answer.text

    def submit(self) -> None:
        """Hand the answer up, as Enter does."""
        self._answer.submit()

    def show_nudge(self, sentence: str) -> None:
        """Say what to do first."""
        self._feedback.show_nudge(sentence)

    @contextmanager
    def judging(self) -> Iterator[None]:
        """Meanwhile the answer is being looked at, and if that takes long, it is said."""
        is_over = False

        def say() -> None:
            # A timer's call may be on its way already when the timer is stopped, and would cover the verdict for good.
            if not is_over:
                self._feedback.show_busy()

        slow = self.set_timer(SLOW, say)
        try:
            yield
        finally:
            is_over = True
            slow.stop()

    def show_verdict(self, verdict: Verdict, text: str) -> None:
        """Say how an answer was judged, and close the box upon a right one.

        Args:
            text: what was judged. The learner may have typed on meanwhile: a right answer stands in the box again as it
                was judged, and of any other it is said which one is meant.
        """
        self.verdict = verdict
        is_other_now = text.strip() != self.text.strip()
        told = self._answer.show_verdict(verdict, text)
        if is_other_now and not verdict.outcome.is_right:
            meant = tr("This is said of {text}.", text=text.rpartition("\n")[2])
            told = msgspec.structs.replace(told, message=f"{meant} {told.message}".strip())
        self._feedback.show_verdict(told, self.exercise.because)
        if verdict.outcome is Outcome.CORRECT:
            self._is_done = True
            if is_other_now:
                self._answer.put(text)
            self._answer.close()

    @on(AnswerBox.Edited)
    @on(Choices.Moved)
    @on(Ordering.Moved)
    def edit(self, event: AnswerBox.Edited | Choices.Moved | Ordering.Moved) -> None:
        """The answer is another one now, so what was said of it no longer holds."""
        event.stop()
        if not self._is_done:
            self._feedback.clear()
            if isinstance(event, AnswerBox.Edited):
                event.box.mark(is_wrong=False)

    @on(AnswerBox.Submitted)
    @on(Choices.Submitted)
    @on(Ordering.Submitted)
    @on(LineBox.Submitted)
    def enter(self, event: AnswerBox.Submitted | Choices.Submitted | Ordering.Submitted | LineBox.Submitted) -> None:
        """Hand the answer up with what it answers."""
        event.stop()
        hand_up(self, self.Submitted(self.exercise, event.text))

    @on(LineBox.Kept)
    def go_on(self, event: LineBox.Kept) -> None:
        """A wrong line stands as it is, for now."""
        event.stop()
        self._feedback.show_nudge(tr("You go on with {line}; you can mend it at the end.", line=event.line))

    def show_hint(self, text: str, number: int) -> None:
        """Add a hint."""
        self._help.show_hint(text, number, len(self.exercise.hints))

    def show_solution(self, answer: str) -> None:
        """Add the right answer, once, and why it is right; of a choice, its sign and its text."""
        if self._is_solved:
            return
        self._is_solved = True
        told = prompt.solution(self.exercise, answer)
        if told:
            self._help.show_option(told, self.exercise.because)
        else:
            self._help.show_solution(answer, prompt.vocabulary(self.exercise), self.exercise.because)

    def take_steps(self, steps: tuple[Step, ...]) -> None:
        """Keep the worked solution, to be shown a line at a time."""
        if not self._has_steps:
            self._has_steps = True
            self._steps = list(steps)

    def show_next_step(self) -> bool:
        """Show one more line of the worked solution; False when it has not been worked out yet."""
        if self._steps:
            self._help.show_step(self._steps.pop(0))
            if not self._steps:
                self._help.show_end_of_steps()
        return self._has_steps

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no solution to show."""
        self._help.show_trouble(sentence)
