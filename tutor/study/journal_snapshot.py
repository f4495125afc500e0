"""The journal's answers read by somebody else while a tutor may be writing: another process, which only ever reads.

The file is held for one query at a time, some milliseconds, so that no answer waits for it.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tutor.errors import ProgressError
from tutor.study.answer import COLUMNS, Answer, as_text, from_row
from tutor.study.journal_database import MIGRATIONS, version
from tutor.study.journal_file import DamagedError, can_lock, finding_damage, is_about_locks, reason
from tutor.study.journal_lines import is_sound
from tutor.words import tr

_WAIT = 10.0
"Seconds that a tutor which is writing is waited for."


def answer_numbers(path: Path) -> dict[str, int]:
    """The id of every answer, out of the learner's sight or not, to its number in the file.

    Raises:
        ProgressError: the file cannot be read.
    """
    return dict(_query(path, "SELECT id, number FROM answers ORDER BY number"))


def numbered_answers(path: Path, numbers: Sequence[int]) -> list[tuple[int, Answer]]:
    """The answers of some numbers, 999 at most, in the order written; those that are damaged are left out.

    Raises:
        ProgressError: the file cannot be read.
    """
    marks = ", ".join("?" * len(numbers))
    rows = _query(path, f"SELECT number, {COLUMNS} FROM answers WHERE number IN ({marks}) ORDER BY number", numbers)
    return [(number, answer) for number, *row in rows if is_sound(answer := from_row(row))]


def _query(path: Path, query: str, values: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    if not os.path.lexists(path):
        return []
    if not path.is_file():  # a pipe would be waited for, and a link that leads nowhere is no record
        raise ProgressError(
            tr("Your answers cannot be read: {path} is not a file, or a link that leads to none.", path=path)
        )
    try:
        try:
            return _read(f"{path.absolute().as_uri()}?mode=ro", query, values)
        except sqlite3.Error as error:
            if not is_about_locks(error) or can_lock(path):
                raise
            # Here one tutor writes at most, and it never changes what it has written.
            return _read(f"{path.absolute().as_uri()}?mode=ro&nolock=1", query, values)
    except (DamagedError, sqlite3.Error) as error:
        raise ProgressError(
            tr("Your answers cannot be read: {reason} The file is {path}.", reason=reason(error), path=path)
        ) from error


def _read(uri: str, query: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
    with finding_damage(), closing(sqlite3.connect(uri, timeout=_WAIT, uri=True)) as file:
        file.text_factory = as_text
        if version(file) > len(MIGRATIONS):
            raise ProgressError(tr("Your record of answers was written by a newer tutor; update this one to use it."))
        return file.execute(query, values).fetchall() if version(file) else []
