"""The rows that a record has not taken yet, and what becomes of them meanwhile: kept on disk elsewhere if that can be done."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.study import journal_words as words
from tutor.study.answer import Answer, Place
from tutor.study.journal_file import left_aside
from tutor.study.reset import Entry

if TYPE_CHECKING:
    from tutor.study.journal_aside import Aside


class Waiting:
    """What waits to be written to one record, from this sitting and from earlier ones."""

    def __init__(self, path: Path | None) -> None:
        """
        Args:
            path: the record's; None for one in memory.
        """
        self._path = path
        self._aside: Aside | None = None
        self.outlook: tuple[str, str] | None = None
        "What is said of the trouble there is, and of what becomes of the rows meanwhile; nothing while all is well."
        self.earlier: tuple[Entry, ...] = ()
        "What other sittings left on disk and is not in the record yet."
        self.unsaved: list[Answer | Place] = []
        "What this sitting brought, the latest last."

    @property
    def rows(self) -> list[Entry]:
        """All of it."""
        return [*self.earlier, *self.unsaved]

    @property
    def is_safe(self) -> bool:
        """Whether it is on disk."""
        return self.outlook not in (None, words.IN_MEMORY)

    def find_earlier(self) -> None:
        """Read what other sittings left."""
        if self._path is not None and left_aside(self._path):
            self.earlier = self._aside_of(self._path).earlier()

    def keep(self) -> tuple[str, str]:
        """Have it on disk, if that can be done, so that no kill loses it; what is said of it."""
        self.outlook = words.IN_MEMORY
        # A full disk may take half of a compiled module, which Python does not notice until it cannot load it again.
        sys.dont_write_bytecode = True
        if self._path is not None:
            with suppress(OSError):
                aside = self._aside_of(self._path)
                aside.keep(self.rows)
                self.outlook = words.KEPT_ASIDE if aside.is_beside else words.KEPT_ELSEWHERE
        return self.outlook

    def is_written(self) -> str:
        """The record has all of it; what the learner must be told of files of which not all could be read."""
        self.earlier, self.unsaved, self.outlook = (), [], None
        return " ".join(map(words.half_read, self._aside.clear())) if self._aside is not None else ""

    def leave(self, why: str) -> str:
        """Keep it for the next start; what somebody who leaves must be told.

        Args:
            why: the record does not take it, as `cause` gives it.
        """
        if not any(isinstance(row, Answer) for row in self.rows):
            return ""
        outlook = self.keep()
        return words.parting(self.rows, why, outlook, self._aside.path if self._aside else None)

    def let_go(self) -> None:
        """Nothing of this sitting waits, so its file can go."""
        if self._aside is not None:
            self._aside.remove()

    def _aside_of(self, path: Path) -> "Aside":
        if self._aside is None:
            from tutor.study.journal_aside import Aside  # 7 ms, which no ordinary start should pay

            self._aside = Aside(path)
        return self._aside
