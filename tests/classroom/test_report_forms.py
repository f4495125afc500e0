"""The forms a report comes in: lines, two gradebooks' CSV, JSON and a page; and what the command says of bad files."""

import csv
import io
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from classroom.classes import COURSE, RIGHT, WRONG, class_of_ten, given, handed

from tutor.classroom.gradebook import canvas, moodle
from tutor.classroom.hand_in import to_file
from tutor.classroom.report import report
from tutor.classroom.report_lines import as_lines
from tutor.classroom.report_page import as_page
from tutor.classroom.tally import of_hand_ins
from tutor.cli import main

NOW = datetime(2025, 3, 9, tzinfo=UTC)

EVIL = "<script>alert('&')</script>\""

HAND_INS = (
    handed("Lovelace, Ada", given(1), given(2, "e2"), given(3, "e3", WRONG), login="ada@school.example"),
    handed("=HYPERLINK()", given(4, "p1", WRONG, slips=("P1",)), login="eve@school.example"),
    handed(EVIL, given(5, "p1"), login="0"),
)
CLASS = report(COURSE, of_hand_ins(HAND_INS))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_canvas() -> None:
    assert cells(canvas(CLASS)) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Slopes", "Powers"],
        ["    Points Possible", "", "", "", "", "3", "1"],
        [EVIL, "", "", "0", "", "", "1"],
        ["'=HYPERLINK()", "", "", "eve@school.example", "", "", "0"],
        ["Lovelace, Ada", "", "", "ada@school.example", "", "2", ""],
    ]


def test_moodle_has_no_row_without_a_login() -> None:
    assert cells(moodle(CLASS)) == [
        ["Email address", "Full name", "Slopes", "Powers"],
        ["eve@school.example", "'=HYPERLINK()", "-", "0.00"],
        ["ada@school.example", "Lovelace, Ada", "66.67", "-"],
    ]


@pytest.mark.parametrize(
    ("logins", "column"),
    [(("a@b", "c@d"), "Email address"), (("12", "34"), "ID number"), (("ada", "34"), "Username"), ((), "Username")],
)
def test_moodle_is_told_what_a_login_is(logins: tuple[str, ...], column: str) -> None:
    found = report(COURSE, of_hand_ins(handed(f"L{n}", given(n), login=login) for n, login in enumerate(logins)))
    assert cells(moodle(found))[0][0] == column


@pytest.mark.parametrize("width", [20, 39, 79])
def test_lines_keep_to_their_width_and_lose_no_word(width: int) -> None:
    class_ = [*class_of_ten(), handed("Nobody"), handed("Ada", given(0), given(200, "x1"))]
    found = report(COURSE, of_hand_ins(class_))
    lines = as_lines(found, NOW, width)
    assert max(map(len, lines)) <= width
    said = " ".join(" ".join(lines).split())
    for words in ("Learner 9: 3 right of 4 tried", "too easy (100% right at first)", "Nobody: nothing yet"):
        assert words in said
    assert "Ada and Learner 0 handed in 1 of the same answers." in said


class Tags(HTMLParser):
    """The tags of a page, its attributes and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_stands_alone_and_escapes_what_was_typed() -> None:
    found = Tags(as_page(CLASS, NOW))
    assert EVIL in found.text
    assert "svg" in found.opened
    assert not {"script", "link", "img", "iframe"} & set(found.opened)
    assert not [name for name, _ in found.attributes if name in ("src", "href", "style") or name.startswith("on")]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "40")
    good = tmp_path / "ada.json"
    good.write_bytes(to_file(handed("Ada", given(1, "e1", RIGHT))))
    return [str(good)]


def test_each_bad_file_has_its_sentence_and_the_others_are_reported(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.json"
    cut.write_bytes(Path(files[0]).read_bytes()[:50])
    assert main(["report", str(cut), *files, str(tmp_path / "none.json"), str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "Ada" in out
    assert max(map(len, out.splitlines())) < 40
    said = err.splitlines()
    assert [name in line for name, line in zip(("cut.json", "none.json", tmp_path.name), said, strict=True)] == [
        True
    ] * 3
    assert main(["report", str(cut)]) == 1
    assert capsys.readouterr().out == ""


def test_the_command_in_its_forms(files: list[str], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["report", *files, *files, "--json"]) == 0
    assert [each["name"] for each in json.loads(capsysbinary.readouterr().out)["learners"]] == ["Ada"]
    assert main(["report", *files, "--csv", "canvas"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"Student,ID,SIS User ID,SIS Login ID,Section")
    assert main(["report", *files, "--csv", "moodle"]) == 0
    assert b"left out" in capsysbinary.readouterr().err
    page = tmp_path / "class.html"
    assert main(["report", *files, "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["report", *files, "--html", str(page)]) == 2
