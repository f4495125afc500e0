"""Lines of coloured text that change often: painted anew without a new layout unless their number changes."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

STYLES = {"quiet": "$quiet", "strong": "$strong", "label": "$quiet", "mark": "bold $strong", "warning": "$warning"} | {
    f"curve-{number}": f"bold $curve-{number}" for number in range(1, 5)
}

Line = list[tuple[str, str]]
"Pieces of text, each with a role of `STYLES`."


class TextLines(Widget):
    """As high as it has lines."""

    DEFAULT_CSS = """
    TextLines {
        height: auto;
        padding: 0 2;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these from now on."""
        if lines != self._lines:
            is_other_height = len(lines) != len(self._lines)
            self._lines = lines
            self.refresh(layout=is_other_height)

    def get_content_height(self, *_: object) -> int:
        """A row for each line; a line is never broken."""
        return len(self._lines)

    def render(self) -> Content:
        """The lines, each cut at the edge."""
        width = self.content_size.width
        return Content("\n").join(
            Content.assemble(*((text, STYLES[role]) for text, role in line)).truncate(width, ellipsis=True)
            for line in self._lines
        )
