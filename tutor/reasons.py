"""Why the system or a library would not read or write something: the end of a sentence, in the reader's language."""

import errno
import re
from typing import Final

from tutor.words import tr

_NOT_ALLOWED: Final = tr("that is not allowed here")
_FULL: Final = tr("the disk is full, or a quota is used up")

_REASONS: Final = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EDQUOT: _FULL,
    errno.EEXIST: tr("it is there already"),
    errno.EFBIG: tr("it would be larger than is allowed here"),
    errno.EIO: tr("the disk or the line failed"),
    errno.EISDIR: tr("it is a directory"),
    errno.ELOOP: tr("its links lead in a circle"),
    errno.ENAMETOOLONG: tr("its name is too long"),
    errno.ENOENT: tr("there is no such file or directory"),
    errno.ENOSPC: _FULL,
    errno.ENOTDIR: tr("part of its path is no directory"),
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: tr("this disk can only be read"),
}


def why(error: OSError | UnicodeDecodeError) -> str:
    """The reason in our own words, since the system has its own only in its own language.

    >>> why(IsADirectoryError(errno.EISDIR, "Is a directory")), why(OSError(errno.EXDEV, "Invalid cross-device link"))
    ('it is a directory', 'the system refuses it (EXDEV)')
    """
    if isinstance(error, UnicodeDecodeError):
        return tr("it is not UTF-8")
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return tr("the system refuses it ({code})", code=errno.errorcode.get(error.errno or 0, "?"))


_MORE: Final = tr("something stands behind its end")
_NO_ESCAPE: Final = tr("a backslash in a text begins nothing that is known; write it twice")

_TOML: Final = {
    "Expected '='": tr("behind a name there must be an equals sign and a value"),
    "Invalid statement": tr("a line begins with a name and an equals sign"),
    "Invalid initial": tr("a line begins with a name and an equals sign"),
    "Invalid value": tr("behind an equals sign there must be a value; a text stands between quotation marks"),
    "Unterminated string": tr("a text is not closed with a quotation mark"),
    "Illegal character": tr("a text is not closed with a quotation mark"),
    "Unclosed": tr("a bracket is not closed"),
    "Expected ']'": tr("a bracket is not closed"),
    "Cannot overwrite": tr("the same name is written twice"),
    "Cannot declare": tr("the same name is written twice"),
    "Expected newline": tr("on a line there is more than a name and its value"),
    "Unescaped": _NO_ESCAPE,
}
"How each complaint of `tomllib` begins, and what it means."

_JSON: Final = {
    "truncated": tr("it ends too early"),
    "trailing characters": _MORE,
    "trailing comma": tr("behind the last part there is a comma"),
    "expected ','": tr("between two parts a comma is missing, or behind the last a bracket"),
    "expected ':'": tr("behind a name a colon is missing"),
    "object keys": tr("a name must stand between double quotation marks"),
    "escape": _NO_ESCAPE,
    "surrogate": _NO_ESCAPE,
    "number": tr("a number is not written as JSON wants it"),
    "invalid character": tr("a sign stands where none like it may stand"),
}
"What stands in each complaint of `msgspec`, and what it means."


def why_not_toml(complaint: str) -> str:
    """What a complaint of `tomllib` means.

    >>> why_not_toml("Unterminated string (at end of document)")
    'a text is not closed with a quotation mark'
    """
    return next(
        (said for begins, said in _TOML.items() if complaint.startswith(begins)), tr("it is not written as TOML")
    )


def why_not_json(complaint: str) -> str:
    """What a complaint of `msgspec` about JSON means, with the character at which it arose, counted from 1.

    >>> why_not_json("JSON is malformed: expected ':' (byte 4)")
    'behind a name a colon is missing (character 5)'
    """
    said = next((said for part, said in _JSON.items() if part in complaint.lower()), tr("it is not written as JSON"))
    at = re.search(r"\(byte (\d+)\)", complaint)
    return tr("{said} (character {n})", said=said, n=int(at[1]) + 1) if at else said
