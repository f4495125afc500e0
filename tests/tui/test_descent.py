"""Training on the screen: play, pause, step, another rate, another formula."""

from textual.pilot import Pilot
from tui.stand_ins import BOWL, FakeEngine, new_app, press, screen_text, settle, type_in

from tutor.tui.app import TutorApp
from tutor.tui.screens.descent import DescentScreen
from tutor.tui.screens.formulas import FormulaScreen
from tutor.tui.widgets.slider import RateSlider

SIZE = (80, 24)


async def to_the_descent(pilot: Pilot[None], answer: str = "w - 3") -> None:
    await settle(pilot)
    if answer:
        await type_in(pilot, answer)
    await press(pilot, "ctrl+n")
    assert "Roll down." in screen_text(pilot.app)
    await press(pilot, "enter")
    await press(pilot, "space", "home")
    assert isinstance(pilot.app.screen, DescentScreen)


def new_bowl(engine: FakeEngine | None = None) -> TutorApp:
    return new_app(engine=engine, start_lesson=BOWL.id)


async def test_the_formula_typed_in_the_lesson_is_the_one_that_runs() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await type_in(pilot, "w + 3")
        await press(pilot, "ctrl+n")
        assert "dE/dw = w + 3" in screen_text(app)
        await press(pilot, "enter")
        assert engine.trained[0] == (0.1, {"w": "w + 3"})
        assert engine.trained[1] == (0.1, {})  # the ghost


async def test_without_an_answer_the_right_formula_stands_in() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+n")
        assert "the right formula stands in" in screen_text(app)
        await press(pilot, "enter")
        assert engine.trained == [(0.1, {})]


async def test_the_numbers_of_each_step_and_the_sentence_at_the_end() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        # By hand: w = 0, partial w - 3 = -3, update 0.3; then w = 0.3, partial -2.7, update 0.27.
        assert "step 0 of" in screen_text(app)
        assert all(text in screen_text(app) for text in ("−3.00000", "0.300000", "loss 9.00000"))
        await press(pilot, "right")
        assert "step 1 of" in screen_text(app)
        assert all(text in screen_text(app) for text in ("−2.70000", "0.270000", "0.570000", "3.00000"))
        await press(pilot, "left", "left")
        assert "step 0 of" in screen_text(app)
        await press(pilot, "shift+right")
        assert "step 10 of" in screen_text(app)
        await press(pilot, "end")
        assert "at the end" in screen_text(app)
        assert app.screen._run.why.split()[0] in screen_text(app)
        await press(pilot, "home")
        assert "step 0 of" in screen_text(app)


async def test_space_plays_and_pauses_and_the_timer_only_runs_while_it_plays() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        screen = app.screen
        assert isinstance(screen, DescentScreen)
        assert "space play" in screen_text(app)
        await pilot.press("space")
        assert screen._replay.is_playing
        screen._tick()
        await pilot.press("space")
        assert not screen._replay.is_playing
        assert not screen._timer._active.is_set()
        await pilot.press("r")
        assert screen._replay.step == 0
        assert screen._replay.is_playing


async def test_another_rate_runs_anew() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        engine.trained.clear()
        await press(pilot, "right_square_bracket")
        await press(pilot, "up")
        await press(pilot, "left_square_bracket")
        assert [rate for rate, formulas in engine.trained if formulas] == [0.3, 0.5, 0.3]
        engine.trained.clear()
        await pilot.click(RateSlider, offset=(5, 0))
        await settle(pilot)
        assert engine.trained[0][0] == 0.001


async def test_a_rate_that_cannot_be_run_is_a_sentence() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        for _ in range(9):
            await press(pilot, "up")
        assert "No [/] run." in screen_text(app)
        await press(pilot, "left_square_bracket", "end")
        assert "No [/] run." not in screen_text(app)


async def test_a_wrong_formula_is_run_as_typed_beside_the_ghost_of_the_right_one() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, FormulaScreen)
        assert "w - 3" in screen_text(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "w - ")
        assert isinstance(app.screen, FormulaScreen)  # what cannot be read holds one here
        await press(pilot, "ctrl+u")
        await type_in(pilot, "[/]")
        assert isinstance(app.screen, FormulaScreen)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "w - 2")
        assert isinstance(app.screen, DescentScreen)
        assert engine.trained[-2:] == [(0.1, {"w": "w - 2"}), (0.1, {})]
        await press(pilot, "space", "home")
        assert "Dim: the same run with the right formulas." in " ".join(screen_text(app).split())
        await press(pilot, "end")
        assert "instead of" in " ".join(screen_text(app).split())


async def test_leaving_the_formulas_as_they_were_runs_nothing() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        engine.trained.clear()
        await press(pilot, "e")
        await press(pilot, "escape")
        await press(pilot, "e")
        await press(pilot, "enter")
        assert engine.trained == []


async def test_on_with_the_lesson_and_back_to_it() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        await press(pilot, "escape")
        assert "Roll down." in screen_text(app)
        await press(pilot, "enter")
        await press(pilot, "n")
        assert "Rolled." in screen_text(app)
