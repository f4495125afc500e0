"""A page whose picture moves: played, paused and stepped by keys, and at rest on its last frame."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from tutor.front.films import Frame, film
from tutor.lesson.pages import Bowl, Secant, Walk
from tutor.tui.content import Content
from tutor.tui.replay import TICKS_PER_SECOND, Replay
from tutor.tui.widgets.page import Page
from tutor.tui.widgets.plot import PlotView
from tutor.words import tr

CANNOT = tr("This picture cannot be drawn.")
_SLOW, _FAST = 2, 3
"Speeds of `Replay`: a step of descent is to be read, a walk to be watched."


class MovingPage(Vertical, can_focus=True):
    """A picture, the numbers of this frame, and a few words beneath."""

    DEFAULT_CSS = """
    MovingPage {
        height: 100%;
        & PlotView { height: 1fr; min-height: 9; max-height: 24; }
        & #caption { height: auto; color: $primary; margin-bottom: 1; }
    }
    """
    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("space", "play", show=False),
        Binding("full_stop,greater_than_sign", "step(1)", show=False),
        Binding("comma,less_than_sign", "step(-1)", show=False),
    ]

    def __init__(self, page: Secant | Walk | Bowl) -> None:
        super().__init__()
        self._page = page
        self._frames: tuple[Frame, ...] = film(page)
        self._replay = Replay(max(0, len(self._frames) - 1))
        self._replay.speed = _FAST if isinstance(page, Walk) else _SLOW
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The picture, its numbers, the words."""
        yield PlotView()
        yield Static(id="caption")
        yield Page(self._page.text)

    def on_mount(self) -> None:
        """Begin to play."""
        self._timer = self.set_interval(1 / TICKS_PER_SECOND, self._tick, pause=True)
        self._look()

    def action_play(self) -> None:
        """Pause, play on, or at the end play again."""
        self._replay.toggle()
        self._look()

    def action_step(self, by: int) -> None:
        """Pause, and go a frame on or back."""
        self._replay.go(by)
        self._look()

    def on_key(self, event: events.Key) -> None:
        """Somebody is there, so it may go on playing."""
        self._replay.touch()

    def _tick(self) -> None:
        before = self._replay.step
        self._replay.tick()
        if self._replay.step != before or not self._replay.is_playing:
            self._look()

    def _look(self) -> None:
        if self._timer is not None:
            (self._timer.resume if self._replay.is_playing else self._timer.pause)()
        caption = self.query_one("#caption", Static)
        if not self._frames:
            caption.update(CANNOT)
            return
        frame = self._frames[self._replay.step]
        self.query_one(PlotView).put(frame.picture)
        caption.update(Content(frame.caption))
