"""The sales of houses that came with the program, as numbers, and what a column of them is scaled by."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from tutor import places
from tutor.errors import TutorError
from tutor.words import tr


class MissingDataError(TutorError):
    """The data of a problem are not where the program was installed, or are not what they were."""


def read_sales() -> list[tuple[float, float, float]]:
    """Living area in square feet, bedrooms, price in US dollars; one tuple a sale."""
    path = places.course_directory() / "data" / "portland_houses.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            sales = [
                (float(row["square_feet"]), float(row["bedrooms"]), float(row["price_usd"]))
                for row in csv.DictReader(file)
            ]
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise MissingDataError(_unusable(path)) from fault
    # A column without variation cannot be standardised.
    columns = list(zip(*sales, strict=True))
    if not columns or not all(len(set(column)) > 1 and all(map(math.isfinite, column)) for column in columns):
        raise MissingDataError(_unusable(path))
    return sales


def _unusable(path: Path) -> str:
    return tr("The house prices cannot be read from {path}. They came with the tutor: install it again.", path=path)


def standardise(column: Sequence[float]) -> tuple[float, float]:
    """The mean and the standard deviation of a column, dividing by its length; both in the column's unit.

    >>> standardise([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    (5.0, 2.0)
    """
    mean = math.fsum(column) / len(column)
    return mean, math.sqrt(math.fsum((x - mean) * (x - mean) for x in column) / len(column))
