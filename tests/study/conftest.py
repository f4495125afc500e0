"""A record in a directory of the test, and what may be wrong with the ground beneath it."""

import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from study.journals import opened

from tutor.study import journal_database


@pytest.fixture(autouse=True)
def _rescued(monkeypatch, tmp_path):
    """What cannot be put anywhere else goes into the directory of the test, and not into that of the machine."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "down" / "journal.sqlite3"


@pytest.fixture
def journal(path):
    with closing(opened(path)) as journal:
        yield journal


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(journal_database, "BUSY_SECONDS", 0.05)


@pytest.fixture
def small_disk():
    """A disk of 64 kB, where the system allows one to be made."""
    with tempfile.TemporaryDirectory() as name:
        mount = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", name], capture_output=True, check=False
        )
        if mount.returncode:
            pytest.skip("no disk can be mounted here")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)
