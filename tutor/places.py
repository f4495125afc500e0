"""Where lessons, progress and logs live; the only reader of environment variables.

Nothing here creates a directory: whoever writes a file makes the way to it.
"""

import os
from pathlib import Path


def lessons_directory() -> Path:
    """The directory that TUTOR_LESSONS names, or else the course that came with the program."""
    chosen = os.environ.get("TUTOR_LESSONS")
    return Path(chosen) if chosen else course_directory()


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
