"""A plot on a terminal, wholly or as far as a run has come; only rows that changed are painted."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.front.picture import Picture
from tutor.front.plot import Drawing, draw
from tutor.front.shown import Cell


class PlotView(Widget):
    """Shows a picture, wholly or as far as a value along the bottom."""

    COMPONENT_CLASSES = {f"plot--{role}" for role in ("axis", "label", "mark", "ghost")} | {
        f"plot--curve-{number}" for number in range(1, 5)
    }
    DEFAULT_CSS = """
    PlotView {
        height: 1fr;
        min-height: 7;
        .plot--axis { color: $faint; }
        .plot--label { color: $quiet; }
        .plot--mark { color: $strong; text-style: bold; }
        .plot--ghost { color: $faint; }
        .plot--curve-1 { color: $curve-1; }
        .plot--curve-2 { color: $curve-2; }
        .plot--curve-3 { color: $curve-3; }
        .plot--curve-4 { color: $curve-4; }
    }
    """

    def __init__(self, picture: Picture | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._picture = picture
        self._shown: float | None = None
        self._drawing: Drawing | None = None
        self._rows: list[list[Cell]] = []

    def show(self, picture: Picture, *, shown: float | None = None) -> None:
        """Show another picture."""
        self._picture, self._shown = picture, shown
        self._draw()

    def uncover(self, shown: float) -> None:
        """Show the curves as far as this value; paints only the rows that differ."""
        self._shown = shown
        if self._drawing is None:
            return
        rows = self._drawing.rows(shown)
        changed = [y for y, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        self._rows = rows
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self, event: events.Resize) -> None:
        """Draw it anew for the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        segments: list[Segment] = []
        text, role = "", ""
        for sign, cell_role in [*self._rows[y], ("", "end")]:
            if cell_role != role:
                if text:
                    segments.append(Segment(text, self.get_component_rich_style(f"plot--{role}")))
                text, role = "", cell_role
            text += sign
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _draw(self) -> None:
        width, height = self.size
        if self._picture is None or width < 12 or height < 5:
            self._drawing, self._rows = None, []
        else:
            self._drawing = draw(self._picture, width, height)
            self._rows = self._drawing.rows(self._shown)
        self.refresh()
