"""Where an answer is typed, with how it is read shown beneath as one types.

It reads by `tutor.maths` and judges nothing; what is typed is only ever shown as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from tutor import display
from tutor.errors import Unreadable
from tutor.front.shown import shown
from tutor.front.words import wrapped
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import MAX_LENGTH, Vocabulary
from tutor.maths.parse import parse
from tutor.maths.show import show_grid, show_line
from tutor.tui.bunch import Bunch
from tutor.tui.content import Content
from tutor.tui.handing import hand_up
from tutor.tui.widgets.reading import Reading

ROOM = MAX_LENGTH + 20
"A little more than can be read, so that a text too long is refused with a message, not by silence."

TALLEST = 7
"Lines of a formula in two dimensions; what would be taller is shown on one line, broken where it must be."


class AnswerInput(Input):
    """One line of text without control characters, however it comes in."""

    # Of Textual's own every change lays out the whole screen, though the box is as wide as before: half of what a key costs.
    virtual_size = Reactive(Size(0, 0))

    def post_message(self, message: Message) -> bool:
        """As of any widget, but what the learner has done here goes ahead of the keys that wait."""
        is_done_here = isinstance(message, Input.Changed | Input.Submitted)
        return hand_up(self, message) if is_done_here else super().post_message(message)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Everything printable is text, but for the question mark, which no answer holds and which asks for help."""
        return character != "?" and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        # Textual calls Input's own handler after this one, unless it is prevented; the key still goes up to the screen.
        if event.character == "?":
            event.prevent_default()
        elif event.is_printable and len(self.value) >= ROOM and self.selection.is_empty:
            # Full: not worth the bell, the cursor and the repaint that Textual would give each further key.
            event.stop()
            event.prevent_default()
            return
        elif event.is_printable and event.character and not event.character.isascii() and display.is_ascii():
            event.stop()
            event.prevent_default()
            self._put(event.character)
            return
        # Textual acts on a key such as backspace only once it has gone up to the app. Over a slow line keys come in
        # bunches, and the letters behind it would be typed before it deletes: `2y<backspace>x` became `2y`.
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
            return

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        # Cut before it is cleaned: a paste may be as long as a book.
        clean = "".join(sign if sign.isprintable() else " " for sign in event.text[: 4 * ROOM])
        self._put(" ".join(clean.split()))

    def on_bunch(self, event: Bunch) -> None:
        """Take many keys as one, as each would have been taken."""
        event.stop()
        self._put(event.text.replace("?", ""))

    def _put(self, text: str) -> None:
        """Put a text in the place of what is marked, as much of it as there is room for."""
        start, end = sorted(self.selection)
        # In ASCII as it would be typed, told by what stands before: `x²` would stand there as `x2`, which is a name.
        before = self.value[:start]
        text = shown(before + text).removeprefix(before)
        room = max(0, ROOM - len(self.value) + (end - start))
        if room:
            self.replace(text[:room], start, end)


class AnswerBox(Vertical):
    """A line to type in, what stands before and behind it, and the reading."""

    DEFAULT_CSS = """
    AnswerBox {
        height: auto;
        & #line { height: 1; background: $panel; padding: 0 1 0 0; }
        & #edge { width: 2; height: 1; border-left: outer $accent; }
        & #edge.-right { border-left: outer $success; }
        & #edge.-wrong { border-left: outer $error; }
        & .around { width: auto; color: $quiet; text-wrap: nowrap; }
        & AnswerInput { width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $strong; }
        & AnswerInput:focus { background-tint: $panel 0%; }
        & AnswerInput:disabled { opacity: 100%; }
    }
    """

    @dataclass
    class Submitted(Message):
        """Enter was pressed on a text, which may be empty."""

        text: str

    @dataclass
    class Edited(Message):
        """The text is another one now."""

        box: AnswerBox
        text: str

    def __init__(
        self, vocabulary: Vocabulary, *, before: str = "", behind: str = "", text: str = "", id: str | None = None
    ) -> None:
        """
        Args:
            before: what stands before the answer, such as `∂f/∂x =`.
            behind: its unit, which may be typed as well and is passed over in the reading.
            text: what is in the line at first.
        """
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self._before = f"{shown(before)} " if before else ""
        self._unit = behind
        self._text = shown(text)
        self._complaint: tuple[str, int | None] | None = None
        "What was found on Enter of the text as it stands: the message and the column."
        self._is_stale = False
        # By itself, so that a verdict has one widget styled anew, not all of the box and its text.
        self._edge = Static(id="edge")

    def compose(self) -> ComposeResult:
        """The line and the reading."""
        with Horizontal(id="line"):
            yield self._edge
            yield Static(Content(self._before), classes="around")
            yield AnswerInput(self._text, max_length=ROOM, select_on_focus=False, compact=True)
            yield Static(Content(f" {self._unit}" if self._unit else ""), classes="around")
        yield Reading()

    def on_mount(self) -> None:
        """No blinking: it would send bytes for ever."""
        self.input.cursor_blink = False
        self.watch(self.input, "scroll_x", self._read_soon, init=False)  # the caret goes along

    @property
    def input(self) -> AnswerInput:
        """The line itself."""
        return self.query_one(AnswerInput)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value

    def begin(self) -> None:
        """Let the next key be part of the answer."""
        self.input.focus()

    def submit(self) -> None:
        """Hand the text up, as Enter does."""
        hand_up(self, self.Submitted(self.text))

    def renew(self, before: str, text: str) -> None:
        """Ask for another line: what stands before it, and what stands in it at first."""
        self._before = f"{shown(before)} "
        self.query(".around").first(Static).update(Content(self._before))
        self.put(text)
        self.mark(is_wrong=False)

    def put(self, text: str) -> None:
        """Have a text stand in the line."""
        text = shown(text)
        self.input.value = text
        self.input.cursor_position = len(text)

    def show_verdict(self, verdict: Verdict, text: str) -> Verdict:
        """Colour the box and put a complaint in the place of the reading; returns what is left to be said.

        Args:
            text: what was judged; a box in which another text stands by now is not coloured for it.
        """
        if text.strip() != self.text.strip():
            return verdict
        self.mark(is_wrong=verdict.outcome is Outcome.INCORRECT)
        if verdict.outcome is not Outcome.UNREADABLE:
            return verdict
        self.complain(verdict.message, verdict.column)
        return msgspec.structs.replace(verdict, message="")

    def mark(self, *, is_wrong: bool) -> None:
        """Colour the box of a wrong answer."""
        self._edge.set_class(is_wrong, "-wrong")

    def close(self) -> None:
        """Colour the box of a right answer, and take no more typing."""
        self.mark(is_wrong=False)
        self._edge.add_class("-right")
        self.input.disabled = True

    def complain(self, message: str, column: int | None) -> None:
        """Show what cannot be read, in the place of the reading."""
        self._complaint = message, column
        self._show_reading()

    @on(Input.Changed)
    def read(self, event: Input.Changed) -> None:
        """Show how the text is read now."""
        event.stop()
        self._complaint = None
        hand_up(self, self.Edited(self, event.value))
        self._read_soon()

    @on(Input.Submitted)
    def enter(self, event: Input.Submitted) -> None:
        """Hand the text up."""
        event.stop()
        hand_up(self, self.Submitted(event.value))

    def on_resize(self) -> None:
        """The reading may fit differently now."""
        self._show_reading()

    def _read_soon(self) -> None:
        # Keys may come faster than texts can be read; only one that is going to be seen needs to be.
        if not self._is_stale:
            self._is_stale = True
            self.call_after_refresh(self._show_reading)

    def _show_reading(self) -> None:
        self._is_stale = False
        if not self.query(Reading):
            return  # the next step has come meanwhile
        reading, text = self.query_one(Reading), self.text
        if self._complaint is not None:
            message, column = self._complaint
            reading.show_complaint(message, *self._caret(column), is_gentle=False)
            return
        if not text.strip():
            reading.clear()
            return
        try:
            node = parse(self._without_unit(text), self._vocabulary)
        except Unreadable as fault:
            reading.show_complaint(fault.message, *self._caret(fault.column), is_gentle=fault.is_unfinished)
            return
        width = max(8, self.size.width - Reading.LABEL_WIDTH - 2)
        grid = show_grid(node, width=width, ascii=display.is_ascii())
        reading.show_grid(grid if 1 < len(grid) <= TALLEST else _broken(shown(show_line(node)), width))

    def _without_unit(self, text: str) -> str:
        bare = text.rstrip()
        return bare[: -len(self._unit)] if self._unit and bare.endswith(self._unit) else text

    def _caret(self, column: int | None) -> tuple[int | None, str]:
        """The cell of this box in which a character of the text stands, and the sign that points at it.

        Where the character has scrolled out of sight, the sign stands at that end of the line and points beyond it.
        """
        if column is None:
            return None, ""
        left = cell_len(self._before) + self._edge.size.width + self._edge.gutter.left
        cell = cell_len(self.text[:column]) - int(self.input.scroll_offset.x)
        if cell < 0:
            return left, "<"
        width = self.input.size.width
        return (left + cell, "^") if cell <= width else (left + max(0, width - 1), ">")


def _broken(line: str, width: int) -> list[str]:
    """A formula on as few lines as it takes, all of one width; one too long even so ends in an ellipsis."""
    lines = wrapped(line, width)
    if len(lines) > TALLEST:
        lines = [*lines[: TALLEST - 1], f"{lines[TALLEST - 1][: width - 1]}…"]
    longest = max(map(cell_len, lines), default=0)
    return [each + " " * (longest - cell_len(each)) for each in lines]
