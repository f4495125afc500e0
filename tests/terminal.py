"""A real pseudo-terminal with a program in it, and what a person in front of it would see."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pexpect
import pyte

REPOSITORY = Path(__file__).resolve().parent.parent

LIMIT = 30.0
"Seconds to wait for something that must happen. Generous: it is only ever reached by a failure."

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "delete": "\x1b[3~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
} | {f"ctrl+{letter}": chr(ord(letter) - ord("a") + 1) for letter in "abcdefghijklmnopqrstuvwxyz"}

# pyte takes the kitty keyboard sequences for "restore cursor", which moves what is drawn next.
_KITTY = re.compile(r"\x1b\[[<>=?][0-9;]*u")
_HOW_ARE_YOU = "\x1b[5n"
"Every terminal answers that it is well; pyte does not."
_UNFINISHED = re.compile(r"\x1b(\[[<>=?0-9;]*)?\Z")


def tutor_command(*arguments: str) -> list[str]:
    """The command line of the tutor as installed beside this interpreter, or from the source where it is not."""
    script = Path(sys.executable).parent / "tutor"
    shim = "import sys; from tutor.cli import main; sys.exit(main())"
    start = [str(script)] if script.exists() else [sys.executable, "-c", shim]
    return [*start, *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The few variables that a program in the terminal gets; everything it keeps goes under `home`."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TUTOR_HOME": str(home / "tutor"),
        "XDG_STATE_HOME": str(home / "state"),
        "TMPDIR": str(home),
        "PYTHONPATH": str(REPOSITORY),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    } | more


class Terminal:
    """A program in a pseudo-terminal of so many columns and rows."""

    def __init__(self, command: list[str], env: dict[str, str], *, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.received = bytearray()
        "Every byte that came, as it came."
        self.started = time.perf_counter()
        self._program = pexpect.spawn(
            command[0], command[1:], env=env, dimensions=(rows, columns), echo=False, preexec_fn=_obey_hang_ups
        )
        self._descriptor: int = self._program.child_fd

    @property
    def pid(self) -> int:
        """The program's process id."""
        return int(self._program.pid)

    @property
    def lines(self) -> list[str]:
        """What is on the screen, row by row."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """What is on the screen as one text, with runs of spaces and line breaks made one space."""
        return " ".join(" ".join(self.lines).split())

    def press(self, *keys: str) -> None:
        """Press keys by name (`enter`, `ctrl+c`) or by the character that they type."""
        for key in keys:
            self.send(KEYS.get(key, key))

    def paste(self, text: str) -> None:
        """Paste as terminals do, between the brackets of mode 2004."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def click(self, text: str) -> None:
        """Press and release the left button on the first place where the text stands on a line."""
        self.wait_for(lambda seen: any(text in line for line in seen.lines))
        row = next(number for number, line in enumerate(self._screen.display) if text in line)
        place = f"{self._screen.display[row].index(text) + 1};{row + 1}"
        self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def feed(self, text: str) -> None:
        """Write to the terminal itself, past the program, as a message from another one does."""
        self._stream.feed(text)

    def send(self, text: str | bytes) -> None:
        """Write to the program, reading what it draws meanwhile so that neither waits for the other."""
        rest = text.encode() if isinstance(text, str) else text
        ends = time.monotonic() + LIMIT
        while rest:
            readable, writable, _ = select.select([self._descriptor], [self._descriptor], [], 1)
            if readable:
                self._read()
            if writable:
                # Under the 4096 bytes that the line discipline holds, or the write could block.
                rest = rest[os.write(self._descriptor, rest[:512]) :]
            if time.monotonic() > ends:
                raise AssertionError(f"the program does not read its keys; on the screen:\n{self._shown()}")

    def wait_for(self, what: str | Callable[[Terminal], bool]) -> None:
        """Read until the text is on the screen (however it is wrapped), or the claim holds of this terminal."""
        ends = time.monotonic() + LIMIT
        while not (what in self.text if isinstance(what, str) else what(self)):
            if time.monotonic() > ends:
                raise AssertionError(f"{what!r} never came; on the screen:\n{self._shown()}")
            readable, _, _ = select.select([self._descriptor], [], [], 1)
            if readable and not self._read():
                raise AssertionError(f"the program ended before {what!r}; on the screen:\n{self._shown()}")

    def wait_until_ended(self) -> int:
        """Read to the end of the program and return its exit code, or minus the signal that ended it."""
        ends = time.monotonic() + LIMIT
        while self._read_or_wait():
            if time.monotonic() > ends:
                raise AssertionError(f"the program never ended; on the screen:\n{self._shown()}")
        self._program.wait()
        return -self._program.signalstatus if self._program.signalstatus else int(self._program.exitstatus)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._screen.resize(rows, columns)
        self._program.setwinsize(rows, columns)

    def wait_for_silence(self, seconds: float) -> None:
        """Read until the program has written nothing for so long."""
        ends = time.monotonic() + LIMIT
        while select.select([self._descriptor], [], [], seconds)[0]:
            self._read()
            if time.monotonic() > ends:
                raise AssertionError(f"the program is never silent; on the screen:\n{self._shown()}")

    def kill(self, number: signal.Signals) -> None:
        """Send the program, and only it, a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        self._program.ptyproc.fileobj.close()

    def close(self) -> None:
        """End the program if it still runs, and give back the terminal."""
        self._program.kill(signal.SIGKILL)
        self._program.close(force=True)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _read_or_wait(self) -> bool:
        readable, _, _ = select.select([self._descriptor], [], [], 1)
        return self._read() if readable else True

    def _read(self) -> bool:
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # EIO: the other side has closed
            return False
        self.received += data
        text = _KITTY.sub("", self._held + self._decoder.decode(data))
        unfinished = _UNFINISHED.search(text)
        self._held = unfinished.group() if unfinished else ""
        self._stream.feed(text[: len(text) - len(self._held)])
        if _HOW_ARE_YOU in text[: len(text) - len(self._held)]:
            with contextlib.suppress(OSError):  # gone meanwhile
                os.write(self._descriptor, b"\x1b[0n")
        return bool(data)

    def _shown(self) -> str:
        """The screen, and what each process behind it does: a failure that nobody can repeat has this to go by."""
        doings = (_doing(pid) for pid in (self.pid, *descendants(self.pid)))
        return "\n".join([*self.lines, *doings])


def _doing(pid: int) -> str:
    """What a process is doing now: its state, its processor time, and where in the kernel each of its threads waits."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        waits = [(thread / "wchan").read_text() for thread in Path(f"/proc/{pid}/task").iterdir()]
        return f"process {pid}: {state}, {processor_ticks(pid)} ticks, waits in {' '.join(waits)}"
    except OSError as error:
        return f"process {pid}: {error}"


def _obey_hang_ups() -> None:
    """Whoever runs the tests may ignore them, as `nohup` does, and a client of ssh would then outlive its terminal."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def descendants(pid: int) -> list[int]:
    """The process ids below a process, as /proc tells them now."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # "pid (name) state parent ...": the name may hold spaces and brackets.
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = [pid]
    for candidate in found:  # grows while it is walked
        found.extend(child for child, parent in parents.items() if parent == candidate)
    return found[1:]


def processor_ticks(pid: int) -> int:
    """Hundredths of a second of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_for_state(pid: int, state: str) -> None:
    """Wait until a process sleeps (`S`), is stopped (`T`), or whatever letter /proc gives."""
    ends = time.monotonic() + LIMIT
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != state:
        assert time.monotonic() < ends, f"process {pid} never came to state {state}"
        os.sched_yield()


def wait_until_gone(pids: Iterable[int]) -> None:
    """Wait for processes that need not be our children to end."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            ended, _, _ = select.select([descriptor], [], [], LIMIT)
        finally:
            os.close(descriptor)
        assert ended, f"process {pid} is still there"
