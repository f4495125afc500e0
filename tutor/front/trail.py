"""The way of a run across the map of its loss, for problems of two weights. Pure: a run in, a picture out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.problem import Problem, sample
from tutor.descent.run import Run, Stop
from tutor.front.contours import CELLS, chains, segments
from tutor.front.kept import kept_of
from tutor.front.picture import Picture, Point, Series, window
from tutor.front.reach import ends_of, kept_before, width
from tutor.maths.grammar import display_name

LEVELS = 11
MOST_EXAMPLES = 60
"Of which the map is drawn; it is the shape that counts."


def trail_picture(problem: Problem, run: Run, ghost: Run | None = None) -> Picture | None:
    """Lines of equal loss, the way over them, and where it ended; nothing unless there are two weights.

    Of a run that runs away the beginning is shown, as far as `reach` goes.
    """
    if len(run.weights) != 2:
        return None
    ways = [run.path, *([ghost.path] if ghost else [])]
    trails = [Series(_pairs(way), role) for way, role in zip(ways, ("curve-2", "curve-3"), strict=False)]
    ground = ground_picture(problem, run, ghost)
    return ground._replace(series=(*trails, *ground.series), marks=(_pairs(run.path)[-1],))


def ground_picture(problem: Problem, run: Run, ghost: Run | None = None) -> Picture:
    """Lines of equal loss over the first two of at least two weights, the others held where the loss is least or the run ends."""
    has_settled = run.stop in (Stop.CONVERGED, Stop.STEPS)
    goal = run.bottom or run.path[-1 if has_settled else 0]
    home = [run.path[0], *([run.bottom] if run.bottom else [run.path[-1]] if has_settled else [])]
    near = [_near(each, home) for each in (run, *([ghost] if ghost else []))]
    left, right = _side([point[0] for point in home], [x for across, _ in near for x in across])
    bottom, top = _side([point[1] for point in home], [y for _, up in near for y in up])
    few = sample(problem, MOST_EXAMPLES)
    ground = Averages(few, partial_trees(problem, {}))
    lines = _lines(lambda x, y: ground.loss((x, y, *goal[2:])), (left, right), (bottom, top))
    names = [display_name(weight) for weight in run.weights]
    series = tuple(Series(tuple(line), "ghost") for line in lines)
    return Picture(series, left, right, bottom, top, across=names[0], up=f"{names[1]}{kept_of(few)}")


def _near(run: Run, home: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The ends of what the first two weights of a run go through before one is too far from home."""
    kept = kept_before(run, [[point[k] for point in home] for k in (0, 1)])
    if kept == 0:
        return (), ()
    across, up, *_ = ends_of(run, kept)
    return across, up


def _side(home: Sequence[float], near: Sequence[float]) -> tuple[float, float]:
    """What one side of the map holds: where the run begins and ought to end, and what of its way lies near."""
    low, high = min(home), max(home)
    spare = (width(home) - (high - low)) / 2
    return window([*home, low - spare, high + spare, *near], margin=0.2)


def _pairs(path: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple((point[0], point[1]) for point in path)


def _lines(
    loss: Callable[[float, float], float], across: tuple[float, float], up: tuple[float, float]
) -> list[list[Point]]:
    """Lines of equal loss, as much ground between each two: a valley would have none of those evenly spaced in height."""
    xs, ys = ([low + (high - low) * k / CELLS for k in range(CELLS + 1)] for low, high in (across, up))
    grid = [[loss(x, y) for x in xs] for y in ys]
    heights = sorted(value for value in chain(*grid) if value - value == 0)
    if not heights:
        return []
    levels = sorted({heights[len(heights) * k // (LEVELS + 1)] for k in range(1, LEVELS + 1)})
    return [line for level in levels for line in chains(segments(xs, ys, grid, level))]
