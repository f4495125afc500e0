"""Still pictures of runs, as lines."""

import pytest

from tutor.descent.catalogue import find_problem
from tutor.descent.train import train
from tutor.errors import UsageError
from tutor.front.still import HEIGHT, still
from tutor.front.trail import trail_picture


def drawn(name: str, rate: float, view: str, width: int = 80, *, ascii: bool = True, **typed: str) -> list[str]:
    run, right = train(name, rate, 100, typed), train(name, rate, 100, {})
    return still(find_problem(name), run, right if typed else None, view, width, ascii=ascii)


@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize("width", [10, 24, 79, 200])
@pytest.mark.parametrize(
    ("name", "rate", "view"),
    [
        ("houses", 0.1, "weights"),
        ("houses", 3.0, "loss"),
        ("xor", 0.1, "weights"),
        ("bowl", 1e300, "loss"),
        ("rosenbrock", 0.001, "contours"),
        ("rosenbrock", 1.0, "contours"),
        ("logistic", 1.0, "contours"),
    ],
)
def test_a_picture_fits_its_width(name: str, rate: float, view: str, width: int, ascii: bool) -> None:
    lines = drawn(name, rate, view, width, ascii=ascii)
    assert len(lines) == HEIGHT
    assert max(map(len, lines)) <= max(24, width)
    assert "".join(lines).isascii() is ascii
    assert "?" not in "".join(lines), "every sign has an ASCII one"


def test_every_weight_and_the_right_run_have_a_sign_of_their_own() -> None:
    assert {"*", "+", "x"} <= set("".join(drawn("houses", 0.1, "weights")))
    assert ":" in "".join(line[6:] for line in drawn("houses", 0.1, "weights", w1="0"))
    assert "." not in "".join(line[6:] for line in drawn("houses", 0.1, "weights"))


def test_the_way_over_the_map_begins_and_ends_where_the_run_does() -> None:
    run = train("ravine", 0.019, 100, {})
    picture = trail_picture(find_problem("ravine"), run)
    assert picture is not None
    assert picture.series[0].points == tuple((u, v) for u, v in run.path)
    assert picture.marks == (run.path[-1],)
    assert picture.left < 0 < 10 < picture.right, "the bottom and the start are on it"
    lines = "".join(drawn("ravine", 0.019, "contours", ascii=False))
    assert "●" in lines
    assert "•" in lines


def test_a_run_that_runs_away_leaves_the_map_where_it_was() -> None:
    picture = trail_picture(find_problem("ravine"), train("ravine", 3.0, 100, {}))
    assert picture is not None
    assert picture.right - picture.left < 100


@pytest.mark.parametrize(("name", "said"), [("bowl", "only one"), ("xor", "has 9")])
def test_a_map_takes_two_weights(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        drawn(name, 0.1, "contours")
