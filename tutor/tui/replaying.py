"""A screen on which a run is replayed: the keys and the timer that move it, and a rate to choose another one by."""

from __future__ import annotations

from typing import TypeVar

from textual import events, on
from textual.binding import Binding
from textual.timer import Timer

from tutor.tui.driver import may_draw
from tutor.tui.faults import WatchfulScreen
from tutor.tui.replay import TICKS_PER_SECOND, Replay
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.slider import RateSlider
from tutor.words import tr

Result = TypeVar("Result")


class ReplayScreen(WatchfulScreen[Result]):
    """Moves `_replay`; what is seen of its step is for `show_step` to say."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("space", "play", show=False),
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("shift+right", "step(10)", show=False),
        Binding("shift+left", "step(-10)", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
        Binding("home", "step(-1000000)", show=False),
        Binding("end", "step(1000000)", show=False),
        Binding("plus,equals_sign", "speed(1)", show=False),
        Binding("minus", "speed(-1)", show=False),
        Binding("up,right_square_bracket", "rate(1)", show=False),
        Binding("down,left_square_bracket", "rate(-1)", show=False),
        Binding("r", "restart", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._replay = Replay(0)
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """The timer only runs while something moves."""
        self._timer = self.set_interval(1 / TICKS_PER_SECOND, self._tick, pause=True)

    def show_step(self) -> None:
        """Show the step that the replay stands on."""
        raise NotImplementedError

    def action_play(self) -> None:
        """Pause, or play on."""
        self._replay.toggle()
        self.look()

    def action_step(self, by: int) -> None:
        """Pause and go so many steps, or as many as there are."""
        self._replay.go(by)
        self.look()

    def action_leap(self, by: int) -> None:
        """Pause and go so many tenths of the run: of a long one each step is nothing."""
        self._replay.go(by * max(1, self._replay.last // 10))
        self.look()

    def action_speed(self, by: int) -> None:
        """Play faster, or slower."""
        self._replay.faster(by)
        self.look()

    def action_restart(self) -> None:
        """Play from the start point."""
        self._replay.restart()
        self.look()

    def action_rate(self, by: int) -> None:
        """A larger learning rate, or a smaller one: the slider says so, and another run is made."""
        self.query_one(RateSlider).move(by)

    def on_key(self, event: events.Key) -> None:
        """Somebody is there, so it may go on playing."""
        self._replay.touch()

    def on_resize(self) -> None:
        """What is told where depends on the room there is."""
        self.call_after_refresh(self.look)

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        self._replay.touch()
        await self.run_action(event.action)

    def look(self) -> None:
        """Show the step that the replay stands on, and let time pass only while it plays."""
        if self._timer is not None:
            (self._timer.resume if self._replay.is_playing else self._timer.pause)()
        self.show_step()

    def pause(self) -> None:
        """Stand still, as beneath a dialog."""
        if self._replay.is_playing:
            self._replay.toggle()
        self.look()

    @property
    def place(self) -> str:
        """How it moves, and where it is: `20 steps/s   step 7 of 389`."""
        replay = self._replay
        pace = tr("{pace:g} steps/s", pace=replay.steps_per_second) if replay.is_playing else ""
        state = pace or (tr("at the end") if replay.is_at_end else tr("paused"))
        return tr("{state}   step {step} of {last}", state=state, step=replay.step, last=replay.last)

    @property
    def replay_keys(self) -> tuple[Key, ...]:
        """The keys that come first in the foot."""
        replay = self._replay
        again = tr("again") if replay.is_at_end and replay.last else tr("play")
        play = tr("pause") if replay.is_playing else again
        return (
            Key("space", play, "play"),
            Key("← →", tr("step"), "step(1)", first="step(-1)"),
            Key("↑ ↓", tr("rate"), "rate(-1)", first="rate(1)"),
        )

    def _tick(self) -> None:
        step, was_playing = self._replay.step, self._replay.is_playing
        self._replay.tick()
        if self._replay.is_playing != was_playing or (self._replay.step != step and may_draw(self.app)):
            self.look()
