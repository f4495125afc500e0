"""How many answers are lost whose verdicts were shown, when the tutor is killed at random moments.

    python tests/bench/kills.py [KILLS]

300 sittings answer on the real screens, without a terminal, and each is ended with SIGKILL in the midst of an answer.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from study.writing import sit_and_kill

from tutor.study.journal import Journal

KILLS = 300


def main(kills: int = KILLS) -> None:
    """Kill, count, and print."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "journal.sqlite3"
        shown = sit_and_kill(path, kills, "screens")
        with closing(Journal(path)) as journal:
            notice = journal.open()
            found = {answer.text for answer in journal.answers()}
    lost = set(shown) - found
    print(f"{kills} kills, {len(shown)} verdicts shown, {len(lost)} lost; {notice or 'the file is in order'}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
