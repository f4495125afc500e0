"""What is kept of a course holds only while its files are the same, and is never needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tutor.lesson import read
from tutor.lesson.compiled import open_course

LESSON = """\
format: 1
id: one
title: {title}
objectives: [Know one thing]
steps:
  - number: {{id: sum, ask: What is $1 + 1$?, of: 1 + 1}}
summary: One and one.
"""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    directory = tmp_path / "lessons"
    directory.mkdir()
    (directory / "one.yaml").write_text(LESSON.format(title="First"))
    return directory


def titles(lessons: Path, cache: Path) -> list[str]:
    return [lesson.title for lesson in open_course(lessons, cache).lessons]


def test_the_second_time_no_yaml_is_read(lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_course(lessons, tmp_path / "cache")
    monkeypatch.setattr(read, "read_course", None)
    assert open_course(lessons, tmp_path / "cache") == first


def test_a_changed_file_is_read_again(lessons: Path, tmp_path: Path) -> None:
    assert titles(lessons, tmp_path / "cache") == ["First"]
    (lessons / "one.yaml").write_text(LESSON.format(title="Other"))
    os.utime(lessons / "one.yaml", ns=(1, 1))
    assert titles(lessons, tmp_path / "cache") == ["Other"]


def test_a_file_more_or_less_is_seen(lessons: Path, tmp_path: Path) -> None:
    assert titles(lessons, tmp_path / "cache") == ["First"]
    (lessons / "one.yaml").unlink()
    assert titles(lessons, tmp_path / "cache") == []


@pytest.mark.parametrize("rubbish", [b"", b"\xc1", b"not msgpack", b"\x92\xa0\x90"])
def test_a_damaged_cache_is_made_anew(lessons: Path, tmp_path: Path, rubbish: bytes) -> None:
    cache = tmp_path / "cache"
    titles(lessons, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(rubbish)
    assert titles(lessons, cache) == ["First"]
    assert kept.read_bytes() != rubbish


def test_a_cache_that_cannot_be_written_is_done_without(lessons: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert titles(lessons, in_the_way / "cache") == ["First"]
