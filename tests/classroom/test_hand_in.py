"""A hand-in is read back whole, and a file that is none is refused with a sentence."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from study.samples import answer

from tutor import places
from tutor.classroom.hand_in import LARGEST, from_file, hand_in, to_file
from tutor.cli import main
from tutor.commands.hand_in import names_of_account
from tutor.errors import UsageError
from tutor.study.journal import Journal

WRITTEN = "2025-03-02T09:00:00+00:00"
HANDED = hand_in("Ada", [answer(1), answer(2), answer(1, text="other")], WRITTEN)
FILE = to_file(HANDED)


def test_there_and_back_without_doubles() -> None:
    assert HANDED.answers == (answer(1), answer(2))
    assert from_file(FILE, "ada.json") == HANDED


def test_a_record_with_times_that_have_no_zone_is_handed_in_all_the_same() -> None:
    """From an import of before they were given one: UTC, as when they are pushed."""
    handed = hand_in("Ada", [answer(1, at="2025-03-01"), answer(2, at="no time")], WRITTEN)
    assert [each.at for each in from_file(to_file(handed), "ada.json").answers] == ["2025-03-01T00:00:00+00:00"]


def sealed(answers: bytes) -> bytes:
    """A file of these answers whose checksum is right."""
    whole = json.loads(FILE) | {"checksum": hashlib.sha256(answers).hexdigest(), "answers": "HERE"}
    return json.dumps(whole).encode().replace(b'"HERE"', answers)


ANSWERS = msgspec.json.encode([answer(1)])


def test_a_file_that_another_hand_wrote_is_read() -> None:
    """The checksum is of the bytes there are, however they are laid out; answers given twice count once."""
    spaced = json.dumps(json.loads(ANSWERS) * 2, indent=1).encode()
    assert from_file(sealed(spaced), "ada.json").answers == (answer(1),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a whole hand-in"),
        (FILE[: len(FILE) // 2], "not a whole hand-in"),
        (b"[" * 100_000, "not a whole hand-in"),
        (b"\xff\xfe", "not a whole hand-in"),
        (b'{"type":"journal","format":1,"version":"1"}', "not a whole hand-in"),
        (FILE.replace(WRITTEN.encode(), b"yesterday"), "not a whole hand-in"),
        (sealed(ANSWERS.replace(b"2025-03-01T", b"yesterday T")), "not a whole hand-in"),
        (sealed(ANSWERS.replace(b"09:00:00Z", b"09:00:00")), "not a whole hand-in"),
        (sealed(b"3"), "not a whole hand-in"),
        (b" " * (LARGEST + 1), "larger than"),
        (FILE.replace(b'"format":1', b'"format":2'), "newer tutor"),
        (b'{"type":"hand-in","format":2,"version":"9.0","all":"else"}', r"newer tutor, 9\.0"),
        (FILE.replace(b"Ada", rb"\ud800"), "not a whole hand-in"),
        (b'{"type":"hand-in","format":2,"version":"\\u001b[2J"}', r"newer tutor, \\x1b"),
        (FILE.replace(b'"text":"2x"', b'"text":"3x"'), "was changed"),
    ],
)
def test_what_is_no_hand_in_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=rf"ada\.json .*{said}"):
        from_file(content, "ada.json")


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    with closing(Journal(places.journal_file())) as journal:
        journal.open()
        journal.append(answer(1))
    file = tmp_path / "ada.json"
    assert main(["hand-in", str(file), "--name", " Ada ", "--login", "ada@school.example"]) == 0
    handed = from_file(file.read_bytes(), file.name)
    assert (handed.name, handed.login, handed.answers) == ("Ada", "ada@school.example", (answer(1),))
    assert main(["hand-in", str(file), "--name", "Ada"]) == 2
    assert "left as it is" in capsys.readouterr().err
    assert main(["hand-in", str(tmp_path / "b"), "--name", " "]) == 2
    assert main(["hand-in"]) == 0, "on an account that may write no file"
    handed = from_file(capsys.readouterr().out.encode(), "stdout")
    assert (handed.name, handed.login) == names_of_account()
    assert handed.answers == (answer(1),)
