"""A sitting that writes to the journal and nothing else, until it is killed."""

import os
from itertools import count
from pathlib import Path

from study.samples import answer

from tutor.study.journal import Journal

MOST = 11
"Answers before a kill, at the most."


def prepare(path: Path) -> None:
    """Nothing."""


def sitting(path: Path, number: int, told: int) -> None:
    """Answer without end, and say which answers are on disk."""
    journal = Journal(path)
    journal.open()
    for each in count(1):
        text = f"{number}-{each}"
        journal.append(answer(number * 100_000 + each, text=text))
        os.write(told, f"{text}\n".encode())
