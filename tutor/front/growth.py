"""The picture of the last weeks: how much of all skills was known at the end of each."""

from collections.abc import Sequence

from tutor.front.picture import Picture, Series
from tutor.study.weeks import Week
from tutor.words import tr


def growth_picture(weeks: Sequence[Week]) -> Picture:
    """A curve over the weeks before this one, in percent of all skills of the course."""
    first = 1 - len(weeks)
    points = tuple((float(first + number), 100 * week.known) for number, week in enumerate(weeks))
    return Picture(
        series=(Series(points, "curve-1"),),
        left=float(min(first, -1)),
        right=0.0,
        bottom=0.0,
        top=100.0,
        across=tr("weeks before this one"),
        up=tr("skills known, in %"),
    )
