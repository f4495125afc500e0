"""Lines lost at random moments of a sitting over a real SSH server: how soon nothing runs any more, and what is lost.

    python tests/bench/lost_lines.py [LINES] [--write]

200 learners, one after the other, log in, go on for a random while, and lose the line in one of three ways. With --write the
section of docs/benchmarks.md is written.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from section import write_section
from ssh.losing import lose_a_line
from ssh.server import Server

LINES = 200


def main(lines: int, write: bool) -> None:
    """Lose lines, and print; an answer lost, or a process left, ends it with what happened."""
    acknowledged, seconds = 0, []
    with tempfile.TemporaryDirectory() as directory:
        server = Server(Path(directory))
        for seed in range(lines):
            home = Path(directory) / str(seed)
            home.mkdir()
            answers, took = lose_a_line(server, home, random.Random(seed))
            acknowledged += answers
            seconds.append(took)
        server.close()
    said = (
        f"{lines} lines lost at random moments, one after the other: {acknowledged} answers were acknowledged, none is lost, "
        f"no process is left. Nothing ran any more after {statistics.median(seconds):.2f} seconds (median), "
        f"{statistics.quantiles(seconds, n=20, method='inclusive')[-1]:.2f} (95th percentile), {max(seconds):.2f} at most."
    )
    print(said)
    if write:
        write_section("lost_lines", f"## Lost lines\n\n{said}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lines", nargs="?", type=int, default=LINES)
    parser.add_argument("--write", action="store_true")
    main(**vars(parser.parse_args()))
