"""A run and everything that can be seen of it: which views there are, and each of them drawn for a size."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from tutor.descent.prediction import prediction
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.front.lab.curves import CurveScene
from tutor.front.lab.fits import FitScene, MatchScene, PlaneScene, ResidualScene, is_plane
from tutor.front.lab.network import NetworkScene, has_hidden_units, net_of
from tutor.front.lab.ways import BowlScene, MapScene
from tutor.front.picture import Picture
from tutor.front.scenes import log_loss_picture, loss_picture, weights_picture
from tutor.front.shown import Cell
from tutor.front.trail import ground_picture

MOST_INPUTS = 2
"Above which a curve over one input says little, and the predictions are drawn against what they should be."

SMALLEST = (12, 5)
"Columns and rows below which nothing can be drawn."


class View(Enum):
    """What can be looked at; the value is what its key is called."""

    WEIGHTS = "weights"
    LOSS = "loss"
    LOG = "log loss"
    MAP = "map"
    DATA = "data"
    RESIDUALS = "residuals"
    NETWORK = "network"


class Scene(Protocol):
    """A view at one size."""

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole view at a step; one past the end of its run shows the end."""


class Stage:
    """A run, and perhaps another to be compared with."""

    def __init__(self, problem: Problem, run: Run, other: Run | None) -> None:
        """
        Args:
            problem: the run's, with no more rows than can be drawn.
            other: shown under the run in every view.
        """
        self.problem, self.run, self.other = problem, run, other
        self.example = 0
        "Which example the network shows, from 0."
        self._model = prediction(problem)
        self._net = net_of(problem) if self._model else None
        self._map: Picture | None = None

    @property
    def is_deep(self) -> bool:
        """Whether the model is a network with hidden units."""
        return self._net is not None and has_hidden_units(self._net)

    @property
    def last(self) -> int:
        """The last step of the longer run."""
        return max(len(self.run.path), len(self.other.path) if self.other else 0) - 1

    @property
    def needs_map(self) -> bool:
        """Whether `draw_map` is still to be called before the map can be seen."""
        return len(self.run.weights) > 1 and self._map is None

    def draw_map(self) -> None:
        """Work out the map of the loss: a tenth of a second and more, so for a thread."""
        self._map = ground_picture(self.problem, self.run, self.other)

    def views(self) -> list[View]:
        """Those that this problem has."""
        data = [View.DATA, View.RESIDUALS] if self._model else []
        network = [View.NETWORK] if self._net else []
        return [View.WEIGHTS, View.LOSS, View.LOG, View.MAP, *data, *network]

    def scene(self, view: View, width: int, height: int, *, of_other: bool = False) -> Scene | None:
        """A view for a size; nothing where it is too small, or the map is not worked out yet.

        Args:
            of_other: of the other run alone, for a look at both side by side.
        """
        if width < SMALLEST[0] or height < SMALLEST[1]:
            return None
        run, other = (self.other, None) if of_other and self.other else (self.run, self.other)
        match view:
            case View.WEIGHTS:
                return self._curves(weights_picture, run, other, width, height)
            case View.LOSS:
                return self._curves(loss_picture, run, other, width, height)
            case View.LOG:
                return self._curves(log_loss_picture, run, other, width, height)
            case View.MAP:
                if len(run.weights) == 1:
                    return BowlScene(self.problem, run, other, width, height)
                return MapScene(self._map, run, other, width, height) if self._map else None
        if self._model is None:
            return None
        if view is View.NETWORK:
            if self._net is None:
                return None
            return NetworkScene(self.problem, self._net, self._model, run, self.example, width, height)
        if view is View.RESIDUALS:
            return ResidualScene(self.problem, self._model, run, width, height)
        if is_plane(self.problem, self._model):
            return PlaneScene(self.problem, self._model, run, width, height)
        if len(self._model.inputs) > MOST_INPUTS:
            return MatchScene(self.problem, self._model, run, width, height)
        return FitScene(self.problem, self._model, run, other, width, height)

    def _curves(
        self, picture: Callable[[Run, Run | None, int], Picture], run: Run, other: Run | None, width: int, height: int
    ) -> CurveScene:
        return CurveScene(lambda until: picture(run, other, until), self.last, width, height)
