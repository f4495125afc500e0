"""A shipped lesson walked on the screen from its first page to its summary, with the engine that learners have."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.stand_ins import new_journal, press, screen_text, settle

from tutor import places
from tutor.engine.client import Engine
from tutor.lesson.compiled import open_course
from tutor.lesson.model import Choice
from tutor.lesson.pages import Descent
from tutor.marking.kinds import solve
from tutor.study.journal import Journal
from tutor.tui.app import TutorApp
from tutor.tui.screens.descent import DescentScreen
from tutor.tui.screens.lesson import LessonScreen

LESSONS = ("rates-of-change", "power-rule-and-partials", "house-prices")


@pytest.mark.parametrize("lesson_id", LESSONS)
async def test_a_lesson_is_walked_from_end_to_end(lesson_id: str, tmp_path: Path) -> None:
    course = open_course(places.lessons_directory(), tmp_path)
    lesson = next(lesson for lesson in course.lessons if lesson.id == lesson_id)
    journal = new_journal()
    app = TutorApp(course, journal, Engine(deadline=30), start_lesson=lesson_id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for number, step in enumerate(lesson.steps, start=1):
            assert f"step {number} of {len(lesson.steps) + 1}" in screen_text(app)
            if step in lesson.exercises:
                await _answer(pilot, journal, solve(step), is_choice=isinstance(step, Choice))  # type: ignore[arg-type]
                assert journal.answers()[-1].exercise == step.id
                assert "✓ Right" in screen_text(app), (step.id, screen_text(app))
            if isinstance(step, Descent):
                await press(pilot, "enter")
                assert isinstance(app.screen, DescentScreen)
                await press(pilot, "n")
            else:
                await press(pilot, "enter")
        assert "✓ All done" in screen_text(app)
        assert isinstance(app.screen, LessonScreen)
    assert {answer.exercise for answer in journal.answers()} == {exercise.id for exercise in lesson.exercises}


async def _answer(pilot: Pilot[None], journal: Journal, text: str, *, is_choice: bool) -> None:
    """Give an answer as a learner would: a letter, or a text pasted in."""
    before = len(journal.answers())
    if is_choice:
        await pilot.press(text, "enter")
    else:
        await pilot.press("ctrl+u", *text.replace("−", "-"), "enter")
    await settle(pilot)
    assert len(journal.answers()) == before + 1
