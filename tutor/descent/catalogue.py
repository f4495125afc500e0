"""The problems that can be descended, by name."""

from collections.abc import Callable
from typing import Final

from tutor.descent.problem import Feature, Problem
from tutor.descent.sales import read_sales, standardise
from tutor.errors import UsageError
from tutor.nearest import nearest
from tutor.words import tr


def find_problem(name: str) -> Problem:
    """The problem of that name.

    Raises:
        UsageError: no problem is called that.
        MissingDataError: its data did not come with the program.
    """
    if name not in PROBLEMS:
        raise UsageError(
            tr("There is no problem called {name!r}. {nearest}", name=name[:40], nearest=nearest(name, PROBLEMS))
        )
    return PROBLEMS[name]()


def _bowl() -> Problem:
    """One weight and no data: a single example with nothing in it."""
    return Problem(
        name="bowl",
        title=tr("A bowl with its bottom at w = 3"),
        weights=("w",),
        residual="w - 3",
        start=(0.0,),
    )


def _houses() -> Problem:
    sizes, bedrooms, _ = zip(*read_sales(), strict=True)
    return _houses_with(
        "houses",
        tr("Prices of 47 houses in Portland, features standardised"),
        (standardise(sizes), standardise(bedrooms)),
    )


def _houses_raw() -> Problem:
    """The same houses without scaling: the descent all but stands still, and that is the lesson."""
    return _houses_with(
        "houses-raw", tr("Prices of 47 houses in Portland, features as they are"), ((0.0, 1.0), (0.0, 1.0))
    )


def _houses_with(name: str, title: str, scaling: tuple[tuple[float, float], tuple[float, float]]) -> Problem:
    (size_mean, size_deviation), (beds_mean, beds_deviation) = scaling
    return Problem(
        name=name,
        title=title,
        weights=("w1", "w2", "b"),
        inputs=(
            Feature(name="sqft", label=tr("square feet"), mean=size_mean, deviation=size_deviation),
            Feature(name="beds", label=tr("bedrooms"), mean=beds_mean, deviation=beds_deviation),
        ),
        target="price",
        residual="w1*sqft + w2*beds + b - price",
        model="w1*sqft + w2*beds + b",
        rows=tuple(
            ((size - size_mean) / size_deviation, (beds - beds_mean) / beds_deviation, price)
            for size, beds, price in read_sales()
        ),
        start=(0.0, 0.0, 0.0),
    )


def _houses_thousands() -> Problem:
    return _houses_with(
        "houses-thousands",
        tr("Prices of 47 houses in Portland, sizes in thousands of feet"),
        ((0.0, 1000.0), (0.0, 1.0)),
    )


def _landscape(name: str, title: str, formula: str, start: tuple[float, float]) -> Callable[[], Problem]:
    return lambda: Problem(name=name, title=title, weights=("u", "v"), formula=formula, start=start)


def _logistic() -> Problem:
    """Did a learner pass after so many hours? With y 0 or 1 the error is -ln of the probability given to what happened."""
    hours = (
        0.5,
        0.75,
        1.0,
        1.25,
        1.5,
        1.75,
        1.75,
        2.0,
        2.25,
        2.5,
        2.75,
        3.0,
        3.25,
        3.5,
        4.0,
        4.25,
        4.5,
        4.75,
        5.0,
        5.5,
    )
    passed = (0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1)
    return Problem(
        name="logistic",
        title=tr("Who passes after so many hours of study: logistic regression"),
        weights=("w", "b"),
        formula="ln(1 + e^(-(w*x + b))) + (1 - y)*(w*x + b)",
        model="sigmoid(w*x + b)",
        inputs=(Feature(name="x", label=tr("hours")),),
        target="y",
        rows=tuple((x, float(y)) for x, y in zip(hours, passed, strict=True)),
        start=(0.0, 0.0),
    )


def _xor() -> Problem:
    """Two inputs, two tanh units, one tanh unit; a start off the saddle at 0, where nothing would move."""
    return Problem(
        name="xor",
        title=tr("A network of two tanh units that learns exclusive or"),
        weights=("w1", "w2", "b1", "w3", "w4", "b2", "v1", "v2", "c"),
        formula="(tanh(v1*tanh(w1*p + w2*q + b1) + v2*tanh(w3*p + w4*q + b2) + c) - y)^2/2",
        model="tanh(v1*tanh(w1*p + w2*q + b1) + v2*tanh(w3*p + w4*q + b2) + c)",
        inputs=(Feature(name="p", label=tr("first")), Feature(name="q", label=tr("second"))),
        target="y",
        rows=((-1.0, -1.0, -1.0), (-1.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, -1.0)),
        start=(0.5, 0.4, 0.3, -0.3, -0.6, 0.4, 0.6, 0.5, -0.1),
    )


PROBLEMS: Final[dict[str, Callable[[], Problem]]] = {
    "bowl": _bowl,
    "ravine": _landscape(
        "ravine", tr("A ravine, a hundred times steeper across than along"), "u^2/2 + 50v^2", (10.0, 1.0)
    ),
    "saddle": _landscape(
        "saddle", tr("A saddle at 0, with a bottom on either side"), "u^2/2 - v^2/2 + v^4/4", (1.0, 0.001)
    ),
    "rosenbrock": _landscape("rosenbrock", tr("Rosenbrock's bent valley"), "(1 - u)^2 + 100(v - u^2)^2", (-1.2, 1.0)),
    "himmelblau": _landscape(
        "himmelblau", tr("Himmelblau's four bottoms"), "(u^2 + v - 11)^2 + (u + v^2 - 7)^2", (0.0, 0.0)
    ),
    "houses": _houses,
    "houses-raw": _houses_raw,
    "houses-thousands": _houses_thousands,
    "logistic": _logistic,
    "xor": _xor,
}
"By name; each is made when it is asked for, since most have a file to read."
