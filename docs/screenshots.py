"""Make the README's pictures from the real lessons: an exercise being answered, and a descent under way.

    python docs/screenshots.py [DIRECTORY]

Nothing of the person's own is read or written: the journal is in memory.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tutor.tui.terminal import prepare_environment  # noqa: E402  (it must run before Textual is imported)

prepare_environment()

from textual.pilot import Pilot  # noqa: E402

from tutor.engine.client import Engine  # noqa: E402
from tutor.lesson.read import Course, read_course  # noqa: E402
from tutor.study.journal import Journal  # noqa: E402
from tutor.study.session import Session  # noqa: E402
from tutor.tui.app import TutorApp  # noqa: E402
from tutor.tui.screens.lesson import LessonScreen  # noqa: E402

SIZE = (80, 24)
PARTIALS = {"dw1": "r*sqft", "dw2": "r*beds", "db": "r"}
STEP = 24


async def picture(course: Course, lesson_id: str, step: str, act: str, file: Path) -> None:
    """Open a lesson at a step, do what the picture shows, and save the screen."""
    journal = Journal.in_memory()
    journal.open()
    engine = Engine()
    lesson = next(lesson for lesson in course.lessons if lesson.id == lesson_id)
    session = Session(lesson)
    for exercise in lesson.exercises:
        if exercise.id in PARTIALS:
            text = PARTIALS[exercise.id]
            session.take(text, await engine.mark(exercise, text), exercise_id=exercise.id)
    session.go_to(step)
    app = TutorApp(course, journal, engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await app.push_screen(LessonScreen(session, journal, engine))
        await settle(pilot)
        await ACTS[act](pilot)
        await settle(pilot)
        file.write_text(app.export_screenshot(title="tutor"), encoding="utf-8")
    journal.close()
    print(file)


async def answer(pilot: Pilot[None]) -> None:
    """A wrong answer, its verdict and a hint."""
    await pilot.press(*"3x^2 + 2x", "enter")
    await settle(pilot)
    await pilot.press("f2")


async def descend(pilot: Pilot[None]) -> None:
    """A run with the learner's own formulas, paused on its way."""
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("space", "home", *["right"] * STEP)


ACTS = {"answer": answer, "descend": descend}


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way any more."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def main(directory: Path) -> None:
    """Make every picture."""
    course = read_course(REPOSITORY / "lessons")
    await picture(course, "partial-derivatives", "other-partial", "answer", directory / "exercise.svg")
    await picture(course, "descent-on-houses", "train", "descend", directory / "descent.svg")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs"))
