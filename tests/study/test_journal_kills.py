"""Many threads, two tutors at once, and the end of a process at any moment."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from study.journals import on_disk
from study.samples import answer
from study.writing import sit_and_kill, writer


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
