"""The line at the foot of a screen: every key that works right now, each of them clickable.

It knows the keys it was given and nothing of what they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget


class Key(NamedTuple):
    """One key as the foot of the screen shows it."""

    name: str
    "As printed on the key, such as `enter` or `F2`."
    label: str
    "What it does, in a word or two."
    action: str
    "The action of the screen that it stands for."

    @property
    def width(self) -> int:
        """Cells that it takes, with the space around it."""
        return len(self.name) + len(self.label) + 3


class KeyBar(Widget):
    """Shows keys, on a second line where one is too short."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: auto;
        max-height: 2;
        padding: 0 2;
        background: $surface;
        color: $quiet;
    }
    """

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        action: str

    def __init__(self, *keys: Key, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = keys

    def show(self, *keys: Key) -> None:
        """Show these keys from now on."""
        if keys != self.keys:
            self.keys = keys
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or two."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The keys, each carrying its action for the mouse."""
        return Content("\n").join(
            Content("").join(self._written(key) for key in row) for row in self._rows(self.content_size.width)
        )

    def on_click(self, event: events.Click) -> None:
        """A click is as good as the key."""
        action = event.style.meta.get("key")
        if action:
            event.stop()
            self.post_message(self.Pressed(action))

    def _rows(self, width: int) -> list[list[Key]]:
        rows: list[list[Key]] = [[]]
        for key in self.keys:
            if rows[-1] and sum(each.width for each in rows[-1]) + key.width > width + 1:
                rows.append([])
            rows[-1].append(key)
        return rows[:2]

    def _written(self, key: Key) -> Content:
        meta = Style.from_meta({"key": key.action})
        return Content.assemble((key.name, "bold $accent"), f" {key.label}").stylize(meta) + "  "
