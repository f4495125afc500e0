"""Where lessons, progress and logs live; the only reader of variables that name
places, and of the site's own settings.

Nothing here creates a directory: whoever writes a file makes the way to it.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

from tutor.errors import SiteError
from tutor.words import tr

SITE_FILE = Path("/etc/tutor/tutor.toml")
"What an administrator sets for everybody on this machine; no variable names another place for it."

SITE_SETTINGS = ("lessons", "courses", "class_url", "ascii")


def lessons_directory() -> Path:
    """The directory that TUTOR_LESSONS names, else the site's, else the course that came with the program."""
    chosen = os.environ.get("TUTOR_LESSONS") or _site_lessons()
    return Path(chosen) if chosen else course_directory()


def named_courses() -> tuple[Path, ...]:
    """Directories of courses to have besides: those that `add_course` and TUTOR_COURSES name, then the site's.

    In the variable they are joined by colons; the site's file has a list of them.
    """
    named = [name for name in os.environ.get("TUTOR_COURSES", "").split(os.pathsep) if name]
    site = [name for name in site_settings(SITE_FILE).get("courses", "").split(os.pathsep) if name]
    for name in site:
        if not Path(name).is_absolute():
            raise SiteError(
                tr(
                    "{site_file}: courses must be whole paths that begin with /, and {name!r} does not.",
                    site_file=SITE_FILE,
                    name=name,
                )
            )
    return tuple(Path(os.path.abspath(name)) for name in (*named, *site))


def add_course(directory: str) -> None:
    """Have a course besides in this run; a child process has it too."""
    before = os.environ.get("TUTOR_COURSES", "")
    os.environ["TUTOR_COURSES"] = os.pathsep.join(filter(None, (os.path.abspath(directory), before)))


def allow_data(directory: Path) -> None:
    """Let lessons beneath a directory train on data in it, in this run and its child processes: its author checks them."""
    before = os.environ.get("TUTOR_DATA", "")
    os.environ["TUTOR_DATA"] = os.pathsep.join(filter(None, (os.path.abspath(directory), before)))


def data_homes() -> tuple[Path, ...]:
    """Where data may lie besides the course, as `allow_data` said."""
    return tuple(Path(name) for name in os.environ.get("TUTOR_DATA", "").split(os.pathsep) if name)


def class_url() -> str | None:
    """The database of the class: TUTOR_CLASS_URL, else the site's, else none."""
    return os.environ.get("TUTOR_CLASS_URL") or site_settings(SITE_FILE).get("class_url")


def site_ascii() -> str:
    """`yes` where the site has everything drawn in ASCII, `no` where never by itself; empty where it leaves that open."""
    return site_settings(SITE_FILE).get("ascii", "")


@cache
def site_settings(file: Path) -> dict[str, str]:
    """What the administrator has set; nothing where there is no such file.

    Raises:
        SiteError: the file cannot be read, or holds something else than the settings known here.
    """
    from tutor.toml import TomlError, read_toml  # most machines have no such file, and every start would pay for it

    try:
        settings, _ = read_toml(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except TomlError as error:
        if not error.line:
            raise SiteError(tr("{file} cannot be read: {error}.", file=file, error=error.what)) from error
        raise SiteError(
            tr("{file} cannot be read: {error}, in line {line}.", file=file, error=error.what, line=error.line)
        ) from error
    return _checked(settings, file)


def _checked(settings: dict[str, Any], file: Path) -> dict[str, str]:
    for name, value in settings.items():
        if name not in SITE_SETTINGS:
            raise SiteError(
                tr(
                    "{file}: {name!r} is not a setting; the settings are {site_settings}.",
                    file=file,
                    name=name,
                    site_settings=", ".join(SITE_SETTINGS),
                )
            )
        if name == "courses" and isinstance(value, list) and all(isinstance(each, str) for each in value):
            settings[name] = os.pathsep.join(value)
        elif name == "ascii":
            if not isinstance(value, bool):
                raise SiteError(tr("{file}: {name} must be true or false.", file=file, name=name))
            settings[name] = "yes" if value else "no"
        elif not isinstance(value, str) or not value:
            raise SiteError(tr("{file}: {name} must be a text between quotation marks.", file=file, name=name))
    return settings


def _site_lessons() -> str | None:
    chosen = site_settings(SITE_FILE).get("lessons")
    if chosen and not Path(chosen).is_absolute():
        raise SiteError(
            tr(
                "{site_file}: lessons must be a whole path that begins with /, and {chosen!r} does not.",
                site_file=SITE_FILE,
                chosen=chosen,
            )
        )
    return chosen


def course_directory() -> Path:
    """The course that came with the program, and the data that its problems train on whatever lessons are read."""
    package = Path(__file__).resolve().parent
    installed = package / "course"
    return installed if installed.is_dir() else package.parent / "lessons"


def data_directory() -> Path:
    """The learner's own directory: TUTOR_HOME, else `tutor` under XDG_DATA_HOME or ~/.local/share."""
    chosen = os.environ.get("TUTOR_HOME")
    if chosen:
        return Path(chosen)
    return _user_directory("XDG_DATA_HOME", ".local/share") / "tutor"


def journal_file() -> Path:
    """The SQLite file of every answer given."""
    return data_directory() / "journal.sqlite3"


def cache_directory() -> Path:
    """Where things are kept that can be made again: `tutor` under XDG_CACHE_HOME or ~/.cache."""
    return _user_directory("XDG_CACHE_HOME", ".cache") / "tutor"


def log_file() -> Path:
    """Where tracebacks go, never onto the screen."""
    return _user_directory("XDG_STATE_HOME", ".local/state") / "tutor" / "tutor.log"


def _user_directory(variable: str, default: str) -> Path:
    chosen = os.environ.get(variable, "")
    # The XDG specification says that a relative path in these is to be ignored.
    if chosen and Path(chosen).is_absolute():
        return Path(chosen)
    return Path(os.path.expanduser("~")) / default
