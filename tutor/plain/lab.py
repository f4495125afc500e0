"""The descent lab in plain lines: a problem of the menu or a whole run, trained and trained anew."""

from __future__ import annotations

from typing import Final

import msgspec

from tutor.descent.comparison import known, measured
from tutor.descent.methods import METHODS
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.runstring import is_run, write_run
from tutor.descent.setting import Setting, check
from tutor.errors import EngineError, Unreadable, UsageError
from tutor.front.lab.account import Kept, account
from tutor.front.lab.experiment import method_said, setting_of
from tutor.front.lab.menu import OFFERS
from tutor.front.lab.stage import View
from tutor.front.ports import AnyEngine
from tutor.front.shown import signed
from tutor.maths.grammar import display_name
from tutor.nearest import nearest
from tutor.plain.lines import Lines
from tutor.plain.pages import HEIGHT
from tutor.plain.training import TrainingTalk
from tutor.plain.words import LEAVE
from tutor.words import tr

HELP: Final = tr(
    "Write a rate, such as: rate 0.3. A step, such as: step 5, tells its arithmetic. A method, such as: method adam. "
    "weights, loss, log loss, map, data, residuals and network draw what the problem has of these. keep compares the next runs "
    "with this one. pictures leaves pictures out, or draws them again. check puts finite differences beside the partials. "
    "run says the run as a string. "
    "{edit}Enter or next goes on with {on}, home goes to the lessons."
)

_COMPARED: Final = {
    True: tr("they agree"),
    False: tr("they do not agree"),
    None: tr("there is no value to compare"),
}
"By what the gradient check finds of a partial."

RUN = "ravine:method=momentum:momentum=0.9:rate=0.01:steps=300"


class LabTalk:
    """Chooses a run and talks about it, as often as the learner likes."""

    def __init__(self, engine: AnyEngine, lines: Lines, *, with_pictures: bool) -> None:
        self._engine = engine
        self._lines = lines
        self.with_pictures = with_pictures

    async def hold(self, wanted: str) -> str:
        """Talk; returns `home` or `quit`, or nothing when no more lines come.

        Args:
            wanted: a problem or a run to begin with; empty for the menu.
        """
        left = await self._open(wanted) if wanted else "next"
        while left in ("next", "back"):
            self._tell()
            line = await self._lines.ask(tr("A problem, or a whole run; Enter goes home:"))
            if line is None:
                return ""
            if not line or line.lower() in ("home", *LEAVE):
                return "quit" if line.lower() in LEAVE else "home"
            left = await self._open(line)
        return left

    def _tell(self) -> None:
        self._lines.say()
        self._lines.say(tr("The descent lab"))
        for each in OFFERS:
            end = "" if each.title.endswith("?") else "."
            self._lines.say(f"{each.problem}: {each.title}{end} {each.what}")
        self._lines.say(tr("A whole run is such as {run}", run=RUN))

    async def _open(self, wanted: str) -> str:
        known = [each.problem for each in OFFERS]
        if not is_run(wanted) and wanted.lower() not in known:
            self._lines.say(
                tr(
                    "There is no problem called “{wanted}”. {nearest}",
                    wanted=wanted[:40],
                    nearest=nearest(wanted.lower(), known),
                )
            )
            return "next"
        try:
            setting = setting_of(wanted if is_run(wanted) else wanted.lower())
            check(setting)
            problem = await self._engine.describe(write_run(setting))
        except (Unreadable, UsageError, EngineError) as fault:
            self._lines.say(str(fault))
            return "next"
        self._lines.say()
        self._lines.say(f"{problem.title}. {method_said(setting)}.")
        talk = RunTalk(self._engine, setting, problem, self._lines, with_pictures=self.with_pictures)
        vocabularies = dict.fromkeys(problem.weights, problem.vocabulary)
        word = await talk.hold(vocabularies, setting.formulas, on=tr("another run"))
        self.with_pictures = talk.with_pictures
        return word


class RunTalk(TrainingTalk):
    """A run of the lab: every view of it, another method, a run to compare it with, the gradient check, its string."""

    HELP = HELP

    def __init__(
        self, engine: AnyEngine, setting: Setting, problem: Problem, lines: Lines, *, with_pictures: bool
    ) -> None:
        super().__init__(self._make, setting.rate, lines, with_pictures=with_pictures)
        self._engine = engine
        self._setting = setting
        self._problem = problem
        self._kept: Kept | None = None

    @property
    def _wanted(self) -> Setting:
        return self._with(self._rate, {name: text for name, text in self._formulas.items() if text})

    @property
    def _rule(self) -> str:
        method = METHODS[self._setting.method]
        return (
            tr("{method}, {equation}", method=method_said(self._setting), equation=method.equation)
            if method.remembers
            else super()._rule
        )

    def _with(self, rate: float, formulas: dict[str, str]) -> Setting:
        return msgspec.structs.replace(self._setting, rate=rate, formulas=formulas)

    async def _make(self, rate: float, formulas: dict[str, str]) -> Run:
        return await self._engine.descend(write_run(self._with(rate, formulas)))

    async def _act(self, line: str, word: str) -> None:
        said, _, rest = line.lower().partition(" ")
        match said:
            case "run":
                self._lines.put([write_run(self._wanted)])
            case "check":
                await self._check()
            case "keep":
                self._keep()
            case "method":
                await self._change(rest.strip().replace(" ", "-"))
            case _ if line.lower() in {view.value for view in View}:
                self._draw(line.lower())
            case _:
                await super()._act(line, word)

    async def _change(self, method: str) -> None:
        if method not in METHODS:
            self._lines.say(
                tr("The methods are {methods}. {nearest}", methods=", ".join(METHODS), nearest=nearest(method, METHODS))
            )
            return
        self._setting = msgspec.structs.replace(self._setting, method=method, options={})
        await self._anew()

    def _keep(self) -> None:
        if self._run is None:
            return
        self._kept = None if self._kept else (self._wanted, self._run)
        kept = tr("The next runs are compared with this one.") if self._kept else tr("The run that was kept is let go.")
        self._lines.say(tr("{kept} The word keep changes that.", kept=kept))

    async def _check(self) -> None:
        if self._run is None:
            return
        try:
            rows = await self._engine.check(write_run(self._wanted), self._run.path[0], 0)
        except EngineError as fault:
            self._lines.say(str(fault))
            return
        self._lines.say(tr("The slope of the loss at the start, by the formula and by finite differences:"))
        for row in rows:
            said = _COMPARED[row.agrees]
            name = display_name(row.weight)
            self._lines.say(
                tr(
                    "{name}: {formula} and {difference}, {said}",
                    name=name,
                    formula=known(row.formula),
                    difference=measured(row),
                    said=said,
                )
            )

    def _draw(self, what: str) -> None:
        if self._run is None:
            return
        told = account(self._wanted, self._problem, self._run, self._ghost, self._kept)
        stage = told.stage
        view = next((each for each in stage.views() if each.value == what), None)
        if view is None:
            names = ", ".join(each.value for each in stage.views())
            self._lines.say(tr("This problem has no such view; it has {names}.", names=names))
            return
        if view is View.MAP and stage.needs_map:
            stage.draw_map()
        scene = stage.scene(view, self._lines.width, HEIGHT)
        rows = scene.rows(stage.last) if scene is not None else []
        self._lines.put("".join(sign for sign, _ in signed(row)).rstrip() for row in rows)
        if any(role == "other" for row in rows for _, role in row):
            for line in told.runs(stage.last, 0, self._lines.width, is_moving=False)[1:]:
                self._lines.say("".join(text for text, _ in line))
