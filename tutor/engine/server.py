"""The child process: reads numbered requests as JSON lines, answers each on a line, and is the only home of SymPy.

Started by `tutor.engine.child`. Whatever goes wrong in marking becomes an undecided verdict; the details go to the log.
Nothing but replies is ever written to the pipe. It ends with its input, by a signal, or when memory runs out.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import msgspec

from tutor import places
from tutor.descent.averages import Faster
from tutor.descent.compared import Compared
from tutor.descent.problem import Problem
from tutor.descent.progress import listen
from tutor.descent.run import Run
from tutor.engine import limits
from tutor.engine.pieces import bare, cut
from tutor.engine.wire import (
    MAX_REPLY,
    Check,
    Descend,
    Describe,
    Fault,
    Mark,
    Progress,
    Question,
    Reply,
    Request,
    Solution,
    Solve,
    Train,
    Vouch,
)
from tutor.errors import EngineError, GivenUpError, TutorError
from tutor.lesson.model import Derivative
from tutor.marking.verdict import Outcome, Verdict
from tutor.marking.vouched import Vouched
from tutor.words import tr

MEMORY_GROWTH = 200 * 2**20
"Bytes above the warm process; the longest run needs about three quarters."

MOST_DRAWN = 200
"Rows of a problem that travel to be drawn."

MAX_LINE = 2**20
"Bytes of one request. The client sends a few thousand."

MAX_LOG = 2**20
"Bytes after which the log is begun anew."

OUT_OF_MEMORY = 3
"Exit code: the client starts a fresh child and asks once more, since the memory may have gone to earlier questions."

NOT_DECIDED = tr("The tutor could not decide this one, so it is not counted. Try writing it another way, or go on.")
NOT_DONE = tr("The tutor could not work this out. The details are in its log.")

TOO_LONG = tr("The answer to this is too long to be shown. Try fewer steps.")
TOO_BIG = tr("This run needs more memory than the tutor may use. Try fewer steps, or fewer rows.")

Result = Verdict | Solution | Run | Problem | tuple[Compared, ...] | Vouched
Answerer = Callable[[Request], Result]

_write = msgspec.json.Encoder().encode


def main() -> None:
    """Set the limits, load SymPy, warm up, then serve until the input ends."""
    serve(_load_marking)


def serve(load: Callable[[], Answerer]) -> None:
    """Answer requests from stdin until it ends, then leave the process.

    Args:
        load: does the slow imports and returns what answers a request; called once the limits stand.
    """
    limits.die_with_parent(int(sys.argv[1]))
    limits.ignore_interrupts()
    limits.leave_no_core()
    requests, replies = _take_pipes()
    answer = load()
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not walk SymPy's modules at every answer
    limits.cap_memory(MEMORY_GROWTH)
    try:
        _send(replies, _write(Reply(0)))
        _answer_all(requests, replies, answer)
    except BrokenPipeError:
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves, so that a stray `print` or a C library cannot write into a reply."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, replies


def _answer_all(requests: BinaryIO, replies: BinaryIO, answer: Answerer) -> None:
    read = msgspec.json.Decoder(Question).decode
    called_off = limits.CalledOff()
    while line := requests.readline(MAX_LINE):
        if not line.endswith(b"\n"):
            return  # cut short by the parent's end, or no line of ours
        try:
            question = read(line)
        except msgspec.MsgspecError:
            _log()
            return
        called_off.forget()
        listen(partial(_tell, replies, question.n, called_off))
        try:
            for reply in _replies(question, answer):
                _send(replies, reply)
        except MemoryError:
            if isinstance(question.request, Descend):  # which a fresh child would only take as long to fail at
                _send(replies, _write(Reply(question.n, fault=Fault(TOO_BIG))))
            raise


def _tell(replies: BinaryIO, n: int, called_off: limits.CalledOff, what: str, share: float) -> None:
    """Pass on how far a question is; where nobody wants to know any more, end the work on it."""
    if called_off.is_so:
        raise GivenUpError(tr("This was called off."))
    _send(replies, _write(Reply(n, progress=Progress(what, min(1.0, share)))))


def _send(replies: BinaryIO, line: bytes) -> None:
    replies.write(line + b"\n")
    replies.flush()


def _replies(question: Question, answer: Answerer) -> Iterator[bytes]:
    """The lines that answer a question; an answer that cannot be written down is a failure like any other."""
    started = time.perf_counter()
    try:
        result = answer(question.request)
        if isinstance(result, Run):
            for piece in cut(result):
                yield _write(Reply(question.n, piece=piece))
            result = bare(result)
        line = _write(_success(question.n, result, (time.perf_counter() - started) * 1000))
        if len(line) >= MAX_REPLY:
            raise EngineError(TOO_LONG)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (one of the two places: a learner is never shown an exception)
        line = _write(_failure(question, error))
    yield line


def _success(n: int, result: Result, ms: float) -> Reply:
    match result:
        case Verdict():
            return Reply(n, verdict=msgspec.structs.replace(result, ms=round(ms, 3)))
        case Solution():
            return Reply(n, solution=result)
        case Run():
            return Reply(n, run=result)
        case Problem():
            return Reply(n, problem=result)
        case tuple():
            return Reply(n, compared=result)
        case Vouched():
            return Reply(n, vouched=result)


def _failure(question: Question, error: Exception) -> Reply:
    if isinstance(question.request, Mark):
        _log()
        return Reply(question.n, verdict=Verdict(outcome=Outcome.UNDECIDED, message=NOT_DECIDED, decided_by="fault"))
    if isinstance(error, TutorError):
        return Reply(question.n, fault=Fault(str(error)))
    _log()
    return Reply(question.n, fault=Fault(NOT_DONE))


def _log() -> None:
    """Append the exception being handled to the log, if the log can be written."""
    path = places.log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if path.exists() and path.stat().st_size > MAX_LOG else "a"
        with path.open(mode, encoding="utf-8", errors="replace") as log:
            log.write(f"engine, {time.strftime('%Y-%m-%d %H:%M:%S')}\n{traceback.format_exc()}\n")
    except OSError:
        return


def _load_marking() -> Answerer:
    # Here and not above: half a second of SymPy must not come before the limits are set.
    from tutor.descent.averages import go_faster
    from tutor.descent.gradient_check import compare_at
    from tutor.descent.problem import sample
    from tutor.descent.runstring import read_run
    from tutor.descent.setting import problem_of
    from tutor.descent.train import make_run
    from tutor.marking.kinds import mark, solve
    from tutor.marking.prove import SympyProver
    from tutor.marking.trial import run_trial
    from tutor.marking.vouch import vouch
    from tutor.marking.worked import work_out

    prover = SympyProver()
    go_faster(_vast)

    def answer(request: Request) -> Result:
        match request:
            case Mark(exercise, text):
                return mark(exercise, text, prover)
            case Solve(exercise):
                return Solution(solve(exercise), work_out(exercise))
            case Train(trial, rate, formulas):
                return run_trial(trial, rate, formulas)
            case Descend(run):
                return make_run(read_run(run))
            case Describe(run):
                return sample(problem_of(read_run(run)), MOST_DRAWN)
            case Check(run, weights, step):
                return tuple(compare_at(read_run(run), weights, step))
            case Vouch(exercise):
                return vouch(exercise, prover)

    _warm_up(answer)
    return answer


def _vast() -> Faster:
    from tutor.engine import vast  # numpy: 200 ms and 85 MB of addresses, for those who have very many rows

    return Faster(vast.VastAverages, vast.means)


def _warm_up(answer: Answerer) -> None:
    """Mark something once: SymPy's first proof takes 70 ms more than its second."""
    exercise = Derivative(ask="", of="x^2 sin(x) + xy", by=("x",))
    list(_replies(Question(0, Mark(exercise, "x (2 sin(x) + x cos(x)) + y")), answer))


if __name__ == "__main__":
    main()
