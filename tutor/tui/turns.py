"""Keys that come in one read, each handed on when the last has done all that it does.

Textual hands a key to the widget that has the focus just then, and acts on a key that means something to the screen only once
it has gone all the way up. Over a slow line keys come in bunches: of ctrl+n, `2`, `x` in one read the letters were typed into
the box of the exercise that was being left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.events import Event
from textual.message_pump import MessagePump


class Turns:
    """What has come while a key was on its way up, in its order."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[Event] = deque()
        self._is_under_way = False

    def is_later(self, event: Event) -> bool:
        """Whether an event has to wait; if so it is kept, and comes again."""
        if self._is_under_way:
            self._waiting.append(event)
        return self._is_under_way

    def follow(self, way: Sequence[MessagePump]) -> None:
        """A key has been handed on: let what comes wait until it has been seen by all on its way.

        Args:
            way: whoever has got it, then all above, the app last.
        """
        self._is_under_way = True
        self._go_up([*way])

    def _go_up(self, way: list[MessagePump]) -> None:
        # Each has what the key made others post to it in its queue already, and this comes behind it.
        while way:
            if way.pop(0).call_later(self._go_up, way):
                return
        # A screen that the key has opened is asked as well: it answers when it is there. And who takes the focus, as a new
        # box does, takes it by way of the app's queue.
        if not (self._app.screen_stack and self._app.screen.call_later(self._app.call_later, self._release)):
            self._app.call_later(self._release)

    async def _release(self) -> None:
        self._is_under_way = False
        while self._waiting and not self._is_under_way:
            await self._app.on_event(self._waiting.popleft())
