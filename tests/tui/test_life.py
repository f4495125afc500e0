"""When a terminal is asked whether it is there, and what its silence means; the clock is a list of seconds."""

from __future__ import annotations

import pytest

from tutor.tui.life import PATIENCE, UNHEARD, SignOfLife
from tutor.tui.pace import ANSWERS


class Clock:
    """A time that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def life(clock: Clock, asked: list[float]) -> SignOfLife:
    return SignOfLife(lambda: asked.append(clock.now), clock)


def test_a_terminal_that_never_answered_is_never_silent(clock: Clock) -> None:
    asked: list[float] = []
    sign = life(clock, asked)
    assert not sign.hear("x")
    clock.now = 1000.0
    assert not sign.is_silent()
    assert asked == []


@pytest.mark.parametrize("pieces", [[ANSWERS[0]], [ANSWERS[1]], ["\x1b", "[0", "n"], ["typed\x1b[0ntyped"]])
def test_one_that_does_is_asked_after_a_while_and_is_silent_when_the_answer_does_not_come(
    clock: Clock, pieces: list[str]
) -> None:
    asked: list[float] = []
    sign = life(clock, asked)
    for piece in pieces:
        sign.hear(piece)
    clock.now = UNHEARD - 0.1
    assert not sign.is_silent()
    assert asked == []
    clock.now = UNHEARD
    assert not sign.is_silent()
    clock.now = UNHEARD + PATIENCE - 0.1
    assert not sign.is_silent()
    clock.now = UNHEARD + PATIENCE
    assert sign.is_silent()
    assert asked == [UNHEARD], "once is enough"


@pytest.mark.parametrize("text", [ANSWERS[0], "x"])
def test_whatever_comes_is_a_sign_of_life(clock: Clock, text: str) -> None:
    sign = life(clock, [])
    sign.hear(ANSWERS[0])
    clock.now = UNHEARD
    sign.is_silent()
    clock.now = UNHEARD + PATIENCE
    assert sign.is_silent()
    assert sign.hear(text), "all must be drawn again"
    assert not sign.is_silent()
    assert not sign.hear(text)
