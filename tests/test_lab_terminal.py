"""The lab in a real terminal: what is printed past the compositor is what a whole redraw shows, and at rest it is silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terminal import Terminal, environment, processor_ticks, tutor_command

CELLS = tuple[str, str, str, bool]


def cells(terminal: Terminal) -> list[list[CELLS]]:
    screen = terminal._screen
    return [
        [(c.data, c.fg, c.bg, c.bold) for c in (screen.buffer[y][x] for x in range(screen.columns))]
        for y in range(screen.lines)
    ]


def step(terminal: Terminal) -> int:
    found = re.search(r"step (\d+) of", terminal.text)
    return int(found[1]) if found else -1


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1"}, {"TERM": "vt100"}])
@pytest.mark.parametrize(
    ("run", "keys"),
    [("rosenbrock:rate=0.001:steps=900", ()), ("houses:rate=0.1:d.w1=r", ("5",)), ("xor:rate=0.5", ("c", "m"))],
)
def test_a_redraw_changes_nothing(run: str, keys: tuple[str, ...], more: dict[str, str], tmp_path: Path) -> None:
    with Terminal(tutor_command("lab", run), environment(tmp_path, **more)) as terminal:
        terminal.wait_for("steps/s")
        terminal.press(*keys, "r")
        terminal.wait_for(lambda seen: step(seen) >= 12)
        terminal.press("space")
        terminal.wait_for("space play")
        terminal.press("right", "left", "left")
        terminal.wait_for_silence(0.5)
        printed = cells(terminal)
        terminal.press("ctrl+l")
        terminal.wait_for_silence(0.5)
        assert printed == cells(terminal)


def test_beneath_a_notice_the_compositor_draws(tmp_path: Path) -> None:
    with Terminal(tutor_command("lab", "ravine:rate=0.018"), environment(tmp_path)) as terminal:
        terminal.wait_for("steps/s")
        terminal.press("s")
        terminal.wait_for("Keep a run with c")
        begun = step(terminal)
        terminal.wait_for(lambda seen: step(seen) > begun + 3)
        assert "Keep a run with c" in terminal.text


def test_at_rest_it_sends_nothing_and_takes_no_time(tmp_path: Path) -> None:
    with Terminal(tutor_command("lab", "bowl:rate=0.5"), environment(tmp_path)) as terminal:
        terminal.wait_for("at the end")
        terminal.wait_for_silence(1.0)
        before = processor_ticks(terminal.pid)
        terminal.wait_for_silence(3.0)
        assert processor_ticks(terminal.pid) - before <= 2
        terminal.press("escape")
        terminal.wait_for("Derivatives for")
        terminal.press("q")
        assert terminal.wait_until_ended() == 0
