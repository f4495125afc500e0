"""The descent lab in plain lines: a problem of the menu or a whole run, trained and trained anew."""

from __future__ import annotations

import msgspec

from tutor.descent.run import Run
from tutor.descent.runstring import is_run, write_run
from tutor.descent.setting import Setting, check
from tutor.errors import EngineError, Unreadable, UsageError
from tutor.front.lab.experiment import method_said, setting_of
from tutor.front.lab.menu import OFFERS
from tutor.front.ports import AnyEngine
from tutor.nearest import nearest
from tutor.plain.lines import Lines
from tutor.plain.training import TrainingTalk
from tutor.plain.words import LEAVE

RUN = "ravine:method=momentum:momentum=0.9:rate=0.01:steps=300"


class LabTalk:
    """Chooses a run and talks about it, as often as the learner likes."""

    def __init__(self, engine: AnyEngine, lines: Lines, *, with_pictures: bool) -> None:
        self._engine = engine
        self._lines = lines
        self._with_pictures = with_pictures

    async def hold(self, wanted: str) -> str:
        """Talk; returns `home` or `quit`, or nothing when no more lines come.

        Args:
            wanted: a problem or a run to begin with; empty for the menu.
        """
        left = await self._open(wanted) if wanted else "next"
        while left in ("next", "back"):
            self._tell()
            line = await self._lines.ask("A problem, or a whole run; Enter goes home:")
            if line is None:
                return ""
            if not line or line.lower() in ("home", *LEAVE):
                return "quit" if line.lower() in LEAVE else "home"
            left = await self._open(line)
        return left

    def _tell(self) -> None:
        self._lines.say()
        self._lines.say("The descent lab")
        for each in OFFERS:
            self._lines.say(f"{each.problem}: {each.title}. {each.what}")
        self._lines.say(f"A whole run is such as {RUN}")

    async def _open(self, wanted: str) -> str:
        known = [each.problem for each in OFFERS]
        if not is_run(wanted) and wanted.lower() not in known:
            self._lines.say(f"There is no problem called “{wanted[:40]}”. {nearest(wanted.lower(), known)}")
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

        async def train(rate: float, formulas: dict[str, str]) -> Run:
            return await self._engine.descend(write_run(_with(setting, rate, formulas)))

        talk = TrainingTalk(train, setting.rate, self._lines, with_pictures=self._with_pictures)
        vocabularies = dict.fromkeys(problem.weights, problem.vocabulary)
        return await talk.hold(vocabularies, setting.formulas, on="another run")


def _with(setting: Setting, rate: float, formulas: dict[str, str]) -> Setting:
    return msgspec.structs.replace(setting, rate=rate, formulas=formulas)
