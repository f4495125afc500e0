"""The replay of a run, tick by tick."""

from tutor.tui.replay import PATIENCE, SPEEDS, START_SPEED, TICKS_PER_SECOND, Replay


def ticks_to_end(replay: Replay) -> int:
    count = 0
    while replay.is_playing:
        replay.tick()
        replay.touch()
        count += 1
    return count


def test_a_run_of_400_steps_takes_about_20_seconds() -> None:
    replay = Replay(400)
    seconds = ticks_to_end(replay) / TICKS_PER_SECOND
    assert replay.is_at_end
    assert 18 <= seconds <= 28


def test_it_begins_gently() -> None:
    replay = Replay(400)
    for _ in range(TICKS_PER_SECOND):
        replay.tick()
    assert 1 <= replay.step <= SPEEDS[START_SPEED] / 4


def test_stepping_pauses_and_stays_inside() -> None:
    replay = Replay(5)
    replay.go(3)
    assert (replay.step, replay.is_playing) == (3, False)
    replay.go(10)
    assert replay.step == 5
    replay.go(-10)
    assert replay.step == 0
    replay.tick()
    assert replay.step == 0  # paused


def test_space_pauses_plays_on_and_at_the_end_plays_again() -> None:
    replay = Replay(5)
    replay.toggle()
    assert not replay.is_playing
    replay.toggle()
    assert replay.is_playing
    replay.jump(5)
    replay.toggle()
    assert (replay.step, replay.is_playing) == (0, True)


def test_a_run_of_no_steps_never_plays() -> None:
    replay = Replay(0)
    replay.toggle()
    replay.restart()
    assert (replay.step, replay.is_at_end, replay.is_playing) == (0, True, False)


def test_speed_has_ends() -> None:
    replay = Replay(5)
    replay.faster(100)
    assert replay.steps_per_second == SPEEDS[-1]
    replay.faster(-100)
    assert replay.steps_per_second == SPEEDS[0]


def test_nobody_there_for_two_minutes_and_it_falls_silent() -> None:
    replay = Replay(1_000_000)
    for _ in range(PATIENCE - 1):
        replay.tick()
    assert replay.is_playing
    replay.tick()
    assert not replay.is_playing
    replay.touch()
    replay.toggle()
    assert replay.is_playing
