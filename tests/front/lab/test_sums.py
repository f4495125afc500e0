"""The arithmetic of a step as it stands on the screen."""

import re

import pytest

from tutor.descent.arithmetic import memory_at
from tutor.descent.methods import METHODS
from tutor.descent.runstring import read_run
from tutor.descent.setting import problem_of
from tutor.descent.train import make_run
from tutor.front.lab.sums import head, lines, sources


def told(text: str, step: int, width: int = 76, most: int = 9) -> list[str]:
    setting = read_run(text)
    written = sources(problem_of(setting), setting)
    return ["".join(piece for piece, _ in line) for line in lines(make_run(setting), step, written, width, most)]


def test_partial_times_rate_gives_the_new_weight() -> None:
    assert told("bowl:rate=0.1", 0) == ["w  0 − 0.1·(−3) = 0.3   partial: r"]
    assert told("bowl:rate=0.1", 1) == ["w  0.3 − 0.1·(−2.7) = 0.57   partial: r"]


def test_ones_own_formula_stands_there_as_typed() -> None:
    rows = told("houses:rate=0.1:steps=2:d.w1=r", 0)
    assert rows[0].endswith("partial: r")
    assert rows[1].endswith("partial: r·beds")


def test_what_a_method_remembers_is_told() -> None:
    (row,) = told("bowl:method=momentum:momentum=0.5:rate=0.1", 1)
    assert "g = −2.7" in row
    assert "v −3 → −4.2" in row


def test_at_the_end_the_last_partials_are_told() -> None:
    (row,) = told("bowl:rate=0.1:steps=2", 2)
    assert "partial" in row


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 2), (3, 3), (9, 9)])
def test_where_there_is_no_room_the_rest_is_named(most: int, count: int) -> None:
    rows = told("xor:rate=0.5:steps=2", 0, most=most)
    assert len(rows) == count
    assert rows[-1].startswith("and b₁") == (most == 3)


@pytest.mark.parametrize("width", [20, 36, 76, 196])
@pytest.mark.parametrize(
    "run", ["xor:rate=0.5:steps=2", "houses:method=adam:rate=0.5:steps=2", "bowl:rate=1e300:steps=2"]
)
def test_no_line_is_wider_than_its_room(run: str, width: int) -> None:
    assert max(map(len, told(run, 0, width))) <= width


@pytest.mark.parametrize("method", ["momentum", "nesterov", "rmsprop", "adam"])
@pytest.mark.parametrize("problem", ["ravine", "houses"])
def test_the_new_weight_is_seen_whole_at_80_columns(problem: str, method: str) -> None:
    text = f"{problem}:method={method}:rate=0.019:steps=20"
    run = make_run(read_run(text))
    for step in range(len(run.path) - 1):
        for row, after in zip(told(text, step), run.path[step + 1], strict=True):
            shown = row.split("=")[-1].split("partial")[0].strip().replace("−", "-")
            assert float(shown) == pytest.approx(after, rel=1e-3, abs=1e-3), row


@pytest.mark.parametrize("width", [32, 36, 50, 76, 116, 196])
@pytest.mark.parametrize(
    "run",
    [f"houses:method={method}:rate=100:steps=20" for method in ("gradient-descent", "momentum", "nesterov", "rmsprop")]
    + ["houses:method=adam:rate=100:steps=20", "houses-raw:rate=1e-7:steps=20"],
)
def test_the_partial_and_the_new_weight_are_seen_at_every_width(run: str, width: int) -> None:
    made = make_run(read_run(run))
    for is_moving in (False, True):
        for step in range(len(made.path) - 1):
            rows = lines(made, step, {}, width, 9, is_moving=is_moving)
            for row, slope, after in zip(rows, made.partials[step], made.path[step + 1], strict=True):
                said = "".join(piece for piece, _ in row).replace("−", "-").partition(" ")[2]
                numbers = [float(each) for each in re.findall(r"-?\d[\d.]*(?:e-?\+?\d+)?", said)]
                assert min(abs(each - slope) for each in numbers) <= 0.06 * abs(slope), (said, slope)
                assert numbers[-1] == pytest.approx(after, rel=0.06), (said, after)
                assert "…" not in said


def test_what_is_remembered_is_the_same_wherever_it_was_kept_last() -> None:
    run = make_run(read_run("xor:method=adam:rate=0.01:steps=250"))
    setting = read_run(run.setting)
    held = run.memory
    assert len(held) == 3
    update = METHODS["adam"].update
    kept = held[0]
    for step in range(250):
        assert memory_at(run, setting, step) == kept
        _, kept = update(run.path[step], run.partials[step], run.rates[step], kept, step, setting.all_options)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("bowl:rate=0.1", "new = old − rate · partial"),
        ("houses:rate=0.1", "mean of 47 examples"),
        ("houses:rate=0.1:batch=1", "example "),
        ("houses:rate=0.1:method=adam", "m ← beta1·m"),
    ],
)
def test_the_head_says_the_rule_and_what_is_averaged(run: str, said: str) -> None:
    setting = read_run(run)
    line = head(problem_of(setting), setting, 0)
    assert said in "".join(piece for piece, _ in line)
