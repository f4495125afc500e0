"""Losing the line at a random moment of a sitting, and what must be true afterwards."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ssh.learner import answers_kept, learner
from ssh.server import Server
from terminal import Terminal, wait_until_gone

Way = Callable[[Terminal], None]

WAYS: dict[str, Way] = {
    "the client is killed": lambda client: client.kill(signal.SIGKILL),
    "the client is asked to end": lambda client: client.kill(signal.SIGTERM),
    "the client's terminal is closed": lambda client: client.hang_up(),
}


def sitting(terminal: Terminal) -> Iterator[str]:
    """Go through the lesson, a key or a sight at a time; yields the answer whose verdict is seen, or nothing."""

    def see(text: str, answered: str = "") -> str:
        terminal.wait_for(text)
        return answered

    def press(*keys: str) -> Iterator[str]:
        for key in keys:
            terminal.press(key)
            yield ""

    yield see("A lesson far away")
    yield from press("enter")
    yield see("The first question")
    yield from press(*"3x^2", "enter")
    yield see("Right", "3x^2")
    yield from press("enter")
    yield see("The slope of the bowl")
    yield from press(*"w-3", "enter")
    yield see("Right", "w-3")
    yield from press("enter")
    yield see("Watch it go down")
    yield from press("enter")
    for step in range(0, 40, 5):
        yield see(f"step {step} of") if step == 0 else see("of 40")
        yield from press("space", "space")


LENGTH = 40
"Keys and sights of a sitting, about."


def lose_a_line(server: Server, home: Path, chance: random.Random) -> tuple[int, float]:
    """Log in, go on for a while, lose the line, and see that nothing is left but the answers.

    Returns:
        How many answers were acknowledged, and after how many seconds nothing ran any more.

    Raises:
        AssertionError: a process is left behind, or an answer is lost.
    """
    name, lose = chance.choice(list(WAYS.items()))
    length = chance.randrange(LENGTH)
    seen: list[str] = []
    others = set(server.sessions())
    with server.log_in(learner(home)) as terminal:
        for number, answered in enumerate(sitting(terminal)):
            if number >= length:
                break
            seen += [answered] if answered else []
        mine = set(server.sessions()) - others
        began = time.monotonic()
        lose(terminal)
        wait_until_gone(mine)
        took = time.monotonic() - began
    kept = answers_kept(home) if (home / "tutor" / "journal.sqlite3").exists() else []
    told = f"after {length} keys {name}"
    assert [text for text in kept if text in seen] == seen, f"{told}: {seen} were acknowledged, {kept} are kept"
    return len(seen), took
