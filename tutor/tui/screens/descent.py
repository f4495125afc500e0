"""Training with the learner's own formulas: a run is computed as a whole by the engine, and replayed here by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tutor.descent.comparison import differs, number
from tutor.descent.run import Run
from tutor.display import NARROW
from tutor.errors import EngineError
from tutor.front.lab.curves import CurveScene
from tutor.front.picture import Picture
from tutor.front.ports import AnyEngine
from tutor.front.scenes import loss_picture, weights_picture
from tutor.front.training import GHOST, RULE, STEP, how_it_ended
from tutor.lesson.model import AnyExercise
from tutor.tui.content import Content
from tutor.tui.replaying import ReplayScreen
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.numbers import Numbers
from tutor.tui.widgets.scene import Maker, SceneView
from tutor.tui.widgets.slider import RateSlider
from tutor.words import tr

Training = Callable[[float, dict[str, str]], Awaitable[Run]]
"A rate, and for some weights the partial as typed, to the run; raises `EngineError`."


class DescentScreen(ReplayScreen[bool]):
    """Returns whether the learner wants to go on with the lesson."""

    DEFAULT_CSS = """
    DescentScreen {
        #plots { height: 1fr; min-height: 7; padding: 1 2 0 2; }
        #weights { margin-left: 2; }
        Numbers { margin-top: 1; }
        #sentence { padding: 0 2; height: 3; }
        RateSlider { margin: 0 2; }
        &.-narrow #loss { display: none; }
        &.-narrow #weights { margin-left: 0; }
        &.-narrow #plots { padding: 0 2; }
        &.-narrow Numbers { margin-top: 0; }
        &.-short Numbers, &.-tiny #plots { display: none; }
        &.-short #plots { padding: 0 2; }
        &.-tiny Numbers { margin: 0; }
        &.-short #sentence, &.-tiny #sentence { height: 1fr; max-height: 2; }
        &.-tiny.-over Numbers { display: none; }
        &.-tiny.-over #sentence { max-height: 100%; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("e", "edit", show=False),
        Binding("l", "lab", show=False),
        Binding("n,enter,ctrl+n", "leave(True)", show=False),
        Binding("escape,q,ctrl+p,b", "leave(False)", show=False),
        Binding("question_mark,f1", "help", show=False),
    ]

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
        self._sentence = ""
        self._rule = RULE

    def compose(self) -> ComposeResult:
        """Where one stands, two plots, the numbers, a sentence, the rate, the keys."""
        yield Heading(tr("Training"), id="heading")
        with Horizontal(id="plots"):
            yield SceneView(id="loss")
            yield SceneView(id="weights")
        yield Numbers()
        yield Static(id="sentence")
        yield RateSlider(self._rate)
        yield KeyBar()

    def on_mount(self) -> None:
        """Have the first run computed."""
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
            self.pause()
            self.query_one("#sentence", Static).update(Content.styled(str(fault), "$warning"))
            return
        right = self._right[rate]
        self._run = run = run or right
        self._ghost = right if differs(run, right) else None
        self._sentence = how_it_ended(run, self._ghost)
        rule = RULE if self._exercises else STEP
        self._rule = f"{rule}. {GHOST}" if self._ghost is not None else rule
        # The longer of the two: a wrong run may be over at once, and the right one is there to be compared with.
        last = max(len(run.path), len(right.path)) - 1
        self._replay = self._replay.over(last)
        for id, picture in (("#loss", loss_picture), ("#weights", weights_picture)):
            self.query_one(id, SceneView).show(_maker(picture, run, self._ghost, last), 0)
        self.look()

    def action_edit(self) -> None:
        """Change the formulas, where they are the learner's own."""
        if not self._exercises:
            return
        from tutor.tui.screens.formulas import FormulaScreen  # its boxes are only needed here

        self.pause()
        self.app.push_screen(FormulaScreen(self._exercises, self._formulas), self._use)

    def action_lab(self) -> None:
        """Take this very run to the lab: other views, methods, starts, and runs to compare it with."""
        from tutor.tui.screens.lab import LabScreen  # more than most who train will open

        if self._engine is not None and self._run is not None and self._run.setting:
            self.pause()
            self.app.push_screen(LabScreen(self._engine, self._run.setting))

    def action_leave(self, go_on: bool) -> None:
        """Back to the lesson."""
        self.dismiss(go_on)

    def action_help(self) -> None:
        """Show every key."""
        from tutor.tui.screens.help import DESCENT, HelpScreen  # seldom needed

        self.pause()
        self.app.push_screen(HelpScreen(DESCENT))

    @on(RateSlider.Moved)
    def change_rate(self, event: RateSlider.Moved) -> None:
        """Run anew at another rate."""
        event.stop()
        self.train()

    def _use(self, formulas: dict[str, str] | None) -> None:
        if formulas is not None and formulas != self._formulas:
            self._formulas = formulas
            self.train()

    def show_step(self) -> None:
        """The plots, the numbers and the sentence of the step."""
        run, step = self._run, self._replay.step
        if run is None:
            return
        reached = min(step, len(run.path) - 1)
        self.set_class(step >= len(run.path) - 1, "-over")  # there is no more arithmetic to see
        numbers = self.query_one(Numbers)
        loss = (
            "" if numbers.display else tr("   loss {number}", number=number(run.loss[reached]))
        )  # which stands among them otherwise
        place = self.place.split("   ")[-1] if self.size.width < NARROW else self.place
        self.query_one("#heading", Heading).show(place + loss, done=step, of=self._replay.last)
        for plot in self.query(SceneView):
            plot.go(step)
        numbers.show(run, reached)
        self.query_one("#sentence", Static).update(self._said(run, step))
        self.query_one(KeyBar).show(*self._keys(run))

    def _said(self, run: Run, step: int) -> Content:
        """The rule while the learner's own run moves, then how it ended."""
        if step < len(run.path) - 1:
            return Content.styled(self._rule, "$quiet")
        is_over = self._ghost is None or self._replay.is_at_end
        return Content.assemble(self._sentence, ("" if is_over else f" {GHOST}", "$quiet"))

    def _keys(self, run: Run) -> tuple[Key, ...]:
        """The keys of the foot, what one most likely wants first."""
        edit = Key("e", tr("edit") if self.size.width < NARROW else tr("formulas"), "edit")
        has_lab = self._engine is not None and bool(run.setting)
        return (
            *self.replay_keys,
            *((edit,) if self._exercises else ()),
            Key("n", tr("next"), "leave(True)"),
            Key("esc", tr("back"), "leave(False)"),
            Key("?", tr("help"), "help"),
            *((Key("l", tr("lab"), "lab"),) if has_lab else ()),
            Key("+ −", tr("speed"), "speed(-1)", first="speed(1)"),
            Key("r", tr("restart"), "restart"),
        )


def _maker(picture: Callable[[Run, Run | None, int], Picture], run: Run, other: Run | None, last: int) -> Maker:
    return lambda width, height: CurveScene(lambda until: picture(run, other, until), last, width, height)
