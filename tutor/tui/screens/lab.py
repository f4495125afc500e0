"""The descent lab: a run to steer, to break, and to drive with one's own formulas, seen from every side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import ModalScreen

from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, check
from tutor.engine.wire import Progress
from tutor.errors import EngineError, Unreadable, UsageError
from tutor.front.lab.account import Account, Kept, Room, account
from tutor.front.lab.experiment import other_method, same_ground, setting_of
from tutor.front.lab.rates import edge_of, rates_for
from tutor.front.lab.stage import Stage
from tutor.front.lab.sums import over
from tutor.front.ports import AnyEngine
from tutor.lesson.model import Lesson
from tutor.tui.press import Press
from tutor.tui.replaying import ReplayScreen
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.painted import Painted
from tutor.tui.widgets.sentence import Sentence
from tutor.tui.widgets.slider import RateSlider
from tutor.tui.widgets.tabs import Tabs
from tutor.tui.widgets.text_lines import TextLines
from tutor.tui.widgets.views import Views
from tutor.words import tr

WORKING = tr("Working out the run …")

Answer = TypeVar("Answer")


class LabScreen(ReplayScreen[None]):
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
            engine: makes the runs.
            wanted: the name of a problem or a whole run; it is known that it can be read.
            lessons: whose own problems are offered besides the lab's.
        """
        super().__init__()
        self._engine = engine
        self._lessons = lessons
        self._wanted = setting_of(wanted)
        "What was asked for last: whatever is changed is changed of this, for the run of it may still be being made."
        self._account: Account | None = None
        self._right: Run | None = None
        "The run with the right formulas, where others drive this one."
        self._kept: Kept | None = None
        self._progress: Progress | None = None
        "How far the run is that is being made; nothing while none is, or it has not said so yet."
        self._fault = ""
        "Why the run that was asked for last could not be made."
        self._cramped = ""
        "What is said of a cramped terminal, until a key is pressed."
        self._has_all_sums = False
        self._press = Press(self)

    def compose(self) -> ComposeResult:
        """Where one stands, the views, the arithmetic, a sentence, what steers the run, the keys."""
        yield Heading(tr("The descent lab"), id="heading")
        yield Tabs()
        yield Views()
        yield TextLines(id="sums")
        yield Sentence(id="sentence")
        with Horizontal(id="steering"):
            yield TextLines(id="method")
            yield RateSlider(self._wanted.rate)
        yield TextLines(id="runs")
        yield KeyBar()

    def on_mount(self) -> None:
        """Have the first run made."""
        for painted in self.query(Painted):
            painted.press = self._press
        self._cramped = self.cramped()
        self.look()
        self._want(self._wanted)

    def on_key(self, event: events.Key) -> None:
        """Whoever presses one has read what was said of the terminal."""
        if self._cramped:
            self._cramped = ""
            self.look()

    def _want(self, setting: Setting, *, from_start: bool = False) -> None:
        self._wanted = setting
        self.make(setting, from_start=from_start)

    @work(exclusive=True, group="make", exit_on_error=False)
    async def make(self, setting: Setting, *, from_start: bool = False) -> None:
        """Make the run of a setting and show it, from where the last one stands; where that cannot be done, say why."""
        try:
            check(setting)
            run = await self._engine.descend(write_run(setting), self._hear)
            right = None
            if run.mistakes:
                plain = msgspec.structs.replace(setting, formulas={})
                right = await self._engine.descend(write_run(plain), self._hear)
            problem = await self._problem_of(setting)
        except (EngineError, UsageError) as fault:
            self._progress, self._fault = None, str(fault)
            if self._account is not None:
                self._wanted = self._account.setting
                self._offer_rates(self._account.stage.run)
            self.pause()
            return
        self._use(setting, problem, run, right)
        if from_start:
            self.action_restart()

    async def _problem_of(self, setting: Setting) -> Problem:
        """What the run is made on; asked for again only when that is something else."""
        if self._account is not None and same_ground(setting, self._account.setting):
            return self._account.stage.problem
        return await self._engine.describe(write_run(setting), self._hear)

    def _hear(self, progress: Progress) -> None:
        """Say how far the run is that is being made."""
        self._progress = progress
        self._say()

    def _use(self, setting: Setting, problem: Problem, run: Run, right: Run | None) -> None:
        self._progress, self._fault = None, ""
        if self._account is not None and not same_ground(setting, self._account.setting):
            self._kept = None
        self._right = right
        self._offer_rates(run)
        was, self._replay = self._replay, self._replay.over(self._tell(setting, problem, run).last)
        if not was.is_playing and 0 < was.step < was.last:
            self._replay.jump(was.step)
        self.look()

    def _tell(self, setting: Setting, problem: Problem, run: Run) -> Stage:
        """Show a run from now on, beside the one that it is compared with."""
        self._account = account(setting, problem, run, self._right, self._kept)
        self.query_one(Views).show(self._account.stage, self._replay.step)
        return self._account.stage

    def _offer_rates(self, run: Run) -> None:
        edge = edge_of(run.rate, run.largest_rate)
        self.query_one(RateSlider).offer(rates_for(run.rate, edge), run.rate, edge)

    def action_method(self, by: int) -> None:
        """The next method, or the one before."""
        self._want(other_method(self._wanted, by))

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
        if self._account is not None and self._account.stage.other is None:
            self.notify(tr("Keep a run with c, then change something: s shows the two side by side."), markup=False)
            return
        self.query_one(Views).toggle_split()
        self.look()

    def action_keep(self) -> None:
        """Keep this run to compare others with, or let the one go that was kept."""
        if self._account is not None:
            setting, stage = self._account.setting, self._account.stage
            self._kept = None if self._kept else (setting, stage.run)
            self._tell(setting, stage.problem, stage.run)
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

        if self._account is not None:
            self._ask(formula_screen(self._account.stage.problem, self._wanted), self._drive)

    def action_check(self) -> None:
        """Compare each partial with finite differences, where the run stands."""
        if self._account is not None:
            self.pause()
            self.check(self._account, min(self._replay.step, len(self._account.stage.run.path) - 1))

    @work(exclusive=True, group="check", exit_on_error=False)
    async def check(self, told: Account, step: int) -> None:
        """Have it compared over the very examples of the step, of which there may be very many, and show that."""
        from tutor.tui.screens.lab_dialogs import CheckScreen

        setting, stage = told.setting, told.stage
        try:
            rows = await self._engine.check(write_run(setting), stage.run.path[step], step, self._hear)
        except EngineError as fault:
            self._fault = str(fault)
            rows = ()
        self._progress = None
        self._say()
        if rows and self.is_current:
            self._ask(CheckScreen(rows, setting.formulas, step, over(stage.problem, setting, step)), None)

    def action_words(self) -> None:
        """All that is said of this step, however small the screen."""
        from tutor.tui.screens.lab_dialogs import WordsScreen

        if self._account is not None:
            self._ask(WordsScreen(self._account, self._replay.step, self._fault), None)

    def action_options(self) -> None:
        """Change anything about the run."""
        from tutor.tui.screens.lab_options import OptionsScreen

        if self._account is not None:
            self._ask(OptionsScreen(self._wanted, self._account.stage.problem), self._change)

    def action_share(self) -> None:
        """Show the run as a string to copy, and take another."""
        from tutor.tui.screens.lab_dialogs import ShareScreen

        self._ask(ShareScreen(write_run(self._wanted)), self._open)

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
        self._want(msgspec.structs.replace(self._wanted, rate=event.rate))

    @on(Tabs.Chosen)
    def choose_view(self, event: Tabs.Chosen) -> None:
        """A view was clicked."""
        event.stop()
        self.action_view(event.index)

    def _ask(self, dialog: ModalScreen[Answer], use: Callable[[Answer | None], None] | None) -> None:
        self.pause()
        self.app.push_screen(dialog, use)

    def _drive(self, formulas: dict[str, str] | None) -> None:
        if formulas is not None:
            typed = {name: text for name, text in formulas.items() if text}
            self._change(msgspec.structs.replace(self._wanted, formulas=typed))

    def _change(self, setting: Setting | None) -> None:
        if setting is not None and setting != self._wanted:
            self._want(setting)

    def _open(self, wanted: str | None) -> None:
        if wanted is None:
            return
        try:
            setting = setting_of(wanted)
        except Unreadable as fault:
            self._fault = tr("{message} (column {column})", message=fault.message, column=fault.column + 1)
            self.look()
            return
        self._want(setting, from_start=True)

    @property
    def _room(self) -> Room:
        return Room(*self.size)

    def show_step(self) -> None:
        """The views, the arithmetic and the words of the step."""
        self.query_one(KeyBar).show(*self._keys())
        self._say()
        told, replay, room = self._account, self._replay, self._room
        if told is None:
            return
        self.set_class(room.is_roomy, "-roomy")
        heading = self.query_one("#heading", Heading)
        heading.name_it(told.title(room))
        place = self.place.split("   ")[-1] if room.is_narrow else self.place
        heading.show(place, done=replay.step, of=replay.last)
        views = self.query_one(Views)
        views.go(replay.step)
        self.query_one(Tabs).show(views.names, views.seen)
        sums = told.sums(replay.step, room, is_moving=replay.is_playing, is_all=self._has_all_sums)
        self.query_one("#sums", TextLines).show(sums)
        self._name_runs(told, room)
        self._press.print()

    def _name_runs(self, told: Account, room: Room) -> None:
        """The method beside the slider, and the loss of each run that is seen."""
        width = room.width - 4
        beside = width if room.is_narrow else width - self.query_one(RateSlider).long - 2
        method, *runs = told.runs(self._replay.step, beside, width, is_moving=self._replay.is_playing)
        self.query_one("#method", TextLines).show([method])
        self.query_one("#runs", TextLines).show(runs)

    def _say(self) -> None:
        room, told, step = self._room, self._account, self._replay.step
        is_over = told is not None and told.is_over(step)
        self.set_class(is_over or bool(self._fault or self._progress or self._cramped), "-urgent")
        self.set_class(room.is_tiny, "-cramped")
        lines = room.sentence
        sentence = self.query_one(Sentence)
        if self._progress is not None:
            sentence.tell_progress(self._progress, room.width, lines)
        elif self._fault:
            sentence.say(self._fault, "$warning", room.width, lines)
        elif self._cramped:
            sentence.say(self._cramped, "$quiet", room.width, (1, 2))
        else:
            said = told.sentence(step) if told is not None else WORKING
            sentence.say(said, "" if is_over else "$quiet", room.width, lines)

    def _keys(self) -> tuple[Key, ...]:
        """The keys of the foot, what one most likely wants first."""
        words = Key("i", tr("in words"), "words")
        is_early = self._room.is_tiny or self._room.is_narrow
        return (
            *self.replay_keys,
            *((words,) if is_early else ()),
            Key("m", tr("method"), "method(1)"),
            Key("e", tr("formulas"), "edit"),
            Key("c", tr("let go") if self._kept else tr("compare"), "keep"),
            *((Key("s", tr("side by side"), "split"),) if self._account and self._account.compared else ()),
            Key("o", tr("options"), "options"),
            Key("g", tr("check"), "check"),
            Key("p", tr("problems"), "problems"),
            Key("y", tr("share"), "share"),
            Key("esc", tr("leave"), "leave"),
            Key("?", tr("help"), "help"),
            *(() if is_early else (words,)),
        )
