"""What a child process answers in tests, by the text that it is asked to mark; loaded in the child itself."""

import os
import signal
import sys
from pathlib import Path

from tutor.descent.progress import tell
from tutor.descent.run import Run, Stop
from tutor.engine.server import Result, serve
from tutor.engine.wire import Descend, Mark, Request, Solution, Solve, Train
from tutor.errors import Unreadable
from tutor.marking.verdict import Outcome, Verdict


def run() -> None:
    """Serve with the shams in place of the marking."""
    serve(lambda: answer)


def answer(request: Request) -> Result:
    match request:
        case Mark(_, text):
            return mark(text)
        case Solve(exercise):
            return Solution(exercise.ask)
        case Train(trial, rate, formulas):
            return train(trial.problem, rate, trial.steps, formulas)
        case Descend("endless"):
            while True:
                tell("training", 0.5)  # ends when it is called off
        case Descend(run):
            return train(run, 0.1, 3, {})


def mark(text: str) -> Verdict:
    order, _, what = text.partition(" ")
    match order:
        case "hang":
            hang()
        case "hang-in-c":
            Path(what).open("w").close()  # a named pipe: says that we are about to
            return said(str(9**9**9))
        case "hog":
            return said(str(len([bytes(2**20) for _ in range(300)])))
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die-once":
            if not Path(what).exists():
                Path(what).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "fail":
            raise ZeroDivisionError("inside the marking")
        case "recurse":
            return mark(text)
        case "print":
            print('{"n": 1}')
            os.write(1, b'{"n": 2}\n')
            sys.stdout.flush()
        case "pid":
            return said(str(os.getpid()))
        case "environment":
            return said(" ".join(os.environ))
        case "wait":
            Path(what).read_text()  # a named pipe: goes on when the test writes
    return said(text)


def said(message: str) -> Verdict:
    return Verdict(outcome=Outcome.CORRECT, message=message, decided_by="exact")


def hang() -> None:
    while True:
        pass


def train(problem: str, rate: float, steps: int, formulas: dict[str, str]) -> Run:
    if problem == "hang":
        hang()
    if problem == "unreadable":
        raise Unreadable("In the formula for w1: Q is not one of the letters.", 0)
    rows = tuple((k + 0.1234567890123, -k / 3, 1 / (k + 1)) for k in range(steps + 1))
    return Run(
        problem=problem,
        weights=("w1", "w2", "b"),
        rate=rate,
        path=rows,
        partials=rows,
        loss=tuple(row[0] for row in rows),
        optimum=None,
        optimum_loss=None,
        stop=Stop.STEPS,
        why="",
    )
