"""Lines of coloured text that change with every step of a run; none is ever broken."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from tutor.front.shown import shown
from tutor.tui.widgets.painted import Painted, Row


class TextLines(Painted):
    """As high as it has lines."""

    DEFAULT_CSS = """
    TextLines {
        height: auto;
        padding: 0 2;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Row] = []

    def show(self, lines: Sequence[Row]) -> None:
        """Show these from now on."""
        self._lines = [[(shown(text), role) for text, role in line] for line in lines]
        self.paint([self._cut(line) for line in self._lines])

    def on_resize(self) -> None:
        """Cut them at the new edge."""
        self.show(self._lines)

    def _cut(self, line: Row) -> Row:
        room = self.content_size.width
        if not room or sum(cell_len(text) for text, _ in line) <= room:
            return line
        kept = []
        room -= 1
        for text, role in line:
            kept.append((set_cell_size(text, min(room, cell_len(text))), role))
            room -= cell_len(kept[-1][0])
        return [*kept, ("…", "quiet")]
