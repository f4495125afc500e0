"""Lines to be put in order: each letter typed, or line clicked, gives that line the next place; Enter hands them up."""

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
from tutor.words import tr


class LineRow(Horizontal):
    """One line: its letter, and its place once it has one."""

    @dataclass
    class Clicked(Message):
        """It was clicked."""

        letter: str

    def __init__(self, letter: str, text: str) -> None:
        super().__init__()
        self.letter = letter
        self._text = text
        self._sign = Static(classes="sign")

    def compose(self) -> ComposeResult:
        """Place, letter and text."""
        yield self._sign
        yield Page(self._text)

    def show_place(self, place: int) -> None:
        """Show how far down it was put, counted from 1; 0 for not at all."""
        self.set_class(bool(place), "-placed")
        number = f"{place}." if place else "  "
        self._sign.update(Content.assemble((f"{number} ", "$quiet"), (self.letter, "bold $accent")))

    def on_click(self, event: events.Click) -> None:
        """Say so."""
        event.stop()
        self.post_message(self.Clicked(self.letter))


class Ordering(Vertical, can_focus=True):
    """Lines with letters, and the order that they have been given so far."""

    DEFAULT_CSS = """
    Ordering {
        height: auto;
        & LineRow { height: auto; padding: 0 1; }
        & LineRow:hover { background: $surface; }
        & LineRow.-placed { background: $panel; }
        & .sign { width: 6; }
        & Page { width: 1fr; }
        & #order { height: 1; margin-top: 1; padding: 0 1; }
    }
    """
    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("backspace", "take_back", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """An order is the learner's answer."""

        text: str
        "The letters; empty while a line has no place yet."

    @dataclass
    class Moved(Message):
        """The order is another one now."""

    def __init__(self, lines: tuple[str, ...], *, chosen: str = "", id: str | None = None) -> None:
        """
        Args:
            lines: texts in the language of pages, the one lettered a first.
            chosen: the letters in the order given before.
        """
        super().__init__(id=id)
        self._lines = lines
        self._letters = LETTERS[: len(lines)]
        self._is_open = True
        self.chosen = "".join(dict.fromkeys(letter for letter in chosen if letter in self._letters))
        self._order = Static(id="order")

    def compose(self) -> ComposeResult:
        """The lines, and the order beneath them."""
        for letter, text in zip(self._letters, self._lines, strict=True):
            yield LineRow(letter, text)
        yield self._order

    def on_mount(self) -> None:
        """Show what was chosen before."""
        self._show()

    def place(self, letter: str) -> None:
        """Give a line the next place; one that has a place keeps it."""
        if self._is_open and letter in self._letters and letter not in self.chosen:
            self._change(self.chosen + letter)

    def begin(self) -> None:
        """Let the next key choose."""
        self.focus()

    def submit(self) -> None:
        """Hand the order up, or that it is not whole yet."""
        if self._is_open:
            hand_up(self, self.Submitted(self.chosen if len(self.chosen) == len(self._letters) else ""))

    def put(self, text: str) -> None:
        """Have the lines stand in an order, given by their letters."""
        self._change(text)

    def show_verdict(self, verdict: Verdict, text: str) -> Verdict:
        """What is left to be said of the answer: all of it."""
        return verdict

    def close(self) -> None:
        """Take no more letters."""
        self._is_open = False
        self.can_focus = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key to the screen once nothing is asked any more."""
        return self._is_open or action != "take_back"

    def action_take_back(self) -> None:
        """Take the last line out of its place."""
        if self.chosen:
            self._change(self.chosen[:-1])

    def on_key(self, event: events.Key) -> None:
        """A letter gives its line the next place; Enter hands the order up."""
        if event.key == "enter" and self._is_open:
            event.stop()
            self.submit()
        elif event.character and event.character in self._letters:
            event.stop()
            self.place(event.character)

    @on(LineRow.Clicked)
    def click(self, event: LineRow.Clicked) -> None:
        """A click gives a line the next place, or takes the last one out of its place again."""
        event.stop()
        if self.chosen.endswith(event.letter):
            self.action_take_back()
        else:
            self.place(event.letter)
        self.focus()

    def _change(self, chosen: str) -> None:
        self.chosen = chosen
        self._show()
        hand_up(self, self.Moved())

    def _show(self) -> None:
        for row in self.query(LineRow):
            row.show_place(self.chosen.index(row.letter) + 1 if row.letter in self.chosen else 0)
        open_places = "·" * (len(self._letters) - len(self.chosen))
        self._order.update(Content.assemble((tr("Your order: "), "$quiet"), " ".join(self.chosen + open_places)))
