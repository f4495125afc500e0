"""Views of where a run goes: over the map of two weights, or along the curve of one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from tutor.descent.averages import Averages, partial_trees
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.front.contours import HEADS
from tutor.front.lab.canvas import OFF, Area, Canvas, Ground
from tutor.front.picture import Picture, Point, Series, window
from tutor.front.reach import ends_of, kept_before
from tutor.front.shown import Cell
from tutor.maths.grammar import display_name
from tutor.words import tr

SAMPLES = 241
_ARROW = 0.3
"Of the shorter side of the map, in dots: the length of the arrow."


class Way:
    """The points of a run joined by lines, as far as a step; going on costs only what is new."""

    def __init__(self, ground: Ground, xs: Sequence[float], ys: Sequence[float], role: str) -> None:
        self._ground = ground
        self._xs, self._ys = xs, ys
        self._role = role
        self._done = 0
        self._canvas = ground.canvas()

    def upto(self, step: int) -> Canvas:
        """The way from step 0 to this one."""
        step = min(step, len(self._xs) - 1)
        if step < self._done:
            self._done, self._canvas = 0, self._ground.canvas()
        if step > self._done:
            some = slice(self._done, step + 1)
            dots = self._ground.area.dots(self._xs[some], self._ys[some])
            # Of a long run most steps stay within a dot, or swing between two.
            for start, end in dict.fromkeys(pairwise(dots)):
                if start != end:
                    self._canvas.line(start, end, self._role)
            self._done = step
        return self._canvas


class MapScene:
    """The map, the way over it, and an arrow where the partials push: against the gradient."""

    def __init__(self, map: Picture, run: Run, other: Run | None, width: int, height: int) -> None:
        """
        Args:
            map: the lines of equal loss over the run's first two weights.
            other: a run to be compared with, under this one.
        """
        held = ", ".join(display_name(name) for name in run.weights[2:])
        title = tr("{up}   ↘ where the partials push", up=map.up) + (tr("   {held} held", held=held) if held else "")
        self._ground = Ground(map._replace(up=title), width, height)
        self._run = run
        self._way = Way(self._ground, run.ways[0], run.ways[1], "curve-2")
        self._other = Way(self._ground, other.ways[0], other.ways[1], "other") if other else None
        self._goal = (run.bottom[0], run.bottom[1]) if run.bottom else None

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        step = min(step, len(self._run.path) - 1)
        cell, here = self._ground.area.cell, self._at(step)
        marks = self._ground.canvas()
        marks.sign(cell(self._at(0)), "○", "curve-2")
        if self._goal is not None:
            marks.sign(cell(self._goal), "×", "mark")
        self._arrow(marks, step)
        marks.sign(cell(here), "●", "mark")
        others = [self._other.upto(step)] if self._other else []
        is_off = cell(here) is None
        return self._ground.under(*others, self._way.upto(step), marks, note=OFF if is_off else "")

    def _at(self, step: int) -> Point:
        x, y, *_ = self._run.path[step]
        return x, y

    def _arrow(self, canvas: Canvas, step: int) -> None:
        area, (x, y) = self._ground.area, self._at(step)
        across, up = (0.0 if partial is None else partial for partial in self._run.partials[step][:2])
        picture = area.picture
        # As a step is drawn: the two scales differ, so the way straight down seldom looks it.
        dx = -across / (picture.right - picture.left) * 2 * area.columns
        dy = up / (picture.top - picture.bottom) * 4 * area.rows
        size = math.hypot(dx, dy)
        if not (math.isfinite(size) and size > 0):
            return
        long = _ARROW * min(2 * area.columns, 4 * area.rows)
        x0, y0 = area.dot((x, y))
        end = x0 + dx / size * long, y0 + dy / size * long
        canvas.line((x0, y0), end, "curve-4")
        if all(map(math.isfinite, end)):
            head = HEADS[round(math.atan2(-dy, dx) / (math.pi / 4)) % 8]
            canvas.sign(_inside(area, end), head, "curve-4")


class BowlScene:
    """The loss over the only weight, the points that the run has touched, and the tangent by its partial."""

    def __init__(self, problem: Problem, run: Run, other: Run | None, width: int, height: int) -> None:
        loss = Averages(problem, partial_trees(problem, {})).loss
        start, goal = run.path[0][0], (run.bottom or run.path[-1])[0]
        far = 1.5 * max(abs(goal - start), 1e-9)
        runs = [run, *([other] if other else [])]
        seen = [(each, kept_before(each, [[start, goal]])) for each in runs]
        near = [end for each, kept in seen if kept for end in ends_of(each, kept)[0]]
        left, right = window([goal - far, goal + far, *near])
        xs = [left + (right - left) * k / (SAMPLES - 1) for k in range(SAMPLES)]
        curve = tuple((x, loss((x,))) for x in xs)
        bottom, top = window(y for _, y in curve)
        name = display_name(run.weights[0])
        picture = Picture(
            (Series(curve, "curve-1"),), left, right, bottom, top, across=name, up=tr("loss   ╱ the partial as a slope")
        )
        self._ground = Ground(picture, width, height)
        self._run = run
        self._way = Way(self._ground, run.ways[0], run.loss, "curve-2")
        self._other = Way(self._ground, other.ways[0], other.loss, "other") if other else None

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        step = min(step, len(self._run.path) - 1)
        area = self._ground.area
        marks = self._ground.canvas()
        x, y = self._run.path[step][0], self._run.loss[step]
        slope = self._run.partials[step][0]
        if slope is not None:
            reach = (area.picture.right - area.picture.left) / 4
            lift = slope * reach
            marks.line(area.dot((x - reach, y - lift)), area.dot((x + reach, y + lift)), "curve-4")
        marks.sign(area.cell((self._run.path[0][0], self._run.loss[0])), "○", "curve-2")
        marks.sign(area.cell((x, y)), "●", "mark")
        others = [self._other.upto(step)] if self._other else []
        is_off = area.cell((x, y)) is None
        return self._ground.under(*others, self._way.upto(step), marks, note=OFF if is_off else "")


def _inside(area: Area, dot: Point) -> tuple[int, int] | None:
    column, row = round(dot[0]) // 2, round(dot[1]) // 4
    return (column, row) if 0 <= column < area.columns and 0 <= row < area.rows else None
