"""The problems of the lab: each with what there is to find out, and one's own formula."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.front.lab.from_lessons import lesson_offers
from tutor.front.lab.menu import OFFERS
from tutor.lesson.model import Lesson
from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen
from tutor.tui.widgets.answer import AnswerInput
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.words import tr

OWN = tr("Your own formula")
OWN_WHAT = tr("Type a loss in any weights and where they begin, as in (u - 1)^2 + 2v^2; u=3, v=2")


class LabMenu(LeavingScreen[str | None], ModalScreen[str | None]):
    """Returns the name of a problem or a run; None when none was chosen."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("down", "choose(1)", show=False, priority=True),
        Binding("up", "choose(-1)", show=False, priority=True),
        Binding("enter", "open", show=False),
        Binding("escape", "close", show=False),
    ]

    def __init__(self, lessons: Sequence[Lesson] = ()) -> None:
        """
        Args:
            lessons: whose own losses and tables are offered as well.
        """
        super().__init__()
        self._offers = (*OFFERS, *lesson_offers(lessons))
        self._chosen = 0
        self._fault = ""

    def compose(self) -> ComposeResult:
        """The list, what the chosen one is about, the keys."""
        with Vertical(classes="dialog"):
            count = tr("The descent lab: {n} problems, and your own", n=len(self._offers))
            yield Static(Content(count), classes="lead")
            with VerticalScroll(id="list", can_focus=False):
                yield Static(id="offers")
            yield Static(id="last")
            yield Static(id="what", classes="foot")
            yield AnswerInput(id="own", compact=True, select_on_focus=False)
            yield KeyBar(
                Key("enter", tr("open"), "open"),
                Key("↑ ↓", tr("choose"), "choose(1)", first="choose(-1)"),
                Key("esc", tr("back"), "close"),
            )

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#own", AnswerInput).cursor_blink = False
        self._look()

    def action_choose(self, by: int) -> None:
        """Another problem."""
        self._chosen = (self._chosen + by) % (len(self._offers) + 1)
        self._fault = ""
        self._look()

    def action_open(self) -> None:
        """Open the chosen one."""
        if self._chosen < len(self._offers):
            self.dismiss(self._offers[self._chosen].problem)
            return
        from tutor.front.lab.own import own_run  # the grammar, for one's own formula only

        run, self._fault = own_run(self.query_one("#own", AnswerInput).value)
        if run:
            self.dismiss(run)
        else:
            self._look()

    def action_close(self) -> None:
        """Back without one."""
        self.dismiss(None)

    @on(AnswerInput.Submitted)
    def submit(self, event: AnswerInput.Submitted) -> None:
        """Enter opens it."""
        event.stop()
        self.action_open()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)

    def _look(self) -> None:
        titles = [*(each.title for each in self._offers), OWN]
        *rows, last = [
            Content.assemble(
                ("▸ " if index == self._chosen else "  ", "bold $accent"),
                (title, "bold $strong" if index == self._chosen else ""),
            )
            for index, title in enumerate(titles)
        ]
        self.query_one("#offers", Static).update(Content("\n").join(rows))
        self.query_one("#last", Static).update(last)  # in sight wherever the list stands
        is_own = self._chosen == len(self._offers)
        what = OWN_WHAT if is_own else self._offers[self._chosen].what
        said = Content.styled(self._fault, "$warning") if self._fault else Content.styled(what, "$quiet")
        self.query_one("#what", Static).update(said)
        self.call_after_refresh(self._keep_in_sight)
        box = self.query_one("#own", AnswerInput)
        box.display = is_own
        if is_own:
            box.focus()
        else:
            self.set_focus(None)

    def _keep_in_sight(self) -> None:
        """Scroll to the chosen line; what it is about stands at the end and does not scroll."""
        around = self.query_one("#list", VerticalScroll)
        around.scroll_to(y=max(0, self._chosen - around.size.height // 2), animate=False)
