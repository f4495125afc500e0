"""What is said of the place where the record lies, whatever is wrong with it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from shutil import disk_usage

import pytest
from study.samples import answer

from tutor.doctor import files
from tutor.doctor.files import file_findings, file_system
from tutor.study.journal import Journal


def states(journal: Path) -> dict[str, str]:
    """What is not all well."""
    found = list(file_findings(journal))
    assert all(finding.do for finding in found if finding.state != "works")
    return {finding.area: finding.state for finding in found if finding.state != "works"}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Where a record will be."""
    return tmp_path / "far" / "away" / "journal.sqlite3"


def test_nothing_is_left_but_the_way(journal: Path) -> None:
    assert states(journal) == {}
    assert list(journal.parent.iterdir()) == []
    assert journal.parent.stat().st_mode & 0o077 == 0


def test_a_record_is_counted(journal: Path) -> None:
    record = Journal(journal)
    record.open()
    record.append(answer(1))
    record.close()
    assert any("1 answer in" in finding.what for finding in file_findings(journal))
    assert states(journal) == {}


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_does_not_take_it(journal: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    def fail(_: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", fail)
    assert states(journal) == {"files": "fails"}


def test_a_file_where_the_directory_should_be(tmp_path: Path) -> None:
    (tmp_path / "tutor").write_text("")
    assert states(tmp_path / "tutor" / "journal.sqlite3") == {"files": "fails"}


def test_a_damaged_record(journal: Path) -> None:
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"no database " * 1000)
    journal.chmod(0o600)
    assert states(journal) == {"record": "fails"}


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("nowhere", path)])
def test_what_is_no_file_is_no_record(journal: Path, make: Callable[[Path], None]) -> None:
    """Nor is it waited for, as for what comes out of a pipe."""
    journal.parent.mkdir(parents=True)
    make(journal)
    assert states(journal) == {"record": "fails"}


def test_a_record_for_all_to_read(journal: Path) -> None:
    record = Journal(journal)
    record.open()
    record.close()
    journal.chmod(0o644)
    assert states(journal) == {"record": "limited"}


@pytest.mark.parametrize(("free", "state"), [(2**30, None), (10 * 2**20, "limited"), (1000, "fails")])
def test_space(journal: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str | None) -> None:
    real = disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _: real._replace(free=free))
    assert states(journal).get("space") == state


def test_a_disk_without_locks(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "can_lock", lambda _: False)
    assert states(journal) == {"locks": "limited"}


def test_a_slow_disk(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SLOW", 0.0)
    assert states(journal) == {"files": "limited"}


def test_the_kind_of_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/homes {tmp_path} nfs4 rw 0 0\nodd line\n")
    assert file_system(tmp_path / "home", mounts) == "nfs4"
    assert file_system(Path("/"), mounts) == "ext4"
    assert file_system(tmp_path, tmp_path / "none") == ""
