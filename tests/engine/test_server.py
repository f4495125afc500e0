"""The real child with SymPy in it: what is typed to break it, and that the next answer is always marked."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from tutor.descent.runstring import read_run
from tutor.descent.train import make_run
from tutor.engine import server
from tutor.engine.client import Engine
from tutor.engine.wire import Fault, Mark, Question, Reply, Solution, Solve
from tutor.errors import EngineError
from tutor.lesson.model import AnyExercise, Choice, Derivative, Expression, Gradient, NumberAnswer, Option, Trial
from tutor.marking.verdict import Outcome
from tutor.places import log_file

REPOSITORY = Path(__file__).resolve().parents[2]
CUBE = Derivative(ask="", of="x^3 + 2xy", by=("x",))
PATIENT = 120.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine() -> AsyncIterator[Engine]:
    engine = Engine(deadline=PATIENT, train_deadline=PATIENT, start_allowance=PATIENT)
    await engine.start()
    yield engine
    await engine.close()


@pytest.mark.parametrize(
    ("exercise", "text", "outcome"),
    [
        (CUBE, "2y + 3x^2", Outcome.CORRECT),
        (CUBE, "3x^2", Outcome.INCORRECT),
        (CUBE, "3x^2 + 2Q", Outcome.UNREADABLE),
        (Gradient(ask="", of="x^2 + y^2", by=("x", "y")), "(2x, 2y)", Outcome.CORRECT),
        (Gradient(ask="", of="x^2 + y^2", by=("x", "y")), "(2y, 2x)", Outcome.INCORRECT),
        (NumberAnswer(ask="", of="x^2", by=("x",), at={"x": "3"}), "6", Outcome.CORRECT),
        (Expression(ask="", answer="sin(x)^2 + cos(x)^2"), "1", Outcome.CORRECT),
        (Choice(ask="", options=(Option(right="yes"), Option(wrong="no"))), "a", Outcome.CORRECT),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_every_kind_travels_there_and_back(
    engine: Engine, exercise: AnyExercise, text: str, outcome: Outcome
) -> None:
    verdict = await engine.mark(exercise, text)
    assert verdict.outcome is outcome, verdict
    assert verdict.ms > 0
    assert (await engine.solve(exercise)).answer


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9",
        "x**(9**9**9)",
        "1e400000000",
        "factorial(10**7)",
        "(x+1)**10000",
        "sin(10**10**8)",
        "__import__('os').system('touch /tmp/owned')",
        "().__class__.__base__.__subclasses__()",
        "(" * 5000 + "x" + ")" * 5000,
        "(" * 249 + "x" + ")" * 249,
        "-" * 500,
        "x^" * 249 + "x",
        "3x^2 + 2y" * 10_000,
        "\x00\x1b[2J\x07",
        "\n\n",
        "",
        "\ud800",
        "[/]",
        "日本語",
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_hostile_answer_is_only_unreadable_and_the_next_is_marked(engine: Engine, text: str) -> None:
    verdict = await engine.mark(CUBE, text)
    assert not verdict.outcome.is_attempt or text == "(x+1)**10000", verdict
    assert verdict.decided_by != "fault"
    assert verdict.message
    assert (await engine.mark(CUBE, "3x² + 2·y − 0")).outcome is Outcome.CORRECT


@pytest.mark.asyncio(loop_scope="module")
async def test_the_descent_runs_in_the_child(engine: Engine) -> None:
    run = await engine.train(Trial(problem="houses", steps=400), 0.1, {})
    assert run.stop.value == "converged"
    assert run.optimum is not None
    assert run.path[-1] == pytest.approx(run.optimum, rel=1e-6)
    with pytest.raises(EngineError, match="no_such_problem"):
        await engine.train(Trial(problem="no_such_problem", steps=400), 0.1, {})


@pytest.mark.asyncio(loop_scope="module")
async def test_a_run_as_a_string_is_the_same_run_in_the_child(engine: Engine) -> None:
    text = "xor:method=adam:rate=0.05:steps=40:batch=1:seed=3"
    assert await engine.descend(text) == make_run(read_run(text))
    for unreadable in ("bowl:rate=fast", "no_such_problem:rate=0.1", "bowl:d.w=9**9**9**9", "\x00:"):
        with pytest.raises(EngineError):
            await engine.descend(unreadable)
    assert (await engine.descend("bowl:rate=0.5:steps=3")).path[-1] == (2.625,)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("data", ["rents.csv", "many.csv"])
async def test_an_authors_table_travels_with_no_more_rows_than_can_be_drawn(
    engine: Engine, data: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copy(REPOSITORY / "lessons" / "data" / "rents.csv", tmp_path)
    (tmp_path / "many.csv").write_text("size,rent\n" + "".join(f"{k},{2 * k}\n" for k in range(500)))
    monkeypatch.setenv("TUTOR_LESSONS", os.fspath(tmp_path))
    alone = Engine(train_deadline=PATIENT, start_allowance=PATIENT)  # its child learns where the lessons are
    problem = await alone.describe(f"data={data}:model=w*size+b:rate=0.0001:steps=400:start=w=0.0,b=0.0")
    await alone.close()
    assert (problem.count, len(problem.rows)) == ((8, 8) if data == "rents.csv" else (500, 167))
    assert problem.is_sample == (data == "many.csv")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _: Solution("2x", (object(),)), server.NOT_DONE),  # type: ignore[arg-type]
        (lambda _: Solution("2x" * server.MAX_REPLY), server.TOO_LONG),
    ],
)
def test_an_answer_that_cannot_be_written_down_is_a_fault(answer: server.Answerer, said: str) -> None:
    reply = msgspec.json.decode(_only_reply(Question(7, Solve(CUBE)), answer), type=Reply)
    assert (reply.n, reply.fault) == (7, Fault(said))


def test_a_fault_in_marking_is_logged_and_never_blamed() -> None:
    def broken(_: object) -> server.Result:
        raise ZeroDivisionError("for the log")

    reply = msgspec.json.decode(_only_reply(Question(7, Mark(CUBE, "x")), broken), type=Reply)
    assert reply.n == 7
    assert reply.verdict is not None
    assert (reply.verdict.outcome, reply.verdict.message) == (Outcome.UNDECIDED, server.NOT_DECIDED)
    assert "ZeroDivisionError: for the log" in log_file().read_text()


def test_a_log_that_cannot_be_written_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(in_the_way))

    def broken(_: object) -> server.Result:
        raise RecursionError

    assert b'"undecided"' in _only_reply(Question(7, Mark(CUBE, "x")), broken)


def _only_reply(question: Question, answer: server.Answerer) -> bytes:
    (line,) = server._replies(question, answer)
    return line
