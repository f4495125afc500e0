"""Many learners at once, over a real SSH server on this machine.

    python tests/bench/learners.py [N ...] [--write]

For each N (1, 10, 30, 60 and 100): N log in, six at a time, and open an exercise, and after a minute without a key, when their
engines have gone, what one of them costs is measured; then every tenth types, answers and watches a descent, each in his
own time, and each key of an answer is timed from its writing to the client to the first byte that comes back. The clients
and this program run on the same machine and take their share of it; what others take of it meanwhile is in the last column,
and a row with much there says little. Last, 30 log in at one moment, and so do 30 to an empty
Textual app; and the memory of that app is the measure for ours. With --write the section of docs/benchmarks.md is written.
"""

from __future__ import annotations

import asyncio
import compileall
import contextlib
import os
import pty
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from section import write_section
from ssh.learner import learner
from ssh.server import Server
from startup import EMPTY_APP
from terminal import REPOSITORY, descendants, environment, processor_ticks, tutor_command

COUNTS = (1, 10, 30, 60, 100)
STORM = 30
IDLE_SECONDS = 20
ACTIVE_SECONDS = 30
PATIENCE = 180
AT_ONCE = 6
QUIET = 1.0
"Seconds without a byte after which nothing more is drawn; the slowest animation draws twice a second."
COLUMNS = (
    "learners",
    "of them active",
    "key to screen, median ms",
    "95th percentile ms",
    "MB of one that is idle",
    "with engine",
    "idle, % of a core each",
    "bytes sent while idle",
    "active, % of a core each",
    "other work, % of the machine",
)
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Line:
    """A client in a pseudo-terminal whose bytes are counted and searched, but not drawn: a hundred screens would cost
    more than what is measured."""

    def __init__(self, command: list[str]) -> None:
        self._terminal, inner = pty.openpty()
        ioctl(inner, TIOCSWINSZ, pack("HHHH", 24, 80, 0, 0))
        self.started = time.perf_counter()
        self._client = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={"TERM": "xterm-256color", "PATH": os.defpath},
            start_new_session=True,
        )
        os.close(inner)
        self.count = 0
        self._seen = b""
        self._came = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._terminal, self._read)

    def send(self, keys: str) -> None:
        """Press keys; what was seen before is forgotten."""
        self._seen = b""
        os.write(self._terminal, keys.encode())

    async def see(self, *words: str) -> float:
        """Wait until the first of some words comes that are sent in one piece; returns the moment.

        Raises:
            TimeoutError: it does not come in three minutes.
        """
        wanted = [word.encode() for word in words]
        async with asyncio.timeout(PATIENCE):
            while not any(word in self._seen for word in wanted):
                await self._more()
        return time.perf_counter()

    async def time_key(self, key: str) -> float:
        """Seconds from the key to the first byte that comes back."""
        before = self.count
        self.send(key)
        pressed = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            while self.count == before:
                await self._more()
        return time.perf_counter() - pressed

    async def press(self, key: str) -> None:
        """Press a key that leads somewhere, and see all that it draws, an animation to its end."""
        await self.time_key(key)
        with contextlib.suppress(TimeoutError):
            while True:
                async with asyncio.timeout(QUIET):
                    await self._more()

    def close(self) -> None:
        """Lose the line."""
        self._loop.remove_reader(self._terminal)
        self._client.kill()
        self._client.wait()
        os.close(self._terminal)

    async def _more(self) -> None:
        self._came.clear()
        await self._came.wait()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            data = os.read(self._terminal, 65536)
            self.count += len(data)
            self._seen = self._seen[-65536:] + data
            self._came.set()


class Class:
    """So many learners, each at an exercise."""

    def __init__(self, server: Server, home: Path, count: int) -> None:
        self._server = server
        self._commands = [
            server.command(learner(home / str(number)), *tutor_command("learn", "far")) for number in range(count)
        ]
        self._door = asyncio.Semaphore(AT_ONCE)
        self.lines: list[Line] = []

    async def begin(self) -> None:
        """Everybody is at the first exercise and has answered it wrongly, so that all have had an engine."""
        await asyncio.gather(*(self._begin(command) for command in self._commands))

    async def until_engines_are_gone(self) -> None:
        """Nobody touches a key, until every engine has gone."""
        async with asyncio.timeout(PATIENCE):
            while self.processes("tutor.engine.server"):
                await asyncio.sleep(1)

    def processes(self, name: str) -> list[int]:
        """The process ids below the server whose command line holds a name."""
        return [pid for pid in descendants(self._server.pid) if name in command_line(pid)]

    def tutors(self) -> list[int]:
        """The tutors themselves, without engines and sessions."""
        return self.processes("bin/tutor")

    def close(self) -> None:
        """Everybody's line is lost."""
        for line in self.lines:
            line.close()

    async def _begin(self, command: list[str]) -> None:
        async with self._door:
            line = Line(command)
            self.lines.append(line)
            await line.see("df/dx")
            line.send("7\r")
            await line.see("Not yet")


async def work(line: Line, chance: random.Random, ends: float, delays: list[float]) -> None:
    """Type and answer, then watch, over and over, at the pace of a person."""
    await asyncio.sleep(chance.uniform(0, 5))
    while time.monotonic() < ends:
        for _ in range(2):
            for key in ["\x15", *"x^2 + 7"]:
                delays.append(await line.time_key(key))
                await asyncio.sleep(chance.uniform(0.15, 0.35))
            delays.append(await line.time_key("\r"))
            await asyncio.sleep(chance.uniform(1, 2))
        for key in ("\x0e", "\x0e", "\r", "\x1b", "\x10", "\x10"):  # on, on, see it run, and back
            await line.press(key)


def command_line(pid: int) -> str:
    """The command line of a process; empty when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def megabytes(pids: list[int]) -> float:
    """The proportional set size of some processes together: what is shared is divided among those that share it."""
    kilobytes = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            found = re.search(r"^Pss: *(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024


def ticks(pids: list[int]) -> dict[int, int]:
    """The processor time of each that still is."""
    found = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            found[pid] = processor_ticks(pid)
    return found


async def share_of_a_core(server: Server, seconds: float) -> tuple[float, float]:
    """What everything below the server takes, 1 being a whole core, and what is neither that nor ours, 1 being the machine;
    what starts or ends meanwhile counts while it is seen."""
    spent, ours, before, started = 0, 0, ticks(descendants(os.getpid())), time.perf_counter()
    busy, mine = busy_ticks(), sum(os.times()[:2])
    while time.perf_counter() - started < seconds:
        await asyncio.sleep(1)
        below, now = set(descendants(server.pid)), ticks(descendants(os.getpid()))
        gone = {pid: value - before.get(pid, 0) for pid, value in now.items()}
        spent += sum(value for pid, value in gone.items() if pid in below)
        ours += sum(gone.values())
        before = now
    took = time.perf_counter() - started
    others = busy_ticks() - busy - ours - (sum(os.times()[:2]) - mine) * TICKS_PER_SECOND
    return spent / TICKS_PER_SECOND / took, max(0.0, others / TICKS_PER_SECOND / took / (os.cpu_count() or 1))


def busy_ticks() -> int:
    """Hundredths of a second in which a core of this machine did something."""
    user, nice, system, _, _, *more = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return user + nice + system + sum(more[:3])


async def measure(server: Server, home: Path, count: int) -> str:
    """One row of the table."""
    learners = Class(server, home, count)
    try:
        await learners.begin()
        with_engines = megabytes([*learners.tutors(), *learners.processes("tutor.engine.server")]) / count
        await learners.until_engines_are_gone()
        sent = sum(line.count for line in learners.lines)
        idle = 100 * (await share_of_a_core(server, IDLE_SECONDS))[0] / count
        sent = sum(line.count for line in learners.lines) - sent
        alone = megabytes(learners.tutors()) / count
        delays: list[float] = []
        active = learners.lines[: max(1, count // 10)]
        ends = time.monotonic() + ACTIVE_SECONDS
        everybody = [work(line, random.Random(number), ends, delays) for number, line in enumerate(active)]
        (busy, others), *_ = await asyncio.gather(share_of_a_core(server, ACTIVE_SECONDS), *everybody)
    finally:
        learners.close()
    await until_empty(server)
    middle, late = statistics.median(delays), statistics.quantiles(delays, n=20)[-1]
    row = f"| {count} | {len(active)} | {1000 * middle:.0f} | {1000 * late:.0f} | {alone:.1f} | {with_engines:.1f} "
    return f"{row}| {idle:.2f} | {sent} | {100 * busy / len(active):.0f} | {100 * others:.0f} |"


async def until_empty(server: Server) -> None:
    """Wait until every session has ended.

    Raises:
        AssertionError: some process is left behind.
    """
    ends = time.monotonic() + PATIENCE
    while left := server.sessions():
        assert time.monotonic() < ends, [f"{pid} {command_line(pid)}" for pid in left]
        await asyncio.sleep(0.1)


async def storm(server: Server, command: list[str], env: list[dict[str, str]], word: str) -> tuple[float, float]:
    """Seconds until the last of them has painted when all log in at once, and the megabytes of each."""
    lines = [Line(server.command(each, *command)) for each in env]
    painted = max(await asyncio.gather(*(line.see(word) for line in lines))) - lines[0].started
    await asyncio.sleep(1)
    of_each = megabytes([pid for pid in descendants(server.pid) if command[0] in command_line(pid)]) / len(lines)
    for line in lines:
        line.close()
    await until_empty(server)
    return painted, of_each


async def main(counts: list[int], *, write: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        (home / "empty_app.py").write_text(EMPTY_APP)
        compileall.compile_dir(home, quiet=2)
        compileall.compile_dir(REPOSITORY / "tutor", quiet=2)
        (home / "keys").mkdir()
        server = Server(home / "keys")
        try:
            text = await report(server, home, counts)
        finally:
            server.close()
    print(text)
    if write:
        write_section("learners", text)


async def report(server: Server, home: Path, counts: list[int]) -> str:
    """The section of docs/benchmarks.md."""
    empty = [sys.executable, "-c", "import empty_app; empty_app.main()"]
    empty_env = [environment(home, PYTHONPATH=f"{REPOSITORY}:{home}") for _ in range(STORM)]
    tutor_env = [learner(home / f"storm{number}") for number in range(STORM)]
    storms: dict[str, list[float]] = {"empty": [], "tutor": []}
    of_empty = of_tutor = 0.0
    for _ in range(3):
        painted, of_empty = await storm(server, empty, empty_env, "hello")
        storms["empty"].append(painted)
        painted, of_tutor = await storm(server, tutor_command(), tutor_env, "A lesson far away")
        storms["tutor"].append(painted)
        print(storms, f"{of_empty:.1f} MB, {of_tutor:.1f} MB", file=sys.stderr)
    rows = []
    for count in counts:
        rows.append(await measure(server, home / f"class{count}", count))
        print(rows[-1], file=sys.stderr)
    slow, fast = statistics.median(storms["tutor"]), statistics.median(storms["empty"])
    load = os.getloadavg()[2]
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}"
    return "\n".join(
        [
            f"## Many learners on one machine\n\n{machine}; load of the last quarter of an hour {load:.1f}.\n",
            f"| {' | '.join(COLUMNS)} |",
            "|---" * len(COLUMNS) + "|",
            *rows,
            f"\n- {STORM} log in at once: the last has painted after {slow:.1f} s, and {fast:.1f} s where all start an empty",
            f"  Textual app: {slow / fast:.2f} times.",
            f"- Memory of each of {STORM} that have just painted: {of_tutor:.1f} MB, and {of_empty:.1f} MB of an empty Textual",
            f"  app: {of_tutor / of_empty:.2f} times.\n\n```text\n{(__doc__ or '').strip()}\n```",
        ]
    )


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(COUNTS)
    asyncio.run(main(wanted, write="--write" in sys.argv))
