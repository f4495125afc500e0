"""A lesson that is being written is shown as far as it goes."""

import pytest

from tutor.lesson.draft import PENDING, draft_of
from tutor.lesson.model import Derivative
from tutor.lesson.pages import Read
from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import parse

TOP = "format: 1\nid: x\ntitle: T\nobjectives: [Go]\nsummary: Done.\nsteps:\n  - read: A page.\n"

STEPS = [
    # a step, whether it can be shown, why
    ("derivative: {id: d, ask: Go, of: x^2, by: x}", True, "nothing is wrong"),
    ("derivative: {id: d, ask: $x^, of: x^2, by: x}", True, "the question is shown as it is"),
    ("derivative: {id: d, ask: Go, of: x^2, by: x, hnits: [a]}", True, "a key that nobody reads"),
    ("derivative: {id: d, ask: Go, of: x^, by: x}", False, "no formula"),
    ("derivative: {id: d, ask: Go, by: x}", False, "no formula at all"),
    ('derivative: {id: d, ask: Go, of: "{a}x^{c}", by: x, seeds: [1], vary: {a: 2..9}}', False, "no such parameter"),
    ("derivative: {id: d, ask: Go, of: |x|, by: x}", False, "taken out, since it is no YAML"),
    ("read: [a", False, "taken out too"),
]


@pytest.mark.parametrize(("step", "is_shown", "why"), STEPS)
def test_what_cannot_be_shown_has_a_page_in_its_place(step: str, is_shown: bool, why: str) -> None:
    reading = examine(parse(f"{TOP}  - {step}\n  - read: {{id: last, text: End.}}\n", "f"))
    draft = draft_of(reading, (*reading.problems, *proofread(reading)))
    assert draft.lesson is not None
    first, shown, last = draft.lesson.steps
    assert (isinstance(first, Read), isinstance(last, Read)) == (True, True)
    assert (shown == Read(id=shown.id, text=PENDING)) is not is_shown, why
    assert isinstance(shown, Derivative) is is_shown, why
    assert draft.lines == {"page-1": 7, shown.id: 8, "last": 9}


PLACES = [("last", "last"), ("9", "last"), ("8", "page-2"), ("400", "last"), ("3", "page-1"), ("lost", ""), ("", "")]


@pytest.mark.parametrize(("place", "step"), PLACES)
def test_a_place_is_an_id_or_a_line(place: str, step: str) -> None:
    reading = examine(parse(f"{TOP}  - read: Two.\n  - read: {{id: last, text: End.}}\n", "f"))
    assert draft_of(reading, ()).step_at(place) == step


@pytest.mark.parametrize("text", ["", "a: [", "- b", "format: 2", TOP[: TOP.index("steps")]])
def test_where_nothing_can_be_read_there_is_no_lesson(text: str) -> None:
    reading = examine(parse(text, "f"))
    draft = draft_of(reading, reading.problems)
    assert draft.lesson is None
    assert draft.problems
