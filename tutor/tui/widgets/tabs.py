"""The line of views: each with its key, those on the screen marked, all of them clickable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from tutor.tui.content import Content


class Tabs(Widget):
    """`1 weights  2 loss  3 map`; where there is no room only those on the screen have their names."""

    DEFAULT_CSS = """
    Tabs {
        height: 1;
        padding: 0 2;
    }
    """

    @dataclass
    class Chosen(Message):
        """A name was clicked."""

        index: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._seen: frozenset[int] = frozenset()

    def show(self, names: Sequence[str], seen: frozenset[int]) -> None:
        """Show these names, some of which are on the screen."""
        if (tuple(names), seen) != (self._names, self._seen):
            self._names, self._seen = tuple(names), seen
            self.refresh()

    def render(self) -> Content:
        """The line."""
        width = self.content_size.width
        full = sum(len(name) + 4 for name in self._names) <= width + 2
        return Content("  ").join(self._tab(index, name, full=full) for index, name in enumerate(self._names))

    def on_click(self, event: events.Click) -> None:
        """A click is as good as the key."""
        index = event.style.meta.get("tab")
        if index is not None:
            event.stop()
            self.post_message(self.Chosen(index))

    def _tab(self, index: int, name: str, *, full: bool) -> Content:
        is_seen = index in self._seen
        label = f" {name}" if full or is_seen else ""
        text = Content.assemble(
            (str(index + 1), "bold $accent" if is_seen else "$quiet"), (label, "bold $strong" if is_seen else "$quiet")
        )
        return text.stylize(Style.from_meta({"tab": index}))
