"""How many answers are lost that were acknowledged, when the tutor is killed at random moments.

    python tests/bench/kills.py [KILLS]

Each of 300 processes writes answers as fast as the disk takes them and is ended with SIGKILL in their midst.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from study.writing import write_and_kill

from tutor.study.journal import Journal

KILLS = 300


def main(kills: int = KILLS) -> None:
    """Kill, count, and print."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "journal.sqlite3"
        acknowledged = write_and_kill(path, kills)
        with closing(Journal(path)) as journal:
            notice = journal.open()
            found = {answer.id for answer in journal.answers()}
    lost = set(acknowledged) - found
    print(
        f"{kills} kills, {len(acknowledged)} answers acknowledged, {len(lost)} lost; {notice or 'the file is in order'}"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
