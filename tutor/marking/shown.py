"""Numbers of many digits as text for people: short, and with enough digits to tell two of them apart."""

from fractions import Fraction
from typing import Any

from tutor.words import tr

_MOST_DIGITS_SHOWN = 60


def show_value(value: Any, digits: int = 5) -> str:
    """A number of many digits, short: whole numbers whole, others to some digits."""
    context = value.context
    with context.workdps(4 * _MOST_DIGITS_SHOWN):
        value = +value
    if abs(value) < 10**9 and context.isint(value):
        text = str(int(value))
    else:
        text = str(context.nstr(value, digits, min_fixed=-4, max_fixed=9)).removesuffix(".0")
        mantissa, power, exponent = text.partition("e")
        if power:
            text = f"{mantissa.removesuffix('.0')}·10^{_exponent(exponent)}"
    return text.replace("-", "−")


def _exponent(digits: str) -> str:
    sign = "-" if digits.startswith("-") else ""
    whole = digits.lstrip("+-").lstrip("0") or "0"
    return sign + (whole if len(whole) < 16 else tr("(a number of {n} digits)", n=len(whole)))


def show_coordinate(value: Fraction) -> str:
    """An exact number as a person would type it: decimals where they end soon, else a fraction."""
    try:
        text = f"{float(value):.10g}"
    except OverflowError:
        text = "inf"
    if text != "inf" and "e" not in text and Fraction(text) == value:
        return text.replace("-", "−")
    exact = str(value)
    if len(exact) > 24:
        exact = f"{float(value):.17g}" if text != "inf" else tr("about 10^{n}", n=len(str(abs(value.numerator))) - 1)
    return exact.replace("-", "−")


def show_apart(yours: Any, right: Any) -> tuple[str, str]:
    """Both numbers with as few digits as still tell them apart."""
    for digits in (5, 8, 12, 17, 25, 40, _MOST_DIGITS_SHOWN):
        pair = show_value(yours, digits), show_value(right, digits)
        if pair[0] != pair[1]:
            return pair
    return show_value(yours), tr("a little more") if right > yours else tr("a little less")
