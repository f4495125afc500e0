"""A screen that is left once, however many keys and clicks that leave it were on their way."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class LeavingScreen(Screen[Result]):
    """Textual's `dismiss` takes the topmost screen off, whichever that is by now, and fails where it is the last."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, if it is still there to be left."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
