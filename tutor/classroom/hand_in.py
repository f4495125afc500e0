"""A hand-in: one learner's answers as a file for a teacher, and the strict reading of it.

It knows no disk. A checksum finds a file that was cut off or changed by accident; it is no proof of who wrote it.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from tutor.errors import UsageError
from tutor.study.answer import Answer, moment, zoned
from tutor.version import VERSION
from tutor.words import tr

FORMAT = 1

LARGEST = 64 * 2**20
"Bytes of a file that is read: some 200 000 answers, far more than anybody gives."


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner gives."""

    version: str
    "The tutor's version that wrote it."
    name: str
    "The learner's, as the teacher's list has it."
    login: str = ""
    "The learner's email address, user name or number at the school; empty where none was given."
    written: str
    "When, in ISO 8601 with its zone."
    answers: tuple[Answer, ...]
    "No two with one id."


class _Header(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="hand-in"):
    """What every format of the file has, those of later tutors too."""

    format: int
    version: str


class _File(_Header, frozen=True, kw_only=True, tag_field="type", tag="hand-in"):
    name: str
    login: str = ""
    written: str
    checksum: str
    "SHA-256, as hexadecimal digits, of the bytes of `answers` as they stand in the file."
    answers: msgspec.Raw


def hand_in(name: str, answers: Iterable[Answer], written: str, login: str = "") -> HandIn:
    """A hand-in of these answers; of two with one id the first is kept.

    A record may hold times without a zone, from an import of long ago; they are UTC. One without any time is left out.
    """
    told = (answer for answer in without_doubles(answers) if moment(answer.at))
    kept = tuple(msgspec.structs.replace(answer, at=zoned(answer.at)) for answer in told)
    return HandIn(version=VERSION, name=name, login=login, written=written, answers=kept)


def without_doubles(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers in their order, of those with one id the first."""
    first: dict[str, Answer] = {}
    for answer in answers:
        first.setdefault(answer.id, answer)
    return tuple(first.values())


def to_file(handed: HandIn) -> bytes:
    """The file of a hand-in."""
    answers = msgspec.json.encode(handed.answers)
    file = _File(
        format=FORMAT,
        version=handed.version,
        name=handed.name,
        login=handed.login,
        written=handed.written,
        checksum=_checksum(answers),
        answers=msgspec.Raw(answers),
    )
    return msgspec.json.encode(file) + b"\n"


def from_file(content: bytes, file: str) -> HandIn:
    """The hand-in that a file holds.

    Args:
        file: its name, for what is said of it.
    Raises:
        UsageError: it cannot be used; the sentence says why and what to do.
    """
    if len(content) > LARGEST:
        raise UsageError(tr("{file} is larger than any hand-in. Ask for it to be written again.", file=file))
    try:
        header = msgspec.json.decode(content, type=_Header)
        if header.format > FORMAT:
            newer = ascii(header.version[:20])[1:-1]  # whoever made the file may have put anything there
            raise UsageError(
                tr("{file} was written by a newer tutor, {newer}. Update this one to read it.", file=file, newer=newer)
            )
        held = msgspec.json.decode(content, type=_File)
        if held.checksum != _checksum(held.answers):
            raise UsageError(tr("{file} was changed after it was written. Ask for it to be written again.", file=file))
        answers = msgspec.json.decode(held.answers, type=tuple[Answer, ...])
        _insist_on_zones((held.written, *(answer.at for answer in answers)))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise UsageError(tr("{file} is not a whole hand-in. Ask for it to be written again.", file=file)) from None
    return HandIn(
        version=held.version,
        name=held.name,
        login=held.login,
        written=held.written,
        answers=without_doubles(answers),
    )


def _insist_on_zones(times: Iterable[str]) -> None:
    if any(datetime.fromisoformat(at).tzinfo is None for at in times):
        raise ValueError("a time without a zone is no moment")


def _checksum(answers: msgspec.Raw | bytes) -> str:
    return hashlib.sha256(memoryview(answers)).hexdigest()
