"""Processes that write answers to a journal, and print the id of each once it is said to be on disk."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

WRITER = """
import sys
from pathlib import Path
from tutor.study.answer import Answer
from tutor.study.journal import Journal

path, name, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal = Journal(path)
journal.open()
for number in range(1, most + 1):
    id = f"{name}-{number}"
    journal.append(Answer(id=id, at="", lesson="slopes", exercise="e1", text="2x", verdict=None, seconds=1, version=""))
    print(id, flush=True)
"""

KILLED = """
import os, random, signal, sys
from itertools import count
from pathlib import Path

sys.path[:0] = [{root!r}, {root!r} + "/tests"]
from study.killed import MOST, prepare, sitting

path, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(20)
prepare(path)
for number in range(times):
    mine, its = os.pipe()
    process = os.fork()
    if not process:
        os.close(mine)
        sitting(path, number, its)
    os.close(its)
    with os.fdopen(mine) as shown:
        # After a few answers, and from a moment to some milliseconds into the one under way.
        told = [shown.readline() for _ in range(chance.randrange(1, MOST + 1))]
        for _ in range(chance.randrange(20_000)):
            pass
        os.kill(process, signal.SIGKILL)
        told += shown.readlines()
    os.waitpid(process, 0)
    print("".join(told), end="", flush=True)
"""
"Each sitting is forked from a process that has loaded everything, so that hundreds of them are a matter of seconds."


def writer(path: Path, name: str, most: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def sit_and_kill(path: Path, times: int, where: str) -> list[str]:
    """Begin a sitting and end it with SIGKILL, that many times.

    Args:
        where: `journal`, to write as fast as the disk takes it, or `screens`, to answer on the screens themselves.
    Returns:
        The texts of the answers that were acknowledged, or whose verdicts were on the screen.
    """
    program = KILLED.format(root=str(ROOT)).replace("study.killed", f"study.killed_{where}")
    command = [sys.executable, "-c", program, str(path), str(times)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
