"""A learner beginning again: what a reset puts out of sight, which is never deleted, and its taking back. Pure."""

import msgspec

from tutor.study.answer import Answer, Place


class Reset(msgspec.Struct, frozen=True, kw_only=True):
    """Answers and places put out of sight, as if they had not been."""

    id: str
    at: str
    "When, in ISO 8601 and UTC."
    lesson: str
    "Empty for all lessons."
    entries: tuple[str, ...] = ()
    "The ids of the answers, and each place as `lesson step at`."


class Undo(msgspec.Struct, frozen=True):
    """A reset taken back: what it put out of sight is there again."""

    reset: str
    "Its id."
    at: str
    "When, in ISO 8601 and UTC."


Entry = Answer | Place | Reset | Undo
"""Whatever a journal holds. Merging two journals is the union of their entries: it does not matter which comes first,
or how often it is done."""
