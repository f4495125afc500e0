"""How long the home screen takes to come, measured in turn with an empty Textual app.

    python tests/bench/startup.py [ROUNDS]

From exec to the first frame with content, in an 80x24 pseudo-terminal; the median of ten rounds, each of which starts
the empty app and then the tutor, so that a loaded machine slows both. Then, from a first key, until the engine is ready to
mark. The first round is not counted: it byte-compiles what is not yet, the installed libraries too. Without their .pyc files
the empty app takes four times as long, and the ratio is near 1 whatever the tutor does.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from terminal import LIMIT, REPOSITORY, Terminal, descendants, environment, processor_ticks, tutor_command

ROUNDS = 10
TARGET_RATIO = 1.3

EMPTY_APP = """\
from textual.app import App
from textual.widgets import Static


class Empty(App):
    def compose(self):
        yield Static("hello")


def main():
    Empty().run()
"""


def main(rounds: int = ROUNDS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        (home / "empty_app.py").write_text(EMPTY_APP)
        env = environment(home, PYTHONPATH=f"{REPOSITORY}:{home}")
        empty = [sys.executable, "-c", "import empty_app; empty_app.main()"]
        title = first_title()
        print(f"waiting for “{title}”; {rounds} rounds, 80x24, {sys.executable}")
        paints_empty, paints_tutor, readies = [], [], []
        for round_ in range(rounds + 1):
            of_empty = seconds_to_paint(empty, env, "hello")
            of_tutor, ready = seconds_to_paint_and_engine(tutor_command(), env, title)
            if round_:
                paints_empty.append(of_empty)
                paints_tutor.append(of_tutor)
                readies.append(ready)
    report(paints_empty, paints_tutor, readies)


def first_title() -> str:
    """The title of the first lesson, by which the home screen is known to be painted."""
    program = (
        "from tutor.lesson.read import read_course; from tutor.places import lessons_directory; "
        "print(read_course(lessons_directory()).lessons[0].title)"
    )
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.strip()


def seconds_to_paint(command: list[str], env: dict[str, str], text: str) -> float:
    """Seconds from exec until the text is on the screen."""
    with Terminal(command, env) as terminal:
        terminal.wait_for(text)
        return time.perf_counter() - terminal.started


def seconds_to_paint_and_engine(command: list[str], env: dict[str, str], text: str) -> tuple[float, float]:
    """Seconds from exec to the text, and from a key pressed then until the engine has said that it is ready."""
    with Terminal(command, env) as terminal:
        terminal.wait_for(text)
        painted = time.perf_counter()
        terminal.press("down")
        wait_until_engine_is_ready(terminal)
        return painted - terminal.started, time.perf_counter() - painted


def wait_until_engine_is_ready(terminal: Terminal) -> None:
    """Watch the child until it sleeps on its empty pipe: it has loaded everything, and waits for questions."""
    ends = time.monotonic() + LIMIT
    while time.monotonic() < ends:
        if any(is_waiting_engine(pid) for pid in descendants(terminal.pid)):
            return
        time.sleep(0.002)
    raise AssertionError("the engine was never ready")


def is_waiting_engine(pid: int) -> bool:
    """Whether the process is an engine that reads its pipe."""
    process = Path("/proc") / str(pid)
    try:
        if b"tutor.engine.server" not in (process / "cmdline").read_bytes():
            return False
        where = (process / "wchan").read_text()
        return "pipe_read" in where if where != "0" else is_at_rest(pid)
    except OSError:
        return False


def is_at_rest(pid: int) -> bool:
    """Whether a process does nothing for a while; for kernels that do not say where it waits."""
    before = processor_ticks(pid)
    time.sleep(0.03)
    return before > 0 and processor_ticks(pid) == before and state_of(pid) == "S"


def state_of(pid: int) -> str:
    """The letter that /proc gives."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def report(paints_empty: list[float], paints_tutor: list[float], readies: list[float]) -> None:
    """Print the medians with their ranges."""
    for name, seconds in (("empty app", paints_empty), ("tutor", paints_tutor), ("engine after a key", readies)):
        middle, low, high = (1000 * value for value in (statistics.median(seconds), min(seconds), max(seconds)))
        print(f"{name:20} median {middle:5.0f} ms   from {low:.0f} to {high:.0f}")
    ratio = statistics.median(paints_tutor) / statistics.median(paints_empty)
    print(f"{'ratio':20} {ratio:.2f} (at most {TARGET_RATIO})")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
