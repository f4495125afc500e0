"""What travels between the screen process and the engine: one JSON line each way, numbered."""

from __future__ import annotations

import msgspec

from tutor.descent.compared import Compared
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.lesson.model import AnyExercise, Trial
from tutor.marking.step import Step
from tutor.marking.verdict import Verdict
from tutor.marking.vouched import Vouched

MAX_REPLY = 2**22
"Bytes of one line; what is longer, as a run may be, goes in pieces."


class Mark(msgspec.Struct, frozen=True, tag="mark"):
    """Judge a typed answer. Reply: `Verdict`."""

    exercise: AnyExercise
    text: str


class Solve(msgspec.Struct, frozen=True, tag="solve"):
    """Work out the right answer. Reply: `Solution`."""

    exercise: AnyExercise


class Train(msgspec.Struct, frozen=True, tag="train"):
    """Run gradient descent. Reply: `Run`."""

    trial: Trial
    rate: float
    "Instead of the trial's own."
    formulas: dict[str, str] = {}
    "The partial for each weight as typed; the right ones are used for weights left out."


class Descend(msgspec.Struct, frozen=True, tag="descend"):
    """Make the run that a string stands for. Reply: `Run`."""

    run: str
    "As `tutor.descent.runstring` writes it; a string, so that asking needs no grammar."


class Describe(msgspec.Struct, frozen=True, tag="describe"):
    """Say what a run is made on, with no more of its rows than can be drawn. Reply: `Problem`."""

    run: str
    "As in `Descend`."


class Check(msgspec.Struct, frozen=True, tag="check"):
    """Compare the partials of a run with finite differences. Reply: one `Compared` for each weight."""

    run: str
    "As in `Descend`."
    weights: tuple[float, ...]
    "Where."
    step: int
    "The one whose update would look at the same examples."


class Vouch(msgspec.Struct, frozen=True, tag="vouch"):
    """Prove what can be proved of an exercise. Reply: `Vouched`."""

    exercise: AnyExercise


class Solution(msgspec.Struct, frozen=True):
    """The right answer to an exercise."""

    answer: str
    "On one line, as a learner could type it."
    steps: tuple[Step, ...] = ()
    "The way to it, one line at a time, ending in the answer; empty where there is no way to show."


class Fault(msgspec.Struct, frozen=True):
    """The engine could not do what was asked."""

    message: str


Request = Mark | Solve | Train | Descend | Describe | Check | Vouch


class Question(msgspec.Struct, frozen=True):
    """A numbered request; a reply with another number is dropped."""

    n: int
    request: Request


class Progress(msgspec.Struct, frozen=True):
    """How far the work on a question has come."""

    what: str
    "Such as `training`."
    share: float
    "From 0 to 1."


class Piece(msgspec.Struct, frozen=True):
    """Some steps of the run that follows; see `tutor.engine.pieces`."""

    columns: tuple[bytes, ...]
    "Of each column that the run has the next floats, as they lie in memory."


class Reply(msgspec.Struct, frozen=True):
    """The answer to the question of the same number; exactly one field is set. After `progress` and `piece` others follow."""

    n: int
    progress: Progress | None = None
    piece: Piece | None = None
    verdict: Verdict | None = None
    solution: Solution | None = None
    run: Run | None = None
    problem: Problem | None = None
    compared: tuple[Compared, ...] | None = None
    vouched: Vouched | None = None
    fault: Fault | None = None
