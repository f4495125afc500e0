"""A loss and its starts as somebody types them on one line, as a run."""

from __future__ import annotations

from tutor.descent.runstring import write_run
from tutor.descent.setting import Setting, problem_of
from tutor.errors import Unreadable, UsageError
from tutor.maths.grammar import canonical
from tutor.maths.parse import parse_free
from tutor.maths.tree import variables
from tutor.words import tr

BEGIN = 1.0
"Where a weight begins that is given no start."


def own_run(text: str) -> tuple[str, str]:
    """The run of `(u - 1)^2 + 2v^2; u=3, v=2`, or an empty one and what is wrong.

    >>> own_run("(w - 3)^2; w=5")
    ('loss={w~-~3}^2:rate=0.05:steps=400:start=w=5.0', '')
    >>> own_run("(w - 3")[0]
    ''
    """
    loss, _, starts = text.partition(";")
    try:
        start = {}
        for pair in filter(None, (piece.strip() for piece in starts.split(","))):
            name, equals, value = pair.partition("=")
            if not equals:
                raise UsageError(
                    tr("A start is a weight, = and a number, as in u=3; {pair!r} is none.", pair=pair[:40])
                )
            start[canonical(name.strip())] = float(value.replace("−", "-"))
        for name in sorted(variables(parse_free(loss.strip(), tuple(start))) - start.keys()):
            start[name] = BEGIN
        setting = Setting(loss=loss.strip(), start=start, rate=0.05)
        problem_of(setting)
    except Unreadable as fault:
        return "", tr("{message} (column {column})", message=fault.message, column=fault.column + 1)
    except ValueError:
        return "", tr("Behind = stands a number, as in u=3.")
    except UsageError as fault:
        return "", str(fault)
    return write_run(setting), ""
