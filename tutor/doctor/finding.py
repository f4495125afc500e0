"""One thing that was looked at, and what was found."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["works", "limited", "fails"]
"`limited`: learning goes on, with less; `fails`: something that matters does not work."


class Finding(msgspec.Struct, frozen=True):
    """What was found."""

    area: str
    "Terminal, files, engine: what it is about, in one word or two."
    state: State
    what: str
    "As a sentence without a full stop."
    do: str = ""
    "What to change, as a sentence; always there unless it works."
