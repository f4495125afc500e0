"""Every key, and how mathematics is typed: one page over the screen that asked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.front.shown import shown
from tutor.tui.content import Content
from tutor.tui.leaving import LeavingScreen
from tutor.tui.widgets.keys import printed
from tutor.words import tr

Rows = tuple[tuple[str, str], ...]

HOME: Rows = (
    ("enter", tr("open the lesson, where you left it")),
    ("↑ ↓", tr("choose a lesson; also j, k, home, end, and → opens it")),
    ("r", tr("review: what is due today, before you forget it")),
    ("x", tr("practise: exercises without end, harder as you get better")),
    ("m", tr("progress: how surely each skill is known, and the last weeks")),
    ("p", tr("where to start: a few questions that find your place")),
    ("l", tr("the descent lab")),
    ("?  F1", tr("this page")),
    ("t", tr("light or dark colours")),
    ("ctrl+l", tr("draw the screen again, here and everywhere")),
    ("q  ctrl+q", tr("leave; nothing is lost")),
    ("mouse", tr("click a lesson, or a key at the foot")),
)

LESSON: Rows = (
    ("enter", tr("check an answer; go on from a page")),
    ("ctrl+n", tr("next step, past an exercise too")),
    ("ctrl+p", tr("one step back")),
    ("F2  ctrl+g", tr("a hint")),
    ("F3  ctrl+o", tr("the solution, after a hint or two tries")),
    ("F4", tr("the way to it, a line at a time; or the run")),
    ("F5", tr("another exercise like this one")),
    ("space  , .", tr("play a picture or step it; the next line")),
    ("↑ ↓  PgDn", tr("scroll; also PgUp, j, k, home, end")),
    ("o", tr("at the end: to the first exercise still open")),
    ("esc", tr("home; your place is kept")),
    ("?  F1", tr("this page")),
    ("", tr("Outside an answer box also n → b ← h s w v q.")),
    ("3x^2  x³", tr("powers")),
    ("2xy  2*x*y", tr("products")),
    ("(x+1)/(2y)", tr("brackets around what is above or below")),
    ("sqrt(x) e^x", tr("also ln, sin, cos, tanh, sigmoid, |x|, pi")),
    ("w1  w_1", tr("names with a number")),
    ("(2x, 3)", tr("a gradient: its partials in brackets")),
)

PREVIEW: Rows = (
    ("F6  F7", tr("the frozen variant before, the next one")),
    ("F8", tr("any variant, by its seed")),
    ("F9", tr("more room for the problems, then the rest of them, then less")),
)

PLACEMENT: Rows = (
    ("enter", tr("check an answer; go on")),
    ("F3  ctrl+n", tr("I don't know: on to another lesson")),
    ("PgDn PgUp", tr("scroll")),
    ("r", tr("before or after the questions: begin again")),
    ("esc", tr("home; the questions wait for you")),
    ("?  F1", tr("this page")),
    *LESSON[-6:],
)

DESCENT: Rows = (
    ("space", tr("pause, play")),
    ("← →", tr("one step back or on; shift for ten")),
    ("home end", tr("the first step, the last")),
    ("PgUp PgDn", tr("a tenth of the run back or on")),
    ("+ −", tr("faster, slower")),
    ("↑ ↓  ] [", tr("a larger or smaller learning rate")),
    ("e", tr("change the formulas and run again")),
    ("l", tr("the same run in the descent lab")),
    ("r", tr("from the start")),
    ("n  enter", tr("on with the lesson; also ctrl+n")),
    ("esc  b  q", tr("back to the lesson; also ctrl+p")),
    ("?  F1", tr("this page")),
    ("mouse", tr("click a rate, or a key at the foot")),
)

LAB: Rows = (
    ("space", tr("pause, play")),
    ("← →", tr("one step back or on; shift for ten")),
    ("home end  r", tr("the first step, the last; from the start")),
    ("PgUp PgDn", tr("a tenth of the run back or on")),
    ("+ −", tr("faster, slower")),
    ("↑ ↓  ] [", tr("a larger or smaller rate; ┃ is the largest that settles")),
    ("m  M", tr("the next method, the one before")),
    ("1 … 7", tr("look at the weights, the loss, the map …")),
    ("v", tr("one large view, or several")),
    ("a", tr("the arithmetic of all weights, or of a few")),
    ("x", tr("another example in the network")),
    ("e", tr("your own formulas")),
    ("g", tr("check them against finite differences")),
    ("i", tr("this step in words: all that is said of it")),
    ("c", tr("keep this run, to compare the next ones with it")),
    ("s", tr("two runs side by side, or over each other")),
    ("o", tr("options: start, batches, schedule, steps, seed …")),
    ("y", tr("the run as a string: copy it, or paste another")),
    ("p", tr("other problems, or a loss of your own")),
    ("t", tr("light or dark colours")),
    ("esc  q", tr("leave the lab")),
    ("mouse", tr("click a rate, a view, or a key at the foot")),
)

PROGRESS: Rows = (
    ("↑ ↓  PgDn", tr("scroll; also PgUp, j, k, space, home, end")),
    ("enter  esc", tr("home; also m, q, b and ←")),
    ("?  F1", tr("this page")),
)


class HelpScreen(LeavingScreen[None], ModalScreen[None]):
    """A list of keys; any of a few keys closes it."""

    DEFAULT_CSS = """
    HelpScreen {
        #help { width: 78; max-width: 100%; height: auto; max-height: 100%; background: $surface; padding: 1 2; }
        #close { margin-top: 1; color: $quiet; }
        &.-tiny #help { padding: 0 1; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("escape,enter,q,question_mark,f1,space", "close", show=False),
    ]

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The list."""
        with VerticalScroll(id="help"):
            rows = [(shown(printed(keys)), what) for keys, what in self._rows]
            wide = max(12, *(len(keys) for keys, _ in rows))
            lines = [Content.assemble((f"{keys:<{wide}} ", "bold $accent"), what) for keys, what in rows]
            yield Static(Content("\n").join(lines))
            yield Static(Content(tr("esc closes this")), id="close")

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()

    def on_click(self) -> None:
        """A click closes it too."""
        self.dismiss()
