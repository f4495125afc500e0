"""Runs as strings: there and back, shells, and what is refused where."""

import subprocess

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.descent.arithmetic import lines
from tutor.descent.batches import batch
from tutor.descent.catalogue import PROBLEMS, find_problem
from tutor.descent.gradient_check import compare
from tutor.descent.methods import METHODS
from tutor.descent.runstring import read_run, write_run
from tutor.descent.schedule import SCHEDULES
from tutor.descent.setting import Setting
from tutor.descent.train import make_run
from tutor.engine.wire import Descend, Question
from tutor.errors import Unreadable

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
FORMULAS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
SETTINGS = st.builds(
    Setting,
    problem=st.sampled_from(sorted(PROBLEMS)),
    loss=st.just("") | FORMULAS,
    method=st.sampled_from(sorted(METHODS)),
    rate=NUMBERS,
    schedule=st.sampled_from(sorted(SCHEDULES)),
    half=st.integers(1),
    batch=st.integers(0),
    seed=st.integers(0),
    options=st.dictionaries(st.sampled_from(["momentum", "beta1", "epsilon"]), NUMBERS),
    start=st.dictionaries(st.sampled_from(["w1", "w2", "b"]), NUMBERS),
    formulas=st.dictionaries(st.sampled_from(["w1", "w2", "b"]), FORMULAS),
)


@given(SETTINGS)
def test_there_and_back(setting):
    again = read_run(write_run(setting))
    assert (again.loss, again.rate, again.start) == (setting.loss, setting.rate, setting.start)
    assert write_run(again) == write_run(setting)
    assert again.problem == ("" if setting.loss else setting.problem)
    assert (again.formulas, again.options) == (setting.formulas, setting.all_options)


@pytest.mark.parametrize(
    ("setting", "written"),
    [
        (Setting(problem="bowl"), "bowl:rate=0.1:steps=400"),
        (Setting(problem="bowl", seed=7, half=7), "bowl:rate=0.1:half=7:steps=400:seed=7"),  # kept for when they count
        (Setting(problem="bowl", batch=4), "bowl:rate=0.1:steps=400:batch=4:seed=1"),
        (Setting(problem="bowl", schedule="cosine"), "bowl:rate=0.1:schedule=cosine:steps=400"),
        (Setting(problem="bowl", schedule="stairs"), "bowl:rate=0.1:schedule=stairs:half=100:steps=400"),
        (Setting(problem="bowl", method="nesterov"), "bowl:method=nesterov:rate=0.1:steps=400:momentum=0.9"),
        (
            Setting(problem="bowl", method="adam", options={"beta1": 0.5}),
            "bowl:method=adam:rate=0.1:steps=400:beta1=0.5:beta2=0.999:epsilon=1e-08",
        ),
    ],
)
def test_whatever_plays_a_part_is_written(setting, written):
    assert write_run(setting) == written


def test_a_kept_string_is_the_same_run_when_the_usual_options_have_changed(monkeypatch):
    kept = make_run(Setting(problem="ravine", method="momentum", rate=0.001, steps=5))
    changed = msgspec.structs.replace(METHODS["momentum"], options={"momentum": 0.5})
    monkeypatch.setitem(METHODS, "momentum", changed)
    assert make_run(read_run(kept.setting)) == kept
    assert make_run(Setting(problem="ravine", method="momentum", rate=0.001, steps=5)) != kept


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("formula", ["(r + 1)*sqft^2", "|w1| - 'x'", '$(id); `id` > a & b # "c" \\ !', "max(r, 0)"])
def test_a_shell_hands_it_on_without_quotes(shell, formula, tmp_path):
    text = write_run(Setting(problem="houses", rate=1e-7, formulas={"w1": formula}, start={"w1": -0.5, "b": 2.0}))
    said = subprocess.run([shell, "-c", f"printf %s {text}"], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert said.stdout == text


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("rate=0.1:bowl", 0),
        ("bowl:rate=fast", 10),
        ("bowl:rate", 5),
        ("bowl:steps=1.5", 11),
        ("bowl:rat=0.1", 5),
        ("bowl:rate=1:rate=2", 12),
        ("bowl:start=w", 11),
        ("bowl:d.w=%zz", 9),
        ("bowl:d.w=%ff", 9),
    ],
)
def test_what_is_no_run_is_refused_where_it_goes_wrong(text, column):
    with pytest.raises(Unreadable) as fault:
        read_run(text)
    assert fault.value.column == column


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("problem", ["houses", "xor", "logistic", "saddle"])
def test_the_same_string_is_the_same_run_to_the_last_digit(problem, method):
    run = make_run(Setting(problem=problem, method=method, rate=0.01, steps=15, batch=2, seed=7, schedule="cosine"))
    assert make_run(read_run(run.setting)) == run
    assert len(run.rates) == len(run.path) - 1
    assert len(lines(run, 0)) == len(run.weights)


def test_the_arithmetic_of_a_step():
    run = make_run(Setting(problem="bowl", rate=0.5, steps=3))
    assert lines(run, 0, ascii=True) == ["w: 0 - 0.5 * (-3) = 1.5"]
    assert lines(run, 3) == []


@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_every_gradient_of_ours_agrees_with_central_differences(problem):
    found = find_problem(problem)
    assert all(row.agrees for row in compare(found, {}, found.start))


def test_a_slip_does_not_agree():
    houses = find_problem("houses")
    assert [row.agrees for row in compare(houses, {"w1": "-r*sqft"}, houses.start)] == [False, True, True]


@pytest.mark.parametrize("size", [1, 3, 5, 9])
def test_each_example_is_looked_at_once_a_turn(size):
    updates = -(-10 // size)
    seen = [example for done in range(updates) for example in batch(10, size, 3, done)]
    assert sorted(seen) == list(range(10))
    assert seen != list(range(10))


def test_a_run_may_be_asked_for_over_the_wire():
    request = Descend("ravine:rate=0.01:steps=3")
    line = msgspec.json.encode(Question(1, request))
    assert msgspec.json.decode(line, type=Question).request == request
    assert make_run(read_run(request.run)).setting == request.run


def test_a_weight_may_be_written_as_the_screens_write_it() -> None:
    read = read_run("houses:start=w₁=3:d.w₂=r")
    assert (read.start, read.formulas) == ({"w1": 3.0}, {"w2": "r"})
