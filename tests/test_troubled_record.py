"""Everything that can be wrong with the place of the record, in a real terminal: it is said, and the learner goes on.

What becomes of the rows then is tested with the journal itself; here the screens are.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from study.samples import answer as row
from terminal import Terminal, environment, tutor_command

from tutor.study.journal import Journal

LESSON = """
format: 1
id: slopes
title: A lesson on bad ground
objectives: [Go on]
steps:
  - derivative: {id: cube, ask: The first question., of: x^3, by: x}
  - derivative: {id: square, ask: The second question., of: x^2, by: x}
  - derivative: {id: line, ask: The third question., of: 5x, by: x}
summary: This is the end.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home directory with a course of one lesson and a record of two answers."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "slopes.yaml").write_text(LESSON, encoding="utf-8")
    (tmp_path / "tutor").mkdir()
    return tmp_path


def record(home: Path) -> Path:
    return home / "tutor" / "journal.sqlite3"


def fill(home: Path, at: str = "2025-03-01T09:00:00Z") -> None:
    """Two answers of before."""
    with closing(Journal(record(home))) as journal:
        journal.open()
        for number in (1, 2):
            journal.append(row(number, "slopes", "line", at=at))


def saved(home: Path) -> list[str]:
    """The texts in the record, in the order given."""
    with closing(sqlite3.connect(f"file:{record(home)}?mode=ro", uri=True)) as file:
        return [text for (text,) in file.execute("SELECT text FROM answers ORDER BY number")]


def start(home: Path, *, wrapped: str = "{}", **more: str) -> Terminal:
    """The tutor at its lesson, wide enough that what is said stands on few lines."""
    command = wrapped.format(shlex.join(tutor_command("learn", "slopes")))
    env = environment(home, TUTOR_LESSONS=str(home / "course"), **more)
    return Terminal(["/bin/sh", "-c", f"exec {command}" if wrapped == "{}" else command], env, columns=200, rows=40)


def says(sentence: str) -> Callable[[Terminal], bool]:
    """Whether a sentence is on the screen, in a toast with its bar at the left of every line."""
    return lambda terminal: sentence in terminal.text.replace("▌ ", "")


def goes_on(terminal: Terminal) -> None:
    """Answer the question on the screen, see that it is right, and come to the next one."""
    terminal.wait_for("The first question")
    terminal.press(*"3x^2", "enter")
    terminal.wait_for("Right")
    terminal.press("enter")
    terminal.wait_for("The second question")


def damaged(home: Path) -> None:
    fill(home)
    record(home).write_bytes(b"not a database " * 100)


def newer(home: Path) -> None:
    fill(home)
    with closing(sqlite3.connect(record(home))) as file:
        file.executescript("ALTER TABLE answers ADD COLUMN mood TEXT; PRAGMA user_version = 99")


def ahead(home: Path) -> None:
    fill(home, at="2099-01-01T09:00:00Z")


@pytest.mark.parametrize(
    ("trouble", "said", "kept"),
    [
        (damaged, "Your record of answers was damaged. No answer in it could be read, and a new record has been begun", ["3x^2"]),
        (newer, "was written by a newer tutor, so this one leaves it as it is", ["2x", "2x"]),
        (ahead, "This machine's clock says", ["2x", "2x", "3x^2"]),
    ],
)  # fmt: skip
def test_a_record_that_is_not_as_it_should_be(
    home: Path, trouble: Callable[[Path], None], said: str, kept: list[str]
) -> None:
    trouble(home)
    with start(home) as terminal:
        terminal.wait_for(says(said))
        terminal.wait_for(says("You can go on"))
        goes_on(terminal)
    assert saved(home) == kept


def test_a_quota_that_is_used_up(home: Path) -> None:
    with start(
        home, wrapped="ulimit -f 1; exec {}", XDG_CACHE_HOME="/proc/none", PYTHONDONTWRITEBYTECODE="1"
    ) as terminal:
        terminal.wait_for(says("Your record of answers cannot be used: the disk does not take what is written"))
        goes_on(terminal)


def test_two_tutors_at_once(home: Path) -> None:
    with start(home) as one, start(home) as two:
        for terminal in (one, two):
            terminal.wait_for("The first question")
        for terminal in (one, two):
            goes_on(terminal)
            assert "not being saved" not in terminal.text
        one.press(*"2x", "enter")
        two.press(*"7x", "enter")
        one.wait_for("Right")
        two.wait_for("Not yet")
    assert sorted(saved(home)) == ["2x", "3x^2", "3x^2", "7x"]


@pytest.fixture
def disk(home: Path) -> Iterator[Path]:
    """A disk of 100 kB on which the record is, where the system allows one to be made."""
    place = home / "tutor"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill_up(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return


def test_a_disk_that_is_full_from_the_start(home: Path, disk: Path) -> None:
    fill_up(disk)
    with start(home) as terminal:
        terminal.wait_for(says("Your record of answers cannot be used: the disk is full"))
        goes_on(terminal)


def test_a_disk_that_fills_up_and_is_emptied_again(home: Path, disk: Path) -> None:
    with start(home) as terminal:
        terminal.wait_for("The first question")
        fill_up(disk)
        terminal.press(*("3x^2" + " " * 400), "enter")
        terminal.wait_for(says("Your record of answers cannot be used: the disk is full"))
        terminal.wait_for("Right")
        terminal.press("enter")
        terminal.wait_for("The second question")
        (disk / "filler").unlink()
        terminal.press(*"2x", "enter")
        terminal.wait_for("Right")
    assert [text.strip() for text in saved(home)] == ["3x^2", "2x"], "what could not be written then was written later"


def test_a_home_that_may_only_be_read(home: Path, disk: Path) -> None:
    fill(home)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with start(home) as terminal:
        terminal.wait_for(says("Your record of answers cannot be used: the tutor may not write there"))
        goes_on(terminal)
    assert saved(home) == ["2x", "2x"]


NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int refuse(int fd, int command, void *what, const char *name) {
    if (command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW) {
        errno = ENOLCK;
        return -1;
    }
    int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
    return real(fd, command, what);
}
int fcntl(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *what = va_arg(rest, void *);
    va_end(rest);
    return refuse(fd, command, what, "fcntl");
}
int fcntl64(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *what = va_arg(rest, void *);
    va_end(rest);
    return refuse(fd, command, what, "fcntl64");
}
"""
"A system whose files cannot be locked, as on some network file systems: put beneath a program with LD_PRELOAD."


@pytest.fixture
def no_locks(tmp_path: Path) -> str:
    """The library that takes locks away."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler here")
    source, library = tmp_path / "no_locks.c", tmp_path / "no_locks.so"
    source.write_text(NO_LOCKS)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return str(library)


def test_where_files_cannot_be_locked_one_tutor_saves_and_a_second_one_is_told(home: Path, no_locks: str) -> None:
    with start(home, LD_PRELOAD=no_locks) as first:
        first.wait_for(says("cannot lock files, so only one tutor at a time can save your answers"))
        goes_on(first)
        with start(home, LD_PRELOAD=no_locks) as second:
            second.wait_for(says("Your record of answers cannot be used: another tutor is open in another window"))
            second.wait_for("The second question")
            second.press(*"2x", "enter")
            second.wait_for("Right")
    assert saved(home) == ["3x^2"]
    assert os.listdir(record(home).parent)
