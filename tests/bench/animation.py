"""What a replayed run costs: bytes and processor time a frame, and many learners who watch one at the same time.

    python tests/bench/animation.py [--seconds N] [--learners N ...] [--write]

`tutor lab` plays two runs at its eight frames a second in a pseudo-terminal of 80x24 with 256 colours, its map and its loss side
by side, and every frame's bytes are held against the fewest that its changed cells need: one cursor movement for every stretch
of them in a row, a colour whenever it is not the last one, and the letters. In turn the plain PlotextPlot widget of
`textual-plotext` (to be installed for this) shows the same two pictures of the same runs, at the same rate and size. Then so
many learners (60 without --learners) play a run at once, each in a pseudo-terminal of his own, and once in a second each of five
of them pauses it or plays on, timed from the key to the screen. With --write the section of docs/benchmarks.md is written.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import pty
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from fcntl import ioctl
from itertools import groupby
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ
from typing import NamedTuple

import pyte

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from section import write_section
from terminal import REPOSITORY, environment, processor_ticks, tutor_command

COLUMNS, ROWS = 80, 24
RUNS = ("rosenbrock:rate=0.001:steps=4000", "ravine:rate=0.0199:steps=4000")
"A quiet one, and one that swings from side to side with every step, the arrow and all signs with it."
PERIOD = 1 / 8
QUIET = 0.03
"Seconds without a byte that end a frame; the next one comes an eighth of a second later."
WARM_UP = 6.0
PAUSED, PLAYING = b"lay ", b"ause"
"What changes at the foot of the screen when the run is paused, and when it plays on: `pause` to `play` and back."
TYPING, AT_ONCE = 5, 4
PATIENCE = 180
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")

PLOTEXT = """
import json
import sys

from textual.app import App
from textual.containers import Horizontal
from textual_plotext import PlotextPlot

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.runstring import read_run
from tutor.descent.setting import problem_of
from tutor.descent.train import make_run
from tutor.front.trail import ground_picture


class Plain(App):
    CSS = "PlotextPlot { height: 11; width: 1fr; }"

    def compose(self):
        with Horizontal():
            yield PlotextPlot(id="map")
            yield PlotextPlot(id="loss")

    def on_mount(self):
        setting = read_run(sys.argv[1])
        self.run_ = make_run(setting)
        self.ground = ground_picture(problem_of(setting), self.run_)
        self.step = 0
        self.set_interval(1 / 8, self.tick)

    def tick(self):
        self.step += 2
        path, loss = self.run_.path[: self.step], self.run_.loss[: self.step]
        plot = self.query_one("#map").plt
        plot.clear_data()
        for series in self.ground.series:
            plot.plot([x for x, _ in series.points], [y for _, y in series.points], marker="braille", color="gray")
        plot.plot([p[0] for p in path], [p[1] for p in path], marker="braille", color="yellow")
        plot = self.query_one("#loss").plt
        plot.clear_data()
        plot.plot(list(range(len(loss))), loss, marker="braille", color="blue")
        for widget in self.query(PlotextPlot):
            widget.refresh()


Plain().run()
"""


class Frame(NamedTuple):
    """What was written between two pauses."""

    size: int
    fewest: int
    changed: int


class Line:
    """A program in a pseudo-terminal whose bytes are kept with the moment that they came."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self._terminal, inner = pty.openpty()
        ioctl(inner, TIOCSWINSZ, pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.program = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env=env, start_new_session=True
        )
        os.close(inner)
        self.came: list[tuple[float, bytes]] = []
        self._event = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._terminal, self._read)

    @property
    def count(self) -> int:
        """The bytes so far."""
        return sum(len(data) for _, data in self.came)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    async def see(self, text: str) -> None:
        """Wait until a text has come that is sent in one piece."""
        at, tail = 0, b""
        async with asyncio.timeout(PATIENCE):
            while True:
                tail = tail[-len(text) :] + b"".join(data for _, data in self.came[at:])
                at = len(self.came)
                if text.encode() in tail:
                    return
                self._event.clear()
                await self._event.wait()

    async def time_key(self, key: str, shown: bytes) -> float:
        """Seconds from a key to what it shows."""
        start, at = time.perf_counter(), len(self.came)
        self.press(key)
        async with asyncio.timeout(60):
            while shown not in b"".join(data for _, data in self.came[at:]):
                self._event.clear()
                await self._event.wait()
        return time.perf_counter() - start

    def close(self) -> None:
        """End the program; its child ends with it."""
        asyncio.get_running_loop().remove_reader(self._terminal)
        self.program.kill()
        self.program.wait()
        os.close(self._terminal)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            data = os.read(self._terminal, 65536)
            self.came.append((time.perf_counter(), data))
            for _ in range(data.count(b"\x1b[5n")):
                os.write(self._terminal, b"\x1b[0n")  # as terminals do when they have drawn so far
            self._event.set()


def bursts(came: list[tuple[float, bytes]]) -> Iterator[bytes]:
    """The frames: what came without a pause."""
    held, last = b"", 0.0
    for moment, data in came:
        if held and moment - last > QUIET:
            yield held
            held = b""
        held, last = held + data, moment
    if held:
        yield held


def frames(before: list[tuple[float, bytes]], came: list[tuple[float, bytes]]) -> list[Frame]:
    """Each frame's size, and the fewest bytes for what it changed on the screen as it stood."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    stream.feed(plain(b"".join(data for _, data in before)))
    found = []
    for burst in bursts(came):
        old = {y: dict(screen.buffer[y]) for y in range(ROWS)}
        stream.feed(plain(burst))
        places = [(y, x) for y in range(ROWS) for x in range(COLUMNS) if old[y].get(x) != screen.buffer[y][x]]
        found.append(Frame(len(burst), fewest(screen, places), len(places)))
    return found


def plain(data: bytes) -> bytes:
    """Without the sequences that pyte does not know."""
    return re.sub(rb"\x1b\[[<>=?][0-9;$]*[a-zA-Z]", b"", data)


def fewest(screen: pyte.Screen, places: list[tuple[int, int]]) -> int:
    """A cursor movement for every stretch of cells, a colour where it is another than the last, the letters."""
    size, pen = 0, None
    for _, group in groupby(enumerate(places), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])):
        stretch = [place for _, place in group]
        y, x = stretch[0]
        size += len(f"\x1b[{y + 1};{x + 1}H")
        for row, column in stretch:
            cell = screen.buffer[row][column]
            style = cell.fg, cell.bg, cell.bold
            if style != pen:
                size += len("\x1b[38;5;110m")  # its background is the last one's
                pen = style
            size += len(cell.data.encode())
    return size


async def play(command: list[str], env: dict[str, str], seconds: float, begin: str) -> tuple[list[Frame], float]:
    """The frames of some seconds, and the processor seconds that each took."""
    line = Line(command, env)
    try:
        if begin:
            await line.see(begin)
            line.press("\x1b[Hr")
        await asyncio.sleep(WARM_UP)
        before, ticks = list(line.came), processor_ticks(line.program.pid)
        await asyncio.sleep(seconds)
        used = (processor_ticks(line.program.pid) - ticks) / TICKS_PER_SECOND
        found = frames(before, line.came[len(before) :])
        return found, used / max(1, len(found))
    finally:
        line.close()


async def crowd(home: Path, count: int, seconds: float) -> str:
    """So many who play at once: frames a second of each, and how long a key takes that draws the screen anew."""
    lines: list[Line] = []
    try:
        for first in range(0, count, AT_ONCE):  # what it takes to start is another benchmark's
            more = range(first, min(count, first + AT_ONCE))
            lines += [Line(tutor_command("lab", RUNS[0]), environment(home / str(number))) for number in more]
            await asyncio.gather(*(line.see("steps/s") for line in lines[first:]))
        for line in lines:
            line.press("\x1b[Hr")
        await asyncio.sleep(WARM_UP)
        marks = [len(line.came) for line in lines]
        ticks = [processor_ticks(line.program.pid) for line in lines]
        started = time.perf_counter()
        keys: list[float] = []
        while time.perf_counter() - started < seconds:
            for shown in PAUSED, PLAYING:
                for line in lines[:TYPING]:
                    keys.append(await line.time_key(" ", shown))
                    await asyncio.sleep(1 / TYPING)
        passed = time.perf_counter() - started
        used = sum(processor_ticks(line.program.pid) - was for line, was in zip(lines, ticks, strict=True))
        # Of those who do not type: what they are sent is frames only.
        rates = [
            sum(1 for _ in bursts(line.came[mark:])) / passed
            for line, mark in list(zip(lines, marks, strict=True))[TYPING if count > TYPING else 0 :]
        ]
        middle, most = statistics.median(keys), statistics.quantiles(keys, n=20)[-1]
        share = 100 * used / TICKS_PER_SECOND / passed / count
        return (
            f"| {count} | {statistics.median(rates):.1f} | {min(rates):.1f} | {1000 * middle:.0f} | {1000 * most:.0f} "
            f"| {share:.1f} |"
        )
    finally:
        for line in lines:
            line.close()


def summary(name: str, found: list[Frame], used: float) -> str:
    """A row of the table."""
    size, least = (statistics.mean(each) for each in zip(*((f.size, f.fewest) for f in found), strict=True))
    cells = statistics.mean(frame.changed for frame in found)
    return (
        f"| {name} | {len(found)} | {cells:.1f} | {size:.0f} | {least:.0f} | {size / least:.2f} | {1000 * used:.1f} |"
    )


async def main(options: argparse.Namespace) -> None:
    """Measure, print, and write where asked."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        (home / "plain_plotext.py").write_text(PLOTEXT)
        env = environment(home, PYTHONPATH=f"{REPOSITORY}:{home}")
        rows, ratios = [], []
        for run in RUNS:
            name = run.partition(":")[0]
            mine, of_mine = await play(tutor_command("lab", run), env, options.seconds, "steps/s")
            plain_command = [sys.executable, str(home / "plain_plotext.py"), run]
            theirs, of_theirs = await play(plain_command, env, options.seconds, "")
            rows += [summary(f"{name}, the lab", mine, of_mine), summary(f"{name}, PlotextPlot", theirs, of_theirs)]
            sizes = [statistics.mean(frame.size for frame in each) for each in (theirs, mine)]
            ratios.append(
                f"{name}: 1/{sizes[0] / sizes[1]:.0f} of the bytes, 1/{of_theirs / of_mine:.1f} of the processor"
            )
        print("\n".join([*rows, *ratios]), flush=True)
        crowds = [await crowd(home, count, options.seconds) for count in options.learners]
    load = os.getloadavg()[1]
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}"
    text = "\n".join(
        [
            f"## A run that plays\n\n{machine}; load of the last five minutes {load:.1f}, of other work too.\n",
            "| | frames | cells changed | bytes a frame | fewest | times | processor ms a frame |",
            "|---|---|---|---|---|---|---|",
            *rows,
            f"\nThe lab beside PlotextPlot, {'; '.join(ratios)}.\n",
            "| learners | frames a second, median | slowest | key, median ms | 95th percentile ms | % of a core each |",
            "|---|---|---|---|---|---|",
            *crowds,
            f"\n```text\n{(__doc__ or '').strip()}\n```",
        ]
    )
    print(text)
    if options.write:
        write_section("animation", text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--learners", type=int, nargs="*", default=[60])
    parser.add_argument("--write", action="store_true")
    asyncio.run(main(parser.parse_args()))
