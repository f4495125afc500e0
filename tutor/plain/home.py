"""The lessons as a list in plain lines, and one line to open a lesson, practise, or find one's place."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

from tutor.errors import ProgressError
from tutor.front.courses import added_title, left_out
from tutor.front.going_on import next_lesson, session_at, what_enter_does
from tutor.front.ports import AnyCourse, AnyEngine, AnyJournal
from tutor.front.standing import begin_practice, begin_review
from tutor.lesson.model import Lesson
from tutor.plain.lesson import LessonTalk
from tutor.plain.lines import Lines
from tutor.plain.placement import PlacementTalk
from tutor.plain.words import LEAVE
from tutor.study.answer import Answer, Place
from tutor.study.placement import Placement, kept_placement
from tutor.study.progress import course_progress
from tutor.study.session import Session
from tutor.words import tr

HELP: Final = tr(
    "Enter opens the lesson that comes next; a number opens that lesson. place finds where to start by a few questions. "
    "review gives what is due today, practice exercises without end, lab gradient descent to try things on. "
    "list tells the lessons again. quit leaves; nothing is lost."
)


class HomeTalk:
    """Chooses what to do; which step a lesson opens at is for `tutor.study` to say."""

    def __init__(self, course: AnyCourse, journal: AnyJournal, engine: AnyEngine, lines: Lines) -> None:
        self._course = course
        self._journal = journal
        self._engine = engine
        self._lines = lines
        self._with_pictures = True
        self._answers: list[Answer] = []
        self._places: tuple[Place, ...] = ()
        self._placement = Placement(course.lessons)

    async def hold(
        self, *, start_lesson: str | None = None, start_session: Session | None = None, start_lab: str | None = None
    ) -> None:
        """Open what was asked for, if anything; then let the learner choose until he or she leaves."""
        await self._load()
        left = "home"
        if start_session is not None:
            left = await self._walk(start_session)
        elif start_lesson is not None:
            left = await self._open(start_lesson)
        elif start_lab is not None:
            left = await self._lab(start_lab)
        while left == "home" and self._course.lessons:  # without any, the lab is all there is
            await self._load()
            self._tell()
            left = await self._choose()

    async def _load(self) -> None:
        """Look at what is done."""
        try:
            self._answers = await asyncio.to_thread(self._journal.answers)
            self._places = await asyncio.to_thread(self._journal.places)
        except ProgressError as error:
            self._lines.say(str(error))
        self._placement = kept_placement(self._course.lessons, self._places)

    def _tell(self) -> None:
        """Say which lessons there are, and what is done of each."""
        self._lines.say()
        self._lines.say(tr("Derivatives for neural networks"))
        progress = course_progress(self._course.lessons, self._answers, self._places)
        for number, (lesson, done) in enumerate(zip(self._course.lessons, progress, strict=True)):
            known = tr(", known") if lesson.id in self._placement.known and not done.finished else ""
            state = (
                tr("done")
                if done.finished
                else tr("{done} of {total}{known}", done=done.done, total=done.total, known=known)
            )
            if title := added_title(self._course, number):
                self._lines.say(f"{title}:")
            self._lines.say(f"{number}. {lesson.title}: {state}")
        if said := left_out(self._course.problems):
            self._lines.say(said)

    async def _choose(self) -> str:
        """Ask what to do until something is chosen, and do it; returns a word as `LessonTalk.hold` does."""
        lesson = self._lesson(next_lesson(self._course.lessons, self._answers, self._places, self._placement))
        session = session_at(lesson, self._answers, self._places)
        said = what_enter_does(session, is_known=lesson.id in self._placement.known)
        self._lines.say()
        self._lines.say(f"{self._course.lessons.index(lesson)}. {lesson.title}. {said}")
        while True:
            line = await self._lines.ask(tr("A number, or Enter, or help:"))
            word = "" if line is None else line.lower()
            if line is None or word in LEAVE:
                return "quit" if word else ""
            if not word:
                return await self._walk(session)
            if word.isdecimal() and int(word[:4]) < len(self._course.lessons):
                return await self._open(self._course.lessons[int(word[:4])].id)
            match word:
                case "list" | "home" | "again":
                    return "home"
                case "place":
                    return await self._place()
                case "practice" | "practise":
                    return await self._walk(begin_practice(self._course.lessons, self._answers))
                case "review":
                    return await self._review()
                case "lab":
                    return await self._lab("")
                case "help" | "?":
                    self._lines.say(HELP)
                case _:
                    last = len(self._course.lessons) - 1
                    self._lines.say(tr("The lessons go from 0 to {last}; help says what else works.", last=last))

    async def _open(self, lesson_id: str) -> str:
        return await self._walk(session_at(self._lesson(lesson_id), self._answers, self._places))

    async def _walk(self, session: Session) -> str:
        talk = LessonTalk(session, self._journal, self._engine, self._lines, with_pictures=self._with_pictures)
        left = await talk.hold()
        self._with_pictures = talk.with_pictures
        return left

    async def _review(self) -> str:
        found = begin_review(self._course.lessons, self._answers, datetime.now().astimezone())
        if isinstance(found, str):
            self._lines.say(found)
            return "home"
        return await self._walk(found)

    async def _lab(self, wanted: str) -> str:
        from tutor.plain.lab import LabTalk  # its problems are nothing that a lesson waits for

        talk = LabTalk(self._engine, self._lines, with_pictures=self._with_pictures)
        word = await talk.hold(wanted)
        self._with_pictures = talk.with_pictures
        return word

    async def _place(self) -> str:
        talk = PlacementTalk(self._course.lessons, self._placement, self._journal, self._engine, self._lines)
        found = await talk.hold()
        if found in ("", "home", "quit"):
            return found
        await self._load()
        return await self._open(found)

    def _lesson(self, lesson_id: str) -> Lesson:
        return next((each for each in self._course.lessons if each.id == lesson_id), self._course.lessons[0])
