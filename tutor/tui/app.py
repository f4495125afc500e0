"""The app: which screen comes first, how it ends, and what is never left to Textual's defaults.

It knows no mathematics and no rules of study; the course, the journal and the engine are handed in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.segment import Segment, Segments
from textual import events, on
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.geometry import Size

from tutor import places
from tutor.front.shown import shown
from tutor.front.words import cut
from tutor.tui.cells import Cells
from tutor.tui.crash import write_traceback
from tutor.tui.driver import TerminalDriver
from tutor.tui.leaving import LeavingScreen
from tutor.tui.screens.home import HomeScreen
from tutor.tui.small import is_small, notice
from tutor.tui.theme import DARK, LIGHT
from tutor.tui.turns import Turns
from tutor.words import tr

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

    from tutor.front.ports import AnyCourse, AnyEngine, AnyJournal
    from tutor.study.session import Session

LOW = 14
"Rows from which a terminal is no longer low."
TOAST_LINES = 3
"Lines that a notice has on a low terminal, as the style sheet says too."
TOAST_FRAME = 4
"Columns that its frame takes."


class TutorApp(App[None]):
    """The tutor on a terminal.

    Args:
        course: what can be learnt, or a function that reads it.
        journal: where answers and the place in the course are kept, already open.
        engine: what marks, solves and trains; started at the first key, closed at the end.
        start_lesson: the id of a lesson to open at once, on top of the home screen.
        start_session: a walk to open at once instead, such as a sitting of practice.
        start_lab: a problem or a run to open at once in the descent lab; an empty one stands for the lab's menu.
    """

    CSS_PATH = "tutor.tcss"
    TITLE = "tutor"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+l", "redraw", show=False, priority=True)]  # noqa: RUF012  (Textual's own type)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide"), (110, "-very-wide")]  # noqa: RUF012  (Textual's own type)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (LOW, "-short"), (18, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        course: AnyCourse | Callable[[], AnyCourse],
        journal: AnyJournal,
        engine: AnyEngine,
        *,
        start_lesson: str | None = None,
        start_session: Session | None = None,
        start_lab: str | None = None,
    ) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.course = course() if callable(course) else course
        self.journal = journal
        self.engine = engine
        self._start_lesson = start_lesson
        self._start_session = start_session
        self._start_lab = start_lab
        self.cut_short: list[str] = []
        "What was told only in part, for want of room; to be said in full once the screens are left."
        self._cells = Cells()
        self._turns = Turns(self)
        self._told_small: Size | None = None
        "The size of which the terminal says that it is too small, while it does."
        self._waking: asyncio.Task[None] | None = None
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        # Not assigned: whoever watches the theme has the whole style sheet read a second time, a sixteenth of the start.
        self.set_reactive(App.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> HomeScreen:
        """The screen beneath all others."""
        return HomeScreen(self.course, self.journal, self.engine, start_lesson=self._start_lesson)

    def on_mount(self) -> None:
        """Open the walk, or the lab, that was asked for."""
        if self._start_lab is not None:
            from tutor.tui.screens.lab_menu import LabMenu

            if self._start_lab:
                self._open_lab(self._start_lab)
            else:
                self.push_screen(LabMenu(self.course.lessons), self._open_lab)
        if self._start_session is not None:
            # As with a lesson that is opened from the home screen, its widgets are imported only now.
            from tutor.tui.screens.lesson import LessonScreen

            self.push_screen(LessonScreen(self._start_session, self.journal, self.engine))

    def _open_lab(self, wanted: str | None) -> None:
        from tutor.tui.screens.lab import LabScreen

        if wanted is not None:
            self.push_screen(LabScreen(self.engine, wanted, self.course.lessons), self._leave_lab)
        else:
            self._leave_lab()

    def _leave_lab(self, _: object = None) -> None:
        """Home, where there are lessons to go to."""
        if not self.course.lessons:
            self.exit()

    async def on_unmount(self) -> None:
        """Let the child process go."""
        await self.engine.close()

    def action_toggle_light(self) -> None:
        """Change between the dark and the light theme."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_redraw(self) -> None:
        """Draw everything again, for when something else has written on the terminal."""
        self._cells.forget()
        self._told_small = None
        self.refresh()

    @on(Driver.SignalResume)
    def draw_again(self) -> None:
        """The terminal was not ours, or has not taken every frame."""
        self.action_redraw()

    def notify(self, message: str, **more: Any) -> None:
        """As Textual's own, in signs that this terminal can show, and nothing twice at a time, and of warnings the last.

        On a low terminal it takes room of its own instead of lying on the question, so it is cut to a few lines there.
        """
        text = shown(message)
        if self.size.height < LOW:  # the screen may not have its class yet
            text = cut(text, self.size.width - TOAST_FRAME, TOAST_LINES)
            self.cut_short += [message] if text != shown(message) else []
        if any(text in notification.message for notification in self._notifications):
            return
        if more.get("severity") == "warning":
            self.clear_notifications()  # what was said of the record before may no longer be so
        super().notify(text, **more)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing: a learner's terminal may write no files."""

    def deliver_text(self, *_: object, **__: object) -> None:
        """Nothing, for the same reason; a picture of the screen comes this way too."""

    def deliver_binary(self, *_: object, **__: object) -> None:
        """Nothing, for the same reason."""

    def action_suspend_process(self) -> None:
        """Nothing: there may be no shell to go to."""

    def action_help_quit(self) -> None:
        """What ctrl+c does, which leaves most programs; here it copies, and a learner who meant to leave is told how."""
        self.notify(tr("ctrl+q leaves the tutor, from everywhere; nothing is lost."), markup=False)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing: a browser may have a shell in it."""

    async def on_event(self, event: events.Event) -> None:
        """Have the engine at hand once somebody touches a key, since a question may follow.

        Not sooner: of thirty who log in at once, each engine would hold up the others' screens. While nobody touches any,
        the engine lets its child go by itself, and here it comes back, warm before an answer is typed to its end.
        """
        if is_small(*self.size) and isinstance(event, events.Key | events.Paste | events.MouseEvent):
            return  # nobody sees what it would do
        is_new = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if is_new and self._turns.is_later(event):
            return
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._waking = asyncio.create_task(self.engine.start())
            if self.screen_stack and isinstance(self.screen, LeavingScreen):
                await self.screen.until_shown()
        if is_new and isinstance(event, events.Key):
            taker = self.focused or self.screen
            is_typed = taker.check_consume_key(event.key, event.character)
            await super().on_event(event)
            if not is_typed:
                self._turns.follow(taker.ancestors_with_self)
        else:
            await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        # The only place that every update passes on its way to the terminal.
        if isinstance(self._driver, TerminalDriver) and self._driver.is_behind:
            return
        if is_small(*self.size):
            if renderable is not None and self._told_small != self.size:
                self._told_small = self.size
                super()._display(screen, self._cells.update(notice(*self.size)))
            return
        self._told_small = None
        super()._display(screen, self._cells.update(renderable))
        if isinstance(self._driver, TerminalDriver):
            self._driver.ask()

    def _handle_exception(self, error: Exception) -> None:
        # Textual's own would show the local variables, a learner's answers among them.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        where = write_traceback(error, places.log_file())
        sentence = tr("something went wrong inside the program, and it had to stop. {where}", where=where)
        self._exit_renderables = [Segments([Segment(f"tutor: {sentence}\n")])]
        self._close_messages_no_wait()
