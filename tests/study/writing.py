"""Processes that write answers to a journal, and print the id of each once it is said to be on disk."""

import random
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tutor.study.answer import Answer
from tutor.study.journal import Journal

ROOT = Path(__file__).resolve().parent.parent.parent

WRITER = """
import sys
from itertools import count
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tutor.study.answer import Answer
from tutor.study.journal import Journal
from tutor.study.answer import Answer
from tutor.study.journal import Journal

path, name, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = Journal(path)
journal.open()
for number in count(1) if most < 0 else range(1, most + 1):
    id = f"{name}-{number}"
    journal.append(Answer(id=id, at="", lesson="slopes", exercise="e1", text="2x", verdict=None, seconds=1, version=""))
    print(id, flush=True)
"""


def writer(path: Path, name: str, most: int = -1) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def write_and_kill(path: Path, times: int) -> list[str]:
    """Begin a writer and end it with SIGKILL, that many times.

    Returns:
        The ids that were acknowledged.
    """
    chance = random.Random(20)
    acknowledged: list[str] = []
    for sitting in range(times):
        with writer(path, f"sitting-{sitting}") as process:
            assert process.stdout is not None
            # In the midst of a number of answers, and from a moment to some milliseconds into the one under way.
            acknowledged += [process.stdout.readline().strip() for _ in range(chance.randrange(1, 12))]
            for _ in range(chance.randrange(20_000)):
                pass
            process.kill()
            acknowledged += process.stdout.read().split()
    return acknowledged


def journal_of(directory: Path, answers: Iterable[Answer]) -> Path:
    """A journal of some answers in a directory of its own; its path."""
    path = directory / "journal.sqlite3"
    with closing(Journal(path)) as journal:
        journal.open()
        journal.merge(answers)
    return path
