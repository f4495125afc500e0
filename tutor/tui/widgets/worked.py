"""A worked example: the engine's own steps to a derivative, unfolding on a key."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from tutor.lesson.model import Derivative
from tutor.lesson.pages import Worked
from tutor.marking.step import Step
from tutor.tui.widgets.feedback import HintLines
from tutor.tui.widgets.page import Page


class WorkedPage(Vertical, can_focus=True):
    """The words, and a worked example that unfolds beneath them."""

    DEFAULT_CSS = """
    WorkedPage {
        height: auto;
    }
    """

    BINDINGS = [Binding("space,f4,w", "unfold", show=False)]  # noqa: RUF012  (Textual's own type)

    @dataclass
    class Wanted(Message):
        """The steps are wanted; `take_steps` is waiting for them."""

        page: WorkedPage

    def __init__(self, worked: Worked) -> None:
        super().__init__()
        self._worked = worked
        self._lines = HintLines()
        self._steps: list[Step] = []
        self.unfolded = 0
        "How many steps are shown."
        self.at_first = 1
        "How many are shown at once when they come."

    @property
    def exercise(self) -> Derivative:
        """What the engine works out."""
        return Derivative(ask="", of=self._worked.of, by=self._worked.by)

    def compose(self) -> ComposeResult:
        """The words, the steps so far."""
        yield Page(self._worked.text)
        yield self._lines

    def on_mount(self) -> None:
        """Ask for the steps."""
        self.post_message(self.Wanted(self))

    def take_steps(self, steps: tuple[Step, ...]) -> None:
        """Keep the steps and show the first."""
        self._steps = list(steps)
        for _ in range(self.at_first):
            self.action_unfold()

    def action_unfold(self) -> None:
        """Show one more."""
        if self._steps:
            self.unfolded += 1
            self._lines.show_step(self._steps.pop(0))
            if not self._steps:
                self._lines.show_end_of_steps()
            self.call_after_refresh(self.scroll_visible, animate=False, top=False)

    def show_trouble(self, sentence: str) -> None:
        """Say why there are none."""
        self._lines.show_trouble(sentence)
