"""A line that is lost at any moment, or falls silent: nothing runs on, nothing that was acknowledged is lost."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh.learner import answer, answers_kept, learner
from ssh.losing import lose_a_line
from ssh.server import NEEDED, Server
from terminal import wait_until_gone

DISCONNECTIONS = int(os.environ.get("DISCONNECTIONS", "24"))
"Each with its own seed; 200 of them take minutes, and are asked for by hand before a release."


@pytest.mark.parametrize("seed", range(DISCONNECTIONS))
def test_a_line_lost_at_a_random_moment(server: Server, home: Path, seed: int) -> None:
    lose_a_line(server, home, random.Random(seed))


@pytest.fixture
def watchful(tmp_path: Path) -> Iterator[Server]:
    """A server that asks a silent client every second whether it lives, and cuts it off the third time."""
    if NEEDED:
        pytest.skip(f"needs {', '.join(NEEDED)}; .ci/services installs them")
    running = Server(tmp_path, alive=1)
    yield running
    running.close()


@pytest.mark.parametrize("doing", ["nothing", "watching"])
def test_a_client_that_is_frozen_is_cut_off_whatever_is_drawn(watchful: Server, home: Path, doing: str) -> None:
    """Of the run no end is in sight: what is drawn must not count as a sign of life."""
    env = learner(home)
    lesson = home / "course" / "far.yaml"
    lesson.write_text(lesson.read_text().replace("steps: 40", "steps: 90000").replace('"0.1"', '"0.000001"'))
    with watchful.log_in(env) as terminal:
        terminal.wait_for("A lesson far away")
        terminal.press("enter")
        terminal.wait_for("The first question")
        answer(terminal, "3x^2")
        if doing == "watching":
            terminal.press("enter", "ctrl+n", "enter")
            terminal.wait_for("of 90000")
        left = watchful.sessions()
        terminal.kill(signal.SIGSTOP)
        wait_until_gone(left)
    assert answers_kept(home) == ["3x^2"]
