"""Training with the learner's own formulas: a run is computed as a whole by the engine, and replayed here by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static

from tutor.descent.comparison import differs, number
from tutor.descent.run import Run
from tutor.errors import EngineError
from tutor.front.ports import AnyEngine
from tutor.front.scenes import horizon, loss_picture, weights_picture
from tutor.front.training import GHOST, RULE, STEP, how_it_ended
from tutor.lesson.model import AnyExercise
from tutor.tui.content import Content
from tutor.tui.driver import may_draw
from tutor.tui.faults import WatchfulScreen
from tutor.tui.replay import TICKS_PER_SECOND, Replay
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.numbers import Numbers
from tutor.tui.widgets.plot import PlotView
from tutor.tui.widgets.slider import RateSlider

Training = Callable[[float, dict[str, str]], Awaitable[Run]]
"A rate, and for some weights the partial as typed, to the run; raises `EngineError`."

NARROW = 56
"Cells below which the foot says less of what a key does."


class DescentScreen(WatchfulScreen[bool]):
    """Returns whether the learner wants to go on with the lesson."""

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
        Binding("right_square_bracket,up", "rate(1)", show=False),
        Binding("left_square_bracket,down", "rate(-1)", show=False),
        Binding("r", "restart", show=False),
        Binding("e", "edit", show=False),
        Binding("l", "lab", show=False),
        Binding("n,enter,ctrl+n", "leave(True)", show=False),
        Binding("escape,q,ctrl+p,b", "leave(False)", show=False),
        Binding("question_mark,f1", "help", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        train: Training,
        rate: float,
        exercises: Mapping[str, AnyExercise],
        formulas: dict[str, str],
        engine: AnyEngine | None = None,
    ) -> None:
        """
        Args:
            train: makes a run.
            rate: the learning rate at the start.
            exercises: weight to the exercise in which its partial is derived.
            formulas: weight to partial as typed, for the same weights; an empty one stands for the right formula.
            engine: for the lab, in which the run can be looked at from every side; without it there is no way there.
        """
        super().__init__()
        self._engine = engine
        self._training = train
        self._rate = rate
        self._exercises = exercises
        self._formulas = formulas
        self._run: Run | None = None
        self._ghost: Run | None = None
        self._right: dict[float, Run] = {}
        "The run with the right formulas at each rate that was asked for."
        self._horizon = 0
        self._sentence = ""
        self._rule = RULE
        self._replay = Replay(0)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Where one stands, two plots, the numbers, a sentence, the rate, the keys."""
        yield Heading("Training", id="heading")
        with Horizontal(id="plots"):
            yield PlotView(id="loss")
            yield PlotView(id="weights")
        yield Numbers()
        yield Static(id="sentence")
        yield RateSlider(self._rate)
        yield KeyBar()

    def on_mount(self) -> None:
        """Have the first run computed; the timer only runs while something moves."""
        self._timer = self.set_interval(1 / TICKS_PER_SECOND, self._tick, pause=True)
        self.train()

    @work(exclusive=True, group="train", exit_on_error=False)
    async def train(self) -> None:
        """Compute the run with the formulas as typed, and beside it the right one where the two differ."""
        rate = self.query_one(RateSlider).rate
        formulas = {name: text for name, text in self._formulas.items() if text}
        try:
            run = await self._training(rate, formulas) if formulas else None
            if rate not in self._right:
                self._right[rate] = await self._training(rate, {})
        except EngineError as fault:
            self._pause()
            self.query_one("#sentence", Static).update(Content.styled(str(fault), "$warning"))
            return
        right = self._right[rate]
        self._run = run = run or right
        self._ghost = right if differs(run, right) else None
        self._sentence = how_it_ended(run, self._ghost)
        rule = RULE if self._exercises else STEP
        self._rule = f"{rule}. {GHOST}" if self._ghost is not None else rule
        self._horizon = 0
        speed = self._replay.speed
        # The longer of the two: a wrong run may be over at once, and the right one is there to be compared with.
        self._replay = Replay(max(len(run.path), len(right.path)) - 1)
        self._replay.speed = speed
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
        """Choose a larger learning rate, or a smaller one, and run anew."""
        self.query_one(RateSlider).move(by)

    def action_edit(self) -> None:
        """Change the formulas, where they are the learner's own."""
        if not self._exercises:
            return
        from tutor.tui.screens.formulas import FormulaScreen  # its boxes are only needed here

        self._pause()
        self.app.push_screen(FormulaScreen(self._exercises, self._formulas), self._use)

    def action_lab(self) -> None:
        """Take this very run to the lab: other views, methods, starts, and runs to compare it with."""
        from tutor.tui.screens.lab import LabScreen  # more than most who train will open

        if self._engine is not None and self._run is not None and self._run.setting:
            self._pause()
            self.app.push_screen(LabScreen(self._engine, self._run.setting))

    def action_leave(self, go_on: bool) -> None:
        """Back to the lesson."""
        self.dismiss(go_on)

    def action_help(self) -> None:
        """Show every key."""
        from tutor.tui.screens.help import DESCENT, HelpScreen  # seldom needed

        self._pause()
        self.app.push_screen(HelpScreen(DESCENT))

    def on_key(self, event: events.Key) -> None:
        """Somebody is there, so it may go on playing."""
        self._replay.touch()

    @on(RateSlider.Moved)
    def change_rate(self, event: RateSlider.Moved) -> None:
        """Run anew at another rate."""
        event.stop()
        self.train()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        self._replay.touch()
        await self.run_action(event.action)

    def _use(self, formulas: dict[str, str] | None) -> None:
        if formulas is not None and formulas != self._formulas:
            self._formulas = formulas
            self.train()

    def _pause(self) -> None:
        if self._replay.is_playing:
            self._replay.toggle()
        self._look()

    def _tick(self) -> None:
        self._replay.tick()
        if not self._replay.is_playing or may_draw(self.app):
            self._look()

    def _look(self) -> None:
        """Show the step that the replay stands on."""
        replay, run = self._replay, self._run
        if self._timer is not None:
            (self._timer.resume if replay.is_playing else self._timer.pause)()
        if run is None:
            return
        step = replay.step
        state = (
            f"{replay.steps_per_second:g} steps/s"
            if replay.is_playing
            else "at the end"
            if replay.is_at_end
            else "paused"
        )
        reached = min(step, len(run.path) - 1)
        numbers = self.query_one(Numbers)
        place = f"{state}   step {step} of {replay.last}"
        if not numbers.display:  # the loss stands there otherwise
            place += f"   loss {number(run.loss[reached])}"
        self.query_one("#heading", Heading).show(place, done=step, of=replay.last)
        self._draw(run, step)
        numbers.show(run, reached)
        self.query_one("#sentence", Static).update(self._said(run, step))
        self.query_one(KeyBar).show(
            *_keys(
                replay,
                is_narrow=self.size.width < NARROW,
                may_edit=bool(self._exercises),
                has_lab=self._engine is not None and bool(run.setting),
            )
        )

    def _said(self, run: Run, step: int) -> Content:
        """The rule while the learner's own run moves, then how it ended."""
        if step < len(run.path) - 1:
            return Content.styled(self._rule, "$quiet")
        is_over = self._ghost is None or self._replay.is_at_end
        return Content.assemble(self._sentence, ("" if is_over else f" {GHOST}", "$quiet"))

    def on_resize(self) -> None:
        """What is told where depends on the room there is."""
        self.call_after_refresh(self._look)

    def _draw(self, run: Run, step: int) -> None:
        """Uncover the plots as far as a step; draw them anew when it lies beyond what they show."""
        loss, weights = self.query_one("#loss", PlotView), self.query_one("#weights", PlotView)
        until = horizon(self._replay.last, step)
        if until != self._horizon:
            self._horizon = until
            loss.show(loss_picture(run, self._ghost, until), shown=step)
            weights.show(weights_picture(run, self._ghost, until), shown=step)
        loss.uncover(step)
        weights.uncover(step)


def _keys(replay: Replay, *, is_narrow: bool, may_edit: bool, has_lab: bool) -> tuple[Key, ...]:
    """The keys of the foot, what one most likely wants first."""
    play = "pause" if replay.is_playing else "again" if replay.is_at_end else "play"
    edit = (Key("e", "edit" if is_narrow else "formulas", "edit"),) if may_edit else ()
    return (
        Key("space", play, "play"),
        Key("← →", "step", "step(1)", first="step(-1)"),
        Key("↑ ↓", "rate", "rate(-1)", first="rate(1)"),
        *edit,
        Key("n", "next", "leave(True)"),
        Key("esc", "back", "leave(False)"),
        Key("?", "help", "help"),
        *((Key("l", "lab", "lab"),) if has_lab else ()),
        Key("+ −", "speed", "speed(-1)", first="speed(1)"),
        Key("r", "restart", "restart"),
    )
