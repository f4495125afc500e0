"""What every screen of the tutor can do: keep its head when keys come faster than it draws, and say once that it is cramped."""

import asyncio
from typing import Any, TypeVar
from weakref import WeakSet

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from tutor.tui.small import is_cramped, room_wanted

Result = TypeVar("Result")

_TOLD: WeakSet[App[Any]] = WeakSet()
"The apps whose learner knows that the terminal is cramped."


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

    def cramped(self) -> str:
        """What to say of a cramped terminal, to the first screen of an app that asks; otherwise nothing."""
        if self.app in _TOLD or not is_cramped(*self.app.size):
            return ""
        _TOLD.add(self.app)
        return room_wanted()

    # Textual's own takes the topmost screen off, whichever that is by now, and fails where it is the last.
    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, if it is still there to be left."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
