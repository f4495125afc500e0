"""How long the report of a class takes over a million answers in PostgreSQL, and what the server does for it.

    PYTHONPATH=.:tests python tests/bench/class_report.py [LEARNERS] [--write] [--first]

A server of its own, with PostgreSQL's own settings (`fsync` off, which a report does not feel). Of each of 1000 learners, 1000
answers arrive in two pushes of 500, over the exercises of the real course, and are counted by the trigger as they arrive.
With --write the section of docs/benchmarks.md is written anew. With --first, which only root may, what is measured goes before
all else on the machine, which others may be using meanwhile.

- report: `tutor class report --json`, from the start of the command to its end, median and longest of five; and how much
  of a processor it took, which is nearly what it lasts on a machine that does nothing else.
- of it, the query: the tallies of all learners brought to the client.
- counting: one more push of 500 answers of a learner who has 1000, until it is committed.
- by hand: the same first figure of an exercise counted from all answers by one query, for comparison; never with --first.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from bench.section import write_section
from classroom.postgres import Postgres

from tutor import places
from tutor.classroom.class_database import bring_up_to_date, connected
from tutor.classroom.class_schema import COLUMNS
from tutor.classroom.class_tally import TALLIES
from tutor.lesson.compiled import open_course
from tutor.marking.slips.registry import SLIPS

OF_EACH = 1000
PUSHED = 500
BEGAN = datetime(2025, 9, 1, tzinfo=UTC)
REPOSITORY = Path(__file__).resolve().parents[2]

ADD = f"COPY tutor.answers (learner, {', '.join(COLUMNS)}) FROM STDIN"

BY_HAND = """
SELECT lesson, exercise, avg(first) FROM (
    SELECT DISTINCT ON (learner, lesson, exercise) lesson, exercise, (verdict = 'correct' AND hints = 0)::integer AS first
    FROM tutor.answers WHERE verdict IN ('correct', 'incorrect') ORDER BY learner, lesson, exercise, at
) AS firsts GROUP BY 1, 2
"""

MISSING = """
SELECT id FROM unnest(ARRAY(SELECT id FROM tutor.answers WHERE learner = 'learner7' LIMIT 500)) AS mine (id) WHERE NOT EXISTS
    (SELECT FROM tutor.answers AS there WHERE there.id = mine.id AND there.learner = 'learner7')
"""

EXPLAINED = {
    "The report: one row of `tutor.tallies` a learner": TALLIES,
    "A push asks which of its answers are missing: the primary key (id, learner)": MISSING,
    "Counting the exercises of a batch anew: the index (learner, lesson, exercise)": (
        "SELECT lesson, exercise, count(*) FROM (SELECT DISTINCT lesson, exercise FROM tutor.answers "
        "WHERE learner = 'learner7' LIMIT 20) AS touched JOIN tutor.answers USING (lesson, exercise) "
        "WHERE learner = 'learner7' GROUP BY 1, 2"
    ),
}


@cache
def possible(exercise: str) -> list[str]:
    """The slips that can be made in an exercise: few, as its rule tree has few places."""
    return random.Random(exercise).sample(list(SLIPS), 8)


def answers(who: int, exercises: list[tuple[str, str]], chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """The rows of one learner, who is right the more often the more able."""
    able = chance.uniform(0.3, 0.95)
    at = BEGAN + timedelta(minutes=chance.randrange(10_000))
    for number in range(OF_EACH):
        at += timedelta(seconds=chance.expovariate(1 / 120))
        lesson, exercise = exercises[
            min(number // 3, len(exercises) - 1) if number < 600 else chance.randrange(len(exercises))
        ]
        is_right = chance.random() < able
        made = [chance.choice(possible(exercise))] if not is_right and chance.random() < 0.7 else []
        verdict = "correct" if is_right else "incorrect"
        id = f"{chance.getrandbits(128):032x}"
        text = "2x + 3y*sin(x^2) - 4"
        hints = chance.choice([0, 0, 0, 1])
        yield (
            f"learner{who}",
            id,
            number,
            at,
            lesson,
            exercise,
            number,
            text,
            verdict,
            made,
            hints,
            False,
            45.5,
            "0.1.0",
        )


def fill(url: str, learners: int) -> None:
    """Let everybody push."""
    course = open_course(places.lessons_directory(), places.cache_directory()).lessons
    exercises = [(lesson.id, exercise.id) for lesson in course for exercise in lesson.exercises]
    with psycopg.connect(url, autocommit=True) as connection:
        for who in range(learners):
            rows = list(answers(who, exercises, random.Random(who)))
            for begin in range(0, OF_EACH, PUSHED):
                add(connection, rows[begin : begin + PUSHED])
        connection.execute("VACUUM ANALYZE")


def add(connection: psycopg.Connection[Any], rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(ADD) as copy:
        for row in rows:
            copy.write_row(row)


def seconds(do: Callable[[], object], times: int = 5) -> list[float]:
    """How long it takes, each time."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return taken


def report(url: str) -> float:
    """The whole command; the seconds that a processor had to do with it on the client's side."""
    before = os.times()
    command = [sys.executable, "-m", "tutor.cli", "class", "report", "--json"]
    environment = {"TUTOR_CLASS_URL": url, "PATH": os.defpath, "HOME": os.environ["HOME"]}
    subprocess.run(command, check=True, cwd=REPOSITORY, stdout=subprocess.DEVNULL, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@contextmanager
def first_of_all(*processes: int) -> Iterator[None]:
    """These processes, and what they start, go before all others on the machine."""
    for process in processes:
        os.sched_setscheduler(process, os.SCHED_FIFO, os.sched_param(1))
    yield
    for process in processes:
        os.sched_setscheduler(process, os.SCHED_OTHER, os.sched_param(0))


def measure(server: Postgres, url: str, *, first: bool) -> str:
    """The section of docs/benchmarks.md."""
    with connected(url) as connection:
        by_hand = seconds(lambda: connection.execute(BY_HAND).fetchall(), times=3)
    report(url)  # the first compiles the course
    with first_of_all(0, server.pid) if first else nullcontext(), connected(url) as connection:
        row = connection.execute("SELECT count(*) FROM tutor.answers").fetchone()
        sizes = connection.execute(
            "SELECT pg_size_pretty(pg_total_relation_size('tutor.answers')), "
            "pg_size_pretty(pg_total_relation_size('tutor.tallies'))"
        ).fetchone()
        busy: list[float] = []
        whole = seconds(lambda: busy.append(report(url)))
        query = seconds(lambda: connection.execute(TALLIES).fetchall())
        plans = []
        for what, statement in EXPLAINED.items():
            lines = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {statement}".encode()).fetchall()
            plans.append(f"{what}:\n\n```text\n" + "\n".join(line[0] for line in lines) + "\n```\n")
        fresh = list(answers(7, [("new", "new")], random.Random(-1)))
        counting = seconds(lambda: add(connection, fresh[:PUSHED]), times=1)
        version = connection.info.server_version // 10000
    assert row
    assert sizes
    how = f"load {os.getloadavg()[0]:.1f}, {'with' if first else 'without'} --first"
    machine = (
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, PostgreSQL {version}, {datetime.now(UTC):%Y-%m-%d}"
    )
    lines = [
        f"## The report of a class in PostgreSQL\n\n{machine}; {how}.\n",
        f"- {row[0]:,} answers, {sizes[0]} with their indexes; tallies {sizes[1]}.",
        f"- report: {statistics.median(whole):.2f} s (longest {max(whole):.2f}), {statistics.median(busy):.2f} s of a processor.",
        f"- of it, the query: {statistics.median(query):.2f} s.",
        f"- counting one more push of {PUSHED}: {1000 * counting[0]:.0f} ms.",
        f"- by hand: {statistics.median(by_hand):.2f} s for one figure alone.\n",
        *plans,
        f"```text\n{(__doc__ or '').strip()}\n```",
    ]
    return "\n".join(lines)


def main(learners: int, *, write: bool, first: bool) -> None:
    """Measure and print."""
    server = Postgres()
    try:
        server.as_boss("CREATE DATABASE class")
        url = server.url(database="class")
        with connected(url) as connection:
            bring_up_to_date(connection)
        began = time.perf_counter()
        fill(url, learners)
        print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        text = measure(server, url, first=first)
    finally:
        server.close()
    print(text)
    if write:
        write_section("class_report", text)


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        main(counts[0] if counts else 1000, write="--write" in sys.argv, first="--first" in sys.argv)
