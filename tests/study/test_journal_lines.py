"""Entries to lines and back; what is not such a line is told and spoils nothing."""

import json
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study.samples import answer

from tutor.errors import UsageError
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer, Place
from tutor.study.journal import Journal
from tutor.study.journal_lines import from_lines, is_sound, to_lines
from tutor.study.reset import Reset, Undo

AT = "2025-03-01T09:00:00Z"

texts = st.text(st.characters(exclude_categories=["Cs"]))
answers = st.builds(
    Answer,
    id=texts,
    at=st.just(AT),
    lesson=texts,
    exercise=texts,
    seed=st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
    text=texts,
    verdict=st.none() | st.sampled_from(Outcome),
    slips=st.lists(st.from_regex(r"[A-Z][0-9]{1,2}", fullmatch=True)).map(tuple),
    hints=st.integers(0, 9),
    solution_shown=st.booleans(),
    seconds=st.floats(0, 1e6),
    version=texts,
)
places = st.builds(Place, lesson=texts, step=texts, at=st.just(AT))
resets = st.builds(Reset, id=texts, at=st.just(AT), lesson=texts, entries=st.lists(texts).map(tuple))
undos = st.builds(Undo, reset=texts, at=st.just(AT))


@given(st.lists(answers | places | resets | undos))
def test_every_entry_survives(entries):
    lines = list(to_lines(entries))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    found = from_lines(lines)
    assert (found.entries, found.bad, found.missing) == (tuple(entries), (), 0)


@given(st.lists(answers | places | resets | undos))
def test_whatever_the_lines_say_the_journal_takes(entries):
    journal = Journal.in_memory()
    journal.open()
    assert journal.merge(entries) == len(journal.entries())
    assert {entry.id for entry in journal.entries() if isinstance(entry, Answer)} == {
        entry.id for entry in entries if isinstance(entry, Answer)
    }
    journal.close()


HEADER, LINE = to_lines([answer(1)])


def changed(**fields: object) -> bytes:
    return json.dumps(json.loads(LINE) | fields).encode()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"nonsense", "no object"),
        (b"{}", "“type” is missing"),
        (b"[]", "no object"),
        (b'{"type":"wish"}', "“type” does not hold"),
        (b"\xff\xfe", "no object"),
        (b"[" * 5000, "no object"),
        (changed(at="soon"), "“at” does not hold"),
        (changed(verdict="Wonderful!"), "“verdict” does not hold"),
        (changed(seed=2**63), "“seed” does not hold"),
        (changed(seed=1.5), "“seed” does not hold"),
        (changed(hints=-1), "“hints” does not hold"),
        (changed(hints=2**70), "“hints” does not hold"),
        (changed(seconds="long"), "“seconds” does not hold"),
        (changed(text=None), "“text” does not hold"),
        (changed(slips=[1]), "“slips” does not hold"),
        (LINE[:-20], "no object"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_taken(line, why):
    found = from_lines([HEADER, line, b"\n", LINE])
    assert found.entries == (answer(1),)
    assert [bad.number for bad in found.bad] == [2]
    assert why in found.bad[0].why


def test_a_verdict_that_a_later_tutor_invented_passes_through_as_it_is():
    line = changed(verdict="brand-new")
    (entry,) = from_lines([HEADER, line]).entries
    with closing(Journal.in_memory()) as journal:
        journal.open()
        journal.merge([entry])
        _, again = to_lines(journal.entries())
    assert json.loads(again) == json.loads(line)
    assert not entry.verdict.is_attempt, "and is blamed on nobody"


def test_a_file_that_was_cut_off_is_found_out():
    lines = list(to_lines([answer(number) for number in range(5)]))
    assert from_lines(lines[:4]).missing == 2
    assert from_lines(lines).missing == 0


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (b"", "no header"),
        (LINE, "no header"),
        (b"\xff", "no header"),
        (json.dumps(json.loads(HEADER) | {"format": 2, "version": "9.9"}).encode(), "newer tutor, 9.9"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(first, said):
    with pytest.raises(UsageError, match=said):
        from_lines([first, LINE])


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        ("2026-11-01", "2026-11-01T00:00:00+00:00"),
        ("2026-11-01T09:30:00", "2026-11-01T09:30:00+00:00"),
        ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00Z"),
        ("2026-11-01T09:30:00+02:00", "2026-11-01T09:30:00+02:00"),
    ],
)
def test_a_time_without_a_zone_is_utc(at, kept):
    """As it is when it is pushed; and what the record holds already stays sound, whichever way it is written."""
    assert [entry.at for entry in from_lines([HEADER, changed(at=at)]).entries] == [kept]
    assert is_sound(answer(1, at=at))


def test_a_field_of_a_later_tutor_is_passed_over():
    assert from_lines([HEADER, changed(mood="good")]).entries == (answer(1),)


@pytest.mark.parametrize(
    ("fields", "sound"), [({}, True), ({"at": "?"}, False), ({"text": b"\x55"}, False), ({"hints": "U"}, False)]
)
def test_what_a_damaged_file_says_is_checked(fields, sound):
    assert is_sound(answer(1, **fields)) is sound
