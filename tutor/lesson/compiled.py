"""The course as it was last read, kept so that a start need not read YAML: as Python keeps its compiled modules.

Reading three lessons and the YAML library costs a sixth of the start; this costs a millisecond. What is kept is thrown away
when a lesson file, or the program, is another one than it was made from.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

import msgspec

from tutor.lesson.model import Course
from tutor.version import VERSION
from tutor.words import LANGUAGE


def open_course(directory: Path, cache: Path, elsewhere: Collection[str] = ()) -> Course:
    """The course of a directory of lessons, from the cache where that still holds.

    Args:
        directory: where the `*.yaml` are.
        cache: a directory for what is kept; one that cannot be written is done without.
        elsewhere: ids of lessons in other courses, which these may need.
    """
    mark = _mark(directory, elsewhere)
    kept = cache / f"course-{hashlib.sha256(str(directory).encode(errors='replace')).hexdigest()[:16]}.msgpack"
    course = _kept(kept, mark)
    if course is None:
        from tutor.lesson.read import read_course  # with the YAML library: only when something has changed

        course = read_course(directory, elsewhere)
        _keep(kept, mark, course)
    return course


def _mark(directory: Path, elsewhere: Collection[str]) -> str:
    """What the kept course depends on: the files' names, sizes and times, the program that read them, and its language."""
    try:
        files = sorted(directory.glob("*.yaml"))
        facts = [(file.name, (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files]
        program = max(source.stat().st_mtime_ns for source in Path(__file__).parent.glob("*.py"))
    except OSError:
        return ""
    return repr((VERSION, LANGUAGE, program, str(directory), facts, sorted(elsewhere)))


def _kept(path: Path, mark: str) -> Course | None:
    try:
        found, course = msgspec.msgpack.decode(path.read_bytes(), type=tuple[str, Course])
    except (OSError, msgspec.MsgspecError, ValueError):
        return None  # not there, cut short, or of another program: it is made anew
    return course if mark and found == mark else None


def _keep(path: Path, mark: str, course: Course) -> None:
    """Write it whole or not at all, since another tutor may be reading."""
    if not mark:
        return
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_bytes(msgspec.msgpack.encode((mark, course)))
        beside.replace(path)
    except OSError:
        return
