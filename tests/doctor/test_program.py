"""What is said of the program, the lessons and the class."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from tutor import places
from tutor.doctor import program
from tutor.doctor.program import class_finding, engine_finding, lesson_findings, python_finding
from tutor.engine.client import Engine
from tutor.errors import ClassError

LESSON = "format: 1\nid: good\ntitle: T\nobjectives: [Go]\nsummary: Done.\nsteps:\n  - read: Hello.\n"


async def test_the_engine_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SLOW", inf)
    assert (await engine_finding()).state == "works"


async def test_an_engine_that_does_not_start() -> None:
    finding = await engine_finding(lambda: Engine(argv=["/nowhere"]))
    assert (finding.state, bool(finding.do)) == ("fails", True)


async def test_a_slow_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SLOW", 0.0)
    assert (await engine_finding()).state == "limited"


def lessons(directory: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The state of each finding where the lessons lie in this directory."""
    monkeypatch.setenv("TUTOR_LESSONS", str(directory))
    found = list(lesson_findings())
    assert all(finding.do for finding in found if finding.state != "works")
    return [(finding.area, finding.state) for finding in found]


def test_lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lessons(tmp_path / "none", monkeypatch) == [("lessons", "fails")]
    assert lessons(tmp_path, monkeypatch) == [("lessons", "fails")]
    (tmp_path / "good.yaml").write_text(LESSON)
    assert lessons(tmp_path, monkeypatch) == [("lessons", "works")]
    (tmp_path / "bad.yaml").write_text("bad")
    assert lessons(tmp_path, monkeypatch) == [("lessons", "limited")]


def test_courses_that_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "ours"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "good.yaml").write_text(LESSON)
    for added, state in (("ours", "works"), ("none", "limited")):
        (tmp_path / "tutor.toml").write_text(f'courses = ["{tmp_path}/{added}"]')
        monkeypatch.setattr(places, "SITE_FILE", tmp_path / "tutor.toml")
        places.site_settings.cache_clear()
        assert lessons(tmp_path / "first", monkeypatch) == [("lessons", "works"), ("lessons", state)]
    places.site_settings.cache_clear()


def test_a_fault_in_the_sites_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tutor.toml").write_text("lessons = 3")
    monkeypatch.setattr(places, "SITE_FILE", tmp_path / "tutor.toml")
    assert [(finding.area, finding.state) for finding in lesson_findings()] == [("site", "fails")]
    monkeypatch.delenv("TUTOR_CLASS_URL", raising=False)
    assert class_finding(lambda _: "").state == "limited"  # one cause, one failure


def test_the_class(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def reach(url: str) -> str:
        asked.append(url)
        return "" if len(asked) == 1 else "answers are sent, but it is older"

    assert class_finding(reach).state == "works"
    assert asked == []
    monkeypatch.setenv("TUTOR_CLASS_URL", "postgresql://nobody")
    assert class_finding(reach).state == "works"
    assert asked == ["postgresql://nobody"]
    assert (class_finding(reach).state, class_finding(reach).what) == ("limited", "answers are sent, but it is older")

    def fail(_: str) -> str:
        raise ClassError("nobody answers.")

    finding = class_finding(fail)
    assert (finding.state, finding.what) == ("fails", "nobody answers")


def test_what_is_not_compiled_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_is_compiled", lambda module: module != "textual.app")
    finding = python_finding()
    assert finding.state == "limited"
    assert "textual.app" in finding.what
    assert "compileall" in finding.do


def test_what_can_be_compiled_is_no_matter() -> None:
    assert python_finding().state == "works", "who runs the tests owns the program"
