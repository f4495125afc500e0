"""How far a learner is: every skill with its bar, the slips that come back, and the last weeks as a curve."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tutor.front.growth import growth_picture
from tutor.front.standing import KnownSkill
from tutor.lesson.model import Lesson
from tutor.study.answer import Answer, Place
from tutor.study.overview import Overview, overview
from tutor.tui.content import Content
from tutor.tui.faults import WatchfulScreen
from tutor.tui.widgets.body import Body
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.plot import PlotView
from tutor.tui.widgets.skill_bars import SkillBars
from tutor.words import tr, tr_n

MOST_HABITS = 3

EMPTY = tr("Nothing yet: your progress is shown here once you have answered something.")


class ProgressScreen(WatchfulScreen[None]):
    """Shows what `tutor progress` prints, but for the lessons, which the home screen has."""

    DEFAULT_CSS = """
    ProgressScreen {
        #body { padding: 1 2 0 2; height: 1fr; }
        #body > * { max-width: 116; }
        .head { color: $strong; text-style: bold; }
        .more, SkillBars { margin-bottom: 1; }
        .more { color: $quiet; }
        PlotView { height: 11; max-width: 76; }
        &.-tiny #body { padding: 0 2 0 2; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("escape,q,m,b,left,enter", "leave", show=False),
        Binding("question_mark,f1", "help", show=False),
    ]
    AUTO_FOCUS = "#body"

    def __init__(self, lessons: Sequence[Lesson], answers: Sequence[Answer], places: Sequence[Place]) -> None:
        super().__init__()
        self._lessons = lessons
        self._answers = answers
        self._places = places

    def compose(self) -> ComposeResult:
        """Nothing yet but the frame."""
        yield Heading(tr("Progress"))
        yield Body(id="body")
        yield KeyBar(Key("↑ ↓", tr("scroll"), ""), Key("?", tr("help"), "help"), Key("esc", tr("home"), "leave"))

    def on_mount(self) -> None:
        """Find it out."""
        self.load()

    @work(exclusive=True, exit_on_error=False)
    async def load(self) -> None:
        """Work the overview out, which takes some tenths of a second, and show it."""
        now = datetime.now().astimezone()
        found = await asyncio.to_thread(overview, self._lessons, self._answers, self._places, now)
        begun = [each for each in found.skills if each.begun]
        mastered = sum(each.is_mastered for each in begun)
        place = tr("{mastered} of {n} skills mastered", mastered=mastered, n=len(found.skills))
        self.query_one(Heading).show(place, done=mastered, of=len(found.skills))
        await self.query_one(Body).mount(*(_widgets(found) if begun else [Static(Content(EMPTY))]))

    def action_help(self) -> None:
        """Show every key."""
        from tutor.tui.screens.help import PROGRESS, HelpScreen

        self.app.push_screen(HelpScreen(PROGRESS))

    def action_leave(self) -> None:
        """Back to the home screen."""
        self.dismiss()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)


def _widgets(found: Overview) -> list[Static | SkillBars | PlotView]:
    begun = [each for each in found.skills if each.begun]
    more = len(found.skills) - len(begun)
    bars = [KnownSkill(each.skill.name, each.chance, each.is_mastered) for each in begun]
    shown: list[Static | SkillBars | PlotView] = [
        Static(Content(tr("How surely you know each skill")), classes="head"),
        SkillBars(bars),
    ]
    if more:
        shown.append(
            Static(Content(tr("and {more} more to come; ✓ is mastered, from 95 %", more=more)), classes="more")
        )
    if found.habits:
        shown.append(Static(Content(tr("Slips that come back")), classes="head"))
        told = (
            tr_n("{name}: {n} time", "{name}: {n} times", habit.slip.times, name=habit.name)
            for habit in found.habits[:MOST_HABITS]
        )
        shown.append(Static(Content("\n".join(told)), classes="more"))
    shown.append(Static(Content(tr("The last weeks")), classes="head"))
    shown.append(PlotView(growth_picture(found.weeks)))
    week = found.weeks[-1]
    said = (
        tr("{right} of {answered} answers right", right=week.right, answered=week.answered)
        if week.answered
        else tr("nothing answered yet")
    )
    shown.append(Static(Content(tr("This week: {said}.", said=said)), classes="more"))
    return shown
