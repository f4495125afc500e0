"""The lines of a calculation as they are shown: what was typed and, where that is no plain number, what it comes to."""

import pytest

from tutor.front.written import RIGHT, Written
from tutor.lesson.model import Line, LineByLine

NET = LineByLine(
    id="net",
    ask="",
    given={"x": "2", "b": "-1"},
    lines=(Line(name="z", of="3x + b"), Line(name="a", of="tanh(z/10)"), Line(name="L", of="a + x")),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["5"], "z = 5"),
        (["z = 5"], "z = 5"),
        (["-0.25"], "z = −0.25"),
        (["3x + b"], "z = 3x + b = 5"),
        (["5", "tanh(0.5)"], "a = tanh(0.5) = 0.46212"),
        (["3x+b", "tanh(z/10)"], "a = tanh(z/10) = 0.46212"),
        (["5", "0.46212", "a + x"], "L = a + x = 2.4621"),
        (["q"], "z = q"),
    ],
)
def test_what_a_line_comes_to(typed: list[str], shown: str) -> None:
    written = Written(NET)
    written.lines = [(line, RIGHT) for line in typed]
    assert written.shown(len(typed) - 1) == shown


def test_what_is_given_is_kept_whole() -> None:
    assert Written(NET).given == "Given: $x = 2$, $b = -1$"
