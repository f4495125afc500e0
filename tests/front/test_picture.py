"""The arithmetic of drawing, and what plotext makes of it."""

import math

import pytest

from tutor.front.picture import Level, Picture, Series, label_text, pieces, thinned, tick_text, ticks, window
from tutor.front.plot import draw


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 10, 5, [0, 2, 4, 6, 8]),
        (0, 1, 2, [0, 0.5]),
        (-1, 1, 4, [-1, -0.5, 0, 0.5]),
        (3, 3, 4, []),
        (0, math.inf, 4, []),
        (0, 1, 0, []),
    ],
)
def test_ticks_are_round_and_few(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "gap", "expected"),
    [
        (0.5, 0.5, "0.5"),
        (-2, 1, "−2"),
        (0, 0.1, "0"),
        (200_000, 100_000, "200k"),
        (5e10, 5e10, "5e10"),
        (0.25, 0.05, "0.25"),
    ],
)
def test_ticks_are_written_shortly(value: float, gap: float, expected: str) -> None:
    assert tick_text(value, gap) == expected


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([], "nothing to see"),
        ([math.nan, math.inf], "nothing finite"),
        ([2.0, 2.0], "a flat line"),
        ([0.0], "a flat line at nothing"),
    ],
)
def test_a_window_is_never_empty(values: list[float], why: str) -> None:
    low, high = window(values)
    assert low < high, why


@pytest.mark.parametrize(
    ("points", "expected", "why"),
    [
        ([(0, 0), (1, 1)], [[(0, 0), (1, 1)]], "inside"),
        ([(0, 0), (1, 4)], [[(0, 0), (0.5, 2)]], "cut where it leaves"),
        ([(0, 4), (1, 0), (2, 4)], [[(0.5, 2), (1, 0), (1.5, 2)]], "comes in and leaves"),
        ([(0, -8), (1, 8)], [[(0.375, -2), (0.625, 2)]], "right through"),
        ([(0, 3), (1, 9)], [], "above all the time"),
        ([(0, 0), (1, math.nan), (2, 0)], [], "a gap on both sides"),
        ([(0, 0), (1, 1), (2, math.inf), (3, 1), (4, 0)], [[(0, 0), (1, 1)], [(3, 1), (4, 0)]], "two parts"),
        ([(0, 0), (1, 1e300)], [[(0, 0), (0, 2)]], "so steep that it is upright"),
        ([(0, 1)], [[(0, 1)]], "one point"),
    ],
)
def test_a_curve_is_cut_at_the_window(points: list, expected: list, why: str) -> None:
    found = pieces(points, -2, 2)
    assert len(found) == len(expected), why
    for piece, wanted in zip(found, expected, strict=True):
        assert [tuple(map(pytest.approx, point)) for point in wanted] == piece, why


def test_thinning_keeps_the_extremes_of_every_column() -> None:
    points = [(x / 1000, math.sin(x)) for x in range(1001)]
    few = thinned(points, 0, 1, 20)
    assert len(few) <= 42
    assert max(y for _, y in few) == max(y for _, y in points)
    assert min(y for _, y in few) == min(y for _, y in points)
    assert few == sorted(few)


WEIGHTS = Picture(
    (Series(tuple((float(k), 1 - 0.9**k) for k in range(101)), "curve-1"), Series(((0, 0), (100, 0)), "ghost")),
    left=0,
    right=100,
    bottom=-0.1,
    top=1.1,
    across="step",
    up="weights",
    levels=(Level(1.0, "curve-1", "w₁"),),
)


@pytest.mark.parametrize("size", [(12, 5), (38, 11), (100, 40), (20, 6)])
def test_a_drawing_has_the_size_asked_for(size: tuple[int, int]) -> None:
    width, height = size
    drawing = draw(WEIGHTS, width, height)
    for shown in (None, 0.0, 50.0, 100.0, 1e9):
        rows = [drawing.line(y, shown) for y in range(height)]
        assert {len(row) for row in rows} == {width}


def test_uncovering_shows_the_curve_so_far_and_where_it_stands() -> None:
    drawing = draw(WEIGHTS, 60, 12)

    def cells(shown: float | None) -> int:
        return sum(role == "curve-1" and sign > "⠀" for y in range(12) for sign, role in drawing.line(y, shown))

    assert cells(0.0) < cells(40.0) < cells(100.0)
    assert sum(sign == "●" for y in range(12) for sign, _ in drawing.line(y, 40.0)) == 1


def test_a_value_to_reach_is_a_line_with_its_name() -> None:
    drawing = draw(WEIGHTS, 60, 12)
    text = ["".join(sign for sign, _ in drawing.line(y, 0.0)) for y in range(12)]
    assert any("╌╌╌" in line and line.rstrip().endswith("w₁") for line in text)
    assert text[0].startswith("weights")
    assert text[-1].split() == ["0", "20", "40", "60", "80", "step", "100"]


def test_a_mark_lies_on_its_curve() -> None:
    points = tuple((k / 20, k / 20) for k in range(201))
    line = Picture((Series(points, "curve-1"),), 0, 10, 0, 10, marks=((5, 5), (0, 0), (10, 10)))
    drawing = draw(line, 40, 12)
    for y in range(12):
        whole = [x for x, (sign, _) in enumerate(drawing.line(y, None)) if sign == "●"]
        bare = [x for x, cell in enumerate(drawing.curves[y]) if cell is not None] if y < len(drawing.curves) else []
        assert all(x - drawing.left in bare for x in whole)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("weight w1", "weight w₁"),
        ("y = -2", "y = −2"),
        ("f(-x)", "f(−x)"),
        ("x - 1", "x − 1"),
        ("non-linear", "non-linear"),
        ("time in seconds", "time in seconds"),
    ],
)
def test_labels_are_written_as_formulas_are(label: str, expected: str) -> None:
    assert label_text(label) == expected


@pytest.mark.parametrize("width", range(24, 100, 3))
@pytest.mark.parametrize("across", ["x", "step", "time in seconds"])
def test_the_name_of_an_axis_hides_none_of_its_numbers(width: int, across: str) -> None:
    picture = Picture((Series(((1, 1), (5, 2)), "curve-1"),), 1, 5, 0, 3, across=across)
    drawing = draw(picture, width, 10)
    axis, names = ("".join(sign for sign, _ in drawing.line(y, None)) for y in (8, 9))
    assert across in axis + names
    numbers = names.replace(across, " ").split()
    gap = float(numbers[1]) - float(numbers[0])
    assert [float(each) for each in numbers] == [float(numbers[0]) + gap * k for k in range(len(numbers))]
    assert len(numbers) >= 2


def test_the_dot_of_a_run_that_is_over_stands_where_it_ended() -> None:
    short = Picture((Series(((0, 0), (10, 1)), "curve-1"), Series(((0, 0), (100, 1)), "ghost")), 0, 100, -0.1, 1.1)
    drawing = draw(short, 60, 12)
    for shown in (10.0, 50.0, 100.0):
        dots = [x for y in range(12) for x, (sign, _) in enumerate(drawing.line(y, shown)) if sign == "●"]
        assert dots == [drawing.left + drawing.column(10)]
