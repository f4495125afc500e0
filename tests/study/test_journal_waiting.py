"""What the record does not take waits on disk, is said in a sentence, and is in the record once that can be written."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from study.journals import LAST, MACHINE, on_disk, opened
from study.samples import answer

from tutor.errors import ProgressError
from tutor.study.answer import Place
from tutor.study.journal import Journal
from tutor.study.journal_file import names_aside
from tutor.study.journal_lines import from_lines, to_lines
from tutor.study.journal_snapshot import answer_numbers


@pytest.mark.parametrize(
    ("below", "why"),
    [
        ("a-file", "a file stands where a directory is needed"),
        ("/proc/tutor", "nothing can be made"),
        ("leading-nowhere", "what stands there is no ordinary file"),
        ("pipe", "what stands there is no ordinary file"),
    ],
)
def test_where_nothing_can_be_written_the_journal_is_in_memory(tmp_path, below, why):
    (tmp_path / "a-file").touch()
    path = tmp_path / below / "journal.sqlite3"
    if below in ("leading-nowhere", "pipe"):
        path.parent.mkdir()
        path.symlink_to("nowhere") if below == "leading-nowhere" else os.mkfifo(path)
    journal, notice = Journal.begin(path)
    with closing(journal):
        assert "You can go on" in notice, why
        assert str(path) in notice, why
        assert ("no ordinary file" in notice) is ("no ordinary file" in why)
        for write in (lambda: journal.append(answer(1)), lambda: journal.remember_place("slopes", "e1", LAST)):
            with pytest.raises(ProgressError, match="cannot be used"):
                write()
        assert journal.answers() == [answer(1)]
        assert journal.places()[0] == Place("slopes", "e1", "2025-03-01T09:00:00Z")


@pytest.fixture
def somebody():
    """A directory of somebody who is not root, whom no right would stop; nothing in it may be written."""
    with tempfile.TemporaryDirectory(dir=MACHINE) as name:
        directory = Path(name)
        with closing(opened(directory / "journal.sqlite3")) as journal:
            journal.append(answer(1))
        (directory / "journal.sqlite3").chmod(0o444)
        directory.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            if not os.access(directory, os.X_OK, effective_ids=True):
                pytest.skip("the temporary directory is closed to others")
            yield directory
        finally:
            if is_root:
                os.seteuid(0)
            directory.chmod(0o755)


def test_a_file_that_may_only_be_read_is_read(somebody):
    journal, notice = Journal.begin(somebody / "journal.sqlite3")
    with closing(journal):
        assert "may not write there" in notice
        with pytest.raises(ProgressError, match="may not write there"):
            journal.append(answer(2))
        assert journal.answers() == [answer(1), answer(2)]


@pytest.mark.parametrize("name", ["new.sqlite3", "deep/down/new.sqlite3"])
def test_a_home_that_may_only_be_read(somebody, name):
    journal, notice = Journal.begin(somebody / name)
    with closing(journal):
        assert "may not write there. You can go on" in notice
        with pytest.raises(ProgressError, match="may not write there"):
            journal.append(answer(1))
        assert journal.answers() == [answer(1)]


TROUBLES = [
    ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "may not write"),
    ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "disk is full"),
]


@pytest.mark.parametrize(("trouble", "cure", "said"), TROUBLES)
def test_what_cannot_be_written_is_kept_and_written_later(journal, path, trouble, cure, said):
    journal.append(answer(1))
    journal._file.connection.execute(trouble)
    for number in (2, 3):
        with pytest.raises(ProgressError, match=said) as raised:
            journal.append(answer(number, text="x" * 10_000))
        at_length = f"The file is {path}." in str(raised.value) and "You can go on" in str(raised.value)
        assert at_length is (number == 2), "once, when it begins"
    with pytest.raises(ProgressError, match=said):
        journal.remember_place("slopes", "e" * 10_000, "2025-03-01T09:00:00Z")
    assert [row.id[-1] for row in journal.answers()] == ["1", "2", "3"]
    assert journal.places()[0].lesson == "slopes"
    assert len(answer_numbers(path)) == 1
    journal._file.connection.execute(cure)
    journal.append(answer(4))
    assert [row.id[-1] for row in on_disk(path)] == ["1", "2", "3", "4"]


def test_leaving_tries_once_more(journal, path):
    journal._file.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(ProgressError):
        journal.append(answer(1))
    journal._file.connection.execute("PRAGMA query_only = OFF")
    journal.close()
    journal.close()
    assert on_disk(path) == [answer(1)]


def test_another_program_holds_the_file(impatient, path):
    with closing(opened(path)) as journal, closing(sqlite3.connect(path, isolation_level=None)) as other:
        journal.append(answer(1))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProgressError, match="another program is holding"):
            journal.append(answer(2))
        late, notice = Journal.begin(path)
        with closing(late):
            assert "another program is holding" in notice
            assert late.answers() == [answer(1), answer(2)], "who cannot write may still read, what waits too"
            other.execute("COMMIT")
            late.append(answer(3))
        journal.append(answer(4))
        assert sorted(row.id[-1] for row in on_disk(path)) == ["1", "2", "3", "4"]


def test_another_program_holds_the_whole_file(impatient, path):
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        journal, notice = Journal.begin(path)
        assert "another program is holding the file. You can go on: your answers are kept in a file beside it" in notice
        with pytest.raises(ProgressError, match=r"another program is holding the file\.$"):
            journal.append(answer(1))
        with pytest.raises(ProgressError, match=r"another program is holding the file\.$"):
            journal.remember_place("slopes", "e1", "2025-03-01T09:00:00Z")
        assert (journal.answers(), journal.places()[0].step) == ([answer(1)], "e1")
        assert journal.answers("powers") == []
        other.execute("COMMIT")
    assert journal.append(answer(2)) == "1 answer that had to wait is in your record now."
    assert journal.append(answer(3)) == ""
    assert on_disk(path) == [answer(1), answer(2), answer(3)]
    assert journal.close() == ""
    assert not [name for name in os.listdir(path.parent) if ".unsaved-" in name]


SITTING = """
import os, signal, sys
from pathlib import Path
from study.samples import answer
from tutor.errors import ProgressError
from tutor.study import journal_database
from tutor.study.journal import Journal

journal_database.BUSY_SECONDS = 0
journal, _ = Journal.begin(Path(sys.argv[1]))
for number in range(1, 4):
    try:
        journal.append(answer(number, text="\\ud800x"))
    except ProgressError:
        pass
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
print(journal.close())
"""


@pytest.mark.parametrize("end", ["killed", "left"])
def test_what_a_held_file_did_not_take_is_there_at_the_next_start(path, end):
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        command = [sys.executable, "-c", SITTING, str(path), end]
        env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
        said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=env).stdout
    beside = [name for name in os.listdir(path.parent) if ".unsaved-" in name]
    assert len(beside) == 1
    told = f"Nothing is lost: the next start that can write there takes what is in {path.with_name(beside[0])}."
    assert (f"3 answers could not be put into your record: another program is holding the file. {told}" in said) is (
        end == "left"
    )
    with closing(Journal(path)) as journal:
        assert journal.open() == "3 answers that had to wait are in your record now."
        assert [row.text for row in journal.answers()] == ["?x"] * 3
    assert not [name for name in os.listdir(path.parent) if ".unsaved-" in name]


@pytest.mark.parametrize(
    ("machine", "age", "stays"),
    [(socket.gethostname(), 0, True), ("elsewhere", 0, True), ("elsewhere", 90_000, False)],
)
def test_a_file_to_which_another_tutor_may_still_write_is_read_and_left(path, machine, age, stays):
    opened(path).close()
    beside = path.with_name(f"{path.name}.unsaved-{machine}-{os.getpid()}-0.jsonl")
    beside.write_bytes(b"".join(to_lines([answer(1)])))
    os.utime(beside, (time.time() - age, time.time() - age))
    assert on_disk(path, "1 answer that had to wait is in your record now.") == [answer(1)]
    assert beside.exists() is stays


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        (lambda lines: lines, 3),
        (lambda lines: ["X" + lines[0], *lines[1:]], 3),
        (lambda lines: [*lines[:2], lines[2][:40], lines[3]], 2),
        (lambda lines: lines[:3], 2),
        (lambda lines: [line.replace("correct", "brilliant") for line in lines], 3),
    ],
)
def test_of_a_damaged_file_of_what_waits_nothing_is_lost(path, damage, read):
    opened(path).close()
    beside = path.with_name(f"{path.name}.unsaved-{socket.gethostname()}-{2**22 + 1}-0.jsonl")
    lines = b"".join(to_lines([answer(1), answer(2), answer(3)])).decode().splitlines()
    beside.write_text("\n".join(damage(lines)))
    before = beside.read_bytes()
    is_whole = len(damage(lines)) == 4 and read == 3 and not damage(lines)[0].startswith("X")
    with closing(Journal(path)) as journal:
        told = journal.open()
        assert f"{read} answers that had to wait are in your record now." in told
        assert ("had to wait was damaged" in told and f"{beside}.damaged" in told) is not is_whole
        assert len(journal.answers()) == read
    assert not beside.exists()
    if not is_whole:
        assert beside.with_name(beside.name + ".damaged").read_bytes() == before
    assert len(on_disk(path)) == read, "and is told once"


def test_nowhere_to_write_is_told_with_what_is_lost(monkeypatch, tmp_path):
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    journal, notice = Journal.begin(tmp_path / "a-file" / "journal.sqlite3")
    assert "Your answers are not being saved" in notice
    for number, text in ((1, "2x"), (2, "")):
        with pytest.raises(ProgressError, match="not being saved"):
            journal.append(answer(number, text=text))
    assert journal.close().endswith("lost, since nothing can be written anywhere: "
                                    "slopes e1: 2x; slopes e1: a hint or the solution.")  # fmt: skip


@pytest.mark.parametrize("is_killed", [True, False])
def test_what_the_home_does_not_take_is_on_this_machine_and_taken_in_by_the_next_start(tmp_path, is_killed):
    home = tmp_path / "home"
    home.touch()
    path = home / "journal.sqlite3"
    journal, notice = Journal.begin(path)
    assert "kept in this machine's temporary directory" in notice
    with pytest.raises(ProgressError):
        journal.append(answer(1))
    (file,) = (tmp_path / "tmp").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert from_lines(file.open("rb")).entries == (answer(1),), "on disk before the verdict shows"
    if not is_killed:
        assert f"`tutor import {file}`" in journal.close()
    home.unlink()
    assert on_disk(path, "1 answer that had to wait is in your record now.") == [answer(1)]
    assert Journal.begin(tmp_path / "other.sqlite3")[0].answers() == [], "it is of that record alone"


def test_a_home_that_never_takes_anything_leaves_one_file_with_all_that_waits(tmp_path):
    path = tmp_path / "home" / "journal.sqlite3"
    path.parent.touch()
    before = names_aside(path)[1]
    before = before.with_name(f"{before.name}{socket.gethostname()}-{2**22 + 1}-0.jsonl")
    before.write_bytes(b"".join(to_lines([answer(1)])))
    journal, _ = Journal.begin(path)
    with closing(journal), pytest.raises(ProgressError):
        journal.append(answer(2))
    (file,) = before.parent.iterdir()
    assert from_lines(file.open("rb")).entries == (answer(1), answer(2))


def test_nobody_puts_answers_into_somebody_elses_record(monkeypatch, path):
    beside, elsewhere = (begins.with_name(begins.name + "elsewhere-1-0.jsonl") for begins in names_aside(path))
    elsewhere.write_bytes(b"".join(to_lines([answer(1)])))
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert on_disk(path) == []
    elsewhere.rename(elsewhere.with_name("mine"))
    monkeypatch.undo()
    elsewhere.symlink_to("mine")
    assert on_disk(path) == []
    assert not beside.exists()


def written_until_full(journal: Journal) -> int:
    for number in range(100):
        try:
            journal.append(answer(number, text="x" * 5_000))
        except ProgressError:
            return number
    return 100


def test_a_disk_that_is_really_full(small_disk):
    journal, notice = Journal.begin(small_disk / "journal.sqlite3")
    with closing(journal):
        assert notice == ""
        saved = written_until_full(journal)
        assert 0 < saved < 100
        with pytest.raises(ProgressError, match="disk is full"):
            journal.remember_place("slopes", "e1", "2025-03-01T09:00:00Z")
        assert len(journal.answers()) == saved + 1
    assert len(answer_numbers(small_disk / "journal.sqlite3")) == saved
    new, notice = Journal.begin(small_disk / "other" / "journal.sqlite3")
    with closing(new):
        assert "disk is full" in notice
        with pytest.raises(ProgressError, match="disk is full"):
            new.append(answer(1))


def test_sitting_after_sitting_in_front_of_a_held_file_shows_each_answer_once(impatient, path):
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for number in (1, 2, 3):
            journal, _ = Journal.begin(path)
            with closing(journal), pytest.raises(ProgressError):
                journal.append(answer(number))
            assert journal.close() == ""
        late, _ = Journal.begin(path)
        assert late.answers() == [answer(1), answer(2), answer(3)]
        other.execute("COMMIT")
        late.remember_place("slopes", "e1", LAST)
        assert late.entries() == [answer(1), answer(2), answer(3), Place("slopes", "e1", LAST)]
        late.close()


def test_who_only_reads_leaves_what_waits_where_it_is(impatient, path):
    opened(path).close()
    beside = path.with_name(f"{path.name}.unsaved-elsewhere-1-0.jsonl")
    beside.write_bytes(b"".join(to_lines([answer(1)])))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(Journal(path)) as journal:
            with pytest.raises(ProgressError, match="another program is holding the file"):
                journal.open("Nothing was done.")
            assert journal.answers() == [answer(1)]
    assert [name for name in os.listdir(path.parent) if ".unsaved-" in name] == [beside.name]
