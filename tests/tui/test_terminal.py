"""What is put right before Textual reads the environment, each line a trap that was met."""

import io
import os

import pytest

from tutor import display
from tutor.tui.terminal import prepare_environment

SCRUBBED = ["TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL", "TEXTUAL_ANIMATIONS", "COLUMNS", "LINES", "BROWSER"]


@pytest.fixture(autouse=True)
def _environment_put_back() -> object:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.parametrize("name", SCRUBBED)
def test_what_a_caller_could_do_to_the_screen_is_removed(name: str) -> None:
    os.environ[name] = "80"
    prepare_environment()
    assert name not in os.environ


@pytest.mark.parametrize(
    ("term", "colours"),
    [("xterm-256color", None), ("screen", None), ("dumb", "standard"), ("vt100", "standard"), ("", "standard")],
)
def test_terminals_that_rich_takes_for_more_than_they_are(term: str, colours: str | None) -> None:
    os.environ["TERM"] = term
    prepare_environment()
    assert os.environ.get("TEXTUAL_COLOR_SYSTEM") == colours


@pytest.mark.parametrize(("is_ascii", "encoding"), [(True, "ascii"), (False, "utf-8")])
def test_what_a_command_says_stays_ascii_where_nothing_else_is_shown(
    is_ascii: bool, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.__stderr__", stream)
    monkeypatch.setattr(display, "is_ascii", lambda: is_ascii)
    prepare_environment()
    assert stream.encoding == encoding


def test_an_arrow_key_that_comes_in_pieces_is_waited_for() -> None:
    os.environ["ESCDELAY"] = "nonsense"
    prepare_environment()
    assert os.environ["ESCDELAY"] == "500"
