"""The views of a run side by side: which of them, how many, and drawn anew when the run or the room changes."""

from __future__ import annotations

import asyncio

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Grid

from tutor.front.lab.stage import Stage, View, Whose
from tutor.front.shown import SMALLEST, Scene
from tutor.tui.widgets.scene import Maker, SceneView
from tutor.words import tr

MOST = 6
WIDE, VERY_WIDE, HIGH = 66, 150, 22
"Cells from which two and three views stand beside one another, and from which two stand above one another."
HIGH_ENOUGH = 2 * (SMALLEST[1] + 1)
"Cells from which the halves of two runs can stand above one another."

LONG = 5000
"Steps of a run from which each view is drawn by itself, with room for a key between two: all of them may take a second."


class Views(Grid):
    """As many views as there is room for, those looked at last first."""

    DEFAULT_CSS = """
    Views {
        height: 1fr;
        min-height: 5;
        padding: 0 2;
        grid-gutter: 0 2;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stage: Stage | None = None
        self._step = 0
        self._order: list[View] = []
        self._is_large = False
        self._is_split = False
        self._scenes = [SceneView() for _ in range(MOST)]
        self._slots: list[tuple[View, Whose]] = []
        self._due: dict[int, bool] = {}
        "The scenes that do not show the step yet, by their place, and whether they are to be built anew."

    def compose(self) -> ComposeResult:
        """All that there may ever be; those without a place are hidden."""
        yield from self._scenes

    @property
    def names(self) -> list[str]:
        """Of every view that the problem has, in the order of their keys."""
        return [self._called(view) for view in self._stage.views()] if self._stage else []

    @property
    def seen(self) -> frozenset[int]:
        """The places in `names` of those on the screen."""
        if self._stage is None:
            return frozenset()
        known = self._stage.views()
        return frozenset(known.index(view) for view, _ in self._slots)

    def show(self, stage: Stage, step: int) -> None:
        """Show another run."""
        known = stage.views()
        if self._stage is None or self._stage.run.problem != stage.run.problem or set(self._order) != set(known):
            self._order = _first(stage)
        self._stage, self._step = stage, step
        self._arrange()
        if stage.needs_map:
            self.draw_map(stage)

    @work(exclusive=True, group="map", exit_on_error=False)
    async def draw_map(self, stage: Stage) -> None:
        """Work out the map beside everything else, then show it."""
        await asyncio.to_thread(stage.draw_map)
        if stage is self._stage:
            self._arrange()

    def go(self, step: int) -> None:
        """Show another step."""
        self._step = step
        for index in range(len(self._slots)):
            self._due.setdefault(index, False)
        self._catch_up()

    def _catch_up(self) -> None:
        """Draw what is due, all at once or piece by piece."""
        if self._stage is not None and self._stage.last >= LONG:
            self.draw_apart()
            return
        while self._due:
            self._draw_next()

    @work(exclusive=True, group="draw", exit_on_error=False)
    async def draw_apart(self) -> None:
        """Draw what is due, and let keys through in between; what is still due when this is begun anew is drawn then."""
        while self._due:
            self._draw_next()
            if self._scenes[0].press is not None:
                self._scenes[0].press.print()
            await asyncio.sleep(0)

    def _draw_next(self) -> None:
        index = next(iter(self._due))
        scene, is_anew = self._scenes[index], self._due.pop(index)
        if is_anew:
            scene.show(self._maker(*self._slots[index]), self._step)
        else:
            scene.go(self._step)

    def choose(self, index: int) -> None:
        """Put a view first, by its place in `names`."""
        if self._stage is not None and index < len(self.names):
            view = self._stage.views()[index]
            self._order = [view, *(other for other in self._order if other is not view)]
            self._arrange()

    def toggle_large(self) -> None:
        """One view in all the room, or as many as there is room for."""
        self._is_large = not self._is_large
        self._arrange()

    def toggle_split(self) -> bool:
        """The two runs beside one another, or over one another; says which it is now."""
        self._is_split = not self._is_split
        self._arrange()
        return self._is_split

    def next_example(self) -> None:
        """Show the network at work on the next example."""
        if self._stage is not None:
            self._stage.example = (self._stage.example + 1) % len(self._stage.problem.rows)
            self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Find out anew how many there is room for."""
        self._arrange()

    def _arrange(self) -> None:
        stage, (width, height) = self._stage, self.size
        if stage is None or not width:
            return
        across = 1 if width < WIDE else 2 if width < VERY_WIDE else 3
        down = 2 if height >= HIGH else 1
        if self._is_large:
            across, down = 1, 1
        if self._is_split and stage.other is not None:
            across, down = (2, 1) if width >= WIDE or height < HIGH_ENOUGH else (1, 2)
            self._slots = [(self._order[0], Whose.MINE), (self._order[0], Whose.OTHER)]
        else:
            self._slots = [(view, Whose.BOTH) for view in self._order[: across * down]]
            across = -(-len(self._slots) // down)
        self.styles.grid_size_columns, self.styles.grid_size_rows = across, down
        for index, scene in enumerate(self._scenes):
            scene.display = index < len(self._slots)
        self._due = dict.fromkeys(range(len(self._slots)), True)
        self._catch_up()

    def _maker(self, view: View, whose: Whose) -> Maker:
        def make(width: int, height: int) -> Scene | None:
            return self._stage.scene(view, width, height, whose) if self._stage else None

        return make

    def _called(self, view: View) -> str:
        is_curve = self._stage is not None and len(self._stage.run.weights) == 1
        return tr("bowl") if view is View.MAP and is_curve else view.label


def _first(stage: Stage) -> list[View]:
    """Every view, first those that say most about such a problem."""
    weights = len(stage.run.weights)
    wanted = [View.MAP, View.LOSS] if weights <= 2 else [View.WEIGHTS, View.LOSS]
    known = stage.views()
    if stage.is_deep:
        wanted = [View.NETWORK, View.DATA]
    elif View.DATA in known and weights <= 2:
        wanted = [View.DATA, View.MAP]
    return [*wanted, *(view for view in known if view not in wanted)]
