"""Gradient descent in plain lines: a run as a short table, how it ended, a still picture; another rate, other formulas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tutor.descent.arithmetic import lines as arithmetic
from tutor.descent.comparison import differs, number
from tutor.descent.report import reported
from tutor.descent.run import Run
from tutor.errors import EngineError, Unreadable
from tutor.front.scenes import horizon, loss_picture, weights_picture
from tutor.front.training import GHOST, STEP, how_it_ended
from tutor.lesson.formula import show_maths
from tutor.maths.grammar import Vocabulary, canonical, display_name
from tutor.maths.parse import parse
from tutor.plain.lines import Lines
from tutor.plain.pages import said_of_pictures, say_picture
from tutor.plain.words import word_of
from tutor.words import tr

Training = Callable[[float, dict[str, str]], Awaitable[Run]]
"A rate, and for some weights the partial as typed, to the run; raises `EngineError`."

ROWS: Final = 8
"Steps that a run is told in, about."

HELP: Final = tr(
    "Write a rate, such as: rate 0.3. A step, such as: step 5, tells its arithmetic. "
    "loss draws the loss, weights the weights; pictures leaves pictures out, or draws them again. "
    "{edit}Enter or next goes on with {on}, home goes to the lessons."
)
EDIT: Final = tr(
    "A formula, such as: {weight} = {formula}, runs with it; with nothing behind the = the right one runs. "
)


class TrainingTalk:
    """Trains, tells what came of it, and trains anew as often as the learner likes."""

    HELP = HELP

    def __init__(self, train: Training, rate: float, lines: Lines, *, with_pictures: bool) -> None:
        """
        Args:
            train: makes a run.
            rate: the learning rate at the start.
        """
        self._train = train
        self._rate = rate
        self._lines = lines
        self.with_pictures = with_pictures
        self._vocabularies: Mapping[str, Vocabulary] = {}
        self._formulas: dict[str, str] = {}
        self._on = ""
        self._run: Run | None = None
        self._ghost: Run | None = None

    async def hold(
        self, vocabularies: Mapping[str, Vocabulary], formulas: Mapping[str, str], *, on: str = tr("the lesson")
    ) -> str:
        """Train and talk.

        Args:
            vocabularies: weight to the names in which its partial may be written; no others may be changed.
            formulas: weight to partial as typed; an empty one, or none, stands for the right formula.
            on: what Enter goes on with.

        Returns:
            The word with which the learner left, `next`, `back`, `home` or `quit`; nothing when no more lines come.
        """
        self._vocabularies, self._formulas, self._on = vocabularies, dict(formulas), on
        await self._anew()
        while True:
            line = await self._lines.ask(tr("Training (rate, step, formula, help; Enter goes on):"))
            if line is None:
                return ""
            word = word_of(line, is_answering=True) if line else "next"
            if word in ("next", "back", "home", "quit"):
                return word
            await self._act(line, word)

    @property
    def _rule(self) -> str:
        """What a step does."""
        return STEP

    async def _act(self, line: str, word: str) -> None:
        head, _, rest = line.partition(" ")
        if word == "help":
            self._say_help()
        elif word == "again":
            self._tell()
        elif "=" in line and head.lower() != "rate":
            await self._edit(line)
        elif head.lower() == "rate":
            await self._move(rest.lstrip("= "))
        elif head.lower() == "step":
            self._say_step(rest)
        elif word == "pictures":
            self.with_pictures = not self.with_pictures
            self._lines.say(said_of_pictures(is_wanted=self.with_pictures))
        elif line.lower() in ("loss", "weights", "picture"):
            self._draw("loss" if line.lower() == "loss" else "weights")
        else:
            self._lines.say(tr("That is nothing that works here; help says what does."))

    async def _anew(self) -> None:
        formulas = {name: text for name, text in self._formulas.items() if text}
        self._lines.say()
        try:
            right = await self._train(self._rate, {})
            run = await self._train(self._rate, formulas) if formulas else right
        except EngineError as fault:
            self._lines.say(str(fault))
            return
        self._run, self._ghost = run, right if differs(run, right) else None
        self._tell()

    def _tell(self) -> None:
        run = self._run
        if run is None:
            return
        self._lines.say(tr("Rate {rate:g}. Each step: {step}.", rate=run.rate, step=self._rule))
        last = len(run.path) - 1
        rows = [[tr("step"), *map(display_name, run.weights), tr("loss")]]
        for step in reported(last, max(1, -(-last // ROWS))):
            rows.append([str(step), *map(number, run.path[step]), number(run.loss[step])])
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        self._lines.put("  ".join(cell.rjust(size) for cell, size in zip(row, widths, strict=True)) for row in rows)
        if run.optimum is not None:
            named = zip(run.weights, run.optimum, strict=True)
            self._lines.say(
                tr("To reach: ") + ", ".join(f"{display_name(name)} {number(goal)}" for name, goal in named)
            )
        self._lines.say(how_it_ended(run, self._ghost))
        if self.with_pictures:
            self._draw("weights")

    def _draw(self, what: str) -> None:
        run, ghost = self._run, self._ghost
        if run is None:
            return
        last = max(len(run.path), len(ghost.path) if ghost else 0) - 1
        until = horizon(last, last)
        picture = (loss_picture if what == "loss" else weights_picture)(run, ghost, until)
        say_picture(picture, self._lines, is_wanted=True)
        if ghost is not None:
            self._lines.say(GHOST)

    def _say_step(self, text: str) -> None:
        run = self._run
        if run is None:
            return
        last = len(run.path) - 1
        if not text.isdecimal() or int(text) > last:
            self._lines.say(tr("The steps go from 0 to {last}.", last=last))
            return
        step = int(text)
        values = zip(run.weights, run.path[step], strict=True)
        told = ", ".join(f"{display_name(name)} = {number(value)}" for name, value in values)
        self._lines.say(tr("Step {step}: {told}, loss {number}", step=step, told=told, number=number(run.loss[step])))
        for line in arithmetic(run, step):
            self._lines.say(line)

    async def _move(self, text: str) -> None:
        try:
            rate = float(text)
        except ValueError:
            rate = 0.0
        if not 0 < rate < float("inf"):
            self._lines.say(tr("The rate must be a number above 0, such as 0.1."))
            return
        self._rate = rate
        await self._anew()

    async def _edit(self, line: str) -> None:
        name, _, text = (part.strip() for part in line.partition("="))
        weight = canonical(name)
        vocabulary = self._vocabularies.get(weight)
        if vocabulary is None:
            known = ", ".join(map(display_name, self._vocabularies))
            self._lines.say(
                tr("The formulas are those for {known}.", known=known) if known else tr("The formulas stand fast here.")
            )
            return
        try:
            if text:
                parse(text, vocabulary)
        except Unreadable as fault:
            self._lines.say(tr("Not read. {message}", message=fault.message))
            return
        self._formulas[weight] = text
        await self._anew()

    def _say_help(self) -> None:
        example = next(iter(self._vocabularies), "")
        formula = self._formulas.get(example) or "…"
        edit = EDIT.format(weight=display_name(example), formula=show_maths(formula)) if example else ""
        self._lines.say(self.HELP.format(edit=edit, on=self._on))
