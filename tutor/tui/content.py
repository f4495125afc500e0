"""Text for widgets, in signs that this terminal can show: Textual's own `Content`, spelt before anything measures it.

To a type checker the two are one, since what Textual makes of a content is its own again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import content as textual
from textual.content import Span
from textual.style import Style

from tutor.front.shown import shown

if TYPE_CHECKING:
    from textual.content import Content as Content
else:

    class Content(textual.Content):
        """Takes any text; what is made of it by Textual is in those signs already."""

        def __init__(
            self,
            text: str = "",
            spans: list[Span] | None = None,
            cell_length: int | None = None,
            strip_control_codes: bool = True,
        ) -> None:
            # With spans it has been spelt: they count its characters.
            super().__init__(text if spans else shown(text), spans, cell_length, strip_control_codes)

        @classmethod
        def assemble(
            cls,
            *parts: str | textual.Content | tuple[str, str | Style],
            end: str = "",
            strip_control_codes: bool = True,
        ) -> textual.Content:
            """As Textual's own."""
            return super().assemble(*map(_spelt, parts), end=shown(end), strip_control_codes=strip_control_codes)

        @classmethod
        def styled(
            cls, text: str, style: Style | str = "", cell_length: int | None = None, strip_control_codes: bool = True
        ) -> textual.Content:
            """As Textual's own."""
            return super().styled(shown(text), style, cell_length, strip_control_codes)


def _spelt(part: str | textual.Content | tuple[str, str | Style]) -> str | textual.Content | tuple[str, str | Style]:
    if isinstance(part, str):
        return shown(part)
    return (shown(part[0]), part[1]) if isinstance(part, tuple) else part
