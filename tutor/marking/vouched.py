"""What was found of an exercise that was proved; made by `tutor.marking.vouch`, read by whoever tells a teacher."""

import msgspec


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one exercise, or of one variant."""

    rewritings: int = 0
    refused: tuple[str, ...] = ()
    "Ways to write the right answer that are not marked right."
    slips: int = 0
    "Wrong answers made by a single slip."
    could: dict[str, str] | None = None
    "Ids of the slips that can be named, each with an answer that it leads to, if one is known; None: nothing is known."
    undecided: tuple[str, ...] = ()
    "Those that cannot be read or judged, each as `P1: x^4`."
    unnamed: tuple[str, ...] = ()
    "Those for which the slip is not among those named."
    alike: tuple[str, ...] = ()
    "Slips that one answer cannot tell apart, as `R1, R5: 2x`."
    hidden: tuple[str, ...] = ()
    "Slips that lead to the right answer with just these numbers, as `G4: -20`; others would show them."
    strays: str = ""
    "What the last line of the worked steps says, where that is not the answer."
    slowest: float = 0.0
    "Milliseconds for the answer that took longest to mark."
