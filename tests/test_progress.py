"""`tutor progress`: what a learner reads, in 80 columns and in whatever characters there are."""

from __future__ import annotations

import io
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from study.samples import answer

from tutor import places
from tutor.cli import main
from tutor.commands.progress import EMPTY, MOST_HABITS, _week
from tutor.lesson.read import read_course
from tutor.lesson.vary import seeds_of
from tutor.marking.slips.registry import SLIPS
from tutor.marking.verdict import Outcome
from tutor.study.journal import Journal
from tutor.study.review import A_DAY
from tutor.study.weeks import Week


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "tutor"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def studied() -> None:
    """Every exercise of the course answered, first with the slip that its author foresees."""
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        number = 0
        for lesson in read_course(places.lessons_directory()).lessons:
            for exercise in lesson.exercises:
                seed = next(iter(seeds_of(exercise)), None)
                for text, slip in exercise.reject.items():
                    number += 1
                    slips = (slip,) if slip else ()
                    wrong = answer(
                        number, lesson.id, exercise.id, seed=seed, text=text, verdict=Outcome.INCORRECT, slips=slips
                    )
                    journal.append(wrong)
                number += 1
                journal.append(answer(number, lesson.id, exercise.id, seed=seed))


def printed(*arguments: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> str:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, write_through=True))
    assert main(["progress", *arguments]) == 0
    return raw.getvalue().decode(encoding)


def test_before_the_first_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress"]) == 0
    assert capsys.readouterr().out.split() == EMPTY.split()


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize(("encoding", "bar"), [("utf-8", "█"), ("ascii", "#"), ("latin-1", "#"), ("cp437", "█")])
def test_it_fits_and_uses_what_the_terminal_has(encoding: str, bar: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = printed(encoding=encoding, monkeypatch=monkeypatch)
    assert max(map(len, shown.splitlines())) <= 79
    assert bar * 3 in shown
    assert any("⠀" < sign <= "⣿" for sign in shown) is (encoding == "utf-8")
    assert "?" not in shown, "the curve is of what the terminal has, too"


@pytest.mark.usefixtures("studied")
def test_it_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = printed(encoding="utf-8", monkeypatch=monkeypatch)
    assert max(map(len, shown.splitlines())) <= 39
    for words in ("The derivative, from shrinking h\n    14 of 14  done", "%  mastered", "Slips that come back"):
        assert " ".join(words.split()) in " ".join(shown.split())


def test_lessons_that_are_gone_are_no_lost_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path / "none"))
    for command in ("progress", "notes"):
        assert main([command]) == 2
        assert "no lesson that can be opened" in capsys.readouterr().err


@pytest.mark.usefixtures("studied")
def test_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = printed(encoding="utf-8", monkeypatch=monkeypatch)
    told = json.loads(printed("--json", encoding="utf-8", monkeypatch=monkeypatch))
    for lesson in told["lessons"]:
        assert lesson["done"] == lesson["total"] > 0
        assert f"{lesson['done']} of {lesson['total']}" in shown
    words = " ".join(shown.split())
    assert words.count("last on 1 Mar 2025") == len(told["lessons"]) + MOST_HABITS
    for skill in told["skills"]:
        assert 0 < skill["mastery"] <= 1
        assert skill["right"] == skill["exercises"] > 0
    assert [week["known"] for week in told["weeks"]][-1] > 0.4
    assert told["review"] == {"due": A_DAY, "reviewed": 0, "next_day": told["review"]["next_day"], "next_count": A_DAY}
    assert f"{A_DAY} exercises to review today" in words
    assert f"and {len(told['slips']) - MOST_HABITS} more" in shown
    for slip in told["slips"][:MOST_HABITS]:
        assert f"{SLIPS[slip['id']].wrong_rule}: {slip['times']} times" in words
        assert slip["tested_by"]
        assert all(each["exercise"] in words for each in slip["tested_by"])


@pytest.mark.parametrize(
    ("right", "answered", "most", "bar"),
    [
        (0, 1, 1, "++++++++++++++++++++  0 of 1 right"),
        (1, 1, 2, "##########----------  1 of 1 right"),
        (1, 2, 2, "##########++++++++++  1 of 2 right"),
        (0, 0, 2, ""),
    ],
)
def test_the_bar_of_a_week_is_full_of_what_was_right(right: int, answered: int, most: int, bar: str) -> None:
    assert _week(Week(date(2025, 3, 3), answered, right), most, full=False).strip() == f"3 Mar  {bar}".strip()


def test_a_record_that_cannot_be_used_is_told_and_ends_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "file"))
    assert main(["progress"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == EMPTY.split()
    assert "Your record of answers cannot be used" in said.err
    assert "What follows is without the answers in it" in said.err, "those that wait for it are counted"


def test_lessons_of_other_courses_stand_under_its_title_in_the_order_in_which_courses_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUTOR_COURSES", "")
    for name in ("b", "a"):
        home = tmp_path / name
        home.mkdir()
        top = f"format: 1\nid: mine\ntitle: Mine of {name}\nobjectives: [Go]\nsummary: Done.\nsteps:\n"
        (home / "x.yaml").write_text(f"{top}  - derivative: {{id: d, ask: Go, of: x^2, by: x}}\n")
        (home / "course.toml").write_text(f'title = "Course {name}"\n')
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        journal.append(answer(1, "b/mine", "d"))
    assert main(["--lessons", str(tmp_path / "b"), "--lessons", str(tmp_path / "a"), "progress"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Course b Mine of b 1 of 1 done" in said
    assert said.index("Course b Mine of b") < said.index("Course a Mine of a")
