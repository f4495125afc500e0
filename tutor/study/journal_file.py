"""The file beneath the journal as the file system sees it: the way to it, what waits beside it, why it cannot be used.

Knows directories, rights and what may be wrong with a disk; nothing of what is in the file.
"""

import fcntl
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path
from stat import S_ISREG

from tutor.words import tr

_FULL = tr("the disk is full, or your quota is used up.")
_FORBIDDEN = tr("the tutor may not write there.")
_HELD = tr("another program is holding the file.")
_SYSTEM_REASONS = {
    ENOSPC: _FULL,
    EDQUOT: _FULL,
    EACCES: _FORBIDDEN,
    EPERM: _FORBIDDEN,
    EROFS: _FORBIDDEN,
    EAGAIN: _HELD,
}
_DATABASE_REASONS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _FORBIDDEN,
    "SQLITE_PERM": _FORBIDDEN,
    "SQLITE_CANTOPEN": tr("the file cannot be opened for writing."),
    "SQLITE_BUSY": _HELD,
    "SQLITE_LOCKED": _HELD,
    # A used-up quota is reported so: SQLite knows only "no space left" as full.
    "SQLITE_IOERR": tr("the disk does not take what is written; it may be full, or your quota used up."),
}

_SIGNS_OF_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_TOOBIG")


class DamagedError(Exception):
    """The file does not hold what a record holds; the text is for no learner."""


class NoFileError(OSError):
    """Where the file should be is something else."""


@contextmanager
def finding_damage() -> Iterator[None]:
    """Whatever is said of a damaged file by the database is raised as a `DamagedError`."""
    try:
        yield
    except UnicodeDecodeError as error:  # `sqlite3` cannot quote a damaged table's name
        raise DamagedError(str(error)) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(_SIGNS_OF_DAMAGE):
            raise DamagedError(str(error)) from error
        raise


def make_directory(directory: Path) -> None:
    """Make a directory, and those that lead to it, for the learner's eyes only."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    for each in reversed(missing):
        # Path.mkdir(parents=True) gives the mode to the last directory only.
        each.mkdir(mode=0o700, exist_ok=True)


def make_way(path: Path) -> None:
    """Make the file, and the directories that lead to it, for the learner's eyes only.

    Raises:
        NoFileError: there is something else, such as a pipe, which would be waited for.
    """
    make_directory(path.parent)
    if os.path.lexists(path) and not path.is_file():
        raise NoFileError
    # Only a file that is not there: closing a descriptor of one that is would drop the locks of this process on it.
    if not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def forbids_writing(path: Path) -> bool:
    """Whether the file itself says that only a later SQLite may write it: none of ours ever does, but for a flipped bit."""
    with path.open("rb") as file:
        return file.read(19)[18:] > b"\x02"


def identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever its name becomes."""
    status = path.stat()
    return status.st_dev, status.st_ino


def sync_directory(directory: Path) -> None:
    """Have on disk that a file got its name there; a file system that cannot say so is taken at its word."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def names_aside(path: Path) -> tuple[Path, Path]:
    """How the files of rows that wait to be put into a journal begin: beside it, and where anybody may write."""
    # A name that seldom is another's is enough, as for the course that is kept: hashlib would bring OpenSSL with it.
    known_by = f"{zlib.crc32(os.fsencode(path.absolute())):08x}"
    # Not `tempfile.gettempdir`, which costs every start some milliseconds and a file made to try it.
    elsewhere = Path(os.environ.get("TMPDIR") or "/tmp")
    return path.with_name(f"{path.name}.unsaved-"), elsewhere / f"tutor-{known_by}.unsaved-"


def left_aside(path: Path) -> list[Path]:
    """The files of rows that wait to be put into the journal, the oldest first; see `journal_aside`."""
    beside, elsewhere = names_aside(path)
    # Where anybody may write, nobody puts answers into somebody else's record. Beside it the owner says nothing: some
    # network file systems show everything as another's.
    found = [*_beginning(beside), *(each for each in _beginning(elsewhere) if _is_mine(each[1]))]
    return [each for _, each in sorted(found)]


def _beginning(begins: Path) -> Iterator[tuple[float, Path]]:
    try:
        found = list(begins.parent.iterdir())
    except OSError:
        return
    for each in found:
        if each.name.startswith(begins.name) and each.suffix == ".jsonl":
            with suppress(FileNotFoundError):  # taken in by another start meanwhile
                yield each.lstat().st_mtime, each


def _is_mine(path: Path) -> bool:
    with suppress(FileNotFoundError):
        status = path.lstat()
        return S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
    return False


def is_alive(process: int) -> bool:
    """Whether a process of this machine is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def is_about_locks(error: Exception) -> bool:
    """Whether the file is held by another program, or cannot be locked at all: SQLite does not always tell the two apart."""
    kind = getattr(error, "sqlite_errorname", "")
    return kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or (kind.startswith("SQLITE_IOERR") and "LOCK" in kind)


def can_lock(path: Path) -> bool:
    """Whether files can be locked where this one is, tried on another file beside it."""
    beside = path.with_name(f"{path.name}.lock-{os.getpid()}")
    try:
        with beside.open("w") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Where nothing may be written, nothing was found out about locks.
        return error.errno in (EACCES, EAGAIN, ENOSPC, EDQUOT, EPERM, EROFS)
    finally:
        with suppress(OSError):
            beside.unlink()
    return True


def is_moved(error: Exception) -> bool:
    """Whether another tutor has set the file aside meanwhile, so that its name is another file's."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED"


def reason(error: Exception) -> str:
    """Why the file cannot be used, as the end of a sentence, from an error of the system or of the database."""
    match error:
        case DamagedError():
            return tr("the file is damaged.")
        case NoFileError():
            return tr("what stands in its place is no ordinary file; move it away.")
        case OSError():
            return _SYSTEM_REASONS.get(error.errno or 0, tr("its directory cannot be made or entered."))
    # SQLITE_IOERR_WRITE and its like say more closely where a SQLITE_IOERR happened.
    kind = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    return _DATABASE_REASONS.get(kind, tr("the file cannot be used."))
