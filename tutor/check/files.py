"""Which files a check looks at."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tutor.lesson.files import lesson_files, lessons_in


def files_to_check(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves, and of directories the lessons that a learner would be shown of them."""
    for path in paths:
        yield from sorted(lesson_files(lessons_in(path))) if path.is_dir() else [path]


def is_there(path: Path) -> bool:
    """Whether a path leads to anything that can be looked at, or would if the link there did."""
    try:
        return path.exists() or path.is_symlink()
    except OSError:  # too long a name, or a directory that may not be entered
        return False


def spelt(path: Path) -> str:
    """A path as text that can be printed; a name need not be text."""
    return os.fsencode(path).decode("utf-8", "replace")
