"""What a terminal sends, whole or in pieces, and what becomes of it: a key, an event, or nothing, but never wrong letters."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tutor.front.decoding import new_decoder
from tutor.tui.incoming import LONGEST_REPLY, PATIENCE, Incoming

UNASKED = [
    ("\x1b[?62;22c", "what kind of terminal it is"),
    ("\x1b[>41;354;0c", "which version"),
    ("\x1b[0n", "that it is well"),
    ("\x1b[?1;2u", "its keyboard"),
    ("\x1b[8;24;80t", "its size"),
    ("\x1b]11;rgb:0000/0000/0000\x07", "its background"),
    ("\x1b]10;rgb:ffff/ffff/ffff\x1b\\", "its colour of letters"),
    ("\x1bP1+r544e=787465726d\x1b\\", "its name"),
    ("\x1b_Gi=31;OK\x1b\\", "that it shows pictures"),
    ("\x1b[99;1z", "a key that no keyboard has"),
]


def named(arriving: Iterable[Message]) -> list[str]:
    """The events in a few letters each."""
    return [_name(event) for event in arriving]


def _name(event: Message) -> str:
    match event:
        case events.Key(key=key):
            return key
        case events.Paste(text=text):
            return f"paste {text}"
        case _:
            return type(event).__name__


def fed(*pieces: str) -> list[str]:
    """What the pieces of one stream become, with no silence between them."""
    incoming = Incoming()
    return [name for piece in pieces for name in named(incoming.feed(piece))]


@pytest.mark.parametrize(("reply", "what"), UNASKED, ids=[what for _, what in UNASKED])
def test_a_reply_that_nobody_asked_for_types_nothing_and_swallows_nothing(reply: str, what: str) -> None:
    assert fed(f"2{reply}x") == ["2", "x"]


@pytest.mark.parametrize(("reply", "what"), UNASKED, ids=[what for _, what in UNASKED])
def test_nor_does_one_that_comes_in_pieces(reply: str, what: str) -> None:
    for at in range(1, len(reply)):
        assert fed("2" + reply[:at], reply[at:] + "x") == ["2", "x"]


PIECES = [("\x1b[D", "left"), ("\x1b[3~", "delete"), ("\x1bOQ", "f2"), ("\x1b[1;5C", "ctrl+right")]


@pytest.mark.parametrize(("sequence", "key"), PIECES)
def test_a_key_that_comes_in_pieces_is_that_key(sequence: str, key: str) -> None:
    assert fed(*sequence) == [key]
    assert fed(f"x{sequence[:1]}", f"{sequence[1:]}y") == ["x", key, "y"]


@pytest.mark.parametrize(
    ("pieces", "expected", "what"),
    [
        (("\x1b", "\x1b[0n"), ["escape"], "the terminal says that it has drawn"),
        (("\x1b\x1b[0n",), ["escape"], "the same in one piece"),
        (("\x1b", "\x1b[?62;22c"), ["escape"], "a reply that nobody asked for"),
        (("\x1b", "\x1b]11;rgb:0/0/0\x07"), ["escape"], "another"),
        (("\x1b", "\x1b[D"), ["escape", "left"], "an arrow"),
        (("\x1b", "q"), ["escape", "q"], "a letter"),
        (("\x1b", "\r"), ["escape", "enter"], "Enter"),
        (("\x1b[200~2\x1bx\x1b", "y\x1b", "\x1b[201~"), ["paste 2xy"], "in a paste it is no key"),
        (("\x1b[200~2\x1b[2Jx\x1b[3", "1my\x1b[201~"), ["paste 2xy"], "nor is a sequence, and nothing of it is left"),
    ],
)
def test_escape_is_itself_whatever_comes_behind_it(pieces: tuple[str, ...], expected: list[str], what: str) -> None:
    assert fed(*pieces) == expected


@pytest.mark.parametrize(
    ("begun", "expected", "what"),
    [
        ("\x1b", ["escape"], "the Escape key"),
        ("\x1b]", ["escape", "right_square_bracket"], "two keys in one read, both of which the lab knows"),
        ("\x1b[", ["escape", "left_square_bracket"], "and the other way"),
        ("\x1b[?62", [], "half a reply, whose rest was lost with the line"),
        ("\x1b]11;rgb", [], "half of another"),
        ("\x1b[<0;1", [], "half a click"),
        ("\x1b[200~2x", ["paste 2x"], "a paste without its end"),
    ],
)
def test_what_silence_makes_of_the_unfinished(begun: str, expected: list[str], what: str) -> None:
    incoming = Incoming()
    names = named(incoming.feed(begun))
    assert incoming.patience is not None
    while incoming.patience is not None:
        names += named(incoming.tick())
    assert names == expected
    names = named(incoming.feed("y"))
    assert names[-1] == "y", "keys work again"


def test_nothing_is_waited_for_when_all_is_whole() -> None:
    incoming = Incoming()
    assert named(incoming.feed("2x\x1b[D\x1b[200~3\x1b[201~")) == ["2", "x", "left", "paste 3"]
    assert incoming.patience is None


def test_a_reply_without_end_is_not_waited_for_for_ever() -> None:
    incoming = Incoming()
    list(incoming.feed("\x1b]" + "0" * LONGEST_REPLY))
    assert named(incoming.feed("y"))[-1] == "y"


def test_silence_is_longer_than_a_slow_line_takes() -> None:
    assert PATIENCE >= 0.1


@given(
    st.lists(st.text(alphabet=st.sampled_from("\x1b[]?;<OPM~ABcuxyz0129\x07\\²é\x9b\x00"), max_size=12), max_size=12)
)
def test_no_stream_breaks_it_and_afterwards_a_key_is_a_key(pieces: list[str]) -> None:
    incoming = Incoming()
    for piece in pieces:
        list(incoming.feed(piece))
    silences = 0
    while incoming.patience is not None:
        list(incoming.tick())
        silences += 1
        assert silences < 5
    assert named(incoming.feed("y")) == ["y"]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("x²".encode(), "x²"),
        (b"x\xb2", "x²"),
        (b"\xe9", "é"),
        (b"x\x9by", "x\ufffdy"),
        (b"\xff\xfe", "ÿþ"),
        ("é".encode()[:1] + b"x", "Ãx"),
    ],
)
def test_a_byte_that_is_not_utf8_is_read_as_latin1(sent: bytes, read: str) -> None:
    decoder = new_decoder()
    assert "".join(decoder.decode(bytes([byte])) for byte in sent) + decoder.decode(b"", final=True) == read


@given(st.binary())
def test_no_bytes_break_the_decoder(sent: bytes) -> None:
    assert isinstance(new_decoder().decode(sent, final=True), str)
