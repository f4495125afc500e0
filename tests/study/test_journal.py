"""What is on disk stays on disk; what goes wrong there is said plainly and stops nobody."""

import asyncio
import errno
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.samples import answer
from study.writing import sit_and_kill, writer

from tutor.errors import ProgressError
from tutor.marking.verdict import Outcome
from tutor.study import journal_database
from tutor.study.answer import Answer, Place
from tutor.study.journal import Journal
from tutor.study.journal_damage import set_aside, unread
from tutor.study.journal_database import MIGRATIONS
from tutor.study.journal_file import can_lock, identity, names_aside
from tutor.study.journal_hold import HeldError, Hold
from tutor.study.journal_lines import from_lines, to_lines
from tutor.study.journal_snapshot import answer_numbers
from tutor.study.journal_words import NO_LOCKS
from tutor.study.reset import Reset, Undo


def opened(path: Path) -> Journal:
    journal = Journal(path)
    assert journal.open() == ""
    return journal


@pytest.fixture(autouse=True)
def _rescued(monkeypatch, tmp_path):
    """What cannot be put anywhere else goes into the directory of the test, and not into that of the machine."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()


MACHINE = tempfile.gettempdir()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "down" / "journal.sqlite3"


@pytest.fixture
def journal(path):
    with closing(opened(path)) as journal:
        yield journal


def on_disk(path: Path, told: str = "") -> list[Answer]:
    with closing(Journal(path)) as journal:
        assert journal.open() == told
        return journal.answers()


def test_answers_come_back_in_order_and_by_lesson(journal, path):
    rows = [answer(1), answer(2, "powers", "p1"), answer(3, text="", verdict=None, hints=1, solution_shown=True)]
    for row in rows:
        journal.append(row)
    assert journal.answers() == rows == on_disk(path)
    assert journal.answers("powers") == [rows[1]]
    assert journal.answers("gone") == []


def test_the_same_answer_twice_is_one_row(journal):
    journal.append(answer(1))
    journal.append(answer(1, text="something else"))
    assert journal.answers() == [answer(1)]


def test_the_last_place_is_remembered(journal, path):
    assert journal.places() == ()
    for step in ("e1", "e1+1"):
        journal.remember_place("slopes", step, "2025-03-01T09:00:00Z")
    assert journal.places()[0] == Place("slopes", "e1+1", "2025-03-01T09:00:00Z")
    journal.close()
    assert opened(path).places()[0] == Place("slopes", "e1+1", "2025-03-01T09:00:00Z")


# Surrogates are what UTF-8 cannot hold; a broken paste brings them, and they are stored as question marks.
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Answer,
        id=texts,
        at=texts,
        lesson=texts,
        exercise=texts,
        seed=st.none() | st.integers(-(2**63), 2**63 - 1),
        text=texts,
        verdict=st.none() | st.sampled_from(Outcome),
        slips=st.lists(st.from_regex(r"[A-Z][0-9]{1,2}", fullmatch=True)).map(tuple),
        hints=st.integers(0, 9),
        solution_shown=st.booleans(),
        seconds=st.floats(0, 1e6),
        version=texts,
    )
)
def test_every_answer_survives(row):
    with closing(Journal.in_memory()) as memory:
        memory.open()
        memory.append(row)
        assert memory.answers() == [row]


@pytest.mark.parametrize(
    ("typed", "stored"), [("\ud800x", "?x"), ("[/] '); DROP TABLE answers; --\0", "[/] '); DROP TABLE answers; --\0")]
)
def test_hostile_text_is_only_text(journal, typed, stored):
    journal.append(answer(1, text=typed))
    assert [row.text for row in journal.answers()] == [stored]


def test_only_the_learner_can_look_in(journal, path, tmp_path):
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "deep", tmp_path / "deep/down", path)]
    assert modes == [0o700, 0o700, 0o600]


def test_how_it_is_written(journal, path):
    asked = ("journal_mode", "synchronous", "busy_timeout", "user_version")
    found = [journal._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert found == ["truncate", 2, 5000, len(MIGRATIONS)]


def test_a_file_that_somebody_made_wal_is_not_left_so(path):
    opened(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with closing(opened(path)) as journal:
        assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_an_older_file_is_brought_up_to_date_with_its_answers(path, monkeypatch):
    with closing(opened(path)) as journal:
        journal.append(answer(1))
    monkeypatch.setattr(journal_database, "MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE answers ADD COLUMN mood TEXT",)))
    with closing(opened(path)) as journal:
        assert journal.answers() == [answer(1)]
        assert journal._connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert journal._connection.execute("SELECT mood FROM answers").fetchall() == [(None,)]


def test_a_migration_is_done_whole_or_not_at_all(path, monkeypatch):
    opened(path).close()
    before = path.read_bytes()
    monkeypatch.setattr(journal_database, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE moods (mood)", "NONSENSE")))
    with pytest.raises(ProgressError, match="You can go on"):
        Journal(path).open()
    assert path.read_bytes() == before


def test_a_newer_file_is_never_touched(path):
    opened(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(ProgressError, match="newer tutor") as trouble:
        Journal(path).open()
    assert "You can go on" in str(trouble.value)
    assert str(path) in str(trouble.value)
    assert path.read_bytes() == before
    assert not [name for name in os.listdir(path.parent) if "damaged" in name]


def test_what_is_no_verdict_is_blamed_on_nobody(journal):
    journal.append(answer(1))
    journal._connection.execute("UPDATE answers SET verdict = 'Wonderful!'")
    assert journal.answers() == [answer(1, verdict=Outcome.UNDECIDED)]


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


def root_zeroed(whole: bytes) -> bytes:
    """The beginning of the page from which all answers are reached."""
    return whole[:4096] + bytes(512) + whole[4608:]


def schema_flipped(whole: bytes) -> bytes:
    """What SQLite says of it is no UTF-8."""
    place = whole.index(b"NOT NULL") + 4
    return whole[:place] + b"\xce" + whole[place + 1 :]


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


@pytest.mark.parametrize(
    ("damage", "least"),
    [
        (nonsense, 0),
        (scribbled, 0),
        (half_of, 20),
        (last_page_scribbled, 160),
        (middle_page_scribbled, 160),
        (header_gone, 200),
        (first_page_scribbled, 200),
        (root_zeroed, 200),
        (schema_flipped, 200),
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


def test_a_reset_whose_undo_cannot_be_read_is_undone(path):
    fill(path, 4)
    with closing(opened(path)) as journal:
        journal.undo(journal.standing_resets()[0], "2025-03-02T09:00:00Z")
    with closing(sqlite3.connect(path)) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'undone'").fetchone()
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * (page - 1)] + bytes(512) + whole[4096 * (page - 1) + 512 :])
    with closing(Journal(path)) as journal:
        assert "4 answers in it could be read" in journal.open()
        assert len(journal.answers()) == 4


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
        ("UPDATE answers SET at = x'00' WHERE number = 2", 3),
        ("UPDATE answers SET hints = 'two' WHERE number = 2", 3),
        ("UPDATE places SET step = x'00'", 4),
        ("DROP TABLE answers; CREATE TABLE answers (x)", 0),
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
        assert len(journal.entries()) == 201


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
    set_aside(path, identity(path))
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


def opened_after(path: Path, told: str) -> Journal:
    journal = Journal(path)
    assert told in journal.open()
    return journal


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
        set_aside(path, identity(path))
        with closing(opened_after(path, "1 answer in it could be read")) as other:
            other.append(answer(2))
        assert journal.append(answer(3)) == ""
        assert journal.answers() == [answer(1), answer(2), answer(3)]


def test_a_good_file_that_took_the_place_of_the_damaged_one_is_left(path):
    opened(path).close()
    before = sorted(os.listdir(path.parent))
    set_aside(path, (0, 0))
    assert sorted(os.listdir(path.parent)) == before


@pytest.mark.parametrize(
    ("below", "why"), [("a-file", "a file stands where a directory is needed"), ("/proc/tutor", "nothing can be made")]
)
def test_where_nothing_can_be_written_the_journal_is_in_memory(tmp_path, below, why):
    (tmp_path / "a-file").touch()
    path = tmp_path / below / "journal.sqlite3"
    journal, notice = Journal.begin(path)
    with closing(journal):
        assert "You can go on" in notice, why
        assert str(path) in notice, why
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
    journal._connection.execute(trouble)
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
    journal._connection.execute(cure)
    journal.append(answer(4))
    assert [row.id[-1] for row in on_disk(path)] == ["1", "2", "3", "4"]


def test_leaving_tries_once_more(journal, path):
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(ProgressError):
        journal.append(answer(1))
    journal._connection.execute("PRAGMA query_only = OFF")
    journal.close()
    journal.close()
    assert on_disk(path) == [answer(1)]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(journal_database, "BUSY_SECONDS", 0.05)


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
        (lambda header, one, two: [b"X" + header, one, two], [1, 2]),
        (lambda header, one, two: [header, one[:30] + b"\n", two], [2]),
        (lambda header, one, two: [header, one], [1]),
    ],
)
def test_a_waiting_file_that_cannot_be_read_whole_is_kept_and_told(path, damage, read):
    opened(path).close()
    beside = path.with_name(f"{path.name}.unsaved-elsewhere-1-0.jsonl")
    beside.write_bytes(b"".join(damage(*to_lines([answer(1), answer(2)]))))
    os.utime(beside, (0, 0))
    with closing(Journal(path)) as journal:
        notice = journal.open()
    assert on_disk(path) == [answer(number) for number in read]
    assert f"was damaged. What could be read of it is in your record now, and it is kept as {beside}.damaged." in notice
    assert Path(f"{beside}.damaged").exists()


@pytest.mark.parametrize("at", ["answers", "places", "append"])
def test_damage_that_shows_only_later_is_set_aside_then(path, at):
    """A page of an index in the place of another: the check at the start does not look whether they lead to the rows."""
    fill(path)
    with closing(Journal(path)) as journal:
        journal.open()
        real = journal._connection
        damage = sqlite3.DatabaseError("malformed")
        damage.sqlite_errorname = "SQLITE_CORRUPT"
        journal._connection = Mock(execute=Mock(side_effect=damage), close=real.close)
        if at != "append":
            getattr(journal, at)()
        assert "No answer in it" not in (told := journal.append(answer(999)))
        assert "200 answers in it could be read and were kept" in told
        assert journal.answers()[-1] == answer(999)
    assert path.with_name(f"{path.name}.damaged-1").exists()


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
            assert second.answers() == [answer(2)]
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


LAST = "2025-03-01T09:00:00Z"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2025-03-01T09:00:01+00:00", False),
        ("2025-03-01T08:30:00+00:00", False),
        ("2025-03-01T09:30:00+02:00", True),
        ("1970-01-01T00:00:00+00:00", True),
    ],
)
def test_a_clock_that_goes_back_is_told_and_loses_nothing(path, now, told):
    with closing(opened(path)) as journal:
        journal.append(answer(1, at=LAST))
        journal.remember_place("slopes", "e1", LAST)
    journal, notice = Journal.begin(path, datetime.fromisoformat(now))
    with closing(journal):
        assert ("2025-03-01 09:00" in notice and "You can go on" in notice) is told
        journal.append(answer(2, at=now))
        journal.remember_place("powers", "p1", now)
        assert [row.id for row in journal.answers()] == [answer(1).id, answer(2).id], "in the order written"
        assert journal.places()[0].lesson == "powers"
    assert Journal.begin(path, datetime.fromisoformat(now))[1] == ""


def test_old_answers_that_are_merged_do_not_hide_a_clock_that_goes_back(journal):
    journal.remember_place("slopes", "e1", LAST)
    journal.merge([Place("powers", "p1", "2024-01-01T09:00:00Z"), answer(1, at="2024-01-01T09:00:00Z")])
    assert "2025-03-01 09:00" in journal.clock_trouble(datetime(2024, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("at", ["", "soon"])
def test_a_place_without_a_time_says_nothing_of_the_clock(path, at):
    with closing(opened(path)) as journal:
        assert journal.clock_trouble(datetime.now(UTC)) == ""
        journal.remember_place("slopes", "e1", at)
        assert journal.clock_trouble(datetime.now(UTC)) == ""


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


def test_a_reset_puts_out_of_sight_and_an_undo_brings_back(journal, path):
    kept = [answer(1), answer(2, "powers", "p1")]
    for row in kept:
        journal.append(row)
        journal.remember_place(row.lesson, row.exercise, row.at)
    first = journal.reset("slopes", id="r1", at="2025-03-02T09:00:00Z")
    assert set(first.entries) == {answer(1).id, "slopes e1 2025-03-01T09:00:00Z"}
    assert (journal.answers(), len(journal.places())) == (kept[1:], 1)
    journal.append(answer(3))
    everything = journal.reset("", id="r2", at="2025-03-02T09:00:00Z")
    assert (journal.answers(), journal.places()) == ([], ())
    assert journal.standing_resets() == [first, everything]
    journal.undo(everything, "2025-03-02T09:00:00Z")
    assert on_disk(path) == [kept[1], answer(3)], "what the first one hides stays hidden"
    journal.undo(first, "2025-03-02T09:00:00Z")
    assert on_disk(path) == [*kept, answer(3)]
    assert journal.standing_resets() == []
    assert {type(entry) for entry in journal.entries()} == {Answer, Place, Reset, Undo}


def machine(*moves: int) -> Journal:
    """A journal in which some of a hundred things happened; the same number is the same thing."""
    journal = Journal.in_memory()
    journal.open()
    for move in moves:
        at = f"2025-03-01T09:{move % 50:02}:00Z"
        if move < 60:
            journal.append(answer(move, lesson=f"l{move % 3}"))
        elif move < 80:
            journal.remember_place(f"l{move % 3}", f"e{move}", at)
        elif move < 90:
            journal.merge(
                [Reset(id=f"r{move}", at=at, lesson="", entries=tuple(answer(n).id for n in range(move - 80, 60, 7)))]
            )
        else:
            journal.merge([Undo(f"r{move - 10}", at)])
    return journal


def as_set(journal: Journal) -> set[str]:
    return {repr(entry) for entry in journal.entries()}


moves = st.lists(st.integers(0, 99), max_size=30)


@given(moves, moves)
def test_merging_two_machines_loses_nothing_and_doubles_nothing(here, there):
    with closing(machine(*here)) as one, closing(machine(*there)) as two:
        before, other = as_set(one), as_set(two)
        new = one.merge(two.entries())
        assert as_set(one) == before | other
        assert new == len(as_set(one)) - len(before)
        assert one.merge(two.entries()) == 0
        assert two.merge(one.entries()) == len(before - other)
        assert as_set(two) == as_set(one), "in whichever order"
        assert {row.id for row in one.answers()} == {row.id for row in two.answers()}


def test_an_earlier_place_from_elsewhere_is_not_the_last(journal):
    journal.remember_place("slopes", "e1", "2025-03-05T09:00:00Z")
    for day, step in ((1, "early"), (2, "e0")):
        journal.merge([Place("slopes", step, f"2025-03-0{day}T09:00:00Z")])
    assert journal.places()[0].step == "e1"
    journal.merge([Place("slopes", "e2", "2025-03-05T10:00:00+02:00")])
    assert journal.places()[0].step == "e1", "it is the moment that counts"
    journal.merge([Place("powers", "p1", "2025-03-06T09:00:00Z")])
    assert journal.places()[0].step == "p1"
    assert len(journal.entries()) == 5


def test_a_merge_is_done_whole_or_not_at_all(journal):
    journal._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(ProgressError, match="Nothing was imported: the disk is full"):
        journal.merge([answer(number, text="x" * 5_000) for number in range(50)])
    assert journal.entries() == []


def test_a_journal_that_is_not_open_says_so(path):
    with pytest.raises(ProgressError, match="not open"):
        Journal(path).append(answer(1))


async def test_many_threads_one_journal(journal, path):
    numbers = range(1, 41)
    await asyncio.gather(*(asyncio.to_thread(journal.append, answer(number)) for number in numbers))
    assert {row.id for row in await asyncio.to_thread(journal.answers)} == {answer(number).id for number in numbers}


def test_two_tutors_at_once_begin_and_fill_one_file(path):
    both = [writer(path, name, 50) for name in ("one", "two")]
    printed = [line for process in both for line in process.communicate()[0].split()]
    assert [process.returncode for process in both] == [0, 0]
    assert len(printed) == 100
    assert {row.id for row in on_disk(path)} == set(printed)


@pytest.mark.parametrize(("where", "kills"), [("journal", 300), ("screens", 12)])
def test_a_kill_loses_no_answer_that_was_acknowledged(path, where, kills):
    """Of the screens 300 kills too are made by `python tests/bench/kills.py`, in some minutes."""
    shown = sit_and_kill(path, kills, where)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert set(shown) <= {row.text for row in on_disk(path)}
    assert len(shown) == len(set(shown)) >= kills


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
