"""One sitting in line mode, from the first line to the last."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tutor import display
from tutor.plain.home import HomeTalk
from tutor.plain.lines import standard_lines
from tutor.words import tr

if TYPE_CHECKING:
    from tutor.front.ports import AnyCourse, AnyEngine, AnyJournal
    from tutor.study.session import Session


def sit(
    course: AnyCourse,
    journal: AnyJournal,
    engine: AnyEngine,
    notice: str,
    *,
    start_lesson: str | None = None,
    start_session: Session | None = None,
    start_lab: str | None = None,
) -> None:
    """Talk with the learner on standard input and output until either has enough.

    Args:
        notice: something that the learner must be told first.
        start_lesson, start_session, start_lab: what to open at once.
    """

    async def talk() -> None:
        lines = standard_lines()
        for told in (display.too_small(), notice):
            lines.say_trouble(told)
        try:
            await HomeTalk(course, journal, engine, lines).hold(
                start_lesson=start_lesson, start_session=start_session, start_lab=start_lab
            )
            lines.say(tr("Until next time."))
        finally:
            await engine.close()

    asyncio.run(talk())
