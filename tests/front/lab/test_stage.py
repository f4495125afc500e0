"""Every view of every problem of the lab, at several sizes and for runs that end in every way."""

import re

import pytest

from tutor.descent.problem import Feature, Problem, sample
from tutor.descent.runstring import read_run
from tutor.descent.setting import problem_of
from tutor.descent.train import make_run, train_on
from tutor.front.lab.menu import OFFERS
from tutor.front.lab.stage import Stage, View, Whose
from tutor.front.lab.sums import short
from tutor.front.shown import Cell
from tutor.maths.grammar import display_name

RUNS = {
    **{each.problem: f"{each.problem}:rate={each.rate}:steps=30" for each in OFFERS},
    "runs away": "ravine:rate=0.03:steps=200",
    "overflows at once": "bowl:rate=1e300:steps=5",
    "frozen": "houses:rate=0.1:steps=30:d.w1=0:d.w2=0:d.b=0",
    "no number": "bowl:rate=0.1:steps=5:d.w=ln{w}",
    "own formula": "loss=u^4+v^4-3u*v:rate=0.01:steps=40:start=u=2.0,v=-1.0",
    "three weights": "loss=u^2+2v^2+3w^2:rate=0.1:steps=20:start=u=1.0,v=1.0,w=1.0",
    "own table": "data=data/rents.csv:model=w*size+b:standardise=size:rate=0.5:steps=20:start=w=0.0,b=0.0",
    "loss without a value beyond the start": "loss=ln{w}:rate=3.0:steps=20:start=w=0.5",
}
VIEWS = {
    "bowl": {View.WEIGHTS, View.LOSS, View.LOG, View.MAP},
    "houses": set(View),
    "logistic": set(View),
    "xor": set(View),
    "own table": set(View),
    "own formula": {View.WEIGHTS, View.LOSS, View.LOG, View.MAP},
}


def stage_of(text: str, other: str = "") -> Stage:
    setting = read_run(text)
    stage = Stage(sample(problem_of(setting), 50), make_run(setting), make_run(read_run(other)) if other else None)
    if stage.needs_map:
        stage.draw_map()
    return stage


def drawn(stage: Stage, view: View, step: int, width: int = 60, height: int = 14) -> str:
    scene = stage.scene(view, width, height)
    assert scene is not None
    return "\n".join("".join(sign for sign, _ in row) for row in scene.rows(step))


def cells(stage: Stage, view: View, step: int, whose: Whose = Whose.BOTH) -> list[Cell]:
    scene = stage.scene(view, 60, 14, whose)
    assert scene is not None
    return [cell for row in scene.rows(step) for cell in row]


@pytest.mark.parametrize("name", RUNS)
def test_every_view_fills_its_room_at_every_step(name: str) -> None:
    stage = stage_of(RUNS[name])
    for view in stage.views():
        for width, height in ((12, 5), (36, 8), (90, 24)):
            scene = stage.scene(view, width, height)
            assert scene is not None
            for step in (0, 1, stage.last // 2, stage.last, stage.last + 50, 0):
                rows = scene.rows(step)
                assert [len(row) for row in rows] == [width] * height, (view, step)
                assert all(len(sign) == 1 for row in rows for sign, _ in row)


@pytest.mark.parametrize("name", VIEWS)
def test_each_problem_has_the_views_that_make_sense(name: str) -> None:
    assert set(stage_of(RUNS[name]).views()) == VIEWS[name]


@pytest.mark.parametrize("view", View)
def test_what_moves_is_seen_to_move(view: View) -> None:
    stage = stage_of(RUNS["houses"])
    assert drawn(stage, view, 0) != drawn(stage, view, 20)


def test_a_step_back_shows_what_was_shown_before() -> None:
    stage = stage_of(RUNS["ravine"])
    for view in stage.views():
        scene = stage.scene(view, 60, 14)
        assert scene is not None
        before = scene.rows(3)
        scene.rows(20)
        assert scene.rows(3) == before, view


def test_the_map_shows_start_way_end_and_the_arrow_against_the_gradient() -> None:
    text = drawn(stage_of("ravine:rate=0.01:steps=30"), View.MAP, 30)
    assert all(sign in text for sign in "○×●")
    assert "←" in text, "v is at 0 by then, and u has still to go down"
    assert "↓" in drawn(stage_of("ravine:rate=0.01:steps=30"), View.MAP, 0), "steep across at the start"


def test_the_map_of_three_weights_says_which_one_is_held() -> None:
    assert "w held" in drawn(stage_of(RUNS["three weights"]), View.MAP, 0)
    assert "held" not in drawn(stage_of(RUNS["ravine"]), View.MAP, 0)


def test_the_bowl_has_a_tangent_whose_slope_is_the_partial_as_typed() -> None:
    right = drawn(stage_of("bowl:rate=0.1:steps=5"), View.MAP, 0)
    level = drawn(stage_of("bowl:rate=0.1:steps=5:d.w=0.000001"), View.MAP, 0)
    assert right != level


def test_the_residuals_fall_to_their_line_as_the_fit_becomes_good() -> None:
    stage = stage_of("data=data/rents.csv:model=w*size+b:standardise=size:rate=0.5:steps=50:start=w=0.0,b=0.0")
    first, last = (drawn(stage, View.RESIDUALS, step).splitlines() for step in (0, 50))

    def far(lines: list[str]) -> list[int]:
        zero = next(row for row, line in enumerate(lines) if "┄" in line)
        return [abs(row - zero) for row, line in enumerate(lines) if "•" in line]

    assert min(far(first)) > max(far(last))


def test_exclusive_or_shades_the_two_corners_in_the_end() -> None:
    stage = stage_of("xor:rate=0.5:steps=400")
    text = drawn(stage, View.DATA, 400)
    legend, _, plane = text.partition("\n")
    assert "shaded" in legend
    assert (plane.count("●"), plane.count("○")) == (2, 2)
    assert "░" in plane


def test_the_network_has_every_weight_with_its_value() -> None:
    stage = stage_of("xor:rate=0.5:steps=1")
    text = drawn(stage, View.NETWORK, 0, width=120, height=20)
    assert all(f"{name} " in text for name in ("w₁", "w₂", "w₃", "w₄", "b₁", "b₂", "v₁", "v₂", "c"))
    assert "tanh" in text
    assert "example 1 of 4" in text
    stage.example = 2
    assert "example 3 of 4" in drawn(stage, View.NETWORK, 0, width=120, height=20)


@pytest.mark.parametrize("view", [View.WEIGHTS, View.LOSS, View.LOG, View.MAP])
def test_two_runs_are_over_each_other_or_each_in_its_own_half(view: View) -> None:
    stage = stage_of(RUNS["ravine"], "ravine:rate=0.005:steps=30:start=u=4.0")
    assert {"other"} < {role for _, role in cells(stage, view, 20)}
    assert "::" in drawn(stage, view, 20), "without a colour too"
    mine, its = (cells(stage, view, 20, whose) for whose in (Whose.MINE, Whose.OTHER))
    assert mine[0] == ("this run".ljust(60), "strong")
    assert its[0] == ("the other run".ljust(60), "strong")
    assert "other" not in {role for _, role in [*mine, *its]}
    assert mine[1:] != its[1:]
    axes = [[cell for cell in half if cell[1] == "label"] for half in (mine, its)]
    assert axes[0] == axes[1], "both have one scale"


@pytest.mark.parametrize("view", [View.RESIDUALS, View.NETWORK, View.DATA])
def test_a_view_that_shows_one_of_two_runs_says_so(view: View) -> None:
    stage = stage_of(RUNS["xor"], RUNS["xor"])
    assert cells(stage, view, 3)[0] == ("this run only".ljust(60), "strong")
    assert "this run only" not in drawn(stage_of(RUNS["xor"]), view, 3)


def test_there_is_no_scene_where_there_is_no_room() -> None:
    assert stage_of(RUNS["bowl"]).scene(View.LOSS, 11, 20) is None
    assert stage_of(RUNS["bowl"]).scene(View.LOSS, 40, 4) is None


def test_a_map_waits_until_it_is_worked_out() -> None:
    setting = read_run(RUNS["ravine"])
    stage = Stage(problem_of(setting), make_run(setting), None)
    assert stage.needs_map
    assert stage.scene(View.MAP, 60, 14) is None
    stage.draw_map()
    assert stage.scene(View.MAP, 60, 14) is not None


def test_many_inputs_are_drawn_as_predictions_against_what_they_should_be() -> None:
    names = [f"x{k}" for k in range(1, 16)]
    rows = tuple((*((k + j - 7) / 15 for j in range(15)), float(k)) for k in range(9))
    problem = Problem(
        name="table",
        title="",
        weights=("w", "b"),
        start=(0.0, 0.0),
        formula=f"(w*x1 + {' + '.join(names)} + b - y)^2/2",
        model=f"w*x1 + {' + '.join(names)} + b",
        inputs=tuple(Feature(name=name, label=name) for name in (*names, "y")),
        rows=rows,
    )
    text = drawn(Stage(problem, train_on(problem, 0.0001, 3, {}), None), View.DATA, 3)
    assert "predicted y" in text
    assert "•" in text


def test_a_network_with_more_inputs_than_rows_says_how_many_are_left_out() -> None:
    names = [f"x{k}" for k in range(1, 11)]
    weights = [f"w{k}" for k in range(1, 11)]
    model = " + ".join(f"{w}*{x}" for w, x in zip(weights, names, strict=True))
    problem = Problem(
        name="table",
        title="",
        weights=tuple(weights),
        start=(0.0,) * 10,
        formula=f"({model} - y)^2/2",
        model=model,
        inputs=tuple(Feature(name=name, label=name) for name in (*names, "y")),
        rows=(tuple(map(float, range(11))), tuple(map(float, range(11, 0, -1)))),
    )
    stage = Stage(problem, train_on(problem, 0.0001, 3, {}), None)
    low, high = drawn(stage, View.NETWORK, 3, height=8), drawn(stage, View.NETWORK, 3, height=16)
    assert "and 5 more inputs" in low
    assert [name for name in map(display_name, names) if f"({name} " in low] == ["x₁", "x₂", "x₃", "x₄", "x₅"]
    assert "more" not in high
    values = {short(value) for value in stage.run.path[3]}
    labels = re.findall(r"w[₀-₉]+ ([−\d.e]+)", high)
    assert len(labels) > 3
    assert set(labels) <= values, "no number is written into another"


@pytest.mark.parametrize(("width", "height"), [(36, 5), (24, 8), (14, 5)])
def test_a_network_without_room_for_a_drawing_is_a_calculation_in_lines(width: int, height: int) -> None:
    text = drawn(stage_of(RUNS["xor"]), View.NETWORK, 30, width, height)
    assert "h₁" in text
    assert "out" in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert not set(text) & {"⠤", "⣀"}


@pytest.mark.parametrize("view", list(View))
def test_where_a_run_has_left_the_picture_it_says_so(view: View) -> None:
    stage = stage_of("houses:rate=3:steps=200")
    # A line through nothing but noughts lies far beneath the prices.
    assert ("off the picture" in drawn(stage, view, 0)) == (view is View.DATA)
    assert ("off the picture" in drawn(stage, view, stage.last)) == (view not in (View.NETWORK, View.LOG))


def test_a_picture_of_a_sample_says_so() -> None:
    rows = tuple((float(k % 9), float(k % 5), 2.0 * (k % 9)) for k in range(1000))
    inputs = (Feature(name="x", label="x"), Feature(name="z", label="z"))
    problem = Problem(
        name="",
        title="",
        weights=("w", "v", "b"),
        start=(0.0,) * 3,
        residual="w*x + v*z + b - y",
        model="w*x + v*z + b",
        inputs=inputs,
        target="y",
        rows=rows,
    )
    stage = Stage(sample(problem, 200), train_on(problem, 0.01, 5, {}), None)
    stage.draw_map()
    stage.example = 1
    said = {
        view: drawn(stage, view, 0, 90).splitlines()[0] for view in (View.DATA, View.RESIDUALS, View.MAP, View.NETWORK)
    }
    assert "200 of 1000 examples" in said[View.DATA]
    assert "200 of 1000 examples" in said[View.RESIDUALS]
    assert "50 of 1000 examples" in said[View.MAP]
    assert "example 6 of 1000" in said[View.NETWORK]
