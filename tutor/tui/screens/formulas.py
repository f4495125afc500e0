"""Changing the formulas that a descent runs on: one small box for each weight."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.errors import Unreadable
from tutor.front import prompt
from tutor.lesson.model import AnyExercise
from tutor.maths.parse import parse
from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen
from tutor.tui.widgets.answer import AnswerBox
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.words import tr

LEAD = tr("Your formulas, for one example. Where one is left empty, the right one runs.")


class FormulaScreen(LeavingScreen[dict[str, str] | None], ModalScreen[dict[str, str] | None]):
    """Returns the formulas as typed, or None when they are to stay as they were.

    A wrong formula is welcome: it is run as typed. Only one that cannot be read holds the learner here.
    """

    DEFAULT_CSS = """
    FormulaScreen {
        #formulas { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface; padding: 1 2; }
        KeyBar { dock: none; padding: 0; }
        #lead { margin-bottom: 1; color: $quiet; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("escape", "leave", show=False),
        # First of all, since the list around the boxes would take the arrows to scroll.
        Binding("down,tab", "app.focus_next", show=False, priority=True),
        Binding("up,shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("f5,ctrl+r", "run", show=False),
    ]

    def __init__(self, exercises: Mapping[str, AnyExercise], formulas: dict[str, str], note: str = "") -> None:
        """
        Args:
            exercises: weight to the exercise in which its partial is derived.
            formulas: weight to partial, as typed before; an empty one stands for the right formula.
            note: what the letters stand for, where no lesson has said it.
        """
        super().__init__()
        self._note = note
        self._exercises = exercises
        self._formulas = formulas

    def compose(self) -> ComposeResult:
        """The boxes."""
        with VerticalScroll(id="formulas", can_focus=False):
            yield Static(Content(f"{LEAD} {self._note}".rstrip()), id="lead")
            for name, text in self._formulas.items():
                exercise = self._exercises[name]
                vocabulary = prompt.vocabulary(exercise)
                yield AnswerBox(vocabulary, before=prompt.before(exercise), text=text, id=f"box-{name}")
            yield KeyBar(
                Key("enter", tr("run"), "run"),
                Key("↑ ↓", tr("other formula"), "app.focus_next", first="app.focus_previous"),
                Key("esc", tr("as it was"), "leave"),
            )

    def on_mount(self) -> None:
        """Begin in the first box."""
        self.query(AnswerBox).first().input.focus()

    def action_run(self) -> None:
        """Run the formulas, unless one cannot be read; then go to it."""
        for box, exercise in zip(self.query(AnswerBox), self._exercises.values(), strict=True):
            try:
                if box.text.strip():
                    parse(box.text, prompt.vocabulary(exercise))
            except Unreadable as fault:
                box.complain(fault.message, fault.column)
                box.input.focus()
                return
        self.dismiss({name: self.query_one(f"#box-{name}", AnswerBox).text.strip() for name in self._formulas})

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    @on(AnswerBox.Submitted)
    def submit(self, event: AnswerBox.Submitted) -> None:
        """Enter runs them."""
        event.stop()
        self.action_run()

    @on(AnswerBox.Edited)
    def edit(self, event: AnswerBox.Edited) -> None:
        """Nothing else depends on it."""
        event.stop()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)
