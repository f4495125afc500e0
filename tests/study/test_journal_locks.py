"""Where files cannot be locked, one tutor at a time writes."""

import errno
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from study.journals import on_disk
from study.samples import answer

from tutor.errors import ProgressError
from tutor.study.journal import Journal
from tutor.study.journal_file import can_lock
from tutor.study.journal_hold import HeldError, Hold
from tutor.study.journal_words import NO_LOCKS


@pytest.fixture
def no_locks(monkeypatch, path):
    """A file system that cannot lock: SQLite reports a busy file for ever, and so does the system when asked."""
    path.parent.mkdir(parents=True)
    refused = OSError(errno.ENOLCK, "No locks available")
    monkeypatch.setattr("fcntl.lockf", Mock(side_effect=refused))
    connect = sqlite3.connect

    def connect_where_nothing_locks(target, **more):
        if "nolock=1" in str(target) or target == ":memory:":
            return connect(target, **more)
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorname = "SQLITE_BUSY"
        raise error

    monkeypatch.setattr("sqlite3.connect", connect_where_nothing_locks)


def test_where_files_cannot_be_locked_one_tutor_saves_all_the_same(no_locks, path):
    with closing(Journal(path)) as journal:
        assert "cannot lock files" in journal.open()
        journal.append(answer(1))
        second, notice = Journal.begin(path)
        with closing(second):
            assert "another tutor is open in another window" in notice
            assert "You can go on" in notice
            with pytest.raises(ProgressError, match="another tutor is open in another window"):
                second.append(answer(2))
            assert second.answers() == [answer(1), answer(2)], "reading needs nobody's leave"
            assert second.entries() == [answer(1), answer(2)]
        assert journal.answers() == [answer(1)], "nothing of the second's came between"
    assert on_disk(path, f"{NO_LOCKS} 1 answer that had to wait is in your record now.") == [answer(1), answer(2)]
    assert not [name for name in os.listdir(path.parent) if "held" in name or "lock" in name]


def test_what_a_killed_tutor_holds_is_let_go_and_what_another_machine_holds_is_not(tmp_path):
    path = tmp_path / "journal.sqlite3"
    held = tmp_path / "journal.sqlite3.held"
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    held.write_text(f"{socket.gethostname()} {gone.pid}")
    Hold(path).release()
    assert not held.exists()
    held.write_text("elsewhere 1")
    with pytest.raises(HeldError, match="on elsewhere; if none is, delete"):
        Hold(path)
    assert held.read_text() == "elsewhere 1"


@pytest.mark.parametrize(
    ("process", "began", "is_held"),
    [
        ("mine", "", True),  # of a tutor that did not say when it began, or a system that does not
        ("mine", "as now", True),
        ("mine", "1", False),
        (1, "0000", False),
    ],
)
def test_a_number_that_is_another_programs_by_now_holds_nothing(tmp_path, process, began, is_held):
    path, held = tmp_path / "journal.sqlite3", tmp_path / "journal.sqlite3.held"
    if began and not Path("/proc/self/stat").exists():
        pytest.skip("the system does not say when a process began")
    written = Hold(path)
    mine = held.read_text()
    written.release()
    held.write_text(
        mine
        if began == "as now"
        else f"{socket.gethostname()} {os.getpid() if process == 'mine' else process} {began}".strip()
    )
    if is_held:
        with pytest.raises(HeldError, match=f"in another window; if none is, delete {held}"):
            Hold(path)
    else:
        Hold(path).release()
        assert os.listdir(tmp_path) == ["tmp"]


def test_two_that_find_a_hold_left_at_once_do_not_both_have_it(monkeypatch, tmp_path):
    path, held = tmp_path / "journal.sqlite3", tmp_path / "journal.sqlite3.held"
    held.write_text(f"{socket.gethostname()} {2**22 + 1}")
    quicker = []

    def is_alive(process: int) -> bool:
        monkeypatch.undo()
        quicker.append(Hold(path))
        return False

    monkeypatch.setattr("tutor.study.journal_hold.is_alive", is_alive)
    with pytest.raises(HeldError, match="in another window"):
        Hold(path)
    quicker[0].release()
    assert not held.exists()


@pytest.mark.parametrize(
    ("number", "locks"), [(errno.ENOLCK, False), (errno.ENOTSUP, False), (errno.ENOSYS, False), (errno.EAGAIN, True)]
)
def test_whether_files_can_be_locked_is_tried(monkeypatch, tmp_path, number, locks):
    assert can_lock(tmp_path / "journal")
    monkeypatch.setattr("fcntl.lockf", Mock(side_effect=OSError(number, os.strerror(number))))
    assert can_lock(tmp_path / "journal") is locks
    assert os.listdir(tmp_path) == ["tmp"]
