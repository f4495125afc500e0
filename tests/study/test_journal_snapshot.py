"""A journal read by another process: whatever state it is in, nothing is written to it and a trouble has a sentence."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from study.journals import journal_of
from study.samples import answer

from tutor.errors import ProgressError
from tutor.study import journal_snapshot
from tutor.study.journal import Journal
from tutor.study.journal_snapshot import answer_numbers, numbered_answers

ROWS = [answer(1), answer(2), answer(3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_of(tmp_path, ROWS)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program that keeps the file to itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield


def test_all_is_read_and_some_of_it(path: Path) -> None:
    numbers = answer_numbers(path)
    assert list(numbers) == [row.id for row in ROWS]
    wanted = [numbers[ROWS[2].id], numbers[ROWS[0].id]]
    assert numbered_answers(path, wanted) == [(numbers[row.id], row) for row in (ROWS[0], ROWS[2])]


def test_what_a_reset_hides_is_there(path: Path) -> None:
    with closing(Journal(path)) as journal:
        journal.open()
        journal.reset("", id="r1", at=ROWS[0].at)
        assert journal.answers() == []
    assert len(answer_numbers(path)) == 3


def test_nothing_is_written(path: Path) -> None:
    before, names = path.read_bytes(), sorted(path.parent.iterdir())
    numbered_answers(path, list(answer_numbers(path).values()))
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == names


def test_where_there_is_no_journal_there_are_no_answers(tmp_path: Path) -> None:
    assert answer_numbers(tmp_path / "none") == {}
    (tmp_path / "empty").touch()
    assert answer_numbers(tmp_path / "empty") == {}
    assert not (tmp_path / "none").exists()


def test_one_who_writes_is_waited_for_and_then_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_snapshot, "_WAIT", 0.0)
    with held(path), pytest.raises(ProgressError, match="another program is holding"):
        answer_numbers(path)
    assert len(answer_numbers(path)) == 3


def test_where_nothing_can_be_locked_it_is_read_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(journal_snapshot, "_WAIT", 0.0)
    monkeypatch.setattr("fcntl.lockf", refuse)
    with held(path):  # SQLite tells the two apart no better
        assert len(answer_numbers(path)) == 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [("PRAGMA user_version = 99", "newer tutor"), ("DROP TABLE answers", "cannot be used")],
)
def test_what_cannot_be_read_is_said(path: Path, statement: str, said: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
    with pytest.raises(ProgressError, match=said):
        answer_numbers(path)


def test_a_damaged_row_is_left_out(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE answers SET at = 'yesterday' WHERE id = ?", (ROWS[1].id,))
    numbers = answer_numbers(path)
    assert [found for _, found in numbered_answers(path, list(numbers.values()))] == [ROWS[0], ROWS[2]]
