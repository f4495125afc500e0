"""The wheel that `pip install .` makes: it carries the lessons and data, and works away from the source."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
LESSONS = sorted(path.relative_to(REPOSITORY / "lessons") for path in REPOSITORY.glob("lessons/**/*.*"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source by the backend that pip would call."""
    directory = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    (built,) = directory.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory into which the wheel alone is installed."""
    directory = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*install, str(directory), str(wheel)], check=True, capture_output=True)
    return directory


def test_wheel_carries_the_course_as_it_is(wheel: Path) -> None:
    assert [path for path in LESSONS if path.suffix == ".yaml"], "a course without lessons proves nothing"
    with zipfile.ZipFile(wheel) as archive:
        for path in LESSONS:
            assert archive.read(f"tutor/course/{path}") == (REPOSITORY / "lessons" / path).read_bytes()


def test_wheel_carries_the_houses_the_looks_and_no_rubbish(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "tutor/course/data/portland_houses.csv" in names
    assert "tutor/tui/tutor.tcss" in names
    assert [name for name in names if name.endswith(".data/scripts/tutor-shell")]
    assert [name for name in names if "__pycache__" in name or name.startswith(("tests/", "docs/"))] == []


def test_installed_check_proves_a_lesson(installed: Path, tmp_path: Path) -> None:
    lesson = installed / "tutor" / "course" / "10-house-prices.yaml"  # one that needs the data beside it
    done = run_installed(installed, tmp_path, "-m", "tutor.cli", "check", str(lesson))
    assert done.returncode == 0, done.stdout + done.stderr


def test_installed_course_lists_its_lessons(installed: Path, tmp_path: Path) -> None:
    program = """
from tutor.lesson.read import read_course
from tutor.places import lessons_directory
print(lessons_directory())
for lesson in read_course(lessons_directory()).lessons:
    print(lesson.id)
"""
    done = run_installed(installed, tmp_path, "-c", program)
    directory, *lessons = done.stdout.splitlines()
    assert Path(directory) == installed / "tutor" / "course"
    assert len(lessons) == len([path for path in LESSONS if path.suffix == ".yaml"])


def test_installed_descent_finds_its_data(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, tmp_path, "-m", "tutor.cli", "descend", "houses")
    assert done.returncode == 0, done.stderr


def run_installed(installed: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with the installed package before everything else, in a directory that has nothing to do with it."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
