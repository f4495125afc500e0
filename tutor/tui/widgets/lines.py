"""Where an answer is given line by line: the lines so far, each with its mark, and a box for the next one.

Which lines are right is marking's to say; here is only what stands where, and that a wrong line may be carried on.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tutor.front import prompt
from tutor.lesson.formula import show_maths
from tutor.lesson.model import LineByLine
from tutor.marking.verdict import Outcome, Verdict
from tutor.tui.widgets.answer import AnswerBox
from tutor.tui.widgets.page import Page

TRIES_BEFORE_KEEPING = 2
"Different wrong answers on a line of a calculation after which one may go on with the last."

_AGAIN = "Work out the next line again; what you had there stands in the box."

RIGHT, WRONG, UNKNOWN = "✓ ", "✗ ", "· "
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
        self._exercise = exercise
        *above, last = exercise.split(text)
        self._lines = [(line, UNKNOWN) for line in above]
        "What was typed, each with its mark."
        self._earlier: list[str] = []
        "What stood in the lines that are still to come, before one above them was mended."
        self._asked = ""
        "What was handed up last, without the lines above it."
        self._tries: set[str] = set()
        "Wrong answers on this line."
        self._put_in = ""
        self._shown = Static(id="lines")
        self._wanted = Page("", id="wanted")
        self._box = AnswerBox(prompt.vocabulary(exercise), before=self._before(), text=last)

    def compose(self) -> ComposeResult:
        """What is given, the lines so far, what is wanted next, the box."""
        given = ", ".join(f"{show_maths(name)} = {show_maths(value)}" for name, value in self._exercise.given.items())
        if given:
            yield Static(Content(f"Given: {given}"), id="given")
        yield self._shown
        yield self._wanted
        yield self._box

    def on_mount(self) -> None:
        """Show where one stands."""
        self._show()

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
        if text == self._asked and self._may_keep(text):
            self._lines.append((text, WRONG))
            self.post_message(self.Kept(self._set(len(self._lines) - 1)))
            self._go_to(len(self._lines), "")
            return
        self._asked = text
        lines = "\n".join([*(line for line, _ in self._lines), text])
        self.post_message(self.Submitted(lines if text else ""))

    @on(AnswerBox.Edited)
    def edit(self, event: AnswerBox.Edited) -> None:
        """A text that was put in by us is no edit."""
        if event.text == self._put_in:
            event.stop()
        self._put_in = ""

    def show_verdict(self, verdict: Verdict) -> Verdict:
        """Go on after a right line, stay on a wrong one; returns what is left to be said."""
        verdict = self._box.show_verdict(verdict)
        if verdict.outcome is Outcome.INCORRECT:
            self._tries.add(self._asked)
            if self._may_keep(self._asked):
                return msgspec.structs.replace(verdict, message=f"{verdict.message} {self._offer()}".strip())
        if verdict.outcome is Outcome.ON_THE_WAY and verdict.next_line is not None:
            self._lines += [(line, RIGHT) for line in self._exercise.split(self._asked)]
            is_again = len(self._lines) == verdict.next_line < len(self._earlier)
            self._go_to(verdict.next_line, self._box.text.strip().removeprefix(self._asked))
            if is_again:
                return msgspec.structs.replace(verdict, message=_AGAIN)
        return verdict

    def close(self) -> None:
        """Take no more typing: all lines are right."""
        last = [self._box.text.strip()] if self._box.text.strip() else []
        self._lines = [(line, RIGHT) for line in (*(line for line, _ in self._lines), *last)]
        self._box.close()
        self._box.display = False
        self.add_class("-closed")
        self._show()

    # --- the lines

    def _may_keep(self, text: str) -> bool:
        """Whether one may go on with a wrong line: in a calculation, after some tries, where more is to come."""
        more = len(self._lines) + 1 < len(self._exercise.lines)
        return more and text in self._tries and len(self._tries) >= TRIES_BEFORE_KEEPING

    def _offer(self) -> str:
        return "Try again, or press Enter once more to go on with this value."

    def _go_to(self, place: int, typed: str) -> None:
        """Have a line written next; those after it are to be worked out again.

        Args:
            typed: what was typed for it already.
        """
        if place < len(self._lines):
            self._earlier = [line for line, _ in self._lines]
            self._lines = self._lines[:place]
        self._tries.clear()
        self._asked = ""
        self._put_in = typed or (self._earlier[place] if place < len(self._earlier) else "")
        self._box.renew(self._before(), self._put_in)
        self._show()

    def _before(self) -> str:
        place = len(self._lines)
        if self._exercise.lines:
            return f"{show_maths(self._exercise.lines[min(place, len(self._exercise.lines) - 1)].name)} ="
        return prompt.before(self._exercise) if place == 0 else "="

    def _set(self, place: int) -> str:
        """A line as it stands, with what it is."""
        line = self._lines[place][0]
        if self._exercise.lines:
            return f"{show_maths(self._exercise.lines[place].name)} = {show_maths(line.rpartition('=')[2].strip())}"
        return f"{prompt.before(self._exercise) if place == 0 else '='} {show_maths(line)}"

    def _show(self) -> None:
        rows = [Content.assemble((mark, _STYLES[mark]), self._set(n)) for n, (_, mark) in enumerate(self._lines)]
        self._shown.update(Content("\n").join(rows))
        self._shown.display = bool(rows)
        wanted = self._next() if self._box.display else ""
        self._wanted.show(wanted)
        self._wanted.display = bool(wanted)

    def _next(self) -> str:
        """What the next line of a calculation asks for, in the language of pages."""
        place = len(self._lines)
        if place >= len(self._exercise.lines):
            return ""
        line = self._exercise.lines[place]
        if line.ask:
            return line.ask
        if line.by:
            return f"${line.name}$ is the derivative of ${line.of}$ by ${', '.join(line.by)}$."
        return f"${line.name} = {line.of}$"
