"""YAML that cannot be read, mended for the rest of the reading, so that one fault of spelling hides no other fault.

What is mended is still reported, and a lesson with a report is never shown to a learner. Every line keeps its number.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tutor.lesson.explain import LIKE_A_KEY, Told, text_start

MOST_MENDED: Final = 30
"Faults of spelling that are looked for in one file; each reads it anew."

TAKEN_OUT: Final = "-"
"The text of the page that stands for a step that was taken out."

_STEPS: Final = re.compile(r"steps: *(?:#.*)?")


class Mended(msgspec.Struct, frozen=True):
    """The lines of a file, changed so that they can be read further."""

    lines: tuple[str, ...]
    is_partial: bool = False
    "A step was taken out, so nothing can be said of what refers to it."


def mend(lines: tuple[str, ...], told: Told) -> Mended | None:
    """The lines with the fault taken away: the text in quotes, or else without its step; None where neither helps."""
    if told.is_of_text and (quoted := _quoted(lines, told.row)) is not None:
        return Mended(quoted)
    emptied = _without_step(lines, told.row)
    return Mended(emptied, is_partial=True) if emptied is not None else None


def _quoted(lines: tuple[str, ...], row: int) -> tuple[str, ...] | None:
    """With the text of a line, and of those that go on with it, in single quotes as its author meant it."""
    line = lines[row]
    start = text_start(line)
    text = line[start:].rstrip()
    if text[:1] in ("'", '"'):
        text = text[1:].removesuffix(text[0])
    text = text.removeprefix("- ").lstrip()  # a list of one part may be written without its dash
    indent = len(line) - len(line.lstrip())
    last = row
    while last + 1 < len(lines) and _goes_on(lines[last + 1], indent):
        last += 1
    whole = " ".join([text, *(goes_on.strip() for goes_on in lines[row + 1 : last + 1])])
    mended = f"{line[:start]}'{whole.replace(chr(39), chr(39) * 2)}'"
    return None if mended == line else (*lines[:row], mended, *[""] * (last - row), *lines[last + 1 :])


def _goes_on(line: str, indent: int) -> bool:
    return bool(line.strip()) and len(line) - len(line.lstrip()) > indent and not LIKE_A_KEY.match(line)


def _without_step(lines: tuple[str, ...], row: int) -> tuple[str, ...] | None:
    """With an empty page in place of the step that a line belongs to."""
    head = next((n for n, line in enumerate(lines) if _STEPS.fullmatch(line)), None)
    if head is None or row <= head:
        return None
    first = next((n for n in range(head + 1, len(lines)) if lines[n].lstrip().startswith("- ")), None)
    if first is None or row < first:
        return None
    dash = lines[first][: lines[first].index("-") + 1]
    starts = [n for n in range(first, row + 1) if lines[n].startswith(f"{dash} ")]
    begin = starts[-1]
    end = next((n for n in range(row + 1, len(lines)) if _ends_step(lines[n], dash)), len(lines))
    emptied = f"{dash} read: '{TAKEN_OUT}'"
    return None if lines[begin] == emptied else (*lines[:begin], emptied, *[""] * (end - begin - 1), *lines[end:])


def _ends_step(line: str, dash: str) -> bool:
    return line.startswith(f"{dash} ") or (line[:1].strip() != "" and line[:1] not in "#-")
