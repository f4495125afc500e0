"""Every key, and how mathematics is typed: one page over the screen that asked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen

Rows = tuple[tuple[str, str], ...]

HOME: Rows = (
    ("enter", "open the lesson, where you left it"),
    ("↑ ↓", "choose a lesson; also j, k, home, end, and → opens it"),
    ("r", "review: what is due today, before you forget it"),
    ("x", "practise: exercises without end, harder as you get better"),
    ("m", "progress: how surely each skill is known, and the last weeks"),
    ("p", "where to start: a few questions that find your place"),
    ("l", "the descent lab"),
    ("?  F1", "this page"),
    ("t", "light or dark colours"),
    ("ctrl+l", "draw the screen again, here and everywhere"),
    ("q  ctrl+q", "leave; nothing is lost"),
    ("mouse", "click a lesson, or a key at the foot"),
)

LESSON: Rows = (
    ("enter", "check an answer; go on from a page"),
    ("ctrl+n", "next step, past an exercise too"),
    ("ctrl+p", "one step back"),
    ("F2  ctrl+g", "a hint"),
    ("F3  ctrl+o", "the solution, after a hint or two tries"),
    ("F4", "the way to it, a line at a time; or the run"),
    ("F5", "another exercise like this one"),
    ("space  , .", "play a picture or step it; the next line"),
    ("↑ ↓  PgDn", "scroll; also PgUp, j, k, home, end"),
    ("o", "at the end: to the first exercise still open"),
    ("esc", "home; your place is kept"),
    ("?  F1", "this page"),
    ("", "Outside an answer box also n → b ← h s w v q."),
    ("3x^2  x³", "powers"),
    ("2xy  2*x*y", "products"),
    ("(x+1)/(2y)", "brackets around what is above or below"),
    ("sqrt(x) e^x", "also ln, sin, cos, tanh, sigmoid, |x|, pi"),
    ("w1  w_1", "names with a number"),
    ("(2x, 3)", "a gradient: its partials in brackets"),
)

PLACEMENT: Rows = (
    ("enter", "check an answer; go on"),
    ("F3  ctrl+n", "I don't know: on to another lesson"),
    ("PgDn PgUp", "scroll"),
    ("r", "before or after the questions: begin again"),
    ("esc", "home; the questions wait for you"),
    ("?  F1", "this page"),
    *LESSON[-6:],
)

DESCENT: Rows = (
    ("space", "pause, play"),
    ("← →", "one step back or on; shift for ten"),
    ("home end", "the first step, the last"),
    ("+ −", "faster, slower"),
    ("↑ ↓  ] [", "a larger or smaller learning rate"),
    ("e", "change the formulas and run again"),
    ("l", "the same run in the descent lab"),
    ("r", "from the start"),
    ("n  enter", "on with the lesson; also ctrl+n"),
    ("esc  b  q", "back to the lesson; also ctrl+p"),
    ("?  F1", "this page"),
    ("mouse", "click a rate, or a key at the foot"),
)

LAB: Rows = (
    ("space", "pause, play"),
    ("← →", "one step back or on; shift for ten"),
    ("home end  r", "the first step, the last; from the start"),
    ("+ −", "faster, slower"),
    ("↑ ↓  ] [", "a larger or smaller rate; ┃ is the largest that settles"),
    ("m  M", "the next method, the one before"),
    ("1 … 7", "look at the weights, the loss, the map …"),
    ("v", "one large view, or several"),
    ("a", "the arithmetic of all weights, or of a few"),
    ("x", "another example in the network"),
    ("e", "your own formulas"),
    ("g", "check them against finite differences"),
    ("i", "this step in words: all that is said of it"),
    ("c", "keep this run, to compare the next ones with it"),
    ("s", "two runs side by side, or over each other"),
    ("o", "options: start, batches, schedule, steps, seed …"),
    ("y", "the run as a string: copy it, or paste another"),
    ("p", "other problems, or a loss of your own"),
    ("t", "light or dark colours"),
    ("esc  q", "leave the lab"),
    ("mouse", "click a rate, a view, or a key at the foot"),
)

PROGRESS: Rows = (
    ("↑ ↓  PgDn", "scroll; also PgUp, j, k, space, home, end"),
    ("enter  esc", "home; also m, q, b and ←"),
    ("?  F1", "this page"),
)


class HelpScreen(LeavingScreen[None], ModalScreen[None]):
    """A list of keys; any of a few keys closes it."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("escape,enter,q,question_mark,f1,space", "close", show=False),
    ]

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The list."""
        with VerticalScroll(id="help"):
            lines = [Content.assemble((f"{keys:<12} ", "bold $accent"), what) for keys, what in self._rows]
            yield Static(Content("\n").join(lines))
            yield Static(Content("esc closes this"), id="close")

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()

    def on_click(self) -> None:
        """A click closes it too."""
        self.dismiss()
