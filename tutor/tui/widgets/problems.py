"""What is wrong with a lesson that is being written: how it stands in one line, and each problem beneath."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.errors import Problem
from tutor.tui.content import Content
from tutor.words import tr


class ProblemPanel(VerticalScroll, can_focus=False):
    """As tall as it must be, up to a third of the screen, or two thirds when it is asked for more."""

    DEFAULT_CSS = """
    ProblemPanel {
        height: auto;
        max-height: 33%;
        padding: 0 2;
        border-top: solid $faint;
        &.-more { max-height: 66%; }
        & Static { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told = Content("")

    def compose(self) -> ComposeResult:
        """The line, the list."""
        yield Static(id="standing")
        yield Static(id="problems")

    def show(self, standing: str, problems: Sequence[Problem]) -> None:
        """Say how it stands, and what is wrong."""
        mark = ("✗ ", "bold $error") if problems else ("", "")
        self.query_one("#standing", Static).update(Content.assemble(mark, (standing, "$quiet")))
        found = self.query_one("#problems", Static)
        told = Content("\n").join(map(_told, problems))
        if told != self._told:
            self._told = told
            found.update(told)
            self.scroll_home(animate=False)
        found.display = bool(problems)

    def turn(self) -> None:
        """More room; then what is further down, as much as has room at a time; after the last, less room again."""
        if not self.has_class("-more"):
            self.add_class("-more")
        elif self.scroll_offset.y < self.max_scroll_y:
            self.scroll_page_down(animate=False)
        else:
            self.remove_class("-more")
            self.scroll_home(animate=False)


def _told(problem: Problem) -> Content:
    place = (_place(problem), "bold $accent")
    return Content.assemble(place, _printable(f"  {problem.what} "), (_printable(problem.do), "$quiet"))


def _place(problem: Problem) -> str:
    return f"{problem.line}:{problem.column}" if problem.line else tr("file")


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text.replace("\t", " "))
