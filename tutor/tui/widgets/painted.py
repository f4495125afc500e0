"""Rows of coloured text that change many times a second: of them only those that differ are painted anew.

Textual's own way, from marked-up content to strips, takes several times as long for each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.tui.press import Press

_NUMBERED = tuple(f"{kind}-{number}" for kind in ("curve", "name") for number in range(1, 5))
ROLES = ("axis", "label", "mark", "ghost", "other", "quiet", "strong", "accent", "warning", "faint", *_NUMBERED)
Piece = tuple[str, str]
"A text, of one sign or more, and the role that colours it."
Row = Sequence[Piece]


class Painted(Widget):
    """Shows rows, the first at the top."""

    COMPONENT_CLASSES = {f"painted--{role}" for role in ROLES}  # noqa: RUF012  (Textual's own type)
    DEFAULT_CSS = """
    Painted {
        .painted--axis, .painted--ghost, .painted--faint { color: $faint; }
        .painted--label, .painted--quiet, .painted--other { color: $quiet; }
        .painted--mark { color: $strong; text-style: bold; }
        .painted--strong { color: $strong; text-style: bold; }
        .painted--accent { color: $accent; }
        .painted--warning { color: $warning; }
        .painted--curve-1 { color: $curve-1; }
        .painted--curve-2 { color: $curve-2; }
        .painted--curve-3 { color: $curve-3; }
        .painted--curve-4 { color: $curve-4; }
        .painted--name-1 { color: $curve-1; text-style: bold; }
        .painted--name-2 { color: $curve-2; text-style: bold; }
        .painted--name-3 { color: $curve-3; text-style: bold; }
        .painted--name-4 { color: $curve-4; text-style: bold; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.press: Press | None = None
        "Where the screen has one, what prints the rows that change."
        self._painted: list[Row] = []
        self._styles_of: dict[str, Style] = {}

    def paint(self, rows: list[Row], *, anew: bool = False) -> None:
        """Show these rows; those that are as they were are left alone, unless all is to be painted anew."""
        old, self._painted = self._painted, rows
        if anew or len(old) != len(rows):
            self.refresh(layout=len(old) != len(rows) and bool(self.styles.auto_dimensions))
            return
        changed = [y for y, (before, now) in enumerate(zip(old, rows, strict=True)) if before != now]
        if changed and (self.press is None or not self.press.take(self, changed)):
            self.refresh(*(Region(0, y, self.content_size.width, 1) for y in changed))

    def get_content_height(self, *_: object) -> int:
        """As high as there are rows, where the height is left to us."""
        return len(self._painted)

    def notify_style_update(self) -> None:
        """Other colours may hold from now on."""
        self._styles_of.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.content_size.width
        if y >= len(self._painted):
            return Strip.blank(width, self.rich_style)
        segments: list[Segment] = []
        text, role = "", ""
        for piece, its in self._painted[y]:
            if its != role:
                if text:
                    segments.append(Segment(text, self._style(role)))
                text, role = "", its
            text += piece
        segments.append(Segment(text, self._style(role)))
        return Strip(segments).adjust_cell_length(width, self._style(""))

    def _style(self, role: str) -> Style:
        style = self._styles_of.get(role)
        if style is None:
            style = self.get_component_rich_style(f"painted--{role}") if role else self.rich_style
            self._styles_of[role] = style
        return style
