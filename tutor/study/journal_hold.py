"""One tutor at a time where the file system cannot lock: a small file beside the journal says who writes there.

It holds the machine's name and the process's number, so that what a killed tutor leaves behind is found out.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path

from tutor.study.journal_file import is_alive
from tutor.words import tr


class HeldError(Exception):
    """Another tutor has the file; the text says where."""


class Hold:
    """The right to be the only one who writes to a file, until `release`."""

    def __init__(self, path: Path) -> None:
        """
        Args:
            path: the journal's.
        Raises:
            HeldError: another tutor has it, here or on another machine.
            OSError: the file that says so cannot be made.
        """
        self.path = path.with_name(path.name + ".held")
        self._mine = f"{socket.gethostname()} {os.getpid()}"
        try:
            self._write()
        except FileExistsError:
            self._clear_what_was_left()
            self._write()

    def release(self) -> None:
        """Let others write; may be called again."""
        with suppress(OSError):
            if self.path.read_text() == self._mine:
                self.path.unlink()

    def _write(self) -> None:
        # Network file systems without locks still make a new file for one only.
        descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(self._mine)

    def _clear_what_was_left(self) -> None:
        machine, _, process = self.path.read_text(errors="replace").partition(" ")
        if machine != socket.gethostname():
            where = machine or tr("another machine")
            raise HeldError(tr("on {machine}; if none is, delete {path}", machine=where, path=self.path))
        if process.isdigit() and is_alive(int(process)):
            raise HeldError(tr("in another window"))
        self.path.unlink(missing_ok=True)
