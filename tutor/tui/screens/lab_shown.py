"""What the lab shows of a step: which widget stands where, and what is told in it for so much room."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from tutor.front.lab.account import Account, Room
from tutor.front.lab.bench import Bench
from tutor.front.lab.experiment import setting_of
from tutor.front.ports import AnyEngine
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


class ShownLab(ReplayScreen[None]):
    """Shows what lies on the bench; its keys, and what they do, are `LabScreen`'s."""

    def __init__(self, engine: AnyEngine, wanted: str) -> None:
        """
        Args:
            engine: makes the runs.
            wanted: the name of a problem or a whole run; it is known that it can be read.
        """
        super().__init__()
        self._bench = Bench(engine, setting_of(wanted), self._say)
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
            yield RateSlider(self._bench.wanted.rate)
        yield TextLines(id="runs")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say that nothing is there yet."""
        for painted in self.query(Painted):
            painted.press = self._press
        self._cramped = self.cramped()
        self.look()

    def on_key(self, event: events.Key) -> None:
        """Whoever presses one has read what was said of the terminal."""
        if self._cramped:
            self._cramped = ""
            self.look()

    @property
    def _room(self) -> Room:
        return Room(*self.size)

    def show_step(self) -> None:
        """The views, the arithmetic and the words of the step."""
        self.query_one(KeyBar).show(*self._keys())
        self._say()
        told, replay, room = self._bench.account, self._replay, self._room
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
        room, told, step = self._room, self._bench.account, self._replay.step
        is_over = told is not None and told.is_over(step)
        self.set_class(is_over or bool(self._bench.fault or self._bench.progress or self._cramped), "-urgent")
        self.set_class(room.is_tiny, "-cramped")
        lines = room.sentence
        sentence = self.query_one(Sentence)
        if self._bench.progress is not None:
            sentence.tell_progress(self._bench.progress, room.width, lines)
        elif self._bench.fault:
            sentence.say(self._bench.fault, "$warning", room.width, lines)
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
            Key("c", tr("let go") if self._bench.has_kept else tr("compare"), "keep"),
            *((Key("s", tr("side by side"), "split"),) if self._bench.account and self._bench.account.compared else ()),
            Key("o", tr("options"), "options"),
            Key("g", tr("check"), "check"),
            Key("p", tr("problems"), "problems"),
            Key("y", tr("share"), "share"),
            Key("esc", tr("leave"), "leave"),
            Key("?", tr("help"), "help"),
            *(() if is_early else (words,)),
        )
