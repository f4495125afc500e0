"""A walk through one lesson in plain lines: each step is said, and a line answers it or is one of a few words.

The rules of the walk are `tutor.study.session`'s, as on the screens; here is what is said, and what a line does.
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.descent.run import Run
from tutor.front import prompt
from tutor.front.keeping import Keeper
from tutor.front.offers import has_run
from tutor.front.ports import AnyEngine, AnyJournal
from tutor.front.training import UNSEEN
from tutor.front.unshown import not_shown
from tutor.lesson.formula import show_maths
from tutor.lesson.model import Derivative, Exercise, trial_of
from tutor.lesson.pages import Bowl, Descent, Secant, Walk, Worked
from tutor.maths.grammar import Vocabulary
from tutor.plain.answering import ExerciseTalk
from tutor.plain.lines import Lines
from tutor.plain.pages import said_of_pictures, say_page
from tutor.plain.training import Training, TrainingTalk
from tutor.plain.unfolding import Unfolding
from tutor.plain.words import HELP, TYPING, unknown, word_of
from tutor.study.session import Phase, Session
from tutor.words import tr

LEFT = ("home", "quit")


class LessonTalk:
    """Walks through a lesson from the step at which the session stands."""

    def __init__(
        self, session: Session, journal: AnyJournal, engine: AnyEngine, lines: Lines, *, with_pictures: bool = True
    ) -> None:
        self.with_pictures = with_pictures
        self._session = session
        self._engine = engine
        self._lines = lines
        self._keeper = Keeper(session, journal)
        self._exercise: ExerciseTalk | None = None
        self._example: Unfolding | None = None
        "The worked example of a page."
        self._left = ""

    async def hold(self) -> str:
        """Walk; returns `home` or `quit`, or nothing when no more lines come."""
        self._lines.say()
        self._lines.say_trouble(not_shown(self._session.lesson))
        self._lines.say(self._session.lesson.title)
        await self._enter()
        while not self._left:
            line = await self._lines.ask(self._prompt())
            if line is None:
                return ""
            await self._engine.start()
            await self._take(line)
        return self._left

    # --- what a line does

    @property
    def _asked(self) -> ExerciseTalk | None:
        """The exercise that a line may answer."""
        return self._exercise if self._session.phase in (Phase.ASKING, Phase.SHOWN) else None

    def _prompt(self) -> str:
        if self._asked is not None:
            return self._asked.prompt
        if self._session.at_summary:
            return tr("Enter goes back to the lessons:")
        if self._example is not None and not self._example.is_over:
            return tr("Enter says the next line:")
        return tr("Enter trains, next goes on:") if isinstance(self._session.step, Descent) else tr("Enter goes on:")

    async def _take(self, line: str) -> None:
        asked = self._asked
        word = word_of(line, is_answering=asked is not None)
        if word:
            await self._do(word)
        elif asked is not None and line:
            await asked.answer(line.removeprefix("=").strip())
        elif asked is not None and self._session.phase is Phase.ASKING:
            self._lines.say(
                tr("{first} first; the word help says what else works.", first=prompt.first(asked.exercise))
            )
        elif line:
            self._lines.say(unknown(line))
        else:
            await self._go_on()

    async def _do(self, word: str) -> None:
        match word:
            case "next":
                await self._moved(self._session.forward(), tr("This is the end; home goes back to the lessons."))
            case "back":
                await self._moved(self._session.back(), tr("This is the beginning."))
            case "open":
                undone = self._session.undone
                await self._moved(bool(undone) and self._session.go_to(undone[0]), tr("Nothing is open."))
            case "another":
                await self._moved(
                    self._session.another(), tr("Another one comes once this one is known, where there is one.")
                )
            case "again":
                await self._say_step()
            case "pictures":
                await self._turn_pictures()
            case "help":
                self._say_help()
            case "watch":
                await self._watch()
            case "home" | "quit":
                self._left = word
            case _:
                await self._help_with(word)

    async def _help_with(self, word: str) -> None:
        """A hint, the solution or its steps; on a page only the steps of a worked example."""
        if self._exercise is not None:
            await {"hint": self._exercise.hint, "solution": self._exercise.solution, "steps": self._exercise.step}[
                word
            ]()
        elif word == "steps" and self._example is not None:
            self._example.say_next()
        else:
            self._lines.say(tr("Nothing is asked here."))

    async def _go_on(self) -> None:
        """Enter on a page, or on what is done."""
        if self._session.at_summary:
            self._left = "home"
        elif self._example is not None and not self._example.is_over:
            self._example.say_next()
        elif isinstance(self._session.step, Descent):
            await self._train(self._session.step)
        else:
            await self._moved(self._session.forward(), "")

    async def _moved(self, has_moved: bool, otherwise: str) -> None:
        if has_moved:
            await self._enter()
        else:
            self._lines.say(otherwise)

    async def _turn_pictures(self) -> None:
        self.with_pictures = not self.with_pictures
        self._lines.say(said_of_pictures(is_wanted=self.with_pictures))
        if self.with_pictures and self._exercise is None:
            await self._say_step()

    # --- the step stood on

    async def _enter(self) -> None:
        """Come to a step: say it, and remember the place."""
        exercise = self._session.exercise
        self._exercise = self._example = None
        if exercise is not None:
            self._exercise = ExerciseTalk(exercise, self._session, self._engine, self._keeper, self._lines)
        trouble = await self._keeper.place()
        await self._say_step()
        self._lines.say_trouble(trouble)

    async def _say_step(self) -> None:
        self._lines.say()
        self._lines.say(tr("Now: {where}.", where=self._session.standing.words))
        match self._session.step:
            case None:
                self._say_summary()
            case Exercise():
                if self._exercise is not None:
                    self._exercise.say()
            case Descent() as descent:
                self._say_descent(descent)
            case Worked() as worked:
                self._lines.page(worked.text)
                example = Derivative(ask="", of=worked.of, by=worked.by)
                self._example = await Unfolding.of(example, self._engine, self._lines)
                if self._example is not None:
                    self._example.say_next()
            case page:
                say_page(page, self._lines, with_pictures=self.with_pictures)

    def _say_descent(self, descent: Descent) -> None:
        self._lines.page(descent.text)
        for id in self._derived(descent).values():
            exercise = self._session.exercise_of(id)
            typed = self._session.latest_text(id)
            self._lines.say(f"{prompt.before(exercise)} {show_maths(typed) if typed else UNSEEN}")

    def _say_summary(self) -> None:
        done, total = len(self._session.done), len(self._session.lesson.exercises)
        open_ones = tr(" The word open leads to the first that is open.") if self._session.undone else ""
        self._lines.say(
            tr("The end. {done} of {total} exercises done.{open_ones}", done=done, total=total, open_ones=open_ones)
            if total
            else tr("The end.")
        )
        self._lines.page(self._session.lesson.summary)

    def _say_help(self) -> None:
        for word, what in HELP.items():
            self._lines.say(f"{word}: {what}")
        self._lines.say(TYPING)

    # --- runs

    def _derived(self, descent: Descent) -> dict[str, str]:
        """Weight to the id of the exercise in which its partial is derived."""
        known = {exercise.id for exercise in self._session.lesson.exercises}
        return {name: id for name, id in descent.partials.items() if id in known}

    async def _train(self, descent: Descent) -> None:
        exercises = {name: self._session.exercise_of(id) for name, id in self._derived(descent).items()}
        typed = {name: self._session.latest_text(exercise.id) or "" for name, exercise in exercises.items()}

        async def train(rate: float, formulas: dict[str, str]) -> Run:
            return await self._engine.train(trial_of(descent), rate, formulas)

        vocabularies = {name: prompt.vocabulary(exercise) for name, exercise in exercises.items()}
        await self._talk(train, float(descent.rate), vocabularies, typed)

    async def _watch(self) -> None:
        """The run that was foretold, or the one with the learner's own choice."""
        from tutor.marking.trial import run_of  # as on the screens, only where something is run

        exercise = self._session.exercise
        found = None
        if exercise is not None and has_run(self._session):
            found = run_of(exercise, self._session.latest_text(exercise.id) or "")
        if found is None:
            is_page = isinstance(self._session.step, Walk | Secant | Bowl)
            shown, none = tr("It stands above; the word again says it once more."), tr("There is no run to watch yet.")
            self._lines.say(shown if is_page else none)
            return
        trial, rate = found

        async def train(rate: float, formulas: dict[str, str]) -> Run:
            return await self._engine.train(trial, rate, formulas)

        await self._talk(train, rate, {}, {})

    async def _talk(
        self, train: Training, rate: float, vocabularies: Mapping[str, Vocabulary], typed: Mapping[str, str]
    ) -> None:
        """Train, and come back to the lesson."""
        talk = TrainingTalk(train, rate, self._lines, with_pictures=self.with_pictures)
        word = await talk.hold(vocabularies, typed)
        self.with_pictures = talk.with_pictures
        if word in LEFT:
            self._left = word
        elif word == "next" and self._session.forward():
            await self._enter()
        elif word:
            await self._say_step()
