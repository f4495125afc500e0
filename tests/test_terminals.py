"""What kinds of terminals can do, by their names and by what the system says of them."""

from __future__ import annotations

import curses

import pytest

from tutor.terminals import colours, kind

KINDS = [
    # TERM, places its cursor, has signs, colours
    ("xterm-256color", True, True, 256),
    ("xterm", True, True, 16),
    ("screen-256color", True, True, 256),
    ("xterm-kitty", True, True, 256),
    ("linux", True, False, 16),
    ("vt100", True, False, 0),
    ("vt220", True, False, 0),
    ("ansi", True, False, 8),
    ("vt52", False, False, 0),
    ("adm3a", False, False, 0),
    ("wy50", False, False, 0),
    ("dumb", False, False, 0),
    ("unknown", False, False, 0),
    ("", False, False, 0),
    ("a-terminal-nobody-knows", True, True, 16),
]


@pytest.mark.parametrize(("term", "places_cursor", "has_signs", "count"), KINDS)
def test_by_its_name(term: str, places_cursor: bool, has_signs: bool, count: int) -> None:
    assert (kind(term).places_cursor, kind(term).has_signs, colours({"TERM": term})) == (
        places_cursor,
        has_signs,
        count,
    )


DESCRIBED = [
    ("aaa", b"\x1b=%p1%{32}%+%c%p2%{32}%+%c", False),
    ("wy99gt", b"\x1b=%p1%' '%+%c%p2%' '%+%c", False),
    ("wy75", b"\x1b[%i%p1%d;%p2%dH", True),
    ("mgt", b"\x1b&a%p2%dc%p1%dY", False),
    ("putty", b"\x1b[%i%p1%d;%p2%dH", True),
    ("tty33", None, False),
]


@pytest.mark.parametrize(("term", "places", "can"), DESCRIBED)
def test_one_that_moves_in_a_way_of_its_own_gets_lines(
    monkeypatch: pytest.MonkeyPatch, term: str, places: bytes | None, can: bool
) -> None:
    """The screens only speak ANSI."""
    monkeypatch.setattr(curses, "setupterm", lambda *_: None)
    monkeypatch.setattr(curses, "tigetstr", lambda _: places)
    assert kind(term).places_cursor is can


@pytest.mark.parametrize(
    ("variables", "count"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 2**24),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, 0),
        ({"TERM": "vt100", "COLORTERM": "truecolor"}, 0),
        ({}, 0),
    ],
)
def test_variables_about_colours(variables: dict[str, str], count: int) -> None:
    assert colours(variables) == count
