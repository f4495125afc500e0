"""Why the system would not open, read or write something: the end of a sentence, in the reader's language."""

import errno
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
