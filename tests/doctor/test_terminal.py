"""What is said of a terminal, from what it says of itself and from what it does with one character."""

from __future__ import annotations

import os
import threading

import msgspec
import pytest

from tutor.doctor import terminal
from tutor.doctor.samples import samples
from tutor.doctor.terminal import PROBE, Seen, columns_taken, terminal_findings

GOOD = Seen(
    term="xterm-256color",
    columns=80,
    rows=24,
    locale="C.UTF-8",
    is_utf8=True,
    is_ascii=False,
    colours=256,
)
LATIN = {"locale": "en_US.ISO-8859-1", "is_utf8": False, "is_ascii": True}

CASES = [
    # what differs, the columns that the probe took, what is not all well, words of it
    ({}, 1, {}, ""),
    ({}, None, {}, ""),
    ({}, 3, {"characters": "fails"}, "shows one character as 3"),
    (LATIN, None, {"characters": "limited"}, "plain ASCII"),
    (LATIN, 3, {"characters": "limited"}, "plain ASCII"),
    (LATIN, 1, {"characters": "limited"}, "does understand UTF-8"),
    ({"term": "linux", "is_ascii": True, "colours": 16}, None, {"characters": "limited"}, "lacks many signs"),
    ({"term": "dumb", "is_ascii": True, "colours": 0}, None,
     {"terminal": "limited", "characters": "limited", "colours": "limited"}, "lines of text"),
    ({"term": ""}, None, {"terminal": "limited"}, "one without a name"),
    ({"columns": 59}, 1, {"size": "limited"}, "59x24 is small: the screens open"),
    ({"columns": 50, "rows": 15}, 1, {"size": "limited"}, "50x15 is small: the screens open"),
    ({"columns": 40, "rows": 12}, 1, {"size": "limited"}, "xterm-256color shows the screens"),
    ({"columns": 30, "rows": 10}, 1, {"size": "limited"}, "30x10 is too small for the screens, so lessons come as lines"),
    ({"columns": 1, "rows": 1}, 1, {"size": "limited"}, "could show the screens, if it were larger"),
    ({"columns": 0, "rows": 0}, 1, {"size": "limited"}, "does not know its own"),
    ({"is_ascii": True, "is_asked": True}, None, {}, "plain ASCII was asked for"),
    ({"columns": 60, "rows": 20}, 1, {}, ""),
    ({"colours": 0}, 1, {"colours": "limited"}, "nothing is told by colour alone"),
]  # fmt: skip


@pytest.mark.parametrize(("differs", "probed", "states", "words"), CASES)
def test_what_is_found(differs: dict[str, object], probed: int | None, states: dict[str, str], words: str) -> None:
    findings = list(terminal_findings(msgspec.structs.replace(GOOD, **differs), probed))
    assert [finding.area for finding in findings] == ["terminal", "size", "characters", "colours"]
    assert {finding.area: finding.state for finding in findings if finding.state != "works"} == states
    assert all(finding.do for finding in findings if finding.state != "works")
    assert words in " ".join(f"{finding.what} {finding.do}" for finding in findings)


def test_no_terminal_is_no_fault() -> None:
    (finding,) = terminal_findings(None, None)
    assert finding.state == "limited"


def answering(replies: bytes) -> int | None:
    """What is found where a terminal gives this reply; without one it says nothing."""
    outer, inner = os.openpty()

    def reply() -> None:
        asked = b""
        while not asked.endswith(b"\x1b[6n"):
            asked += os.read(outer, 100)
        os.write(outer, replies)

    there = threading.Thread(target=reply)
    there.start()
    try:
        return columns_taken(inner)
    finally:
        there.join()
        os.close(inner)
        os.close(outer)


@pytest.mark.parametrize(
    ("reply", "columns"), [(b"\x1b[7;2R", 1), (b"\x1b[1;4R", 3), (b"typed\x1b[24;2R", 1), (b"x" * 300, None)]
)
def test_the_terminal_is_asked(reply: bytes, columns: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answering(reply) == columns


def test_a_terminal_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 0.01)
    assert answering(b"") is None


def test_a_line_that_is_lost_while_it_is_asked() -> None:
    """With nobody to tell the process: a read gives nothing at once, for ever."""
    outer, inner = os.openpty()
    threading.Timer(0.2, os.close, [outer]).start()
    assert columns_taken(inner) is None
    os.close(inner)


ASKED = [
    # what differs, whether the terminal is asked how it shows a sign
    ({}, True),
    (LATIN, True),
    ({"is_ascii": True, "is_asked": True}, False),
    ({"term": "vt100"}, False),
    ({"term": "dumb"}, False),
]


@pytest.mark.parametrize(("differs", "is_asked"), ASKED)
def test_who_is_asked(differs: dict[str, object], is_asked: bool) -> None:
    assert msgspec.structs.replace(GOOD, **differs).is_worth_asking is is_asked


def test_the_sign_that_is_asked_for_commands_no_terminal() -> None:
    """In Latin-1 the bytes from 128 to 159 are control characters."""
    assert len(PROBE) == 1
    assert not [byte for byte in PROBE.encode()[1:] if byte < 0xA0]


def test_samples_show_what_would_be_written() -> None:
    plain = "\n".join(samples(is_ascii=True, has_signs=False, colours=0))
    full = "\n".join(samples(is_ascii=False, has_signs=True, colours=256))
    both = "\n".join(samples(is_ascii=True, has_signs=True, colours=0))
    assert plain.isascii()
    assert "--no-ascii doctor" in plain
    assert "\x1b" not in plain
    assert {"braille", "boxes", "mathematics", "marks", "colours", "shades"} <= set(full.split())
    assert {"plots", "--no-ascii`", "braille", "boxes"} <= set(both.split())
