"""What can be changed about a run, and how it is named."""

import pytest

from tutor.descent.runstring import read_run, write_run
from tutor.descent.setting import Setting, check, problem_of
from tutor.errors import UsageError
from tutor.front.lab.experiment import (
    exercises,
    fields,
    letters,
    method_said,
    other_method,
    same_ground,
    setting_of,
    stepped,
    typed,
)
from tutor.front.lab.menu import OFFERS
from tutor.front.lab.own import own_run
from tutor.front.lab.rates import edge_of, rates_for
from tutor.front.prompt import vocabulary

CHANGES = [
    ("houses:rate=0.1:steps=400", "method", 1, "houses:method=momentum:rate=0.1:steps=400:momentum=0.9"),
    ("houses:rate=0.1:steps=400", "rate", 1, "houses:rate=0.3:steps=400"),
    ("houses:rate=0.1:steps=400", "rate", -1, "houses:rate=0.03:steps=400"),
    ("houses:rate=0.1:steps=400", "steps", 1, "houses:rate=0.1:steps=1000"),
    ("houses:rate=0.1:steps=400", "batch", 1, "houses:rate=0.1:steps=400:batch=1:seed=1"),
    ("houses:rate=0.1:steps=400", "start.b", -1, "houses:rate=0.1:steps=400:start=b=-0.5"),
    ("houses:rate=0.1:steps=400", "schedule", 1, "houses:rate=0.1:schedule=inverse:half=100:steps=400"),
    (
        "houses:method=momentum:momentum=0.9:rate=0.1:steps=400",
        "option.momentum",
        1,
        "houses:method=momentum:rate=0.1:steps=400:momentum=0.95",
    ),
]


@pytest.mark.parametrize(("before", "name", "by", "after"), CHANGES)
def test_a_step_of_a_field(before: str, name: str, by: int, after: str) -> None:
    setting = read_run(before)
    field = next(each for each in fields(setting, problem_of(setting)) if each.name == name)
    assert write_run(stepped(setting, field, by)) == after


@pytest.mark.parametrize("each", OFFERS, ids=lambda each: each.problem)
def test_every_field_can_be_stepped_both_ways_again_and_again(each: object) -> None:
    setting = setting_of(each.problem)
    problem = problem_of(setting)
    for name in [field.name for field in fields(setting, problem)]:
        for by in (1, 1, 1, -1, -1, -1, -1, -1):
            field = next(found for found in fields(setting, problem) if found.name == name)
            setting = stepped(setting, field, by)
            check(setting)


def test_what_is_typed_must_be_a_number() -> None:
    setting = read_run("houses:rate=0.1")
    steps, start = (each for each in fields(setting, problem_of(setting)) if each.name in ("steps", "start.w1"))
    assert typed(setting, steps, "25").steps == 25
    assert typed(setting, start, "−2.5").start == {"w1": -2.5}
    with pytest.raises(UsageError, match="not a whole number"):
        typed(setting, steps, "2.7")
    for text in ("", "e", "1-", "--", "inf" * 3):
        with pytest.raises(UsageError, match="not a number"):
            typed(setting, steps, text)
    with pytest.raises(UsageError):
        typed(setting, steps, "inf")


def test_methods_go_round_and_leave_their_options_behind() -> None:
    setting = read_run("bowl:method=momentum:momentum=0.5")
    seen = [setting.method]
    for _ in range(5):
        setting = other_method(setting, 1)
        check(setting)
        seen.append(setting.method)
    assert len(set(seen)) == 5
    assert seen[0] == seen[-1]
    assert other_method(other_method(setting, 1), -1).method == setting.method


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("houses", "gradient descent"),
        ("houses:method=momentum:momentum=0.5:batch=1", "momentum 0.5, one example at a time"),
        ("houses:method=adam:batch=5:schedule=cosine", "Adam, batches of 5, cosine rate"),
        ("houses:rate=1.0:d.w1=r", "gradient descent, your formulas"),
    ],
)
def test_a_run_is_named_by_what_makes_it_special(run: str, said: str) -> None:
    assert method_said(setting_of(run)) == said


def test_runs_are_compared_over_the_same_problem_only() -> None:
    assert same_ground(read_run("bowl:rate=1.0"), read_run("bowl:rate=2.0:method=adam"))
    assert not same_ground(read_run("bowl:rate=1.0"), read_run("ravine:rate=1.0"))


@pytest.mark.parametrize("each", OFFERS, ids=lambda each: each.problem)
def test_every_offer_opens_with_its_own_rate(each: object) -> None:
    setting = setting_of(each.problem)
    assert (setting.rate, setting.steps) == (each.rate, each.steps)
    check(setting)


@pytest.mark.parametrize(
    ("line", "run", "fault"),
    [
        ("(w - 3)^2; w=5", "loss={w~-~3}^2:rate=0.05:steps=400:start=w=5.0", ""),
        ("u^2 + v^2;u=1,v=−2", "loss=u^2~+~v^2:rate=0.05:steps=400:start=u=1.0,v=-2.0", ""),
        ("u^2 + v^2", "loss=u^2~+~v^2:rate=0.05:steps=400:start=u=1.0,v=1.0", ""),
        ("", "", "column"),
        ("(w", "", "column"),
        ("w^2; w", "", "weight, = and a number"),
        ("w^2; w=x", "", "stands a number"),
        ("w^2; w=1, u=2", "", "no u"),
    ],
)
def test_a_loss_of_ones_own(line: str, run: str, fault: str) -> None:
    found, said = own_run(line)
    assert found == run
    assert fault in said
    assert bool(said) is not bool(found)


def test_an_edge_that_is_estimated_anew_is_marked_once() -> None:
    assert edge_of(0.0019968038373, 0.0019968038999) == 0.0019968038373
    assert edge_of(0.0018, 0.0019968038999) == 0.0019968038999
    assert edge_of(0.1, None) is None


@pytest.mark.parametrize(
    ("rate", "largest"), [(0.1, 1.28), (1e-7, 4e-7), (0.1, None), (5.0, 0.02), (1e300, None), (1e-300, 1e-299)]
)
def test_the_slider_holds_the_rate_and_the_edge_in_order(rate: float, largest: float | None) -> None:
    rates = rates_for(rate, largest)
    assert rate in rates
    assert list(rates) == sorted(set(rates))
    assert 5 <= len(rates) <= 17
    if largest:
        assert largest in rates
        assert any(value > largest for value in rates)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("bowl", "E = r²/2, r = w − 3."),
        ("houses", "E = r²/2, r = w₁·sqft + w₂·beds + b − price."),
        ("ravine", "E = u²/2 + 50v²."),
        ("logistic", "E = ln(1 + e^(−(w·x + b))) + (1 − y)(w·x + b), prediction = σ(w·x + b)."),
    ],
)
def test_the_letters_of_a_problem_are_explained(problem: str, said: str) -> None:
    assert letters(problem_of(setting_of(problem))).replace("wx", "w·x") == said


@pytest.mark.parametrize("name", [each.problem for each in OFFERS])
def test_a_typed_formula_is_read_in_its_box_as_the_run_reads_it(name: str) -> None:
    problem = problem_of(Setting(problem=name))
    boxes = exercises(problem)
    assert list(boxes) == list(problem.weights)
    for exercise in boxes.values():
        assert vocabulary(exercise) == problem.vocabulary, "sqft is one name, and no product of letters"
