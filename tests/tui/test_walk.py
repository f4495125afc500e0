"""One learner in front of the screen: a whole lesson, mistakes, hints, leaving and coming back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.timer import Timer
from tui.stand_ins import FakeEngine, new_app, new_journal, press, screen_text, settle, type_in

from tutor.lesson.model import Course, Lesson
from tutor.lesson.pages import Read
from tutor.marking.verdict import Outcome
from tutor.tui.app import TutorApp
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.answer import AnswerBox, AnswerInput
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.plot import PlotView

SIZE = (80, 24)


async def test_a_whole_lesson_from_the_home_screen_to_its_summary_and_back() -> None:
    journal = new_journal()
    app = new_app(journal)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = screen_text(app)
        assert "Squares [/] and more" in shown
        assert "0 of 3" in shown
        assert "has a fault and is left out; the command tutor check says why." in shown
        await press(pilot, "enter")
        assert "A page with [/] and x² in it." in screen_text(app)
        assert "step 1 of 6" in screen_text(app)
        await press(pilot, "enter")
        await type_in(pilot, "3x")
        assert "✗ Not yet" in screen_text(app)
        assert "At x = 2 yours gives 5; the right answer gives 4." in " ".join(screen_text(app).split())
        await press(pilot, "ctrl+u")
        assert "Not yet" not in screen_text(app)  # what was said of another text is gone
        await type_in(pilot, "2x")
        assert "✓ Right" in screen_text(app)
        assert "The power comes down." in screen_text(app)
        await press(pilot, "enter")
        await press(pilot, "a", "enter")
        assert "✗ Not yet" in screen_text(app)
        await press(pilot, "down", "enter")
        assert "✓ Right" in screen_text(app)
        await press(pilot, "enter")
        assert app.screen.query_one(PlotView)
        assert "curve" in screen_text(app)
        await press(pilot, "enter")
        await type_in(pilot, "3x²")
        await press(pilot, "enter")
        assert "All done" in screen_text(app)
        assert "step 6 of 6" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "3 of 3 ✓" in screen_text(app)
    assert [(each.text, each.verdict) for each in journal.answers()] == [
        ("3x", Outcome.INCORRECT),
        ("2x", Outcome.CORRECT),
        ("a", Outcome.INCORRECT),
        ("b", Outcome.CORRECT),
        ("3x²", Outcome.CORRECT),
    ]


async def test_an_answer_is_on_disk_before_its_verdict_is_on_the_screen() -> None:
    shown_when_written: list[str] = []
    journal = new_journal()
    app = new_app(journal, start_lesson="squares")
    append = journal.append

    def watched(answer: object) -> None:
        shown_when_written.append(screen_text(app))
        append(answer)  # type: ignore[arg-type]

    journal.append = watched  # type: ignore[method-assign, assignment]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await type_in(pilot, "2x")
        assert "✓ Right" in screen_text(app)
    assert len(shown_when_written) == 1
    assert "Right" not in shown_when_written[0]


async def test_hints_come_one_at_a_time_and_the_solution_only_after_one() -> None:
    journal, engine = new_journal(), FakeEngine()
    app = new_app(journal, engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "F3" not in screen_text(app)
        await press(pilot, "f3")
        assert "solution" not in screen_text(app)  # not earned yet
        await press(pilot, "f2")
        assert "First hint." in screen_text(app)
        assert "Second hint" not in screen_text(app)
        await press(pilot, "ctrl+g")
        assert "Second hint [/b]." in screen_text(app)
        assert "F2" not in screen_text(app)  # there is none left
        assert "F3 solution" in screen_text(app)
        await press(pilot, "f3")
        assert "The solution" in screen_text(app)
        assert "F3" not in screen_text(app)
        await type_in(pilot, "2x")  # typing it is still allowed
        assert "✓ Right" in screen_text(app)
    rows = [(each.text, each.hints, each.solution_shown) for each in journal.answers()]
    assert rows == [("", 1, False), ("", 2, False), ("", 2, True), ("2x", 2, True)]


async def test_two_wrong_tries_earn_the_solution_and_unreadable_ones_do_not() -> None:
    journal = new_journal()
    app = new_app(journal, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        for text in ("2x)", "q", "3^", "4 )"):
            await press(pilot, "ctrl+u")
            await type_in(pilot, text)
            assert "Not read, and not counted" in screen_text(app), text
            assert "Not yet" not in screen_text(app), text
        assert "F3" not in screen_text(app)
        for text in ("x", "3x"):
            await press(pilot, "ctrl+u")
            await type_in(pilot, text)
        assert "F3 solution" in screen_text(app)
    assert sum(each.verdict is Outcome.UNREADABLE for each in journal.answers()) == 4


async def test_leaving_anywhere_comes_back_to_the_same_exercise(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    journal = new_journal(file)
    app = new_app(journal)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "enter")
        await press(pilot, "ctrl+n")  # past the exercise, to the choice
        await press(pilot, "ctrl+q")
    journal.close()
    again = new_app(new_journal(file))
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Enter goes on at step 3 of 6." in screen_text(again)
        await press(pilot, "enter")
        assert "Which?" in screen_text(again)
        await press(pilot, "escape")
        assert isinstance(again.screen, HomeScreen)


async def test_a_done_exercise_shows_what_was_answered_and_enter_goes_on() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await type_in(pilot, "2x")
        await press(pilot, "enter", "ctrl+p")
        assert app.screen.query_one(AnswerBox).text == "2x"
        assert "✓ Done" in screen_text(app)
        await press(pilot, "enter")
        assert "Which?" in screen_text(app)


@pytest.mark.parametrize(
    "text",
    ["[/]", "[b]x[/b]", "[@click=app.quit]x[/]", "$x", "\\[", "{x}", "𝒙²", "x" * 300],
)
async def test_what_is_typed_is_shown_as_plain_text(text: str) -> None:
    journal = new_journal()
    app = new_app(journal, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        app.screen.query_one(AnswerInput).post_message(events.Paste(text))
        await settle(pilot)
        await press(pilot, "enter")
        assert app.screen.query_one(AnswerBox).text == text
        assert text[-40:] in screen_text(app)
        assert re.search("[✗○]", screen_text(app)), "it was judged, or said to be unreadable"
        await press(pilot, "ctrl+u")
        await type_in(pilot, "2x")  # the next answer is still marked
        assert "✓ Right" in screen_text(app)
    assert journal.answers()[0].text == text


@pytest.mark.parametrize(
    ("pasted", "kept", "why"),
    [
        ("x" * 100_000, "x" * 520, "100 kB: a little more than can be read is kept, so that it can be refused"),
        ("(" * 5000, "(" * 520, "brackets without end"),
        ("2\x00x\x1b[A\x07", "2 x [A", "control characters are dropped"),
        ("2x\n+ 3\r\n", "2x + 3", "lines become one"),
        ("\n\n", "", "nothing at all"),
    ],
)
async def test_a_paste_is_bounded_and_cleaned(pasted: str, kept: str, why: str) -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        app.screen.query_one(AnswerInput).post_message(events.Paste(pasted))
        await settle(pilot)
        assert app.screen.query_one(AnswerBox).text == kept, why
        await press(pilot, "enter", "ctrl+u")
        await type_in(pilot, "2x")
        assert "✓ Right" in screen_text(app)


async def test_enter_on_nothing_says_what_to_do_and_asks_nobody() -> None:
    journal, engine = new_journal(), FakeEngine()
    app = new_app(journal, engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "enter")
        assert "Type an answer first" in screen_text(app)
        await press(pilot, "ctrl+n", "enter")
        assert "Choose one by its letter first" in screen_text(app)
    assert engine.asked == []
    assert journal.answers() == []


async def test_keys_work_while_an_answer_is_marked_and_a_second_enter_is_not_a_second_answer() -> None:
    journal, engine = new_journal(), FakeEngine()
    app = new_app(journal, engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        engine.gate.clear()
        await pilot.press(*"2x", "enter", "enter")
        await pilot.press("f2")
        await pilot.pause()
        assert "First hint." in screen_text(app)
        await pilot.press("ctrl+n")  # gone on before the verdict came
        await pilot.pause()
        engine.gate.set()
        await settle(pilot)
        assert "Which?" in screen_text(app)
        assert "✓ Right" not in screen_text(app)
        await press(pilot, "ctrl+p")
        assert "✓ Done" in screen_text(app)
    assert engine.asked == ["2x"]


async def test_an_answer_given_while_another_is_marked_has_its_turn_next() -> None:
    engine = FakeEngine()
    app = new_app(engine=engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        engine.gate.clear()
        await pilot.press(*"5", "enter", "backspace", *"2x", "enter")
        engine.gate.set()
        await settle(pilot)
        assert "✓ Right" in screen_text(app)
    assert engine.asked == ["5", "2x"]


async def test_a_verdict_is_not_covered_by_a_timer_that_was_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer's call that is in the queue already comes though the timer is stopped; so it comes by hand here."""
    calls: list[Callable[[], None]] = []

    def set_timer(view: ExerciseView, _: float, call: Callable[[], None]) -> Timer:
        calls.append(call)
        return Timer(view, 1.0)

    monkeypatch.setattr(ExerciseView, "set_timer", set_timer)
    engine = FakeEngine()
    app = new_app(engine=engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        engine.gate.clear()
        await pilot.press("5", "enter")
        await pilot.pause()
        calls[-1]()
        await pilot.pause()
        assert "… checking" in screen_text(app)
        engine.gate.set()
        await settle(pilot)
        calls[-1]()
        await settle(pilot)
        assert "… checking" not in screen_text(app)
        assert "✗ Not yet" in screen_text(app)


async def test_letters_are_typed_in_an_answer_and_are_keys_elsewhere() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        await press(pilot, "n", "b", "h", "s", "q")
        assert app.screen.query_one(AnswerBox).text == "nbhsq"
        assert "hint." not in screen_text(app)
        await press(pilot, "ctrl+n")
        await press(pilot, "h")
        assert "Look again." in screen_text(app)
        await press(pilot, "b")  # an option before it is "back"
        assert "Which?" in screen_text(app)
        assert "▸ b" in screen_text(app)
        await press(pilot, "n", "b")
        assert "Which?" in screen_text(app)


async def test_keys_that_come_in_a_bunch_act_in_their_order() -> None:
    engine = FakeEngine()
    app = new_app(engine=engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        for key in ("q", "ctrl+u", "2", "y", "backspace", "x", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert "✓ Right" in screen_text(app)
    assert engine.asked == ["2x"]


@pytest.mark.parametrize(
    ("keys", "kept", "why"),
    [
        (("2", "x", "enter", "ctrl+n"), [("square", "2x")], "it was typed for the exercise that is left"),
        (("2", "x", "ctrl+n", "b", "enter"), [("pick", "b")], "what comes behind ctrl+n is for the next one"),
        (("ctrl+n", "ctrl+n", "ctrl+n", "3", "x", "²", "enter"), [("cube", "3x²")], "letters too"),
        (("ctrl+n", "ctrl+p", "2", "x", "enter"), [("square", "2x")], "there and back"),
        (("ctrl+n", "ctrl+n", "enter", "enter"), [], "nothing was typed for any"),
    ],
)
async def test_an_answer_is_for_the_exercise_on_which_enter_was_pressed(
    keys: tuple[str, ...], kept: list[tuple[str, str]], why: str
) -> None:
    journal = new_journal()
    app = new_app(journal, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        for key in keys:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert [(answer.exercise, answer.text) for answer in journal.answers()] == kept, why


async def test_a_question_mark_asks_for_help_even_in_an_answer() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "2", "question_mark")
        assert "esc closes this" in screen_text(app)
        await press(pilot, "escape")
        assert app.screen.query_one(AnswerBox).text == "2"


async def test_the_mouse_opens_a_lesson_chooses_and_presses_keys() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click("LessonRow")
        await settle(pilot)
        assert isinstance(app.screen, LessonScreen)
        await pilot.click("KeyBar", offset=(4, 0))  # enter
        await settle(pilot)
        await press(pilot, "ctrl+n")
        await pilot.click("OptionRow:last-of-type")
        await settle(pilot)
        assert "▸ b" in screen_text(app)
        await pilot.click("OptionRow:last-of-type")
        await settle(pilot)
        assert "✓ Right" in screen_text(app)


async def test_a_shown_solution_is_there_again_after_leaving_the_step() -> None:
    journal = new_journal()
    app = new_app(journal, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "f2", "f3")
        assert "The solution" in screen_text(app)
        await press(pilot, "ctrl+n")
        await press(pilot, "ctrl+p")
        assert screen_text(app).count("The solution") == 1
        await press(pilot, "f3")
        assert screen_text(app).count("The solution") == 1
    assert sum(answer.solution_shown for answer in journal.answers()) == 1


async def test_an_answer_is_kept_though_the_learner_leaves_while_it_is_marked() -> None:
    journal, engine = new_journal(), FakeEngine()
    app = new_app(journal, engine, start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        engine.gate.clear()
        await pilot.press(*"7x", "enter", "escape")
        await pilot.pause()
        engine.gate.set()
        await settle(pilot)
        while not journal.answers():
            await pilot.pause()
    assert [answer.text for answer in journal.answers()] == ["7x"]


async def test_another_option_has_no_verdict_yet() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "ctrl+n")
        await press(pilot, "a", "enter")
        assert "✗ Not yet" in screen_text(app)
        await press(pilot, "b")
        assert "✗ Not yet" not in screen_text(app)


async def test_each_lesson_is_opened_where_it_was_left() -> None:
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "ctrl+n")
        await press(pilot, "escape")
        await press(pilot, "down", "enter")
        await press(pilot, "escape")
        await press(pilot, "up")
        assert "goes on at step 2" in screen_text(app)
        await press(pilot, "enter")
        assert "step 2 of" in screen_text(app)


async def test_the_worked_solution_unfolds_a_line_at_a_time_once_the_answer_is_known() -> None:
    app = new_app(start_lesson="squares")
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "f4")
        assert "1." not in screen_text(app), "not before"
        await press(pilot, "f2", "f3")
        assert "F4" in screen_text(app)
        await press(pilot, "f4")
        assert "1. Power rule" in screen_text(app)
        await press(pilot, "f4")
        assert screen_text(app).count("That is the answer.") == 1
        await type_in(pilot, "2x")
        assert "F4" in screen_text(app)


async def test_the_arrows_choose_among_more_lessons_than_the_screen_holds() -> None:
    lessons = tuple(
        Lesson(
            id=f"n{n}",
            title=f"Lesson number {n}",
            objectives=("Learn",),
            steps=(Read(text="A page."),),
            summary="Done.",
        )
        for n in range(30)
    )
    app = TutorApp(Course(lessons, ()), new_journal(), FakeEngine())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "enter")
        assert "A page." in screen_text(app)
        assert "Lesson number 2" in screen_text(app)
        await press(pilot, "escape")
        await press(pilot, "end")
        assert "Lesson number 29" in screen_text(app)
        await press(pilot, "home", "up")
        assert "Lesson number 0" in screen_text(app)
