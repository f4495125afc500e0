"""How surely skills are known, a bar each, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.widget import Widget

from tutor.front.standing import KnownSkill
from tutor.tui.content import Content
from tutor.tui.widgets.heading import bar

COLUMN = 37
"The least cells that a skill takes; of a narrower screen it takes all."
FIGURES = 7
"For the percentage and the mark behind it."
LONGEST_BAR = 20
MANY = 12
"Rows from which on a second column is begun, where there is room for one."
HUNDRED = 100


class SkillBars(Widget):
    """Shows skills with their bars, those known least where there is no room for all."""

    DEFAULT_CSS = """
    SkillBars { height: auto; }
    """

    def __init__(self, skills: Sequence[KnownSkill] = (), *, most: int | None = None, id: str | None = None) -> None:
        """
        Args:
            most: rows at the most; None for as many as it takes.
        """
        super().__init__(id=id)
        self._skills = tuple(skills)
        self._most = most

    def show(self, skills: Sequence[KnownSkill]) -> None:
        """Show these from now on."""
        self._skills = tuple(skills)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it takes."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The rows, filled from left to right."""
        width = self.content_size.width
        columns = self._columns(width)
        return Content("\n").join(
            Content("  ").join(_cell(skill, (width - 2 * (columns - 1)) // columns) for skill in row)
            for row in self._rows(width)
        )

    def _rows(self, width: int) -> list[tuple[KnownSkill, ...]]:
        columns = self._columns(width)
        room = len(self._skills) if self._most is None else self._most * columns
        least = sorted(self._skills, key=lambda skill: skill.chance)[:room]
        kept = [skill for skill in self._skills if skill in least][:room]
        return [tuple(kept[at : at + columns]) for at in range(0, len(kept), columns)]

    def _columns(self, width: int) -> int:
        """No more than it takes to show all."""
        needed = -(-len(self._skills) // (self._most or MANY))
        return max(1, min((width + 2) // (COLUMN + 2), needed))


def _cell(skill: KnownSkill, width: int) -> Content:
    """Name, bar and percentage; a mark says mastered where there are no colours."""
    length = min(LONGEST_BAR, max(4, width // 5))
    room = max(0, width - length - FIGURES - 1)
    name = Content(skill.name).truncate(room, ellipsis=True)
    # Rounded down, so that 95 is never shown of a skill that is not mastered.
    percent = int(HUNDRED * skill.chance)
    mark = ("✓" if skill.is_mastered else " ", "bold $success")
    return (
        name
        + " " * (room - name.cell_length + 1)
        + bar(percent, HUNDRED, length)
        + Content.assemble(f"{percent:>4}%", mark, " ")
    )
