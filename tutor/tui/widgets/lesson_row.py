"""One lesson on the home screen: its number, its title, and how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget

from tutor.display import NARROW
from tutor.tui.content import Content
from tutor.tui.widgets.heading import bar
from tutor.words import tr

BAR = 10
"Cells of the bar; left out where the row is narrow."


KNOWN = "known"


class LessonRow(Widget, can_focus=True):
    """A row that can be chosen; the chosen one is the one with the focus."""

    DEFAULT_CSS = """
    LessonRow {
        height: 1;
        padding: 0 1;
        &:focus { background: $panel; color: $strong; text-style: bold; }
        &:hover { background: $surface; }
        &:focus:hover { background: $panel; }
    }
    """

    @dataclass
    class Opened(Message):
        """The row was clicked."""

        index: int

    def __init__(self, index: int, title: str, exercises: int) -> None:
        """
        Args:
            index: its number in the course, which begins with lesson 0.
        """
        super().__init__()
        self.index = index
        self._title = title
        self._done = 0
        self._of = exercises
        self._is_known = False

    def show(self, done: int, *, is_known: bool = False) -> None:
        """Say how many of its exercises are done, and whether the placement check found it known."""
        self._done = done
        self._is_known = is_known
        self.refresh()

    def render(self) -> Content:
        """Pointer, number, title; at the right edge how much is done."""
        width = self.content_size.width
        right = self._how_far(is_wide=width >= NARROW)
        pointer = ("▸ " if self.has_focus else "  ", "bold $accent")
        left = Content.assemble(pointer, (f"{self.index:>2}", "$quiet"), "  ", self._title)
        left = left.truncate(max(0, width - right.cell_length - 1), ellipsis=True)
        return left + " " * max(0, width - left.cell_length - right.cell_length) + right

    def _how_far(self, *, is_wide: bool) -> Content:
        """Bar, count and mark; of a lesson that is known, the word instead of the bar or, on a narrow row, of the count."""
        is_done = 0 < self._of == self._done
        says_known = self._is_known and not is_done
        count = tr("{done} of {of}", done=self._done, of=self._of) if self._of else ""
        if says_known and not is_wide:
            count = KNOWN
        right = Content.assemble(f"{count:>9} ", ("✓" if is_done else " ", "bold $success"), " ")
        if not is_wide:
            return right
        known = Content.styled(f"{KNOWN:>{BAR}}", "$success")
        return (known if says_known else bar(self._done, self._of, BAR)) + right

    def on_focus(self) -> None:
        """Draw the pointer, and bring the row into view."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the pointer away."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click opens it."""
        event.stop()
        self.post_message(self.Opened(self.index))
