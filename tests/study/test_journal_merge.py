"""Beginning again and its taking back, and the records of two machines made one: nothing lost, nothing doubled."""

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.journals import on_disk
from study.samples import answer

from tutor.errors import ProgressError
from tutor.study.answer import Answer, Place
from tutor.study.journal import Journal
from tutor.study.reset import Reset, Undo


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
    journal._file.connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(ProgressError, match="Nothing was imported: the disk is full"):
        journal.merge([answer(number, text="x" * 5_000) for number in range(50)])
    assert journal.entries() == []
