"""The numbers of one step of a descent, a row for each weight."""

from __future__ import annotations

from textual.widget import Widget

from tutor.descent.comparison import number
from tutor.descent.run import Run
from tutor.maths.grammar import display_name
from tutor.tui.content import Content
from tutor.words import tr

CELL = 12


class Numbers(Widget):
    """Value, partial, update, new value and value to reach of every weight; what does not fit is left out."""

    DEFAULT_CSS = """
    Numbers {
        height: auto;
        padding: 0 2;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._run: Run | None = None
        self._step = 0

    def show(self, run: Run, step: int) -> None:
        """Show a step of a run; step 0 is the start point."""
        is_new = self._run is None or len(self._run.weights) != len(run.weights)
        self._run, self._step = run, step
        self.refresh(layout=is_new)

    def get_content_height(self, *_: object) -> int:
        """A line for the names of the columns, one for each weight, and one for the loss."""
        return 2 + (len(self._run.weights) if self._run else 0)

    def render(self) -> Content:
        """The table."""
        run = self._run
        if run is None:
            return Content("")
        width = self.content_size.width
        heads = (tr("value"), tr("partial"), tr("−rate × partial"), tr("new value"), tr("to reach"))
        rows = [self._cells(run, index) for index in range(len(run.weights))]
        # The last columns to go are those that say where a weight is and what moves it.
        for kept in ((0, 1, 2, 3, 4), (0, 1, 2, 4), (0, 1, 2), (0, 1), (0,)):
            sizes = [max(len(heads[column]), CELL - 2) + 2 for column in kept]
            if 3 + sum(sizes) <= width:
                break
        table = [
            Content.styled(
                "   " + "".join(f"{heads[c]:>{size}}" for c, size in zip(kept, sizes, strict=True)), "$quiet"
            )
        ]
        for index, cells in enumerate(rows):
            line = "".join(f"{cells[column]:>{size}}" for column, size in zip(kept, sizes, strict=True))
            name = display_name(run.weights[index])
            table.append(Content.assemble((f"{name:<3}", f"bold $curve-{index % 4 + 1}"), line))
        least = tr("   least {number}", number=number(run.optimum_loss)) if run.optimum_loss is not None else ""
        table.append(Content.assemble((tr("loss "), "$quiet"), number(run.loss[self._step]), (least, "$quiet")))
        return Content("\n").join(table)

    def _cells(self, run: Run, index: int) -> tuple[str, str, str, str, str]:
        step = self._step
        value, partial = run.path[step][index], run.partials[step][index]
        goal = number(run.optimum[index]) if run.optimum is not None else ""
        if partial is None:
            return number(value), tr("no number"), "", "", goal
        update = -run.rate * partial
        after = run.path[step + 1][index] if step + 1 < len(run.path) else value + update
        return number(value), number(partial), number(update), number(after), goal
