"""The options of a choice: chosen by letter, by arrow keys or by mouse, and handed up with Enter or a second click."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from tutor.front.prompt import LETTERS
from tutor.marking.verdict import Verdict
from tutor.tui.content import Content
from tutor.tui.handing import hand_up
from tutor.tui.widgets.page import Page


class OptionRow(Horizontal):
    """One option with its letter or number."""

    @dataclass
    class Clicked(Message):
        """It was clicked."""

        index: int

    def __init__(self, index: int, sign: str, text: str, *, is_chosen: bool) -> None:
        super().__init__()
        self.index = index
        self._sign = sign
        self._letter = Static(classes="letter")
        self._text = text
        self.choose(is_chosen=is_chosen)

    def compose(self) -> ComposeResult:
        """Letter and text."""
        yield self._letter
        yield Page(self._text)

    def choose(self, *, is_chosen: bool) -> None:
        """Show it as chosen or not; with a pointer too, since colour may not be seen."""
        self.set_class(is_chosen, "-chosen")
        pointer = "▸ " if is_chosen else "  "
        letter = Content.assemble((pointer, "bold $accent"), (self._sign, "bold $accent"), "  ")
        self._letter.update(letter)

    def on_click(self, event: events.Click) -> None:
        """Say so."""
        event.stop()
        self.post_message(self.Clicked(self.index))


class Choices(Vertical, can_focus=True):
    """A few options, at most one of them chosen."""

    DEFAULT_CSS = """
    Choices {
        height: auto;
        & OptionRow { height: auto; padding: 0 1; }
        & OptionRow:hover { background: $surface; }
        & OptionRow.-chosen { background: $panel; color: $strong; }
        & .letter { width: 5; }
        & Page { width: 1fr; }
    }
    """
    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """An option is the learner's answer."""

        text: str
        "Its letter or number; empty when none is chosen."

    @dataclass
    class Moved(Message):
        """Another option is chosen now."""

        chosen: int

    def __init__(
        self, options: tuple[str, ...], *, signs: str = LETTERS, chosen: str = "", id: str | None = None
    ) -> None:
        """
        Args:
            options: texts in the language of pages.
            signs: what each option goes by, one character each.
            chosen: the sign of the one chosen at first, if any.
        """
        super().__init__(id=id)
        self._options = options
        self._signs = signs[: len(options)]
        self._is_open = True
        self.chosen = self._signs.index(chosen) if chosen in set(self._signs) else None

    def compose(self) -> ComposeResult:
        """The rows."""
        for index, text in enumerate(self._options):
            yield OptionRow(index, self._signs[index], text, is_chosen=index == self.chosen)

    @property
    def text(self) -> str:
        """The sign of the option that is chosen; empty when none is."""
        return "" if self.chosen is None else self._signs[self.chosen]

    def choose(self, index: int) -> None:
        """Choose an option, without handing it up."""
        if self._is_open and 0 <= index < len(self._options):
            if index != self.chosen:
                hand_up(self, self.Moved(index))
            self.chosen = index
            for row in self.query(OptionRow):
                row.choose(is_chosen=row.index == index)

    def begin(self) -> None:
        """Let the next key choose."""
        self.focus()

    def submit(self) -> None:
        """Hand the chosen option up, or that there is none."""
        if self._is_open:
            hand_up(self, self.Submitted(self.text))

    def put(self, text: str) -> None:
        """Have an option chosen, by its sign."""
        self.choose(self._signs.index(text))

    def show_verdict(self, verdict: Verdict, text: str) -> Verdict:
        """What is left to be said of the answer: all of it."""
        return verdict

    def close(self) -> None:
        """Take no more choices."""
        self._is_open = False
        self.can_focus = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the screen once nothing is asked any more."""
        return self._is_open or action != "move"

    def action_move(self, by: int) -> None:
        """Choose the next option, or the one before; the first key chooses an end."""
        start = (-1 if by > 0 else len(self._options)) if self.chosen is None else self.chosen
        self.choose(min(len(self._options) - 1, max(0, start + by)))

    def on_key(self, event: events.Key) -> None:
        """A letter or number chooses its option; Enter hands it up."""
        if event.key == "enter" and self._is_open:
            event.stop()
            self.submit()
        elif event.character and event.character in self._signs:
            event.stop()
            self.choose(self._signs.index(event.character))

    @on(OptionRow.Clicked)
    def click(self, event: OptionRow.Clicked) -> None:
        """The first click chooses, a second one on the same option hands it up."""
        event.stop()
        if self.chosen == event.index:
            self.submit()
        else:
            self.choose(event.index)
            self.focus()
