"""Every kind of terminal, locale and size over a real SSH server: in each a learner reads, answers, resizes and leaves."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from ssh.learner import answers_kept, learner
from ssh.server import Server
from terminal import Terminal, tutor_command

LATIN = "en_US.ISO-8859-1"
TERMS = ("xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100", "dumb")
UNICODE = ("xterm-256color", "xterm", "screen-256color", "tmux-256color")
"Terminals that show all there is, where the locale is up to it."

PAIRS = [
    ("xterm-256color", "C.UTF-8", (80, 24)),
    ("xterm-256color", "C", (40, 12)),
    ("xterm-256color", LATIN, (200, 60)),
    ("xterm", "C.UTF-8", (40, 12)),
    ("xterm", "C", (200, 60)),
    ("xterm", LATIN, (80, 24)),
    ("screen-256color", "C.UTF-8", (200, 60)),
    ("screen-256color", "C", (80, 24)),
    ("tmux-256color", "C.UTF-8", (80, 24)),
    ("tmux-256color", LATIN, (40, 12)),
    ("linux", "C.UTF-8", (80, 24)),
    ("linux", "C", (40, 12)),
    ("vt100", "C.UTF-8", (40, 12)),
    ("vt100", LATIN, (80, 24)),
    ("dumb", "C.UTF-8", (80, 24)),
    ("dumb", "C", (40, 12)),
    ("dumb", LATIN, (200, 60)),
]
"Each terminal with each size and with the locales that make a difference; the sizes are those begun with."

MATRIX = (
    [*itertools.product(TERMS, ("C.UTF-8", "C", LATIN), ((80, 24), (40, 12), (200, 60)), ("", "1"))]
    if os.environ.get("TERMINALS") == "all"
    else [*((*pair, "") for pair in PAIRS), ("xterm-256color", "C.UTF-8", (80, 24), "1")]
)
"What is tried, the last being NO_COLOR; every combination, which takes some minutes, where TERMINALS is `all`."

OTHER_SIZE = {(80, 24): (60, 20), (40, 12): (80, 24), (200, 60): (40, 12)}
"To which a terminal is made larger or smaller in the middle."


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the locale that few machines have any more."""
    if shutil.which("localedef") is None:
        pytest.skip("needs localedef; .ci/services installs it")
    made = tmp_path_factory.mktemp("locales")
    subprocess.run(["localedef", "-i", "en_US", "-f", "ISO-8859-1", made / LATIN], check=True, capture_output=True)
    return made


@pytest.mark.parametrize(
    ("term", "lang", "size", "no_color"), MATRIX, ids=["-".join(map(str, each)).replace(" ", "") for each in MATRIX]
)
def test_a_lesson_is_readable(
    server: Server, home: Path, locales: Path, term: str, lang: str, size: tuple[int, int], no_color: str
) -> None:
    env = learner(home, TERM=term, LANG=lang, LOCPATH=str(locales) if lang == LATIN else "", NO_COLOR=no_color)
    with server.log_in(env, columns=size[0], rows=size[1]) as terminal:
        if term == "dumb":
            _line_by_line(terminal, size)
        else:
            _on_the_screen(terminal, size)
        is_all = term in UNICODE and lang == "C.UTF-8"
        _is_clean(terminal, is_ascii=not is_all)
    assert answers_kept(home) == ["x^2", "3x^2"]


@pytest.mark.parametrize("lang", ["C.UTF-8", "C"])
@pytest.mark.parametrize("inside", ["tmux", "screen"])
def test_inside_another_terminal(server: Server, home: Path, inside: str, lang: str) -> None:
    if shutil.which(inside) is None:
        pytest.skip(f"needs {inside}; .ci/services installs it")
    sockets = home / "sockets"
    sockets.mkdir(mode=0o700)
    env = learner(home, LANG=lang, SCREENDIR=str(sockets), TMUX_TMPDIR=str(sockets), SHELL="/bin/sh")
    wrapped = {
        "tmux": ["tmux", "-f", os.devnull, "new-session", *tutor_command()],
        "screen": ["screen", "-c", os.devnull, *(["-U"] if lang == "C.UTF-8" else []), *tutor_command()],
    }
    with server.log_in(env, *wrapped[inside]) as terminal:
        _on_the_screen(terminal, (80, 24))
        assert "\\u25" not in terminal.text
        assert "\ufffd" not in terminal.text
    assert answers_kept(home) == ["x^2", "3x^2"]


def _on_the_screen(terminal: Terminal, size: tuple[int, int]) -> None:
    terminal.wait_for("A lesson far")
    terminal.press("enter")
    terminal.wait_for("The first question")
    terminal.press(*"x^2", "enter")
    terminal.wait_for("Not yet")
    terminal.resize(*OTHER_SIZE[size])
    terminal.wait_for(lambda seen: "The first question" in seen.text and "esc home" in seen.text)
    terminal.press("end", "ctrl+u", *"3x^2", "enter")
    terminal.wait_for("Right")
    terminal.press("escape")
    terminal.wait_for("1 of 3")
    terminal.press("q")
    assert terminal.wait_until_ended() == 0


def _line_by_line(terminal: Terminal, size: tuple[int, int]) -> None:
    terminal.wait_for("A lesson far away: 0 of 3")
    for typed, said in (
        ("", "The first question"),
        ("x^2", "Not yet"),
        ("3x^2", "Right."),
        ("quit", "Until next time"),
    ):
        terminal.press(*typed, "enter")
        terminal.wait_for(said)
        if typed == "x^2":
            terminal.resize(*OTHER_SIZE[size])
    assert terminal.wait_until_ended() == 0
    assert b"\x1b" not in terminal.received, "no sequence is sent to a terminal that knows none"


def _is_clean(terminal: Terminal, *, is_ascii: bool) -> None:
    """Nothing was sent that this terminal would show as something else."""
    assert terminal.received.isascii() is is_ascii
    text = terminal.received.decode()  # and whatever is no ASCII is UTF-8
    assert "\\u25" not in text
    assert "\ufffd" not in text
