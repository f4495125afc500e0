"""Many keys in one piece: what is gathered, what stays a key, and that nothing is lost or put in another order."""

import pytest
from textual import events
from tui.stand_ins import new_app, press, screen_text, settle

from tutor.tui.bunch import MANY, Bunch
from tutor.tui.incoming import Incoming
from tutor.tui.widgets.answer import ROOM, AnswerInput

SIZE = (80, 24)


@pytest.mark.parametrize(
    ("sent", "expected", "why"),
    [
        ("2x", ["2", "x"], "typed"),
        ("x" * (MANY - 1), ["x"] * (MANY - 1), "a few, bunched by a slow line"),
        ("x" * MANY, ["*" + "x" * MANY], "a flood"),
        ("x" * MANY + "\r2", ["*" + "x" * MANY, "enter", "2"], "Enter keeps its place"),
        ("\x15" + "x" * MANY, ["ctrl+u", "*" + "x" * MANY], "so does what comes before"),
        ("\x1b[200~" + "y" * MANY + "\x1b[201~", ["paste"], "a paste is Textual's"),
        ("\x1b[A" * MANY, ["up"] * MANY, "arrows are no letters"),
        (" " + "é" * MANY + " ", ["* " + "é" * MANY + " "], "blanks at the ends count"),
    ],
)
def test_what_becomes_a_bunch(sent: str, expected: list[str], why: str) -> None:
    names = []
    for event in Incoming().feed(sent):
        match event:
            case Bunch(text=text):
                names.append(f"*{text}")
            case events.Paste():
                names.append("paste")
            case events.Key(character=character, key=key):
                names.append(character if event.is_printable else key)
    assert names == expected, why


def test_a_bunch_within_a_bracketed_paste_is_part_of_it() -> None:
    parser = Incoming()
    found = [event for part in ("\x1b[200~", "y" * 4096, "z\x1b[201~") for event in parser.feed(part)]
    assert [type(event) for event in found] == [events.Paste]
    assert found[0].text == "y" * 4096 + "z"


async def test_a_flood_fills_the_box_and_no_more() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        box = app.screen.query_one(AnswerInput)
        for _ in range(25):
            app.post_message(Bunch("x" * 4096))
        await settle(pilot)
        assert box.value == "x" * ROOM
        assert "That is more than 500 characters" in screen_text(app)
        await press(pilot, "y", "z")  # full
        assert box.value == "x" * ROOM
        await press(pilot, "ctrl+u")
        app.post_message(Bunch("2x + 3x + 4x ?" + " + 5x"))
        await settle(pilot)
        assert box.value == "2x + 3x + 4x  + 5x"


async def test_a_flood_where_nothing_is_typed_does_nothing() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = screen_text(app)
        app.post_message(Bunch("n" * 100))
        await settle(pilot)
        assert screen_text(app) == before
