"""One view of a run on a terminal; only the rows that changed are painted."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.front.lab.stage import Scene
from tutor.front.plot import Cell

Maker = Callable[[int, int], Scene | None]
"From columns and rows to the view; nothing while it cannot be drawn."


class SceneView(Widget):
    """Shows a scene at a step."""

    COMPONENT_CLASSES = {f"scene--{role}" for role in ("axis", "label", "mark", "ghost")} | {
        f"scene--curve-{number}" for number in range(1, 5)
    }
    DEFAULT_CSS = """
    SceneView {
        width: 1fr;
        height: 1fr;
        .scene--axis { color: $faint; }
        .scene--label { color: $quiet; }
        .scene--mark { color: $strong; text-style: bold; }
        .scene--ghost { color: $faint; }
        .scene--curve-1 { color: $curve-1; }
        .scene--curve-2 { color: $curve-2; }
        .scene--curve-3 { color: $curve-3; }
        .scene--curve-4 { color: $curve-4; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Maker | None = None
        self._scene: Scene | None = None
        self._step = 0
        self._rows: list[list[Cell]] = []

    def show(self, make: Maker, step: int) -> None:
        """Show another scene."""
        self._make, self._step = make, step
        self._build()

    def go(self, step: int) -> None:
        """Show the scene at another step; paints only the rows that differ."""
        self._step = step
        if self._scene is None:
            return
        rows = self._scene.rows(step)
        changed = [y for y, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        self._rows = rows
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self, event: events.Resize) -> None:
        """Draw it anew for the new size."""
        self._build()

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
                    segments.append(Segment(text, self.get_component_rich_style(f"scene--{role}")))
                text, role = "", cell_role
            text += sign
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _build(self) -> None:
        width, height = self.size
        self._scene = self._make(width, height) if self._make and width and height else None
        self._rows = self._scene.rows(self._step) if self._scene else []
        self.refresh()
