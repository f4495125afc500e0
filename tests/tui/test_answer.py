"""The answer box: how a text is read beneath it, and where the caret stands."""

import pytest
from textual import events
from tui.stand_ins import FakeEngine, new_app, press, screen_text, settle, type_in

from tutor import display
from tutor.tui.widgets.answer import TALLEST, AnswerBox
from tutor.tui.widgets.reading import Reading

SIZE = (80, 24)


async def test_the_caret_stays_when_the_screen_changes_its_size() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await type_in(pilot, "2x +")
        before = [line for line in screen_text(app).splitlines() if line.strip() == "^"]
        assert len(before) == 1
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert [line for line in screen_text(app).splitlines() if line.strip() == "^"] == before
        await press(pilot, "x")
        assert not [line for line in screen_text(app).splitlines() if line.strip() == "^"]
        assert "2x + x" in screen_text(app)


@pytest.mark.parametrize(("wish", "stands"), [("--ascii", "3x^2*y + 2*pi"), ("--no-ascii", "3x²y + 2π")])
async def test_in_ascii_a_sign_is_written_as_it_would_be_typed(wish: str, stands: str) -> None:
    display.take([wish])
    try:
        app = new_app(start_lesson="squares")
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await press(pilot, "enter")
            for sign in "3x²y + 2π":
                app.post_message(events.Key(f"sign-{ord(sign)}", sign))
            await settle(pilot)
            box = app.screen.query_one(AnswerBox)
            assert box.text.replace("^2y", "^2*y") == stands
    finally:
        display.take([])


@pytest.mark.parametrize(
    ("text", "keys", "sign"),
    [("2x)" + " + x" * 40, ("left",), "<"), (" + x" * 40 + ")", ("home",), ">"), ("2x)", (), "^")],
)
async def test_a_caret_out_of_sight_points_to_where_it_is(text: str, keys: tuple[str, ...], sign: str) -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        box = app.screen.query_one(AnswerBox)
        box.input.value = text
        await press(pilot, "end", *keys)
        box.complain("Not that.", text.index(")"))
        await settle(pilot)
        caret, message = (line.strip() for line in screen_text(app).splitlines()[6:8])
        assert (caret, message) == (sign, "Not that.")
        await press(pilot, "end" if sign == ">" else "home")
        await press(pilot, "left" if sign == ">" else "right")
        assert screen_text(app).splitlines()[6].strip() == "^"  # it has been scrolled to


@pytest.mark.parametrize(
    ("text", "width"),
    [("^".join("x" * 24), 80), ("1/(1+" * 10 + "x" + ")" * 10, 80), ("+".join(["x^2"] * 120), 60), ("x^2/3", 60)],
)
async def test_a_formula_is_never_tall(text: str, width: int) -> None:
    app = new_app(engine=FakeEngine(), start_lesson="squares")
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        app.screen.query_one(AnswerBox).input.value = text
        await settle(pilot)
        reading = app.screen.query_one(Reading)
        assert 1 <= reading.size.height <= TALLEST
        assert "I read" in screen_text(app)
        assert len(reading._grid) == 3 or max(map(len, reading._grid)) <= width
