"""Small TOML files, as a course and a site have them: read within bounds, and what is wrong told in our own words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from tutor.reasons import why, why_not_toml
from tutor.words import tr

BYTES_AT_MOST: Final = 100_000


class TomlError(Exception):
    """A file cannot be read: the end of a sentence that says why, and where; 0 where the place is not known."""

    def __init__(self, what: str, line: int = 0, column: int = 0) -> None:
        self.what = what
        self.line = line
        self.column = column
        super().__init__(what)


def read_toml(file: Path) -> tuple[dict[str, Any], str]:
    """What a file holds, and its text.

    Raises:
        FileNotFoundError, NotADirectoryError: there is none.
        TomlError: it cannot be read.
    """
    import tomllib  # most who learn have no such file, and every start would pay for it

    try:
        with file.open("rb") as stream:
            raw = stream.read(BYTES_AT_MOST + 1)
        if len(raw) > BYTES_AT_MOST:
            raise TomlError(tr("it is larger than {n} kB", n=BYTES_AT_MOST // 1000))
        text = raw.decode()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise TomlError(why(error)) from error
    try:
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:  # a number too long, brackets too deep: no TOMLDecodeError
        raise TomlError(why_not_toml(str(error)), *_place_in(str(error), text)) from error


def _place_in(error: str, text: str) -> tuple[int, int]:
    """Line and column that TOML's reader names, which it does in words; a fault at the end is in the last line."""
    found = re.search(r"at line (\d+), column (\d+)", error)
    if found:
        return int(found[1]), int(found[2])
    return (max(1, len(text.splitlines())) if "end of document" in error else 0), 0
