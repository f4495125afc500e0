"""The problems: their data, their scaling, and the way back to raw units."""

import math

import pytest

from tutor import places
from tutor.descent.catalogue import find_problem
from tutor.descent.sales import MissingDataError, standardise
from tutor.descent.units import raw_formula, raw_weights
from tutor.errors import UsageError

# The figures of lessons/data/README.md, computed with NumPy in float64.
MEANS = (2000.68085106, 3.17021277)
DEVIATIONS = (786.202619, 0.752842809)


def test_the_47_houses_are_scaled_as_numpy_scales_them():
    houses = find_problem("houses")
    assert len(houses.rows) == 47
    for feature, mean, deviation in zip(houses.inputs, MEANS, DEVIATIONS, strict=True):
        assert feature.mean == pytest.approx(mean, rel=1e-8)
        assert feature.deviation == pytest.approx(deviation, rel=1e-8)


def test_the_first_house_is_the_first_line_of_the_file():
    assert find_problem("houses-raw").rows[0] == (2104.0, 3.0, 399900.0)
    size, beds, price = find_problem("houses").rows[0]
    assert size * DEVIATIONS[0] + MEANS[0] == pytest.approx(2104)
    assert beds * DEVIATIONS[1] + MEANS[1] == pytest.approx(3)
    assert price == 399900.0


def test_scaled_columns_have_mean_0_and_deviation_1():
    for column in list(zip(*find_problem("houses").rows, strict=True))[:2]:
        mean, deviation = standardise(column)
        assert mean == pytest.approx(0, abs=1e-15)
        assert deviation == pytest.approx(1, abs=1e-15)


def test_raw_weights_predict_the_same_prices():
    houses, raw_houses = find_problem("houses"), find_problem("houses-raw")
    weights = (109447.79646964, -6578.35485416, 340412.65957447)
    raw = raw_weights(houses, weights)
    for (z1, z2, _), (size, beds, _) in zip(houses.rows, raw_houses.rows, strict=True):
        scaled = weights[0] * z1 + weights[1] * z2 + weights[2]
        assert raw[0] * size + raw[1] * beds + raw[2] == pytest.approx(scaled, rel=1e-12)


@pytest.mark.parametrize(
    ("problem", "raw", "expected"),
    [
        (
            "houses",
            (139.2106740, -8738.01911, 89597.9095),
            "price = 139.211 x square feet - 8738.02 x bedrooms + 89597.9",
        ),
        ("houses", (-1.5, 2.0, -3.0), "price = -1.5 x square feet + 2 x bedrooms - 3"),
        ("bowl", (3.0,), "w = 3"),
        ("bowl", (-3.0,), "w = -3"),
    ],
)
def test_the_prediction_in_raw_units_as_text(problem, raw, expected):
    assert raw_formula(find_problem(problem), raw) == expected


@pytest.mark.parametrize(
    ("name", "weights", "columns"),
    [
        ("houses", ("w1", "w2", "b"), ("sqft", "beds", "price")),
        ("houses-raw", ("w1", "w2", "b"), ("sqft", "beds", "price")),
        ("bowl", ("w",), ()),
    ],
)
def test_every_problem_names_what_its_formulas_use(name, weights, columns):
    problem = find_problem(name)
    assert (problem.weights, problem.columns) == (weights, columns)
    assert all(len(row) == len(columns) for row in problem.rows)
    assert len(problem.start) == len(weights) == len(problem.inputs) + 1
    assert all(map(math.isfinite, (value for row in problem.rows for value in row)))
    problem.tree(problem.error)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("house", "Did you mean `houses`?"),
        ("BOATS", "Known here: bowl, ravine, "),
        ("", "Known here: bowl, ravine, "),
        ("../../etc/passwd", "Known here: bowl, ravine, "),
        ("h" * 100_000, "Known here: bowl, ravine, "),
    ],
)
def test_an_unknown_problem_leads_to_the_known_ones(name, said):
    with pytest.raises(UsageError, match=r"There is no problem called") as fault:
        find_problem(name)
    assert said in str(fault.value)
    assert len(str(fault.value)) < 240


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "a,b\n1,2\n",
        "square_feet,bedrooms,price_usd\n2104,three,399900\n",
        "square_feet,bedrooms,price_usd\n2104\n",
        "square_feet,bedrooms,price_usd\n2104,3,nan\n",
    ],
)
def test_missing_or_spoilt_data_are_explained(text, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "course_directory", lambda: tmp_path)
    if text is not None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "portland_houses.csv").write_text(text)
    with pytest.raises(MissingDataError, match="cannot be read from"):
        find_problem("houses")


def test_a_course_of_ones_own_does_not_take_the_houses_away(tmp_path, monkeypatch):
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    assert len(find_problem("houses").rows) == 47
