"""What a terminal, a line or an environment can do to a Textual app, each done to the tutor as installed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal import (
    Terminal,
    descendants,
    environment,
    processor_ticks,
    tutor_command,
    wait_for_state,
    wait_until_gone,
)

BLINK = 0.5
"Seconds between two changes of Textual's cursor."

LESSON = """
format: 1
id: slopes
title: A lesson on rough ground
objectives: [Answer whatever happens]
steps:
  - derivative:
      id: cube
      ask: The first question.
      of: x^3
      by: x
      hints: [The hint about the cube.]
  - derivative:
      id: square
      ask: The second question.
      of: x^2
      by: x
summary: This is the end.
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The variables of a learner with a course of one lesson."""
    course = tmp_path / "course"
    course.mkdir()
    (course / "slopes.yaml").write_text(LESSON, encoding="utf-8")
    return environment(tmp_path, TUTOR_LESSONS=str(course))


@pytest.fixture
def asked(env: dict[str, str]) -> Iterator[Terminal]:
    """A tutor that asks the first question."""
    with Terminal(tutor_command("learn", "slopes"), env) as terminal:
        terminal.wait_for("The first question")
        yield terminal


def answers(terminal: Terminal) -> None:
    """The tutor runs and marks: what every trap must leave true."""
    terminal.press("end", "ctrl+u")
    terminal.press(*"3x^2", "enter")
    terminal.wait_for("Right")


BYTES = [
    (b"\xe9", "é of Latin-1"),
    (b"\xff", "a byte of no alphabet"),
    (b"\x1b[M \xe9\xff", "a mouse far to the right on an old terminal"),
    (b"\xf0\x9f", "half a character"),
    (b"\x1b[?62;22c\x1b]11;rgb:0/0/0\x07", "replies that nobody asked for"),
    (b"\x00" * 100, "a line that hums"),
    (b"\x1b]11;rgb:00", "a reply without end"),
    (b"\x1b[200~", "a paste without end"),
]


def test_bytes_that_no_keyboard_sends(asked: Terminal) -> None:
    for number, (sent, _) in enumerate(BYTES):
        asked.send(sent)
        asked.wait_for_silence(2.5 if sent == b"\x1b[200~" else 0.7)  # longer than the patience with it
        asked.press("end", "ctrl+u", "9", str(number))
        asked.wait_for(f"= 9{number}")
    answers(asked)


def test_an_old_terminal_types_its_square(asked: Terminal) -> None:
    asked.send(b"3x\xb2\r")
    asked.wait_for("Right")


def test_an_arrow_key_in_pieces_types_nothing(asked: Terminal) -> None:
    asked.press(*"3x2")
    for piece in ("\x1b", "[", "D"):
        asked.send(piece)
        asked.wait_for_silence(0.15)  # more than Textual's own patience
    asked.press("^", "enter")
    asked.wait_for("Right")


@pytest.mark.parametrize(("maker", "has_mouse"), [(83, False), (84, True)], ids=["screen", "tmux"])
def test_gnu_screen_which_swallows_escape_for_the_mouse_is_not_asked_for_it(
    env: dict[str, str], maker: int, has_mouse: bool
) -> None:
    with Terminal(tutor_command(), env | {"TERM": "screen"}) as terminal:
        terminal.wait_for(lambda seen: b"\x1b[>c" in seen.received)
        terminal.send(f"\x1b[>{maker};40900;0c")
        terminal.press("q")
        terminal.wait_until_ended()
        assert (b"\x1b[?1000h" in terminal.received) is has_mouse


def test_any_bytes_at_all_leave_it_running(env: dict[str, str]) -> None:
    """The keys that leave are left out; whichever screen the others lead to, it is drawn again when asked."""
    noise = random.Random(8)
    for _ in range(3):
        with Terminal(tutor_command("learn", "slopes"), env) as terminal:
            terminal.wait_for("A lesson on rough ground")
            for _ in range(25):
                # Without q, Q and ^Q, which leave; half of it escapes and brackets, to get further.
                sent = bytes(noise.choice((noise.randrange(256), *b"\x1b[]?;<M0~")) for _ in range(40))
                terminal.send(sent.translate(None, b"qQ\x11"))
            terminal.send(b"\x07\x1b\\\x1b[201~")
            terminal.wait_for_silence(1.0)
            terminal.feed("\x1b[2J")
            terminal.press("ctrl+l")
            terminal.wait_for(lambda seen: sum(map(bool, seen.lines)) > 3)
            assert not (Path(env["HOME"]) / "state" / "tutor" / "tutor.log").exists()


@pytest.mark.parametrize("where", ["stdin", "stdout"])
def test_without_a_terminal_it_says_so(env: dict[str, str], where: str) -> None:
    master, terminal = os.openpty()
    ends: dict[str, int] = {"stdin": terminal, "stdout": terminal} | {where: subprocess.DEVNULL}
    done = subprocess.run(tutor_command(), env=env, stderr=subprocess.PIPE, text=True, check=False, **ends)
    os.close(master)
    os.close(terminal)
    assert done.returncode == 2
    assert "need a terminal" in done.stderr


def test_the_size_is_the_terminals_and_not_what_was_exported(env: dict[str, str]) -> None:
    env |= {"COLUMNS": "200", "LINES": "60"}
    with Terminal(tutor_command("learn", "slopes"), env) as terminal:
        terminal.wait_for("esc home")
        assert terminal.lines[-1].endswith("esc home")
        for columns, rows in ((100, 30), (40, 12), (80, 24)):
            terminal.resize(columns, rows)
            terminal.wait_for(lambda seen: seen.lines[-1].endswith("esc home") and "step 1" in seen.lines[0])


def test_made_too_small_it_says_what_it_needs_and_is_there_again_when_enlarged(asked: Terminal) -> None:
    asked.press(*"3x")
    asked.wait_for("= 3x")
    asked.resize(30, 8)
    asked.wait_for("The screens need 40 columns and 12 rows.")
    asked.press(*"4q", "enter", "ctrl+n")
    asked.resize(8, 1)
    asked.wait_for("40x12 ne")
    asked.resize(60, 20)
    asked.wait_for(lambda seen: "= 3x" in seen.text and "esc home" in seen.text and "needed" not in seen.text)
    answers(asked)


def test_nothing_is_written_while_nothing_happens(asked: Terminal) -> None:
    asked.press("3")
    asked.wait_for("= 3")
    asked.wait_for_silence(3 * BLINK)


def test_nothing_is_computed_while_nothing_happens(asked: Terminal) -> None:
    asked.wait_for_silence(3 * BLINK)
    before = processor_ticks(asked.pid)
    asked.wait_for_silence(4 * BLINK)
    assert processor_ticks(asked.pid) - before <= 1, "a hundredth of a second in two"


IGNORING = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"


def test_a_lost_line_ends_it_even_where_hang_ups_are_ignored(env: dict[str, str]) -> None:
    with Terminal([sys.executable, "-c", IGNORING, *tutor_command("learn", "slopes")], env) as terminal:
        terminal.wait_for("The first question")
        answers(terminal)
        left = [terminal.pid, *descendants(terminal.pid)]
        assert len(left) == 2, "the tutor and its engine"
        terminal.hang_up()
        wait_until_gone(left)


HANGING = """
import os, signal
from tutor.cli import main
from tutor.tui.app import TutorApp

def hang(app):
    os.write(1, b"hangs")
    while True:
        pass

signal.signal(signal.SIGHUP, signal.SIG_IGN)
TutorApp.action_toggle_light = hang
main()
"""
"A tutor whose own loop never comes back from the key t."


@pytest.mark.parametrize(
    "end",
    [lambda terminal: terminal.kill(signal.SIGTERM), lambda terminal: terminal.hang_up()],
    ids=["told to end", "line lost"],
)
def test_a_tutor_that_hangs_ends_all_the_same(env: dict[str, str], end: Callable[[Terminal], None]) -> None:
    with Terminal([sys.executable, "-c", HANGING], env) as terminal:
        terminal.wait_for("A lesson on rough ground")
        terminal.press("t")
        terminal.wait_for("hangs")
        left = [terminal.pid, *descendants(terminal.pid)]
        end(terminal)
        wait_until_gone(left)


def test_a_lost_line_that_nobody_tells_ends_it_too(env: dict[str, str]) -> None:
    """The tutor below something that has the terminal and takes the hang-up for itself."""
    keeper = (
        "import signal, subprocess, sys; signal.signal(signal.SIGHUP, lambda *_: None); subprocess.call(sys.argv[1:])"
    )
    with Terminal([sys.executable, "-c", keeper, *tutor_command("learn", "slopes")], env) as terminal:
        terminal.wait_for("The first question")
        answers(terminal)
        left = [terminal.pid, *descendants(terminal.pid)]
        assert len(left) == 3
        terminal.hang_up()
        wait_until_gone(left)


def test_a_frozen_terminal_holds_up_neither_the_tutor_nor_its_end(asked: Terminal) -> None:
    answers(asked)
    left = [asked.pid, *descendants(asked.pid)]
    descriptor = asked._descriptor
    for number in range(400):  # redrawn over and over, and never read
        os.write(descriptor, b"\x0c" if number % 20 else b"\x1b[<0;1;1M")
    wait_for_state(asked.pid, "S")
    asked.kill(signal.SIGTERM)
    wait_until_gone(left)


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_and_continued_it_goes_on(asked: Terminal, number: signal.Signals) -> None:
    asked.press(*"3x")
    asked.wait_for("= 3x")
    asked.kill(number)
    if number is signal.SIGSTOP:
        # Our terminal's session has no shell that could continue it, so the kernel does not stop it for SIGTSTP.
        wait_for_state(asked.pid, "T")
        asked.feed("\x1b[2Ja shell was here")
        asked.resize(90, 30)
        asked.kill(signal.SIGCONT)
    asked.wait_for("= 3x")
    asked.wait_for(lambda seen: "a shell was here" not in seen.text)
    asked.press(*"^2", "enter")
    asked.wait_for("Right")


def test_the_terminal_is_given_back_as_it_was(env: dict[str, str]) -> None:
    """After it was stopped and continued too; in a shell, whose own line works again."""
    tutor = " ".join(tutor_command("learn", "slopes"))
    with Terminal(["/bin/sh", "-c", f"{tutor}; echo left with $?; read line; echo read $line"], env) as terminal:
        terminal.wait_for("The first question")
        before = termios.tcgetattr(terminal._descriptor)
        (tutor_pid, *_) = descendants(terminal.pid)
        os.kill(tutor_pid, signal.SIGSTOP)
        wait_for_state(tutor_pid, "T")
        os.kill(tutor_pid, signal.SIGCONT)
        terminal.press("escape")
        terminal.wait_for("quit")
        terminal.press("q")
        terminal.wait_for("left with 0")
        after = termios.tcgetattr(terminal._descriptor)
        assert not before[3] & termios.ICANON
        assert after[3] & termios.ICANON
        terminal.press(*"hello", "enter")
        terminal.wait_for("read hello")
