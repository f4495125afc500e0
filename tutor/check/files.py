"""Which files a check looks at."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


def lesson_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves, and of directories every `.yaml` file in them and beneath."""
    for path in paths:
        yield from sorted(_lessons_under(path)) if path.is_dir() else [path]


def is_there(path: Path) -> bool:
    """Whether a path leads to anything that can be looked at."""
    try:
        return path.exists()
    except OSError:  # too long a name, or a directory that may not be entered
        return False


def spelt(path: Path) -> str:
    """A path as text that can be printed; a name need not be text."""
    return os.fsencode(path).decode("utf-8", "replace")


def _lessons_under(directory: Path) -> Iterator[Path]:
    for file in directory.rglob("[!.]*.yaml"):
        if not any(part.startswith(".") for part in file.relative_to(directory).parts):
            yield file
