"""Views of the data: what the weights predict for them, and by how much they miss."""

from __future__ import annotations

import math
from itertools import pairwise

from tutor.descent.prediction import Prediction
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.front.kept import titled
from tutor.front.lab.canvas import Ground
from tutor.front.picture import Picture, window
from tutor.front.shown import Cell
from tutor.words import tr

_SAMPLES = 60

OFF_LINE = tr("the line is off the picture")


class FitScene:
    """The examples over their first input, and the prediction as a curve, all other inputs at their mean."""

    def __init__(
        self, problem: Problem, model: Prediction, run: Run, other: Run | None, width: int, height: int
    ) -> None:
        self._run, self._other, self._model = run, other, model
        place = model.inputs[0]
        self._feature = problem.inputs[place]
        scale, shift = self._feature.deviation, self._feature.mean
        rows = problem.rows
        self._target_scale, self._target_shift = _scale_of(problem, model.target)
        points = [
            (row[place] * scale + shift, row[model.target] * self._target_scale + self._target_shift) for row in rows
        ]
        means = [math.fsum(column) / len(rows) for column in zip(*rows, strict=True)]
        left, right = window([x for x, _ in points], margin=0.06)
        low, high = min(row[place] for row in rows), max(row[place] for row in rows)
        spare = (high - low) * 0.06
        steps = [low - spare + (high - low + 2 * spare) * k / (_SAMPLES - 1) for k in range(_SAMPLES)]
        self._curve = [[*means[:place], x, *means[place + 1 :]] for x in steps]
        self._xs = [x * scale + shift for x in steps]
        bottom, top = window([y for _, y in points], margin=0.12)
        name = problem.columns[model.target]
        rest = tr("   other inputs at their mean") if len(model.inputs) > 1 else ""
        picture = Picture(
            (), left, right, bottom, top, across=self._feature.label, up=titled(f"{name}{rest}", problem, width)
        )
        self._ground = Ground(picture, width, height)
        self._points = self._ground.canvas()
        for point in points:
            self._points.sign(self._ground.area.cell(point), "•", "curve-1")

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        lines, note = self._ground.canvas(), ""
        for run, role in ((self._other, "other"), (self._run, "curve-2")):
            if run is not None:
                weights = run.path[min(step, len(run.path) - 1)]
                heights = [
                    self._target_scale * self._model.predict(weights, row) + self._target_shift for row in self._curve
                ]
                dots = [self._ground.area.dot(point) for point in zip(self._xs, heights, strict=True)]
                for start, end in pairwise(dots):
                    lines.line(start, end, role)
                if run is self._run and not any(self._ground.area.has(dot) for dot in dots):
                    note = OFF_LINE
        return self._ground.under(lines, self._points, note=note)


class MatchScene:
    """What is predicted for each example against what it should be; on the line where the two are the same."""

    def __init__(self, problem: Problem, model: Prediction, run: Run, width: int, height: int) -> None:
        self._run, self._model, self._rows = run, model, problem.rows
        self._scale, self._shift = _scale_of(problem, model.target)
        self._xs = [row[model.target] * self._scale + self._shift for row in self._rows]
        low, high = window(self._xs, margin=0.08)
        name = problem.columns[model.target]
        first = [model.predict(run.path[0], row) * self._scale + self._shift for row in self._rows]
        # Where the predictions begin belongs to the picture, unless it is far away.
        bottom, top = window([low, high, *(y for y in first if abs(y - low) <= 2 * (high - low))], margin=0.0)
        picture = Picture(
            (),
            low,
            high,
            bottom,
            top,
            across=name,
            up=titled(tr("predicted {name}   ╱ where it is right", name=name), problem, width),
        )
        self._ground = Ground(picture, width, height)

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        weights = self._run.path[min(step, len(self._run.path) - 1)]
        area = self._ground.area
        line, points = self._ground.canvas(), self._ground.canvas()
        low, high = area.picture.left, area.picture.right
        line.line(area.dot((low, low)), area.dot((high, high)), "curve-2")
        cells = [
            area.cell((x, self._model.predict(weights, row) * self._scale + self._shift))
            for x, row in zip(self._xs, self._rows, strict=True)
        ]
        for cell in cells:
            points.sign(cell, "•", "curve-1")
        return self._ground.under(line, points, note=_lost(cells))


class ResidualScene:
    """For every example by how much the prediction misses, as a stem from 0."""

    def __init__(self, problem: Problem, model: Prediction, run: Run, width: int, height: int) -> None:
        self._run, self._model, self._rows = run, model, problem.rows
        place = model.inputs[0]
        feature = problem.inputs[place]
        self._scale, _ = _scale_of(problem, model.target)
        self._xs = [row[place] * feature.deviation + feature.mean for row in problem.rows]
        first = [abs(value) for value in self._misses(0)]
        last = [abs(value) for value in self._misses(len(run.path) - 1)]
        far = max([*first, *(value for value in last if value <= 3 * max(first))], default=1.0) or 1.0
        left, right = window(self._xs, margin=0.06)
        name = problem.columns[model.target]
        picture = Picture(
            (),
            left,
            right,
            -1.1 * far,
            1.1 * far,
            across=feature.label,
            up=titled(tr("residuals: prediction − {name}", name=name), problem, width),
        )
        self._ground = Ground(picture, width, height)

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        area = self._ground.area
        stems, heads = self._ground.canvas(), self._ground.canvas()
        misses = self._misses(step)
        cells = [area.cell(point) for point in zip(self._xs, misses, strict=True)]
        for x, miss, cell in zip(self._xs, misses, cells, strict=True):
            stems.line(area.dot((x, 0.0)), area.dot((x, miss)), "ghost")
            heads.sign(cell, "•", "curve-1" if miss > 0 else "curve-2")
        return self._ground.under(stems, heads, note=_lost(cells))

    def _misses(self, step: int) -> list[float]:
        weights = self._run.path[min(step, len(self._run.path) - 1)]
        return [(self._model.predict(weights, row) - row[self._model.target]) * self._scale for row in self._rows]


class PlaneScene:
    """Two inputs, two kinds of examples, and the part of the plane that is taken for the higher kind."""

    def __init__(self, problem: Problem, model: Prediction, run: Run, width: int, height: int) -> None:
        self._run, self._model, self._problem = run, model, problem
        across, up = (problem.inputs[place] for place in model.inputs[:2])
        xs, ys = ([row[place] for row in problem.rows] for place in model.inputs[:2])
        left, right = window(xs, margin=0.25)
        bottom, top = window(ys, margin=0.25)
        targets = [row[model.target] for row in problem.rows]
        self._middle = (min(targets) + max(targets)) / 2
        title = titled(tr("{name}   ● high ○ low   shaded: taken for high", name=up.name), problem, width)
        self._ground = Ground(Picture((), left, right, bottom, top, across=across.name, up=title), width, height)

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step."""
        weights = self._run.path[min(step, len(self._run.path) - 1)]
        area = self._ground.area
        shade, marks = self._ground.canvas(), self._ground.canvas()
        picture = area.picture
        for row in range(area.rows):
            y = picture.top - (row + 0.5) / area.rows * (picture.top - picture.bottom)
            for column in range(0, area.columns, 2):
                x = picture.left + (column + 1) / area.columns * (picture.right - picture.left)
                if self._model.predict(weights, self._row(x, y)) > self._middle:
                    shade.text(column, row, "░░", "curve-1")
        for example in self._problem.rows:
            is_high = example[self._model.target] > self._middle
            is_right = (self._model.predict(weights, example) > self._middle) == is_high
            x, y = (example[place] for place in self._model.inputs[:2])
            marks.sign(area.cell((x, y)), "●" if is_high else "○", "mark" if is_right else "curve-2")
        return self._ground.under(shade, marks)

    def _row(self, x: float, y: float) -> list[float]:
        row = [0.0] * len(self._problem.columns)
        row[self._model.inputs[0]], row[self._model.inputs[1]] = x, y
        return row


def is_plane(problem: Problem, model: Prediction) -> bool:
    """Whether the examples are of two kinds and have two inputs."""
    return len(model.inputs) == 2 and len({row[model.target] for row in problem.rows}) == 2


def _lost(cells: list[tuple[int, int] | None]) -> str:
    """How many of the examples cannot be seen."""
    lost = cells.count(None)
    return tr("{lost} of {n} off the picture", lost=lost, n=len(cells)) if lost else ""


def _scale_of(problem: Problem, place: int) -> tuple[float, float]:
    """What the values of a column are to be multiplied by, and what is then added, to have its own unit."""
    if place < len(problem.inputs):
        return problem.inputs[place].deviation, problem.inputs[place].mean
    return 1.0, 0.0
