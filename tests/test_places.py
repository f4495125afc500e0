"""What the site's file and the environment say about where things are, and which of them is believed."""

import os
from pathlib import Path

import pytest

from tutor import cli, display, places
from tutor.errors import SiteError


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a site file that nobody has written yet."""
    file = tmp_path / "tutor.toml"
    monkeypatch.setattr(places, "SITE_FILE", file)
    return file


def test_without_a_site_file_the_course_that_came_with_it_is_read(site: Path) -> None:
    assert places.lessons_directory() == places.course_directory()
    assert places.class_url() is None


def test_the_site_chooses_for_everybody(site: Path) -> None:
    site.write_text('lessons = "/srv/lessons"\nclass_url = "postgresql://class.example/tutor"\n')
    assert places.lessons_directory() == Path("/srv/lessons")
    assert places.class_url() == "postgresql://class.example/tutor"


def test_a_variable_goes_before_the_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_text('lessons = "/srv/lessons"\nclass_url = "postgresql://class.example/tutor"\n')
    monkeypatch.setenv("TUTOR_LESSONS", "/srv/mine")
    monkeypatch.setenv("TUTOR_CLASS_URL", "postgresql://mine.example/tutor")
    assert places.lessons_directory() == Path("/srv/mine")
    assert places.class_url() == "postgresql://mine.example/tutor"


@pytest.mark.parametrize(("text", "wish"), [("ascii = true", "yes"), ("ascii = false", "no"), ("", "")])
def test_the_site_says_how_things_are_drawn(site: Path, monkeypatch: pytest.MonkeyPatch, text: str, wish: str) -> None:
    site.write_text(text)
    assert places.site_ascii() == wish
    for chosen, holds in (("", wish), ("1", "1")):
        monkeypatch.setenv(display.SETTING, chosen)
        cli._follow_the_site()
        assert os.environ[display.SETTING] == holds, "one's own variable goes before the site"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lessons = ", "cannot be read: behind an equals sign there must be a value; .*, in line 1"),
        ('lesson = "/srv"', "'lesson' is not a setting; the settings are lessons, courses, class_url, ascii"),
        ("lessons = 3", "lessons must be a text between quotation marks"),
        ('lessons = ""', "lessons must be a text between quotation marks"),
        ('ascii = "yes"', "ascii must be true or false"),
        ('lessons = "course"', "must be a whole path"),
    ],
)
def test_a_fault_in_the_site_file_is_named(site: Path, text: str, said: str) -> None:
    site.write_text(text)
    with pytest.raises(SiteError, match=said):
        places.lessons_directory()


def test_a_site_file_that_is_not_text_is_named(site: Path) -> None:
    site.write_bytes(b"\xff\xfe")
    with pytest.raises(SiteError, match="cannot be read"):
        places.lessons_directory()
