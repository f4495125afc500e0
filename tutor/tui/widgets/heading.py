"""The two lines at the top of a screen: what this is, where one stands in it, and a line of progress."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


def bar(done: int, of: int, width: int) -> Content:
    """A line of `width` cells, as much of it strong as is done; something done is never shown as nothing."""
    filled = 0 if of == 0 else round(width * done / of)
    if 0 < done < of:
        filled = max(1, min(width - 1, filled))
    return Content.assemble(("━" * filled, "$accent"), ("─" * (width - filled), "$faint"))


class Heading(Widget):
    """A title at the left, a place at the right, and how far along it is beneath them."""

    DEFAULT_CSS = """
    Heading {
        dock: top;
        height: 2;
        padding: 0 2;
    }
    """

    def __init__(self, title: str, place: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._place = place
        self._done = 0
        self._of = 0

    def name_it(self, title: str) -> None:
        """Give it another title, which is seen when it is shown next."""
        self._title = title

    def show(self, place: str, *, done: int, of: int) -> None:
        """Say where one stands: in words, and as a share of the line."""
        self._place, self._done, self._of = place, done, of
        self.refresh()

    def render(self) -> Content:
        """Both lines; a title too long for its room ends in an ellipsis."""
        width = self.content_size.width
        room = max(0, width - len(self._place) - 2)
        title = Content(self._title).truncate(room, ellipsis=True)
        gap = " " * max(0, width - title.cell_length - len(self._place))
        first = Content.assemble(title.stylize("bold $strong"), gap, (self._place, "$quiet"))
        return Content("\n").join([first, bar(self._done, self._of, width)])
