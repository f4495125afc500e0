"""Training on the screen: play, pause, step, another rate, another formula."""

import pytest
from textual.pilot import Pilot
from tui.stand_ins import BOWL, FakeEngine, new_app, press, screen_text, settle, type_in

from tutor.tui.app import TutorApp
from tutor.tui.screens.descent import DescentScreen
from tutor.tui.screens.formulas import FormulaScreen
from tutor.tui.screens.lab import LabScreen
from tutor.tui.widgets.answer import AnswerBox
from tutor.tui.widgets.keys import KeyBar
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
        assert all(text in screen_text(app) for text in ("−3.00000", "0.300000", "loss 4.50000"))
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
        assert engine.trained[-1] == (0.1, {"w": "w - 2"})
        assert engine.trained.count((0.1, {})) == 1  # the right run at this rate is known already
        await press(pilot, "space", "home")
        assert "::: is the same run with the right formulas." in " ".join(screen_text(app).split())
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


async def test_the_arrows_go_from_formula_to_formula() -> None:
    exercises = dict.fromkeys(("w1", "w2"), BOWL.exercises[0])
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.push_screen(FormulaScreen(exercises, {"w1": "", "w2": ""}))
        await settle(pilot)
        await press(pilot, "1", "down", "2", "up", "3")
        assert [box.text for box in app.screen.query(AnswerBox)] == ["13", "2"]
        await press(pilot, "down")
        await pilot.click(KeyBar, offset=(str(app.screen.query_one(KeyBar).render()).index("↑"), 0))
        await press(pilot, "4")
        assert [box.text for box in app.screen.query(AnswerBox)] == ["134", "2"]


@pytest.mark.parametrize(
    ("formula", "said"),
    [("ln(w)", "Your formula for w gives no number at the start"), ("10^300*r", "too large to go on after step 0")],
)
async def test_beside_a_run_that_ends_at_once_the_right_one_is_seen_whole(formula: str, said: str) -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot, formula)
        screen = app.screen
        assert isinstance(screen, DescentScreen)
        assert len(screen._run.path) == 1
        assert screen._replay.last == len(screen._ghost.path) - 1 > 50
        assert said in " ".join(screen_text(app).split())
        assert "::: is the same run" in " ".join(screen_text(app).split())
        await press(pilot, "end")
        assert f"step {screen._replay.last} of {screen._replay.last}" in screen_text(app)
        assert said in " ".join(screen_text(app).split())


async def test_the_right_run_at_a_rate_is_computed_once() -> None:
    engine = FakeEngine()
    app = new_bowl(engine)
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        for key in ("up", "down", "up", "down"):
            await press(pilot, key)
        assert [rate for rate, formulas in engine.trained if not formulas] == [0.1, 0.3]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (60, 16), (40, 12)])
async def test_the_loss_and_the_way_to_help_are_seen_at_any_size(size: tuple[int, int]) -> None:
    app = new_bowl()
    async with app.run_test(size=size) as pilot:
        await to_the_descent(pilot)
        assert "loss 4.50000" in screen_text(app)
        assert "? help" in screen_text(app)
        assert "esc back" in screen_text(app)


async def test_the_smallest_screen_has_the_whole_arithmetic_and_then_the_whole_ending() -> None:
    app = new_bowl()
    async with app.run_test(size=(40, 12)) as pilot:
        await to_the_descent(pilot)
        assert "w  0 − 0.1·(−3) = 0.3" in screen_text(app)
        await press(pilot, "end")
        assert app.screen._run is not None
        said = " ".join(screen_text(app).split())
        assert " ".join(app.screen._run.why.split()) in said


async def test_a_foot_entry_of_two_keys_is_two_targets() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot)
        bar = app.screen.query_one(KeyBar)
        at = bar.gutter.left + str(bar.render()).index("← →")
        await pilot.click(KeyBar, offset=(at + 2, 0))
        await settle(pilot)
        assert "step 1 of" in screen_text(app)
        await pilot.click(KeyBar, offset=(at, 0))
        await settle(pilot)
        assert "step 0 of" in screen_text(app)


async def test_the_run_can_be_taken_to_the_lab_and_back() -> None:
    app = new_bowl()
    async with app.run_test(size=SIZE) as pilot:
        await to_the_descent(pilot, "w - 2")
        await press(pilot, "l")
        assert isinstance(app.screen, LabScreen)
        assert app.engine.descended[0] == "bowl:rate=0.1:steps=400:d.w=w~-~2"
        await press(pilot, "escape")
        assert isinstance(app.screen, DescentScreen)
