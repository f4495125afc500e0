"""Where an answer is given line by line: the lines so far, each with its mark, and a box for the next one.

What stands where is `tutor.front.written`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tutor.front import prompt
from tutor.front.written import RIGHT, UNKNOWN, WRONG, Written
from tutor.lesson.model import LineByLine
from tutor.marking.verdict import Outcome, Verdict
from tutor.tui.content import Content
from tutor.tui.handing import hand_up
from tutor.tui.widgets.answer import AnswerBox
from tutor.tui.widgets.page import Page

_STYLES = {RIGHT: "$success", WRONG: "$error", UNKNOWN: "$quiet"}


class LineBox(Vertical):
    """The lines of a derivation or a calculation, as far as they are written."""

    DEFAULT_CSS = """
    LineBox {
        height: auto;
        & #given { color: $quiet; }
        & #lines { height: auto; padding: 0 1; }
        & #wanted { margin-top: 1; }
        &.-closed { margin-bottom: 1; }
    }
    """

    @dataclass
    class Submitted(Message):
        """A line is finished."""

        text: str
        "All lines so far with the new one, one to a line; empty when nothing is typed in the box."

    @dataclass
    class Kept(Message):
        """The learner goes on with a line that is wrong."""

        line: str
        "As it is shown: `z = 1.5`."

    def __init__(self, exercise: LineByLine, *, text: str = "", id: str | None = None) -> None:
        """
        Args:
            text: what was typed last; its last line goes into the box, to be looked at once more.
        """
        super().__init__(id=id)
        self._written = Written(exercise, text)
        self._put_in = ""
        self._shown = Static(id="lines")
        self._wanted = Page("", id="wanted")
        self._box = AnswerBox(prompt.vocabulary(exercise), before=self._written.before, text=self._written.next)

    def compose(self) -> ComposeResult:
        """What is given, the lines so far, what is wanted next, the box."""
        if self._written.given:
            yield Page(self._written.given, id="given")
        yield self._shown
        yield self._wanted
        yield self._box

    def on_mount(self) -> None:
        """Show where one stands."""
        self._show()

    @property
    def text(self) -> str:
        """All lines so far, with what is typed in the box beneath them, as long as there is one."""
        in_box = [self._box.text.strip()] if self._box.display else []
        return "\n".join([*(line for line, _ in self._written.lines), *in_box])

    def begin(self) -> None:
        """Let the next key be part of the line."""
        self._box.begin()

    def submit(self) -> None:
        """Hand the line up, as Enter does."""
        self._box.submit()

    @on(AnswerBox.Submitted)
    def enter(self, event: AnswerBox.Submitted) -> None:
        """Hand all lines up; or go on with a wrong one on which Enter was pressed again."""
        event.stop()
        text = event.text.strip()
        kept = self._written.keep(text)
        if kept:
            hand_up(self, self.Kept(kept))
            self._renew()
        else:
            hand_up(self, self.Submitted(self._written.hand_up(text)))

    @on(AnswerBox.Edited)
    def edit(self, event: AnswerBox.Edited) -> None:
        """A text that was put in by us is no edit."""
        if event.text == self._put_in:
            event.stop()
        self._put_in = ""

    def put(self, text: str) -> None:
        """Have an answer stand here: all lines so far, of which the last is the one in the box."""
        self._box.put(_last(text))

    def show_verdict(self, verdict: Verdict, text: str) -> Verdict:
        """Go on after a right line, stay on a wrong one; returns what is left to be said.

        Args:
            text: what was judged, as it was handed up.
        """
        told = self._written.take(self._box.show_verdict(verdict, _last(text)), text, self._box.text.strip())
        if verdict.outcome is Outcome.ON_THE_WAY and verdict.next_line is not None:
            self._renew()
        return told

    def close(self) -> None:
        """Take no more typing: all lines are right."""
        self._written.finish(self._box.text.strip())
        self._box.close()
        self._box.display = False
        self.add_class("-closed")
        self._show()

    def _renew(self) -> None:
        self._put_in = self._written.next
        self._box.renew(self._written.before, self._put_in)
        self._show()

    def _show(self) -> None:
        rows = [
            Content.assemble((mark, _STYLES[mark]), self._written.shown(n))
            for n, (_, mark) in enumerate(self._written.lines)
        ]
        self._shown.update(Content("\n").join(rows))
        self._shown.display = bool(rows)
        wanted = self._written.wanted if self._box.display else ""
        self._wanted.show(wanted)
        self._wanted.display = bool(wanted)


def _last(text: str) -> str:
    return text.rpartition("\n")[2]
