"""Rows that the record does not take yet: a file of JSON lines, which the next start puts into it.

Each tutor has one of its own, so that none waits for another. Loaded only where there is such trouble, or such a file was left.
"""

import os
import socket
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tutor.errors import UsageError
from tutor.study.answer import Answer, from_row, to_row
from tutor.study.journal_file import is_alive, left_aside, make_directory, names_aside, sync_directory
from tutor.study.journal_lines import from_lines, to_lines
from tutor.study.reset import Entry

STALE_SECONDS = 86_400.0
"After so long without a change the tutor on another machine that wrote a file is taken to be gone."


class Aside:
    """The rows of this sitting that wait, and what earlier sittings left."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._read: dict[Path, bool] = {}
        "What was found, and whether all of it could be read."
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
            # One that a newer tutor wrote is left to that.
            with suppress(OSError, UsageError), path.open("rb") as file:
                lines = from_lines(file, insists_on_header=False)
                found += lines.entries
                self._read[path] = not (lines.bad or lines.missing)
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
        for path, is_whole in self._read.items():
            if is_whole and path.parent == self.path.parent:
                _drop(path)

    def clear(self) -> list[Path]:
        """Remove what is in the record by now; a file to which another tutor may still write is left to that.

        Returns:
            Files of which not all could be read: they are kept under these names, at which no start looks again.
        """
        self.remove()
        kept: list[Path] = []
        for path, is_whole in self._read.items():
            if is_whole:
                _drop(path)
                continue
            with suppress(OSError):
                if _is_over(path):
                    kept.append(path.rename(path.with_name(path.name + ".damaged")))
        self._read = {}
        return kept

    def remove(self) -> None:
        """Remove this sitting's own files."""
        for path in (self._beside, self._elsewhere):
            with suppress(OSError):
                path.unlink()


def _drop(path: Path) -> None:
    with suppress(OSError):
        if _is_over(path):
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
