"""What can be said of a run at one of its steps by somebody who has not seen the rest of it."""

from tutor.descent.run import Run
from tutor.words import tr

PARTS = (1_000_000, 100_000, 10_000, 1000, 100, 10, 2)
"Of the first loss: told as it is passed, so that the sentence stands still between two of them."


def so_far(run: Run, step: int) -> str:
    """One sentence on where the loss is at a step beside where it started.

    Args:
        step: from 0; one past the end of the run stands for its end.
    """
    first, now = run.loss[0], run.loss[min(step, len(run.loss) - 1)]
    start = f"{first:.6g}"
    if now > first:
        return tr("So far: the loss is above where it started, {start}.", start=start)
    if now == first:
        return (
            tr("The loss starts at {start}.", start=start) if step == 0 else tr("So far: the loss is where it started.")
        )
    part = next((part for part in PARTS if 0 <= now < first / part), None)
    if part is None:
        return tr("So far: the loss is below where it started, {start}.", start=start)
    return tr("So far: the loss has fallen to less than 1/{part} of where it started, {start}.", part=part, start=start)
