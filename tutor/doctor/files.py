"""Whether the learner's record can be kept here: the directory, the space, the locks, and the file itself."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tutor.doctor.finding import Finding, State
from tutor.errors import ProgressError
from tutor.study.journal_file import can_lock, make_directory, reason
from tutor.study.journal_snapshot import answer_numbers
from tutor.words import tr, tr_n

ENOUGH: Final = 50 * 2**20
"Bytes; a record grows by some hundred an answer, but others write on the same disk."
NEARLY_NONE: Final = 2**20
SLOW: Final = 0.3
"Seconds for one small file to be on disk, which each answer waits for."


def file_findings(journal: Path) -> Iterator[Finding]:
    """What is found where the record lies; the way to it is made, and a small file is written and removed again."""
    directory = journal.parent
    try:
        make_directory(directory)
        took = _write(directory)
    except OSError as error:
        do = tr("Let the learner own it, with room on its disk; until then answers cannot be saved there.")
        yield Finding(
            "files",
            "fails",
            tr(
                "nothing can be written in {directory}: {reason}", directory=directory, reason=reason(error).rstrip(".")
            ),
            do,
        )
        return
    kind = f" ({found})" if (found := file_system(directory)) else ""
    if took < SLOW:
        yield Finding(
            "files",
            "works",
            tr("{directory}{kind} is written to in {took:.0f} ms", directory=directory, kind=kind, took=1000 * took),
        )
    else:
        what = tr(
            "{directory}{kind} is slow: a small file took {took:.1f} s", directory=directory, kind=kind, took=took
        )
        yield Finding("files", "limited", what, tr("Each answer waits as long; ask whoever looks after the disk."))
    yield _space(directory)
    yield _locks(journal)
    yield _record(journal)


def file_system(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that a path is on, such as `nfs4`; empty where the system does not say."""
    try:
        lines = [line.split() for line in mounts.read_text(errors="replace").splitlines()]
    except OSError:
        return ""
    real = Path(os.path.realpath(path))
    above = [(len(line[1]), line[2]) for line in lines if len(line) > 2 and real.is_relative_to(line[1])]
    return max(above, default=(0, ""))[1]


def _write(directory: Path) -> float:
    """Write a small file and have it on disk; the seconds that it took."""
    started = time.perf_counter()
    with tempfile.NamedTemporaryFile(dir=directory, prefix="doctor-") as file:
        file.write(b"x" * 512)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - started


def _space(directory: Path) -> Finding:
    free = shutil.disk_usage(directory).free
    what = tr("{free:.0f} MB are free on the disk", free=free / 2**20)
    if free >= ENOUGH:
        return Finding("space", "works", what)
    state: State = "limited" if free >= NEARLY_NONE else "fails"
    return Finding(
        "space", state, what, tr("Make room: with a full disk no answer can be kept. A quota may be nearer still.")
    )


def _locks(journal: Path) -> Finding:
    if can_lock(journal):
        return Finding("locks", "works", tr("files can be locked, so several tutors of one learner keep one record"))
    do = tr("On NFS, mount with version 4 or start the lock daemon, rpc.statd.")
    return Finding("locks", "limited", tr("files cannot be locked: one tutor of a learner at a time can save"), do)


def _record(journal: Path) -> Finding:
    if not os.path.lexists(journal):
        return Finding("record", "works", tr("{journal} will be made with the first start", journal=journal))
    try:
        count = len(answer_numbers(journal))
    except ProgressError as error:
        if not journal.is_file():
            return Finding("record", "fails", str(error).rstrip("."), tr("Move it away; the next start makes another."))
        do = tr("Keep a copy of the file; the next start sets a damaged one aside and begins another.")
        return Finding("record", "fails", str(error).rstrip("."), do)
    mode = journal.stat().st_mode & 0o077
    if mode:
        return Finding(
            "record", "limited", tr("{journal} can be read by others", journal=journal), f"chmod 600 {journal}"
        )
    return Finding(
        "record", "works", tr_n("{n} answer in {journal}", "{n} answers in {journal}", count, journal=journal)
    )
