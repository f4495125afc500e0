"""One line of a worked solution, as everything else shows or sends it."""

import msgspec


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line on the board."""

    rule: str
    "The rule in words: `Product rule`."
    why: str
    "A short sentence or two."
    line: str
    "What stands there afterwards, on one line; what is still to be differentiated stands as `d/dx(...)`."
    parts: dict[str, str] = {}
    "The parts by the names that the rule gives them: u, v, u′, v′; a derivative that takes a line of its own is not there."
