"""The placement check: a few questions, without hints or solutions, and at the end what is known and where to begin.

What to ask and what it says is `tutor.study.placement`'s; this screen forwards keys and shows records.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from tutor.front import prompt
from tutor.front.keeping import PlacementKeeper
from tutor.front.placing import RIGHT, SECOND_CHANCE, UNSURE, WRONG, introduction, result
from tutor.front.ports import AnyEngine, AnyJournal
from tutor.lesson.model import Lesson
from tutor.marking.verdict import Outcome, Verdict
from tutor.study.placement import Placement, Question, Reply
from tutor.tui.content import Content
from tutor.tui.faults import WatchfulScreen
from tutor.tui.widgets.body import Body
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.words import tr

_HELP = Key("?", tr("help"), "help")
_HOME = Key("esc", tr("home"), "leave")
_AGAIN = Key("r", tr("ask again"), "again")


class PlacementScreen(WatchfulScreen[str]):
    """Asks until it is clear where to begin; returns the id of the lesson to open, or nothing."""

    DEFAULT_CSS = """
    PlacementScreen {
        #body { padding: 1 2 0 2; height: 1fr; }
        #body > * { max-width: 88; }
        #note { height: auto; margin-bottom: 1; }
        &.-tiny #body { padding: 0 2 0 2; }
        &.-tiny Reading { min-height: 1; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("enter", "go_on", show=False),
        Binding("f3,ctrl+n", "unsure", show=False),
        Binding("r", "again", show=False),
        Binding("question_mark,f1", "help", show=False),
        Binding("escape,q", "leave", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, lessons: Sequence[Lesson], placement: Placement, journal: AnyJournal, engine: AnyEngine) -> None:
        """
        Args:
            placement: as it was left, or a new one.
        """
        super().__init__()
        self._lessons = lessons
        self._placement = placement
        self._engine = engine
        self._keeper = PlacementKeeper(journal)
        self._question: Question | None = None
        "The one on the screen; nothing before the first and after the last."
        self._judging: asyncio.Task[tuple[Verdict, str]] | None = None
        "The answer that is being marked; while it is, no other is taken."

    def compose(self) -> ComposeResult:
        """Where one stands, words or a question, the keys."""
        yield Heading(tr("Where to start"))
        yield Body(id="body")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Say what is to come or, of a check that was made before, what came of it."""
        await self._show_words()

    async def action_go_on(self) -> None:
        """Enter: check an answer, begin with the questions, or with the lesson that they led to."""
        if self._question is not None:
            self.query_one(ExerciseView).submit()
        elif self._placement.question is not None:
            await self._ask("")
        else:
            begin = self._placement.begin_with
            self.dismiss(begin.id if begin else None)

    async def action_unsure(self) -> None:
        """Say that one does not know."""
        if self._question is not None and self._judging is None:
            self._placement = self._placement.take(Reply.UNSURE)
            self._say_trouble(await self._keeper.replies(self._placement))
            await self._ask(UNSURE)

    async def action_again(self) -> None:
        """Forget the replies, and begin again; the answers given stay in the record."""
        if self._question is None and self._placement.is_begun:
            self._placement = Placement(self._lessons)
            self._say_trouble(await self._keeper.replies(self._placement))
            await self._show_words()

    def action_help(self) -> None:
        """Show every key, and how mathematics is typed."""
        from tutor.tui.screens.help import PLACEMENT, HelpScreen  # seldom needed

        self.app.push_screen(HelpScreen(PLACEMENT))

    def action_leave(self) -> None:
        """Back to the home screen; the replies are kept."""
        self.dismiss(None)

    @on(ExerciseView.Submitted)
    def submit(self, event: ExerciseView.Submitted) -> None:
        """Have an answer marked."""
        event.stop()
        # Enter may come from the box of the question before, when F3 was pressed just ahead of it.
        if self._question is None or self._judging is not None or event.exercise != self._question.exercise:
            return
        if event.text.strip():
            self.mark(self._question, event.text)
        else:
            first = prompt.first(self._question.exercise)
            self.query_one(ExerciseView).show_nudge(tr("{first} first; F3 says that you don't know.", first=first))

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.until_shown()
        await self.run_action(event.action)

    @work(exclusive=True, group="mark", exit_on_error=False)
    async def mark(self, question: Question, text: str) -> None:
        """Judge an answer, write it down, and go on; what was no attempt may be typed anew."""
        view = self.query_one(ExerciseView)
        # A learner who leaves meanwhile ends this worker; the answer given is judged and written down all the same.
        self._judging = asyncio.create_task(self._judge(question, text))
        try:
            with view.judging():
                verdict, trouble = await asyncio.shield(self._judging)
        finally:
            self._judging = None
        self._say_trouble(trouble)
        if not view.is_attached:
            return
        if not verdict.outcome.is_attempt:
            view.show_verdict(verdict, text)
        elif verdict.outcome is Outcome.CORRECT:
            await self._ask(RIGHT)
        elif self._placement.is_second_chance:
            await self._ask(SECOND_CHANCE)
        else:
            await self._ask(WRONG)

    async def _judge(self, question: Question, text: str) -> tuple[Verdict, str]:
        verdict = await self._engine.mark(question.exercise, text)
        trouble = await self._keeper.answer(question, text, verdict)
        if verdict.outcome.is_attempt:
            is_right = verdict.outcome is Outcome.CORRECT
            self._placement = self._placement.take(Reply.RIGHT if is_right else Reply.WRONG)
            trouble = await self._keeper.replies(self._placement) or trouble
        return verdict, trouble

    async def _ask(self, said: str) -> None:
        """Show the next question, or what came of them all.

        Args:
            said: of the answer before.
        """
        self._question = self._placement.question
        if self._question is None:
            await self._show_words()
            return
        note = Static(Content(said), id="note")
        view = ExerciseView(self._question.exercise, is_done=False)
        await self._show(tr("question {n}", n=len(self._placement.replies) + 1), *([note] if said else []), view)
        self._keeper.begin()
        self.query_one(KeyBar).show(
            Key("enter", tr("check"), "go_on"), Key("F3", tr("I don't know"), "unsure"), _HELP, _HOME
        )

    async def _show_words(self) -> None:
        """Show what is to come, or what came of it."""
        placement = self._placement
        again = (_AGAIN,) if placement.is_begun else ()
        if placement.question is not None:
            enter = Key("enter", tr("go on") if placement.is_begun else tr("begin"), "go_on")
            words, place = Content(introduction(placement)), ""
        else:
            enter = Key("enter", tr("begin there") if placement.begin_with else tr("home"), "go_on")
            words, place = _result(self._lessons, placement), "done"
        await self._show(place, Static(words))
        self.query_one(Body).focus()
        self.query_one(KeyBar).show(enter, *again, _HELP, _HOME)

    async def _show(self, place: str, *widgets: Widget) -> None:
        body = self.query_one(Body)
        async with self.showing, self.batch():
            await body.remove_children()
            await body.mount(*widgets)
        body.scroll_home(animate=False)
        is_over, of = self._placement.question is None, len(self._lessons)
        done = of if is_over else of - len(self._placement.undecided)
        self.query_one(Heading).show(place, done=done, of=of)

    def _say_trouble(self, trouble: str) -> None:
        if trouble:
            self.notify(trouble, severity="warning", markup=False, timeout=10)


def _result(lessons: Sequence[Lesson], placement: Placement) -> Content:
    """What came of it, with the lesson to begin with made to stand out."""
    told = Content(result(lessons, placement))
    begin = placement.begin_with
    return (
        told
        if begin is None
        else told.highlight_regex(re.escape(begin.title), style="bold $strong", maximum_highlights=1)
    )
