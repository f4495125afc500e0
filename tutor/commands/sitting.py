"""A sitting in front of the lessons: the journal as it is handed to the screens, or to line mode."""

from collections.abc import Iterator
from contextlib import contextmanager

from tutor import places
from tutor.front.ports import AnyJournal


@contextmanager
def pushed(journal: AnyJournal) -> Iterator[AnyJournal]:
    """The journal; where a class is set, one whose answers are pushed there in the background."""
    if not places.class_url():
        yield journal
        return
    # Only here: most learners have no class in a database.
    from tutor.classroom.pusher import PushedJournal

    kept = PushedJournal(journal)
    try:
        yield kept
    finally:
        kept.leave()
