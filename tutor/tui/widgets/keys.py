"""The line at the foot of a screen: every key that works right now, each of them clickable.

It knows the keys it was given and nothing of what they do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from tutor.front.shown import shown
from tutor.tui.content import Content
from tutor.words import tr

_PRINTED: Final = {
    "PgDn": tr("PgDn"),
    "PgUp": tr("PgUp"),
    "bksp": tr("bksp"),
    "ctrl": tr("ctrl"),
    "enter": tr("enter"),
    "esc": tr("esc"),
    "home end": tr("home end"),
    "mouse": tr("mouse"),
    "space": tr("space"),
}


def printed(keys: str) -> str:
    """Keys by the names that stand on the reader's own keyboard.

    >>> printed("F2  ctrl+g")
    'F2  ctrl+g'
    """
    return re.sub("home end|[A-Za-z]{3,}", lambda name: _PRINTED.get(name[0], name[0]), keys)


class Key(NamedTuple):
    """One key as the foot of the screen shows it."""

    name: str
    "As printed on the key, such as `enter` or `F2`."
    label: str
    "What it does, in a word or two."
    action: str
    "The action of the screen that it stands for."
    first: str = ""
    "Where it is two keys, such as `← →`: the action of the first of them; `action` is the second's."

    @property
    def printed(self) -> str:
        """Its name on the reader's own keyboard."""
        return printed(self.name)

    @property
    def width(self) -> int:
        """Cells that it takes, with the space around it."""
        return len(shown(self.printed)) + len(shown(self.label)) + 3


HELP = "help"
"The action of the key that leads to all the others, and is the last to go."


class KeyBar(Widget):
    """Shows keys, on a second line where one is too short; of what does not fit there, the last are left out first."""

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
        kept = list(self.keys)
        while len(rows := _filled(kept, width)) > 2:
            spare = [index for index, key in enumerate(kept) if key.action != HELP]
            del kept[spare[-1] if spare else -1]
        return rows

    def _written(self, key: Key) -> Content:
        name = key.printed
        half = (len(name) + 1) // 2 if key.first else 0
        first, rest = (Content.styled(part, "bold $accent") for part in (name[:half], name[half:]))
        rest = (rest + f" {key.label}").stylize(Style.from_meta({"key": key.action}))
        return first.stylize(Style.from_meta({"key": key.first})) + rest + "  "


def _filled(keys: list[Key], width: int) -> list[list[Key]]:
    rows: list[list[Key]] = [[]]
    for key in keys:
        if rows[-1] and sum(each.width for each in rows[-1]) + key.width > width + 1:
            rows.append([])
        rows[-1].append(key)
    return rows
