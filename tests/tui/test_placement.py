"""The placement check on the screen: reached from home, asked, answered, kept, and leading to a lesson."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot
from tui.stand_ins import FakeEngine, new_journal, press, screen_text, settle, type_in

from tutor.lesson.model import Course, Derivative, Lesson
from tutor.lesson.pages import Read
from tutor.marking.verdict import Outcome
from tutor.study.journal import Journal
from tutor.study.placement import PLACEMENT
from tutor.tui.app import TutorApp
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.placement import PlacementScreen
from tutor.tui.widgets.lesson_row import LessonRow


def lesson(id: str, *needs: str) -> Lesson:
    def exercise(name: str, of: str) -> Derivative:
        return Derivative(id=name, ask=f"Of {id}, {name}?", of=of, by=("x",), hints=("A hint.",))

    steps = (Read(text=f"About {id}."), exercise("first", "x^4"), exercise("last", "x^2"))
    title = f"Lesson {id.upper()} [/]"
    return Lesson(id=id, title=title, needs=needs, objectives=("Learn",), steps=steps, summary="Learnt.")


COURSE = Course((lesson("a"), lesson("b", "a"), lesson("c", "b")), ())
SIZES = [(80, 24), (40, 12)]


def new_app(journal: Journal | None = None, engine: FakeEngine | None = None) -> TutorApp:
    return TutorApp(COURSE, journal or new_journal(), engine or FakeEngine())


def text_of(app: TutorApp) -> str:
    """What is on the screen, with each run of blanks and line ends as one blank."""
    return " ".join(screen_text(app).split())


async def begin(pilot: Pilot[None]) -> None:
    """To the first question."""
    await settle(pilot)
    await press(pilot, "p")
    await press(pilot, "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_offered_to_whoever_is_new(size: tuple[int, int]) -> None:
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "p finds your place" in text_of(app)
        assert "p where to start" in text_of(app)
        assert app.screen.max_scroll_y == 0
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "p finds your place" not in text_of(app)
        assert "p where to start" in text_of(app) or size[0] < 60, "where there is no room, help has it"


@pytest.mark.parametrize("size", SIZES)
async def test_right_and_not_known_lead_to_a_lesson(size: tuple[int, int]) -> None:
    journal = new_journal()
    app = new_app(journal)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        assert "question 1" in text_of(app)
        assert "Of b, last?" in text_of(app)
        assert "enter check F3 I don't know ? help" in text_of(app)
        await type_in(pilot, "2x")
        assert "✓ Right." in text_of(app)
        assert "Of c, last?" in text_of(app)
        await press(pilot, "f3")
        assert "Begin with “Lesson C [/]”." in text_of(app)
        assert "You know what 2 lessons of 3 would teach you: ✓ Lesson A [/] ✓ Lesson B [/]" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, LessonScreen)
        assert "About c." in text_of(app)
        await press(pilot, "escape")
        assert [row.render().plain.split()[-4:] for row in app.screen.query(LessonRow)] == (
            [
                ["known", "0", "of", "2"],
                ["known", "1", "of", "2"],
                ["──────────", "0", "of", "2"],
            ]
            if size[0] == 80
            else [["Lesson", "A", "[/]", "known"], ["Lesson", "B", "[/]", "known"], ["[/]", "0", "of", "2"]]
        )
        await press(pilot, "home")
        assert "You know this" in text_of(app)
        await press(pilot, "enter")
        assert "About a." in text_of(app), "nothing is locked"
    (answer,) = journal.answers()
    assert (answer.lesson, answer.exercise, answer.verdict) == ("b", "last", Outcome.CORRECT)


async def test_a_slip_has_a_second_chance_and_help_gives_nothing_away() -> None:
    journal = new_journal()
    app = new_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "f2", "f4", "ctrl+g")
        assert "A hint" not in text_of(app)
        await type_in(pilot, "3x")
        assert "anyone can slip" in text_of(app).lower()
        assert "Of b, first?" in text_of(app)
        assert "That is not the derivative" not in text_of(app)
        await type_in(pilot, "5x")
        assert "on to another lesson" in text_of(app)
        assert "Of a, last?" in text_of(app)
        await press(pilot, "ctrl+n")
        assert "Begin with “Lesson A [/]”." in text_of(app)
        assert "✓" not in text_of(app)
    given = [(answer.exercise, answer.verdict) for answer in journal.answers()]
    assert given == [("last", Outcome.INCORRECT), ("first", Outcome.INCORRECT)]


async def test_what_cannot_be_read_or_is_empty_counts_for_nothing() -> None:
    journal = new_journal()
    app = new_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await press(pilot, "enter")
        assert "Type an answer first; F3 says that you don't know." in text_of(app)
        await type_in(pilot, "(")
        assert "question 1" in text_of(app)
        assert "Something is still to come" in text_of(app)
        await press(pilot, "backspace")
        await type_in(pilot, "2x")
        assert "question 2" in text_of(app)
    (place,) = journal.places()
    assert (place.lesson, place.step) == (PLACEMENT, "b=right")


async def test_who_leaves_goes_on_later_or_begins_again() -> None:
    journal = new_journal()
    app = new_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await type_in(pilot, "2x")
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "Lesson C [/] Enter begins it." in text_of(app)
    app = new_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        assert "You have answered 1 question." in text_of(app)
        await press(pilot, "enter")
        assert "question 2" in text_of(app)
        assert "Of c, last?" in text_of(app)
        await press(pilot, "r", "escape", "p", "r", "enter")
        assert "question 1" in text_of(app)
        assert "Of b, last?" in text_of(app)
    assert journal.places()[0].step == ""


async def test_who_knows_all_is_told_so_and_sent_home() -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await type_in(pilot, "2x")
        await type_in(pilot, "2x")
        assert "You know all that this course teaches." in text_of(app)
        assert "enter home r ask again" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert screen_text(app).count("known") == len(COURSE.lessons)


async def test_an_answer_under_judgement_is_the_only_one_and_is_kept_by_whoever_leaves() -> None:
    journal, engine = new_journal(), FakeEngine()
    app = new_app(journal, engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        engine.gate.clear()
        await pilot.press("2", "x", "enter", "enter", "f3")
        await pilot.pause()
        assert engine.asked == ["2x"]
        assert isinstance(app.screen, PlacementScreen)
        judging = app.screen._judging
        await pilot.press("escape")
        engine.gate.set()
        assert judging is not None
        await asyncio.wait([judging])
        await settle(pilot)
    assert [answer.text for answer in journal.answers()] == ["2x"]
    assert journal.places()[0].step == "b=right"


async def test_help_names_its_keys() -> None:
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert "p where to start" in text_of(app)
        await press(pilot, "escape", "p", "question_mark")
        assert "F3 ctrl+n I don't know" in text_of(app)
