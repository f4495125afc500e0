"""Markup in a lesson or an answer is a text like any other: it styles nothing, does nothing when clicked, crashes nothing."""

import pytest
from tui.stand_ins import FakeEngine, new_journal, press, screen_text, settle

from tutor.lesson.model import Choice, Course, Derivative, Lesson, Option
from tutor.lesson.pages import Read
from tutor.tui.app import TutorApp

TEXTS = [
    "[@click=app.quit]here[/]",
    "[/] and [/b]",
    "[bold red]loud[/bold red]",
    "[link=https://example.org]there[/link]",
    "[$error]x[/] {{x}} \\[x] [[x]]",
]


def lesson(text: str) -> Lesson:
    """A lesson with this text wherever one can be."""
    return Lesson(
        id="marked",
        title=text,
        objectives=(text,),
        steps=(
            Read(id="page", text=text),
            Derivative(id="typed", ask=text, of="x^2", by=("x",), hints=(text,), because=text, says={"3x": text}),
            Choice(id="chosen", ask=text, hints=(text,), options=(Option(wrong=text, because=text), Option(right="b"))),
        ),
        summary=text,
    )


@pytest.mark.parametrize("text", TEXTS)
async def test_it_is_shown_as_it_is(text: str) -> None:
    app = TutorApp(Course((lesson(text),), ()), new_journal(), FakeEngine())
    shown = text.split()[0]
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await settle(pilot)
        assert shown in screen_text(app)
        for keys in (("enter",), ("enter",), ("f2",), (*"3x", "enter"), (*text, "enter"), ("ctrl+n",), ("f2",), ("a",)):
            await press(pilot, *keys)
            assert shown in screen_text(app)
        for row in range(40):
            await pilot.click(offset=(2, row))
        await settle(pilot)
        assert app.is_running
        assert app.return_code is None
