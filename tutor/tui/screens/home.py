"""The first screen: the lessons, what is done of each, and one key to go on where the learner stopped."""

from __future__ import annotations

import asyncio
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.errors import ProgressError
from tutor.front.courses import added_title, left_out
from tutor.front.going_on import next_lesson, session_at, what_enter_does
from tutor.front.ports import AnyCourse, AnyEngine, AnyJournal
from tutor.front.standing import StudyStanding, begin_practice, begin_review, find_standing
from tutor.lesson.model import Lesson
from tutor.study.answer import Answer, Place
from tutor.study.placement import Placement, kept_placement
from tutor.study.progress import course_progress
from tutor.study.session import Session
from tutor.tui.content import Content
from tutor.tui.faults import WatchfulScreen
from tutor.tui.widgets.keys import Key, KeyBar
from tutor.tui.widgets.lesson_row import LessonRow
from tutor.tui.widgets.page import Page
from tutor.tui.widgets.room_note import RoomNote
from tutor.tui.widgets.skill_bars import SkillBars
from tutor.words import tr, tr_n

SUBTITLE = tr("from the slope of a curve to weights that learn")


class Lessons(VerticalScroll, inherit_bindings=False):
    """The rows of the lessons; the arrows choose among them, and what is chosen is scrolled to."""


class HomeScreen(WatchfulScreen[None]):
    """Chooses a lesson; which step it opens at is for `tutor.study` to say."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("enter,right", "open", show=False),
        Binding("down,j", "choose(1)", show=False),
        Binding("up,k", "choose(-1)", show=False),
        Binding("home", "choose(-1000)", show=False),
        Binding("end", "choose(1000)", show=False),
        Binding("p", "place", show=False),
        Binding("l", "lab", show=False),
        Binding("r", "review", show=False),
        Binding("x", "practise", show=False),
        Binding("m", "progress", show=False),
        Binding("question_mark,f1", "help", show=False),
        Binding("t", "app.toggle_light", show=False),
        Binding("q", "app.quit", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self, course: AnyCourse, journal: AnyJournal, engine: AnyEngine, *, start_lesson: str | None = None
    ) -> None:
        super().__init__()
        self._course = course
        self._journal = journal
        self._engine = engine
        self._start_lesson = start_lesson
        self._answers: list[Answer] = []
        self._places: tuple[Place, ...] = ()
        self._placement = Placement(course.lessons)
        self._standing = StudyStanding()
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Title, lessons, what the chosen one teaches, faults, keys."""
        yield Static(Content(tr("Derivatives for neural networks")), id="title")
        yield RoomNote()
        yield Static(Content(SUBTITLE), id="subtitle")
        yield Static(Content(tr("Not new to this? p finds your place.")), id="offer")
        with Lessons(id="lessons", can_focus=False):
            for index, lesson in enumerate(self._course.lessons):
                if title := added_title(self._course, index):
                    yield Static(Content(title), classes="course")
                yield LessonRow(index, lesson.title, len(lesson.exercises))
        yield Static(id="next")
        yield Page("", id="objectives")
        yield SkillBars(most=4, id="skills")
        yield Static(id="trouble")
        yield KeyBar(*self._keys())

    def on_mount(self) -> None:
        """Say what is wrong with lesson files, if anything."""
        self._say_trouble("")

    def on_screen_resume(self) -> None:
        """Look again at what is done, which may have changed since."""
        self.load()

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """Read what is done; then open the lesson that was asked for, if one was."""
        try:
            self._answers = await asyncio.to_thread(self._journal.answers)
            self._places = await asyncio.to_thread(self._journal.places)
        except ProgressError as error:
            self._say_trouble(str(error))
        self._placement = kept_placement(self._course.lessons, self._places)
        is_new = not self._answers and not self._places
        self.set_class(is_new, "-new")
        progress = course_progress(self._course.lessons, self._answers, self._places)
        for row, lesson in zip(self.query(LessonRow), progress, strict=True):
            row.show(lesson.done, is_known=lesson.lesson in self._placement.known)
        self._choose(self._index_of(self._destination()))
        self.query_one(KeyBar).show(*self._keys(is_new=is_new))
        if not is_new:
            # The lessons are painted first.
            self.call_after_refresh(self.find_standing)
        if self._start_lesson is not None:
            wanted, self._start_lesson = self._start_lesson, None
            self._choose(self._index_of(wanted))
            self.action_open()
        elif self.is_current:
            said = self.cramped()
            self.query_one(RoomNote).say(said)
            self.set_class(bool(said), "-cramped")

    @work(exclusive=True, group="standing", exit_on_error=False)
    async def find_standing(self) -> None:
        """Find out what is due and how surely skills are known, and say it."""
        now = datetime.now().astimezone()
        self._standing = await asyncio.to_thread(find_standing, self._course.lessons, self._answers, now)
        due = self._standing.due
        waiting = tr_n("{n} exercise is due for review today", "{n} exercises are due for review today", due)
        said = Content.assemble((waiting, "$primary"), tr(": r begins.")) if due else Content(SUBTITLE)
        self.query_one("#subtitle", Static).update(said)
        self.query_one(KeyBar).show(*self._keys(is_new=False))
        self._choose(self._chosen)

    def action_choose(self, by: int) -> None:
        """Choose another lesson."""
        self._choose(self._chosen + by)

    def action_open(self) -> None:
        """Open the chosen lesson where it is to be gone on with."""
        if not self._course.lessons:
            return
        lesson = self._course.lessons[self._chosen]
        self._walk(session_at(lesson, self._answers, self._places))

    def action_place(self) -> None:
        """Find where to start, by a few questions."""
        from tutor.tui.screens.placement import PlacementScreen  # as with a lesson

        screen = PlacementScreen(self._course.lessons, self._placement, self._journal, self._engine)
        self.app.push_screen(screen, self._begin_with)

    def action_lab(self) -> None:
        """Choose a problem for the descent lab, and open it."""
        from tutor.tui.screens.lab_menu import LabMenu  # as with a lesson

        self.app.push_screen(LabMenu(self._course.lessons), self.open_lab)

    def open_lab(self, wanted: str | None) -> None:
        """Open the lab on a problem or a run."""
        from tutor.tui.screens.lab import LabScreen

        if wanted is not None:
            self.app.push_screen(LabScreen(self._engine, wanted, self._course.lessons))

    @work(exclusive=True, group="begin", exit_on_error=False)
    async def action_review(self) -> None:
        """Do what is due today, or be told when something is."""
        now = datetime.now().astimezone()
        found = await asyncio.to_thread(begin_review, self._course.lessons, self._answers, now)
        if isinstance(found, str):
            self.notify(found, markup=False, timeout=8)
        else:
            self._walk(found)

    @work(exclusive=True, group="begin", exit_on_error=False)
    async def action_practise(self) -> None:
        """Practise what was taught so far, without end."""
        self._walk(await asyncio.to_thread(begin_practice, self._course.lessons, self._answers))

    def action_progress(self) -> None:
        """Show how surely every skill is known, and the last weeks."""
        from tutor.tui.screens.progress import ProgressScreen  # its plot is nothing that a start should wait for

        self.app.push_screen(ProgressScreen(self._course.lessons, self._answers, self._places))

    def action_help(self) -> None:
        """Show every key, and how mathematics is typed."""
        from tutor.tui.screens.help import HOME, HelpScreen

        self.app.push_screen(HelpScreen(HOME))

    @on(LessonRow.Opened)
    def open_row(self, event: LessonRow.Opened) -> None:
        """A lesson was clicked."""
        event.stop()
        self._choose(event.index)
        self.action_open()

    @on(KeyBar.Pressed)
    async def press(self, event: KeyBar.Pressed) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.action)

    def _walk(self, session: Session) -> None:
        # The lesson's widgets cost 60 ms to import, which the first paint of this screen does not wait for.
        from tutor.tui.screens.lesson import LessonScreen

        self.app.push_screen(LessonScreen(session, self._journal, self._engine))

    def _keys(self, *, is_new: bool = True) -> tuple[Key, ...]:
        """The keys, what one most likely wants first: whoever is new has nothing to review yet, and a place to find."""
        due = self._standing.due
        review = Key("r", tr("review {due}", due=due) if due else tr("review"), "review")
        study = (review, Key("x", tr("practise"), "practise"), Key("m", tr("progress"), "progress"))
        place = Key("p", tr("where to start"), "place")
        return (
            Key("enter", tr("open"), "open"),
            Key("↑ ↓", tr("choose"), "choose(1)", first="choose(-1)"),
            *((place, study[1]) if is_new else study),
            Key("l", tr("lab"), "lab"),
            Key("?", tr("help"), "help"),
            *(() if is_new else (place,)),
            Key("t", tr("light or dark"), "app.toggle_light"),
            Key("q", tr("quit"), "app.quit"),
        )

    def _begin_with(self, lesson: str | None) -> None:
        """Open the lesson that the placement check led to, once what was done there is read."""
        if lesson is not None:
            self._start_lesson = lesson
            self.load()

    def _choose(self, index: int) -> None:
        rows = list(self.query(LessonRow))
        if not rows:
            return
        self._chosen = min(len(rows) - 1, max(0, index))
        rows[self._chosen].focus()
        lesson = self._course.lessons[self._chosen]
        self.query_one("#next", Static).update(self._next_line(lesson))
        skills = self._standing.skills.get(lesson.id, ())
        self.query_one("#objectives", Page).show("\n".join(f"- {objective}" for objective in lesson.objectives))
        self.query_one(SkillBars).show(skills)
        self.set_class(bool(skills), "-knows")

    def _next_line(self, lesson: Lesson) -> Content:
        session = session_at(lesson, self._answers, self._places)
        said = what_enter_does(session, is_known=lesson.id in self._placement.known)
        return Content.assemble((lesson.title, "bold $strong"), ("  " + said, "$quiet"))

    def _destination(self) -> str:
        return next_lesson(self._course.lessons, self._answers, self._places, self._placement)

    def _index_of(self, lesson_id: str) -> int:
        ids = [lesson.id for lesson in self._course.lessons]
        return ids.index(lesson_id) if lesson_id in ids else 0

    def _say_trouble(self, trouble: str) -> None:
        said, place = trouble or left_out(self._course.problems), self.query_one("#trouble", Static)
        place.update(Content(said))
        place.display = bool(said)  # an empty line would lie over a notice on a low terminal
