"""Journals on disk, for whatever reads them."""

import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tutor.study.answer import Answer
from tutor.study.journal import Journal

LAST = "2025-03-01T09:00:00Z"

MACHINE = tempfile.gettempdir()
"Of the machine, whatever a test says."


def journal_of(directory: Path, answers: Iterable[Answer]) -> Path:
    """A journal of some answers in a directory of its own; its path."""
    path = directory / "journal.sqlite3"
    with closing(Journal(path)) as journal:
        journal.open()
        journal.merge(answers)
    return path


def opened(path: Path) -> Journal:
    journal = Journal(path)
    assert journal.open() == ""
    return journal


def opened_after(path: Path, told: str) -> Journal:
    journal = Journal(path)
    assert told in journal.open()
    return journal


def on_disk(path: Path, told: str = "") -> list[Answer]:
    with closing(Journal(path)) as journal:
        assert journal.open() == told
        return journal.answers()
