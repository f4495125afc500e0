"""A picture that stands still, on a terminal."""

from __future__ import annotations

from tutor.front.picture import Picture
from tutor.front.plot import draw
from tutor.tui.widgets.scene import SceneView


class PlotView(SceneView):
    """Shows a picture as a whole."""

    DEFAULT_CSS = """
    PlotView {
        min-height: 7;
    }
    """

    def __init__(self, picture: Picture | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        if picture is not None:
            self.put(picture)

    def put(self, picture: Picture) -> None:
        """Show another picture."""
        self.show(lambda width, height: draw(picture, width, height), 0)
