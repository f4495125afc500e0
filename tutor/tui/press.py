"""Rows of widgets printed at once, past Textual's compositor, for what moves many times a second.

The compositor asks every widget between the first changed row and the last for all its lines, changed or not: of a frame of the
lab that was more than half of the processor time, and sixty labs on two processors kept no eight frames a second. What is printed
here is what the compositor would print; it is told that those rows are to be drawn anew whenever it draws next.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Placed = tuple[int, int, Strip]
"Column, row, and what stands there."


class Printed(CompositorUpdate):
    """Some rows, for the app to display."""

    def __init__(self, rows: list[Placed]) -> None:
        self.rows = rows

    def render_segments(self, console: Console) -> str:
        """The rows whole, where nothing keeps account of what is on the terminal."""
        return ""


class Press:
    """The rows of a screen's widgets that are to be printed together."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._rows: list[Placed] = []

    def take(self, widget: Widget, rows: list[int]) -> bool:
        """Have rows of a widget's content printed; false where something may lie over them, or they may be about to move."""
        screen = self._screen
        if not screen.is_current or screen._layout_required or screen.app._notifications or screen.app.is_headless:
            return False
        region, offset = widget.content_region, widget.content_offset
        filters = [filter for filter in screen.app._filters if filter.enabled]
        for y in rows:
            strip = widget.render_line(y)
            for filter in filters:
                strip = strip.apply_filter(filter, widget.background_colors[1])
            self._rows.append((region.x, region.y + y, strip))
            widget._styles_cache.set_dirty(Region(0, y + offset.y, region.width + offset.x, 1))
        return True

    def print(self) -> None:
        """Print what was taken."""
        if self._rows:
            rows, self._rows = self._rows, []
            self._screen.app._display(self._screen, Printed(rows))  # type: ignore[arg-type]  # as Textual's own updates are
