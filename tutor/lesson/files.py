"""Which files of a directory are lessons: the one answer for a learner's start, a course of others and a check."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

INSIDE: Final = "lessons"


def lessons_in(directory: Path) -> Path:
    """Where the lessons of a course lie: in `lessons` beneath its directory, as in a repository, or else in itself."""
    inside = directory / INSIDE
    return inside if any(lesson_files(inside)) else directory


def lesson_files(directory: Path) -> Iterator[Path]:
    """Every `.yaml` file in a directory and beneath it; what is hidden is none."""
    for file in directory.rglob("[!.]*.yaml"):
        if not any(part.startswith(".") for part in file.relative_to(directory).parts):
            yield file
