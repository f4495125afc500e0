"""A damaged record: set aside as it is, and what can be read of it is in the new one."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from unittest.mock import Mock

import pytest
from study.journals import LAST, on_disk, opened, opened_after
from study.samples import answer

from tutor.errors import ProgressError
from tutor.study.answer import Answer
from tutor.study.journal import Journal
from tutor.study.journal_damage import set_aside, unread
from tutor.study.journal_file import identity
from tutor.study.reset import Undo


def nonsense(whole: bytes) -> bytes:
    return b"not a database " * 100


def half_of(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def scribbled(whole: bytes) -> bytes:
    """The header left as it was, everything after the first page overwritten."""
    return whole[:4096] + b"\x55" * (len(whole) - 4096)


def last_page_scribbled(whole: bytes) -> bytes:
    return whole[:-4096] + b"\x55" * 4096


def middle_page_scribbled(whole: bytes) -> bytes:
    middle = len(whole) // 4096 // 2 * 4096
    return whole[:middle] + b"\x55" * 4096 + whole[middle + 4096 :]


def header_gone(whole: bytes) -> bytes:
    return bytes(100) + whole[100:]


def first_page_scribbled(whole: bytes) -> bytes:
    return b"\x55" * 4096 + whole[4096:]


def fill(path: Path, count: int = 200) -> None:
    with closing(opened(path)) as journal:
        for number in range(count // 2):
            journal.append(answer(number))
        journal.remember_place("slopes", "e1", "2025-03-01T09:00:00Z")
        journal.reset("slopes", id="reset", at="2025-03-01T09:00:00Z")
        for number in range(count // 2, count):
            journal.append(answer(number))


def root_zeroed(whole: bytes) -> bytes:
    """The beginning of the page from which all answers are reached."""
    return whole[:4096] + bytes(512) + whole[4608:]


def flipped(found: bytes, by: int, bit: int) -> Callable[[bytes], bytes]:
    """A bit flipped so many bytes after something that is found."""

    def damage(whole: bytes) -> bytes:
        place = whole.index(found) + by
        return whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]

    return damage


def list_of_last_page_gone(whole: bytes) -> bytes:
    """Its first sector, with the list of its rows, and not the rows."""
    return whole[:-4096] + bytes(512) + whole[-3584:]


@pytest.mark.parametrize(
    ("damage", "least"),
    [
        (nonsense, 0),
        (scribbled, 0),
        (half_of, 20),
        (last_page_scribbled, 160),
        (middle_page_scribbled, 160),
        (list_of_last_page_gone, 200),
        (header_gone, 200),
        (first_page_scribbled, 200),
        (root_zeroed, 200),
        pytest.param(flipped(b"NOT NULL", 4, 0x80), 200, id="a table's name that is no text"),
        pytest.param(flipped(b"SQLite", 18, 4), 200, id="only a later SQLite may write it"),
        pytest.param(flipped(b"SQLite", 19, 4), 200, id="only a later SQLite may read it"),
        pytest.param(flipped(b"SQLite", 47, 64), 200, id="a later format of tables"),
        pytest.param(flipped(b"SQLite", 59, 2), 200, id="another encoding"),
    ],
)
def test_what_can_be_read_of_a_damaged_file_is_kept(path, damage, least):
    fill(path)
    path.write_bytes(damage(path.read_bytes()))
    with closing(Journal(path)) as journal:
        notice = journal.open()
        saved = [entry for entry in journal.entries() if isinstance(entry, Answer)]
        assert len(saved) >= least
        assert all(row == answer(int(row.id[-12:])) for row in saved), "nothing is made up"
        assert (f"{len(saved)} answers" if saved else "No answer") in notice


def test_a_flipped_bit_in_a_text_costs_that_letter_and_no_more(path):
    fill(path, 4)
    whole = path.read_bytes()
    place = whole.rindex(b"slopes")
    path.write_bytes(whole[:place] + b"\xf3" + whole[place + 1 :])
    with closing(Journal(path)) as journal:
        assert journal.open() == ""
        assert len([entry for entry in journal.entries() if isinstance(entry, Answer)]) == 4


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("UPDATE answers SET at = x'00' WHERE number = 2", 4),
        ("UPDATE answers SET hints = 'two' WHERE number = 2", 4),
        ("UPDATE answers SET id = x'00' WHERE number = 2", 3),
        ("UPDATE places SET step = x'00'", 4),
        ("DROP TABLE answers; CREATE TABLE answers (x)", 0),
        ("PRAGMA user_version = 0", 4),
        ("PRAGMA user_version = 1", 4),
        ("PRAGMA user_version = 99", 4),
        ("PRAGMA user_version = -1", 4),
    ],
)
def test_a_file_that_is_sound_to_sqlite_and_no_record_is_damaged_too(path, statement, kept):
    fill(path, 4)
    with closing(sqlite3.connect(path)) as file:
        file.executescript(statement)
    with closing(Journal(path)) as journal:
        assert "Your record of answers was damaged" in journal.open()
        assert len([entry for entry in journal.entries() if isinstance(entry, Answer)]) == kept
        journal.append(answer(99))
        assert journal.answers()[-1] == answer(99)


def test_a_reset_is_salvaged_with_what_it_hides(path):
    fill(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_master SET rootpage = 9999 WHERE name = 'places'")
        file.commit()
    with closing(Journal(path)) as journal:
        assert "damaged" in journal.open()
        assert [row.id for row in journal.answers()] == [answer(number).id for number in range(100, 200)]
        assert len(journal.entries()) == 202


@pytest.mark.parametrize(
    ("table", "is_known"), [("places", True), ("undone", False), ("sqlite_autoindex_undone_1", False)]
)
def test_what_may_have_been_brought_back_is_in_sight(path, table, is_known):
    fill(path, 4)
    with closing(opened(path)) as journal:
        journal.undo(journal.reset("", id="all", at=LAST), LAST)
    with closing(sqlite3.connect(path)) as file:
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * root - 4096] + b"\x55" * 4096 + whole[4096 * root :])
    with closing(Journal(path)) as journal:
        assert ("whether you had brought it back" in journal.open()) is not is_known
        assert len(journal.answers()) == (2 if is_known else 4)
        assert len([entry for entry in journal.entries() if isinstance(entry, Undo)]) == (1 if is_known else 2)


def swapped(whole: bytes) -> bytes:
    """The roots of the answers and of their index in one another's place."""
    return whole[:4096] + whole[8192:12288] + whole[4096:8192] + whole[12288:]


@pytest.mark.parametrize("damage", [scribbled, swapped, flipped(b"SQLite", 18, 4)])
@pytest.mark.parametrize("first", ["append", "answers"])
def test_what_is_damaged_while_it_is_open_is_set_aside_at_once(path, damage, first):
    fill(path, 100)
    with closing(opened(path)) as journal:
        damaged = bytearray(damage(path.read_bytes()))
        damaged[24:28] = b"\xff" * 4  # as if another tutor had written, so that all is read again
        with path.open("r+b") as file:
            file.write(damaged)
        if first == "answers":
            journal.answers()
        told = journal.append(answer(100)) + journal.append(answer(101))
        assert [row.id for row in journal.answers()][-2:] == [answer(100).id, answer(101).id]
        if damage is not scribbled:
            assert len(journal.entries()) == 104
    assert told.count("Your record of answers was damaged") == 1
    assert len(on_disk(path)) == len({row.id for row in on_disk(path)}) >= 2


@pytest.mark.parametrize("damage", [nonsense, scribbled])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(path, damage):
    fill(path)
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    aside = path.with_name(path.name + ".damaged-1")
    with closing(Journal(path)) as journal:
        notice = journal.open()
        assert "damaged" in notice
        assert str(aside) in notice
        assert journal.answers() == []
        journal.append(answer(1))
    assert aside.read_bytes() == damaged
    assert on_disk(path) == [answer(1)]


def test_damage_after_damage_overwrites_nothing(path):
    path.parent.mkdir(parents=True)
    for word in (b"first", b"second"):
        path.write_bytes(word * 100)
        with closing(Journal(path)) as journal:
            assert journal.open()
    kept = [path.with_name(f"{path.name}.damaged-{number}").read_bytes()[:5] for number in (1, 2)]
    assert kept == [b"first", b"secon"]


def test_what_belongs_to_a_damaged_file_goes_with_it(tmp_path):
    path = tmp_path / "journal.sqlite3"
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).write_text(ending)
    set_aside(path, identity(path), 0)
    found = {one.name: one.read_text() for one in tmp_path.iterdir() if one.is_file()}
    assert found == {
        f"journal.sqlite3.damaged-1{ending}": ending.removesuffix(".unread")
        for ending in (".unread", "-journal", "-wal", "-shm")
    }


@pytest.mark.parametrize("when", ["salvage", "renamed"])
def test_whatever_ends_a_tutor_while_it_reads_a_damaged_file_the_next_one_does_it(path, monkeypatch, when):
    fill(path)
    path.write_bytes(last_page_scribbled(path.read_bytes()))
    aside = path.with_name(path.name + ".damaged-1")
    killed = Mock(side_effect=KeyboardInterrupt)
    with monkeypatch.context() as patched:
        if when == "salvage":
            patched.setattr("tutor.study.journal_salvage.salvage", killed)
        else:
            patched.setattr(Path, "rename", rename_until(path.with_name(aside.name + ".unread"), killed))
        with pytest.raises(KeyboardInterrupt):
            Journal(path).open()
    assert [each.name for each in unread(path)] == [f"{aside.name}.unread"]
    with closing(opened_after(path, "answers in it could be read and were kept")) as journal:
        saved = [entry for entry in journal.entries() if isinstance(entry, Answer)]
        assert len(saved) >= 160
        assert len(saved) == len({row.id for row in saved}), "what was read twice is there once"
    assert aside.exists()
    assert on_disk(path), "and is not told again"


def rename_until(last: Path, end: Mock) -> object:
    """Renaming as it is, but for one file."""
    rename = Path.rename
    return lambda old, new: end() if old == last else rename(old, new)


def test_a_damaged_file_on_a_full_disk_is_told_and_read_once_there_is_room(small_disk):
    subprocess.run(["mount", "-o", "remount,size=256k", small_disk], check=True)
    path = small_disk / "journal.sqlite3"
    with closing(opened(path)) as journal:
        for number in range(100):
            journal.append(answer(number))
    whole = path.read_bytes()
    path.write_bytes(middle_page_scribbled(whole))
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    for number in (200, 201):
        journal, notice = Journal.begin(path)
        with closing(journal):
            assert "the disk is full" in notice
            assert f"Your record of answers was damaged. It is kept as {path}.damaged-1.unread" in notice
            with pytest.raises(ProgressError, match="disk is full"):
                journal.append(answer(number))
    filler.unlink()
    with closing(opened_after(path, "Your record of answers was damaged")) as journal:
        found = {row.id for row in journal.answers()}
        assert {answer(200).id, answer(201).id} < found, "what was answered meanwhile too"
        assert len(found) > 40


def test_who_has_the_file_open_goes_on_in_the_new_one(path):
    with closing(opened(path)) as journal:
        journal.append(answer(1))
        set_aside(path, identity(path), 0)
        with closing(opened_after(path, "1 answer in it could be read")) as other:
            other.append(answer(2))
        assert journal.append(answer(3)) == ""
        assert journal.answers() == [answer(1), answer(2), answer(3)]


def test_a_good_file_that_took_the_place_of_the_damaged_one_is_left(path):
    opened(path).close()
    before = sorted(os.listdir(path.parent))
    set_aside(path, (0, 0), 0)
    assert sorted(os.listdir(path.parent)) == before
