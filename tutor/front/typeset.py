"""The language of pages set as lines: paragraphs filled, formulas kept whole, displays tall.

Knows widths and what each run of text is, no widget and no colour. Whatever an author wrote is text here, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.front.shown import shown
from tutor.front.words import cell_len
from tutor.lesson.page import Blank, Block, Display, Item, Span, parse_page

Run = tuple[str, str]
"A text and what it is: `plain`, `maths`, `stress`, or `mark` for the sign of an item."
LONG = 26
"Cells from which a formula within a paragraph may be broken at its spaces."

DISPLAY_MARGIN = 4
Word = list[Run]
"Runs with no break between them."


class Line(tuple[Run, ...]):
    """One line of a page."""

    @property
    def plain(self) -> str:
        """Its text alone."""
        return "".join(text for text, _ in self)


def set_page(text: str, width: int, *, is_flat: bool = False) -> list[Line]:
    """A whole page in lines of at most `width` cells, at least 8.

    Args:
        is_flat: no formula takes more than its line, as it can be read out.
    """
    lines: list[Line] = []
    for block in parse_page(text).blocks:
        lines += _set_block(block, max(8, width), is_flat=is_flat)
    return lines


def _set_block(block: Block, width: int, *, is_flat: bool) -> list[Line]:
    match block:
        case Blank():
            return [Line()]
        case Display(maths=maths):
            from tutor.front.displayed import set_display  # as in `_line_of`

            margin = DISPLAY_MARGIN if width >= 40 else 1
            return [
                Line([(" " * margin + line, "maths")]) for line in set_display(maths, width - margin, is_flat=is_flat)
            ]
        case Item(spans=spans):
            lines = _fill(spans, width - 2)
            return [Line([("· ", "mark") if not n else ("  ", "plain"), *line]) for n, line in enumerate(lines)]
        case _:
            return _fill(block.spans, width)


def _fill(spans: tuple[Span, ...], width: int) -> list[Line]:
    lines: list[Word] = [[]]
    used = 0
    for word in _words(spans):
        size = sum(cell_len(text) for text, _ in word)
        if used and used + 1 + size > width:
            lines.append([])
            used = 0
        if used:
            lines[-1].append((" ", "plain"))
            used += 1
        while size > width:
            # One word wider than the page: only a long formula without spaces, or a mishap.
            text, kind = word[0]
            lines[-1].append((text[:width], kind))
            lines.append([])
            word = [(text[width:], kind), *word[1:]]
            size -= width
        lines[-1] += word
        used += size
    return [Line(line) for line in lines if line]


def _words(spans: tuple[Span, ...]) -> Iterator[Word]:
    word: Word = []
    for span in spans:
        text = shown(_line_of(span.text) if span.kind == "maths" else span.text)
        if span.kind == "maths" and cell_len(text) <= LONG:
            word.append((text, span.kind))
            continue
        for n, part in enumerate(text.split(" ")):
            if n and word:
                yield word
                word = []
            if part:
                word.append((part, span.kind))
    if word:
        yield word


def _line_of(maths: str) -> str:
    # Here: the grammar takes 40 ms to import, and the home screen's words on a lesson may have no formula in them.
    from tutor.lesson.formula import show_maths

    return show_maths(maths)
