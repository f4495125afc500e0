"""The engine's machinery with a real child process, whose answers are a sham: lost children, deadlines, turns, ends.

Where one question must miss its deadline and the next must not, they are of two kinds with a deadline each, so that
nothing depends on how loaded the machine is.
"""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest

from tutor.engine import child, client
from tutor.engine.client import Engine
from tutor.engine.wire import Mark, Progress, Question
from tutor.errors import EngineError
from tutor.lesson.model import Expression, Trial
from tutor.marking.verdict import Outcome, Verdict
from tutor.maths.grammar import MAX_LENGTH

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SHAM = f"sys.path.insert(0, {str(HERE)!r}); import sham; sham.run()"
EXERCISE = Expression(ask="2x", answer="2x")
PATIENT = 120.0
"Seconds: never reached, however loaded the machine."
AT_ONCE = 0.05

MakeEngine = Callable[..., Engine]


@pytest.fixture
async def make_engine() -> AsyncIterator[MakeEngine]:
    made: list[Engine] = []

    def make(then: str = SHAM, **settings: float) -> Engine:
        patient = dict.fromkeys(("deadline", "train_deadline", "start_allowance"), PATIENT)
        engine = Engine(argv=child.command(then), **(patient | settings))
        made.append(engine)
        return engine

    yield make
    for engine in made:
        await engine.close()


async def pid_of(engine: Engine) -> int:
    return int((await engine.mark(EXERCISE, "pid")).message)


async def end_of(pid: int) -> None:
    """Wait until a process, whosever child it is, has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(handle, ended.set)
    try:
        async with asyncio.timeout(PATIENT):
            await ended.wait()
    finally:
        asyncio.get_running_loop().remove_reader(handle)
        os.close(handle)


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def named_pipe(directory: Path) -> Path:
    path = directory / "pipe"
    os.mkfifo(path)
    return path


async def test_each_kind_of_question_has_its_answer(make_engine: MakeEngine) -> None:
    engine = make_engine()
    await engine.start()
    await engine.start()
    verdict = await engine.mark(EXERCISE, "x + x")
    assert (verdict.outcome, verdict.message) == (Outcome.CORRECT, "x + x")
    assert verdict.ms > 0
    assert (await engine.solve(EXERCISE)).answer == "2x"
    assert (await engine.train(Trial(problem="houses", steps=3), 0.1, {"w": "x"})).rate == 0.1
    assert (await engine.descend("bowl:rate=0.1")).problem == "bowl:rate=0.1"


async def test_a_long_run_says_how_far_it_is_and_is_called_off_with_whoever_waits_for_it(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine()
    heard: asyncio.Queue[Progress] = asyncio.Queue()
    waiting = asyncio.create_task(engine.descend("endless", heard.put_nowait))
    for _ in range(3):
        assert await heard.get() == Progress("training", 0.5)
    pid = (await engine._child).pid
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await engine.descend("bowl:rate=0.1")).problem == "bowl:rate=0.1"
    assert (await engine._child).pid == pid, "the same child, which need not be killed"


async def test_whoever_says_how_far_it_is_may_take_as_long_again() -> None:
    heard: list[Progress] = []
    async with asyncio.timeout(1000) as limit:
        client._longer(limit, 5.0, heard.append)(Progress("reading", 0.1))
        assert limit.when() <= asyncio.get_running_loop().time() + 5.0
    assert heard == [Progress("reading", 0.1)]


async def test_questions_asked_together_are_answered_each_with_its_own(make_engine: MakeEngine) -> None:
    engine = make_engine()
    texts = [str(k) for k in range(20)]
    verdicts = await asyncio.gather(*(engine.mark(EXERCISE, text) for text in texts))
    assert [verdict.message for verdict in verdicts] == texts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("fail", "an exception in the marking"),
        ("recurse", "nested too deep for Python"),
        ("hog", "more memory than the child may have, twice"),
        ("die", "killed by the system, twice"),
    ],
)
async def test_a_fault_is_undecided_and_the_next_answer_is_marked(make_engine: MakeEngine, text: str, why: str) -> None:
    engine = make_engine()
    verdict = await engine.mark(EXERCISE, text)
    assert (verdict.outcome, verdict.decided_by) == (Outcome.UNDECIDED, "fault"), why
    assert "not counted" in verdict.message
    assert (await engine.mark(EXERCISE, "next")).message == "next"


async def test_a_hanging_answer_is_undecided_and_the_child_is_replaced(make_engine: MakeEngine) -> None:
    engine = make_engine(deadline=AT_ONCE)
    verdict = await engine.mark(EXERCISE, "hang")
    assert verdict == Verdict(outcome=Outcome.UNDECIDED, message=client.TOO_SLOW, decided_by="deadline")
    assert len((await engine.train(Trial(problem="houses", steps=3), 0.1, {})).path) == 4


async def test_a_hanging_run_is_a_fault_and_the_next_answer_is_marked(make_engine: MakeEngine) -> None:
    engine = make_engine(train_deadline=AT_ONCE)
    with pytest.raises(EngineError, match="fewer steps"):
        await engine.train(Trial(problem="hang", steps=3), 0.1, {})
    assert (await engine.mark(EXERCISE, "next")).message == "next"


async def test_a_run_that_cannot_be_made_says_why(make_engine: MakeEngine) -> None:
    engine = make_engine()
    with pytest.raises(EngineError, match="In the formula for w1"):
        await engine.train(Trial(problem="unreadable", steps=3), 0.1, {})
    for rate in (math.nan, math.inf):
        with pytest.raises(EngineError, match="The rate must be a number"):
            await engine.train(Trial(problem="houses", steps=3), rate, {})
    with pytest.raises(EngineError, match="stopped over this"):
        await engine.train(Trial(problem="half a character: \udce9", steps=3), 0.1, {})  # cannot even be sent


async def test_a_run_as_a_string_that_cannot_be_made_says_why(make_engine: MakeEngine) -> None:
    engine = make_engine()
    for run, said in [
        ("unreadable", "In the formula for w1"),
        ("bowl:" * 10_000, "too long for a run"),
        ("\udce9", "stopped over this"),
    ]:
        with pytest.raises(EngineError, match=said):
            await engine.descend(run)


async def test_a_long_run_arrives_whole(make_engine: MakeEngine) -> None:
    engine = make_engine()
    run = await engine.train(Trial(problem="houses", steps=100_000), 0.1, {})
    assert len(run.path) == 100_001
    assert run.path[-1] == (100_000.1234567890123, -100_000 / 3, 1 / 100_001)


async def test_a_child_killed_from_outside_is_not_noticed(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine()
    pid = await pid_of(engine)
    os.kill(pid, signal.SIGKILL)
    assert (await engine.mark(EXERCISE, "killed between questions")).message == "killed between questions"
    text = f"die-once {tmp_path / 'died'}"
    assert (await engine.mark(EXERCISE, text)).message == text


async def test_a_cancelled_question_is_not_answered_to_the_next(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine()
    pipe = named_pipe(tmp_path)
    first = asyncio.create_task(engine.mark(EXERCISE, f"wait {pipe}"))
    with await asyncio.to_thread(pipe.open, "w"):  # opens when the child has come so far
        second = asyncio.create_task(engine.mark(EXERCISE, "second"))
        third = asyncio.create_task(engine.mark(EXERCISE, "third"))
        first.cancel()
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
    assert (await third).message == "third"


async def test_a_cancelled_question_that_hangs_does_not_use_up_the_time_of_the_next(make_engine: MakeEngine) -> None:
    engine = make_engine(train_deadline=AT_ONCE)
    await engine.mark(EXERCISE, "ready")
    hanging = asyncio.create_task(engine.train(Trial(problem="hang", steps=3), 0.1, {}))
    await asyncio.sleep(0)  # let it take its turn
    hanging.cancel()
    assert (await engine.mark(EXERCISE, "next")).message == "next"


async def test_a_reply_of_another_number_is_dropped(make_engine: MakeEngine) -> None:
    engine = make_engine(
        then="""
import json
def say(n, text):
    print(json.dumps({"n": n, "verdict": {"outcome": "correct", "message": text, "decided_by": "exact"}}), flush=True)
say(0, "ready")
for line in sys.stdin:
    n = json.loads(line)["n"]
    say(n - 1, "late"); say(n + 1, "early"); say(n, "right")
"""
    )
    assert [(await engine.mark(EXERCISE, "x")).message for _ in range(3)] == ["right"] * 3


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ("raise ImportError", "it ends at once"),
        ("print('hello', flush=True); sys.stdin.read()", "it talks nonsense"),
        ("sys.stdin.read()", "it is never ready"),
    ],
)
async def test_a_child_that_does_not_start_is_told_of(make_engine: MakeEngine, then: str, why: str) -> None:
    engine = make_engine(then=then, start_allowance=AT_ONCE)
    await engine.start()
    verdict = await engine.mark(EXERCISE, "x")
    assert verdict == Verdict(outcome=Outcome.UNDECIDED, message=client.NO_START, decided_by="fault"), why
    with pytest.raises(EngineError, match="does not start"):
        await engine.solve(EXERCISE)


async def test_a_program_that_is_not_there_is_told_of() -> None:
    engine = Engine(argv=["/nowhere/python"])
    await engine.start()
    assert (await engine.mark(EXERCISE, "x")).message == client.NO_START
    await engine.close()


async def test_nothing_printed_gets_into_the_replies(make_engine: MakeEngine) -> None:
    engine = make_engine()
    assert (await engine.mark(EXERCISE, "print")).message == "print"
    assert (await engine.mark(EXERCISE, "next")).message == "next"


async def test_the_child_lives_through_ctrl_c(make_engine: MakeEngine) -> None:
    engine = make_engine()
    pid = await pid_of(engine)
    os.kill(pid, signal.SIGINT)
    assert await pid_of(engine) == pid


async def test_the_child_is_of_our_process_group(make_engine: MakeEngine) -> None:
    assert os.getpgid(await pid_of(make_engine())) == os.getpgrp()


async def test_the_environment_is_scrubbed(make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONINSPECT", "TEXTUAL_LOG", "SYMPY_DEBUG"):
        monkeypatch.setenv(name, "/nowhere")
    names = (await make_engine().mark(EXERCISE, "environment")).message.split()
    assert "HOME" in names
    assert not [name for name in names if name.startswith(("PYTHON", "TEXTUAL", "SYMPY"))]


async def test_a_text_too_long_is_refused_before_it_travels() -> None:
    engine = Engine(argv=["/nowhere/python"])
    verdict = await engine.mark(EXERCISE, "x" * 100_000)
    assert (verdict.outcome, verdict.column) == (Outcome.UNREADABLE, MAX_LENGTH)
    assert "more than 500 characters" in verdict.message
    assert verdict.decided_by == "reading"


async def test_half_a_character_is_sent_as_a_question_mark(make_engine: MakeEngine) -> None:
    assert (await make_engine().mark(EXERCISE, "x\udce9y")).message == "x?y"


async def test_an_idle_child_is_let_go_and_comes_back(make_engine: MakeEngine) -> None:
    engine = make_engine(idle=0.0)
    pid = await pid_of(engine)
    await end_of(pid)
    assert await pid_of(engine) != pid


async def test_closing_leaves_nothing_and_answers_what_is_open(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine()
    pid = await pid_of(engine)
    pipe = named_pipe(tmp_path)
    open_question = asyncio.create_task(engine.mark(EXERCISE, f"wait {pipe}"))
    waiting_question = asyncio.create_task(engine.mark(EXERCISE, "waiting"))
    with await asyncio.to_thread(pipe.open, "w"):
        await engine.close()
    assert not exists(pid)
    assert (await open_question).message == client.CLOSED
    assert (await waiting_question).message == client.CLOSED
    assert (await engine.mark(EXERCISE, "later")).message == client.CLOSED
    await engine.close()


async def test_closing_while_the_child_starts(make_engine: MakeEngine) -> None:
    engine = make_engine()
    starting = asyncio.create_task(engine.start())
    await asyncio.sleep(0)
    await engine.close()
    await starting
    assert (await engine.mark(EXERCISE, "later")).message == client.CLOSED


PARENT = """
import asyncio, sys
from tutor.engine.child import command
from tutor.engine.client import Engine
from tutor.lesson.model import Expression

async def main():
    engine = Engine(deadline=1000, idle=1000, argv=command({sham!r}))
    exercise = Expression(ask="", answer="x")
    print((await engine.mark(exercise, "pid")).message, flush=True)
    {then}

asyncio.run(main())
"""


async def parent(then: str) -> asyncio.subprocess.Process:
    program = PARENT.format(sham=SHAM, then=then)
    flags = ("-X", "dev", "-W", "error")
    return await asyncio.create_subprocess_exec(
        sys.executable, *flags, "-c", program, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def test_a_child_in_an_endless_power_dies_with_its_killed_parent(tmp_path: Path) -> None:
    pipe = named_pipe(tmp_path)
    process = await parent(f"await engine.mark(exercise, 'hang-in-c {pipe}')")
    assert process.stdout is not None
    pid = int(await process.stdout.readline())
    (await asyncio.to_thread(pipe.open)).close()
    process.kill()
    await end_of(pid)
    await process.communicate()


@pytest.mark.parametrize("then", ["await engine.close()", "await engine.start(); await engine.close()"])
async def test_closing_gives_no_warning(then: str) -> None:
    output, complaints = await (await parent(then)).communicate()
    assert not exists(int(output))
    assert complaints.decode() == ""


def test_the_child_ends_with_its_input() -> None:
    question = msgspec.json.encode(Question(1, Mark(EXERCISE, "last"))) + b"\n"
    answer = subprocess.run(child.command(SHAM), input=question, stdout=subprocess.PIPE, check=True).stdout
    assert [msgspec.json.decode(line)["n"] for line in answer.splitlines()] == [0, 1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"not JSON\n", "no parent of ours says that"),
        (b'{"n": 1, "request": {"type": "mark"}}\n', "a question without its parts"),
        (b"x" * 2**20 + b"y\n", "longer than any question"),
        (b'{"n": 1', "the parent ended in the middle"),
    ],
)
def test_a_child_that_is_asked_nonsense_ends(line: bytes, why: str) -> None:
    answer = subprocess.run(child.command(SHAM), input=line, stdout=subprocess.PIPE, check=True).stdout
    assert len(answer.splitlines()) == 1, why


def test_a_child_whose_parent_is_gone_already_does_not_stay() -> None:
    *argv, _ = child.command(SHAM)
    done = subprocess.run([*argv, "1"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    assert done.stdout == b""
