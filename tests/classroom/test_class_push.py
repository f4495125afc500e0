"""Answers brought to the database of the class: once each, after any time offline, whatever happens on the way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from classroom.classes import given
from classroom.postgres import Postgres
from study.journals import journal_of

from tutor.classroom.push import BATCH, LONGEST, PAUSE, TRIES, Pushed, main, push
from tutor.classroom.pusher import GATHERED, PushedJournal, start_push
from tutor.errors import ClassError, ProgressError
from tutor.study.answer import Answer
from tutor.study.journal import Journal

SENT_IDS = "SELECT id FROM tutor.answers ORDER BY number, id"


def sent(postgres: Postgres, database: str) -> list[str]:
    return [row[0] for row in postgres.as_user("tess", SENT_IDS, database=database)]


def test_each_answer_is_sent_once(postgres: Postgres, database: str, tmp_path: Path) -> None:
    url = postgres.url("ada", database)
    path = journal_of(tmp_path, [given(1), given(2)])
    assert push(path, url) == Pushed(2, 0, 0)
    assert push(path, url) == Pushed(0, 2, 0)
    journal_of(tmp_path, [given(3)])
    assert push(path, url) == Pushed(1, 2, 0)
    # A second machine, on which some of it was imported.
    other = journal_of(tmp_path / "other", [given(2), given(4)])
    assert push(other, url) == Pushed(1, 1, 0)
    assert sorted(sent(postgres, database)) == [given(n).id for n in (1, 2, 3, 4)]


def test_what_is_sent_is_what_was_written(postgres: Postgres, database: str, tmp_path: Path) -> None:
    written = given(
        1, text="x² − '\"\\ ∂", seed=2**63 - 1, slips=("K1", "P1"), hints=2, solution_shown=True, seconds=1.25
    )
    push(journal_of(tmp_path, [written]), postgres.url("ada", database))
    query = "SELECT learner, text, seed, slips, hints, solution_shown, seconds, verdict, version FROM tutor.answers"
    assert postgres.as_user("tess", query, database=database) == [
        ("ada", written.text, written.seed, ["K1", "P1"], 2, True, 1.25, "correct", written.version)
    ]


def test_what_a_reset_hides_was_answered_all_the_same(postgres: Postgres, database: str, tmp_path: Path) -> None:
    path = journal_of(tmp_path, [given(1)])
    with closing(Journal(path)) as journal:
        journal.open()
        journal.reset("", id="r1", at=given(2).at)
    assert push(path, postgres.url("ada", database)).sent == 1


ODD = [
    (given(2, text="nul \0 inside"), 1),
    (given(2, exercise="nul\0"), 1),
    (given(2, at="2025-03-01T09:00:00"), 1),
    (given(2, at="0001-01-01T00:00:00+14:00"), 0),
    (given(2, at="9999-12-31T23:00:00Z"), 0),
    (given(2, at="2025-03-01T09:00:00+23:59"), 0),
    (given(2, text="x" * 30_000), 0),
    (given(2, exercise="e" * 300), 0),
    (given(2, seconds=float("inf")), 1),
    (given(2, seconds=-1e300), 1),
]


@pytest.mark.parametrize(("odd", "taken"), ODD, ids=range(len(ODD)))
def test_an_odd_answer_stands_in_nobodys_way(
    postgres: Postgres, database: str, tmp_path: Path, odd: Answer, taken: int
) -> None:
    path = journal_of(tmp_path, [given(1), odd, *(given(n) for n in range(3, 20))])
    url = postgres.url("ada", database)
    assert push(path, url) == Pushed(18 + taken, 0, 1 - taken)
    assert push(path, url) == Pushed(0, 18 + taken, 1 - taken)


def test_an_id_may_hold_anything(postgres: Postgres, database: str, tmp_path: Path) -> None:
    path = journal_of(tmp_path, [given(1, id="a\0b"), given(2, id="'; DROP TABLE x; --"), given(3, id="ü" * 100)])
    url = postgres.url("ada", database)
    assert push(path, url) == Pushed(3, 0, 0)
    assert push(path, url) == Pushed(0, 3, 0)


def test_a_server_that_dies_in_the_middle(postgres: Postgres, database: str, tmp_path: Path) -> None:
    """After the first batch it is gone. What was sent stays sent; the rest goes when it is back; nothing twice."""
    path = journal_of(tmp_path, [given(n) for n in range(3 * BATCH)])
    url = postgres.url("ada", database)
    died = []

    def die_once() -> None:
        if not died:
            died.append(True)
            postgres.die()

    try:
        with pytest.raises(ClassError, match="cannot be used"):
            push(path, url, die_once)
        with pytest.raises(ClassError, match="cannot be used"):
            push(path, url)
    finally:
        postgres.start()
    assert len(sent(postgres, database)) == BATCH
    assert push(path, url) == Pushed(2 * BATCH, BATCH, 0)
    assert sent(postgres, database) == [given(n).id for n in range(3 * BATCH)]


def test_a_database_restored_from_an_old_copy_is_filled_up(postgres: Postgres, database: str, tmp_path: Path) -> None:
    path = journal_of(tmp_path, [given(n) for n in range(10)])
    url = postgres.url("ada", database)
    push(path, url)
    postgres.as_boss("DELETE FROM tutor.answers WHERE number > 4", database=database)
    assert push(path, url) == Pushed(6, 4, 0)


def test_two_at_once_send_nothing_twice_and_count_all(postgres: Postgres, database: str, tmp_path: Path) -> None:
    url = postgres.url("ada", database)
    paths = [journal_of(tmp_path / f"{n}", [given(i) for i in range(n * 40, n * 40 + 80)]) for n in range(4)]
    threads = [threading.Thread(target=push, args=(path, url)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent(postgres, database)) == 200
    assert postgres.as_user("tess", "SELECT answers FROM tutor.tallies", database=database) == [(200,)]


def test_a_journal_that_is_not_there_or_is_none(tmp_path: Path) -> None:
    assert push(tmp_path / "none", "postgresql://nobody@127.0.0.1:1/") == Pushed(0, 0, 0)
    (tmp_path / "scribble").write_bytes(b"no database" * 1000)
    with pytest.raises(ProgressError, match="cannot be read"):
        push(tmp_path / "scribble", "postgresql://nobody@127.0.0.1:1/")


def test_a_journal_is_read_while_a_tutor_has_it_open(postgres: Postgres, database: str, tmp_path: Path) -> None:
    path = journal_of(tmp_path, [given(1)])
    with closing(Journal(path)) as journal:
        journal.open()
        journal.append(given(2))
        assert push(path, postgres.url("ada", database)).sent == 2
        journal.append(given(3))


class Waiting:
    """A timer that goes off when a test says so."""

    def __init__(self, seconds: float, do: Callable[[], None]) -> None:
        self.seconds, self.go_off = seconds, do
        self.daemon = self.is_started = self.is_cancelled = False

    def start(self) -> None:
        self.is_started = True

    def cancel(self) -> None:
        self.is_cancelled = True


class Process:
    """A push under way."""

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


@pytest.fixture
def timers() -> list[Waiting]:
    return []


@pytest.fixture
def started() -> list[Process]:
    return []


@pytest.fixture
def journal(timers: list[Waiting], started: list[Process]) -> PushedJournal:
    def timer(seconds: float, do: Callable[[], None]) -> Waiting:
        timers.append(Waiting(seconds, do))
        return timers[-1]

    def start() -> Process:
        started.append(Process())
        return started[-1]

    memory = Journal.in_memory()
    memory.open()
    return PushedJournal(memory, start, timer)  # type: ignore[arg-type]


def test_answers_are_gathered(journal: PushedJournal, timers: list[Waiting], started: list[Process]) -> None:
    journal.append(given(1))
    journal.append(given(2))
    assert [(timer.seconds, timer.daemon, timer.is_started) for timer in timers] == [(GATHERED, True, True)]
    assert journal.answers() == [given(1), given(2)]
    assert not started
    timers[0].go_off()
    assert len(started) == 1
    started[0].code = 0
    journal.append(given(3))
    timers[1].go_off()
    assert len(started) == 2


def test_a_slow_push_gets_no_second_beside_it(
    journal: PushedJournal, timers: list[Waiting], started: list[Process]
) -> None:
    journal.append(given(1))
    timers[0].go_off()
    journal.append(given(2))
    timers[1].go_off()
    assert (len(started), len(timers)) == (1, 3), "it waits again"
    started[0].code = 0
    timers[2].go_off()
    assert len(started) == 2


def test_leaving_pushes_without_waiting(journal: PushedJournal, timers: list[Waiting], started: list[Process]) -> None:
    journal.append(given(1))
    journal.leave()
    assert timers[0].is_cancelled
    assert len(started) == 1
    timers[0].go_off()
    assert len(started) == 1


def test_a_process_that_cannot_be_started_disturbs_nobody(timers: list[Waiting]) -> None:
    def start() -> Process:
        raise OSError("no more processes")

    memory = Journal.in_memory()
    memory.open()
    PushedJournal(memory, start).leave()  # type: ignore[arg-type]


def test_the_process_itself(postgres: Postgres, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is started from the screens: its answers arrive, and nothing is written anywhere."""
    path = journal_of(tmp_path, [given(1)])
    monkeypatch.setenv("TUTOR_HOME", str(path.parent))
    monkeypatch.setenv("TUTOR_CLASS_URL", postgres.url("ada", database))
    assert start_push().wait(60) == 0
    assert sent(postgres, database) == [given(1).id]


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/none", "nonsense", ""])
def test_the_process_ends_quietly_where_there_is_no_server(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = journal_of(tmp_path, [given(1)])
    monkeypatch.setenv("TUTOR_HOME", str(path.parent))
    monkeypatch.setenv("TUTOR_CLASS_URL", url)
    assert start_push().wait(60) == 0


def test_a_server_short_of_connections_is_tried_again(
    postgres: Postgres, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a lesson ends and all leave at once; tried in this process, to say when the wait is over."""
    path = journal_of(tmp_path, [given(1)])
    monkeypatch.setenv("TUTOR_HOME", str(path.parent))
    monkeypatch.setenv("TUTOR_CLASS_URL", postgres.url("cid", database))
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setattr("signal.alarm", lambda _: 0)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            postgres.as_boss("ALTER ROLE cid CONNECTION LIMIT -1")

    postgres.as_boss("ALTER ROLE cid CONNECTION LIMIT 0")
    main(wait)
    assert len(waits) == 2
    assert all(PAUSE[0] <= seconds <= PAUSE[1] for seconds in waits)
    assert sent(postgres, database) == [given(1).id]


def test_it_is_not_tried_for_ever(tmp_path: Path) -> None:
    assert TRIES * PAUSE[1] < LONGEST < 600


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    """It takes the connection and then is silent, as a machine does that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://ada@127.0.0.1:{silent.getsockname()[1]}/class?connect_timeout=2"
        with pytest.raises(ClassError, match="timeout"):
            push(journal_of(tmp_path, [given(1)]), url)
