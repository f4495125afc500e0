"""One tutor at a time where the file system cannot lock: a small file beside the journal says who writes there.

It holds the machine's name, the process's number and when that began, so that what a killed tutor leaves behind is found
out, even when its number is another program's by now.
"""

import os
import socket
import uuid
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
        self._mine = f"{socket.gethostname()} {os.getpid()} {_began(os.getpid())}".strip()
        try:
            self._write()
        except FileExistsError:
            self._clear_what_was_left()
            try:
                self._write()
            except FileExistsError:
                raise self._here() from None

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
        """Remove the file if who wrote it is gone.

        Raises:
            HeldError: it is not known that he or she is.
        """
        with suppress(FileNotFoundError):
            found = self.path.read_text(errors="replace")
            self._insist_on_gone(found)
            # Two may find it so at once, and the slower one must not remove what the quicker one has written since.
            taken = self.path.rename(self.path.with_name(f"{self.path.name}-{uuid.uuid4().hex[:8]}"))
            if taken.read_text(errors="replace") == found:
                taken.unlink()
            else:
                taken.rename(self.path)

    def _insist_on_gone(self, found: str) -> None:
        machine, process, began = (*found.split(" "), "", "")[:3]
        if machine != socket.gethostname():
            where = machine or tr("another machine")
            raise HeldError(tr("on {machine}; if none is, delete {path}", machine=where, path=self.path))
        if process.isdigit() and is_alive(int(process)) and began in ("", _began(int(process))):
            raise self._here()

    def _here(self) -> HeldError:
        return HeldError(tr("in another window; if none is, delete {path}", path=self.path))


def _began(process: int) -> str:
    """When a process of this machine began, counted from when that was switched on; empty where the system does not say."""
    try:
        # After the name, which may hold anything, closing brackets too.
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except (OSError, IndexError):
        return ""
