"""The exception tree, and the record in which a teacher is told of a fault.

Each error has one reader: `Unreadable` the learner, the rest the operator; a `Problem` is for the teacher.
"""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault in a lesson file, for its author."""

    file: str
    line: int
    "Counted from 1; 0 when the fault is the whole file's."
    column: int = 0
    "Counted from 1; 0 when only the line is known."
    field: str
    "The path inside the lesson, such as `steps[3].derivative.of`; empty for the whole file."
    what: str
    "What is wrong, as a sentence."
    do: str
    "What to do about it, as a sentence."


class TutorError(Exception):
    """Anything that the tutor knows how to explain."""


class Unreadable(TutorError):  # noqa: N818  (a state of the text, and the word that everything else uses)
    """A typed text that is not mathematics the exercise can read."""

    def __init__(self, message: str, column: int, *, is_unfinished: bool = False) -> None:
        """
        Args:
            message: what is wrong and what to do, as plain sentences for the learner.
            column: where in the text as typed, counted from 0; at most its length.
            is_unfinished: nothing is wrong yet, the text only stops too soon.
        """
        self.message = message
        self.column = column
        self.is_unfinished = is_unfinished
        super().__init__(message)


class EngineError(TutorError):
    """The child process could not be started or answered nonsense."""


class ProgressError(TutorError):
    """The learner's record cannot be read or written."""


class ClassError(TutorError):
    """The database of the class cannot be used; the text is for whoever asked for it, never for a learner at work."""


class GivenUpError(TutorError):
    """Whoever waited for a long piece of work does not want it any more."""


class ClassBusyError(ClassError):
    """It is there, and cannot be used just now; in half a minute it may."""


class UsageError(TutorError):
    """The command line asked for something that is not there."""


class SiteError(TutorError):
    """What the administrator has set for this machine cannot be used."""
