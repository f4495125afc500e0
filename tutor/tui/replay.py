"""Which step of a run is on the screen: playing, pausing and stepping, without a clock or a screen.

Time comes in as ticks; whoever has a timer calls `tick` `TICKS_PER_SECOND` times a second while `is_playing`.
"""

from __future__ import annotations

TICKS_PER_SECOND = 8
"Each tick may repaint; over a slow line more would pile up."

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 120.0)
"Steps per second; the fifth shows 400 steps in some 22 seconds."

START_SPEED = 4

GENTLE_STEPS = 40
"A run begins slower, since its first steps are the long ones, and has come to its full speed after so many."

PATIENCE = 120 * TICKS_PER_SECOND
"Ticks without a key after which it pauses by itself: a screen that nobody watches must fall silent."


class Replay:
    """A place between step 0 and the last step of a run, that moves on its own while it plays."""

    def __init__(self, last: int) -> None:
        """
        Args:
            last: the index of the run's last step, at least 0.
        """
        self.last = last
        self.is_playing = last > 0
        self.speed = START_SPEED
        self._at = 0.0
        self._patience = PATIENCE

    def over(self, last: int) -> Replay:
        """A replay of another run, from its start and at the same speed."""
        other = Replay(last)
        other.speed = self.speed
        return other

    @property
    def step(self) -> int:
        """The step that is shown, from 0 to `last`."""
        return min(self.last, int(self._at))

    @property
    def is_at_end(self) -> bool:
        """Whether nothing comes after the step that is shown."""
        return self.step >= self.last

    @property
    def steps_per_second(self) -> float:
        """The speed once a run is under way."""
        return SPEEDS[self.speed]

    def tick(self) -> None:
        """Let an eighth of a second pass."""
        if not self.is_playing:
            return
        gentle = min(1.0, (self._at + 4) / GENTLE_STEPS)
        self._at = min(float(self.last), self._at + self.steps_per_second * gentle / TICKS_PER_SECOND)
        self._patience -= 1
        if self.is_at_end or self._patience <= 0:
            self.is_playing = False

    def touch(self) -> None:
        """Somebody is there."""
        self._patience = PATIENCE

    def toggle(self) -> None:
        """Pause, or play on; at the end, play again from the start."""
        if not self.is_playing and self.is_at_end:
            self._at = 0.0
        self.is_playing = not self.is_playing and self.last > 0

    def restart(self) -> None:
        """Play from step 0."""
        self._at = 0.0
        self.is_playing = self.last > 0

    def go(self, by: int) -> None:
        """Pause and move so many steps, backwards when negative."""
        self.jump(self.step + by)

    def jump(self, to: int) -> None:
        """Pause at a step, or at the end that is nearest to it."""
        self.is_playing = False
        self._at = float(min(self.last, max(0, to)))

    def faster(self, by: int) -> None:
        """Change the speed by so many levels, slower when negative."""
        self.speed = min(len(SPEEDS) - 1, max(0, self.speed + by))
