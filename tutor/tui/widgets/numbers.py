"""The numbers of one step of a descent, a row for each weight: as a table, or where that is too wide as its arithmetic."""

from __future__ import annotations

from textual.widget import Widget

from tutor.descent.comparison import number
from tutor.descent.run import Run
from tutor.front.lab.sums import lines
from tutor.maths.grammar import display_name
from tutor.tui.content import Content
from tutor.words import tr

CELL = 12


class Numbers(Widget):
    """Value, partial, update, new value and value to reach of every weight; the last is what there may be no room for."""

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
        table = self._table(run) or self._sums(run)
        least = tr("   least {number}", number=number(run.optimum_loss)) if run.optimum_loss is not None else ""
        table.append(Content.assemble((tr("loss "), "$quiet"), number(run.loss[self._step]), (least, "$quiet")))
        return Content("\n").join(table)

    def _table(self, run: Run) -> list[Content]:
        """A column for each of them; nothing where the new value has no room."""
        heads = (tr("value"), tr("partial"), tr("−rate × partial"), tr("new value"), tr("to reach"))
        sizes = [max(len(head), CELL - 2) + 2 for head in heads]
        room = self.content_size.width - 3
        if sum(sizes) > room:
            sizes.pop()
        if sum(sizes) > room:
            return []
        table = [
            Content.styled(
                "   " + "".join(f"{head:>{size}}" for head, size in zip(heads, sizes, strict=False)), "$quiet"
            )
        ]
        for index, weight in enumerate(run.weights):
            line = "".join(f"{cell:>{size}}" for cell, size in zip(self._cells(run, index), sizes, strict=False))
            table.append(Content.assemble((f"{display_name(weight):<3}", f"bold $curve-{index % 4 + 1}"), line))
        return table

    def _sums(self, run: Run) -> list[Content]:
        """A line of arithmetic for each weight."""
        said = lines(run, self._step, {}, self.content_size.width, len(run.weights))
        return [
            Content.styled(tr("old − rate·partial = new"), "$quiet"),
            *(
                Content.assemble((name[0], f"bold $curve-{index % 4 + 1}"), "".join(text for text, _ in rest))
                for index, (name, *rest) in enumerate(said)
            ),
        ]

    def _cells(self, run: Run, index: int) -> tuple[str, str, str, str, str]:
        step = self._step
        value, partial = run.path[step][index], run.partials[step][index]
        goal = number(run.optimum[index]) if run.optimum is not None else ""
        if partial is None:
            return number(value), tr("no number"), "", "", goal
        update = -run.rate * partial
        after = run.path[step + 1][index] if step + 1 < len(run.path) else value + update
        return number(value), number(partial), number(update), number(after), goal
