"""A terminal that takes nothing, too little, or no more: whoever writes to it never waits."""

from __future__ import annotations

import os
from threading import Event

from terminal import LIMIT

from tutor.tui.outgoing import FAR_BEHIND, Outgoing

PIPE = 65_536
"Bytes that a pipe holds, whose writer then waits."


def read_exactly(descriptor: int, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += os.read(descriptor, count - len(data))
    return data


def test_what_is_written_arrives_in_order() -> None:
    reader, writer = os.pipe()
    outgoing = Outgoing(writer, lambda: None)
    texts = [f"{number}²" for number in range(100)] + ["\ud800"]
    for text in texts:
        outgoing.write(text)
    expected = "".join(texts[:-1]).encode() + b"?"
    assert read_exactly(reader, len(expected)) == expected
    outgoing.drain(LIMIT)
    assert not outgoing.is_behind


def test_a_frozen_terminal_is_behind_and_says_when_it_has_caught_up() -> None:
    reader, writer = os.pipe()
    caught_up = Event()
    outgoing = Outgoing(writer, caught_up.set)
    sent = 0
    while not outgoing.is_behind:
        outgoing.write("x" * 4096)
        sent += 4096
    assert sent > FAR_BEHIND
    outgoing.write("y" * PIPE)  # does not wait
    outgoing.drain(0.01)  # nor for long
    assert not caught_up.is_set()
    read_exactly(reader, sent + PIPE)
    assert caught_up.wait(LIMIT)
    assert not outgoing.is_behind


def test_a_terminal_that_keeps_up_is_never_told_to_have_caught_up() -> None:
    reader, writer = os.pipe()
    caught_up = Event()
    outgoing = Outgoing(writer, caught_up.set)
    for _ in range(20):
        outgoing.write("x" * 4096)
        read_exactly(reader, 4096)
        outgoing.drain(LIMIT)
        assert not outgoing.is_behind
    assert not caught_up.is_set()


def test_a_terminal_that_is_gone_takes_everything_and_nothing_is_kept() -> None:
    reader, writer = os.pipe()
    outgoing = Outgoing(writer, lambda: None)
    os.close(reader)
    outgoing.write("x")
    outgoing.drain(LIMIT)
    for _ in range(100):
        outgoing.write("x" * 4096)
    assert not outgoing.is_behind
    outgoing.drain(LIMIT)
