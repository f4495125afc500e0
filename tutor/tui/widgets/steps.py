"""What each kind of step looks like: the one place that leads from a record of a step to the widgets that show it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tutor.front import prompt
from tutor.front.contours import slices_picture
from tutor.front.curves import picture_of
from tutor.front.training import UNSEEN
from tutor.lesson.formula import show_maths
from tutor.lesson.pages import Bowl, Contours, Descent, Network, Plot, Read, Secant, Slices, Walk, Worked
from tutor.study.session import Phase, Session
from tutor.tui.content import Content
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.moving import MovingPage
from tutor.tui.widgets.page import Page
from tutor.tui.widgets.pictures import MapPage, NetworkPage, PlotPage
from tutor.tui.widgets.worked import WorkedPage
from tutor.words import tr


def step_view(session: Session) -> Widget:
    """The widget for the step that a session stands on."""
    match session.step:
        case Read(text=text):
            return Page(text, classes="page")
        case Plot() as plot:
            return PlotPage(picture_of(plot), plot.text)
        case Slices() as slices:
            return PlotPage(slices_picture(slices), slices.text)
        case Secant() | Walk() | Bowl() as page:
            return MovingPage(page)
        case Contours() as contours:
            return MapPage(contours)
        case Worked() as worked:
            return WorkedPage(worked)
        case Network() as network:
            return NetworkPage(network)
        case Descent() as descent:
            known = {exercise.id for exercise in session.lesson.exercises}
            derived = [session.exercise_of(id) for id in descent.partials.values() if id in known]
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
            said = Content.assemble(
                (tr("✓ All done"), "bold $success"),
                tr("  {done} of {total} exercises", done=done, total=total) if total else "",
            )
        else:
            said = Content.assemble(
                (tr("What you have learnt"), "bold $strong"),
                (tr("  {done} of {total} exercises done", done=done, total=total), "$quiet"),
            )
        yield Static(said, id="done")
        yield Page(self._session.lesson.summary)
