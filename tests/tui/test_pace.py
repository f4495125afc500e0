"""Frames are left out while the terminal has not drawn those before, and one that never answers is not waited for."""

from tutor.tui.pace import DEAF, ENOUGH, LOST, MOST, QUESTION, Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def draw(pace: Pace) -> bool:
    """A frame, if it may be drawn."""
    if pace.may_draw():
        assert pace.ask() in ("", QUESTION)
        return True
    return False


def test_so_many_frames_are_on_their_way_and_no_more() -> None:
    pace = Pace(Clock())
    assert [draw(pace) for _ in range(MOST + 2)] == [True] * MOST + [False] * 2
    pace.hear()
    assert draw(pace)
    assert not draw(pace)


def test_a_large_frame_goes_alone() -> None:
    pace = Pace(Clock())
    pace.wrote(100)
    assert draw(pace)
    assert pace.may_draw()
    pace.wrote(ENOUGH + 1)
    pace.ask()
    assert not pace.may_draw()
    pace.hear()
    assert not pace.may_draw()
    pace.hear()
    assert pace.may_draw()


def test_a_terminal_that_never_answers_is_asked_no_more_after_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(MOST):
        draw(pace)
    clock.now += DEAF
    assert pace.may_draw()
    assert pace.ask() == ""
    assert all(draw(pace) for _ in range(50))
    pace.hear()  # late, but it does answer
    assert pace.may_draw()
    assert pace.ask() == QUESTION


def test_a_lost_answer_holds_up_for_a_while_only() -> None:
    clock = Clock()
    pace = Pace(clock)
    draw(pace)
    pace.hear()
    for _ in range(MOST):
        draw(pace)
    clock.now += LOST - 0.1
    assert not pace.may_draw()
    clock.now += 0.2
    assert draw(pace)


def test_only_a_frame_of_what_moves_is_asked_about() -> None:
    pace = Pace(Clock())
    assert pace.ask() == ""
    assert pace.may_draw()
    assert pace.ask() == QUESTION
    assert pace.ask() == ""
    assert pace.out == 1
