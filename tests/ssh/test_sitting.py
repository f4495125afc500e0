"""A learner who logs in over a real SSH server: the whole way, a lost line in the midst, and the next day."""

from pathlib import Path

from ssh.learner import answer, answers_kept, learner
from ssh.server import Server
from terminal import wait_until_gone


def test_log_in_answer_watch_disconnect_and_go_on(server: Server, home: Path) -> None:
    env = learner(home)
    others = set(server.sessions())
    with server.log_in(env) as terminal:
        terminal.wait_for("A lesson far away")
        terminal.press("enter")
        terminal.wait_for("The first question")
        answer(terminal, "x^2", "Not yet")
        terminal.press("end", "ctrl+u")
        answer(terminal, "3x^2")
        terminal.press("enter")
        terminal.wait_for("The slope of the bowl")
        answer(terminal, "w - 3")
        terminal.press("enter")
        terminal.wait_for("Watch it go down")
        terminal.press("enter")
        terminal.wait_for("step 0 of")
        terminal.press("+", "+", "+")
        terminal.wait_for("step 40 of")
        mine = set(server.sessions()) - others
        terminal.hang_up()
        wait_until_gone(mine)
    assert answers_kept(home) == ["x^2", "3x^2", "w - 3"]

    with server.log_in(env) as terminal:
        terminal.wait_for("2 of 3")
        terminal.press("enter")
        terminal.wait_for("Watch it go down")
        terminal.press("ctrl+n")
        terminal.wait_for("The last question")
        answer(terminal, "2x")
        terminal.press("escape")
        terminal.wait_for("quit")
        terminal.press("q")
        assert terminal.wait_until_ended() == 0
    assert answers_kept(home) == ["x^2", "3x^2", "w - 3", "2x"]
