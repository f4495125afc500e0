"""The lines beneath an answer: how it is read, in two dimensions, or where it stops making sense."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget

from tutor.front.words import wrapped
from tutor.tui.content import Content
from tutor.words import tr


class Reading(Widget):
    """A picture of a formula, or a caret and a sentence. Its least height keeps what is below from jumping."""

    LABEL = tr("I read  ")
    LABEL_WIDTH = len(LABEL) + 1

    DEFAULT_CSS = """
    Reading {
        height: auto;
        min-height: 3;
        color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._grid: list[str] = []
        self._message = ""
        self._caret: int | None = None
        self._sign = "^"
        self._is_gentle = False

    def clear(self) -> None:
        """Show nothing."""
        self._show([], "", None, is_gentle=False)

    def show_grid(self, grid: list[str]) -> None:
        """Show a formula, as lines of equal width."""
        self._show(grid, "", None, is_gentle=False)

    def show_complaint(self, message: str, caret: int | None, sign: str = "^", *, is_gentle: bool) -> None:
        """Show a sentence, beneath a caret where there is one.

        Args:
            caret: the cell that it points at, counted from the left edge of this widget.
            sign: what stands there; `<` or `>` where what it points at is out of sight.
            is_gentle: nothing is wrong yet, the text only stops too soon; then there is no caret.
        """
        self._sign = sign
        self._show([], message, None if is_gentle else caret, is_gentle=is_gentle)

    def _show(self, grid: list[str], message: str, caret: int | None, *, is_gentle: bool) -> None:
        before = self.get_content_height(Size(), Size(), self.size.width)
        self._grid, self._message, self._caret, self._is_gentle = grid, message, caret, is_gentle
        self.refresh(layout=before != self.get_content_height(Size(), Size(), self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._grid:
            middle = (len(self._grid) - 1) // 2
            return [
                Content.assemble(
                    (f" {self.LABEL if row == middle else ' ' * len(self.LABEL)}", "$quiet"), (line, "$primary")
                )
                for row, line in enumerate(self._grid)
            ]
        if not self._message:
            return []
        style = "$quiet" if self._is_gentle else "$warning"
        caret = [] if self._caret is None else [Content.styled(" " * self._caret + self._sign, "bold $warning")]
        return caret + [Content.styled(" " + line, style) for line in wrapped(self._message, max(10, width - 2))]
