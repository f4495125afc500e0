"""A lesson while it is being written: the learner's own screen, drawn again when the file is saved, with a list of problems.

The place, what was typed and the variant are kept from one save to the next; what has not changed is not drawn again.
"""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tutor.errors import Problem, TutorError
from tutor.front.keeping import Keeper
from tutor.front.ports import AnyEngine, AnyJournal
from tutor.lesson.draft import Draft
from tutor.lesson.model import AnyExercise, Lesson
from tutor.lesson.pages import Descent, Read
from tutor.lesson.vary import seeds_of, variant
from tutor.study.session import Phase, Session
from tutor.tui.content import Content
from tutor.tui.keys_here import HOME, keys_here
from tutor.tui.leaving import LeavingScreen
from tutor.tui.preview import AnyDraft
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.exercise import ExerciseView
from tutor.tui.widgets.heading import Heading
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.problems import ProblemPanel
from tutor.tui.widgets.worked import WorkedPage
from tutor.words import tr, tr_n

UNREADABLE = tr("This lesson cannot be shown yet. What is wrong with it is said below.")
NOTHING = Lesson(
    id="draft",
    title="",
    objectives=("",),
    steps=(Read(id="page-1", text=UNREADABLE),),
    summary="",
)
"What is shown of a file of which nothing can be read."

MOST_SEED = 10**9


class PreviewScreen(LessonScreen):
    """Walks through a draft."""

    DEFAULT_CSS = """
    PreviewScreen {
        &.-tiny ProblemPanel { max-height: 50%; }
    }
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("f6", "seed(-1)", show=False),
        Binding("f7", "seed(1)", show=False),
        Binding("f8", "ask_seed", show=False),
        Binding("f9", "more", show=False),
    ]

    def __init__(self, file: AnyDraft, journal: AnyJournal, engine: AnyEngine, *, start_step: str = "") -> None:
        super().__init__(Session(NOTHING), journal, engine)
        self._file = file
        self._journal = journal
        self._start_step = start_step
        self._draft = Draft(None, (), {})
        self._said = "reading"

    def compose(self) -> ComposeResult:
        """The lesson, and beneath it what is wrong with it."""
        *above, keys = super().compose()
        yield from above
        yield ProblemPanel()
        yield keys

    async def on_mount(self) -> None:
        """Show the lesson, and begin to watch the file."""
        await self._take(await self._file.read())
        self.prove()
        self.watch_file()

    @work(exclusive=True, group="watch", exit_on_error=False)
    async def watch_file(self) -> None:
        """Draw again whenever the file is saved."""
        async for _ in self._file.changes():
            await self._take(await self._file.read())
            self.prove()

    @work(exclusive=True, group="prove", exit_on_error=False)
    async def prove(self) -> None:
        """Have the exercises proved, and say what was found."""
        draft = await self._file.prove()
        if draft.lesson != self._draft.lesson:
            await self._take(draft)
        self._draft, self._said = draft, "proved"
        self._show_problems()

    def action_seed(self, by: int) -> None:
        """Go to the next frozen variant or the one before; while none are frozen, to the next seed or the one before."""
        seed, exercise = self._session.seed, self._written
        if seed is None or exercise is None:
            return
        frozen = sorted(each for each in exercise.seeds if (each > seed if by > 0 else each < seed))
        if exercise.seeds:
            self.show_seed(frozen[0 if by > 0 else -1] if frozen else None)
        else:
            self.show_seed(max(0, seed + by))

    @property
    def _written(self) -> AnyExercise | None:
        """The exercise stood on as its author wrote it."""
        return next((each for each in self._session.lesson.exercises if each.id == self._session.step_id), None)

    def action_ask_seed(self) -> None:
        """Ask for a variant by its number."""
        if self._session.seed is not None:
            self.app.push_screen(SeedScreen(), self._take_seed)

    def _take_seed(self, seed: int | None) -> None:
        self.show_seed(seed)

    def action_more(self) -> None:
        """More room for the problems, the rest of them, and less room again."""
        self.query_one(ProblemPanel).turn()

    @work(exclusive=True, group="seed", exit_on_error=False)
    async def show_seed(self, seed: int | None) -> None:
        """Show a variant."""
        exercise = self._written
        if seed is None or exercise is None:
            return
        try:
            variant(exercise, seed)
        except TutorError as fault:
            self.notify(str(fault), severity="warning", markup=False)
            return
        if self._session.take_seed(seed):
            await self._show_step()

    def action_help(self) -> None:
        """Show every key, with those that only an author has."""
        from tutor.tui.screens.help import LESSON, PREVIEW, HelpScreen  # seldom needed, never at the start

        self.app.push_screen(HelpScreen((*PREVIEW, *LESSON)))

    def action_leave(self) -> None:
        """There is no screen beneath this one."""
        self.app.exit()

    async def _take(self, draft: Draft) -> None:
        """Show a draft in place of the one before, at the same place."""
        self._draft, self._said = draft, "checking"
        before = self._session
        if draft.lesson is not None and draft.lesson != before.lesson:
            session = self._session_of(draft.lesson)
            self._session, self._keeper = session, Keeper(session, self._journal)
            self.query_one(Heading).name_it(tr("{title} (preview)", title=draft.lesson.title))
            if _what_is_shown(session) != _what_is_shown(before):
                await self._draw_again(is_same=session.step_id == before.step_id)
            self._look()
        elif draft.lesson is None and before.lesson is NOTHING:
            await self._show_step()
        self._show_problems()

    def _session_of(self, lesson: Lesson) -> Session:
        """A walk through the lesson that has come as far as the one before."""
        before = self._session
        session = Session(lesson, self._journal.answers())
        wanted = self._start_step or before.step_id
        self._start_step = ""
        if before.lesson is NOTHING and wanted == before.step_id:
            return session
        if not session.go_to(wanted):
            session.index = min(before.index, len(lesson.steps))
        elif before.seed is not None and session.seed not in (None, before.seed):
            session.take_seed(before.seed)
        return session

    async def _draw_again(self, *, is_same: bool) -> None:
        """Show the step; where it is the same, with what was typed, said and unfolded before."""
        answered = next(iter(self.query(ExerciseView)), None) if is_same else None
        worked = next(iter(self.query(WorkedPage)), None) if is_same else None
        text = answered.text if answered is not None else ""  # asked for while the box is still there
        if answered is not None:
            self._session.keep_typed(text)
        await self._show_step()
        if answered is not None and answered.verdict is not None and self._session.phase is Phase.RIGHT:
            for view in self.query(ExerciseView):
                view.show_verdict(answered.verdict, text)
        for page in self.query(WorkedPage):
            page.at_first = max(1, worked.unfolded) if worked is not None else 1

    def _look(self, *, down: bool = False) -> None:
        super()._look(down=down)
        keys = [Key("esc", tr("leave"), "leave") if key == HOME else key for key in keys_here(self._session)]
        mine = [Key("F9", tr("problems"), "more")] if self._draft.problems else []
        if self._session.seed is not None:
            mine = [
                Key("F6 F7", tr("variant"), "seed(1)", first="seed(-1)"),
                Key("F8", tr("by seed"), "ask_seed"),
                *mine,
            ]
        self.query_one(KeyBar).show(*keys[:-2], *mine, *keys[-2:])
        self._show_problems()

    def _show_problems(self) -> None:
        problems = self._draft.problems
        here = f"steps[{self._session.index}]."
        first = sorted(problems, key=lambda problem: not problem.field.startswith(here))
        self.query_one(ProblemPanel).show(f"{_counted(problems, self._said)} · {self._standing()}", first)

    def _standing(self) -> str:
        """The step stood on, its line, and its variant."""
        id, seed = self._session.step_id, self._session.seed
        line = self._draft.lines.get(id)
        said = tr("{id}, line {line}", id=id, line=line) if line else id
        exercise = self._written
        if seed is None or exercise is None:
            return said
        frozen = ", ".join(map(str, seeds_of(exercise))) if exercise.seeds else tr("none")
        return tr("{said}, seed {seed} (frozen: {frozen})", said=said, seed=seed, frozen=frozen)


def _what_is_shown(session: Session) -> object:
    """All that a step's view is made of: of a page that trains, the exercises that it names too."""
    step = session.step
    named = session.lesson.exercises if isinstance(step, Descent) else ()
    return session.step_id, step, session.lesson.summary if step is None else "", named


class SeedScreen(LeavingScreen[int | None], ModalScreen[int | None]):
    """Asks for the number of a variant."""

    BINDINGS = [Binding("escape", "leave", show=False)]  # noqa: RUF012  (Textual's own type)
    DEFAULT_CSS = """
    SeedScreen {
        align: center middle;
        & > * { max-width: 40; padding: 0 1; background: $panel; }
        & Input { background: $surface; }
    }
    """

    def compose(self) -> ComposeResult:
        """One line to type in."""
        yield Static(Content(tr("Which seed? A whole number; enter shows it.")))
        yield Input(type="integer", max_length=2 * len(str(MOST_SEED)), compact=True)

    def on_mount(self) -> None:
        """Begin to type."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Hand the number back."""
        event.stop()
        number = int(event.value) if event.value.isdecimal() else None
        if number is not None and number > MOST_SEED:
            self.query_one(Static).update(Content(tr("The largest seed is {most}.", most=MOST_SEED)))
        else:
            self.dismiss(number)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _counted(problems: tuple[Problem, ...], said: str) -> str:
    if not problems and said == "proved":
        return tr("no problems, all proved")
    found = tr_n("{n} problem", "{n} problems", len(problems)) if problems else tr("no problems so far")
    return tr("{problems}, checking", problems=found) if said == "checking" else found
