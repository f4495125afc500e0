"""The README is true: its commands are single lines, its examples print what it says, its lesson is a good one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    """What stands in the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    """The text under a heading of the second level."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def sessions() -> list[tuple[str, str]]:
    """Each command typed in a `console` block, with what the README says it prints."""
    typed = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", flags=re.MULTILINE)
    return [pair for block in blocks("console") for pair in typed.findall(block)]


@pytest.mark.parametrize(("title", "last"), [("Run", ".venv/bin/tutor"), ("Test", ".venv/bin/python -m pytest")])
def test_command_is_a_single_line(title: str, last: str) -> None:
    (command,) = blocks("sh", section(title))
    assert command.count("\n") == 1
    assert command.strip().endswith(last)


def test_lesson_example_passes_check(tmp_path: Path) -> None:
    (example,) = blocks("yaml")
    (tmp_path / "my-lesson.yaml").write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "check", str(tmp_path / "my-lesson.yaml")],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("command", "printed"), sessions(), ids=lambda text: text[:40].strip())
def test_example_prints_what_is_shown(command: str, printed: str, tmp_path: Path) -> None:
    script = tmp_path / "tutor"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tutor.cli "$@"\n')
    script.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert without_times(done.stdout) == without_times(printed)


def without_times(text: str) -> str:
    """Output with every duration made the same."""
    return re.sub(r'"ms":[0-9.]+', '"ms":0', text)


def test_pictures_are_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", README)
    assert len(pictures) == 2
    for picture in pictures:
        assert (REPOSITORY / picture).read_text(encoding="utf-8").startswith("<svg")


def test_nothing_of_one_machine_is_in_it() -> None:
    assert re.findall(r"/(?:home|root|work|tmp|opt|Users)/|pypi|https?://", README) == []
