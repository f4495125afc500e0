"""A page of an author's text with its mathematics set."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget

from tutor.tui.content import Content

STYLES = {"plain": "", "maths": "$primary", "stress": "bold $strong", "mark": "$accent"}


class Page(Widget):
    """Shows text in the language of pages, at whatever width there is."""

    DEFAULT_CSS = """
    Page {
        height: auto;
    }
    """

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text
        self._set: tuple[int, list[Content]] = (0, [])

    def show(self, text: str) -> None:
        """Show another text."""
        self._text, self._set = text, (0, [])
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at that width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if not self._text:
            return []
        if self._set[0] != width:
            # The first paint of the home screen comes before there is a text.
            from tutor.front.typeset import set_page

            lines = [
                Content.assemble(*((text, STYLES[kind]) for text, kind in line)) for line in set_page(self._text, width)
            ]
            self._set = (width, lines)
        return self._set[1]
