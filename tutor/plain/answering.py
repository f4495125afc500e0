"""One exercise in plain lines: said, answered, helped with. The rules are `tutor.study.session`'s, as on the screens."""

from __future__ import annotations

from tutor.errors import EngineError
from tutor.front.keeping import Keeper
from tutor.front.offers import has_run, has_steps
from tutor.front.ports import AnyEngine
from tutor.front.written import Written
from tutor.lesson.model import AnyExercise, LineByLine
from tutor.marking.verdict import Outcome
from tutor.plain import questions
from tutor.plain.lines import Lines
from tutor.plain.unfolding import Unfolding
from tutor.study.session import Phase, Session
from tutor.words import tr


class ExerciseTalk:
    """The exercise that a session stands on."""

    def __init__(
        self, exercise: AnyExercise, session: Session, engine: AnyEngine, keeper: Keeper, lines: Lines
    ) -> None:
        self.exercise = exercise
        self._session = session
        self._engine = engine
        self._keeper = keeper
        self._lines = lines
        self._steps: Unfolding | None = None
        self._written: Written | None = None
        "The lines of an exercise that is answered line by line."
        if isinstance(exercise, LineByLine):
            self._written = Written(exercise, session.latest_text(exercise.id) or "")

    @property
    def prompt(self) -> str:
        """What stands before an answer."""
        return questions.wanted(self.exercise, self._written)

    def say(self) -> None:
        """Say the question, and what was done here before."""
        questions.say_question(self.exercise, self._lines)
        if self._written is not None:
            questions.say_written(self._written, self._lines)
        for number, hint in enumerate(self._session.hints, start=1):
            questions.say_hint(hint, number, len(self.exercise.hints), self._lines)
        typed = self._session.latest_text(self.exercise.id) if self._written is None else None
        if self._session.phase is Phase.RIGHT:
            self._lines.say(tr("Done. You answered: {typed}", typed=typed) if typed else tr("Done."))
            self._lines.page(self.exercise.because)
        elif typed:
            self._lines.say(tr("Before: {typed}", typed=typed))

    async def answer(self, line: str) -> None:
        """Have an answer marked, write it down, and only then say what was found."""
        given, text = questions.as_given(self.exercise, line), ""
        written = self._written
        if written is not None:
            kept = written.keep(given)
            if kept:
                self._lines.say(tr("You go on with {kept}; you can mend it at the end.", kept=kept))
                questions.say_written(written, self._lines)
                return
            text = written.hand_up(given)
        questions.say_reading(self.exercise, given, self._lines)
        verdict = await self._engine.mark(self.exercise, text or given)
        trouble = await self._keeper.answer(self.exercise.id, text or given, verdict)
        self._session.take(text or given, verdict, exercise_id=self.exercise.id)
        told = written.take(verdict, text or given, given) if written is not None else verdict
        questions.say_verdict(self.exercise, told, given, self._lines)
        self._lines.say_trouble(trouble)
        if written is not None and verdict.outcome is Outcome.ON_THE_WAY:
            questions.say_written(written, self._lines)
        if verdict.outcome is Outcome.CORRECT:
            self._offer()

    async def hint(self) -> None:
        """One more hint."""
        hint = self._session.next_hint()
        if hint is None:
            self._lines.say(tr("There is no further hint here."))
            return
        questions.say_hint(hint, len(self._session.hints), len(self.exercise.hints), self._lines)
        self._lines.say_trouble(await self._keeper.help_taken(self.exercise.id))

    async def solution(self) -> None:
        """The solution, once it has been earned."""
        if not self._session.may_show_solution:
            is_right = self._session.phase is Phase.RIGHT
            self._lines.say(
                tr("You have it already.") if is_right else tr("The solution comes after a hint or two tries.")
            )
            return
        try:
            solution = await self._engine.solve(self.exercise)
        except EngineError as fault:
            self._lines.say(str(fault))
            return
        is_new = self._session.phase is Phase.ASKING
        self._session.show_solution()
        questions.say_solution(self.exercise, solution.answer, self._lines)
        self._lines.say(tr("Enter goes on; typed, it counts as done."))
        if is_new:
            self._lines.say_trouble(await self._keeper.help_taken(self.exercise.id))

    async def step(self) -> None:
        """One more line of the way to the answer."""
        if not has_steps(self._session):
            self._lines.say(tr("The steps come once the answer is known, where there are any."))
            return
        if self._steps is None:
            self._steps = await Unfolding.of(self.exercise, self._engine, self._lines)
        if self._steps is not None:
            self._steps.say_next()

    def _offer(self) -> None:
        """Say what else may be asked for now."""
        offers = [
            *([tr("steps says the way to it")] if has_steps(self._session) else []),
            *([tr("watch shows the run")] if has_run(self._session) else []),
            *([tr("another gives one more like it")] if self._session.may_have_another else []),
        ]
        if offers:
            self._lines.say(tr("You can also write a word: {offers}.", offers=", ".join(offers)))
