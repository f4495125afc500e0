"""The terminal as the tutor holds it: what is set on it, read from it and put back, and when it is lost.

In the place of Textual's driver, which ends on a Latin-1 byte, spins at the end of its input, waits for a frozen terminal,
reads twice after it was stopped, and wakes ten times a second for nothing (ground.md, sections 2 and 4). Here everything
happens in the app's own loop but for the writing.
"""

import asyncio
import contextlib
import os
import select
import signal
import sys
import termios
import time
import tty
from collections import deque
from collections.abc import Iterable, Mapping
from threading import Thread

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tutor import display
from tutor.front.decoding import new_decoder
from tutor.tui.incoming import Incoming
from tutor.tui.life import SignOfLife
from tutor.tui.outgoing import Outgoing
from tutor.tui.pace import QUESTION, Pace

LATE = 0.3
"Seconds at the end in which answers of the terminal may still come."

GRACE = 1.5
"Seconds in which the app must have ended after a hang-up or a termination; then the kernel ends it."

_MOUSE = ("1000", "1003", "1006")  # buttons, moves, and places beyond column 95
_LISTEN = "".join(f"\x1b[?{mode}h" for mode in _MOUSE)
_BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?2026$p\x1b[?2004h\x1b[?7l"
_END = "\x1b[?2004l\x1b[?7h" + "".join(f"\x1b[?{mode}l" for mode in _MOUSE) + "\x1b[?1049l\x1b[?25h"


_WHO = "\x1b[>c"
"Secondary device attributes: which kind of terminal are you?"
_GNU_SCREEN = 83
"Its number. Where it listens to the mouse it keeps the Escape key to itself until another key is pressed."


def may_draw(app: App[object]) -> bool:
    """Whether a frame of something that moves would be seen soon; if so, it is expected to follow."""
    driver = app._driver
    return not isinstance(driver, TerminalDriver) or driver.pace.may_draw()


class TerminalDriver(Driver):
    """A terminal on stdin and stdout; both must be one."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if sys.__stdin__ is None or sys.__stdout__ is None:
            raise OSError("there is no terminal")
        self._input = sys.__stdin__.fileno()
        self._output = sys.__stdout__.fileno()
        self._before = termios.tcgetattr(self._input)
        self._signs = _ascii_signs() if display.is_ascii() else None
        self._outgoing = Outgoing(self._output, self._when_caught_up)
        self.pace = Pace()
        self._incoming = Incoming(self.pace.hear, self._meet)
        self._decode = new_decoder().decode
        self._silence: asyncio.TimerHandle | None = None
        self._life = SignOfLife(lambda: self.write(self.pace.question()))

    @property
    def is_behind(self) -> bool:
        """Whether a frame is better left out; once the terminal has caught up, `SignalResume` asks for all of it."""
        return self._outgoing.is_behind or self._life.is_silent()

    def ask(self) -> None:
        """Behind a frame of something that moves: have the terminal say when it has drawn it."""
        question = self.pace.ask()
        if question:
            self.write(question)

    def write(self, data: str) -> None:
        """Have something written; never waits."""
        self.pace.wrote(len(data))
        # In ASCII: whatever was laid out without being spelt, such as frames, bars and an answer.
        self._outgoing.write(data if self._signs is None else data.translate(self._signs))

    def send_message(self, message: Message) -> None:
        """Hand an event to the app; we are in its own thread."""
        self._app.post_message(message)

    def start_application_mode(self) -> None:
        """Take the terminal, and listen to it and to what the system says of it."""
        for number, act in (
            (signal.SIGWINCH, self._tell_size),
            (signal.SIGTSTP, self._stop),
            (signal.SIGCONT, self._go_on),
        ):
            self._loop.add_signal_handler(number, act)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, self._be_ended)
        Thread(target=self._watch_line, name="terminal-line", daemon=True).start()
        self._take()
        self._tell_size()
        self._loop.add_reader(self._input, self._read)
        self.write(QUESTION)  # once, to learn whether it answers at all

    def disable_input(self) -> None:
        """Listen no more; what was typed too late is not left to the shell."""
        self._loop.remove_reader(self._input)
        self._await_silence(None)
        self._loop.remove_signal_handler(signal.SIGWINCH)
        self._await_answers()
        with contextlib.suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self._give_back()

    def close(self) -> None:
        """See the last of it written, as far as the terminal takes it."""
        self._outgoing.drain(GRACE / 3)

    def _take(self) -> None:
        mode = [*self._before]
        mode[tty.IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        mode[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        mode[tty.CC] = [*self._before[tty.CC]]
        mode[tty.CC][termios.VMIN], mode[tty.CC][termios.VTIME] = 1, 0
        with contextlib.suppress(termios.error):  # a terminal that is gone says so when it is read
            termios.tcsetattr(self._input, termios.TCSANOW, mode)
        # One that could be GNU screen, from where a learner came by SSH perhaps, says so before it is given the mouse.
        self.write(_BEGIN + (_WHO if _could_be_screen() else _LISTEN))

    def _meet(self, maker: int) -> None:
        if maker != _GNU_SCREEN:
            self.write(_LISTEN)

    def _give_back(self) -> None:
        self.write(_END)
        self._outgoing.drain(GRACE / 3)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._input, termios.TCSANOW, self._before)

    def _read(self) -> None:
        try:
            data = os.read(self._input, 4096)
        except InterruptedError:
            return
        except OSError:
            data = b""
        if data:
            text = self._decode(data)
            if self._life.hear(text):
                self.send_message(Driver.SignalResume())
            self._post(self._incoming.feed(text))
        else:  # the line is lost, and nobody has sent SIGHUP, or it was sent to others
            self._loop.remove_reader(self._input)
            self._leave()

    def _post(self, arriving: Iterable[Message]) -> None:
        for message in arriving:
            self.process_message(message)
        self._await_silence(self._incoming.patience)

    def _await_answers(self) -> None:
        """Let the answers to what was asked come, for a moment, or the shell would take them for typing."""
        ends = time.monotonic() + LATE
        while self.pace.out and (left := ends - time.monotonic()) > 0:
            if not select.select([self._input], [], [], left)[0]:
                return
            try:
                data = os.read(self._input, 4096)
            except OSError:
                return
            if not data:
                return
            deque(self._incoming.feed(self._decode(data)), maxlen=0)

    def _await_silence(self, seconds: float | None) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = None if seconds is None else self._loop.call_later(seconds, self._tick)

    def _tick(self) -> None:
        self._post(self._incoming.tick())

    def _tell_size(self) -> None:
        # Of the terminal itself: exported COLUMNS and LINES say what some other terminal once was.
        try:
            size = Size(*os.get_terminal_size(self._output))
        except OSError:
            return
        if not size:
            size = Size(80, 24)  # a serial line does not know its own
        self.send_message(events.Resize(size, size))

    def _leave(self) -> None:
        _end_soon()
        self._app.exit()

    def _be_ended(self, *_: object) -> None:
        # In a handler of Python's own and not of the loop's, which would wait for a loop that hangs.
        _end_soon()
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._app.exit)

    def _watch_line(self) -> None:
        """Wait, in a thread, until the line is lost: a loop that hangs would never read that it is."""
        line = select.poll()
        line.register(self._input, 0)
        if any(what & (select.POLLHUP | select.POLLERR) for _, what in line.poll()):
            _end_soon()

    def _stop(self) -> None:
        self._give_back()
        # With SIGTSTP and not SIGSTOP: where no shell could ever continue us the kernel does not stop us.
        self._loop.remove_signal_handler(signal.SIGTSTP)
        signal.raise_signal(signal.SIGTSTP)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        self._go_on()

    def _go_on(self) -> None:
        """Take the terminal again: others have had it, and it may have another size."""
        self._take()
        self._tell_size()
        self.send_message(Driver.SignalResume())

    def _when_caught_up(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self.send_message, Driver.SignalResume())


def _end_soon() -> None:
    """Whatever should hang, the process ends in time: with SIGALRM's own action, which asks nothing of Python."""
    if not signal.getitimer(signal.ITIMER_REAL)[0]:
        signal.setitimer(signal.ITIMER_REAL, GRACE)


def _could_be_screen() -> bool:
    return "STY" in os.environ or os.environ.get("TERM", "").startswith("screen")


def _ascii_signs() -> Mapping[int, str]:
    from tutor.front.ascii import ONE_FOR_ONE  # its tables are nothing that other terminals should wait for

    return ONE_FOR_ONE
