"""How far a long piece of work has come, told to whoever waits for it, who may call it off.

A process does one such thing at a time, so there is one listener, and none where nobody waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable

Listener = Callable[[str, float], None]
"Takes what is done (`reading`) and the share that is done, from 0 to 1; it may raise to end the work."

EVERY = 0.1
"Seconds between two words of it."


class _Told:
    listener: Listener | None = None
    last: float = 0.0


def listen(listener: Listener | None) -> None:
    """Have this one told from now on, instead of whoever was."""
    _Told.listener, _Told.last = listener, time.monotonic()


def tell(what: str, share: float) -> None:
    """Say how far it is; costs nothing to speak of, and is passed on ten times a second."""
    if _Told.listener is None:
        return
    now = time.monotonic()
    if now - _Told.last >= EVERY:
        _Told.last = now
        _Told.listener(what, share)
