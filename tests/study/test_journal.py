"""What is on disk stays on disk: how a record is written, read and brought up to date."""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.journals import LAST, on_disk, opened
from study.samples import answer

from tutor.errors import ProgressError
from tutor.marking.verdict import Outcome
from tutor.study import journal_database
from tutor.study.answer import Answer, Place
from tutor.study.journal import Journal
from tutor.study.journal_database import MIGRATIONS


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
    found = [journal._file.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert found == ["truncate", 2, 5000, len(MIGRATIONS)]


def test_a_file_that_somebody_made_wal_is_not_left_so(path):
    opened(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with closing(opened(path)) as journal:
        assert journal._file.connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_an_older_file_is_brought_up_to_date_with_its_answers(path, monkeypatch):
    with closing(opened(path)) as journal:
        journal.append(answer(1))
    monkeypatch.setattr(journal_database, "MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE answers ADD COLUMN mood TEXT",)))
    with closing(opened(path)) as journal:
        assert journal.answers() == [answer(1)]
        assert journal._file.connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert journal._file.connection.execute("SELECT mood FROM answers").fetchall() == [(None,)]


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
        newer.executescript("ALTER TABLE answers ADD COLUMN mood TEXT; PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(ProgressError, match="newer tutor") as trouble:
        Journal(path).open()
    assert "You can go on" in str(trouble.value)
    assert str(path) in str(trouble.value)
    assert path.read_bytes() == before
    assert not [name for name in os.listdir(path.parent) if "damaged" in name]


def test_what_is_no_verdict_is_blamed_on_nobody(journal):
    journal.append(answer(1))
    journal._file.connection.execute("UPDATE answers SET verdict = 'Wonderful!'")
    assert journal.answers() == [answer(1, verdict=Outcome.UNDECIDED)]


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


def test_a_journal_that_is_not_open_says_so(path):
    with pytest.raises(ProgressError, match="not open"):
        Journal(path).append(answer(1))
