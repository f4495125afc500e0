"""One view of a run on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from tutor.front.shown import SMALLEST, Scene, drawn
from tutor.tui.widgets.painted import Painted

Maker = Callable[[int, int], Scene | None]
"From columns and rows, at least `SMALLEST`, to the view; nothing while it cannot be drawn."


class SceneView(Painted):
    """Shows a scene at a step."""

    DEFAULT_CSS = """
    SceneView {
        width: 1fr;
        height: 1fr;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Maker | None = None
        self._scene: Scene | None = None
        self._step = 0

    def show(self, make: Maker, step: int) -> None:
        """Show another scene."""
        self._make, self._step = make, step
        self._build()

    def go(self, step: int) -> None:
        """Show the scene at another step."""
        self._step = step
        if self._scene is not None:
            self.paint([drawn(row) for row in self._scene.rows(step)])

    def on_resize(self, event: events.Resize) -> None:
        """Draw it anew for the new size."""
        self._build()

    def _build(self) -> None:
        (width, height), (columns, rows) = self.size, SMALLEST
        self._scene = self._make(width, height) if self._make and width >= columns and height >= rows else None
        self.paint([drawn(row) for row in self._scene.rows(self._step)] if self._scene else [], anew=True)
