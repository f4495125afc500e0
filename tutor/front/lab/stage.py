"""A run and everything that can be seen of it: which views there are, and each of them drawn for a size."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tutor.descent.prediction import prediction
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.front.lab.curves import CurveScene
from tutor.front.lab.fits import FitScene, MatchScene, PlaneScene, ResidualScene, is_plane
from tutor.front.lab.network import NetworkScene, has_hidden_units, net_of
from tutor.front.lab.ways import BowlScene, MapScene
from tutor.front.picture import Picture
from tutor.front.scenes import alone, log_loss_picture, loss_picture, weights_picture
from tutor.front.shown import SMALLEST, Cell, Scene
from tutor.front.trail import ground_picture
from tutor.words import tr

MOST_INPUTS = 2
"Above which a curve over one input says little, and the predictions are drawn against what they should be."


class View(Enum):
    """What can be looked at; the value is the word that line mode knows it by."""

    WEIGHTS = "weights"
    LOSS = "loss"
    LOG = "log loss"
    MAP = "map"
    DATA = "data"
    RESIDUALS = "residuals"
    NETWORK = "network"

    @property
    def label(self) -> str:
        """What its key is called, in the reader's language."""
        return _LABELS[self.value]


_LABELS = {
    "weights": tr("weights"),
    "loss": tr("loss"),
    "log loss": tr("log loss"),
    "map": tr("map"),
    "data": tr("data"),
    "residuals": tr("residuals"),
    "network": tr("network"),
}


class Whose(Enum):
    """Which of two runs is seen: both over each other, or one of them in its half."""

    BOTH = "both"
    MINE = "mine"
    OTHER = "other"


class Named:
    """A view beneath a line that says whose it is, or where there is no room for one with that in its own first line."""

    def __init__(self, name: str, inside: Scene, width: int, above: int) -> None:
        self._name = (name if len(name) <= width else f"{name[: width - 1]}…").ljust(width)
        self._inside = inside
        self._covered = 1 - above

    def rows(self, step: int) -> list[list[Cell]]:
        """The whole of it at a step."""
        return [[(self._name, "strong")], *self._inside.rows(step)[self._covered :]]


class Stage:
    """A run, and perhaps another to be compared with."""

    def __init__(
        self,
        problem: Problem,
        run: Run,
        other: Run | None,
        labels: tuple[str, str] = (tr("this run"), tr("the other run")),
    ) -> None:
        """
        Args:
            problem: the run's, with no more rows than can be drawn.
            other: shown under the run in every view, or beside it.
            labels: what the two are called where each has its half.
        """
        self.problem, self.run, self.other, self.labels = problem, run, other, labels
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

    def scene(self, view: View, width: int, height: int, whose: Whose = Whose.BOTH) -> Scene | None:
        """A view for a size; nothing where it is too small, or the map is not worked out yet."""
        if whose is not Whose.BOTH and self.other is not None:
            above = 1 if height > SMALLEST[1] else 0
            inside = self._view(view, width, height - above, whose)
            return inside and Named(self.labels[whose is Whose.OTHER], inside, width, above)
        scene = self._view(view, width, height, Whose.BOTH)
        if scene is None or self.other is None or not self._is_of_one(view):
            return scene
        above = 1 if height > SMALLEST[1] else 0
        inside = self._view(view, width, height - above, Whose.BOTH)
        return inside and Named(tr("this run only"), inside, width, above)

    def _is_of_one(self, view: View) -> bool:
        """Whether there is no room in a view for a second run over the first."""
        if view is View.DATA and self._model is not None:
            return len(self._model.inputs) > MOST_INPUTS or is_plane(self.problem, self._model)
        return view in (View.RESIDUALS, View.NETWORK)

    def _view(self, view: View, width: int, height: int, whose: Whose) -> Scene | None:
        if width < SMALLEST[0] or height < SMALLEST[1]:
            return None
        run = self.other if whose is Whose.OTHER and self.other else self.run
        other = self.other if whose is Whose.BOTH else None
        match view:
            case View.WEIGHTS:
                return self._curves(weights_picture, whose, width, height)
            case View.LOSS:
                return self._curves(loss_picture, whose, width, height)
            case View.LOG:
                return self._curves(log_loss_picture, whose, width, height)
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
        self, picture: Callable[[Run, Run | None, int], Picture], whose: Whose, width: int, height: int
    ) -> CurveScene:
        run, other = self.run, self.other

        def drawn(until: int) -> Picture:
            if whose is Whose.BOTH or other is None:
                return picture(run, other, until)
            mine, its = picture(run, other, until), picture(other, run, until)
            return alone(mine, its) if whose is Whose.MINE else alone(its, mine)

        return CurveScene(drawn, self.last, width, height)
