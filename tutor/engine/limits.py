"""What the child process may use, and how it ends with its parent.

Each function does what the system allows and is quiet where there is no such thing.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; leave at once when that has happened already.

    End of input says the same, but nobody reads input in the middle of `9**9**9`.

    Args:
        parent: the process id of the one that started us.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def cap_memory(growth: int) -> None:
    """Let the process grow by so many bytes from what it holds now; past that Python raises MemoryError.

    Linux only: elsewhere the present size is not known in a comparable unit.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    wanted = pages * resource.getpagesize() + growth
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def leave_no_core() -> None:
    """No core file in a learner's home when the process is killed by a fault."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class CalledOff:
    """Whether our parent has said, by SIGUSR1, that it does not want the answer any more."""

    def __init__(self) -> None:
        self.is_so = False
        signal.signal(signal.SIGUSR1, self._note)

    def forget(self) -> None:
        """That was said of an earlier question."""
        self.is_so = False

    def _note(self, *_: object) -> None:
        self.is_so = True


def ignore_interrupts() -> None:
    """Ctrl+C in a plain terminal reaches the whole process group; ending is the parent's to decide."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
