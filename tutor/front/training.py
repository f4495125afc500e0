"""What is said of a run of gradient descent: its rule, and how it ended beside the run with the right formulas."""

from __future__ import annotations

from typing import Final

from tutor.descent.comparison import RUN_AWAY, differs, number, told
from tutor.descent.run import Run, Stop
from tutor.front.picture import label_text
from tutor.front.shown import OTHER
from tutor.words import tr

STEP: Final = tr("new value = value − rate × partial")
RULE: Final = tr("{step}, which is the mean over all examples", step=STEP)
GHOST: Final = tr("{other} is the same run with the right formulas.", other=OTHER * 3)
UNSEEN: Final = tr("not derived yet; the right formula stands in")


def how_it_ended(run: Run, ghost: Run | None) -> str:
    """How a run ended; beside another one, what is told says more than `why` does, and does not say it twice."""
    if ghost is None:
        return label_text(run.why)
    if run.stop in RUN_AWAY and not differs(run, ghost):
        return f"{label_text(run.why)} {told(run, ghost)}"
    if run.stop is not Stop.DIVERGED:
        return told(run, ghost)
    return tr(
        "At step {n} the loss is {number} and growing. {told}",
        n=len(run.path) - 1,
        number=number(run.loss[-1]),
        told=told(run, ghost),
    )
