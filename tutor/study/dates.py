"""Days as people read them, in the language of the tutor: Python's names of months follow the system's, which may be another."""

from datetime import date
from typing import Final

from tutor.words import tr

_MONTHS: Final = (
    tr("January"),
    tr("February"),
    tr("March"),
    tr("April"),
    tr("May"),
    tr("June"),
    tr("July"),
    tr("August"),
    tr("September"),
    tr("October"),
    tr("November"),
    tr("December"),
)
_SHORT: Final = (
    tr("Jan"),
    tr("Feb"),
    tr("Mar"),
    tr("Apr"),
    tr("May"),
    tr("Jun"),
    tr("Jul"),
    tr("Aug"),
    tr("Sep"),
    tr("Oct"),
    tr("Nov"),
    tr("Dec"),
)


def full_day(day: date) -> str:
    """A day of any year.

    >>> full_day(date(2026, 3, 1))
    '1 Mar 2026'
    """
    return tr("{day} {month} {year}", day=day.day, month=_SHORT[day.month - 1], year=day.year)


def short_day(day: date) -> str:
    """A day of the last months, where there is little room.

    >>> short_day(date(2026, 3, 1))
    '1 Mar'
    """
    return tr("{day} {month}", day=day.day, month=_SHORT[day.month - 1])


def coming_day(day: date) -> str:
    """A day of the next months, within a sentence.

    >>> coming_day(date(2026, 3, 1))
    '1 March'
    """
    return tr("{day} {month}", day=day.day, month=_MONTHS[day.month - 1])
