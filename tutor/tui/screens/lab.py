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
from textual.timer import Timer
from textual.widgets import Static

from tutor.descent.comparison import differs, told
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, check
from tutor.engine.wire import Progress
from tutor.errors import EngineError, Unreadable, UsageError
from tutor.front.lab.experiment import method_said, other_method, same_ground, setting_of, standing
from tutor.front.lab.menu import offer
from tutor.front.lab.rates import rates_for
from tutor.front.lab.stage import Stage
from tutor.front.lab.sums import head, lines, sources
from tutor.front.picture import label_text
from tutor.front.ports import AnyEngine
from tutor.front.words import wrapped
from tutor.lesson.model import Lesson
from tutor.tui.content import Content
from tutor.tui.driver import may_draw
from tutor.tui.faults import WatchfulScreen
from tutor.tui.press import Press
from tutor.tui.replay import TICKS_PER_SECOND, Replay
from tutor.tui.widgets.heading import Heading, bar
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.painted import Painted, Row
from tutor.tui.widgets.slider import RateSlider
from tutor.tui.widgets.tabs import Tabs
from tutor.tui.widgets.text_lines import TextLines
from tutor.tui.widgets.views import Views

WORKING = "Working out the run …"
ROOM_TO_SAY, ROOM_TO_SAY_NARROW = (2, 6), (1, 3)
"Lines for the sentence, at least and at most."

NARROW, SHORT_TITLE = 56, 100
"Cells below which less is said of a run, and its problem is called by its shorter name."

Answer = TypeVar("Answer")


class LabScreen(WatchfulScreen[None]):
    """One run, and perhaps a second beneath it."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("space", "play", show=False),
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("shift+right", "step(10)", show=False),
        Binding("shift+left", "step(-10)", show=False),
        Binding("home", "step(-1000000)", show=False),
        Binding("end", "step(1000000)", show=False),
        Binding("plus,equals_sign", "speed(1)", show=False),
        Binding("minus", "speed(-1)", show=False),
        Binding("up,right_square_bracket", "rate(1)", show=False),
        Binding("down,left_square_bracket", "rate(-1)", show=False),
        Binding("r", "restart", show=False),
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
        Binding("y", "share", show=False),
        Binding("p", "problems", show=False),
        Binding("t", "app.toggle_light", show=False),
        Binding("escape,q", "leave", show=False),
        Binding("question_mark,f1", "help", show=False),
    ]
    AUTO_FOCUS = ""

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
        self._setting = setting_of(wanted)
        self._stage: Stage | None = None
        self._right: Run | None = None
        "The run with the right formulas, where others drive this one."
        self._kept: tuple[Setting, Run] | None = None
        self._written: dict[str, str] = {}
        self._sentence = WORKING
        self._on_screen = Content("")
        "The sentence as it stands there."
        self._progress: Progress | None = None
        "How far the run is that is being made; nothing while none is, or it has not said so yet."
        self._fault = ""
        "Why the run that was asked for last could not be made."
        self._has_all_sums = False
        self._replay = Replay(0)
        self._timer: Timer | None = None
        self._press = Press(self)

    def compose(self) -> ComposeResult:
        """Where one stands, the views, the arithmetic, a sentence, what steers the run, the keys."""
        yield Heading("The descent lab", id="heading")
        yield Tabs()
        yield Views()
        yield TextLines(id="sums")
        yield Static(id="sentence")
        with Horizontal(id="steering"):
            yield TextLines(id="method")
            yield RateSlider(self._setting.rate)
        yield TextLines(id="kept")
        yield KeyBar()

    def on_mount(self) -> None:
        """Have the first run made; the timer only runs while something moves."""
        self._timer = self.set_interval(1 / TICKS_PER_SECOND, self._tick, pause=True)
        for painted in self.query(Painted):
            painted.press = self._press
        self._look()
        self.make(self._setting)

    @work(exclusive=True, group="make", exit_on_error=False)
    async def make(self, setting: Setting) -> None:
        """Make the run of a setting and show it; where that cannot be done, say why and stay with the last."""
        try:
            check(setting)
            run = await self._engine.descend(write_run(setting), self._hear)
            right = None
            if run.mistakes:
                plain = msgspec.structs.replace(setting, formulas={})
                right = await self._engine.descend(write_run(plain), self._hear)
            problem = await self._problem_of(setting)
        except (EngineError, UsageError) as fault:
            self._progress = None
            self._pause()
            self._fault = str(fault)
            self._look()
            return
        self._use(setting, problem, run, right)

    async def _problem_of(self, setting: Setting) -> Problem:
        """What the run is made on; asked for again only when that is something else."""
        if self._stage is not None and same_ground(setting, self._setting):
            return self._stage.problem
        return await self._engine.describe(write_run(setting), self._hear)

    def _hear(self, progress: Progress) -> None:
        """Say how far the run is that is being made."""
        self._progress = progress
        self._say()

    def _use(self, setting: Setting, problem: Problem, run: Run, right: Run | None) -> None:
        self._progress = None
        if not same_ground(setting, self._setting):
            self._kept = None
        self._setting = setting
        self._right = right if right is not None and differs(run, right) else None
        self._stage = Stage(problem, run, self._other())
        self._written = sources(problem, setting)
        self._sentence = told(run, right) if right is not None else label_text(run.why)
        self._fault = ""
        self.query_one(RateSlider).offer(rates_for(run.rate, run.largest_rate), run.rate, run.largest_rate)
        speed, was = self._replay.speed, self._replay
        self._replay = Replay(self._stage.last)
        self._replay.speed = speed
        if not was.is_playing and 0 < was.step < was.last:
            self._replay.jump(was.step)
        self.query_one(Views).show(self._stage, self._replay.step)
        self._look()

    def action_play(self) -> None:
        """Pause, or play on."""
        self._replay.toggle()
        self._look()

    def action_step(self, by: int) -> None:
        """Pause and go so many steps, or as many as there are."""
        self._replay.go(by)
        self._look()

    def action_speed(self, by: int) -> None:
        """Play faster, or slower."""
        self._replay.faster(by)
        self._look()

    def action_restart(self) -> None:
        """Play from the start point."""
        self._replay.restart()
        self._look()

    def action_rate(self, by: int) -> None:
        """A larger learning rate, or a smaller one."""
        self.query_one(RateSlider).move(by)

    def action_method(self, by: int) -> None:
        """The next method, or the one before."""
        self.make(other_method(self._setting, by))

    def action_view(self, index: int) -> None:
        """Put a view first."""
        self.query_one(Views).choose(index)
        self._look()

    def action_large(self) -> None:
        """One view alone, or several."""
        self.query_one(Views).toggle_large()
        self._look()

    def action_split(self) -> None:
        """Two runs beside one another, or over one another."""
        if self._stage is not None and self._stage.other is None:
            self.notify("Keep a run with c, then change something: s shows the two side by side.", markup=False)
            return
        self.query_one(Views).toggle_split()
        self._look()

    def action_keep(self) -> None:
        """Keep this run to compare others with, or let the one go that was kept."""
        if self._stage is None:
            return
        self._kept = None if self._kept else (self._setting, self._stage.run)
        self._stage = Stage(self._stage.problem, self._stage.run, self._other())
        self.query_one(Views).show(self._stage, self._replay.step)
        self._look()

    def action_all_sums(self) -> None:
        """The arithmetic of every weight, or of as many as leave room for the views."""
        self._has_all_sums = not self._has_all_sums
        self._look()

    def action_example(self) -> None:
        """Another example in the network."""
        self.query_one(Views).next_example()

    def action_edit(self) -> None:
        """Drive the run with formulas of one's own."""
        from tutor.tui.screens.lab_dialogs import formula_screen  # dialogs are only needed here

        if self._stage is not None:
            self._ask(formula_screen(self._stage.problem, self._setting), self._drive)

    def action_check(self) -> None:
        """Compare each partial with finite differences, where the run stands."""
        from tutor.tui.screens.lab_dialogs import CheckScreen

        if self._stage is not None:
            path = self._stage.run.path
            step = min(self._replay.step, len(path) - 1)
            self._ask(CheckScreen(self._stage.problem, self._setting.formulas, path[step], step), None)

    def action_options(self) -> None:
        """Change anything about the run."""
        from tutor.tui.screens.lab_options import OptionsScreen

        if self._stage is not None:
            self._ask(OptionsScreen(self._setting, self._stage.problem), self._change)

    def action_share(self) -> None:
        """Show the run as a string to copy, and take another."""
        from tutor.tui.screens.lab_dialogs import ShareScreen

        self._ask(ShareScreen(write_run(self._setting)), self._open)

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

    def on_key(self, event: events.Key) -> None:
        """Somebody is there, so it may go on playing."""
        self._replay.touch()

    def on_resize(self) -> None:
        """What is told where depends on the room there is."""
        self.call_after_refresh(self._look)

    @on(RateSlider.Moved)
    def change_rate(self, event: RateSlider.Moved) -> None:
        """Run anew at another rate."""
        event.stop()
        self.make(msgspec.structs.replace(self._setting, rate=event.rate))

    @on(Tabs.Chosen)
    def choose_view(self, event: Tabs.Chosen) -> None:
        """A view was clicked."""
        event.stop()
        self.action_view(event.index)

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        self._replay.touch()
        await self.run_action(event.action)

    def _other(self) -> Run | None:
        """What the run is compared with: the one that was kept, or else the one with the right formulas."""
        return self._kept[1] if self._kept else self._right

    def _ask(self, dialog: ModalScreen[Answer], use: Callable[[Answer | None], None] | None) -> None:
        self._pause()
        self.app.push_screen(dialog, use)

    def _drive(self, formulas: dict[str, str] | None) -> None:
        if formulas is not None:
            typed = {name: text for name, text in formulas.items() if text}
            if typed != self._setting.formulas:
                self.make(msgspec.structs.replace(self._setting, formulas=typed))

    def _change(self, setting: Setting | None) -> None:
        if setting is not None and setting != self._setting:
            self.make(setting)

    def _open(self, wanted: str | None) -> None:
        if wanted is None:
            return
        try:
            setting = setting_of(wanted)
        except Unreadable as fault:
            self._fault = f"{fault.message} (column {fault.column + 1})"
            self._look()
            return
        self._replay = Replay(0)
        self.make(setting)

    def _pause(self) -> None:
        if self._replay.is_playing:
            self._replay.toggle()
        self._look()

    def _tick(self) -> None:
        step, was_playing = self._replay.step, self._replay.is_playing
        self._replay.tick()
        if self._replay.is_playing != was_playing or (self._replay.step != step and may_draw(self.app)):
            self._look()

    def _look(self) -> None:
        """Show the step that the replay stands on."""
        replay, stage = self._replay, self._stage
        if self._timer is not None:
            (self._timer.resume if replay.is_playing else self._timer.pause)()
        views = self.query_one(Views)
        self.query_one(KeyBar).show(*self._keys())
        self._say()
        if stage is None:
            return
        state = (
            f"{replay.steps_per_second:g} steps/s" if replay.is_playing else "at the end" if replay.is_at_end else ""
        )
        heading = self.query_one("#heading", Heading)
        found = offer(self._setting.problem)
        heading.name_it(found.title if found and self.size.width < SHORT_TITLE else stage.problem.title)
        state = "" if self.size.width < NARROW else state
        heading.show(f"{state}   step {replay.step} of {replay.last}".strip(), done=replay.step, of=replay.last)
        views.go(replay.step)
        self.query_one(Tabs).show(views.names, views.seen)
        self.query_one("#sums", TextLines).show(self._sums(stage))
        self._name_runs(stage)
        self._press.print()

    def _sums(self, stage: Stage) -> list[Row]:
        step = min(self._replay.step, len(stage.run.path) - 1)
        width, height = self.size.width - 4, self.size.height
        is_brief = self._replay.is_playing or width < NARROW
        room = 1 if height < 16 else 3 if height < 30 else 6 if height < 45 else 12
        most = len(stage.run.weights) if self._has_all_sums else room
        told = lines(stage.run, step, self._written, width, most, is_moving=is_brief)
        return [*told] if height < 16 else [head(stage.problem, self._setting, step), *told]

    def _name_runs(self, stage: Stage) -> None:
        """The method and the loss of each run that is seen."""
        step = self._replay.step
        is_narrow = self.size.width < NARROW
        mine: Row = [(method_said(self._setting), "strong")]
        stands: Row = [("   " + standing(stage.run, step, is_moving=self._replay.is_playing), "quiet")]
        self.query_one("#method", TextLines).show([mine if is_narrow else [*mine, *stands]])
        other: list[Row] = []
        if stage.other is not None:
            said = (
                f"kept: {method_said(self._kept[0])}, rate {self._kept[0].rate:g}" if self._kept else "right formulas"
            )
            other = [
                [
                    ("dim: ", "quiet"),
                    (said, "quiet"),
                    ("   " + standing(stage.other, step, is_moving=self._replay.is_playing), "quiet"),
                ]
            ]
        self.query_one("#kept", TextLines).show(other)

    def _say(self) -> None:
        said = self._said()
        if said != self._on_screen:
            self._on_screen = said
            sentence = self.query_one("#sentence", Static)
            sentence.update(said, layout=False)
            # It has its usual room while the run moves; what is said of its end may need more.
            least, most = ROOM_TO_SAY if self.size.width >= NARROW else ROOM_TO_SAY_NARROW
            sentence.styles.height = max(least, min(most, len(wrapped(said.plain, max(10, self.size.width - 4)))))

    def _said(self) -> Content:
        """What to try while the run is young, and how it ended once it is over."""
        if self._progress is not None:
            what, share = self._progress.what, round(100 * self._progress.share)
            width = max(5, min(40, self.size.width - 30))
            return Content.assemble((f"{what} ", "$quiet"), bar(share, 100, width), (f"  {share} %", "$strong"))
        if self._fault:
            return Content.styled(self._fault, "$warning")
        found = offer(self._setting.problem)
        is_over = self._stage is None or self._replay.step >= len(self._stage.run.path) - 1
        if is_over or found is None or self._stage is None:
            return Content(self._sentence)
        return Content.styled(found.what, "$quiet")

    def _keys(self) -> tuple[Key, ...]:
        """The keys of the foot, what one most likely wants first."""
        replay = self._replay
        play = "pause" if replay.is_playing else "again" if replay.is_at_end and replay.last else "play"
        return (
            Key("space", play, "play"),
            Key("← →", "step", "step(1)", first="step(-1)"),
            Key("↑ ↓", "rate", "rate(-1)", first="rate(1)"),
            Key("m", "method", "method(1)"),
            Key("e", "formulas", "edit"),
            Key("c", "let go" if self._kept else "compare", "keep"),
            Key("o", "options", "options"),
            Key("g", "check", "check"),
            Key("p", "problems", "problems"),
            Key("y", "share", "share"),
            Key("esc", "leave", "leave"),
            Key("?", "help", "help"),
        )
