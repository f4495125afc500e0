"""The command line: what it says, on which stream, and with which exit code."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tutor import places
from tutor.cli import COMMANDS, NEEDS_TERMINAL, build_parser, main
from tutor.errors import EngineError, ProgressError, UsageError
from tutor.lesson.read import read_course
from tutor.version import VERSION

REPOSITORY = Path(__file__).resolve().parent.parent


def run_tutor(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The tutor in a process of its own, without a terminal."""
    command = [sys.executable, "-m", "tutor.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, cwd=REPOSITORY)


@pytest.mark.parametrize("command", ["schema", "solve x^2 --by x"])
@pytest.mark.parametrize(
    ("output", "said"),
    [
        (">/dev/full", "tutor: not all of it could be written: the disk is full, or a quota is used up.\n"),
        (">&-", "tutor: standard output is closed, so there is nowhere to write.\n"),
    ],
)
def test_output_that_takes_nothing_is_told(command: str, output: str, said: str) -> None:
    line = f"{sys.executable} -m tutor.cli {command} {output}"
    done = subprocess.run(line, shell=True, stderr=subprocess.PIPE, text=True, check=False, cwd=REPOSITORY)
    assert (done.returncode, done.stderr) == (1, said)


def test_the_command_is_named_behind_wishes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plain", "practice", "nothing"]) == 2
    assert "`tutor practice --help` says what can be asked for." in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"tutor {VERSION}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n    {command} " in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_a_summary_and_examples(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert f"tutor {command}" in shown.split("examples:")[1]
    assert max(len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["--colour"],
        ["descend"],
        ["descend", "houses", "--rate"],
        ["grade", "x^2"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: tutor" in said.err
    command = "tutor descend" if "descend" in arguments else "tutor"
    assert said.err.endswith(f"`{command} --help` says what can be asked for.\n")


def test_descend_takes_a_gradient_for_each_weight() -> None:
    arguments = build_parser("descend").parse_args(["descend", "houses", "--gradient", "b=r", "--gradient", "w1=r*x1"])
    assert arguments.gradient == ["b=r", "w1=r*x1"]


@pytest.mark.parametrize("arguments", [[], ["learn"], ["learn", "rates-of-change"]])
def test_without_a_terminal_the_screens_are_refused(arguments: list[str]) -> None:
    done = run_tutor(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "terminal" in done.stderr
    for command in set(COMMANDS) - set(NEEDS_TERMINAL):
        assert command in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_terminal_textual_is_not_even_loaded() -> None:
    program = "import sys; from tutor.cli import main; code = main([]); print(code, 'textual' in sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout == "2 False\n"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[argparse.Namespace], int]], None]:
    """Put a function in the place of `tutor grade`."""

    def put(run: Callable[[argparse.Namespace], int]) -> None:
        module = ModuleType("tutor.commands.grade")
        module.describe = lambda parser: None  # type: ignore[attr-defined]
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "tutor.commands.grade", module)
        monkeypatch.setattr("tutor.commands.grade", module, raising=False)

    return put


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("there is no problem “boats”."), 2),
        (ProgressError("the record cannot be written."), 1),
        (EngineError("the engine did not start."), 1),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_has_its_code_and_its_sentence(
    error: BaseException,
    code: int,
    command: Callable[[Callable[[argparse.Namespace], int]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(arguments: argparse.Namespace) -> int:
        raise error

    command(fail)
    assert main(["grade"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    more = "`tutor grade --help` says what can be asked for.\n" if isinstance(error, UsageError) else ""
    assert said.err == (f"tutor: {error}\n{more}" if str(error) else "")


def test_a_fault_of_the_program_goes_to_the_log(
    command: Callable[[Callable[[argparse.Namespace], int]], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def fail(arguments: argparse.Namespace) -> int:
        raise ZeroDivisionError("a fault of ours")

    command(fail)
    assert main(["grade"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert str(places.log_file()) in said.err
    assert "ZeroDivisionError" not in said.err
    assert "ZeroDivisionError: a fault of ours" in places.log_file().read_text()


def test_a_fault_that_cannot_be_logged_is_still_one_sentence(
    command: Callable[[Callable[[argparse.Namespace], int]], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))

    def fail(arguments: argparse.Namespace) -> int:
        raise ZeroDivisionError

    command(fail)
    assert main(["grade"]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_a_reader_who_leaves_early_is_no_fault() -> None:
    """As in `tutor descend houses | head -1`: nothing is said of it."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "tutor.cli", "descend", "houses", "--every", "1"]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=REPOSITORY)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_grade_answers_on_stdout_alone() -> None:
    question = {"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2", "id": 7}
    done = run_tutor("grade", stdin=json.dumps(question) + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["id"], answer["verdict"]) == (7, "correct")


def test_grade_marks_the_lines_of_its_own_help() -> None:
    shown = run_tutor("grade", "--help").stdout
    lines = [line for line in shown.splitlines() if line.startswith("  {")]
    assert len(lines) == 3
    done = run_tutor("grade", stdin="\n".join(lines))
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["correct"] * 3


def test_lessons_named_in_the_help_are_there() -> None:
    named = set(re.findall(r"tutor learn ([a-z-]+)", run_tutor("--help").stdout + run_tutor("learn", "--help").stdout))
    assert named
    assert named <= {lesson.id for lesson in read_course(places.lessons_directory()).lessons}


def test_descend_reaches_the_least_squares_weights() -> None:
    """The figures are those of the data's own note, computed with NumPy."""
    done = run_tutor("descend", "houses", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    for weight in ("340412", "109447", "-6578.3"):
        assert weight in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["boats"], "no problem called 'boats'"),
        (["houses", "--gradient", "nonsense"], "name=formula"),
        (["houses", "--rate", "fast"], "The rate must be a number above 0"),
        (["houses", "--steps", "1.5"], "--steps takes a whole number above 0"),
        (["houses", "--every", "often"], "--every takes a whole number above 0"),
    ],
)
def test_what_is_not_there_is_wrong_usage(arguments: list[str], said: str) -> None:
    done = run_tutor("descend", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tutor: ")
    assert said in done.stderr
    assert "`tutor descend --help`" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_finds_a_lesson_good() -> None:
    """One; `.ci/run` ends with the whole course, which takes minutes."""
    done = run_tutor("check", "lessons/08-partial-derivatives.yaml")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_of_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nid: bad\nstepz: []\n")
    done = run_tutor("check", str(bad))
    assert done.returncode == 1
    assert f"{bad}:" in done.stdout
