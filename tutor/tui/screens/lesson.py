"""A walk through one lesson: the step stood on, the keys that work there, and the way of an answer to its verdict.

The rules of the walk are `tutor.study.session`'s; this screen forwards keys and shows records.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding

from tutor.descent.run import Run
from tutor.errors import EngineError
from tutor.front import prompt
from tutor.front.keeping import Keeper
from tutor.front.offers import has_run, has_steps
from tutor.front.ports import AnyEngine, AnyJournal
from tutor.front.unshown import not_shown
from tutor.lesson.model import AnyExercise, trial_of
from tutor.lesson.pages import Descent
from tutor.marking.verdict import Verdict
from tutor.study.session import Phase, Session
from tutor.tui.faults import WatchfulScreen
from tutor.tui.keys_here import keys_here
from tutor.tui.widgets.body import Body
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import KeyBar
from tutor.tui.widgets.room_note import RoomNote
from tutor.tui.widgets.steps import step_view
from tutor.tui.widgets.worked import WorkedPage
from tutor.words import tr


class LessonScreen(WatchfulScreen[None]):
    """Walks through a lesson from the step at which the session stands."""

    DEFAULT_CSS = """
    LessonScreen {
        #body { padding: 1 2 0 2; height: 1fr; }
        #body > * { max-width: 88; }
        #body > PlotPage { max-width: 120; }
        &.-tiny Reading { min-height: 1; }
        &.-tiny #body { padding: 0 2 0 2; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("enter", "go_on", show=False),
        Binding("ctrl+n,n,right", "move('forward')", show=False),
        Binding("ctrl+p,b,left", "move('back')", show=False),
        Binding("o", "move('undone')", show=False),
        Binding("f2,ctrl+g,h", "hint", show=False),
        Binding("f3,ctrl+o,s", "solution", show=False),
        Binding("f4,w", "step", show=False),
        Binding("f5,v", "another", show=False),
        Binding("question_mark,f1", "help", show=False),
        Binding("escape,q", "leave", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, journal: AnyJournal, engine: AnyEngine) -> None:
        super().__init__()
        self._session = session
        self._engine = engine
        self._keeper = Keeper(session, journal)
        self._is_marking = False
        self._judging: asyncio.Task[tuple[Verdict, str]] | None = None
        self._typed_ahead: str | None = None
        "An answer given while the one before was still being marked; its turn comes next."

    def compose(self) -> ComposeResult:
        """Where one stands, the step, the keys."""
        yield Heading(self._session.lesson.title)
        yield RoomNote()
        yield Body(id="body")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the step that the session stands on."""
        await self._show_step()
        self._say_trouble(not_shown(self._session.lesson))

    async def action_go_on(self) -> None:
        """Enter: check an answer, train, or go on from what is done."""
        if self._session.at_summary:
            self.action_leave()
        elif isinstance(self._session.step, Descent):
            self._open_descent(self._session.step)
        elif self._session.phase is None or self._session.phase is Phase.RIGHT:
            await self.action_move("forward")
        else:
            self._view.submit()

    async def action_move(self, to: str) -> None:
        """Go one step `forward` (past an exercise too), one `back`, or from the summary to the first `undone` exercise."""
        session = self._session
        match to:
            case "undone":
                moved = session.at_summary and bool(session.undone) and session.go_to(session.undone[0])
            case "back":
                moved = session.back()
            case _:
                moved = session.forward()
        if moved:
            await self._show_step()

    def action_hint(self) -> None:
        """Show one more hint."""
        exercise, hint = self._session.exercise, self._session.next_hint()
        if exercise is not None and hint is not None:
            self._view.show_hint(hint, len(self._session.hints))
            self._look(down=True)
            self.keep(self._keeper.help_taken(exercise.id))

    def action_solution(self) -> None:
        """Show the solution, once it has been earned."""
        if self._session.exercise is not None and self._session.may_show_solution:
            self.solve(self._session.exercise)

    def action_step(self) -> None:
        """Show one more line of the worked solution, once the answer is known."""
        exercise = self._session.exercise
        if exercise is not None and has_run(self._session):
            self._open_run(exercise)
            return
        if exercise is not None and has_steps(self._session) and not self._view.show_next_step():
            self.solve(exercise)
        self._look(down=True)

    async def action_another(self) -> None:
        """Another exercise like this one, once this one is known."""
        if self._session.another():
            await self._show_step()

    def action_help(self) -> None:
        """Show every key, and how mathematics is typed."""
        from tutor.tui.screens.help import LESSON, HelpScreen  # seldom needed, never at the start

        self.app.push_screen(HelpScreen(LESSON))

    def action_leave(self) -> None:
        """Back to the home screen; the place is remembered already."""
        self.dismiss()

    @on(ExerciseView.Submitted)
    async def submit(self, event: ExerciseView.Submitted) -> None:
        """Have an answer marked; once the solution is shown, go on unless something new was typed."""
        event.stop()
        if event.exercise != self._session.exercise:
            return  # Enter came in one bunch with the key before it that left this exercise
        latest = self._session.latest_text(event.exercise.id)
        if self._session.phase is Phase.SHOWN and event.text.strip() in ("", (latest or "").strip()):
            await self.action_move("forward")
        else:
            self.check_answer(event.text)

    def check_answer(self, text: str) -> None:
        """Have a text marked, one at a time: what comes while another is marked has its turn next."""
        exercise = self._session.exercise
        if exercise is None:
            return
        if self._is_marking:
            self._typed_ahead = text
        elif text.strip():
            self._is_marking = True
            self.mark(exercise, text)
        else:
            self._view.show_nudge(tr("{first} first; Enter then checks it.", first=prompt.first(exercise)))
            self._look(down=True)

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.until_shown()
        await self.run_action(event.action)

    @on(WorkedPage.Wanted)
    def work_out(self, event: WorkedPage.Wanted) -> None:
        """Have a worked example made."""
        event.stop()
        self.unfold(event.page)

    @work(exclusive=True, group="solve", exit_on_error=False)
    async def unfold(self, page: WorkedPage) -> None:
        """Hand a worked example its steps."""
        try:
            steps = (await self._engine.solve(page.exercise)).steps
        except EngineError as fault:
            page.show_trouble(str(fault))
            return
        if page.is_attached:
            page.take_steps(steps)

    @work(group="mark", exit_on_error=False)
    async def mark(self, exercise: AnyExercise, text: str) -> None:
        """Judge an answer, write it down, and only then say what was found."""
        view = self._view
        # A learner who leaves meanwhile ends this worker; the answer given is judged and written down all the same.
        self._judging = asyncio.create_task(self._judge(exercise, text))
        try:
            with view.judging():
                verdict, trouble = await asyncio.shield(self._judging)
        finally:
            self._is_marking = False
        self._session.take(text, verdict, exercise_id=exercise.id)
        self._say_trouble(trouble)
        ahead, self._typed_ahead = self._typed_ahead, None
        if not view.is_attached:
            return
        if ahead is not None and ahead != text and not verdict.outcome.is_right:
            self.check_answer(ahead)  # the verdict to show is that of the text in the box
            return
        view.show_verdict(verdict, text)
        self._look(down=True)

    async def _judge(self, exercise: AnyExercise, text: str) -> tuple[Verdict, str]:
        verdict = await self._engine.mark(exercise, text)
        return verdict, await self._keeper.answer(exercise.id, text, verdict)

    @work(exclusive=True, group="solve", exit_on_error=False)
    async def solve(self, exercise: AnyExercise) -> None:
        """Work the solution out and show it, or after a right answer the first line of the way to it.

        Only a solution that is shown is counted as shown.
        """
        view = self._view
        try:
            solution = await self._engine.solve(exercise)
        except EngineError as fault:
            if view.is_attached:
                view.show_trouble(str(fault))
            return
        if not view.is_attached:
            return
        view.take_steps(solution.steps)
        if self._session.phase is Phase.RIGHT:
            view.show_next_step()
            self._look(down=True)
        is_new = self._session.phase is Phase.ASKING
        if self._session.show_solution():
            view.show_solution(solution.answer)
            if is_new:
                self._look(down=True)
                self.keep(self._keeper.help_taken(exercise.id))

    @work(group="keep", exit_on_error=False)
    async def keep(self, writing: Awaitable[str]) -> None:
        """Write something down while the learner goes on."""
        self._say_trouble(await writing)

    @property
    def _view(self) -> ExerciseView:
        return self.query_one(ExerciseView)

    async def _show_step(self) -> None:
        self.query_one(RoomNote).say(self.cramped())
        body = self.query_one(Body)
        async with self.showing, self.batch():
            await body.remove_children()
            await body.mount(step_view(self._session))
        body.scroll_home(animate=False)
        if self._session.exercise is None:
            # A picture or a worked example has keys of its own; the others come up to the body, which scrolls.
            next((widget for widget in body.query("*") if widget.focusable), body).focus()
        elif self._session.phase is Phase.RIGHT and not body.query("*:focus"):
            body.focus()
        self._look()
        self.keep(self._keeper.place())
        if self._session.exercise is not None and self._session.phase is Phase.SHOWN:
            self.solve(self._session.exercise)

    def _look(self, *, down: bool = False) -> None:
        """Say where one stands and which keys work; `down` brings into view what was said last, on a long step."""
        words, done, of = self._session.standing
        self.query_one(Heading).show(words, done=done, of=of)
        self.query_one(KeyBar).show(*keys_here(self._session))
        if down:
            self.query_one(RoomNote).say("")  # its room is needed now
            # What was mounted just now has its place only after the next layout.
            self.call_after_refresh(self.query_one(Body).scroll_end, animate=False)

    def _say_trouble(self, trouble: str) -> None:
        if trouble:
            self.notify(trouble, severity="warning", markup=False, timeout=10)

    def _open_descent(self, descent: Descent) -> None:
        # Its plots and tables are only needed where a lesson trains something.
        from tutor.tui.screens.descent import DescentScreen

        known = {exercise.id for exercise in self._session.lesson.exercises}
        exercises = {name: self._session.exercise_of(id) for name, id in descent.partials.items() if id in known}
        typed = {name: self._session.latest_text(exercise.id) or "" for name, exercise in exercises.items()}

        async def train(rate: float, formulas: dict[str, str]) -> Run:
            return await self._engine.train(trial_of(descent), rate, formulas)

        self.app.push_screen(DescentScreen(train, float(descent.rate), exercises, typed, self._engine), self._come_back)

    def _open_run(self, exercise: AnyExercise) -> None:
        """Show the run that was foretold, or the one with the learner's own choice."""
        from tutor.marking.trial import run_of  # these two only where something is run
        from tutor.tui.screens.descent import DescentScreen

        found = run_of(exercise, self._session.latest_text(exercise.id) or "")
        if found is None:
            return
        trial, rate = found

        async def train(rate: float, formulas: dict[str, str]) -> Run:
            return await self._engine.train(trial, rate, formulas)

        self.app.push_screen(DescentScreen(train, rate, {}, {}, self._engine), self._come_back)

    async def _come_back(self, go_on: bool | None) -> None:
        if go_on:
            await self.action_move("forward")
