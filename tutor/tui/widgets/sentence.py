"""The sentence beneath a run: what to try, how it ended, how far one is that is being made, or why it cannot be made."""

from __future__ import annotations

from textual.widgets import Static

from tutor.engine.wire import Progress
from tutor.front.shown import shown
from tutor.front.words import cell_len, wrapped
from tutor.tui.content import Content
from tutor.tui.widgets.heading import bar


class Sentence(Static):
    """As high as what it says, between two bounds; what is cut says so."""

    DEFAULT_CSS = """
    Sentence {
        padding: 0 2;
        height: 2;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: tuple[str, str, int, tuple[int, int]] | None = None

    def say(self, text: str, style: str, width: int, lines: tuple[int, int]) -> None:
        """Show a text.

        Args:
            style: of the whole.
            width: cells of the screen.
            lines: at least and at most.
        """
        if (text, style, width, lines) != self._said:
            self._said = text, style, width, lines
            least, most = lines
            text = shown(text)
            rows = wrapped(text, max(10, width - 4))
            if len(rows) > most:
                while rows[most - 1] and cell_len(rows[most - 1]) > width - 6:
                    rows[most - 1] = rows[most - 1].rpartition(" ")[0]
                text = " ".join([*rows[:most], "…"])
            self._put(Content.styled(text, style), max(least, min(most, len(rows))))

    def tell_progress(self, progress: Progress, width: int, lines: tuple[int, int]) -> None:
        """Show how far a run is that is being made."""
        share = round(100 * progress.share)
        long = max(5, min(40, width - 30))
        self._said = None
        self._put(
            Content.assemble((f"{progress.what} ", "$quiet"), bar(share, 100, long), (f"  {share} %", "$strong")),
            lines[0],
        )

    def _put(self, said: Content, rows: int) -> None:
        self.update(said, layout=False)
        self.styles.height = rows
