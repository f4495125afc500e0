"""What each kind of step looks like: the one place that leads from a record of a step to the widgets that show it."""

from __future__ import annotations

import math

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.errors import Unreadable
from tutor.lesson.formula import show_maths
from tutor.lesson.model import Descent, Plot, Read
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.study.session import Phase, Session
from tutor.tui import prompt
from tutor.tui.picture import Picture, Series, window
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.page import Page
from tutor.tui.widgets.plot import PlotView

SAMPLES = 241
"Points of a curve; thinned to the width it is drawn at."

UNSEEN = "not derived yet; the right formula stands in"


def step_view(session: Session) -> Widget:
    """The widget for the step that a session stands on."""
    match session.step:
        case Read(text=text):
            return Page(text, classes="page")
        case Plot() as plot:
            return PlotPage(plot)
        case Descent() as descent:
            known = {exercise.id: exercise for exercise in session.lesson.exercises}
            derived = [known[id] for id in descent.partials.values() if id in known]
            return DescentPage(descent, [(prompt.before(each), session.latest_text(each.id) or "") for each in derived])
        case None:
            return SummaryPage(session)
        case exercise:
            return ExerciseView(
                exercise,
                text=session.latest_text(exercise.id) or "",
                is_done=session.phase is Phase.RIGHT,
                hints=session.hints,
            )


class PlotPage(Vertical):
    """A picture and a few words beneath it."""

    DEFAULT_CSS = """
    PlotPage {
        height: 100%;
        & PlotView { height: 1fr; min-height: 9; max-height: 24; margin-bottom: 1; }
    }
    """

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self._plot = plot

    def compose(self) -> ComposeResult:
        """The picture, the words."""
        yield PlotView(picture_of(self._plot))
        yield Page(self._plot.text)


class DescentPage(Vertical):
    """What is about to be trained, and with which formulas."""

    DEFAULT_CSS = """
    DescentPage {
        height: auto;
        & #formulas { margin-top: 1; }
    }
    """

    def __init__(self, descent: Descent, typed: list[tuple[str, str]]) -> None:
        """
        Args:
            typed: left side and the partial typed last, empty if none was.
        """
        super().__init__()
        self._descent = descent
        self._typed = typed

    def compose(self) -> ComposeResult:
        """The words, the formulas."""
        yield Page(self._descent.text)
        lines = []
        for left, text in self._typed:
            shown = (show_maths(text), "$primary") if text else (UNSEEN, "$quiet")
            lines.append(Content.assemble((f"{left} ", "$quiet"), shown))
        yield Static(Content("\n").join(lines), id="formulas")


class SummaryPage(Vertical):
    """What was learnt, and what is still open."""

    DEFAULT_CSS = """
    SummaryPage {
        height: auto;
        & #done { margin-bottom: 1; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """A line on what is done, then the author's summary."""
        done, total = len(self._session.done), len(self._session.lesson.exercises)
        if not self._session.undone:
            said = Content.assemble(("✓ All done", "bold $success"), f"  {done} of {total} exercises" if total else "")
        else:
            said = Content.assemble(
                ("What you have learnt", "bold $strong"), (f"  {done} of {total} exercises done", "$quiet")
            )
        yield Static(said, id="done")
        yield Page(self._session.lesson.summary)


def picture_of(plot: Plot) -> Picture:
    """The curves of a plot as points; a curve that cannot be read is left out, since `tutor check` tells its author."""
    left, right = _number(plot.start), _number(plot.end)
    if not left < right:
        left, right = 0.0, 1.0
    series = []
    for n, curve in enumerate(plot.curves):
        try:
            height = compile_float(parse_free(curve.of, (plot.over,)), (plot.over,))
        except Unreadable:
            continue
        xs = [left + (right - left) * k / (SAMPLES - 1) for k in range(SAMPLES)]
        points = tuple((x, height((x,))) for x in xs)
        series.append(Series(points, f"curve-{n % 4 + 1}", curve.label))
    marks = tuple((_number(x), _number(y)) for x, y in plot.points)
    heights = [y for each in series for _, y in each.points] + [y for _, y in marks]
    bottom, top = window(heights)
    return Picture(
        tuple(series), left, right, bottom, top, across=plot.across or show_maths(plot.over), up=plot.up, marks=marks
    )


def _number(text: str) -> float:
    try:
        return compile_float(parse_free(text), ())(())
    except Unreadable:
        return math.nan
