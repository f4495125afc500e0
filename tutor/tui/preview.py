"""The preview of a lesson that is being written: the app around its one screen, and what that screen needs of the file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Protocol

from tutor.lesson.draft import Draft
from tutor.lesson.model import Course
from tutor.study.journal import Journal
from tutor.tui.app import TutorApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from tutor.front.ports import AnyEngine


class AnyDraft(Protocol):
    """A lesson file that is being written."""

    async def read(self) -> Draft:
        """The lesson as it is now, with what can be said of it at once."""

    async def prove(self) -> Draft:
        """The same, with what the proofs of its exercises have shown."""

    def changes(self) -> AsyncIterator[None]:
        """When the file is saved."""

    async def close(self) -> None:
        """Nothing more is asked."""


class PreviewApp(TutorApp):
    """Shows one lesson and keeps nothing: what is answered goes to a record in memory."""

    def __init__(self, file: AnyDraft, engine: AnyEngine, *, start_step: str = "") -> None:
        journal = Journal.in_memory()
        journal.open()
        super().__init__(Course((), ()), journal, engine)
        self._file = file
        self._start_step = start_step

    def get_default_screen(self) -> Screen[None]:  # type: ignore[override]  # there is no home to go to
        """The one screen."""
        from tutor.tui.screens.preview import PreviewScreen

        return PreviewScreen(self._file, self.journal, self.engine, start_step=self._start_step)

    async def on_unmount(self) -> None:
        """Let both child processes go."""
        await self._file.close()
        await super().on_unmount()
