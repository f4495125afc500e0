"""Typed partials and what is said of each: the mistake, and the picture that it makes."""

import pytest

from tutor.descent.catalogue import find_problem
from tutor.descent.comparison import told
from tutor.descent.formula import formula_problem
from tutor.descent.mistaken import mistakes, sentence
from tutor.descent.problem import Feature, Problem
from tutor.descent.runstring import read_run
from tutor.descent.train import make_run, train
from tutor.front.training import how_it_ended

TABLE = [
    # problem, weight, formula, slip, what is said
    ("houses", "w1", "0", "", "is always 0: w₁ freezes"),
    ("houses", "w1", "r*sqft - sqft*r", "", "is always 0: w₁ freezes"),
    ("houses", "w1", "-r*sqft", "G3", "has the wrong sign: w₁ moves away"),
    ("houses", "w1", "(price - w1*sqft - w2*beds - b)*sqft", "G3", "has the wrong sign: w₁ moves away"),
    ("houses", "w1", "2r*sqft", "G2", "is twice the right one: w₁ moves as if its rate were doubled"),
    ("houses", "b", "r/2", "G2", "is half the right one: b moves as if its rate were halved"),
    ("houses", "w1", "r*sqft/47", "", "is 0.02128 times the right one"),
    ("houses", "w1", "-3r*sqft", "", "is -3 times the right one: with the wrong sign"),
    ("houses", "w1", "r", "G1", "lacks the factor sqft: every example pushes w₁ as if its sqft were 1"),
    ("houses", "w1", "-r", "", "lacks the factor sqft and has the wrong sign"),
    ("houses", "w1", "sqft", "", "lacks the residual r: the push on w₁ stays the same"),
    ("houses", "w1", "r*beds", "", "is the one for w₂: w₁ follows the wrong slope"),
    ("houses", "w1", "price", "", "is not the right one"),
    ("houses", "w1", "1/w1", "", "does not always give a number"),
    ("bowl", "w", "3 - w", "G3", "has the wrong sign: w moves away"),
    ("bowl", "w", "sqrt(w)^2 - 3", "", "does not always give a number"),
    ("ravine", "u", "100v", "", "is the one for v"),
    ("ravine", "u", "1", "", "is the same everywhere: u drifts"),
    ("rosenbrock", "v", "-200(v - u^2)", "", "has the wrong sign"),
    ("logistic", "w", "sigmoid(w*x + b) - y", "G1", "lacks the factor x"),
    ("xor", "v1", "0", "", "is always 0: v₁ freezes"),
]


@pytest.mark.parametrize(("problem", "weight", "formula", "slip", "said"), TABLE)
def test_which_mistake_it_is(problem: str, weight: str, formula: str, slip: str, said: str) -> None:
    (found,) = mistakes(find_problem(problem), {weight: formula})
    assert (found.weight, found.slip) == (weight, slip)
    assert said in sentence(found)


def of_rows(a: list[float]) -> Problem:
    """A model w*a + b of y, in which w's partial has a factor that may be 1 for long."""
    rows = tuple((value, 2.0 + 3 * k % 7) for k, value in enumerate(a))
    columns = (Feature(name="a", label="a"), Feature(name="y", label="y"))
    return Problem(
        name="table",
        title="",
        weights=("w", "b"),
        start=(0.0, 0.0),
        formula="(w*a + b - y)^2/2",
        model="w*a + b",
        inputs=columns,
        rows=rows,
    )


@pytest.mark.parametrize(
    ("a", "slip", "said"),
    [
        ([1.0] * 35 + [3.0] * 5, "G1", "lacks the factor a"),
        ([1.0] * 250 + [3.0] * 50, "G1", "lacks the factor a"),
        ([1.0] * 299 + [3.0] + [1.0] * 300, "", "is not the right one at some of the examples"),
    ],
)
def test_a_slip_that_only_some_rows_show_is_found(a: list[float], slip: str, said: str) -> None:
    (found,) = mistakes(of_rows(a), {"w": "prediction - y", "b": "w*a + b - y"})
    assert (found.weight, found.slip) == ("w", slip)
    assert said in found.what


def test_two_values_that_differ_are_printed_apart() -> None:
    (found,) = mistakes(find_problem("houses"), {"w1": "r*sqft + 1"})
    first, wanted = found.what.removeprefix("is not the right one: where it gives ").split(", the right one gives ")
    assert first != wanted


def test_where_the_right_one_has_no_value_nothing_is_compared() -> None:
    assert mistakes(formula_problem("ln(w)^2", {"w": 1.0}), {"w": "2ln(w)/w"}) == ()


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        (
            {"w1": "r"},
            "As far as this run goes, your formulas take the very path of the right ones. Your formula for w₁ lacks",
        ),
        ({"w1": "sqft*r"}, "Your formulas take the very path of the right ones."),
    ],
)
def test_a_rate_that_carries_both_runs_away_hides_no_slip(formulas: dict[str, str], said: str) -> None:
    run, right = train("houses", 1e150, 400, formulas), train("houses", 1e150, 400, {})
    assert told(run, right).startswith(said)
    assert how_it_ended(run, right).startswith(
        "After step 0 the numbers grow too large to go on. The rate 1e+150 is above 1.28208,"
    )


@pytest.mark.parametrize(
    ("problem", "formulas"),
    [
        ("houses", {"w1": "sqft*r", "w2": "beds(w1*sqft + w2*beds + b - price)", "b": "2r/2"}),
        ("logistic", {"w": "x(1/(1 + e^(-w*x - b)) - y)"}),
        ("rosenbrock", {"u": "2u - 2 - 400u*v + 400u^3"}),
        ("xor", {}),
    ],
)
def test_of_a_right_formula_however_written_nothing_is_said(problem: str, formulas: dict[str, str]) -> None:
    assert mistakes(find_problem(problem), formulas) == ()
    assert train(problem, 1e-3, 3, formulas).mistakes == ()


LATER = [
    # run, what is said of it where the run has gone far; nothing of right formulas, however rounding parts them there
    (
        "bowl:rate=1.5:d.w=-%7Cw-3%7C",
        "right around the start, but not where the run went: at step 10 it gives -5722, the",
    ),
    ("bowl:rate=1.5:d.w=w-3", ""),
    ("bowl:rate=2.5:d.w=w-3", ""),
    ("bowl:rate=1e300:d.w=w-3", ""),
    ("rosenbrock:rate=0.01:d.u=400u^3-400u*v+2u-2", ""),
    ("loss={1+e^{-w}}^{-1}:start=w=300:d.w=e^w/{1+e^w}^2", ""),  # around the start e^w is larger than any number
    (
        "loss=cos{{u-v}{v-6}}:rate=0.744:start=u=0.13,v=2.76:method=momentum:steps=60:d.v={u-2v+6}*-sin{u*v-6u-v^2+6v}",
        "",
    ),
]


@pytest.mark.parametrize(("run", "said"), LATER)
def test_a_formula_is_looked_at_where_its_run_went_too(run: str, said: str) -> None:
    found = make_run(read_run(run)).mistakes
    assert [said in sentence(mistake) for mistake in found] == [True] * bool(said)


@pytest.mark.parametrize(
    ("formula", "seen", "named"),
    [
        ("0", "w₂ stays where it began", "w₂ freezes"),
        ("-r*beds", "run away and never come back", "w₂ moves away"),
        ("2r*beds", "end where the right ones do", "as if its rate were doubled"),
        ("1/w2", "gives no number at the start, so the run cannot go on.", ""),
    ],
)
def test_the_picture_and_the_mistake_are_told_together(formula: str, seen: str, named: str) -> None:
    said = told(train("houses", 0.1, 400, {"w2": formula}), train("houses", 0.1, 400, {}))
    assert seen in said
    assert named in said
    assert said.count("Your formula for") == 1
