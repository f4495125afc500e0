"""`tutor preview`: a lesson as its learners will see it, while it is being written."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from pathlib import Path

from tutor import places
from tutor.check.changes import changes
from tutor.check.files import is_there
from tutor.check.report import at_home, check_paths
from tutor.commands.check import ids_of_the_course
from tutor.engine.client import Engine
from tutor.errors import EngineError, UsageError
from tutor.lesson.draft import Draft, draft_of
from tutor.lesson.read import Reading, examine
from tutor.lesson.source import load
from tutor.nearest import nearest
from tutor.tui.preview import PreviewApp
from tutor.words import tr


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Show a lesson as a learner sees it, again whenever the file is saved, with what is wrong with it at the foot. "
        "Nothing that is done here is kept."
    )
    parser.epilog = tr("""\
examples:
  tutor preview my-lesson.yaml
  tutor preview my-lesson.yaml:first-product   at an exercise, by its id
  tutor preview my-lesson.yaml:120             at the step of a line, as editors
                                               can ask for it

F6 and F7 go through the frozen variants of an exercise, F8 asks for any by its
seed, F9 gives the list of problems more room or less.""")
    parser.add_argument("file", metavar=tr("FILE[:ID]"), help=tr("a lesson file, and an exercise or a line in it"))


def run(arguments: argparse.Namespace) -> int:
    """Show the lesson until its author leaves; return the exit code.

    Raises:
        UsageError: there is no such file, or no such step in it.
    """
    file, place = split(arguments.file)
    places.allow_data(file.parent)
    draft = LessonOnDisk(file).read_now()
    if place and not (step := draft.step_at(place)) and draft.lines:
        what = tr("{name} has no step called “{place}”.", name=file.name, place=place[:60])
        raise UsageError(f"{what} {nearest(place, draft.lines)}")
    app = PreviewApp(LessonOnDisk(file), Engine(), start_step=step if place else "")
    app.run()
    return app.return_code or 0


def split(written: str) -> tuple[Path, str]:
    """The file, and the place in it if one is named: `FILE:ID`, `FILE:120`, or `FILE:120:5` as editors have it.

    Raises:
        UsageError: there is no such file.
    """
    path, place = Path(written), ""
    while not is_there(path) and ":" in path.name and (not place or place.isdecimal()):
        name, _, place = str(path).rpartition(":")
        path = Path(name)
    if not is_there(path):
        raise UsageError(
            tr("there is no file called {path!r}. `tutor new FILE` writes one to start from.", path=str(path)[:100])
        )
    if path.is_dir():
        raise UsageError(tr("{path!r} is a directory; name one of the lessons in it.", path=str(path)[:100]))
    return path, place


class LessonOnDisk:
    """The lesson file, as the preview asks for it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._engine: Engine | None = None
        self._elsewhere = ids_of_the_course()

    def read_now(self) -> Draft:
        """The lesson as it is on disk now."""
        reading = self._reading()
        return draft_of(reading, reading.problems)

    def _reading(self) -> Reading:
        return at_home(examine(load(self._file)), self._file.parent)

    async def read(self) -> Draft:
        """The lesson with all that can be said of it without proving anything."""
        report = await check_paths([self._file], None, self._elsewhere)
        return draft_of(self._reading(), report.problems)

    async def prove(self) -> Draft:
        """The lesson with all that is wrong with it; of an engine that does not run nothing is said here."""
        if self._engine is None:
            self._engine = Engine.for_proofs()  # of its own, so that answers given meanwhile need not wait
        try:
            await self._engine.start()
            report = await check_paths([self._file], self._engine, self._elsewhere)
        except EngineError:
            return await self.read()
        return draft_of(self._reading(), report.problems)

    def changes(self) -> AsyncIterator[None]:
        """When the file is saved."""
        return changes([self._file])

    async def close(self) -> None:
        """Let the proofs go."""
        if self._engine is not None:
            await self._engine.close()
