"""The command as installed, in a real pseudo-terminal: what a person sees, what survives, and what is left behind."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import KEYS, Terminal, descendants, environment, tutor_command, wait_until_gone

LESSON = """
format: 1
id: slopes
title: A lesson for the terminal
objectives: [Answer in a real terminal]
steps:
  - read:
      id: opening
      text: This is the opening page.
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
  - derivative:
      id: line
      ask: The third question.
      of: 5x
      by: x
summary: This is the end.
"""

SIZES = [(80, 24), (60, 20)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home directory with a course of one lesson beside it."""
    course = tmp_path / "course"
    course.mkdir()
    (course / "slopes.yaml").write_text(LESSON, encoding="utf-8")
    return tmp_path


def start(home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
    """The tutor, started in a terminal."""
    env = environment(home, TUTOR_LESSONS=str(home / "course"))
    return Terminal(tutor_command(*arguments), env, columns=columns, rows=rows)


@pytest.fixture
def at_first_question(home: Path) -> Iterator[Terminal]:
    """A tutor that asks the first question."""
    with start(home, "learn", "slopes") as terminal:
        terminal.wait_for("the opening page")
        terminal.press("enter")
        terminal.wait_for("The first question")
        yield terminal


def answer(terminal: Terminal, text: str) -> None:
    """Type an answer and have it checked."""
    terminal.press(*text, "enter")


def clear(terminal: Terminal) -> None:
    """Empty the answer box, if it is not."""

    def is_empty(seen: Terminal) -> bool:
        return any(line.endswith("df/dx =") for line in seen.lines)

    if not is_empty(terminal):
        terminal.press("end", "ctrl+u")
        terminal.wait_for(is_empty)


def answers_kept(home: Path) -> list[str]:
    """The texts in the record, in the order given."""
    with sqlite3.connect(home / "tutor" / "journal.sqlite3") as connection:
        return [text for (text,) in connection.execute("SELECT text FROM answers ORDER BY number")]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_sitting_and_the_next(home: Path, columns: int, rows: int) -> None:
    with start(home, columns=columns, rows=rows) as terminal:
        terminal.wait_for("A lesson for the terminal")
        terminal.press("enter")
        terminal.wait_for("the opening page")
        terminal.press("enter")
        terminal.wait_for("The first question")
        answer(terminal, "x^2")
        terminal.wait_for("Not yet")
        clear(terminal)
        answer(terminal, "3x^2")
        terminal.wait_for("Right")
        terminal.press("enter")
        terminal.wait_for("The second question")
        terminal.press("escape")
        terminal.wait_for("1 of 3")
        terminal.press("q")
        assert terminal.wait_until_ended() == 0
    assert answers_kept(home) == ["x^2", "3x^2"]

    with start(home, columns=columns, rows=rows) as terminal:
        terminal.wait_for("1 of 3")
        terminal.press("enter")
        terminal.wait_for("The second question")
        answer(terminal, "2x")
        terminal.wait_for("Right")


def test_the_mouse_works(home: Path) -> None:
    with start(home) as terminal:
        terminal.wait_for("A lesson for the terminal")
        terminal.click("A lesson for the terminal")
        terminal.wait_for("the opening page")
        terminal.click("next")
        terminal.wait_for("The first question")


def test_the_course_that_came_with_it_opens(home: Path) -> None:
    with Terminal(tutor_command("learn"), environment(home)) as terminal:
        terminal.wait_for("step 1 of")
        terminal.press("enter")
        terminal.wait_for("step 2 of")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_leaves_in_order(at_first_question: Terminal, home: Path, number: signal.Signals) -> None:
    answer(at_first_question, "3x^2")
    at_first_question.wait_for("Right")
    left = [at_first_question.pid, *descendants(at_first_question.pid)]
    assert len(left) == 2, "the tutor and its engine"
    at_first_question.kill(number)
    at_first_question.wait_until_ended()
    wait_until_gone(left)
    assert answers_kept(home) == ["3x^2"]


def test_a_lost_connection_leaves_nothing_behind(at_first_question: Terminal, home: Path) -> None:
    answer(at_first_question, "3x^2")
    at_first_question.wait_for("Right")
    left = [at_first_question.pid, *descendants(at_first_question.pid)]
    at_first_question.hang_up()
    wait_until_gone(left)
    assert answers_kept(home) == ["3x^2"]


def test_kill_loses_nothing(at_first_question: Terminal, home: Path) -> None:
    answer(at_first_question, "3x^2")
    at_first_question.wait_for("Right")
    at_first_question.press("enter")
    at_first_question.wait_for("The second question")
    answer(at_first_question, "7")
    at_first_question.wait_for("Not yet")
    left = [at_first_question.pid, *descendants(at_first_question.pid)]
    at_first_question.kill(signal.SIGKILL)
    at_first_question.wait_until_ended()
    wait_until_gone(left)
    assert answers_kept(home) == ["3x^2", "7"]
    with start(home) as terminal:
        terminal.wait_for("1 of 3")
        terminal.press("enter")
        terminal.wait_for("The second question")


def test_keys_that_arrive_together_work_in_order(at_first_question: Terminal, home: Path) -> None:
    """A slow line delivers a burst of keys at once; an edit must not come after the letters typed behind it."""
    at_first_question.send("x^3" + KEYS["backspace"] + "2" + KEYS["home"] + "3\r")
    at_first_question.wait_for("Right")
    assert answers_kept(home) == ["3x^2"]


HOSTILE = [
    ("9**9**9**9", "not counted", "a tower that no computer could work out"),
    ("__import__('os').system('touch stolen')", "not counted", "code"),
    ("(lambda: 0)()", "not counted", "more code"),
    ("(" * 5000, "not counted", "brackets without end"),
    ("x+" * 50_000 + "x", "not counted", "100 kB"),
    ("\x00\x07\x1b]0;title\x07\x1b[2J\x7f\x9b", "Type an answer first", "control characters, of which nothing is left"),
    ("[/] [bold]x[/bold] [@click=app.quit]x[/]", "not counted", "markup"),
    ("", "Type an answer first", "nothing"),
]


@pytest.mark.parametrize(("text", "said", "what"), HOSTILE, ids=[what for _, _, what in HOSTILE])
def test_a_hostile_answer_is_answered(at_first_question: Terminal, home: Path, text: str, said: str, what: str) -> None:
    terminal = at_first_question
    terminal.paste(text)
    terminal.press("enter")
    terminal.wait_for(said)
    terminal.press("f2")
    terminal.wait_for("The hint about the cube")
    clear(terminal)
    answer(terminal, "3x^2")
    terminal.wait_for("Right")
    assert not (home / "stolen").exists()
    assert answers_kept(home)[-1] == "3x^2"


def test_an_engine_that_hangs_is_replaced_while_keys_are_answered(at_first_question: Terminal, home: Path) -> None:
    """The engine is made to stand still, so that the verdict cannot come before the keys are seen to work."""
    answer(at_first_question, "7")
    at_first_question.wait_for("Not yet")
    clear(at_first_question)
    (engine,) = descendants(at_first_question.pid)
    os.kill(engine, signal.SIGSTOP)
    answer(at_first_question, "3x^2")
    at_first_question.press("f2")
    at_first_question.wait_for("The hint about the cube")
    at_first_question.wait_for("not counted")
    wait_until_gone([engine])
    at_first_question.press("enter")
    at_first_question.wait_for("Right")
    assert answers_kept(home)[-2:] == ["3x^2", "3x^2"]


def test_a_record_that_cannot_be_used_is_told_and_stands_in_nobodys_way(home: Path) -> None:
    (home / "tutor").write_text("a file where the directory should be")
    with start(home) as terminal:
        terminal.wait_for("cannot be used")
        terminal.press("enter")
        terminal.wait_for("the opening page")


def test_a_lesson_that_is_not_there_is_wrong_usage(home: Path) -> None:
    with start(home, "learn", "nowhere") as terminal:
        assert terminal.wait_until_ended() == 2
        assert "there is no lesson “nowhere”. The lessons are: slopes." in terminal.text


def test_what_something_else_wrote_on_the_terminal_is_drawn_over_on_ctrl_l(at_first_question: Terminal) -> None:
    stranger = "a message from the system"
    at_first_question.feed(f"\x1b[9;1H{stranger}")
    assert stranger in at_first_question.text
    at_first_question.press("ctrl+l")
    at_first_question.wait_for(lambda terminal: stranger not in terminal.text)
    assert "The first question" in at_first_question.text
