"""`tutor descend`: the table, the JSON object, and wrong usage."""

import argparse
import json

import pytest

from tutor import display
from tutor.commands import descend
from tutor.descent.methods import METHODS, Method
from tutor.errors import UsageError


def ask(problem="houses", **options):
    given = {
        "rate": "0.1",
        "steps": "400",
        "method": "gradient-descent",
        "gradient": [],
        "every": None,
        "json": False,
    } | {"csv": False, "check_gradient": False, "plot": False, "view": None, "ascii": False}
    return argparse.Namespace(problem=problem, **(given | options))


def answer(capsys, **options):
    assert descend.run(ask(json=True, **options)) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.count("\n") == 1
    return json.loads(printed.out)


def test_the_json_object(capsys):
    said = answer(capsys)
    assert said["problem"] == "houses"
    assert said["method"] == "gradient-descent"
    assert said["rate"] == 0.1
    assert said["weights"] == ["w1", "w2", "b"]
    assert said["loss_is"] == "half the mean squared error"
    assert said["formulas"].keys() == {"w1", "w2", "b"}
    assert said["stop"]["reason"] == "converged"
    assert said["stop"]["step"] == said["steps"][-1]["step"]
    assert said["steps"][0] == {
        "step": 0,
        "standardised": {"w1": 0.0, "w2": 0.0, "b": 0.0},
        "raw": {"w1": 0.0, "w2": 0.0, "b": 0.0},
        "loss": pytest.approx(131183096212.91489 / 2),
    }
    assert said["optimum"]["standardised"] == pytest.approx(
        {"w1": 109447.79646964, "w2": -6578.35485416, "b": 340412.65957447}, rel=1e-12
    )
    assert said["optimum"]["raw"] == pytest.approx(
        {"w1": 139.21067402, "w2": -8738.01911233, "b": 89597.9095428}, rel=1e-9
    )
    assert said["optimum"]["loss"] == pytest.approx(4086560101.20566 / 2, rel=1e-12)
    assert said["steps"][-1]["raw"] == pytest.approx(said["optimum"]["raw"], rel=1e-6)


@pytest.mark.parametrize(
    ("steps", "every", "expected"),
    [
        ("5", None, [0, 1, 2, 3, 4, 5]),
        ("50", None, list(range(51))),
        ("7", "3", [0, 3, 6, 7]),
        ("6", "3", [0, 3, 6]),
        ("6", "100", [0, 6]),
        ("101", None, [*range(0, 100, 3), 101]),
    ],
)
def test_which_steps_are_reported(steps, every, expected, capsys):
    assert [each["step"] for each in answer(capsys, steps=steps, every=every)["steps"]] == expected


def test_fifty_steps_at_full_precision(capsys):
    last = answer(capsys, steps="50")["steps"][-1]
    assert last["standardised"] == pytest.approx(
        {"w1": 103322.82942954, "w2": -474.74249522, "b": 338658.2492493}, rel=1e-9
    )


def test_the_formulas_are_shown_as_used_and_can_be_typed_again(capsys):
    first = answer(capsys, steps="30", gradient=["w1=2r*sqft"])
    again = answer(capsys, steps="30", gradient=[f"{name}={formula}" for name, formula in first["formulas"].items()])
    for one, other in zip(first["steps"], again["steps"], strict=True):
        assert one["standardised"] == pytest.approx(other["standardised"], rel=1e-12)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "converged"),
        ({"steps": "20"}, "steps"),
        ({"rate": "1.3"}, "diverged"),
        ({"rate": "1e-3"}, "steps"),
        ({"gradient": ["w1 = 1/w1"]}, "not-a-number"),
        ({"gradient": ["w_1=-r*sqft"]}, "diverged"),  # w_1 and w₁ are w1
        ({"gradient": ["w₁=-r*sqft"]}, "diverged"),
        ({"problem": "houses-raw"}, "diverged"),
        ({"problem": "bowl"}, "converged"),
    ],
)
def test_it_is_no_failure_to_diverge(options, reason, capsys):
    stop = answer(capsys, **options)["stop"]
    assert stop["reason"] == reason
    assert stop["why"].endswith(".")


def test_the_table(capsys):
    assert descend.run(ask()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "price = 139.211 x square feet - 8738.02 x bedrooms + 89597.9"
    assert "agree with least squares" in lines[-2]
    start = next(place for place, line in enumerate(lines) if line.split()[:1] == ["step"])
    assert lines[start].split() == ["step", "w1", "w2", "b", "loss"]
    assert lines[start + 1].split() == ["0", "0", "0", "0", "6.55915e+10"]
    table = lines[start : lines.index("", start)]
    assert len({len(line) for line in table}) == 1
    assert 10 <= len(table) <= 14
    assert all(line.isascii() for line in lines)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"problem": "hauses"}, "Did you mean `houses`?"),
        ({"rate": "fast"}, "above 0"),
        ({"rate": "nan"}, "above 0"),
        ({"rate": "-1"}, "above 0"),
        ({"steps": "many"}, "--steps"),
        ({"steps": "1.5"}, "--steps"),
        ({"steps": "0"}, "--steps"),
        ({"steps": "1000000"}, "between 1 and 100000"),
        ({"every": "0"}, "--every"),
        ({"every": "often"}, "--every"),
        ({"method": "momentom"}, "Did you mean `momentum`?"),
        ({"gradient": ["size=r"]}, "Known here: w1, w2, b."),
        ({"gradient": ["w1"]}, "name=formula"),
        ({"gradient": ["=r"]}, "name=formula"),
        ({"gradient": ["w1="]}, "name=formula"),
        ({"gradient": ["w1=r", "w_1=2r"]}, "two formulas for 'w1'"),
        ({"csv": True, "plot": True}, "--csv and --plot are two kinds of answer"),
        ({"json": True, "view": "loss"}, "--json and --plot are"),
        ({"json": True, "check_gradient": True}, "--json and --check-gradient are"),
        ({"gradient": ["w1=banana"]}, "You can use b, beds, price, r, sqft, 2 more here; banana is not one of them."),
        ({"gradient": ["w1=r*size"]}, "In the formula for w1: "),
        ({"gradient": ["w1=__import__('os').system('id')"]}, "In the formula for w1: "),
    ],
)
def test_wrong_usage_says_what_would_be_right_and_prints_nothing(options, said, capsys):
    with pytest.raises(UsageError) as fault:
        descend.run(ask(**options))
    assert said in str(fault.value)
    assert capsys.readouterr().out == ""


def test_the_method_asked_for_is_the_one_that_moves_the_weights(capsys, monkeypatch):
    monkeypatch.setitem(METHODS, "stay", Method(title="", equation="", update=lambda weights, *_: (tuple(weights), ())))
    said = answer(capsys, problem="bowl", method="stay", steps="2")
    assert said["method"] == "stay"
    assert [step["standardised"] for step in said["steps"]] == [{"w": 0.0}] * 3


def test_the_houses_are_there_whatever_lessons_are_learnt(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    assert answer(capsys, steps="1")["problem"] == "houses"


def test_a_whole_run_is_taken_and_its_string_given_back(capsys):
    said = answer(
        capsys, problem="ravine:method=momentum:rate=0.01:steps=30:momentum=0.5", rate=None, steps=None, method=None
    )
    assert said["run"] == "ravine:method=momentum:rate=0.01:steps=30:momentum=0.5"


def test_the_trajectory_as_comma_separated_values(capsys):
    assert descend.run(ask("bowl", rate="0.5", steps="2", csv=True)) == 0
    assert capsys.readouterr().out.splitlines() == ["step,w,loss", "0,0.0,4.5", "1,1.5,1.125", "2,2.25,0.28125"]


def test_a_typed_gradient_is_compared_with_finite_differences(capsys):
    assert descend.run(ask(gradient=["w1=-r*sqft"], check_gradient=True)) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.endswith(": agrees") for line in said] == [False, True, True]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("bowl", "the formula (w - 3)^2/2"),
        ("ravine", "the formula u^2/2 + 50v^2"),
        ("houses", "half the mean squared error"),
        ("logistic", "the mean error"),
    ],
)
def test_the_loss_is_called_what_it_is(problem, said, capsys):
    assert answer(capsys, problem=problem, steps="1", rate="1e-4")["loss_is"] == said


def test_what_a_wrong_formula_does_is_told_after_the_table(capsys):
    assert descend.run(ask(gradient=["w1=-r*sqft", "w2=2r*beds"])) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "With your formulas w1" in lines[-3]
    assert lines[-3].endswith("Your formula for w1 has the wrong sign: w1 moves away from where it should go.")
    assert lines[-2].startswith("Your formula for w2 is twice the right one")
    assert all(line.isascii() for line in lines)


def test_the_json_object_names_the_mistake_and_the_place(capsys):
    said = answer(capsys, gradient=["w1=r"])
    assert [(each["weight"], each["slip"]) for each in said["mistakes"]] == [("w1", "G1")]
    assert "lacks the factor sqft" in said["seen"][0]
    assert answer(capsys, problem="saddle:start=v=0.0")["stop"]["place"] == "saddle"
    assert answer(capsys)["seen"] == []


@pytest.mark.parametrize("options", [{"plot": True}, {"view": "loss"}, {"problem": "ravine", "view": "contours"}])
@pytest.mark.parametrize("columns", ["60", "132"])
def test_a_still_picture_is_as_wide_as_the_terminal(options, columns, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(display, "is_ascii", lambda: True)
    assert descend.run(ask(rate="0.01", **options)) == 0
    *picture, why = capsys.readouterr().out.splitlines()
    assert max(map(len, picture)) in range(int(columns) - 12, int(columns))
    assert all(line.isascii() for line in picture)
    assert why.startswith("Step 400 was the last one asked for")


def test_the_picture_of_a_wrong_formula_is_named_beneath(capsys):
    assert descend.run(ask(plot=True, gradient=["w1=-r*sqft"])) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("w1 moves away from where it should go.")


def test_an_unknown_view_is_refused():
    with pytest.raises(UsageError, match="weights, loss, contours"):
        descend.run(ask(view="maps"))
