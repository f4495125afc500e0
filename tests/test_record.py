"""`tutor notes`, `reset`, `forget`, `export` and `import`: what they do to the record, what they ask and what they say."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from pathlib import Path

import pytest
from study.samples import answer

from tutor import places
from tutor.cli import main
from tutor.lesson.read import read_course
from tutor.study.answer import Answer
from tutor.study.journal import Journal

FIRST, SECOND = (lesson for lesson in read_course(places.lessons_directory()).lessons[:2])


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "here"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def studied() -> list[Answer]:
    rows = [answer(1, FIRST.id), answer(2, FIRST.id), answer(3, SECOND.id)]
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        for row in rows:
            journal.append(row)
        journal.remember_place(FIRST.id, "start", rows[0].at)
    return rows


def answers() -> list[Answer]:
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        return journal.answers()


class Terminal(io.StringIO):
    """A person who types."""

    def isatty(self) -> bool:
        return True


def test_notes_of_what_was_learnt_of_one_lesson_or_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    def noted(*arguments: str) -> str:
        assert main(["notes", *arguments]) == 0
        return capsys.readouterr().out

    assert main(["notes"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Nothing was learnt yet" in printed.err
    one, everything = noted(FIRST.id), noted("--all")
    assert one.startswith(f"# {FIRST.title}\n")
    assert one in everything
    assert f"# {SECOND.title}\n" in everything.removeprefix(one)
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        journal.append(answer(1, SECOND.id))
    assert noted() == noted(SECOND.id)


def test_a_reset_and_its_undo(studied: list[Answer], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset", FIRST.id, "--yes"]) == 0
    said = capsys.readouterr().out
    assert "2 answers put out of sight" in said
    assert f"`tutor reset {FIRST.id} --undo`" in said
    assert answers() == studied[2:]
    assert main(["reset", SECOND.id, "--undo"]) == 0
    assert "nothing to bring back" in capsys.readouterr().out
    assert main(["reset", "--undo"]) == 0
    assert "2 answers brought back" in capsys.readouterr().out
    assert answers() == studied


def test_forgetting_all_and_its_undo(studied: list[Answer], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "--yes"]) == 0
    assert answers() == []
    assert main(["reset", "--undo"]) == 0
    assert answers() == [], "a reset's undo is not that of forgetting"
    assert main(["forget", "--undo"]) == 0
    assert answers() == studied
    assert "3 answers brought back" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["reset", FIRST.id], ["forget"]])
@pytest.mark.parametrize(
    ("typed", "done"), [("yes\n", True), ("Y\n", True), ("no\n", False), ("\n", False), ("", False)]
)
def test_it_asks_first(
    command: list[str], typed: str, done: bool, studied: list[Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(command) == 0
    assert (answers() != studied) is done


@pytest.mark.parametrize("command", [["reset", FIRST.id], ["forget"]])
def test_where_nobody_can_be_asked_nothing_is_done(
    command: list[str], studied: list[Answer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert main(command) == 2
    assert "--yes" in capsys.readouterr().err
    assert answers() == studied


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["reset", "gone", "--yes"], 2, "no lesson “gone”"),
        (["notes", "gone"], 2, "no lesson “gone”"),
        (["reset"], 2, "which lesson?"),
        (["reset", FIRST.id, "--yes"], 0, "nothing was done yet"),
        (["forget", "--yes"], 0, "nothing was done yet"),
        (["forget", "--undo"], 0, "nothing to bring back"),
        (["import", "gone.jsonl"], 2, "cannot be read"),
        (["export", "/proc/none"], 2, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == code
    shown = capsys.readouterr()
    assert said in (shown.err if code else shown.out)


def test_to_another_machine_and_back(
    studied: list[Answer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "record.jsonl"
    assert main(["reset", SECOND.id, "--yes"]) == main(["export", str(file)]) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "there"))
    assert main(["import", str(file)]) == 0
    assert answers() == studied[:2]
    assert "5 lines added; 0 lines of the file here already" in capsys.readouterr().out
    assert main(["import", str(file)]) == 0
    assert "0 lines added; 5 lines of the file here already" in capsys.readouterr().out
    assert main(["reset", "--undo"]) == 0
    assert answers() == studied, "a reset can be undone on the other machine too"
    assert main(["export", str(file)]) == 2
    assert "left as it is" in capsys.readouterr().err


def test_a_bad_file_gives_what_is_good_in_it(
    studied: list[Answer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "record.jsonl"
    assert main(["export", str(file)]) == 0
    header, first, *_ = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(header + b"nonsense\n" + first)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "there"))
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().err
    assert "line 2 cannot be used" in said
    assert "2 of its lines are not there" in said
    assert answers() == studied[:1]


def test_a_record_that_cannot_be_used_is_an_error_of_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "file"))
    assert main(["forget", "--yes"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "Nothing was done." in said.err
