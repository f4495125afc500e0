"""The two lines at the top of a screen: what this is, where one stands in it, and a line of progress."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tutor.front.shown import shown
from tutor.tui.content import Content
from tutor.tui.widgets.painted import Painted


def filled_of(done: int, of: int, width: int) -> int:
    """How many cells of a line stand for what is done."""
    filled = 0 if of == 0 else round(width * done / of)
    return max(1, min(width - 1, filled)) if 0 < done < of else filled


def bar(done: int, of: int, width: int) -> Content:
    """A line of `width` cells, as much of it strong as is done; something done is never shown as nothing."""
    filled = filled_of(done, of, width)
    return Content.assemble(("━" * filled, "$accent"), ("─" * (width - filled), "$faint"))


class Heading(Painted):
    """A title at the left, a place at the right, and how far along it is beneath them; it changes with every step of a run."""

    DEFAULT_CSS = """
    Heading {
        dock: top;
        height: 2;
        padding: 0 2;
    }
    """

    def __init__(self, title: str, place: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = shown(title)
        self._place = shown(place)
        self._done = 0
        self._of = 0

    def name_it(self, title: str) -> None:
        """Give it another title, which is seen when it is shown next."""
        self._title = shown(title)

    def show(self, place: str, *, done: int, of: int) -> None:
        """Say where one stands: in words, and as a share of the line."""
        self._place, self._done, self._of = shown(place), done, of
        self._draw()

    def on_mount(self) -> None:
        """Show what is known at first."""
        self._draw()

    def on_resize(self) -> None:
        """Use the new width."""
        self._draw()

    def _draw(self) -> None:
        """Both lines; a title too long for its room ends in an ellipsis."""
        width = self.content_size.width
        room = max(0, width - cell_len(self._place) - 2)
        title = (
            self._title
            if cell_len(self._title) <= room
            else set_cell_size(self._title, max(0, room - 1)) + "…" * (room > 0)
        )
        gap = " " * max(0, width - cell_len(title) - cell_len(self._place))
        filled = filled_of(self._done, self._of, width)
        self.paint(
            [
                [(title, "strong"), (f"{gap}{self._place}", "quiet")],
                [("━" * filled, "accent"), ("─" * (width - filled), "faint")],
            ]
        )
