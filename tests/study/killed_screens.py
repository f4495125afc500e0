"""A sitting on the real screens, without a terminal, that types answers until it is killed."""

import asyncio
import os
from itertools import count
from pathlib import Path

from tui.stand_ins import FakeEngine, new_app, new_journal, screen_text, settle

import tutor.tui.screens.lesson  # noqa: F401  (loaded before any fork)
from tutor.study.practice import Practice
from tutor.tui.app import TutorApp

SIZE = (80, 24)

MOST = 3
"Answers before a kill, at the most."


def prepare(path: Path) -> None:
    """Run one app to its end, so that whatever is loaded late is loaded."""

    async def look() -> None:
        app = new_app(new_journal())
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)

    asyncio.run(look())


def sitting(path: Path, number: int, told: int) -> None:
    """Answer exercises of practice without end, and say whose verdicts are on the screen."""
    asyncio.run(_answer(path, number, told))


async def _answer(path: Path, number: int, told: int) -> None:
    from tui.stand_ins import COURSE

    app = TutorApp(
        COURSE, new_journal(path), FakeEngine(), start_session=Practice((), (), "functions", first_seed=number)
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for each in count(1):
            text = f"{number}*{each}"
            await pilot.press(*text, "enter")
            await settle(pilot)
            if "Not yet" in screen_text(app):
                os.write(told, f"{text}\n".encode())
            await pilot.press("ctrl+n")
            await settle(pilot)
