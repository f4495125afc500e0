"""Rows that the record does not take yet: a file of JSON lines, which the next start puts into it.

Each tutor has one of its own, so that none waits for another. Loaded only where there is such trouble, or such a file was left.
"""

import os
import socket
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tutor.study.answer import Answer, from_row, to_row
from tutor.study.journal_file import is_alive, left_aside, make_directory, names_aside, sync_directory
from tutor.study.journal_lines import NewerLinesError, from_damaged_lines, to_lines
from tutor.study.reset import Entry

STALE_SECONDS = 86_400.0
"After so long without a change the tutor on another machine that wrote a file is taken to be gone."


class Aside:
    """The rows of this sitting that wait, and what earlier sittings left."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._read: list[Path] = []
        self._half_read: list[Path] = []
        "Those of them that are damaged: kept under another name, once the record has what could be read of them."
        # A process's number comes again, and no file of somebody else's may be written over.
        name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}.jsonl"
        self._beside, self._elsewhere = (begins.with_name(begins.name + name) for begins in names_aside(record))
        self.path = self._beside
        "Where rows were kept last."

    @property
    def is_beside(self) -> bool:
        """Whether that is beside the record, and not where other machines cannot see it."""
        return self.path == self._beside

    def earlier(self) -> tuple[Entry, ...]:
        """What other sittings left, the oldest file first; of a file that was damaged what can be read."""
        found: list[Entry] = []
        for path in left_aside(self._record):
            with suppress(OSError, NewerLinesError):
                lines = from_damaged_lines(path.read_bytes().splitlines(keepends=True))
                found += lines.entries
                (self._half_read if lines.bad or lines.missing else self._read).append(path)
        return tuple(dict.fromkeys(found))  # a later sitting keeps what it found besides its own

    def keep(self, rows: Sequence[Entry]) -> None:
        """Have these rows on disk when this returns, beside the record or else where anybody may write.

        Args:
            rows: what was found by `earlier` among them.
        Raises:
            OSError: neither can be done; what was kept before is there still.
        """
        try:
            make_directory(self._record.parent)
            _write(self._beside, rows)
            self.path = self._beside
        except OSError:
            _write(self._elsewhere, rows)
            self.path = self._elsewhere
        # Where a record can never be written, each sitting would leave a file of all that went before.
        self._drop([path for path in self._read if path.parent == self.path.parent])

    def clear(self) -> list[Path]:
        """Remove what is in the record by now; a file to which another tutor may still write is left to that.

        Returns:
            The files that could not be read whole, under the names by which they are kept.
        """
        self.remove()
        self._drop(self._read)
        kept = []
        for path in self._half_read:
            with suppress(OSError):
                if _is_over(path):
                    kept.append(path.rename(path.with_name(f"{path.name}.damaged")))
        self._half_read = []
        return kept

    def _drop(self, paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(OSError):
                if _is_over(path):
                    path.unlink()

    def remove(self) -> None:
        """Remove this sitting's own files."""
        for path in (self._beside, self._elsewhere):
            with suppress(OSError):
                path.unlink()


def _write(path: Path, rows: Sequence[Entry]) -> None:
    """Write a file that is whole at every moment and, once this returns, on disk under its name."""
    new = path.with_suffix(".new")
    # Where anybody may write, somebody could have put a link there.
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(to_lines(map(_storable, rows)))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    sync_directory(path.parent)


def _storable(row: Entry) -> Entry:
    """A row as it would come back from the record, which can hold all of it but broken text."""
    return from_row(to_row(row)) if isinstance(row, Answer) else row


def _is_over(path: Path) -> bool:
    """Whether whoever wrote a file is gone."""
    _, _, named = path.name.rpartition(".unsaved-")
    machine, process, _ = named.rsplit("-", 2)
    if machine == socket.gethostname():
        return not (process.isdigit() and is_alive(int(process)))
    return time.time() - path.stat().st_mtime > STALE_SECONDS
