"""The problems that can be descended, by name."""

from collections.abc import Callable
from typing import Final

from tutor.descent.problem import Feature, Problem
from tutor.descent.sales import read_sales, standardise
from tutor.errors import UsageError
from tutor.nearest import nearest


def find_problem(name: str) -> Problem:
    """The problem of that name.

    Raises:
        UsageError: no problem is called that.
        MissingDataError: its data did not come with the program.
    """
    if name not in PROBLEMS:
        raise UsageError(f"There is no problem called {name[:40]!r}. {nearest(name, PROBLEMS)}")
    return PROBLEMS[name]()


def _bowl() -> Problem:
    """One weight and no data: a single example with nothing in it."""
    return Problem(
        name="bowl",
        title="A bowl with its bottom at w = 3",
        weights=("w",),
        residual="w - 3",
        start=(0.0,),
    )


def _houses() -> Problem:
    sizes, bedrooms, _ = zip(*read_sales(), strict=True)
    return _houses_with(
        "houses",
        "Prices of 47 houses in Portland, features standardised",
        (standardise(sizes), standardise(bedrooms)),
    )


def _houses_raw() -> Problem:
    """The same houses without scaling: the descent all but stands still, and that is the lesson."""
    return _houses_with("houses-raw", "Prices of 47 houses in Portland, features as they are", ((0.0, 1.0), (0.0, 1.0)))


def _houses_with(name: str, title: str, scaling: tuple[tuple[float, float], tuple[float, float]]) -> Problem:
    (size_mean, size_deviation), (beds_mean, beds_deviation) = scaling
    return Problem(
        name=name,
        title=title,
        weights=("w1", "w2", "b"),
        inputs=(
            Feature(name="sqft", label="square feet", mean=size_mean, deviation=size_deviation),
            Feature(name="beds", label="bedrooms", mean=beds_mean, deviation=beds_deviation),
        ),
        target="price",
        residual="w1*sqft + w2*beds + b - price",
        rows=tuple(
            ((size - size_mean) / size_deviation, (beds - beds_mean) / beds_deviation, price)
            for size, beds, price in read_sales()
        ),
        start=(0.0, 0.0, 0.0),
    )


PROBLEMS: Final[dict[str, Callable[[], Problem]]] = {"bowl": _bowl, "houses": _houses, "houses-raw": _houses_raw}
"By name; each is made when it is asked for, since most have a file to read."
