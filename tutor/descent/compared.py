"""What a gradient check finds, as it travels: light, for the screens read it before anybody checks anything."""

import msgspec


class Compared(msgspec.Struct, frozen=True):
    """One weight's partial, twice."""

    weight: str
    formula: float | None
    "The mean over the examples of the partial as typed; nothing where it has no value."
    difference: float | None
    "The limit of (L(w + h) - L(w - h)) / 2h of the mean error L as h shrinks; nothing where L has no value beside the point."
    agrees: bool | None
    "Nothing where one of the two has no value."
    error: float = 0.0
    "How far off the difference may be: the two agree when they are no further apart."
    is_beside: bool = False
    "Whether the two are the same at the point itself, and these are their values a little beside it."
