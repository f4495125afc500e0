"""Exercises made of lines, on the screen: find the wrong one, put them in order, write one below the other."""

from __future__ import annotations

import pytest
from tui.stand_ins import FakeEngine, new_journal, press, screen_text, settle, type_in

from tutor.lesson.model import AnyExercise, Choice, Course, Derivative, Fix, Lesson, Line, LineByLine, Option, Order
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome, Verdict
from tutor.study.journal import Journal
from tutor.tui.app import TutorApp
from tutor.tui.widgets.exercise import ExerciseView

SIZES = [(80, 24), (40, 12)]
FIX = Fix(id="fix", ask="Which line?", of="sin(x^2)", by=("x",), slip="K1", because="The inside moves.")
ORDER = Order(id="order", ask="In order?", lines=("first", "second", "third"))
DERIVATION = LineByLine(id="cube", ask="Expand.", of="(2x+1)^3", by=("x",), form=("expanded",))
CALCULATION = LineByLine(
    id="net",
    ask="Work it out.",
    given={"x": "2", "b": "-1"},
    lines=(Line(name="z", of="3x + b", ask="What comes in?"), Line(name="a", of="z^2"), Line(name="L", of="a + x")),
)


class MarkingEngine(FakeEngine):
    """Marks as the child process would."""

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        await self.gate.wait()
        return mark(exercise, text, SympyProver())


def app_with(exercise: AnyExercise, journal: Journal | None = None, engine: MarkingEngine | None = None) -> TutorApp:
    lesson = Lesson(id="lines", title="Lines", objectives=("Look",), steps=(exercise,), summary="Looked.")
    return TutorApp(Course((lesson,), ()), journal or new_journal(), engine or MarkingEngine(), start_lesson="lines")


def words(app: TutorApp) -> str:
    return " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_wrong_line_is_chosen_by_its_number(size: tuple[int, int]) -> None:
    app = app_with(FIX)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "1–3 choose" in words(app)
        assert "d/dx(x²) = 2x" in words(app)
        await press(pilot, "enter")
        assert "Choose a line by its number first" in words(app)
        await press(pilot, "2", "enter")
        assert "✗ Not yet" in words(app)
        await press(pilot, "down", "enter")
        assert "✓ Right" in words(app)
        assert "The inside moves." in words(app)


@pytest.mark.parametrize("size", SIZES)
async def test_lines_are_put_in_order_by_their_letters(size: tuple[int, int]) -> None:
    right = solve(ORDER)
    app = app_with(ORDER)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "a–c place" in words(app)
        await press(pilot, right[1], "enter")
        assert "Give every line its place first" in words(app)
        await press(pilot, right[0], right[2], "enter")
        assert "✗ Not yet" in words(app)
        await press(pilot, "backspace", "backspace", "backspace")
        assert "Not yet" not in words(app)
        await press(pilot, *right)
        assert f"Your order: {' '.join(right)}" in words(app)
        await press(pilot, "enter")
        assert "✓ Right" in words(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_derivation_goes_on_beneath_each_right_line(size: tuple[int, int]) -> None:
    journal = new_journal()
    app = app_with(DERIVATION, journal)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await type_in(pilot, "6(2x+1)^2")
        assert "✓ df/dx = 6(2x + 1)²" in words(app)
        assert "✓ Right so far" in words(app)
        await type_in(pilot, "6(4x^2+1)")
        assert "✗ Not yet" in words(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "24x^2+24x+6")
        assert "✓ = 24x² + 24x + 6" in words(app)
        assert "enter next" in words(app)
    rows = [(answer.text, answer.verdict) for answer in journal.answers()]
    assert rows == [
        ("6(2x+1)^2", Outcome.ON_THE_WAY),
        ("6(2x+1)^2\n6(4x^2+1)", Outcome.INCORRECT),
        ("6(2x+1)^2\n24x^2+24x+6", Outcome.CORRECT),
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_a_mistake_is_carried_on_said_and_mended(size: tuple[int, int]) -> None:
    app = app_with(CALCULATION)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "What comes in?" in words(app)
        for wrong in ("7", "6"):
            await press(pilot, "ctrl+u")
            await type_in(pilot, wrong)
        assert "press Enter once more to go on" in words(app)
        await press(pilot, "enter")
        assert "✗ z = 6" in words(app)
        assert "a = z²" in words(app)
        await type_in(pilot, "36")
        assert "This follows from your z." in words(app)
        await type_in(pilot, "38")
        assert "Now mend z" in words(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "5")
        assert "✓ z = 5" in words(app)
        assert "Work out the next line again" in words(app)
        for value in ("25", "27"):
            await press(pilot, "ctrl+u")
            await type_in(pilot, value)
        assert "✓ L = 27" in words(app)
        assert "enter next" in words(app)


SUM = Derivative(id="sum", ask="Differentiate.", of="x^2 + x", by=("x",))
PICK = Choice(id="pick", ask="Which?", options=(Option(wrong="no"), Option(right="yes"), Option(wrong="maybe")))


@pytest.mark.parametrize(
    ("exercise", "handed_up", "typed_on", "shown", "in_box"),
    [
        (CALCULATION, "5", "6", "✓ z = 5 a = z² ▌ a = 6 ", "5\n6"),  # typed for the next line already
        (CALCULATION, "5", "6\n", "✓ z = 5 a = z² ▌ a = 6 ", "5\n6"),  # and handed up: 5 is right, not 56
        (CALCULATION, "7", "1", "✗ Not yet This is said of 7.", "71"),
        (CALCULATION, "5\n25\n27", "9\n", "✓ L = 27 ", "5\n25\n27"),
        (DERIVATION, "6(2x+1)^2", "24x^2\n", "✓ df/dx = 6(2x + 1)² ▌ = 24x^2", "6(2x+1)^2\n24x^2"),
        (SUM, "2x+1", "x", "✓ Right", "2x+1"),
        (SUM, "2x", "+", "✗ Not yet This is said of 2x.", "2x+"),
        (SUM, "2x(", "+", "This is said of 2x(.", "2x(+"),
        (PICK, "b", "c", "✓ Right", "b"),
        (PICK, "b", "c\n", "✓ Right", "b"),
        (PICK, "a", "b", "✗ Not yet This is said of a.", "b"),
    ],
)
async def test_a_verdict_is_on_what_was_handed_up_and_not_on_what_was_typed_since(
    exercise: AnyExercise, handed_up: str, typed_on: str, shown: str, in_box: str
) -> None:
    engine = MarkingEngine()
    app = app_with(exercise, engine=engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        *above, last = handed_up.split("\n")
        for line in above:
            await type_in(pilot, line)
        engine.gate.clear()
        await pilot.press(*last, "enter", *("enter" if key == "\n" else key for key in typed_on))
        engine.gate.set()
        await settle(pilot)
        assert shown in f"{words(app)} "
        assert app.screen.query_one(ExerciseView).text == in_box


async def test_what_was_begun_is_there_again_upon_coming_back() -> None:
    journal = new_journal()
    app = app_with(CALCULATION, journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_in(pilot, "5")
    app = app_with(CALCULATION, journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "z = 5" in words(app)
        await press(pilot, "enter")
        assert "✓ z = 5" in words(app)
        await type_in(pilot, "25")
        await type_in(pilot, "27")
        assert "enter next" in words(app)
    app = app_with(CALCULATION, journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        assert "✓ Done" in words(app)
        assert "✓ L = 27" in words(app)
