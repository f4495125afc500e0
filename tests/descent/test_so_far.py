"""What is said of a run before its end: nothing that has not happened yet."""

import pytest

from tutor.descent.runstring import read_run
from tutor.descent.so_far import so_far
from tutor.descent.train import make_run


@pytest.mark.parametrize(
    ("run", "step", "said"),
    [
        ("loss={w-3}^2:rate=0.25:steps=60:start=w=0.0", 0, "The loss starts at 9."),
        ("loss={w-3}^2:rate=0.25:steps=60:start=w=0.0", 1, "less than 1/2 of where it started, 9."),  # 9/4
        ("loss={w-3}^2:rate=0.25:steps=60:start=w=0.0", 2, "less than 1/10 of"),  # 9/16
        ("loss={w-3}^2:rate=0.25:steps=60:start=w=0.0", 4, "less than 1/100 of"),  # 9/256
        ("loss={w-3}^2:rate=1.1:steps=60:start=w=0.0", 3, "above where it started, 9."),
        ("loss={w-3}^2:rate=1.0:steps=60:start=w=0.0", 3, "So far: the loss is where it started."),
        ("loss={w-3}^2-20:rate=0.25:steps=60:start=w=0.0", 2, "below where it started, -11."),
        ("loss={w-3}^2-8:rate=0.25:steps=60:start=w=0.0", 2, "below where it started, 1."),  # at -7.4
    ],
)
def test_what_is_said_at_a_step(run: str, step: int, said: str) -> None:
    assert said in so_far(make_run(read_run(run)), step)
