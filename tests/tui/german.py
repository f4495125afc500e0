"""A sitting on the screen: prints all that is drawn, for whoever runs it with another language in the environment."""

import asyncio

from tui.stand_ins import FakeEngine, new_journal, press, screen_text, settle

from tutor.commands.record import read_course
from tutor.tui.app import TutorApp

KEYS = (
    *("question_mark", "escape", "m", "question_mark", "escape", "escape"),
    *("enter", "question_mark", "escape", "enter", "space", "enter"),
    *(
        "enter",
        "x",
        "(",
        "enter",
        "ctrl+u",
        "3",
        "x",
        "enter",
        "f2",
        "f3",
        "ctrl+u",
        "2",
        "x",
        "enter",
        "f4",
        "f4",
        "f4",
        "enter",
    ),
    *("ctrl+n", "b", "enter", "a", "enter", "enter", "enter", "escape"),
    *("p", "question_mark", "escape", "escape"),
    *(
        "l",
        "enter",
        "question_mark",
        "escape",
        "i",
        "g",
        "escape",
        "o",
        "escape",
        "y",
        "escape",
        "p",
        "escape",
        "escape",
    ),
    "escape",
)


async def main() -> None:
    """Draw everything once."""
    app = TutorApp(read_course(), new_journal(), FakeEngine())
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        for key in KEYS:
            print(screen_text(app))
            await press(pilot, key)


if __name__ == "__main__":
    asyncio.run(main())
