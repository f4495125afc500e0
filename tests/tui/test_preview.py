"""The author's own screen: drawn again on a save, at the same place, with what is wrong; and nothing is kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.stand_ins import FakeEngine, screen_text

from tutor import places
from tutor.commands.preview import LessonOnDisk, split
from tutor.engine.client import Engine
from tutor.errors import UsageError
from tutor.lesson.draft import Draft, draft_of
from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import parse
from tutor.tui.preview import PreviewApp
from tutor.tui.screens.preview import PreviewScreen
from tutor.tui.widgets.answer import AnswerBox

LESSON = """\
format: 1
id: x
title: Tides
objectives: [Go]
summary: Done.
steps:
  - read: The first page.
  - derivative: {id: d, ask: "What is it of $f = {a}x$?", of: "{a}x", by: x, seeds: [1, 2], vary: {a: 2..90}}
  - read: The last page.
"""


class Desk:
    """A file that is saved when a test says so."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.saves: asyncio.Queue[None] = asyncio.Queue()
        self.is_closed = False

    async def read(self) -> Draft:
        reading = examine(parse(self.text, "x.yaml"))
        return draft_of(reading, (*reading.problems, *proofread(reading)))

    prove = read

    async def changes(self) -> AsyncIterator[None]:
        while True:
            await self.saves.get()
            yield

    async def close(self) -> None:
        self.is_closed = True


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way but the watch, which never ends."""
    for _ in range(3):
        await pilot.pause()
        if under_way := [worker for worker in pilot.app.workers if worker.group != "watch"]:
            await pilot.app.workers.wait_for_complete(under_way)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def saved(pilot: Pilot[None], desk: Desk, old: str, new: str) -> str:
    """What the screen shows once the file is saved with something else in it."""
    assert old in desk.text
    desk.text = desk.text.replace(old, new, 1)
    desk.saves.put_nowait(None)
    await settle(pilot)
    return " ".join(screen_text(pilot.app).split())


async def test_a_save_keeps_the_place_the_variant_and_what_is_typed() -> None:
    desk = Desk(LESSON)
    app = PreviewApp(desk, FakeEngine(), start_step="d")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "no problems, all proved · d, line 8, seed 1 (frozen: 1, 2)" in " ".join(screen_text(app).split())
        await press(pilot, "f7", "f7")  # there is none behind the last
        assert "seed 2" in " ".join(screen_text(app).split())
        await press(pilot, "f6")
        assert "seed 1" in " ".join(screen_text(app).split())
        await press(pilot, "f8", "3", "enter")
        await pilot.press("3", "x")
        shown = await saved(pilot, desk, "What is it", "What becomes")
        assert "What becomes of" in shown
        assert "seed 3" in shown
        assert app.screen.query_one(AnswerBox).text == "3x"
        shown = await saved(pilot, desk, "by: x", "by: x, hnits: [a]")
        assert "✗ 1 problem · d, line 8, seed 3 (frozen: 1, 2)" in shown
        assert "There is no key `hnits` in a derivative. Did you mean `hints`?" in shown
        shown = await saved(pilot, desk, "by: x, hnits: [a]", "by: x")
        assert "no problems" in shown
        shown = await saved(pilot, desk, "  - read: The first page.\n", "")
        assert "d, line 7, seed 3" in shown
        shown = await saved(pilot, desk, LESSON[:9], "- [")
        assert "What becomes of" in shown, "what was there last stays"
        assert "problem" in shown
    assert desk.is_closed


LINES = """\
format: 1
id: x
title: T
objectives: [Go]
summary: Done.
steps:
  - line:
      id: l
      ask: Work it out.
      given: {x: 2}
      lines: [{name: y, of: 3x}, {name: z, of: y + 1}]
  - derivative: {id: d, ask: Go, of: x^2, by: x, because: So it is.}
  - worked: {text: Look., of: x^3 + x^2, by: x}
"""


async def test_a_save_keeps_lines_a_verdict_and_what_is_unfolded_and_draws_the_summary_again() -> None:
    desk = Desk(LINES)
    app = PreviewApp(desk, Engine(deadline=20), start_step="l")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter")
        shown = await saved(pilot, desk, "Work it", "Now work it")
        assert "Now work it out." in shown
        assert "y = 6" in shown
        await pilot.press("ctrl+n")
        await press(pilot, "2", "x", "enter")
        shown = await saved(pilot, desk, "So it is.", "And that is why.")
        assert "Right" in shown
        assert "And that is why." in shown
        await press(pilot, "ctrl+n")
        await press(pilot, "f4", "f4")
        shown = await saved(pilot, desk, "Look.", "Look here.")
        assert "Look here." in shown
        assert "3." in shown
        await press(pilot, "n")
        assert "All done." in await saved(pilot, desk, "summary: Done.", "summary: All done.")


async def test_a_variant_by_its_seed_and_an_answer_leave_no_trace(tmp_path: Path) -> None:
    app = PreviewApp(Desk(LESSON), FakeEngine(), start_step="d")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f8", *"12345678901", "enter")
        assert "The largest seed is 1000000000." in screen_text(app)
        await press(pilot, "backspace", "backspace", "backspace", "enter")
        await settle(pilot)
        assert "seed 12345678" in " ".join(screen_text(app).split())
        await press(pilot, "f1")
        assert "by its seed" in screen_text(app)
        await press(pilot, "escape")
        await press(pilot, "5", "x", "enter")
        assert "Not yet" in screen_text(app)
        await press(pilot, "escape")
        assert app._exit
    assert not places.journal_file().exists()


async def test_a_file_of_which_nothing_can_be_read_is_said_so_and_then_shown() -> None:
    desk = Desk("format: 1\nsteps: [\n")
    app = PreviewApp(desk, FakeEngine())
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, PreviewScreen)
        assert "cannot be shown yet" in " ".join(screen_text(app).split())
        assert "Something is missing" in " ".join(screen_text(app).split())
        assert "The first page." in await saved(pilot, desk, desk.text, LESSON)


async def test_every_problem_can_be_read_with_one_key() -> None:
    wrong = "".join(f"wrong{n}: x\n" for n in range(30))
    app = PreviewApp(Desk(LESSON + wrong), FakeEngine())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = screen_text(app)
        seen = before
        for _ in range(9):
            await press(pilot, "f9")
            seen += screen_text(app)
            if screen_text(app) == before:
                break
        assert [n for n in range(30) if f"`wrong{n}`" not in seen] == []
        assert screen_text(app) == before, "and at last there is as little room as before"


def test_a_place_behind_the_name_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(LESSON)
    assert split(str(file)) == (file, "")
    assert split(f"{file}:d") == (file, "d")
    assert split(f"{file}:120:5") == (file, "120")
    odd = tmp_path / "a:b.yaml"
    odd.write_text(LESSON)
    assert split(str(odd)) == (odd, "")
    for name, words in ((tmp_path / "none.yaml:1:2:3", "no file called"), (tmp_path, "is a directory")):
        with pytest.raises(UsageError, match=words):
            split(str(name))


async def test_the_file_on_disk_is_read_and_proved(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(LESSON.replace("by: x,", "by: x, accept: ['0'],"))
    desk = LessonOnDisk(file)
    try:
        assert (await desk.read()).problems == ()
        (problem,) = (await desk.prove()).problems
        assert problem.line == 8
        file.write_text(LESSON.replace("title:", "needs: [power-rul]\ntitle:"))
        for look in (desk.read, desk.prove):
            assert "`power-rule`" in (await look()).problems[0].do  # as `tutor check` says
        assert "and in the same way with" in problem.what  # of both variants
    finally:
        await desk.close()
