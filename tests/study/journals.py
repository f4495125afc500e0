"""Journals on disk, for whatever reads them."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tutor.study.answer import Answer
from tutor.study.journal import Journal


def journal_of(directory: Path, answers: Iterable[Answer]) -> Path:
    """A journal of some answers in a directory of its own; its path."""
    path = directory / "journal.sqlite3"
    with closing(Journal(path)) as journal:
        journal.open()
        journal.merge(answers)
    return path
