r"""The language of pages: text to paragraphs, items and displays, each a row of spans; it does not know screens.

`$...$` is mathematics, `*word*` is stressed, `\$` and `\*` are the signs themselves, `$$...$$` alone on a line is a
display, `- ` begins an item, an empty line ends a paragraph. What is not closed is a fault, and is shown as it stands.
How a maths span is set is `formula.py`'s.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from tutor.words import tr

Kind = Literal["plain", "maths", "stress"]


class Fault(msgspec.Struct, frozen=True):
    """Something an author should mend; the page can be shown all the same."""

    at: int
    "Offset in the text, from 0."
    what: str
    do: str


class Span(msgspec.Struct, frozen=True):
    """A run of text of one kind; white space in it is single spaces."""

    kind: Kind
    text: str
    at: int
    "Where it begins in the page's text."


class Paragraph(msgspec.Struct, frozen=True):
    """Text that runs on; its lines may be broken anywhere."""

    spans: tuple[Span, ...]


class Item(msgspec.Struct, frozen=True):
    """A paragraph with a mark in front."""

    spans: tuple[Span, ...]


class Display(msgspec.Struct, frozen=True):
    """A formula on a line of its own."""

    maths: str
    at: int


class Blank(msgspec.Struct, frozen=True):
    """The empty line, or lines, between two blocks."""


Block = Paragraph | Item | Display | Blank


class Page(msgspec.Struct, frozen=True):
    """A page taken apart."""

    blocks: tuple[Block, ...]
    faults: tuple[Fault, ...]

    @property
    def maths(self) -> Iterator[tuple[str, int]]:
        """Every formula in it, with its offset in the page's text."""
        for block in self.blocks:
            if isinstance(block, Display):
                yield block.maths, block.at
            elif isinstance(block, Paragraph | Item):
                yield from ((span.text, span.at) for span in block.spans if span.kind == "maths")


def rows(page: Page, width: int) -> int:
    """About how many lines a page takes where so many characters go on one; a fraction on a line of its own takes more.

    >>> rows(parse_page("One two three\\n\\n$$x$$"), 7)
    4
    """
    return sum(_rows(block, width) for block in page.blocks)


def _rows(block: Block, width: int) -> int:
    if isinstance(block, Paragraph | Item):
        return len(textwrap.wrap("".join(span.text for span in block.spans), width))
    return 1


_DISPLAY: Final = re.compile(r"\s*\$\$\s*(?P<maths>(?:(?!\$\$).)+?)\s*\$\$\s*")
_ITEM: Final = re.compile(r"\s*- +(?=\S)")
_SIGNS: Final = re.compile(
    r"\\(?P<literal>[$*])|(?P<double>\$\$)|\$(?P<maths>(?:\\\$|[^$])+)\$|(?P<dollar>\$)|(?P<star>\*)"
)


def parse_page(text: str) -> Page:
    """Take a page's text apart; any text is a page."""
    blocks: list[Block] = []
    faults: list[Fault] = []
    gathered: list[str] = []
    kind: type[Paragraph] | type[Item] = Paragraph
    begun = at = 0

    def close() -> None:
        if gathered:
            spans, found = parse_spans("\n".join(gathered), begun)
            blocks.append(kind(spans))
            faults.extend(found)
            gathered.clear()

    for line in text.split("\n"):
        display, item = _DISPLAY.fullmatch(line), _ITEM.match(line)
        if not line.strip() or display or item:
            close()
        if display:
            blocks.append(Display(display["maths"], at + display.start("maths")))
        elif item:
            begun, kind = at + item.end(), Item
            gathered.append(line[item.end() :])
        elif line.strip():
            if not gathered:
                begun, kind = at, Paragraph
            gathered.append(line)
        elif blocks and not isinstance(blocks[-1], Blank):
            blocks.append(Blank())
        at += len(line) + 1
    close()
    if blocks and isinstance(blocks[-1], Blank):
        blocks.pop()
    return Page(tuple(blocks), tuple(faults))


def parse_spans(text: str, at: int = 0) -> tuple[tuple[Span, ...], list[Fault]]:
    """The spans of a text without blocks, such as a hint or an option, and what is not closed in it.

    Args:
        at: where the text begins in the page, to be added to every offset.
    """
    signs = list(_SIGNS.finditer(text))
    stars, open_star = _pair_stars(text, signs)
    faults = list(_dollar_faults(signs, at))
    if open_star is not None:
        faults.append(_unclosed(at + open_star, "*"))
    pieces: list[tuple[Kind, str, int]] = []
    end, ordinary = 0, "plain"

    def add(kind: str, piece: str, start: int) -> None:
        if piece and pieces and pieces[-1][0] == kind != "maths":
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + piece, pieces[-1][2])
        elif piece:
            pieces.append((_KINDS[kind], piece, at + start))

    for sign in signs:
        add(ordinary, text[end : sign.start()], end)
        end = sign.end()
        if sign["maths"]:
            add("maths", sign["maths"], sign.start("maths"))
        elif sign["star"] and sign.start() in stars:
            ordinary = "plain" if ordinary == "stress" else "stress"
        else:
            add(ordinary, sign["literal"] or sign[0], sign.start())
    add(ordinary, text[end:], end)
    return tuple(_tidy(pieces)), sorted(faults, key=lambda fault: fault.at)


_KINDS: Final[dict[str, Kind]] = {"plain": "plain", "maths": "maths", "stress": "stress"}


def _pair_stars(text: str, signs: list[re.Match[str]]) -> tuple[set[int], int | None]:
    """Offsets of the stars that begin and end stressed words, and of one that begins and never ends."""
    paired: set[int] = set()
    opened: int | None = None
    for sign in signs:
        if not sign["star"]:
            continue
        place = sign.start()
        before, after = text[place - 1 : place] if place else " ", text[place + 1 : place + 2] or " "
        if opened is None and not _is_word(before) and not after.isspace():
            opened = place
        elif opened is not None and not before.isspace() and not _is_word(after) and place > opened + 1:
            paired |= {opened, place}
            opened = None
    return paired, opened


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "*"


def _dollar_faults(signs: list[re.Match[str]], at: int) -> Iterator[Fault]:
    doubles = 0
    for sign in signs:
        place, maths = at + sign.start(), sign["maths"]
        doubles += sign["double"] is not None
        if sign["dollar"]:
            yield _unclosed(place, "$")
        elif sign["double"] and doubles % 2:
            yield Fault(
                place, tr("A display, $$...$$, stands alone on one line."), tr("Give it a line, or use single dollars.")
            )
        elif maths and maths != maths.strip():
            do = tr("Remove the space; if it is a price in dollars, write \\$.")
            yield Fault(place, tr("There is a space just inside the dollar signs of a formula."), do)


def _unclosed(at: int, sign: str) -> Fault:
    return Fault(
        at,
        tr("This {sign} is never closed.", sign=sign),
        tr("Close it in the same paragraph, or write \\{sign} for the sign itself.", sign=sign),
    )


def _tidy(pieces: list[tuple[Kind, str, int]]) -> Iterator[Span]:
    """Spans with their white space made single, and none at either end of the whole."""
    for n, (kind, text, at) in enumerate(pieces):
        text = re.sub(r"\s+", " ", text)
        if kind == "maths":
            text = text.replace("\\$", "$").strip()
        elif n == 0:
            text = text.lstrip()
        if kind != "maths" and n == len(pieces) - 1:
            text = text.rstrip()
        if text:
            yield Span(kind, text, at)
