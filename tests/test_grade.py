"""`tutor grade`: one line in, one line out, whatever the line; and real answers through the real command."""

from __future__ import annotations

import errno
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tutor.commands import grade
from tutor.engine.client import Engine
from tutor.engine.wire import Solution
from tutor.errors import EngineError, UsageError
from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient
from tutor.marking.verdict import Difference, Outcome, Verdict

REPOSITORY = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "tutor.cli", "grade"]


class Echo(Engine):
    """An engine without a child: says that every answer is wrong, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(argv=["/nowhere"])  # what is not answered here fails, and starts no child that nobody closes
        self.asked: list[tuple[AnyExercise, str]] = []
        self.is_closed = False

    async def start(self) -> None:
        return

    async def solve(self, exercise: AnyExercise) -> Solution:
        return Solution("1")

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        self.asked.append((exercise, text))
        return Verdict(
            outcome=Outcome.INCORRECT,
            message="No.",
            slips=("P1",),
            difference=Difference({"x": "2"}, "1", "3"),
            decided_by="probes",
            ms=1.5,
        )

    async def close(self) -> None:
        self.is_closed = True


class Broken(io.BytesIO):
    """A file on a disk that has gone."""

    def readline(self, size: int | None = -1, /) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


async def answers(lines: bytes) -> tuple[list[dict[str, Any]], Echo]:
    sink, engine = io.BytesIO(), Echo()
    await grade.grade(io.BytesIO(lines), sink, engine)
    assert engine.is_closed
    return [json.loads(line) for line in sink.getvalue().splitlines()], engine


@pytest.mark.parametrize(
    ("line", "exercise", "text"),
    [
        (
            '{"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2"}',
            Derivative(ask="", of="x^3", by=("x",)),
            "3x^2",
        ),
        (
            '{"derivative": {"of": "x^2 y^2", "by": ["x", "y"]}, "answer": ""}',
            Derivative(ask="", of="x^2 y^2", by=("x", "y")),
            "",
        ),
        (
            '{"derivative": {"of": "w_1 x", "by": "w_1"}, "answer": "x", "variables": ["w₂", "theta"]}',
            Derivative(ask="", of="w_1 x", by=("w1",), variables=("w2", "θ")),
            "x",
        ),
        (
            '{"derivative": {"of": "sqft^2", "by": "sqft"}, "answer": "2 sqft"}',
            Derivative(ask="", of="sqft^2", by=("sqft",)),
            "2 sqft",
        ),
        (
            '{"gradient": {"of": "x^2 + y^2", "by": ["x", "y"]}, "answer": "(2x, 2y)"}',
            Gradient(ask="", of="x^2 + y^2", by=("x", "y")),
            "(2x, 2y)",
        ),
        (
            '{"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2", "form": "expanded"}',
            Derivative(ask="", of="x^3", by=("x",), form=("expanded",)),
            "3x^2",
        ),
        (
            '{"expected": "x^2", "answer": "x^2", "form": ["factored", "exact"]}',
            Expression(ask="", answer="x^2", form=("factored", "exact")),
            "x^2",
        ),
        ('{"answer": "2x", "expected": "x + x"}', Expression(ask="", answer="x + x"), "2x"),
        (
            '{"expected": "(2x, 2y)", "answer": "(2y, 2x)"}',
            Expression(ask="", answer="(2x, 2y)"),
            "(2y, 2x)",
        ),
        (
            '{"expected": "2 beds", "answer": "beds", "variables": ["beds"]}',
            Expression(ask="", answer="2 beds", variables=("beds",)),
            "beds",
        ),
        ('\ufeff{"expected": "2", "answer": "\\u0000"}\r', Expression(ask="", answer="2"), "\0"),
    ],
)
async def test_what_a_line_asks(line: str, exercise: AnyExercise, text: str) -> None:
    _, engine = await answers(line.encode() + b"\n")
    assert engine.asked == [(exercise, text)]


GOOD = '"expected": "2x", "answer": "2x"'


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("tutor", "not JSON"),
        ('{"expected": "2x", "answer": "2x"', "not JSON: it ends too early."),
        ('{"expected" "2x"}', "not JSON: behind a name a colon is missing (character 13)."),
        ('{"expected": NaN, "answer": "2x"}', "not JSON"),
        ('{"expected": "2x", "answer": "\\ud800"}', "not JSON"),
        ("[1, 2]", "one JSON object"),
        ('"2x"', "one JSON object"),
        ("null", "one JSON object"),
        ("[" * 100_000, "one JSON object"),
        ('{"id": ' + "[" * 100_000, "too deep"),
        ('{"answer": "2x"}', "needs one question"),
        ('{"expected": "2x", "derivative": {"of": "x", "by": "x"}, "answer": "1"}', "not two"),
        ('{"expected": "2x"}', "needs an “answer”"),
        ('{"expected": "2x", "answer": 2}', "“answer” must be text"),
        ('{"expected": "2x", "answer": null}', "“answer” must be text"),
        ('{"expected": 2, "answer": "2"}', "“expected” must be text"),
        ('{"expected": "2x^^", "answer": "2"}', "The formula in “expected” cannot be read, at column 4"),
        ('{"expected": "", "answer": "2"}', "The formula in “expected” cannot be read"),
        ('{"expected": "' + "x" * 501 + '", "answer": "2"}', "more than 500 characters"),
        ('{"derivative": "x^3", "answer": "2"}', "“derivative” must be an object"),
        ('{"derivative": {"of": "x^3"}, "answer": "2"}', "“derivative” needs “by”"),
        ('{"derivative": {"by": "x"}, "answer": "2"}', "“derivative” needs “of”"),
        ('{"derivative": {"of": "x^3", "by": []}, "answer": "2"}', "names no variable"),
        ('{"derivative": {"of": "x^3", "by": "x+1"}, "answer": "2"}', "“x+1” in “derivative.by” is not the name"),
        ('{"derivative": {"of": "x^3", "by": ["x", "3"]}, "answer": "2"}', "“3” in “derivative.by” is not the name"),
        ('{"derivative": {"of": "x^3", "by": [["x"]]}, "answer": "2"}', "a list of names"),
        ('{"derivative": {"of": "x^", "by": "x"}, "answer": "2"}', "The formula in “derivative.of” cannot be read"),
        ('{"gradient": {"of": "x^3", "by": ["x"], "at": {"x": 1}}, "answer": "2"}', "“gradient” has no key “at”"),
        ("{" + GOOD + ', "variables": "x y"}', "“x y” in “variables” is not the name"),
        ("{" + GOOD + ', "variables": {"x": 1}}', "“variables” must be the name"),
        ("{" + GOOD + ', "form": "faktored"}', "“form” must be one of expanded, factored"),
        ("{" + GOOD + ', "form": ["expanded", 1]}', "“form” must be one of expanded, factored"),
        ("{" + GOOD + ', "form": null}', "“form” must be one of expanded, factored"),
        ("{" + GOOD + ', "anwser": "2x"}', "no key “anwser”"),
        ("{" + GOOD + ', "id": "' + "x" * grade.MAX_LINE + '"}', "longer than"),
    ],
)
async def test_a_bad_line_is_answered_in_its_place(line: str, part: str) -> None:
    lines = f"{{{GOOD}}}\n\n  \n{line}\n{{{GOOD}}}"
    (first, bad, last), _ = await answers(lines.encode())
    assert part in bad.pop("error")
    assert bad.pop("line") == 4
    assert bad == {}
    assert first == last
    assert first["verdict"] == "incorrect"


async def test_a_line_that_is_not_utf_8() -> None:
    (bad,), _ = await answers(b'{"expected": "2x", "answer": "\xff"}')
    assert bad == {"line": 1, "error": "This line is not UTF-8 text: byte 31 belongs to no character."}


@pytest.mark.parametrize("name", ['"a"', "7", "null", "1.50", "[1, {}]", "123456789012345678901234567890", '"\\u00e9"'])
async def test_an_id_comes_back_as_it_was(name: str) -> None:
    for rest in (GOOD, '"expected": "2x"'):
        sink = io.BytesIO()
        await grade.grade(io.BytesIO(f'{{"id": {name}, {rest}}}'.encode()), sink, Echo())
        assert sink.getvalue().startswith(f'{{"id":{name},'.encode())


async def test_what_a_verdict_says() -> None:
    (answer,), _ = await answers(f'{{"id": 1, {GOOD}}}'.encode())
    assert answer == {
        "id": 1,
        "verdict": "incorrect",
        "slips": ["P1"],
        "message": "No.",
        "column": None,
        "decided_by": "probes",
        "ms": 1.5,
        "difference": {"at": {"x": "2"}, "yours": "1", "right": "3"},
    }


async def test_no_lines_no_answers() -> None:
    assert (await answers(b""))[0] == []
    assert (await answers(b"\n\r\n \n"))[0] == []


LINES = [
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2"}, "correct"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^3"}, "incorrect"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "3y^2"}, "unreadable"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^^2"}, "unreadable"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "__import__('os')"}, "unreadable"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "9**9**9**9"}, "unreadable"),
    ({"derivative": {"of": "x^3", "by": "x"}, "answer": "x" * 100_000}, "unreadable"),
    ({"derivative": {"of": "x^2 y^3", "by": ["x", "y"]}, "answer": "6 x y^2"}, "correct"),
    ({"derivative": {"of": "x^2 y^3", "by": ["y", "x"]}, "answer": "6 y x y"}, "correct"),
    ({"derivative": {"of": "x y", "by": "x"}, "answer": "y + z - z", "variables": ["z"]}, "correct"),
    ({"gradient": {"of": "x^2 + y^2", "by": ["x", "y"]}, "answer": "(2x, 2y)"}, "correct"),
    ({"gradient": {"of": "x^2 + y^2", "by": ["x", "y"]}, "answer": "(2y, 2x)"}, "incorrect"),
    ({"expected": "(2x, 2y)", "answer": "(x + x, 2y)"}, "correct"),
    ({"expected": "sin(x)^2 + cos(x)^2", "answer": "1"}, "correct"),
    ({"expected": "2x", "answer": "2"}, "incorrect"),
    ({"expected": "x^2 - 1", "answer": "x^2 - 1", "form": "factored"}, "wrong-form"),
    ({"expected": "x^2 - 1", "answer": "(x - 1)(x + 1)", "form": ["factored", "exact"]}, "correct"),
    ({"gradient": {"of": "x^2 y", "by": ["x", "y"]}, "answer": "(2xy, x*x)", "form": "simplified"}, "wrong-form"),
]


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_the_command_marks() -> None:
    lines = "".join(json.dumps(line | {"id": n}) + "\n" for n, (line, _) in enumerate(LINES))
    with start() as command:
        output, complaints = command.communicate(lines.encode())
    assert (command.returncode, complaints) == (0, b"")
    found = [json.loads(line) for line in output.splitlines()]
    assert [(line["id"], line["verdict"]) for line in found] == [(n, verdict) for n, (_, verdict) in enumerate(LINES)]
    assert found[3]["column"] == 3
    assert "difference" in found[1]
    assert all(line["message"] for line in found)


def test_each_answer_comes_before_the_next_line_and_ctrl_c_ends_it_without_a_word() -> None:
    with start() as command:
        assert command.stdin is not None
        assert command.stdout is not None
        assert command.stderr is not None
        for line, verdict in LINES[:2]:
            command.stdin.write(json.dumps(line).encode() + b"\n")
            command.stdin.flush()
            assert json.loads(command.stdout.readline())["verdict"] == verdict
        command.send_signal(signal.SIGINT)
        assert command.wait() == -signal.SIGINT
        assert command.stderr.read() == b""


def test_a_closed_pipe_ends_it_without_a_word() -> None:
    with start() as command:
        assert command.stdin is not None
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        command.stdin.write(json.dumps(LINES[0][0]).encode() + b"\n")
        command.stdin.flush()
        assert command.stderr.read() == b""


def test_a_closed_input_is_wrong_usage() -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {shlex.join(COMMAND)} <&-"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "closed" in done.stderr


async def test_an_input_that_breaks_off_is_said_and_the_engine_closed() -> None:
    engine = Echo()
    with pytest.raises(UsageError, match="cannot be read: the disk or the line failed"):
        await grade.grade(Broken(), io.BytesIO(), engine)
    assert engine.is_closed


async def test_an_engine_that_does_not_start_is_said_once() -> None:
    sink = io.BytesIO()
    with pytest.raises(EngineError):
        await grade.grade(io.BytesIO(b'{"expected": "x", "answer": "x"}\n'), sink, Engine(argv=["false"]))
    assert sink.getvalue() == b""
