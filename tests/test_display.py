"""What is made of a terminal, a locale and what was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tutor import display


@pytest.fixture(autouse=True)
def nothing_wished() -> Iterator[None]:
    display.forget()
    yield
    display.forget()


class Terminal:
    """A stream that says it is one."""

    encoding = "utf-8"

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.size = os.terminal_size((columns, rows))

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


ASCII = [
    ("xterm-256color", "C.UTF-8", False),
    ("tmux-256color", "de_DE.utf8", False),
    ("xterm-256color", "C", True),
    ("xterm-256color", "", True),
    ("xterm", "en_US.ISO-8859-1", True),
    ("linux", "C.UTF-8", True),
    ("vt100", "C.UTF-8", True),
    ("dumb", "C.UTF-8", True),
    ("", "C.UTF-8", True),
]


@pytest.mark.parametrize(
    ("lang", "is_ascii"), [("C.UTF-8", False), ("C", True), ("en_US.ISO-8859-1", True), ("", False)]
)
def test_into_a_pipe_the_locale_says(monkeypatch: pytest.MonkeyPatch, lang: str, is_ascii: bool) -> None:
    """A terminal counts for nothing there; where no locale is set, nobody has said anything."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        monkeypatch.setattr(sys, "__stdout__", nowhere)
        monkeypatch.setattr(display, "given_environment", lambda: {"LANG": lang})
        monkeypatch.setenv("TERM", "vt100")
        monkeypatch.delenv(display.SETTING, raising=False)
        assert display.is_ascii() is is_ascii


@pytest.mark.parametrize(("term", "lang", "is_ascii"), ASCII)
def test_ascii_comes_by_itself(monkeypatch: pytest.MonkeyPatch, term: str, lang: str, is_ascii: bool) -> None:
    monkeypatch.setattr(sys, "__stdout__", Terminal())
    monkeypatch.setattr(display, "given_environment", lambda: {"LANG": lang})
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv(display.SETTING, raising=False)
    assert display.is_ascii() is is_ascii
    assert display.take(["learn", "--no-ascii"]) == ["learn"]
    assert not display.is_ascii()
    display.take(["--ascii"])
    assert display.is_ascii()


@pytest.mark.parametrize(("setting", "is_ascii"), [("1", True), ("no", False), ("", False)])
def test_the_setting(monkeypatch: pytest.MonkeyPatch, setting: str, is_ascii: bool) -> None:
    monkeypatch.setattr(sys, "__stdout__", Terminal())
    monkeypatch.setattr(display, "given_environment", lambda: {"LANG": "C.UTF-8"})
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(display.SETTING, setting)
    assert display.is_ascii() is is_ascii


PLAIN = [
    ("xterm", (80, 24), False),
    ("xterm", (40, 12), False),
    ("xterm", (39, 24), True),
    ("xterm", (80, 11), True),
    ("xterm", (0, 0), False),
    ("dumb", (80, 24), True),
    ("", (80, 24), True),
    ("a-terminal-nobody-knows", (80, 24), False),
]


@pytest.mark.parametrize(("term", "size", "is_plain"), PLAIN)
def test_lines_come_by_themselves(
    monkeypatch: pytest.MonkeyPatch, term: str, size: tuple[int, int], is_plain: bool
) -> None:
    monkeypatch.setattr(sys, "__stdout__", Terminal())
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size(size))
    monkeypatch.setenv("TERM", term)
    assert display.is_plain() is is_plain
    assert bool(display.too_small()) is (is_plain and term == "xterm")


@pytest.mark.parametrize(
    ("size", "exported", "width"),
    [((60, 20), "200", 59), ((0, 0), "200", 78), ((1, 1), "200", 20), ((400, 60), "30", 78), (None, "50", 49)],
)
def test_the_width_is_the_terminals(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] | None, exported: str, width: int
) -> None:
    """What is exported counts only where no terminal knows better."""

    def asked(*_: int) -> os.terminal_size:
        if size is None:
            raise OSError
        return os.terminal_size(size)

    monkeypatch.setattr(sys, "__stdout__", Terminal())
    monkeypatch.setattr(os, "get_terminal_size", asked)
    monkeypatch.setenv("COLUMNS", exported)
    monkeypatch.setenv("LINES", "60")
    display.believe_the_terminal()
    assert display.width(78) == width
