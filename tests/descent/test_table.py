"""Problems over an author's CSV file: what they train to, how they travel, and what is refused where."""

import os
import statistics
from pathlib import Path

import msgspec
import pytest

from tutor.descent.gradient_check import compare
from tutor.descent.run import Place, Stop
from tutor.descent.runstring import read_run, write_run
from tutor.descent.setting import Setting, problem_of
from tutor.descent.table import TableError
from tutor.descent.train import make_run
from tutor.descent.units import raw_weights
from tutor.errors import Unreadable, UsageError
from tutor.lesson.model import Predict, Steer, Trial
from tutor.lesson.read import examine
from tutor.lesson.source import load
from tutor.marking.question import BrokenExerciseError
from tutor.marking.trial import run_trial, solve_predict, solve_steer

REPOSITORY = Path(__file__).resolve().parents[2]
SIZES, RENTS = (31, 45, 52, 60, 68, 75, 84, 96), (420, 515, 560, 655, 690, 760, 870, 935)
LINE = Setting(
    data="rents.csv",
    model="w*size + b",
    loss="(prediction - rent)^2/2",
    standardise=("size",),
    start={"w": 0.0, "b": 0.0},
    rate=0.5,
)


@pytest.fixture(autouse=True)
def rents(tmp_path, monkeypatch):
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path / "lessons"))
    (tmp_path / "lessons").mkdir()
    (tmp_path / "secret.csv").write_text("size,rent\n1,2\n")
    path = tmp_path / "lessons" / "rents.csv"
    path.write_text("size,rent\n" + "".join(f"{size},{rent}\n" for size, rent in zip(SIZES, RENTS, strict=True)))
    return path


def changed(**fields):
    return make_run(Setting(**{name: getattr(LINE, name) for name in LINE.__struct_fields__} | fields))


def test_a_line_through_the_rows_is_least_squares():
    slope, intercept = statistics.linear_regression(SIZES, RENTS)
    run = make_run(LINE)
    assert run.stop is Stop.CONVERGED
    assert run.path[-1] == pytest.approx((slope * statistics.pstdev(SIZES), statistics.fmean(RENTS)), rel=1e-6)
    raw = changed(standardise=(), rate=4e-4, steps=3)
    assert raw.optimum == pytest.approx((slope, intercept))


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"loss": ""}, "the last column is what a model without a loss predicts"),
        ({"standardise": ("all",)}, "what the loss compares with stays as it is"),
        ({"model": "", "loss": "(w*size + b - rent)^2/2"}, "a loss needs no model"),
        ({"formulas": {"w": "(prediction - rent)*size", "b": "prediction - rent"}}, "typed"),
    ],
)
def test_the_same_said_another_way(fields, same):
    assert changed(**fields).path[-1] == pytest.approx(make_run(LINE).path[-1]), same


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"loss": ""}, "a model without a loss predicts the last column, and no formula can write 'Rent (EUR)'"),
        ({"loss": "(prediction - 400)^2"}, ""),
    ],
)
def test_a_last_column_that_no_formula_can_write_is_told(fields, said, rents):
    rents.write_text("size,Rent (EUR)\n31,420\n45,515\n")
    os.utime(rents, ns=(3, 3))
    if not said:
        assert changed(**fields).stop is Stop.CONVERGED
        return
    with pytest.raises(TableError) as fault:
        changed(**fields)
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("fields", "raw"),
    [
        ({}, "least squares"),
        ({"model": "b + size*w"}, "least squares"),
        ({"standardise": ()}, "as they are"),
        ({"standardise": ("size", "rent")}, None),
        ({"model": "w*size^2 + b"}, None),
        ({"model": "b*size + w*size"}, None),
        ({"model": "w*size + b + size"}, None),
        ({"model": "w*size + 0b"}, None),
    ],
)
def test_weights_in_the_datas_own_units_are_told_where_there_are_any(fields, raw):
    setting = msgspec.structs.replace(LINE, **fields)
    problem = problem_of(setting)
    if raw == "least squares":
        slope, intercept = statistics.linear_regression(SIZES, RENTS)
        trained = dict(zip(problem.weights, make_run(setting).path[-1], strict=True))
        found = dict(zip(problem.weights, raw_weights(problem, tuple(trained.values())), strict=True))
        assert found == pytest.approx({"w": slope, "b": intercept}, rel=1e-6)
    else:
        assert raw_weights(problem, (3.0, 2.0)) == (None if raw is None else (3.0, 2.0))


def test_a_product_of_two_weights_has_a_valley_and_no_saddle_at_its_bottom():
    found = changed(model="v*w*size + b", start={"v": 1.0, "w": 1.0, "b": 0.0}, rate=0.002, steps=3000)
    assert "close to the bottom of a valley" in found.why
    assert found.place is Place.VALLEY


@pytest.mark.parametrize("standardise", [(), ("old", "new")])
def test_two_columns_that_add_up_to_one_bear_a_rate_that_is_told(standardise, rents):
    rents.write_text("old,new,rent\n1,0,5\n0,1,8\n0,1,9\n1,0,4\n0,1,6\n")
    os.utime(rents, ns=(4, 4))
    fields = {"model": "v*old + w*new + b", "standardise": standardise, "start": {"v": 0.0, "w": 0.0, "b": 0.0}}
    known = changed(**fields, rate=0.1)
    assert (known.place, known.optimum) == (Place.VALLEY, None)
    over = changed(**fields, rate=1.05 * known.largest_rate)
    assert over.stop is Stop.DIVERGED
    assert f"above {known.largest_rate:.6g}, the largest at which this descent settles." in over.why


OWN = {"standardise": (), "rate": 0.1, "steps": 3000}


@pytest.mark.parametrize(
    ("rows", "fields", "bottom"),
    [
        ("prediction,y\n1,2\n2,3\n", {"model": "w*prediction + b", "loss": ""}, (1.0, 1.0)),
        ("prediction,y\n1,2\n2,3\n", {"model": "", "loss": "(w*prediction + b - y)^2/2"}, (1.0, 1.0)),
        ("x,prediction\n1,2\n2,3\n", {"model": "w*x + b", "loss": ""}, (1.0, 1.0)),
        ("x,y\n1,2\n2,4\n3,5\n", {"model": "prediction*x", "loss": "", "start": {"prediction": 0.0}}, (25 / 14,)),
    ],
)
def test_a_column_or_a_weight_called_prediction_is_itself(rows, fields, bottom, rents):
    rents.write_text(rows)
    os.utime(rents, ns=(5, 5))
    assert changed(**OWN, **fields).path[-1] == pytest.approx(bottom, rel=1e-5)


def test_a_run_string_carries_it():
    text = write_run(LINE)
    assert text.startswith("data=rents.csv:model=w*size~+~b:loss={prediction~-~rent}^2/2:standardise=size:")
    assert read_run(text) == LINE
    assert make_run(read_run(text)) == make_run(LINE)


def test_a_file_that_was_saved_again_is_read_again(rents):
    before = make_run(LINE)
    rents.write_text("size,rent\n1,2\n2,3\n")
    os.utime(rents, ns=(1, 1))
    assert make_run(LINE).path[-1] != before.path[-1]


@pytest.mark.parametrize(
    ("content", "said"), [("size;rent\n1;2\n", "stands `;`"), ("size\trent\n1\t2\n", "stands a tab")]
)
def test_another_sign_between_columns_is_named(content, said, rents):
    rents.write_text(content)
    os.utime(rents, ns=(4, 4))
    with pytest.raises(TableError, match=said):
        make_run(LINE)


def test_a_byte_order_mark_blank_lines_and_other_columns_do_not_matter(rents):
    before = make_run(LINE)
    rows = zip(SIZES, RENTS, strict=True)
    rents.write_text(
        "\ufeffsize, Street name (old),rent\r\n"
        + "".join(f'{size},"Hill, {n}",{rent}\r\n' for n, (size, rent) in enumerate(rows))
        + "\r\n"
    )
    os.utime(rents, ns=(2, 2))
    assert make_run(LINE).path == before.path


def test_its_gradient_agrees_with_central_differences():
    assert all(row.agrees for row in compare(problem_of(LINE), {"w": "(prediction - rent)*size"}, (3.0, 5.0)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("size,rent\n31,420\n45,n/a\n", "rents.csv, line 3, column rent: 'n/a' is not a number"),
        ("size,rent\n31,420\n,515\n", "rents.csv, line 3, column size: a number is missing"),
        ("size,rent\n31,inf\n", "line 2, column rent: 'inf' is not a number"),
        ("size,rent\n3_1,4\n", "line 2, column size: '3_1' is not a number"),
        ("size,rent\n31\n", "line 2: 1 values stand under 2 names"),
        ("size,rent\n31,4,2\n", "line 2: 3 values stand under 2 names"),
        ("size,rent\n", "holds no rows"),
        ("", "first line must hold the names"),
        ("size,size,rent\n1,2,3\n", "two columns are called 'size'"),
        ("size,rent\n5,1\n5,2\n", "every row has the same size, so it cannot be standardised"),
        (b"size,rent\n\xff,2\n", "cannot be read as comma-separated values in UTF-8"),
    ],
)
def test_a_faulty_file_is_refused_with_line_and_column(content, said, rents):
    rents.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TableError) as fault:
        make_run(LINE)
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("../secret.csv", "lies outside"),
        ("../lessons/../secret.csv", "lies outside"),
        ("/etc/passwd", "lies outside"),
        ("link.csv", "lies outside"),
        ("circle.csv", "circle.csv"),
        ("pipe", "no file"),
        (".", "no file"),
        ("rants.csv", "There is no file rants.csv"),
        ("a\x00b", "cannot be read"),
        ("a" * 5000, "cannot be read"),
    ],
)
def test_a_file_elsewhere_is_refused(data, said, rents):
    (rents.parent / "link.csv").symlink_to(rents.parent.parent / "secret.csv")
    (rents.parent / "circle.csv").symlink_to(rents.parent / "circle.csv")
    os.mkfifo(rents.parent / "pipe")
    with pytest.raises(TableError, match=said):
        changed(data=data)


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"model": "w*siz + b"}, Unreadable, "In the model: siz is not known here. Did you mean size?"),
        ({"loss": "(prediction - rant)^2"}, Unreadable, "Letters are columns of rents.csv"),
        ({"start": {"w": 0.0}}, Unreadable, "weights with a start"),
        ({"start": {"w": 0.0, "b": 0.0, "c": 1.0}}, UsageError, "There is no c in"),
        ({"start": {"w": 0.0, "b": 0.0, "size": 1.0}}, UsageError, "a weight and a column"),
        ({"standardise": ("rooms",)}, UsageError, "no formula uses it"),
        ({"model": "", "loss": ""}, UsageError, "needs a `model` or a `loss`"),
        ({"data": ""}, UsageError, "need a file"),
        ({"loss": "(prediction - rent)^2,1"}, Unreadable, "One formula is wanted here"),
        ({"model": "w*size, b"}, Unreadable, "In the model: One formula is wanted here"),
        ({"model": "prediction*size", "start": {"prediction": 0.0}}, UsageError, "speaks of `prediction`"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, error, said):
    with pytest.raises(error) as fault:
        changed(**fields)
    assert said in str(fault.value)


TRIAL = Trial(data="rents.csv", model="w*size + b", standardise=("all",), start={"w": "0", "b": "0"}, rate="0.5")


def test_an_exercise_may_be_about_it():
    assert run_trial(TRIAL).stop is Stop.STEPS
    assert make_run(read_run(run_trial(TRIAL).setting)) == run_trial(TRIAL)
    assert solve_predict(Predict(ask="", run=TRIAL, options=("grows", "settles"))) == "b"
    assert solve_steer(Steer(ask="", run=TRIAL, choose="rate", goal="settles"))


@pytest.mark.parametrize("trial", [Trial(data="../secret.csv", model="w", rate="1"), Trial(data="rents.csv", rate="1")])
def test_what_is_wrong_with_it_is_no_fault_of_the_learners(trial):
    with pytest.raises(BrokenExerciseError):
        run_trial(trial)


def test_the_example_of_the_manual_works_as_printed(monkeypatch):
    monkeypatch.delenv("TUTOR_LESSONS")
    manual = (REPOSITORY / "docs" / "runs.md").read_text(encoding="utf-8")
    (run,) = [line.strip() for line in manual.splitlines() if line.startswith("    data=")]
    assert make_run(read_run(run)).stop is Stop.CONVERGED
    lesson = REPOSITORY / "docs" / "examples" / "rents.yaml"
    for line in lesson.read_text(encoding="utf-8").splitlines():
        assert line.strip() in manual, "the manual shows the whole lesson"


def test_the_lesson_of_the_manual_is_without_fault():
    assert examine(load(REPOSITORY / "docs" / "examples" / "rents.yaml")).problems == ()


def test_a_list_of_losses_is_refused_without_a_file_too():
    with pytest.raises(Unreadable, match="One formula is wanted here"):
        make_run(Setting(loss="u^2,v^2", start={"u": 1.0, "v": 1.0}))
