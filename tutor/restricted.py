"""`tutor --restricted`: the tutor for an account that may do nothing else, as sshd's forced command or as its login shell.

Whatever such a learner could have made is not believed: variables, the words asked for, links where the record lies.
Must run before Textual is imported. docs/security.md lists what is closed, and the test of each.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import resource
import shlex
import signal
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from tutor import display
from tutor.errors import SiteError, UsageError
from tutor.reasons import why
from tutor.words import tr

SWITCH: Final = "--restricted"
FORCED: Final = "TUTOR_FORCED"
"Where `tutor-shell` hands on sshd's forced command; a learner who sets it asks for no more than can be asked for anyway."

_NAME: Final = "[A-Za-z0-9][A-Za-z0-9+._@-]{0,63}"
PASSED: Final = {
    # No slash: the C library reads a locale with one in it as a path, and a terminal's description is a file too.
    **dict.fromkeys(("LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TERM"), _NAME),
    "LANGUAGE": f"{_NAME}(:{_NAME}){{0,9}}",
    "COLORTERM": "truecolor|24bit",
    "NO_COLOR": "[ -~]{1,16}",
}
"The variables that are handed on, each with what it may hold."

_ID: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_NOTHING: Final = "(?!)"
ALLOWED: Final = {
    "learn": _ID,
    "practice": _ID,
    "review": _NOTHING,
    "lab": _ID,
    "progress": "--json",
    "notes": f"{_ID}|--all",
    "export": _NOTHING,  # to stdout: a word would be the name of a file
    "hand-in": _NOTHING,  # likewise; the account says whose it is
    "class": "push",
    "doctor": "--json",
}
"The commands of a restricted learner, each with what a word behind it may be: never a path."

_PR_SET_NO_NEW_PRIVS: Final = 38  # <linux/prctl.h>
_ASK: Final = tr("Tell the person who looks after this machine.")


def enter(words: Sequence[str]) -> list[str]:
    """Shut this process in; returns the words of the command to run.

    An interpreter that has listened to its environment is replaced by one that does not, in which this begins again.

    Args:
        words: what stands beside `--restricted`; unless a command is among it, the one that sshd forces, or else the one
            that the learner asked sshd for.

    Raises:
        UsageError: something else than the tutor was asked for.
        SiteError: where the record should be, something stands that leads elsewhere.
    """
    _ignore_keys()
    asked = list(words)
    for variable in (FORCED, "SSH_ORIGINAL_COMMAND"):
        if set(asked) <= set(display.WISHES):
            asked += asked_for(os.environ.get(variable, ""))
    home = Path(os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir))  # HOME is only a variable
    # Of the locale C Python has made another one by now, which the terminal knows nothing of.
    given = {**os.environ, "LC_CTYPE": display.given_environment().get("LC_CTYPE", "")}
    wanted = environment(given, home)
    if not sys.flags.isolated:
        _begin_again(asked, wanted)
    os.environ.clear()
    os.environ.update(wanted)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a command that prints, or line mode, ends with it
    _give_up_what_is_not_needed()
    words = permitted(asked)
    claim(home, own_directory(home))
    return words


def asked_for(command: str) -> list[str]:
    """The words of a command line that sshd was given, without the tutor's own name and switch.

    >>> asked_for("/opt/tutor/bin/tutor --restricted"), asked_for("progress --json")
    ([], ['progress', '--json'])
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return [command]  # which is no command
    if words and Path(words[0]).name in ("tutor", "tutor-shell"):
        words = words[1:]
    return words[1:] if words[:1] == [SWITCH] else words


def permitted(words: Sequence[str]) -> list[str]:
    """The same words, if they are for a restricted learner.

    Raises:
        UsageError: they are not.
    """
    asked = [word for word in words if word not in display.WISHES]
    if not asked:
        return list(words)
    command, *more = asked
    if command not in ALLOWED or len(more) > 1 or not all(re.fullmatch(ALLOWED[command], word) for word in more):
        raise UsageError(
            tr("this account is for the tutor alone. Log in, or ask for one of: {allowed}.", allowed=", ".join(ALLOWED))
        )
    return list(words)


def environment(given: Mapping[str, str], home: Path) -> dict[str, str]:
    """Every variable that the tutor and its engine get; made of the result, it is the same again.

    >>> sorted(environment({"LANG": "C.UTF-8", "LC_ALL": "../x", "TUTOR_LESSONS": "/x"}, Path("/home/ada")))
    ['HOME', 'LANG', 'PATH', 'TMPDIR', 'TUTOR_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME']
    """
    passed = {name: given[name] for name, form in PASSED.items() if re.fullmatch(form, given.get(name, ""))}
    # The log, what is kept of the course, and SQLite's own notes go there as well, so that there is one place to write.
    own = dict.fromkeys(("TUTOR_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"), str(own_directory(home)))
    return passed | own | {"HOME": str(home), "PATH": "/usr/bin:/bin"}


def own_directory(home: Path) -> Path:
    """The one directory in which a restricted tutor writes."""
    return home / ".local" / "share" / "tutor"


def claim(home: Path, directory: Path) -> None:
    """Make a directory beneath the learner's home; refuse it where it leads elsewhere, or holds something that does.

    Raises:
        SiteError: on the way or in it is a link, or something that is another user's.
    """
    at = home
    for part in directory.relative_to(home).parts:
        at /= part
        try:
            with suppress(FileExistsError):
                at.mkdir(mode=0o700)
            _refuse_links(at, at.lstat())
            if not at.is_dir():
                raise SiteError(tr("{at} should be a directory. {ask}", at=at, ask=_ASK))
        except OSError as error:
            raise SiteError(
                tr("{at} cannot be used: {strerror}. {ask}", at=at, strerror=why(error), ask=_ASK)
            ) from error
    for entry in _beneath(directory):
        _refuse_links(Path(entry), entry.stat(follow_symlinks=False))


def _beneath(directory: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        for entry in entries:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _beneath(Path(entry))


def _refuse_links(path: Path, status: os.stat_result) -> None:
    is_elsewhere_too = stat.S_ISREG(status.st_mode) and status.st_nlink > 1
    if stat.S_ISLNK(status.st_mode) or is_elsewhere_too or status.st_uid not in (0, os.getuid()):
        raise SiteError(
            tr(
                "{path} is a link or belongs to somebody else, so nothing is read or written there. {ask}",
                path=path,
                ask=_ASK,
            )
        )


def _begin_again(words: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    root = str(Path(__file__).resolve().parent.parent)
    start = f"import sys; sys.path.insert(0, {root!r}); from tutor.cli import main; sys.exit(main())"
    os.execve(sys.executable, [sys.executable, "-I", "-c", start, SWITCH, *words], environment)


def _ignore_keys() -> None:
    """Until the screens have the terminal, keys still send signals; what is ignored stays so in the next interpreter."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)


def _give_up_what_is_not_needed() -> None:
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
