"""A hand-in: one learner's answers as a file for a teacher, and the strict reading of it.

It knows no disk. A checksum finds a file that was cut off or changed by accident; it is no proof of who wrote it.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from tutor.errors import UsageError
from tutor.study.answer import Answer
from tutor.version import VERSION

FORMAT = 1

LARGEST = 64 * 2**20
"Bytes of a file that is read: some 200 000 answers, far more than anybody gives."


class HandIn(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="hand-in"):
    """Everything in the file."""

    format: int
    version: str
    "The tutor's version that wrote it."
    name: str
    "The learner's, as the teacher's list has it."
    written: str
    "When, in ISO 8601."
    checksum: str
    "SHA-256, as hexadecimal digits, of the answers encoded as they stand in the file."
    answers: tuple[Answer, ...]


def hand_in(name: str, answers: Iterable[Answer], written: str) -> HandIn:
    """A hand-in of these answers; of two with one id the first is kept."""
    first: dict[str, Answer] = {}
    for answer in answers:
        first.setdefault(answer.id, answer)
    kept = tuple(first.values())
    return HandIn(format=FORMAT, version=VERSION, name=name, written=written, checksum=_checksum(kept), answers=kept)


def to_file(handed: HandIn) -> bytes:
    """The file of a hand-in."""
    return msgspec.json.encode(handed) + b"\n"


def from_file(content: bytes, file: str) -> HandIn:
    """The hand-in that a file holds.

    Args:
        file: its name, for what is said of it.
    Raises:
        UsageError: it cannot be used; the sentence says why and what to do.
    """
    if len(content) > LARGEST:
        raise UsageError(f"{file} is larger than any hand-in. Ask for it to be written again.")
    try:
        handed = msgspec.json.decode(content, type=HandIn)
        for at in (handed.written, *(answer.at for answer in handed.answers)):
            datetime.fromisoformat(at)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UsageError(f"{file} is no whole hand-in ({error}). Ask for it to be written again.") from None
    if handed.format > FORMAT:
        raise UsageError(f"{file} was written by a newer tutor, {handed.version}. Update this one to read it.")
    if handed.checksum != _checksum(handed.answers):
        raise UsageError(f"{file} was changed after it was written. Ask for it to be written again.")
    return handed


def _checksum(answers: tuple[Answer, ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(answers)).hexdigest()
