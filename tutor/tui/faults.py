"""What happens when a worker of a screen fails for a reason nobody foresaw: it is written down and said, never lost.

Workers do not end the app when they fail (`exit_on_error=False`), since the learner can go on; so someone must look.
"""

from typing import TypeVar

from textual.worker import Worker, WorkerState

from tutor import places
from tutor.tui.crash import write_traceback
from tutor.tui.leaving import LeavingScreen
from tutor.words import tr

Result = TypeVar("Result")


class WatchfulScreen(LeavingScreen[Result]):
    """A screen that looks after its workers."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Log an unforeseen fault, and tell the learner that he or she can go on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            where = write_traceback(event.worker.error, places.log_file())
            sentence = tr("That did not work, through a fault of the program, and is not counted. {where}", where=where)
            self.notify(sentence, severity="error", markup=False, timeout=10)
