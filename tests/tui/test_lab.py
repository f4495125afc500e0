"""The descent lab on the screen: opened, steered, compared, driven by formulas, shared."""

import pytest
from textual.pilot import Pilot
from tui.stand_ins import COURSE, FakeEngine, new_app, new_journal, press, screen_text, settle, type_in

from tutor import display
from tutor.lesson.model import Course
from tutor.tui.app import TutorApp
from tutor.tui.screens.formulas import FormulaScreen
from tutor.tui.screens.lab import LabScreen
from tutor.tui.screens.lab_menu import LabMenu
from tutor.tui.widgets import views
from tutor.tui.widgets.slider import RateSlider

SIZE = (80, 24)
SIZES = [(80, 24), (40, 12), (200, 60), (60, 16)]


def lab(wanted: str, engine: FakeEngine | None = None) -> TutorApp:
    return TutorApp(COURSE, new_journal(), engine or FakeEngine(), start_lab=wanted)


async def test_no_size_is_too_small_to_come_back_from() -> None:
    app = lab("himmelblau")
    async with app.run_test(size=SIZE) as pilot:
        screen = await paused(pilot)
        before = screen_text(app)
        for size in ((1, 1), (5, 5), (3, 40), (200, 1), SIZE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert screen_text(app) == before
        assert app.screen is screen


async def paused(pilot: Pilot[None]) -> LabScreen:
    """The lab at step 0."""
    await settle(pilot)
    await press(pilot, "home")
    screen = pilot.app.screen
    assert isinstance(screen, LabScreen)
    return screen


def seen(app: TutorApp) -> str:
    return " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("problem", ["bowl", "ravine", "houses", "logistic", "xor"])
async def test_it_opens_at_any_size(problem: str, size: tuple[int, int]) -> None:
    app = lab(problem)
    async with app.run_test(size=size) as pilot:
        await paused(pilot)
        assert "step 0 of" in seen(app)
        await press(pilot, "end", "v", "a", "x", "7", "s", "home")
        assert "step 0 of" in seen(app)


async def test_the_arithmetic_of_the_step_is_always_there() -> None:
    app = lab("bowl")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        assert "w 0 − 0.1·(−3) = 0.3" in seen(app)
        await press(pilot, "right")
        assert "w 0.3 − 0.1·(−2.7) = 0.57" in seen(app)
        await press(pilot, "1")
        assert "w 0.3 − 0.1·(−2.7) = 0.57" in seen(app)


async def test_from_home_to_the_menu_to_the_lab_and_back() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        assert isinstance(app.screen, LabMenu)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, LabScreen)
        await press(pilot, "home")
        assert "Ravine" in seen(app)
        await press(pilot, "escape")
        assert "Derivatives for neural networks" in seen(app)


async def test_a_loss_of_ones_own_is_typed_in_the_menu() -> None:
    engine = FakeEngine()
    app = lab("", engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "up")
        await type_in(pilot, "(w - 3")
        assert "column" in seen(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "(w - 3)^2; w=5")
        assert isinstance(app.screen, LabScreen)
        assert engine.descended == ["loss={w~-~3}^2:rate=0.05:steps=400:start=w=5.0"]


async def test_rate_and_method_make_another_run() -> None:
    engine = FakeEngine()
    app = lab("bowl", engine)
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        engine.descended.clear()
        await press(pilot, "up")
        await press(pilot, "m")
        await press(pilot, "M")
        assert engine.descended == [
            "bowl:rate=0.3:steps=400",
            "bowl:method=momentum:rate=0.3:steps=400:momentum=0.9",
            "bowl:rate=0.3:steps=400",
        ]


async def test_no_key_is_lost_while_a_run_is_being_made() -> None:
    engine = FakeEngine()
    app = lab("bowl", engine)
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        engine.descended.clear()
        engine.gate.clear()
        for key in ("up", "m", "up", "m"):
            await pilot.press(key)
            await pilot.pause()
        engine.gate.set()
        await press(pilot, "end")
        assert engine.descended[-1] == "bowl:method=nesterov:rate=1.0:steps=400:momentum=0.9"
        assert "nesterov" in seen(app)


async def test_before_the_first_run_is_there_it_is_told_what_can_be_done() -> None:
    engine = FakeEngine()
    engine.gate.clear()
    app = lab("bowl", engine)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("o")
        assert [note.message.partition(".")[0] for note in app._notifications] == ["There is no run yet"]
        engine.gate.set()
        await settle(pilot)


async def test_a_run_that_cannot_be_made_is_a_sentence_and_the_last_one_stays() -> None:
    app = lab("bowl")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        await press(pilot, "o", "down", "2", "enter", "end")
        assert "No [/] run." in seen(app)
        assert app.screen.query_one(RateSlider).rate == 0.1
        await press(pilot, "m")
        assert "momentum 0.9" in seen(app), "and the next change is one of it"
        await press(pilot, "right", "right", "y", "ctrl+u", *"bowl:rate=2", "enter")
        assert "No [/] run." in seen(app)
        assert "step 2 of 312" in seen(app), "the last one can still be moved"
        await press(pilot, "pagedown", "pagedown", "pageup")
        assert "step 33 of 312" in seen(app), "a tenth of the run at a time"


async def test_a_wrong_formula_drives_and_is_named_with_its_picture() -> None:
    engine = FakeEngine()
    app = lab("houses", engine)
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, FormulaScreen)
        await type_in(pilot, "r")
        assert engine.descended[-2:] == ["houses:rate=0.1:steps=400:d.w1=r", "houses:rate=0.1:steps=400"]
        await press(pilot, "end")
        assert "as if its sqft were 1" in seen(app)
        assert "right formulas" in seen(app)
        await press(pilot, "g")
        assert "does not" in seen(app)
        assert "w₁" in seen(app)


async def test_what_two_runs_come_to_is_never_cut() -> None:
    app = lab("houses:rate=1.3:d.w1=r")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        await press(pilot, "end")
        (mine,) = [line for line in screen_text(app).splitlines() if "this run:" in line]
        assert "(ended at step" in mine + seen(app).partition("this run:")[2]
        assert "…" not in seen(app)


async def test_on_a_tiny_screen_the_end_is_told_and_the_rest_is_a_key_away() -> None:
    app = lab("houses:rate=0.1:steps=60:d.w1=r")
    async with app.run_test(size=(40, 12)) as pilot:
        await paused(pilot)
        await press(pilot, "end")
        assert "With your formulas w" in seen(app)
        await press(pilot, "i")
        assert "Your formula for w₁ lacks" in seen(app)
        assert "E = r²/2" not in seen(app)
        await press(pilot, "end")
        assert "E = r²/2" in seen(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, LabScreen)


async def test_a_kept_run_is_compared_over_and_beside_the_next() -> None:
    app = lab("bowl")
    async with app.run_test(size=(120, 30)) as pilot:
        await paused(pilot)
        await press(pilot, "c", "up")
        await press(pilot, "home")
        assert "kept: gradient descent, rate 0.1" in seen(app)
        await press(pilot, "end")
        assert "::: kept: gradient descent, rate 0.1: loss" in seen(app)
        await press(pilot, "s")
        assert "this run: gradient descent, rate 0.3 kept: gradient descent, rate 0.1" in seen(app)
        await press(pilot, "c")
        assert "kept:" not in seen(app)


async def test_the_run_is_shown_to_be_copied_and_another_one_taken() -> None:
    engine = FakeEngine()
    app = lab("bowl", engine)
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        await press(pilot, "y")
        assert "bowl:rate=0.1:steps=400" in seen(app)
        assert app.clipboard == "bowl:rate=0.1:steps=400"
        await press(pilot, "ctrl+u")
        await type_in(pilot, "ravine:rate=0.01:steps=50")
        assert engine.descended[-1] == "ravine:rate=0.01:steps=50"
        await press(pilot, "y", "ctrl+u")
        await type_in(pilot, "ravine:rate")
        assert "column 8" in seen(app)


async def test_another_start_is_an_option() -> None:
    engine = FakeEngine()
    app = lab("bowl", engine)
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        await press(pilot, "o", "up", "7", ".", "5", "enter")
        assert engine.descended[-1] == "bowl:rate=0.1:steps=400:start=w=7.5"
        await press(pilot, "o", "up", "-", "enter")
        assert "is not a number" in seen(app)


async def test_the_timer_rests_unless_something_moves_and_stops_by_itself() -> None:
    app = lab("rosenbrock")
    async with app.run_test(size=SIZE) as pilot:
        screen = await paused(pilot)
        assert not screen._timer._active.is_set()
        await press(pilot, "minus", "minus", "minus", "minus", "r")
        assert screen._timer._active.is_set()
        for _ in range(2 * 60 * 8):
            screen._tick()
        assert not screen._timer._active.is_set()
        assert screen._replay.step < screen._replay.last


@pytest.mark.parametrize("view", range(7))
async def test_a_view_is_chosen_by_its_key(view: int) -> None:
    app = lab("houses")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        before = screen_text(app)
        await press(pilot, "v", str(view + 1))
        assert screen_text(app) != before


@pytest.mark.parametrize(("wanted", "keys"), [("bowl", ["escape"]), ("", ["escape"]), ("", ["enter", "q"])])
async def test_without_any_lessons_it_is_all_there_is(wanted: str, keys: list[str]) -> None:
    app = TutorApp(Course((), ()), new_journal(), FakeEngine(), start_lab=wanted)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert wanted.title() in seen(app)
        await press(pilot, *keys)
        assert not app.is_running


async def test_the_foot_has_room_for_keys_as_they_are_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "is_ascii", lambda: True)
    app = lab("xor")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        assert "up down rate" in seen(app)
        assert "? help" in seen(app)


async def test_the_views_of_a_long_run_are_drawn_one_after_another_and_all_arrive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "LONG", 1)
    app = lab("houses:rate=0.1")
    async with app.run_test(size=SIZE) as pilot:
        await paused(pilot)
        for key in ("end", "home", "v", "v", "end"):
            await press(pilot, key)
        shown = app.screen.query_one(views.Views)
        assert not shown._due
        assert {scene._step for scene in shown._scenes if scene.display} == {shown._stage.last}
