"""One picture of a run as plain lines, for a terminal or a file."""

from __future__ import annotations

import math
from typing import Final

from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.errors import UsageError
from tutor.front.ascii import ONE_FOR_ONE
from tutor.front.picture import Picture, label_text
from tutor.front.plot import draw
from tutor.front.scenes import loss_picture, weights_picture
from tutor.front.shown import CURVES, Cell, is_dots
from tutor.front.trail import trail_picture
from tutor.words import tr, tr_n

VIEWS: Final = ("weights", "loss", "contours")
NARROWEST: Final = 24
HEIGHT: Final = 20

_WAYS: Final = {"curve-2": "•", "curve-3": "◦"}
"On a map, where without colours a way would be lost among the lines."


def still(problem: Problem, run: Run, right: Run | None, view: str, width: int, *, ascii: bool) -> list[str]:
    """The lines of a picture, `HEIGHT` of them and at most `width` characters long, without colours.

    Args:
        right: the run with the right formulas, drawn beside one that has others.
        view: one of `VIEWS`.

    Raises:
        UsageError: the problem has no such view.
    """
    picture = _told(_picture(problem, run, right, view), view)
    signs = CURVES if ascii else _WAYS if view == "contours" else {}
    return _lines(picture, max(NARROWEST, width), HEIGHT, signs, ascii=ascii)


def still_of(picture: Picture, width: int, height: int, *, ascii: bool) -> list[str]:
    """The lines of any picture, at least 12 by 5, without colours: several curves are told apart by their signs."""
    signs = CURVES if ascii or len(_roles(picture)) > 1 else {}
    return _lines(picture, width, height, signs, ascii=ascii)


def legend(picture: Picture) -> str:
    """Which sign is which curve, as `still_of` draws several: `* x squared, + 2x`; empty where there is but one."""
    names = {level.role: level.label for level in picture.levels} | {s.role: s.label for s in picture.series if s.label}
    named = [f"{CURVES[role]} {label_text(names[role])}" for role in _roles(picture) if role in names]
    return ", ".join(named) if len(named) > 1 else ""


def _roles(picture: Picture) -> list[str]:
    return list(dict.fromkeys(series.role for series in picture.series))


def _lines(picture: Picture, width: int, height: int, signs: dict[str, str], *, ascii: bool) -> list[str]:
    drawing = draw(picture, width, height)
    return [_plain(drawing.line(row, None), signs, ascii=ascii).rstrip() for row in range(height)]


def _picture(problem: Problem, run: Run, right: Run | None, view: str) -> Picture:
    last = max(len(run.path), len(right.path) if right else 0) - 1
    match view:
        case "weights":
            return weights_picture(run, right, max(1, last))
        case "loss":
            return loss_picture(run, right, max(1, last))
    picture = trail_picture(problem, run, right)
    if picture is None:
        count = len(problem.weights)
        raise UsageError(
            tr_n(
                "A map takes two weights, and {name} has only one: use --view weights.",
                "A map takes two weights, and {name} has {n}: use --view weights.",
                count,
                name=problem.name,
            )
        )
    return picture


def _told(picture: Picture, view: str) -> Picture:
    """The picture, which says from which step on the run is off it."""
    across = (picture.left, picture.right) if view == "contours" else (-math.inf, math.inf)
    runs = [
        series
        for series in picture.series
        if series.role not in ("other", "ghost", "curve-3" if view == "contours" else "")
    ]

    def is_off(x: float, y: float) -> bool:
        return not (across[0] <= x <= across[1] and picture.bottom <= y <= picture.top)

    first = min((k for series in runs for k, point in enumerate(series.points) if is_off(*point)), default=None)
    return (
        picture
        if first is None
        else picture._replace(up=tr("{up}   off the picture at step {first}", up=picture.up, first=first))
    )


def _plain(line: list[Cell], signs: dict[str, str], *, ascii: bool) -> str:
    drawn = "".join(signs.get(role, sign) if is_dots(sign) else sign for sign, role in line)
    return drawn.translate(ONE_FOR_ONE) if ascii else drawn
