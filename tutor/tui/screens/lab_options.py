"""Everything about a run that can be changed, one line each."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.descent.problem import Problem
from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, check
from tutor.errors import UsageError
from tutor.front.lab.experiment import Field, fields, stepped, typed
from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.words import tr

GAP = 2
"Cells between the longest name and the values."
TYPED = "0123456789.-−+e"


class OptionsScreen(LeavingScreen[Setting | None], ModalScreen[Setting | None]):
    """Returns the setting as it was changed, or None when it is to stay as it was."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("down,tab,j", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab,k", "choose(-1)", show=False, priority=True),
        Binding("right", "change(1)", show=False),
        Binding("left", "change(-1)", show=False),
        Binding("backspace", "erase", show=False),
        Binding("enter", "run", show=False),
        Binding("escape,q,o", "close", show=False),
    ]

    def __init__(self, setting: Setting, problem: Problem) -> None:
        super().__init__()
        self._setting = setting
        self._problem = problem
        self._chosen = 0
        self._typed = ""
        self._fault = ""

    def compose(self) -> ComposeResult:
        """The lines, the run that they make, the keys."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(id="fields")
            yield Static(id="note", classes="foot")
            yield KeyBar(
                Key("↑ ↓", tr("choose"), "choose(1)", first="choose(-1)"),
                Key("← →", tr("change"), "change(1)", first="change(-1)"),
                Key("0–9", tr("type a number"), ""),
                Key("enter", tr("run"), "run"),
                Key("esc", tr("as it was"), "close"),
            )

    def on_mount(self) -> None:
        """Show it."""
        self._look()

    def action_choose(self, by: int) -> None:
        """Another line."""
        if self._take():
            self._chosen = (self._chosen + by) % len(self._fields)
            self._look()

    def action_change(self, by: int) -> None:
        """The next value of this line, or the one before."""
        if self._take():
            self._setting = stepped(self._setting, self._field, by)
            self._look()

    def action_erase(self) -> None:
        """Take back what was typed last."""
        self._typed = self._typed[:-1]
        self._look()

    def action_run(self) -> None:
        """Run it, unless something makes no sense."""
        if self._take():
            self.dismiss(self._setting)

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """A number is being typed."""
        if event.character and event.character in TYPED and self._field.name not in ("method", "schedule"):
            event.stop()
            self._typed += event.character
            self._look()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)

    @property
    def _fields(self) -> list[Field]:
        return fields(self._setting, self._problem)

    @property
    def _field(self) -> Field:
        return self._fields[min(self._chosen, len(self._fields) - 1)]

    def _take(self) -> bool:
        """Put what was typed into its place; false when it makes no sense there, which is said."""
        self._fault = ""
        try:
            setting = typed(self._setting, self._field, self._typed) if self._typed else self._setting
            check(setting)
        except UsageError as fault:
            self._fault = str(fault)
            self._look()
            return False
        self._setting, self._typed = setting, ""
        return True

    def _look(self) -> None:
        rows = []
        long = 2 + max(len(field.label) for field in self._fields) + GAP
        for index, field in enumerate(self._fields):
            is_here = index == min(self._chosen, len(self._fields) - 1)
            value = f"{self._typed}▏" if is_here and self._typed else field.value
            name = ("▸ " if is_here else "  ") + field.label
            rows.append(
                Content.assemble(
                    (f"{name:<{long}}", "bold $accent" if is_here else "$quiet"),
                    (value, "bold $strong"),
                    (f"   {field.hint}" if is_here else "", "$quiet"),
                )
            )
        self.query_one("#fields", Static).update(Content("\n").join(rows))
        said = (
            Content.styled(self._fault, "$warning")
            if self._fault
            else Content.styled(write_run(self._setting), "$quiet")
        )
        self.query_one("#note", Static).update(said)
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        around = self.query_one(VerticalScroll)
        around.scroll_to(y=max(0, self._chosen - around.size.height // 2), animate=False)
