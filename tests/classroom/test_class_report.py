"""The report of the database says what the report of the same answers as files says; and `tutor class` in its forms."""

from __future__ import annotations

import itertools
import json
import random
import sys
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from classroom.classes import COURSE, class_of_ten, given
from classroom.postgres import LEARNERS, Postgres
from study.journals import journal_of

from tutor.classroom.class_counting import COUNT_ALL
from tutor.classroom.class_database import connected
from tutor.classroom.class_tally import class_tally, is_teacher
from tutor.classroom.hand_in import hand_in
from tutor.classroom.push import push
from tutor.classroom.report import report
from tutor.classroom.tally import ClassTally, of_hand_ins
from tutor.cli import main
from tutor.marking.verdict import Outcome
from tutor.study.answer import Answer

TOO_LATE = "9999-12-31T23:00:00Z"

OUTCOMES = (*Outcome, None)


def drawn(chance: random.Random, number: int) -> Answer:
    """Any answer that a learner could give, now and then at the same second as another, or with a clock gone wrong."""
    exercise = chance.choice(["e1", "e2", "e3", "p1", "x1", "chain-rule-1a", "chain-rule-4b"])
    slips = chance.choice([(), ("K1",), ("P1", "K1"), ("\x1b[2J",), ("unknown",)])
    return given(
        chance.randrange(500),
        exercise,
        chance.choice(OUTCOMES),
        lesson="+practice" if exercise.startswith("chain") else "slopes" if exercise[0] == "e" else "powers",
        id=f"answer-{number}",
        slips=slips,
        hints=chance.choice([0, 0, 0, 1, 2]),
        solution_shown=chance.random() < 0.1,
        seconds=chance.choice([-5.0, 0.25, 3.5, 20.0, 90.125, 700.0, 1e12]),
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_report_of_the_files(postgres: Postgres, database: str, tmp_path: Path, seed: int) -> None:
    """Whatever comes in whichever pieces, as from machines long offline: the tally is that of Python, to the last figure."""
    chance = random.Random(seed)
    pool = [drawn(chance, number) for number in range(60)]
    files = []
    for who in ("ada", "bob", "cid"):
        answers = [pool[number] for number in chance.sample(range(60), 30)]
        files.append(hand_in(who, answers, "2025-03-02T09:00:00+00:00", login=who))
        cuts = sorted(chance.sample(range(1, 30), 3))
        for begin, end in itertools.pairwise([0, *cuts, 30]):
            push(journal_of(tmp_path / who, answers[begin:end]), postgres.url(who, database))
    with connected(postgres.url("tess", database)) as connection:
        found = class_tally(connection)
    expected = of_hand_ins(files)
    assert figures(found) == figures(expected)
    assert msgspec.to_builtins(report(COURSE, found)) == msgspec.to_builtins(report(COURSE, expected))
    postgres.as_boss(COUNT_ALL, database=database)
    with connected(postgres.url("tess", database)) as connection:
        assert figures(class_tally(connection)) == figures(expected), "counted again as when it is brought up to date"


def figures(tally: ClassTally) -> list[object]:
    """A tally without the order in which exercises were begun, which no report tells."""
    return [
        (
            each.name,
            each.seconds,
            datetime.fromisoformat(each.last),
            sorted(each.exercises, key=lambda done: (done.lesson, done.exercise)),
        )
        for each in tally.learners
    ]


def test_a_batch_counts_only_the_exercises_that_it_has_answers_to(
    postgres: Postgres, database: str, tmp_path: Path
) -> None:
    """Shown by a row changed behind the tallies' back: e2 alone is looked at again, until all are."""

    def rights() -> dict[str, bool]:
        with connected(postgres.url("tess", database)) as connection:
            ada = next(each for each in class_tally(connection).learners if each.name == "ada")
        return {each.exercise: each.right for each in ada.exercises}

    url = postgres.url("ada", database)
    push(journal_of(tmp_path, [given(1), given(2, "e2", Outcome.INCORRECT)]), url)
    postgres.as_boss("UPDATE tutor.answers SET verdict = 'incorrect' WHERE exercise = 'e1'", database=database)
    push(journal_of(tmp_path, [given(3, "e2")]), url)
    assert rights() == {"e1": True, "e2": True}
    postgres.as_boss(COUNT_ALL, database=database)
    assert rights() == {"e1": False, "e2": True}


def test_rows_that_an_administrator_removes_count_no_more(postgres: Postgres, database: str, tmp_path: Path) -> None:
    journal = journal_of(tmp_path, [given(1), given(2, "e2", seconds=5.0)])
    push(journal, postgres.url("ada", database))
    postgres.as_boss(f"DELETE FROM tutor.answers WHERE id = '{given(1).id}'", database=database)
    query = "SELECT answers, seconds FROM tutor.tallies"
    assert postgres.as_user("tess", query, database=database) == [(1, 5.0)]


@pytest.fixture
def taught(postgres: Postgres, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three learners have sent what they did; the URL is that of the teacher."""
    for who, handed in zip(("ada", "bob", "cid"), class_of_ten(), strict=False):
        push(journal_of(tmp_path / who, handed.answers), postgres.url(who, database))
    url = postgres.url("tess", database)
    monkeypatch.setenv("TUTOR_CLASS_URL", url)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return url


def learners(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    assert main(["class", "report", "--json"]) == 0
    return [(each["name"], each["login"]) for each in json.loads(capsys.readouterr().out)["learners"]]


def test_learners_have_the_names_that_the_teacher_gave(
    taught: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learners(capsys) == [("ada", "ada"), ("bob", "bob"), ("cid", "cid")]
    names = tmp_path / "names.csv"
    names.write_bytes("\ufeffUser,Name,Login\r\nbob,Bob B.,bob@school.example\r\n\r\ncid, Abe Cid\r\n".encode())
    assert main(["class", "names", str(names)]) == 0
    assert "2 names" in capsys.readouterr().out
    assert learners(capsys) == [("Abe Cid", ""), ("ada", "ada"), ("Bob B.", "bob@school.example")]
    names.write_text('ada,"Lovelace, Ada\x1b[2J",ada@school.example\n')
    assert main(["class", "names", str(names)]) == 0
    capsys.readouterr()
    assert ("Lovelace, Ada [2J", "ada@school.example") in learners(capsys)


def test_a_name_of_nobody_is_told_and_left_out(taught: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = tmp_path / "names.csv"
    names.write_text("Login,Name\nbbo,Bob\ntess,Tess\nada,Ada L.\n")
    assert main(["class", "names", str(names)]) == 1
    shown = capsys.readouterr()
    assert "1 name taken down" in shown.out
    assert "left out: Login, bbo, tess." in shown.err
    assert learners(capsys) == [("Ada L.", ""), ("bob", "bob"), ("cid", "cid")]


@pytest.mark.parametrize("row", ["ada", "ada,", ",Ada", "ada,Ada,a,b"])
def test_a_list_that_is_none_is_refused(
    taught: str, row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"bob,Bob,\n{row}\n")
    assert main(["class", "names", str(names)]) == 2
    assert "names.csv, line 2" in capsys.readouterr().err


def test_the_report_in_its_forms(taught: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["class", "report"]) == 0
    assert "3 learners" in capsys.readouterr().out
    assert main(["class", "report", "--csv", "moodle"]) == 0
    assert capsys.readouterr().out.startswith("Username,Full name")
    page = tmp_path / "class.html"
    assert main(["class", "report", "--html", str(page)]) == 0
    assert page.read_text().startswith("<!doctype html>")


def test_a_learner_is_told_who_reads_it(
    taught: str, postgres: Postgres, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["class", "report", "--url", postgres.url("ada", database)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "only a teacher" in shown.err
    with connected(postgres.url(database=database)) as connection:
        assert is_teacher(connection), "whoever made it reads all"


def test_a_learner_pushes_by_hand(
    taught: str,
    postgres: Postgres,
    database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = journal_of(tmp_path / "late", [given(200), given(201, at=TOO_LATE)])
    monkeypatch.setenv("TUTOR_HOME", str(path.parent))
    monkeypatch.setenv("TUTOR_CLASS_URL", postgres.url("ada", database))
    assert main(["class", "push"]) == 0
    said = capsys.readouterr().out
    assert "1 answer sent; 0 there already." in said
    assert "1 answer not taken" in said


def test_init_by_command(
    postgres: Postgres, empty: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.url(database=empty)
    monkeypatch.setenv("TUTOR_CLASS_URL", postgres.url("tess", empty))
    assert main(["class", "report"]) == 1
    assert "`tutor class init`" in capsys.readouterr().err
    assert main(["class", "init", url]) == 0
    assert "tutor_teacher" in capsys.readouterr().out
    assert main(["class", "init", url]) == 0
    assert "up to date" in capsys.readouterr().out
    assert main(["class", "report", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["learners"]
    assert [(each["name"], each["lessons"], each["last"]) for each in listed] == [(who, [], "") for who in LEARNERS]
    assert main(["class", "report"]) == 0
    assert "never" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["class", "report"], ["class", "push"], ["class", "init"]])
def test_without_a_url_it_is_asked_for(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 2
    assert "which database?" in capsys.readouterr().err


def test_without_psycopg_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert main(["class", "report", "--url", "postgresql://127.0.0.1:1/none"]) == 1
    assert "pip install 'psycopg[binary]'" in capsys.readouterr().err
