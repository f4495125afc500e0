"""How the app begins, ends and fails, and what it refuses."""

import contextlib
from io import BytesIO
from pathlib import Path

import pytest
from textual.app import App
from textual.worker import WorkerFailed
from tui.stand_ins import COURSE, FakeEngine, new_app, new_journal, press, screen_text, settle

from tutor import places
from tutor.lesson.model import AnyExercise, Course
from tutor.marking.verdict import Verdict
from tutor.tui import crash
from tutor.tui.app import TutorApp
from tutor.tui.screens.help import HOME, HelpScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.theme import DARK, LIGHT

SIZE = (80, 24)


async def test_the_engine_is_started_at_the_first_key_and_closed_at_the_end() -> None:
    engine = FakeEngine()
    app = new_app(engine=engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert not engine.is_started
        await press(pilot, "down")
        assert engine.is_started
    assert engine.is_closed


async def test_a_lesson_can_be_opened_at_once_and_the_course_be_a_function() -> None:
    app = TutorApp(lambda: COURSE, new_journal(), FakeEngine(), start_lesson="bowl")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LessonScreen)
        assert "A bowl" in screen_text(app)


async def test_a_course_without_lessons_is_no_crash() -> None:
    app = TutorApp(Course((), ()), new_journal(), FakeEngine())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "down")
        assert "Derivatives" in screen_text(app)


async def test_nothing_can_write_files_start_shells_or_open_browsers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda *_: pytest.fail("a browser was opened"))
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for action in ("app.screenshot", "app.suspend_process", "app.command_palette"):
            await app.run_action(action)
        app.open_url("https://example.org")
        app.deliver_screenshot("screen.svg", str(tmp_path))
        app.deliver_binary(BytesIO(b"x"), save_directory=tmp_path, save_filename="x")
        await press(pilot, "ctrl+p", "ctrl+z")
        assert len(app.screen_stack) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_fault_is_written_to_the_log_and_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    app = new_app()
    secret = "a learner's answer"
    try:
        raise RuntimeError(f"{len(secret)} characters")
    except RuntimeError as error:
        app._handle_exception(error)
    assert app.return_code == 1
    app._print_error_renderables()
    said = capsys.readouterr().err
    assert "had to stop" in said
    assert "Traceback" not in said
    assert secret not in said
    log = places.log_file().read_text()
    assert "RuntimeError: 18 characters" in log
    assert secret not in log.replace('secret = "a learner\'s answer"', "")


def test_the_log_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "LARGEST", 10)
    log = tmp_path / "far" / "tutor.log"
    for fault in ("first", "second", "third"):
        crash.write_traceback(RuntimeError(fault), log)
    assert {file.name: file.read_text() for file in log.parent.iterdir()} == {
        "tutor.log": "RuntimeError: third\n",
        "tutor.old": "RuntimeError: second\n",
    }


async def test_a_screen_is_left_once_however_often_it_is_asked_to() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for more in (2, 1):
            for _ in range(more):
                app.push_screen(HelpScreen(HOME))
            await settle(pilot)
            help_screen, before = app.screen, len(app.screen_stack)
            assert isinstance(help_screen, HelpScreen)
            for _ in range(3):
                help_screen.dismiss()
            await settle(pilot)
            assert len(app.screen_stack) == before - 1


async def test_light_and_dark() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.theme == DARK.name
        await press(pilot, "t")
        assert app.theme == LIGHT.name


@pytest.mark.parametrize(("size", "whole"), [((40, 12), False), ((80, 13), True), ((80, 24), True)])
async def test_a_notice_lies_on_no_question(size: tuple[int, int], whole: bool) -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        said = "Your record of answers cannot be used: the disk is full. You can go on: " + "all is kept, " * 6
        app.notify(said, severity="warning", markup=False)
        await settle(pilot)
        body, toast = app.screen.query_one("Body").region, app.screen.query_one("Toast").region
        assert toast.height >= 3
        assert ("…" in screen_text(app)) is not whole
        assert not body.overlaps(toast)
        app.notify(said[:50], severity="warning", markup=False)
        await settle(pilot)
        assert len(app._notifications) == 1 or not whole, "said already, at greater length"
        app.notify("All is well again.", severity="warning", markup=False)
        await settle(pilot)
        assert [note.message for note in app._notifications] == ["All is well again."]
        assert app.cut_short == ([] if whole else [said]), "the whole is said when the screens are left"


@pytest.mark.parametrize("size", [(60, 20), (40, 12), (200, 60), (20, 5), (1, 1)])
async def test_every_size_is_survived_and_the_keys_are_seen_where_there_is_room(size: tuple[int, int]) -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _ in range(6):
            if size[0] >= 40:
                assert "esc home" in screen_text(app) or "enter home" in screen_text(app)
            await press(pilot, "ctrl+n")


@pytest.mark.parametrize(
    ("size", "start", "says"),
    [
        ((40, 12), {}, True),
        ((60, 14), {}, True),
        ((59, 24), {}, True),
        ((60, 20), {}, False),
        ((40, 12), {"start_lesson": "squares"}, True),
        ((40, 12), {"start_lab": "bowl"}, True),
        ((80, 24), {"start_lab": "bowl"}, False),
    ],
)
async def test_a_cramped_terminal_is_told_once_what_would_be_better(
    size: tuple[int, int], start: dict[str, str], says: bool
) -> None:
    app = TutorApp(
        COURSE, new_journal(), FakeEngine(), start_lesson=start.get("start_lesson"), start_lab=start.get("start_lab")
    )
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = " ".join(screen_text(app).split())
        assert ("Everything needs 60x20 or more; tutor --plain reads as lines." in shown) is says
        for key in ("enter", "enter", "escape", "escape"):
            await press(pilot, key)
            assert "60x20" not in screen_text(app)


def test_the_app_is_quiet_by_itself() -> None:
    app = new_app()
    assert app.animation_level == "none"
    assert not TutorApp.ENABLE_COMMAND_PALETTE
    assert isinstance(app, App)


async def test_a_fault_in_a_worker_is_logged_and_said_and_the_learner_goes_on() -> None:
    class Broken(FakeEngine):
        async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
            raise RuntimeError("nobody foresaw this")

    app = new_app(engine=Broken(), start_lesson="bowl")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("w", "enter")
        with contextlib.suppress(WorkerFailed):
            await settle(pilot)
        await pilot.pause()
        assert "fault of the program" in "".join(note.message for note in app._notifications)
        assert app.is_running
    assert "nobody foresaw this" in places.log_file().read_text()
