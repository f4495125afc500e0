"""The placement check in plain lines: a few questions, without hints or solutions, and at the end where to begin."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.front import prompt
from tutor.front.keeping import PlacementKeeper
from tutor.front.placing import RIGHT, SECOND_CHANCE, UNSURE, WRONG, introduction, result
from tutor.front.ports import AnyEngine, AnyJournal
from tutor.lesson.model import Lesson
from tutor.marking.verdict import Outcome
from tutor.plain import questions
from tutor.plain.lines import Lines
from tutor.plain.words import LEAVE, TYPING
from tutor.study.placement import Placement, Question, Reply
from tutor.words import tr

_UNSURE = ("pass", "next", "skip", "i don't know", "don't know")
_HELP = tr("Type the answer, or pass if you don't know. home goes back to the lessons, and your replies are kept.")


class PlacementTalk:
    """Asks until it is clear where to begin."""

    def __init__(
        self, lessons: Sequence[Lesson], placement: Placement, journal: AnyJournal, engine: AnyEngine, lines: Lines
    ) -> None:
        """
        Args:
            placement: as it was left, or a new one.
        """
        self._lessons = lessons
        self._placement = placement
        self._engine = engine
        self._lines = lines
        self._keeper = PlacementKeeper(journal)

    async def hold(self) -> str:
        """Ask; returns the id of the lesson to begin with, `home`, `quit`, or nothing when no more lines come."""
        self._lines.say()
        if self._placement.question is not None:
            self._lines.say(introduction(self._placement, unsure=tr("the word pass"), again="again"))
        while True:
            while (question := self._placement.question) is not None:
                left = await self._ask(question)
                if left is not None:
                    return left
            self._lines.say(result(self._lessons, self._placement))
            begin = self._placement.begin_with
            line = await self._lines.ask(tr("Enter begins there, again asks anew, home goes to the lessons:"))
            if line is None:
                return ""
            if line.lower() != "again":
                return "quit" if line.lower() in LEAVE else begin.id if begin and not line else "home"
            await self._begin_again()

    async def _ask(self, question: Question) -> str | None:
        """Ask one question until it is answered or passed; returns a word where the learner leaves instead."""
        self._lines.say()
        self._lines.say(tr("Question {n}.", n=len(self._placement.replies) + 1))
        questions.say_question(question.exercise, self._lines)
        self._keeper.begin()
        while True:
            line = await self._lines.ask(questions.wanted(question.exercise, None))
            word = "" if line is None else line.lower()
            if line is None or word in LEAVE or word == "home":
                return "" if line is None else "home" if word == "home" else "quit"
            await self._engine.start()
            if word in _UNSURE:
                await self._reply(Reply.UNSURE, UNSURE)
                return None
            if word == "again":
                await self._begin_again()
                return None
            if word in ("help", "?"):
                self._lines.say(_HELP)
                self._lines.say(TYPING)
            elif not line:
                self._lines.say(
                    tr("{first} first; the word pass says that you don't know.", first=prompt.first(question.exercise))
                )
            elif await self._answer(question, line):
                return None

    async def _answer(self, question: Question, line: str) -> bool:
        """Have an answer marked and written down; whether it counted."""
        text = questions.as_given(question.exercise, line)
        questions.say_reading(question.exercise, text, self._lines)
        verdict = await self._engine.mark(question.exercise, text)
        trouble = await self._keeper.answer(question, text, verdict)
        self._lines.say_trouble(trouble)
        if not verdict.outcome.is_attempt:
            questions.say_verdict(question.exercise, verdict, text, self._lines)
            return False
        if verdict.outcome is Outcome.CORRECT:
            await self._reply(Reply.RIGHT, RIGHT)
        else:
            await self._reply(Reply.WRONG, "")
            self._lines.say(SECOND_CHANCE if self._placement.is_second_chance else WRONG)
        return True

    async def _reply(self, reply: Reply, said: str) -> None:
        self._placement = self._placement.take(reply)
        trouble = await self._keeper.replies(self._placement)
        if said or trouble:
            self._lines.say(f"{said} {trouble}".strip())

    async def _begin_again(self) -> None:
        """Forget the replies; the answers given stay in the record."""
        self._placement = Placement(self._lessons)
        trouble = await self._keeper.replies(self._placement)
        self._lines.say_trouble(trouble)
