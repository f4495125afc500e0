"""Many keys that arrive in one piece, handed on in one piece.

A terminal without bracketed paste sends a pasted text as keys. Textual takes about a tenth of a millisecond to read each
and a millisecond to act on it: 100 kB held the screen for 13 seconds.
"""

from collections.abc import Iterable

from textual import events
from textual.message import Message

MANY = 24
"Letters in one read that nobody typed one by one; a slow line bunches a few, and those stay keys."


class Bunch(events.Paste):
    """A run of printable keys. Not quite a paste: each sign was a key, so blanks at its ends are kept."""


def gathered(arriving: Iterable[Message]) -> Iterable[Message]:
    """The same events, each run of at least `MANY` printable keys as one `Bunch`."""
    run: list[events.Key] = []
    for event in arriving:
        if isinstance(event, events.Key) and event.is_printable:
            run.append(event)
            continue
        yield from _joined(run)
        run = []
        yield event
    yield from _joined(run)


def _joined(run: list[events.Key]) -> list[Message]:
    return [*run] if len(run) < MANY else [Bunch("".join(key.character or "" for key in run))]
