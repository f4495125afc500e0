"""`tutor new`: what it asks, that what it writes is proved, and that nothing is overwritten."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tutor.cli import main
from tutor.lesson.read import examine
from tutor.lesson.source import load
from tutor.lesson.starter import id_from


class Terminal(io.StringIO):
    """A person who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("formula", ["3x^2 + 2x", "1/x", "w*a + b", "theta^2", "x: y", "sqrt(x^2+1)", "a^2", "3n"])
def test_what_is_written_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str], formula: str) -> None:
    file = tmp_path / "12-my-topic.yaml"
    words = ["--title", "Say “hi”: {now} \\ # 'é'", "--goal", "a: [b", "--formula", formula]
    assert main(["new", str(file), *words]) == 0
    assert str(file) in capsys.readouterr().out
    assert main(["check", str(file)]) == 0, capsys.readouterr().out
    lesson = examine(load(file)).lesson
    assert lesson
    assert (lesson.id, lesson.title, lesson.objectives) == ("my-topic", words[1], ("a: [b",))


def test_of_an_equation_what_stands_behind_the_sign_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert main(["new", str(file), "--formula", "E = (w-3)^2"]) == 0
    assert "$$f = (w-3)^2$$" in file.read_text()


REFUSED = [
    # words after the file's name, what is said
    (["--formula", "e^x"], "is its own derivative"),
    (["--formula", "0x"], "is its own derivative"),
    (["--formula", "x^2 + 1 = 0"], "this is an equation"),
    (["--formula", "{a}x"], "braces are for parameters"),
    (["--formula", "2f"], "the function itself is called f"),
    (["--formula", "3x +"], "Something is still to come"),
    (["--formula", "2"], "no variable"),
    (["--formula", "x" + " + x" * 20], "Keep it to 40 characters"),
    (["--title", ""], "some words on one line"),
    (["--goal", "a\x1b[2Jb"], "some words on one line"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_makes_no_lesson(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    file = tmp_path / "mine.yaml"
    assert main(["new", str(file), *words]) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_it_asks_a_person_until_the_answer_will_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("Bread\n$\n3x +\nsqrt(-1-x^2)\nTell\nx^4\n"))
    file = tmp_path / "bread.yaml"
    assert main(["new", str(file)]) == 0
    said = capsys.readouterr().err
    assert said.count("Which function") == 3
    assert said.count("will a learner be able") == 2
    assert "still to come" in said
    assert said.count("makes no good lesson") == 2
    lesson = examine(load(file)).lesson
    assert lesson
    assert lesson.title == "Bread"
    assert "x^4" in file.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")
    assert main(["new", str(file)]) == 2
    assert "left as it is" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_directory_that_is_not_there_is_made(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "ours" / "mine.yaml"), "--formula", "x^2"]) == 0
    assert (tmp_path / "ours" / "mine.yaml").is_file()


def test_a_directory_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours").write_text("a file")
    assert main(["new", str(tmp_path / "ours" / "mine.yaml"), "--formula", "x^2"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_schema_is_written_beside_it_and_pointed_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("mine", "yours"):
        assert main(["new", str(tmp_path / name), "--formula", "x^2"]) == 0
        written = (tmp_path / f"{name}.yaml").read_text(encoding="utf-8")
        assert written.startswith("# yaml-language-server: $schema=lesson.schema.json\n")
    said = capsys.readouterr().out
    assert said.count("stands beside it") == 1  # the second time it is there
    assert main(["schema"]) == 0
    assert (tmp_path / "lesson.schema.json").read_text(encoding="utf-8") == capsys.readouterr().out


@pytest.mark.parametrize(
    ("stem", "id"),
    [("15-Soft_max", "soft-max"), ("2", ""), ("3d-plots", "lesson-3d-plots"), ("a b", "a-b"), ("ÄÖ", ""), ("--", "")],
)
def test_the_id_of_a_file(stem: str, id: str) -> None:
    assert id_from(stem) == id
