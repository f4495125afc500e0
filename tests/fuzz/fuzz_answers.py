"""Coverage-guided fuzzing of reading and judging, from typed text to verdict.

    python tests/fuzz/fuzz_answers.py [libFuzzer options, such as -max_total_time=300] [FOUND]

Needs `atheris`. Starts from tests/fuzz/corpus, whose texts the ordinary tests replay; what raises, or takes over two seconds, is
written to the current directory, and once mended belongs into the corpus. New texts of interest go to FOUND.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

with atheris.instrument_imports(include=["tutor"]):
    from tutor.lesson.model import Derivative, Expression, Form, Gradient, NumberAnswer
    from tutor.marking.kinds import mark
    from tutor.marking.prove import SympyProver
    from tutor.marking.verdict import Outcome

SLOW = 2.0
"Seconds: the deadline of a verdict, many times the longest known."
FORMS: tuple[Form, ...] = ("exact", "expanded", "factored", "simplified", "single-fraction", "no-negative-powers")
EXERCISES = [
    Derivative(ask="", of="x^2 y + sin(x)", by=("x",), let={"r": "x y"}, form=FORMS),
    Gradient(ask="", of="x^2 y", by=("x", "y")),
    NumberAnswer(ask="", of="sin(x)", by=("x",), at={"x": "1"}, places=2, unit="cm"),
    Expression(ask="", answer="|x| + e^x", variables=("y",)),
]
PROVER = SympyProver()


def one_input(data: bytes) -> None:
    """Judge a text as the answer to each kind of exercise, and as the right answer to itself."""
    text = data.decode("utf-8", "replace")
    for exercise in EXERCISES:
        verdict = timed(exercise, text)
        if verdict.outcome is Outcome.UNREADABLE:
            assert verdict.column in range(len(text) + 1), verdict
    itself = Expression(ask="", answer=text, variables=("x", "y"))
    verdict = timed(itself, f"1*({text})+x-x")
    assert verdict.outcome is not Outcome.INCORRECT, (text, verdict)


def timed(exercise, text):  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    verdict = mark(exercise, text, PROVER)
    assert time.perf_counter() - started < SLOW, text
    return verdict


def main() -> None:
    """Fuzz until told to stop."""
    directories = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
    atheris.Setup([sys.argv[0], "-max_len=500", *options, *directories, str(HERE / "corpus")], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
