"""How well and how fast right is told from wrong: this engine, SymPy as one would first write it, and math-verify.

    python tests/bench/equality.py [--others PYTHON] [--write]

All in one run over `pairs.jsonl`: derivative questions with answers right in another form or subtly wrong. PYTHON is an
interpreter that has `sympy` and `math-verify` (`python -m venv V && V/bin/pip install math-verify`); without it only the engine
is measured. With --write the section of docs/benchmarks.md is written anew.

- engine: `tutor.marking.kinds.mark` in one process, from the two texts to the verdict, algebra's confirmation included;
  and once more through `tutor grade`, from line to line.
- simplify: `parse_expr` with implied products and `^`, then `simplify(answer - diff(of, by)) == 0`.
- math-verify: `verify(parse(right), parse(answer))` of both in LaTeX between dollar signs, as it wants them.
A pair that takes a worker more than ten seconds is given up: the worker is killed and counts as undecided.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
PAIRS = HERE / "pairs.jsonl"
REPORT = REPOSITORY / "docs" / "benchmarks.md"
LIMIT = 10.0
"Seconds for a pair."
BEGIN, END = "<!-- equality: written by tests/bench/equality.py -->", "<!-- equality: end -->"

Pair = dict[str, Any]


# --- in the workers


def engine() -> Callable[[Pair], bool | None]:
    sys.path.insert(0, str(REPOSITORY))
    from tutor.lesson.model import Derivative
    from tutor.marking.kinds import mark
    from tutor.marking.prove import SympyProver

    prover = SympyProver()

    def judge(pair: Pair) -> bool | None:
        verdict = mark(Derivative(ask="", of=pair["of"], by=(pair["by"],)), pair["answer"], prover)
        return {"correct": True, "incorrect": False}.get(verdict.outcome.value)

    return judge


def simplify() -> Callable[[Pair], bool | None]:
    import sympy
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    transformations = (*standard_transformations, implicit_multiplication_application, convert_xor)

    def judge(pair: Pair) -> bool | None:
        of, answer = (parse_expr(pair[key], transformations=transformations) for key in ("of", "answer"))
        return bool(sympy.simplify(answer - sympy.diff(of, sympy.Symbol(pair["by"]))) == 0)

    return judge


def math_verify() -> Callable[[Pair], bool | None]:
    from math_verify import parse, verify

    def judge(pair: Pair) -> bool | None:
        right, answer = parse(pair["right_latex"]), parse(pair["answer_latex"])
        return bool(verify(right, answer)) if right and answer else None

    return judge


WORKERS = {"engine": engine, "simplify": simplify, "math-verify": math_verify}


def work(name: str) -> None:
    """Judge pairs from stdin, one reply a line: the judgement, seconds, and megabytes held at most."""
    prepare = _latex if name == "math-verify" else None
    judge = WORKERS[name]()
    for warm_up in ({"of": "x**2*sin(x)", "by": "x", "answer": "x*(2*sin(x) + x*cos(x))"},):
        judge(prepare(warm_up) if prepare else warm_up)
    print(json.dumps([None, 0.0, _megabytes()]), flush=True)
    for line in sys.stdin:
        pair = json.loads(line)
        pair = prepare(pair) if prepare else pair
        started = time.perf_counter()
        try:
            found = judge(pair)
        except Exception:  # noqa: BLE001  (whatever it raises, it did not decide)
            found = None
        print(json.dumps([found, time.perf_counter() - started, _megabytes()]), flush=True)


def _latex(pair: Pair) -> Pair:
    """The pair with both sides in LaTeX; not counted in the time."""
    import sympy

    names = {name: sympy.Symbol(name) for name in "xyzwb"} | {"e": sympy.E}
    of, answer = (sympy.sympify(pair[key], locals=names) for key in ("of", "answer"))
    right = sympy.diff(of, sympy.Symbol(pair["by"]))
    return pair | {"right_latex": f"${sympy.latex(right)}$", "answer_latex": f"${sympy.latex(answer)}$"}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- in the parent


class Results:
    """What one judge said of every pair."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[bool | None] = []
        self.seconds: list[float] = []
        self.start = self.most = 0.0
        "Megabytes after the first pair, and at most."

    def row(self, pairs: Sequence[Pair]) -> str:
        rejects = sum(pair["right"] and found is False for pair, found in zip(pairs, self.found, strict=True))
        accepts = sum(not pair["right"] and found is True for pair, found in zip(pairs, self.found, strict=True))
        undecided = sum(found is None for found in self.found)
        ordered = sorted(1000 * seconds for seconds in self.seconds)
        median, high, most = ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))], ordered[-1]
        memory = f"{self.start:.0f} + {self.most - self.start:.0f}" if self.most else "-"
        return f"| {self.name} | {rejects} | {accepts} | {undecided} | {_ms(median)} | {_ms(high)} | {_ms(most)} | {memory} |"


def _ms(value: float) -> str:
    return f"{value:.1f}" if value < LIMIT * 1000 else f"over {LIMIT * 1000:.0f}"


def judged(name: str, python: str, pairs: Sequence[Pair]) -> Results:
    """Every pair through a worker, which is killed and replaced when one takes too long."""
    results = Results(name)
    worker = _start(name, python, results)
    for pair in pairs:
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(pair) + "\n")
        worker.stdin.flush()
        reply = _reply(worker, LIMIT + 5 if name == "math-verify" else LIMIT)
        if reply is None or reply[1] > LIMIT:
            worker.kill()
            worker.wait()
            worker = _start(name, python, results)
            reply = [None, LIMIT, 0.0]
        results.found.append(reply[0])
        results.seconds.append(reply[1])
        results.most = max(results.most, reply[2])
    worker.kill()
    worker.wait()
    return results


def _start(name: str, python: str, results: Results) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [python, __file__, "--worker", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    ready = _reply(worker, 60)
    if ready is None:
        raise SystemExit(f"{name} does not start with {python}")
    results.start = results.start or ready[2]
    return worker


def _reply(worker: subprocess.Popen[str], seconds: float) -> Any:
    assert worker.stdout is not None
    ready, _, _ = select.select([worker.stdout], [], [], seconds)
    line = worker.stdout.readline() if ready else ""
    return json.loads(line) if line else None


def graded(pairs: Sequence[Pair]) -> Results:
    """Every pair through `tutor grade`, one line after the other."""
    results = Results("engine, through `tutor grade`")
    with subprocess.Popen(
        [sys.executable, "-m", "tutor.cli", "grade"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        warm_up = {"of": "x", "by": "x", "answer": "1"}
        for pair in (warm_up, *pairs):
            line = {"derivative": {"of": pair["of"], "by": pair["by"]}, "answer": pair["answer"]}
            started = time.perf_counter()
            command.stdin.write(json.dumps(line) + "\n")
            command.stdin.flush()
            verdict = json.loads(command.stdout.readline())["verdict"]
            if pair is not warm_up:
                results.seconds.append(time.perf_counter() - started)
                results.found.append({"correct": True, "incorrect": False}.get(verdict))
        command.stdin.close()
    return results


def report(pairs: Sequence[Pair], everything: Sequence[Results]) -> Iterator[str]:
    right = sum(pair["right"] for pair in pairs)
    yield f"{len(pairs)} derivative pairs: {right} right in another form, {len(pairs) - right} subtly wrong;"
    yield f"Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}. Milliseconds a pair, megabytes"
    yield "held after the first pair and grown by the last."
    yield ""
    yield "| | right refused | wrong accepted | undecided | median | 99th percentile | longest | memory |"
    yield "|---|---|---|---|---|---|---|---|"
    for results in everything:
        yield results.row(pairs)


def write(lines: Sequence[str]) -> None:
    """Put the report in its place in docs/benchmarks.md, keeping what others wrote there."""
    old = REPORT.read_text(encoding="utf-8") if REPORT.exists() else "# Benchmarks\n"
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    docstring = (__doc__ or "").splitlines()
    section = [BEGIN, "## Telling right answers from wrong ones", "", *lines, "", "```text", *docstring, "```", END]
    REPORT.parent.mkdir(exist_ok=True)
    text = before.rstrip() + "\n\n" + "\n".join(section) + "\n" + after.lstrip("\n")
    REPORT.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, print, and write when asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worker", choices=WORKERS)
    parser.add_argument("--others", metavar="PYTHON")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments.worker)
        return
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    everything = [judged("engine", sys.executable, pairs), graded(pairs)]
    if arguments.others:
        everything += [judged(name, arguments.others, pairs) for name in ("simplify", "math-verify")]
    lines = list(report(pairs, everything))
    print("\n".join(lines))
    if arguments.write:
        write(lines)


if __name__ == "__main__":
    main()
