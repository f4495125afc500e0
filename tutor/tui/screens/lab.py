"""The descent lab: a run to steer, to break, and to drive with one's own formulas, seen from every side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from textual import on, work
from textual.binding import Binding
from textual.screen import ModalScreen

from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting
from tutor.front.lab.account import Account
from tutor.front.lab.experiment import other_method
from tutor.front.lab.rates import edge_of, rates_for
from tutor.front.lab.sums import over
from tutor.front.ports import AnyEngine
from tutor.lesson.model import Lesson
from tutor.tui.screens.lab_shown import ShownLab
from tutor.tui.widgets.slider import RateSlider
from tutor.tui.widgets.tabs import Tabs
from tutor.tui.widgets.views import Views
from tutor.words import tr

Answer = TypeVar("Answer")


class LabScreen(ShownLab):
    """One run, and perhaps a second beneath it."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        *(Binding(str(number), f"view({number - 1})", show=False) for number in range(1, 8)),
        Binding("v", "large", show=False),
        Binding("s", "split", show=False),
        Binding("c", "keep", show=False),
        Binding("m", "method(1)", show=False),
        Binding("M", "method(-1)", show=False),
        Binding("a", "all_sums", show=False),
        Binding("x", "example", show=False),
        Binding("e", "edit", show=False),
        Binding("g", "check", show=False),
        Binding("o", "options", show=False),
        Binding("i", "words", show=False),
        Binding("y", "share", show=False),
        Binding("p", "problems", show=False),
        Binding("t", "app.toggle_light", show=False),
        Binding("escape,q", "leave", show=False),
        Binding("question_mark,f1", "help", show=False),
    ]

    def __init__(self, engine: AnyEngine, wanted: str, lessons: Sequence[Lesson] = ()) -> None:
        """
        Args:
            engine, wanted: see `ShownLab`.
            lessons: whose own problems are offered besides the lab's.
        """
        super().__init__(engine, wanted)
        self._lessons = lessons

    def on_mount(self) -> None:
        """Have the first run made."""
        self._want(self._bench.wanted)

    def _want(self, setting: Setting, *, from_start: bool = False) -> None:
        self._bench.wanted = setting
        self.make(setting, from_start=from_start)

    @work(exclusive=True, group="make", exit_on_error=False)
    async def make(self, setting: Setting, *, from_start: bool = False) -> None:
        """Make the run of a setting and show it, from where the last one stands; where that cannot be done, say why."""
        is_made = await self._bench.make(setting)
        told = self._bench.account
        if told is not None:
            edge = edge_of(told.stage.run.rate, told.stage.run.largest_rate)
            self.query_one(RateSlider).offer(rates_for(told.stage.run.rate, edge), told.stage.run.rate, edge)
        if told is None or not is_made:
            self.pause()
            return
        was, self._replay = self._replay, self._replay.over(told.stage.last)
        if not from_start and not was.is_playing and 0 < was.step < was.last:
            self._replay.jump(was.step)
        self.query_one(Views).show(told.stage, self._replay.step)
        self.look()

    def action_method(self, by: int) -> None:
        """The next method, or the one before."""
        self._want(other_method(self._bench.wanted, by))

    def action_view(self, index: int) -> None:
        """Put a view first."""
        self.query_one(Views).choose(index)
        self.look()

    def action_large(self) -> None:
        """One view alone, or several."""
        self.query_one(Views).toggle_large()
        self.look()

    def action_split(self) -> None:
        """Two runs beside one another, or over one another."""
        if self._bench.account is not None and self._bench.account.stage.other is None:
            self.notify(tr("Keep a run with c, then change something: s shows the two side by side."), markup=False)
            return
        self.query_one(Views).toggle_split()
        self.look()

    def action_keep(self) -> None:
        """Keep this run to compare others with, or let the one go that was kept."""
        self._bench.keep()
        if self._bench.account is not None:
            self.query_one(Views).show(self._bench.account.stage, self._replay.step)
            self.look()

    def action_all_sums(self) -> None:
        """The arithmetic of every weight, or of as many as leave room for the views."""
        self._has_all_sums = not self._has_all_sums
        self.look()

    def action_example(self) -> None:
        """Another example in the network."""
        self.query_one(Views).next_example()

    def action_edit(self) -> None:
        """Drive the run with formulas of one's own."""
        from tutor.tui.screens.lab_dialogs import formula_screen  # dialogs are only needed here

        if (told := self._told()) is not None:
            self._ask(formula_screen(told.stage.problem, self._bench.wanted), self._drive)

    def action_check(self) -> None:
        """Compare each partial with finite differences, where the run stands."""
        if (told := self._told()) is not None:
            self.pause()
            self.check(told, min(self._replay.step, len(told.stage.run.path) - 1))

    @work(exclusive=True, group="check", exit_on_error=False)
    async def check(self, told: Account, step: int) -> None:
        """Have it compared over the very examples of the step, of which there may be very many, and show that."""
        from tutor.tui.screens.lab_dialogs import CheckScreen

        rows = await self._bench.compare(told, step)
        self._say()
        if rows and self.is_current:
            setting, problem = told.setting, told.stage.problem
            self._ask(CheckScreen(rows, setting.formulas, step, over(problem, setting, step)), None)

    def action_words(self) -> None:
        """All that is said of this step, however small the screen."""
        from tutor.tui.screens.lab_dialogs import WordsScreen

        if (told := self._told()) is not None:
            self._ask(WordsScreen(told, self._replay.step, self._bench.fault), None)

    def action_options(self) -> None:
        """Change anything about the run."""
        from tutor.tui.screens.lab_options import OptionsScreen

        if (told := self._told()) is not None:
            self._ask(OptionsScreen(self._bench.wanted, told.stage.problem), self._change)

    def action_share(self) -> None:
        """Show the run as a string to copy, and take another."""
        from tutor.tui.screens.lab_dialogs import ShareScreen

        self._ask(ShareScreen(write_run(self._bench.wanted)), self._open)

    def action_problems(self) -> None:
        """Choose another problem."""
        from tutor.tui.screens.lab_menu import LabMenu

        self._ask(LabMenu(self._lessons), self._open)

    def action_help(self) -> None:
        """Show every key."""
        from tutor.tui.screens.help import LAB, HelpScreen

        self._ask(HelpScreen(LAB), None)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    @on(RateSlider.Moved)
    def change_rate(self, event: RateSlider.Moved) -> None:
        """Run anew at another rate."""
        event.stop()
        self._want(msgspec.structs.replace(self._bench.wanted, rate=event.rate))

    @on(Tabs.Chosen)
    def choose_view(self, event: Tabs.Chosen) -> None:
        """A view was clicked."""
        event.stop()
        self.action_view(event.index)

    def _told(self) -> Account | None:
        """What is told of the run that is there; where none is yet, whoever waits is told what can be done."""
        if self._bench.account is None:
            self.notify(
                tr("There is no run yet. y shows the one that is being made: change it there, as to fewer steps."),
                markup=False,
            )
        return self._bench.account

    def _ask(self, dialog: ModalScreen[Answer], use: Callable[[Answer | None], None] | None) -> None:
        self.pause()
        self.app.push_screen(dialog, use)

    def _drive(self, formulas: dict[str, str] | None) -> None:
        if formulas is not None:
            typed = {name: text for name, text in formulas.items() if text}
            self._change(msgspec.structs.replace(self._bench.wanted, formulas=typed))

    def _change(self, setting: Setting | None) -> None:
        if setting is not None and setting != self._bench.wanted:
            self._want(setting)

    def _open(self, wanted: str | None) -> None:
        if wanted is None:
            return
        setting = self._bench.read(wanted)
        if setting is None:
            self.look()
        else:
            self._want(setting, from_start=True)
