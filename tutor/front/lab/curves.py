"""Views along the steps: the weights, the loss, and the loss on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Callable

from tutor.front.lab.canvas import OFF, noted
from tutor.front.picture import Picture
from tutor.front.plot import Drawing, draw
from tutor.front.scenes import horizon
from tutor.front.shown import Cell


class CurveScene:
    """A picture whose curves are uncovered step by step, over more and more steps."""

    def __init__(self, picture: Callable[[int], Picture], last: int, width: int, height: int) -> None:
        """
        Args:
            picture: from how many steps it shows to the picture.
            last: the last step there is.
        """
        self._picture = picture
        self._last = last
        self._size = width, height
        self._until = 0
        self._drawing: Drawing | None = None

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        until = horizon(self._last, step)
        if self._drawing is None or until != self._until:
            self._until = until
            self._drawing = draw(self._picture(until), *self._size)
        picture = self._drawing.picture
        heights = [series.at(step) for series in picture.series if series.role != "other"]
        is_off = not all(picture.bottom <= height <= picture.top for height in heights)
        rows = [self._drawing.line(y, step) for y in range(len(self._drawing.ground))]
        return noted(rows, OFF if is_off else "")
