"""When lesson files change on disk: editors write a file in place, or put another one where it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from watchfiles import awatch

DEBOUNCE = 100
"Milliseconds in which changes are taken for one; an editor writes, renames and removes."


_NO_MORE = object()


async def changes(paths: Sequence[Path]) -> AsyncIterator[None]:
    """Something of these files, or of these directories, has changed.

    A file is watched through its directory, since many editors save by putting a new file in its place.
    """
    files = {_whole(path) for path in paths if not path.is_dir()}
    directories = [_whole(path) for path in paths if path.is_dir()]

    def concerns(_: Any, changed: str) -> bool:
        if changed in files:
            return True
        of_lessons = changed.endswith((".yaml", ".csv"))
        return of_lessons and any(Path(changed).is_relative_to(directory) for directory in directories)

    watched = {*directories, *(parent for file in files if os.path.isdir(parent := os.path.dirname(file)))}
    if not watched:
        return
    # Where the kernel has no more watches to give, the library looks again and again by itself.
    async for _ in awatch(*watched, watch_filter=concerns, debounce=DEBOUNCE, recursive=bool(directories)):
        yield


async def rounds(paths: Sequence[Path]) -> AsyncIterator[None]:
    """Now, and again after each change since the round before began: one made during a round is followed by another."""
    saves = changes(paths)
    is_watched = True
    while is_watched:
        saved = asyncio.ensure_future(anext(saves, _NO_MORE))
        try:
            await asyncio.sleep(0)  # from here on the files are watched
            yield
            is_watched = await saved is not _NO_MORE
        finally:
            saved.cancel()


def _whole(path: Path) -> str:
    return os.path.abspath(path)
