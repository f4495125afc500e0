"""Pages with pictures: what is computed for them, and that each kind opens, draws and takes its keys."""

from __future__ import annotations

import itertools
import math

import pytest
from tui.stand_ins import FakeEngine, new_journal, press, screen_text, settle

from tutor.front.contours import chains, contour_map, segments, slices_picture
from tutor.front.films import film
from tutor.front.graph import graph, work_out
from tutor.lesson.model import Course, Lesson
from tutor.lesson.pages import AnyPage, Bowl, Contours, Network, Read, Secant, Slices, Unit, Walk, Worked
from tutor.tui.app import TutorApp

SECANT = Secant(text="Closer.", of="x^2", over="x", start="-1", end="4", at="1")
WALK = Walk(text="Along.", of="x^3 - 3x", over="x", start="-2", end="2")
BOWL = Bowl(text="Down.", of="(w - 3)^2", over="w", start="-1", end="7", at="0", rate="0.25")
MAP = Contours(
    text="A map.", of="x^2 + 3y^2", over=("x", "y"), start=("-3", "-3"), end=("3", "3"), points=(("2", "1"),)
)
SLICES = Slices(text="Slices.", of="x^2 + y", over="x", hold="y", values=("0", "5"), start="-3", end="3")
NET = Network(
    text="A net.",
    given={"x": "2", "w": "0.5", "b": "-0.5", "v": "1.5", "c": "0.2", "y": "1"},
    nodes=(
        Unit(name="z", of="w*x + b"),
        Unit(name="a", of="tanh(z)"),
        Unit(name="p", of="v*a + c"),
        Unit(name="L", of="(p - y)^2"),
    ),
)
WORKED = Worked(text="Worked.", of="x^2 sin(x)", by=("x",))


# --- moving pictures


def test_the_chord_comes_to_rest_as_the_tangent() -> None:
    frames = film(SECANT)
    slopes = [
        (line[1][1] - line[0][1]) / (line[1][0] - line[0][0]) for line in (f.picture.series[1].points for f in frames)
    ]
    assert all(after < before for before, after in itertools.pairwise(slopes)), "it turns towards it all the way"
    assert slopes[-2] == pytest.approx(2, abs=0.02)
    assert slopes[-1] == pytest.approx(2, abs=1e-12)
    assert frames[-1].caption.endswith("at x = 1 has slope 2")


def test_a_walk_tells_the_slope_where_it_stands() -> None:
    for frame in film(WALK):
        ((x, height),) = frame.picture.marks
        assert height == pytest.approx(x**3 - 3 * x)
        (x0, y0), (x1, y1) = frame.picture.series[1].points
        assert (y1 - y0) / (x1 - x0) == pytest.approx(3 * x * x - 3)
    said = [frame.caption.rpartition(" ")[2] for frame in film(WALK)]
    assert said[0] == said[-1] == "uphill"
    assert "downhill" in said


def test_the_ball_takes_the_steps_of_gradient_descent() -> None:
    places = [frame.picture.marks[0][0] for frame in film(BOWL)]
    assert places[0] == 0
    for here, there in itertools.pairwise(places):
        assert there == pytest.approx(here - 0.25 * 2 * (here - 3))
    assert "new w = 0 − 0.25·(−6) = 1.5" in film(BOWL)[0].caption


@pytest.mark.parametrize(
    "page",
    [
        Secant(text="", of="x^2 +", over="x", start="0", end="1", at="0"),
        Secant(text="", of="x^2 + y", over="x", start="0", end="1", at="0"),
        Walk(text="", of="x", over="x", start="1", end="1"),
        Bowl(text="", of="w", over="w", start="0", end="1", at="nowhere"),
    ],
)
def test_a_page_that_cannot_be_read_has_no_frames(page: Secant | Walk | Bowl) -> None:
    assert film(page) == ()


def test_a_ball_that_flies_away_ends_the_film() -> None:
    frames = film(Bowl(text="", of="w^8", over="w", start="-2", end="2", at="2", rate="9"))
    assert 0 < len(frames) < 16


# --- maps and slices


def test_every_point_of_a_line_has_its_height() -> None:
    steps = [k / 8 - 3 for k in range(49)]
    grid = [[x * x + 3 * y * y for x in steps] for y in steps]
    for x, y in (end for piece in segments(steps, steps, grid, 7.0) for end in piece):
        assert x * x + 3 * y * y == pytest.approx(7, abs=0.1)  # straight between corners an eighth apart


def test_a_ring_is_one_line_that_closes() -> None:
    steps = [k / 8 - 3.01 for k in range(49)]
    grid = [[x * x + y * y for x in steps] for y in steps]
    (ring,) = chains(segments(steps, steps, grid, 4.0))
    assert ring[0] == ring[-1]
    assert len(set(ring)) == len(ring) - 1


def test_a_hole_in_the_domain_is_left_out() -> None:
    grid = [[math.nan, 1.0], [0.0, 1.0]]
    assert list(segments([0, 1], [0, 1], grid, 0.5)) == []


def test_an_arrow_points_along_the_gradient() -> None:
    found = contour_map(MAP)
    assert found is not None
    (x0, y0), (x1, y1) = found.picture.series[0].points
    assert (x0, y0) == (2, 1)
    assert math.atan2(y1 - y0, x1 - x0) == pytest.approx(math.atan2(6, 4))


def test_where_the_gradient_is_nothing_there_is_no_arrow() -> None:
    found = contour_map(
        Contours(text="", of=MAP.of, over=("x", "y"), start=MAP.start, end=MAP.end, points=(("0", "0"),))
    )
    assert found is not None
    assert found.picture.series[0].points == ((0, 0), (0, 0))


def test_a_slice_holds_the_other_variable() -> None:
    picture = slices_picture(SLICES)
    assert picture is not None
    assert [each.label for each in picture.series] == ["y = 0", "y = 5"]
    assert all(y == pytest.approx(x * x + 5) for x, y in picture.series[1].points)


# --- networks


def test_gradients_at_the_nodes_are_those_of_a_nudge() -> None:
    cells = {cell.name: cell for cell in work_out(NET)}
    loss = cells["L"].value
    for name, text in NET.given.items():
        nudged = Network(text="", given={**NET.given, name: str(float(text) + 1e-6)}, nodes=NET.nodes)
        moved = work_out(nudged)[-1].value
        assert (moved - loss) / 1e-6 == pytest.approx(cells[name].gradient, abs=1e-5), name


def test_paths_that_meet_are_added() -> None:
    double = Network(text="", given={"a": "3"}, nodes=(Unit(name="b", of="a + a"), Unit(name="L", of="a*b")))
    assert {cell.name: cell.gradient for cell in work_out(double)} == {"a": 12.0, "b": 3.0, "L": 1.0}


def test_the_graph_is_drawn_where_it_fits_and_listed_where_not() -> None:
    cells = work_out(NET)
    drawn = graph(cells, with_gradients=False, width=76)
    assert any("▸│z = 0.5│" in row for row in drawn)
    assert any("▸│L = 0.0114│" in row for row in drawn)
    assert max(map(len, drawn)) <= 76
    listed = graph(cells, with_gradients=True, width=40)
    assert listed[1] == "w = 0.5   ∂L/∂w = −0.504"


def test_a_line_that_passes_a_column_has_a_row_there() -> None:
    skips = Network(
        text="", given={"x": "1"}, nodes=(Unit(name="a", of="2x"), Unit(name="b", of="3a"), Unit(name="L", of="x + b"))
    )
    rows = graph(work_out(skips), with_gradients=False, width=76)
    assert any("────────" in row for row in rows)


# --- on the screen


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_every_picture_page_opens_and_takes_its_key(size: tuple[int, int]) -> None:
    pages: tuple[AnyPage, ...] = (SECANT, WALK, BOWL, SLICES, MAP, NET, WORKED)
    lesson = Lesson(id="a", title="Pictures", objectives=("Look",), steps=pages, summary="Seen.")
    app = TutorApp(Course((lesson,), ()), new_journal(), FakeEngine())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        for page in pages:
            before = screen_text(app)
            assert page.text.rstrip(".") in " ".join(before.split()) or size == (40, 12)
            await press(pilot, "space")
            await press(pilot, "space")
            await press(pilot, "enter")
        assert "Seen" in screen_text(app)


@pytest.mark.parametrize(
    ("page", "key", "before", "after"),
    [
        (Worked(text="Worked.", of="x^2 sin(3x)", by=("x",)), "space", "1. Product rule", "2. "),
        (NET, "space", "L = 0.0114", "−0.504"),
        (SECANT, "full_stop", film(SECANT)[0].caption[:20], film(SECANT)[1].caption[:20]),
    ],
    ids=["worked", "network", "secant"],
)
async def test_a_page_has_its_key_without_a_tab(page: AnyPage, key: str, before: str, after: str) -> None:
    """Also on a page that was come to from another one: there the focus was once left with what scrolls."""
    lesson = Lesson(id="a", title="A", objectives=("Look",), steps=(Read(text="First."), page), summary="Seen.")
    app = TutorApp(Course((lesson,), ()), new_journal(), FakeEngine())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert before in screen_text(app)
        assert after not in screen_text(app)
        await press(pilot, key)
        assert after in screen_text(app)
