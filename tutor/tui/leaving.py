"""A screen that keeps its head when keys and clicks come faster than it draws, as a slow line delivers them."""

import asyncio
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class LeavingScreen(Screen[Result]):
    """A screen that is left once, and that is given the next key when it has shown what the last one asked for."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.showing = asyncio.Lock()
        "Held while widgets are taken away and others put there: in between there is nothing to act on."

    async def until_shown(self) -> None:
        """Wait until what was asked for last is there; by the app before each key, and by a screen before each click."""
        async with self.showing:
            pass

    # Textual's own takes the topmost screen off, whichever that is by now, and fails where it is the last.
    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, if it is still there to be left."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
