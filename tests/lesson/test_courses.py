"""Courses by others beside the course: each under its own name, none of them able to keep another away."""

from pathlib import Path

import pytest

from tutor import course_places, places
from tutor.commands.learn import full_id
from tutor.descent.table import TableError, find_table
from tutor.errors import SiteError, UsageError
from tutor.lesson.courses import open_courses
from tutor.lesson.model import Predict

LESSON = """\
format: 1
id: {id}
title: T
needs: [{needs}]
objectives: [Go]
summary: Done.
steps:
  - predict:
      id: p
      ask: And?
      run: {{data: rents.csv, model: w*size, loss: (prediction - rent)^2, start: {{w: 0}}, rate: 0.1}}
      options: [settles, grows]
"""


def course(directory: Path, *ids: str, needs: str = "", toml: str = "") -> Path:
    directory.mkdir(parents=True)
    for n, id in enumerate(ids):
        (directory / f"{n}.yaml").write_text(LESSON.format(id=id, needs=needs))
    (directory / "rents.csv").write_text("size,rent\n1,2\n")
    if toml:
        (directory / "course.toml").write_text(toml)
    return directory


def ids(first: Path, *added: Path, cache: Path) -> list[str]:
    return [lesson.id for lesson in open_courses(first, added, cache).lessons]


def test_ids_stand_under_the_name_of_their_course_and_those_of_the_first_do_not(tmp_path: Path) -> None:
    first, cache = course(tmp_path / "first", "a", "b"), tmp_path / "cache"
    ours = course(tmp_path / "Our Course", "a", needs="b")
    named = course(tmp_path / "x", "a", "c", needs="a", toml='id = "deep"\ntitle = "Deep nets"\n')
    checkout = tmp_path / "checkout"
    course(checkout / "lessons", "d")
    course(checkout / "lessons" / "part2", "e")
    course(checkout / "lessons" / ".old", "f")
    (checkout / "environment.yaml").write_text("dependencies: []\n")
    for _ in range(2):  # as it is read, and as it was kept
        found = open_courses(first, [ours, named, checkout], cache)
        assert [lesson.id for lesson in found.lessons[:2]] == ["a", "b"]
        assert {lesson.id for lesson in found.lessons[2:]} == {
            "our-course/a",
            "deep/a",
            "deep/c",
            "checkout/d",
            "checkout/e",
        }
        assert found.titles == {"our-course": "Our Course", "deep": "Deep nets", "checkout": "checkout"}
        by_id = {lesson.id: lesson for lesson in found.lessons}
        assert by_id["our-course/a"].needs == ("b",), "a lesson of the first course"
        assert by_id["deep/c"].needs == ("deep/a",), "one of its own goes before one of the first"
        assert by_id["deep/a"].needs == ("a",), "but none is its own need"
        step = by_id["deep/c"].steps[0]
        assert isinstance(step, Predict)
        assert step.run.data == str(named / "rents.csv")
        assert not found.problems


BROKEN = [
    # course.toml, the line that is faulty, what is said
    ("id = ", 1, "there must be a value"),
    ('title = "x"\nid = "x\n', 2, "not closed with a quotation mark"),
    ('id = "x"\nid = "y"\n\n', 2, "the same name is written twice"),
    ("a = " + "[" * 50_000, 0, "it is not written as TOML"),
    ("a = " + "9" * 5_000, 0, "it is not written as TOML"),
    ("#" * 200_000, 0, "it is larger than 100 kB"),
    (f'title = "{"x" * 101}"', 1, "is longer than 100 characters"),
    ('# ours\nid = "Deep nets"', 2, "cannot be an id"),
    ('id = "x"\n\nname = "x"', 3, "no key `name`"),
    ("[id]\nx = 1", 1, "must be a text"),
    ("id = 3", 1, "must be a text"),
    ('title = ""', 1, "must be a text"),
    ('id = "good"', 0, "another course called `good`"),
]


@pytest.mark.parametrize(("toml", "line", "said"), BROKEN)
def test_a_broken_course_keeps_no_other_away(tmp_path: Path, toml: str, line: int, said: str) -> None:
    first, cache = course(tmp_path / "first", "a"), tmp_path / "cache"
    good, late = course(tmp_path / "good", "b"), course(tmp_path / "late", "c")
    broken = course(tmp_path / "broken", "x", toml=toml)
    torn = course(tmp_path / "torn", "y")
    (torn / "0.yaml").write_text("format: [")
    empty = course(tmp_path / "empty")
    found = open_courses(first, [good, broken, tmp_path / "none", torn, late, empty], cache)
    assert [lesson.id for lesson in found.lessons] == ["a", "good/b", "late/c"]
    assert said in found.problems[0].what
    assert found.problems[0].line == line
    assert [Path(problem.file).name for problem in found.problems[1:]] == ["none", "0.yaml", "empty"]


def test_a_course_is_named_by_the_environment_the_site_and_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "tutor.toml"
    site.write_text('courses = ["/srv/a", "/srv/b"]\n')
    monkeypatch.setattr(places, "SITE_FILE", site)
    monkeypatch.setenv("TUTOR_COURSES", "/home/x:/srv/b")
    package = tmp_path / "site-packages"
    (package / "nets_course" / "lessons").mkdir(parents=True)
    (package / "nets_course" / "__init__.py").write_text("raise SystemExit('a course is never run')")
    info = package / "nets_course-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nets-course\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[tutor.courses]\nnets = nets_course.lessons\ngone = not_there\n")
    monkeypatch.syspath_prepend(str(package))
    places.site_settings.cache_clear()
    named = ["/home/x", "/srv/b", "/srv/a", str(package / "not_there"), str(package / "nets_course" / "lessons")]
    assert [str(path) for path in course_places.added_courses()] == named
    places.add_course("/tmp/mine")
    assert str(course_places.added_courses()[0]) == "/tmp/mine"


@pytest.mark.parametrize("text", ['courses = ["srv"]', "courses = [1]", "courses = 3"])
def test_a_fault_in_the_list_of_the_site_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    site = tmp_path / "tutor.toml"
    site.write_text(text)
    monkeypatch.setattr(places, "SITE_FILE", site)
    places.site_settings.cache_clear()
    with pytest.raises(SiteError, match="courses must be"):
        places.named_courses()


def test_data_lie_in_a_course_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, other = course(tmp_path / "ours", "a"), course(tmp_path / "other", "b")
    monkeypatch.setenv("TUTOR_COURSES", str(ours))
    assert find_table(str(ours / "rents.csv")) == ours / "rents.csv"
    for data in (other / "rents.csv", ours / ".." / "other" / "rents.csv", Path("/etc/passwd")):
        with pytest.raises(TableError, match="outside"):
            find_table(str(data))
    monkeypatch.setenv("TUTOR_DATA", str(other))
    assert find_table(str(other / "rents.csv")) == other / "rents.csv"


def test_a_lesson_is_found_without_the_name_of_its_course() -> None:
    known = ["a", "b", "ours/b", "ours/c", "deep/d", "nets/d"]
    assert [full_id(written, known) for written in ("a", "b", "c", "ours/b")] == ["a", "b", "ours/c", "ours/b"]
    with pytest.raises(UsageError, match="several"):
        full_id("d", known)
    with pytest.raises(UsageError, match="no lesson"):
        full_id("x", known)
