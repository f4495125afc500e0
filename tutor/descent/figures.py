"""How numbers are written where they are compared."""

FOUR, SIX, ALL = 4, 6, 17
"Significant figures: as many as a glance takes, as many as are read with ease, and as many as tell any two numbers apart."


def apart(one: float, other: float, fewest: int = SIX) -> tuple[str, str]:
    """Two numbers to six figures or so, or to as many more as tell them apart.

    >>> apart(1.3, 2 / 3), apart(0.02000001, 0.02), apart(0.1 + 0.2, 0.3), apart(1.0, 1.0)
    (('1.3', '0.666667'), ('0.02000001', '0.02'), ('0.30000000000000004', '0.29999999999999999'), ('1', '1'))
    """
    for count in range(fewest, ALL + 1):
        texts = f"{one:.{count}g}", f"{other:.{count}g}"
        if texts[0] != texts[1]:
            break
    return texts if one != other else (f"{one:.{fewest}g}", f"{other:.{fewest}g}")
