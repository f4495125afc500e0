"""Every shipped lesson walked on the screen from its first page to its summary, with the engine that learners have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from tui.stand_ins import new_journal, press, screen_text, settle

from tutor import places
from tutor.engine.client import Engine
from tutor.front import prompt
from tutor.front.typeset import set_page
from tutor.front.words import cell_len
from tutor.lesson.compiled import open_course
from tutor.lesson.model import AnyExercise, Choice, Exercise, Fix, Lesson, LineByLine, Order, Predict
from tutor.lesson.pages import Descent
from tutor.lesson.read import read_course
from tutor.lesson.vary import seeds_of, variant
from tutor.marking.kinds import solve
from tutor.tui.app import TutorApp
from tutor.tui.screens.descent import DescentScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.answer import AnswerInput

WIDTH = 76
"Of a page on a terminal of 80 columns."

LESSONS = [lesson.id for lesson in read_course(places.course_directory()).lessons]


@pytest.mark.parametrize("lesson_id", LESSONS)
async def test_a_lesson_is_walked_from_end_to_end(lesson_id: str, tmp_path: Path) -> None:
    course = open_course(places.course_directory(), tmp_path)
    lesson = next(lesson for lesson in course.lessons if lesson.id == lesson_id)
    journal = new_journal()
    app = TutorApp(course, journal, Engine(deadline=30), start_lesson=lesson_id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for number, step in enumerate(lesson.steps, start=1):
            assert f"step {number} of {len(lesson.steps) + 1}" in screen_text(app)
            if isinstance(step, Exercise):
                await _answer(pilot, _seen(step))
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


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_no_page_is_wider_than_a_terminal(lesson_id: str, tmp_path: Path) -> None:
    course = open_course(places.course_directory(), tmp_path)
    lesson = next(lesson for lesson in course.lessons if lesson.id == lesson_id)
    for text in _texts(lesson):
        for line in set_page(text, WIDTH):
            assert cell_len(line.plain) <= WIDTH, text


def _texts(lesson: Lesson) -> Iterator[str]:
    yield lesson.summary
    for step in lesson.steps:
        if not isinstance(step, Exercise):
            yield step.text
            continue
        for seed in seeds_of(step) or (None,):
            made = step if seed is None else variant(step, seed)
            yield from (made.ask, made.because, *made.hints, *prompt.options(made))


def _seen(exercise: AnyExercise) -> AnyExercise:
    """The variant that a learner meets first."""
    seeds = seeds_of(exercise)
    return variant(exercise, seeds[0]) if seeds else exercise


async def _answer(pilot: Pilot[None], exercise: AnyExercise) -> None:
    """Give the right answer as a learner would: a key, letters in order, or texts typed."""
    text = solve(exercise)
    match exercise:
        case Choice() | Predict() | Fix() | Order():
            await press(pilot, *text, "enter")
        case LineByLine():
            for line in exercise.split(text):
                await _paste(pilot, line)
        case _:
            await _paste(pilot, text)


async def _paste(pilot: Pilot[None], text: str) -> None:
    """Paste a text and hand it up: a pilot has no keys for √ and the like."""
    await pilot.press("ctrl+u")
    pilot.app.screen.query_one(AnswerInput).post_message(events.Paste(text))
    await press(pilot, "enter")
