"""The course as it was last read, kept so that a start need not read YAML: as Python keeps its compiled modules.

Reading three lessons and the YAML library costs a sixth of the start; this costs a millisecond. What is kept is thrown away
when a lesson file, or the program, is another one than it was made from.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection
from pathlib import Path

import msgspec

from tutor.lesson.files import lesson_files
from tutor.lesson.model import Course
from tutor.version import VERSION
from tutor.words import LANGUAGE


def open_course(directory: Path, cache: Path, elsewhere: Collection[str] = ()) -> Course:
    """The course of a directory of lessons, from the cache where that still holds.

    Args:
        directory: in which and beneath which the `*.yaml` are.
        cache: a directory for what is kept; one that cannot be written is done without.
        elsewhere: ids of lessons in other courses, which these may need.
    """
    mark = _mark(directory, elsewhere)
    # A name is enough that seldom is another's: whose it is stands in the mark. hashlib would bring OpenSSL with it.
    kept = cache / f"course-{zlib.crc32(str(directory).encode(errors='replace')):08x}.msgpack"
    course = _kept(kept, mark)
    if course is None:
        course = _read_aside(directory, elsewhere)
        _keep(kept, mark, course)
    return course


def _read_aside(directory: Path, elsewhere: Collection[str]) -> Course:
    """The lessons as a child process reads them: what that leaves in memory, 2 MB, a learner would keep for a sitting."""
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return _read(directory, elsewhere)
    if not child:
        try:
            os.close(reading)
            with open(writing, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(_read(directory, elsewhere)))
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    try:
        return msgspec.msgpack.decode(content, type=Course)
    except msgspec.MsgspecError:  # it was ended, or met a fault that is for us to tell
        return _read(directory, elsewhere)


def _read(directory: Path, elsewhere: Collection[str]) -> Course:
    from tutor.lesson.read import read_course  # with the YAML library: only when something has changed

    return read_course(directory, elsewhere)


def _mark(directory: Path, elsewhere: Collection[str]) -> str:
    """What the kept course depends on: the files' names, sizes and times, the program that read them, and its language."""
    try:
        files = sorted(lesson_files(directory))
        facts = [(str(file), (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files]
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
