"""Review, practice and progress from the home screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from study.samples import answer
from tui.stand_ins import new_app, new_journal, press, screen_text, settle, type_in

from tutor.study.journal import Journal
from tutor.study.templates import PRACTICE, template_of
from tutor.tui.app import TutorApp
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.lesson import LessonScreen

SIZE = (80, 24)
SIZES = [SIZE, (200, 60), (40, 12)]


def studied(days_ago: float) -> Journal:
    """Two exercises of the first lesson answered some days ago."""
    journal = new_journal()
    at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="seconds")
    for number, exercise in enumerate(("square", "cube")):
        journal.append(answer(number, "squares", exercise, at=at))
    journal.remember_place("squares", "cube", at)
    return journal


def text_of(app: TutorApp) -> str:
    return " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_due_is_said_reviewed_and_over(size: tuple[int, int]) -> None:
    journal = studied(days_ago=9)
    app = new_app(journal)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "review 2" in text_of(app)
        if size[1] > 12:
            assert "2 exercises are due for review today" in text_of(app)
        await press(pilot, "r")
        assert "1 of 2" in text_of(app)
        await type_in(pilot, "2x")
        await press(pilot, "enter")
        await type_in(pilot, "3x²")
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, HomeScreen)
        await settle(pilot)
        assert "review 2" not in text_of(app)
    assert [(row.lesson, row.exercise) for row in journal.answers()][2:] == [("squares", "square"), ("squares", "cube")]


async def test_with_nothing_due_one_is_told_when_there_is() -> None:
    app = new_app(studied(days_ago=0.0))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        assert isinstance(app.screen, HomeScreen)
        assert any(
            "Nothing is due for review today. 2 exercises come again" in note.message for note in app._notifications
        )


@pytest.mark.parametrize("size", SIZES)
async def test_practice_goes_on_and_on_and_is_recorded(size: tuple[int, int]) -> None:
    journal = studied(days_ago=9)
    before = len(journal.answers())
    app = new_app(journal)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert "of 4" in text_of(app) or size[0] < 60
        for _ in range(4):
            await type_in(pilot, "1")
            await press(pilot, "ctrl+n")
        assert isinstance(app.screen, LessonScreen)
        await press(pilot, "ctrl+p", "escape")
        assert isinstance(app.screen, HomeScreen)
    rows = journal.answers()[before:]
    assert len(rows) == 4
    assert all(row.lesson == PRACTICE and template_of(row.lesson, row.exercise) and row.seed for row in rows)


@pytest.mark.parametrize("size", SIZES)
async def test_bars_and_the_last_weeks(size: tuple[int, int]) -> None:
    app = new_app(studied(days_ago=9))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if size[1] > 12:
            assert "the power rule" in text_of(app), "the skills of the lesson that was begun"
            assert "%" in text_of(app)
            await press(pilot, "down")
            assert "the power rule" not in text_of(app), "of one that was not, what it teaches"
            assert "Roll" in text_of(app)
        await press(pilot, "m")
        assert "skills mastered" in text_of(app)
        assert "the power rule" in text_of(app)
        await press(pilot, "end")
        assert "This week: nothing answered yet" in text_of(app)
        await press(pilot, "question_mark", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_progress_before_the_first_answer() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        assert "Nothing yet" in text_of(app)
