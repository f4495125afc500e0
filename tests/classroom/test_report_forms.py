"""The forms a report comes in: lines, two gradebooks' CSV, JSON and a page; and what the command says of bad files."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import msgspec
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
    ("titles", "heads"),
    [
        (("Slopes", "Powers"), ["Slopes", "Powers"]),
        (("Slopes", "Slopes"), ["Slopes [slopes]", "Slopes [powers]"]),
        # Canvas would put these grades into its assignment number 2.
        (("Practice (2)", "f(x)"), ["Practice (2) [slopes]", "f(x)"]),
        (("=1+1", "(2) more"), ["'=1+1", "(2) more"]),
    ],
)
def test_each_column_is_a_lesson_of_its_own(titles: tuple[str, str], heads: list[str]) -> None:
    found = msgspec.structs.replace(CLASS, titles=dict(zip(("slopes", "powers"), titles, strict=True)))
    assert cells(canvas(found))[0][5:] == heads
    assert cells(moodle(found))[0][2:] == heads


def test_moodle_has_user_names_in_lower_case() -> None:
    found = report(COURSE, of_hand_ins([handed("Ada", given(1), login="Ada7"), handed("Bob", given(2), login="b@c")]))
    assert [row[0] for row in cells(moodle(found))] == ["Username", "ada7", "b@c"]


@pytest.mark.parametrize(
    ("logins", "column"),
    [(("a@b", "c@d"), "Email address"), (("12", "34"), "ID number"), (("ada", "34"), "Username"), ((), "Username")],
)
def test_moodle_is_told_what_a_login_is(logins: tuple[str, ...], column: str) -> None:
    found = report(COURSE, of_hand_ins(handed(f"L{n}", given(n), login=login) for n, login in enumerate(logins)))
    assert cells(moodle(found))[0][0] == column


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("width", [20, 39, 60, 79, 200])
def test_lines_keep_to_their_width_and_lose_no_word(width: int, full: bool) -> None:
    class_ = [*class_of_ten(), handed("Nobody"), handed("Ada", given(0), given(200, "x1"))]
    found = report(COURSE, of_hand_ins(class_))
    lines = as_lines(found, NOW, width, full=full)
    assert max(map(len, lines)) <= width
    assert full or "\n".join(lines).isascii()
    said = " ".join(" ".join(lines).split())
    assert re.search(r"\b3 0 0 4 \d+ 1 Mar 2025 Learner 9\b", said)
    assert re.search(r"\b100% slopes e1: too easy\b", said)
    assert re.search(r"\b0 0 0 0 0 never Nobody\b", said)
    assert "Ada and Learner 0 have 1 answer in common." in said


def test_the_table_in_the_terminal() -> None:
    """As it is seen: the figures first, then whose they are."""
    assert as_lines(CLASS, NOW, 79, full=True)[:17] == [
        "Class report, 9 Mar 2025: 3 learners",
        "",
        "Right  Shown  Hints  Tried  Minutes  Last         Learner",
        "    1      0      0      1        0   1 Mar 2025  <script>alert('&')</script>\"",
        "    0      0      0      1        0   1 Mar 2025  =HYPERLINK()",
        "    2      0      0      3        1   1 Mar 2025  Lovelace, Ada",
        "Right: without the solution. Shown: right only after the solution was shown.",
        "Hints: exercises for which hints were taken.",
        "",
        "Lessons  Learner",
        "·█       <script>alert('&')</script>\"",
        "·▒       =HYPERLINK()",
        "▒·       Lovelace, Ada",
        "Lessons, in the order of the course: █ all right in the end, ▒ begun, · not",
        "begun.",
        "",
        "Begun by  Right of all  Lesson",
    ]


def test_a_report_of_nobody_is_one_too() -> None:
    nobody = report(COURSE, of_hand_ins([]))
    assert as_lines(nobody, NOW, 79, full=True)[0] == "Class report, 9 Mar 2025: 0 learners"
    assert "0 learners" in as_page(nobody, NOW)
    assert len(cells(canvas(nobody))) == 2


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


def test_the_page_of_a_large_class_has_an_end() -> None:
    many = tuple(msgspec.structs.replace(CLASS.slips[0], exercise=f"e{number}") for number in range(5000))
    page = as_page(msgspec.structs.replace(CLASS, slips=many), NOW)
    assert page.count("<tr>") < 400
    assert "4700 more" in page


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
