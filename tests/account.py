"""An account that may only learn: it and the site's settings are seen by processes in a mount namespace of their own alone.

Its number is ours, so that it can read this checkout and nobody has to be root; its name, home and shell are its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COURSE = """
format: 1
id: slopes
title: A lesson behind a wall
objectives: [Learn and do nothing else]
steps:
  - derivative:
      id: cube
      ask: The first question.
      of: x^3
      by: x
  - derivative:
      id: square
      ask: The second question.
      of: x^2
      by: x
summary: This is the end.
"""

NAMESPACE = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
SHELL = Path(sys.executable).parent / "tutor-shell"


def needed() -> str:
    """What this machine lacks for such an account; empty when it lacks nothing."""
    try:
        done = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return "unshare"
    return "" if done.returncode == 0 else "the right to make a mount namespace"


class Account:
    """A learner, with a home, a course of one lesson chosen by the site, and `tutor-shell` as the login shell."""

    name = "learner"

    def __init__(self, directory: Path) -> None:
        self.home = directory / "home"
        self.home.mkdir()
        self.own = self.home / ".local" / "share" / "tutor"
        course, self._etc = directory / "course", directory / "etc"
        course.mkdir()
        (course / "slopes.yaml").write_text(COURSE)
        (self._etc / "tutor").mkdir(parents=True)
        (self._etc / "tutor" / "tutor.toml").write_text(f'lessons = "{course}"\n')
        # The first line with a number counts, so that ours goes by this name in there.
        line = f"{self.name}:x:{os.getuid()}:{os.getgid()}::{self.home}:{SHELL}\n"
        (self._etc / "passwd").write_text(line + Path("/etc/passwd").read_text())

    def inside(self, *command: str) -> list[str]:
        """The command line that runs a command where the account exists; it becomes that command, with its number."""
        mount = 'mount -t overlay -o "lowerdir=$0:/etc" overlay /etc && exec "$@"'
        return [*NAMESPACE, "/bin/sh", "-c", mount, str(self._etc), *command]
