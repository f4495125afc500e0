"""What a YAML parser's complaint means to somebody who writes lessons; knows texts, not the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from tutor.words import tr

_QUOTE: Final = tr(
    "Put the whole text in single quotes, or write | after the colon and the text on the next line, set in."
)

# What the first character of an unquoted text makes YAML do instead of reading it.
_BEGINNINGS: Final = {
    "*": tr("A text cannot begin with *."),
    "&": tr("A text cannot begin with &."),
    "!": tr("A text cannot begin with !."),
    "|": tr("A text cannot begin with |."),
    ">": tr("A text cannot begin with >."),
    "%": tr("A text cannot begin with %."),
    "@": tr("A text cannot begin with @."),
    "`": tr("A text cannot begin with a backquote."),
    "{": tr("A text that begins with { is read as a mapping, and this one is not written as one."),
    "[": tr("A text that begins with [ is read as a list, and this one is not written as one."),
    "}": tr("A text cannot begin with }."),
    "]": tr("A text cannot begin with ]."),
    ",": tr("A text cannot begin with a comma."),
    "?": tr("A text cannot be a single question mark, or begin with one and a blank."),
    "'": tr("The text goes on after the quotation mark that ends it."),
    '"': tr("The text goes on after the quotation mark that ends it."),
}
_ENDED_EARLY: Final = tr(
    "Inside single quotes write an apostrophe twice (''), or write | and the text on the next line."
)

ESCAPED: Final = (
    tr("Inside double quotes a backslash begins a special character."),
    tr("Use single quotes, or write | and the text on the next line; there a backslash is only a backslash."),
)
"What is wrong with a backslash that was meant as one, and what to do."

_UNCLOSED: Final = tr("The quotation mark here is never closed.")

LIKE_A_KEY: Final = re.compile(r"\s*(?:- +)*[\w-]+:(?: |$)|\s*- ")

# The list dashes and the key that may stand in front of a text on its line.
_BEFORE_TEXT: Final = re.compile(r"\s*(?:- +)*(?:[^\s:#'\"]+: +)?")


class Told(msgspec.Struct, frozen=True):
    """A syntax error in plain words; row and column are counted from 0."""

    row: int
    column: int
    what: str
    do: str
    is_of_text: bool = False
    "It is about one text, which in quotes would be what its author meant."


def explain(lines: tuple[str, ...], complaint: str, at: tuple[int, int], opened: tuple[int, int] | None) -> Told:
    """Say what is wrong and what to do.

    Args:
        complaint: the parser's own words, context first.
        at: row and column, from 0, where the parser gave up.
        opened: where the thing began that it was reading, if it says so.
    """
    row, column = at
    line = lines[row] if row < len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Told(row, indent.index("\t"), tr("This line is set in with a tab."), tr("Use spaces instead."))
    if "unexpected end of stream" in complaint and opened:
        return Told(*opened, _UNCLOSED, tr("Close it, or remove it."))
    if (begun := _swallowed(lines, at)) is not None:
        return Told(*begun, _UNCLOSED, tr("Close it at the end of this line, or remove it."), is_of_text=True)
    if "escape" in complaint:
        return Told(row, column, *ESCAPED)
    if "flow" in complaint and opened:
        return _explain_brackets(lines, at, opened)
    if "directive" in complaint:
        return Told(row, 0, tr("A line cannot begin with %."), _QUOTE)
    start = text_start(line)
    if start <= column and line[start : start + 1] in _BEGINNINGS:
        first = line[start]
        if first in "'\"":
            return Told(row, column, _BEGINNINGS[first], _ENDED_EARLY, is_of_text=True)
        return Told(row, start, _BEGINNINGS[first], _QUOTE, is_of_text=True)
    return _explain_shape(lines, complaint, at, opened)


def _set_in_below(lines: tuple[str, ...], row: int) -> Iterator[str]:
    """The lines that go on with what stands behind the key of a line."""
    dashes = re.match(r"\s*(?:- +)*", lines[row])
    for text in lines[row + 1 :]:
        if text.strip() and dashes is not None:
            if len(text) - len(text.lstrip()) < dashes.end() or not text.lstrip().startswith("- "):
                return
            yield text


def _swallowed(lines: tuple[str, ...], at: tuple[int, int]) -> tuple[int, int] | None:
    """Where a text begins in quotes that end only in the line at fault, having swallowed keys on the way there."""
    for row in range(at[0] - 1, -1, -1):
        start = text_start(lines[row])
        quote = lines[row][start : start + 1]
        if quote in ("'", '"') and not _closes(lines[row][start + 1 :], quote):
            end = next((n for n in range(row + 1, len(lines)) if _closes(lines[n], quote)), None)
            return (row, start) if end == at[0] and LIKE_A_KEY.match(lines[row + 1]) else None
    return None


def _closes(text: str, quote: str) -> bool:
    """Whether a text in quotes ends on this line."""
    return bool(re.match(r'(?:[^"\\]|\\.)*"' if quote == '"' else r"(?:[^']|'')*'", text))


def text_start(line: str) -> int:
    """Where the text of a line begins, behind list dashes and a key."""
    found = _BEFORE_TEXT.match(line)
    return found.end() if found else 0


def _explain_brackets(lines: tuple[str, ...], at: tuple[int, int], opened: tuple[int, int]) -> Told:
    bracket = lines[opened[0]][opened[1] : opened[1] + 1] if opened[0] < len(lines) else ""
    if bracket not in ("[", "{"):
        end = max((n for n, text in enumerate(lines) if text.strip()), default=0)
        place = at if at[0] <= end else (end, len(lines[end]))
        do = tr(
            "Close every [ and {, with a part between any two commas; put a text that begins with one of them in quotes."
        )
        return Told(*place, tr("Something is missing inside [ ] or { } here, or a bracket above is never closed."), do)
    if at[0] != opened[0]:
        return Told(
            *opened,
            tr("The {bracket} here is never closed.", bracket=bracket),
            tr("Close it, or put the whole text in quotes."),
        )
    what = tr("After {bracket} the parts must be separated by commas, and here one ends too early.", bracket=bracket)
    return Told(
        *at, what, tr("Put each part that holds a comma, a colon, a bracket or an apostrophe in double quotes.")
    )


def _explain_shape(lines: tuple[str, ...], complaint: str, at: tuple[int, int], opened: tuple[int, int] | None) -> Told:
    row, column = at
    line = lines[row] if row < len(lines) else ""
    start = text_start(line)
    above = next((text for text in reversed(lines[:row]) if text.strip()), "")
    if "mapping values are not allowed" in complaint:
        if ": " in line[:column]:
            what = tr("A colon inside an unquoted text looks like a second key.")
            return Told(row, column, what, _QUOTE, is_of_text=True)
        if re.search(r"\w:\S", above) and ": " not in above:
            return Told(
                row - 1, 0, tr("There is no space after the colon."), tr("Put a space after the colon of a key.")
            )
        do = tr(
            "Set it in as far as the keys it belongs with; if it does go on with the text above, quote the whole text."
        )
        return Told(
            row, column, tr("This line is set in as if it went on with the text above, yet looks like a key."), do
        )
    if "could not find expected ':'" in complaint:
        do = tr("Write `key: text`; or, if it goes on with the text above, set it in further than the key.")
        return Told(opened[0] if opened else row, 0, tr("This line is not a key with a colon."), do)
    if "tab character" in complaint:
        return Told(row, column, tr("This line is set in with a tab."), tr("Use spaces instead."))
    if "entries are not allowed" in complaint:
        what = tr("Behind a key and its colon no list can begin, and no text with a dash and a blank.")
        do = tr("Begin a list on the next line; put a text in single quotes.")
        is_whole = not any(
            LIKE_A_KEY.match(text) for text in (line[start:].removeprefix("-"), *_set_in_below(lines, row))
        )
        return Told(row, column, what, do, is_of_text=is_whole)
    if "document start" in complaint:
        return Told(row, column, tr("Something stands after the end of the lesson."), tr("Remove it."))
    if complaint.startswith("while parsing a block"):
        do = tr("Set it in exactly as far as the other keys or dashes that it belongs with.")
        return Told(row, column, tr("This line is set in differently from the lines it belongs with."), do)
    do = tr("Compare its spaces, colons and quotation marks with the lines around it.")
    return Told(row, column, tr("This line cannot be read as YAML."), do)
