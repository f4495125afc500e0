"""Line mode when the line is lost in the middle of an answer: nothing runs on, and what was acknowledged is in the record."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ssh.learner import answers_kept, learner
from terminal import Terminal, descendants, tutor_command, wait_until_gone

IGNORING = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"

WAYS: dict[str, tuple[list[str], Callable[[Terminal], None]]] = {
    "a hang-up": ([], lambda line: line.kill(signal.SIGHUP)),
    "a termination": ([], lambda line: line.kill(signal.SIGTERM)),
    "the terminal gone": ([], lambda line: line.hang_up()),
    "the terminal gone where hang-ups are ignored": ([sys.executable, "-c", IGNORING], lambda line: line.hang_up()),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_runs_on_and_nothing_is_lost(tmp_path: Path, way: str) -> None:
    around, lose = WAYS[way]
    with Terminal([*around, *tutor_command("learn", "far", "--plain")], learner(tmp_path)) as line:
        line.wait_for("The first question")
        line.press(*"3x^2", "enter")
        line.wait_for("Right.")
        line.press("enter")
        line.wait_for("The slope of the bowl")
        line.press(*"w-")
        left = [line.pid, *descendants(line.pid)]
        assert len(left) == 2, "line mode and its engine"
        lose(line)
        wait_until_gone(left)
    assert answers_kept(tmp_path) == ["3x^2"]
