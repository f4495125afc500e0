"""What the lab works at: the run that is wanted, the one that is there, a kept one beside it. Knows no screen and no key."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from tutor.descent.compared import Compared
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, check
from tutor.engine.wire import Progress
from tutor.errors import EngineError, Unreadable, UsageError
from tutor.front.lab.account import Account, Kept, account
from tutor.front.lab.experiment import same_ground, setting_of
from tutor.front.ports import AnyEngine
from tutor.words import tr


class Bench:
    """Has runs made one after the other; where one cannot be, the last stays, and why is told."""

    def __init__(self, engine: AnyEngine, wanted: Setting, heard: Callable[[], None]) -> None:
        """
        Args:
            engine: makes the runs.
            wanted: what is to be made first.
            heard: called whenever `progress` is news.
        """
        self._engine, self._heard = engine, heard
        self.wanted = wanted
        "What was asked for last: whatever is changed is changed of this, for the run of it may still be being made."
        self.account: Account | None = None
        self.progress: Progress | None = None
        "How far the run is that is being made; nothing while none is, or it has not said so yet."
        self.fault = ""
        "Why what was asked for last could not be done."
        self._right: Run | None = None
        "The run with the right formulas, where others drive this one."
        self._kept: Kept | None = None

    @property
    def has_kept(self) -> bool:
        """Whether a run is kept to compare others with."""
        return self._kept is not None

    async def make(self, setting: Setting) -> bool:
        """Make the run of a setting, `account` telling of it from then on; false where that cannot be done."""
        self.wanted = setting
        try:
            check(setting)
            run = await self._engine.descend(write_run(setting), self._hear)
            right = None
            if run.mistakes:
                plain = msgspec.structs.replace(setting, formulas={})
                right = await self._engine.descend(write_run(plain), self._hear)
            problem = await self._problem_of(setting)
        except (EngineError, UsageError) as fault:
            self.progress, self.fault = None, str(fault)
            if self.account is not None:
                self.wanted = self.account.setting
            return False
        self.progress, self.fault = None, ""
        if self.account is not None and not same_ground(setting, self.account.setting):
            self._kept = None
        self._right = right
        self.account = account(setting, problem, run, right, self._kept)
        return True

    async def _problem_of(self, setting: Setting) -> Problem:
        """What the run is made on; asked for again only when that is something else."""
        if self.account is not None and same_ground(setting, self.account.setting):
            return self.account.stage.problem
        return await self._engine.describe(write_run(setting), self._hear)

    def keep(self) -> None:
        """Keep this run to compare others with, or let the one go that was kept."""
        if self.account is not None:
            setting, stage = self.account.setting, self.account.stage
            self._kept = None if self._kept else (setting, stage.run)
            self.account = account(setting, stage.problem, stage.run, self._right, self._kept)

    async def compare(self, told: Account, step: int) -> tuple[Compared, ...]:
        """Each partial beside finite differences, over the very examples of a step, of which there may be very many."""
        try:
            rows = await self._engine.check(write_run(told.setting), told.stage.run.path[step], step, self._hear)
        except EngineError as fault:
            self.fault = str(fault)
            rows = ()
        self.progress = None
        return rows

    def read(self, wanted: str) -> Setting | None:
        """What is meant by a problem or a run as somebody typed it; nothing where it cannot be read."""
        try:
            return setting_of(wanted)
        except Unreadable as fault:
            self.fault = tr("{message} (column {column})", message=fault.message, column=fault.column + 1)
            return None

    def _hear(self, progress: Progress) -> None:
        self.progress = progress
        self._heard()
