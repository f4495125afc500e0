"""`tutor solve`: what it prints for people and for programs, and what it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from terminal import environment, tutor_command

from tutor.cli import main


def test_it_prints_the_steps_and_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "x^3 + 2xy", "--by", "x"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "f = x³ + 2xy",
        "",
        "1. Sum rule. Only x moves; y stands still. Differentiate term by term.",
        "     ∂/∂x(x³) + ∂/∂x(2xy)",
        "",
        "2. Power rule. The 3 comes down in front, and the power drops to 2.",
        "     3x² + ∂/∂x(2xy)",
        "",
        "3. Constant multiple. 2y stays in front; x becomes 1.",
        "     3x² + 2y",
        "",
        "∂f/∂x = 3x² + 2y",
    ]


def test_json_has_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "sin(x^2)", "--by", "x", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["of"] == "sin(x²)"
    assert found["by"] == ["x"]
    assert found["answer"] == "2x cos(x²)"
    assert [step["rule"] for step in found["steps"]] == ["Chain rule"]
    assert found["steps"][0]["parts"] == {"u": "x²", "u′": "2x"}


LEFT_SIDES = [
    (["x^4", "--by", "x"], "df/dx = 4x³"),
    (["x^4", "--by", "x", "--by", "x"], "d²f/dx² = 12x²"),
    (["x^3 y^2", "--by", "x,y"], "∂²f/∂y∂x = 6x²y"),
    (["w_1^2 x", "--by", "w1"], "∂f/∂w₁ = 2w₁·x"),
    (["sqft^2", "--by", "sqft"], "df/dsqft = 2·sqft"),
]


@pytest.mark.parametrize(("words", "last"), LEFT_SIDES)
def test_the_last_line_says_of_what_it_is_the_derivative(
    words: list[str], last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", *words]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == last


@pytest.mark.parametrize(
    "of", ["x^3 + 2xy", "θ sin(x θ)^2", "sqrt(x)/(x^2 + 1)", "e^(x^2) |x|", "pi x^2 w1", "relu(x) σ(x)"]
)
def test_ascii_is_ascii(of: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", of, "--by", "x", "--ascii"]) == 0
    assert capsys.readouterr().out.isascii()
    assert main(["solve", of, "--by", "x", "--ascii", "--json"]) == 0
    assert capsys.readouterr().out.isascii()


REFUSED = [
    (["x^3 +", "--by", "x"], "column 6"),
    (["", "--by", "x"], "column 1"),
    (["x^3", "--by", ""], "by which letter"),
    (["x^3", "--by", "2"], "the name of a variable"),
    (["(x, y)", "--by", "x"], "this is a list"),
    (["x^3"], "--by"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_makes_no_sense_is_wrong_usage(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["solve", *words])
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, complaint = capsys.readouterr()
    assert (code, out) == (2, "")
    assert said in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize(
    "variables", [{}, {"LANG": "C"}, {"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"TERM": "vt100"}], ids=str
)
def test_what_a_program_reads_hangs_on_no_locale(variables: dict[str, str], tmp_path: Path) -> None:
    command = tutor_command("solve", "√x - σ(x)", "--by", "x", "--json")
    done = subprocess.run(command, env=environment(tmp_path, **variables), capture_output=True, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["of"] == "√(x) − σ(x)"
