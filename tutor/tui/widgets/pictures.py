"""Pages with a picture that stands still: curves, a map, a network."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tutor.front.contours import contour_map
from tutor.front.graph import graph, work_out
from tutor.front.picture import Picture
from tutor.lesson.pages import Contours, Network
from tutor.tui.content import Content
from tutor.tui.widgets.page import Page
from tutor.tui.widgets.plot import PlotView
from tutor.words import tr

_AROUND_ROWS, _AROUND_COLUMNS = 3, 7
"What the axes of a plot take."


class PlotPage(Vertical):
    """A picture and a few words beneath it."""

    DEFAULT_CSS = """
    PlotPage {
        height: 100%;
        & PlotView { height: 1fr; min-height: 9; max-height: 24; margin-bottom: 1; }
    }
    """

    def __init__(self, picture: Picture | None, text: str) -> None:
        super().__init__()
        self._picture = picture
        self._text = text

    def compose(self) -> ComposeResult:
        """The picture, the words."""
        yield PlotView(self._picture)
        yield Page(self._text)


class MapPage(Horizontal):
    """A map, as wide as keeps its two scales equal, and the words beside it."""

    DEFAULT_CSS = """
    MapPage {
        height: 100%;
        & PlotView { height: 100%; min-height: 9; margin-right: 2; }
        & Page { width: 1fr; }
    }
    """

    def __init__(self, contours: Contours) -> None:
        super().__init__()
        self._map = contour_map(contours)
        levels = tr("\n\nThe lines lie at {levels}.", levels=self._map.levels) if self._map else ""
        self._text = f"{contours.text.rstrip()}{levels}"

    def compose(self) -> ComposeResult:
        """The map, the words."""
        yield PlotView(self._map.picture if self._map else None)
        yield Page(self._text)

    def on_resize(self, event: events.Resize) -> None:
        """Give the map its width: a cell is about twice as high as it is wide."""
        if self._map is None:
            return
        picture = self._map.picture
        share = (picture.right - picture.left) / (picture.top - picture.bottom)
        rows = event.size.height - _AROUND_ROWS
        columns = min(event.size.width // 2 + 8, round(2 * rows * share) + _AROUND_COLUMNS)
        self.query_one(PlotView).styles.width = max(24, columns)


class NetworkPage(Vertical, can_focus=True):
    """A computation as a graph with its values; gradients on a key; the words beneath."""

    DEFAULT_CSS = """
    NetworkPage {
        height: auto;
        & #graph { height: auto; color: $primary; margin-bottom: 1; }
    }
    """
    BINDINGS = [Binding("space", "turn", show=False)]  # noqa: RUF012  (Textual's own type)

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._cells = work_out(network)
        self._text = network.text
        self._with_gradients = False

    def compose(self) -> ComposeResult:
        """The graph, the words."""
        yield Static(id="graph")
        yield Page(self._text)

    def action_turn(self) -> None:
        """Show gradients, or values only."""
        self._with_gradients = not self._with_gradients
        self._look(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Draw it where there is room, or list it."""
        self._look(event.size.width)

    def _look(self, width: int) -> None:
        if not self._cells:
            return
        rows = graph(self._cells, with_gradients=self._with_gradients, width=width)
        self.query_one("#graph", Static).update(Content("\n".join(rows)))
