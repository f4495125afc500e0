"""`tutor doctor` as a person runs it, in a terminal that answers for itself, and as a program does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from terminal import Terminal, environment, tutor_command

from tutor.doctor.terminal import PROBE

AREAS = ["files", "space", "locks", "record", "lessons", "python", "class", "engine"]


@pytest.mark.parametrize(("columns", "code"), [(1, 0), (3, 1)])
def test_in_a_terminal(tmp_path: Path, columns: int, code: int) -> None:
    with Terminal(tutor_command("doctor"), environment(tmp_path), rows=45) as terminal:
        terminal.wait_for(lambda seen: PROBE in seen.text)
        terminal.send(f"\x1b[1;{columns + 1}R")
        assert terminal.wait_until_ended() == code
        for area in ("terminal", "size", "characters", "colours", *AREAS):
            assert any(line.startswith(area) for line in terminal.lines)
        assert "braille" in terminal.text
        assert ("the terminal understands it" in terminal.text) is (columns == 1)
        assert ("does not work and matters: characters" in terminal.text) is (columns == 3)


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (200, 60)])
def test_at_any_size_and_in_latin1(tmp_path: Path, columns: int, rows: int) -> None:
    env = environment(tmp_path, LANG="en_US.ISO-8859-1", PYTHONIOENCODING="iso-8859-1", TERM="vt100", LC_ALL="")
    with Terminal(tutor_command("doctor"), env, columns=columns, rows=rows) as terminal:
        assert terminal.wait_until_ended() == 0
        assert terminal.text.isascii()
        assert "All that matters works" in terminal.text


def test_for_a_program(tmp_path: Path) -> None:
    command = tutor_command("doctor", "--json")
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert (done.returncode, said["works"], done.stderr) == (0, True, "")
    assert [finding["area"] for finding in said["findings"]] == ["terminal", *AREAS]


def test_what_matters_fails(tmp_path: Path) -> None:
    (tmp_path / "tutor").write_text("a file where the directory should be")
    env = environment(tmp_path, TUTOR_LESSONS=str(tmp_path / "none"))
    done = subprocess.run(tutor_command("doctor"), env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "does not work and matters: files, lessons" in done.stdout
