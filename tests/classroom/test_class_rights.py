"""Who may do what in the database of a class: tried as each of its users, against a real PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import psycopg
import pytest
from classroom.classes import given
from classroom.postgres import Postgres
from study.journals import journal_of

from tutor.classroom import class_database
from tutor.classroom.class_counting import COUNTING
from tutor.classroom.class_database import bring_up_to_date, connected, of_another_version
from tutor.classroom.class_schema import MIGRATIONS
from tutor.classroom.class_tally import class_tally
from tutor.classroom.push import push
from tutor.classroom.tally import ExerciseTally
from tutor.errors import ClassError

FIELDS = "id, number, at, lesson, exercise, text, slips, hints, solution_shown, seconds, version"
VALUES = "'{id}', 1, now(), 'slopes', 'e1', '2x', '{{}}', 0, false, 1, ''"


def insert(id: str, who: str) -> str:
    """A row written into the table, in somebody's name."""
    return f"INSERT INTO tutor.answers (learner, {FIELDS}) VALUES ('{who}', {VALUES.format(id=id)})"


def add(id: str, **more: str) -> str:
    """A row sent without the tutor."""
    row = {"id": id, "number": 1, "at": "2025-03-01T09:00:00Z", "lesson": "slopes", "exercise": "e1", "text": "2x"}
    row |= {"slips": [], "hints": 0, "solution_shown": False, "seconds": 1, "version": ""} | more
    return f"SELECT tutor.add('[{json.dumps(row)}]')"


@pytest.fixture
def class_of_two(postgres: Postgres, database: str, tmp_path: Path) -> str:
    """Ada has sent one answer, Bob two."""
    for who, answers in (("ada", [given(1)]), ("bob", [given(2), given(3)])):
        push(journal_of(tmp_path / who, answers), postgres.url(who, database))
    return database


@pytest.mark.parametrize(
    ("who", "query", "rows"),
    [
        ("ada", "SELECT learner FROM tutor.mine()", [("ada",)]),
        ("ada", "SELECT count(*) FROM tutor.mine() WHERE learner = 'bob'", [(0,)]),
        ("bob", "SELECT learner, count(*) FROM tutor.mine() GROUP BY 1", [("bob", 2)]),
        ("cid", "SELECT learner FROM tutor.mine()", []),
        ("bob", f"SELECT tutor.missing('{{{given(1).id}, {given(2).id}}}')", [(given(1).id,)]),
        ("tess", "SELECT learner, count(*) FROM tutor.answers GROUP BY 1 ORDER BY 1", [("ada", 1), ("bob", 2)]),
        ("tess", "SELECT learner, answers FROM tutor.tallies ORDER BY 1", [("ada", 1), ("bob", 2)]),
    ],
)
def test_learners_read_their_own_and_teachers_all(
    postgres: Postgres, class_of_two: str, who: str, query: str, rows: list[tuple[object, ...]]
) -> None:
    assert postgres.as_user(who, query, database=class_of_two) == rows


REFUSED = [
    ([insert("x", "bob")], "permission denied", "in another's name"),
    ([insert("x", "ada")], "permission denied", "nor in one's own: the connection says who it is"),
    (["SET ROLE bob", add("x")], "permission denied", "as another"),
    (["SET SESSION AUTHORIZATION bob", add("x")], "permission denied", "as another from the start"),
    (["UPDATE tutor.answers SET learner = 'bob'"], "permission denied", "given away"),
    (["UPDATE tutor.answers SET verdict = 'correct'"], "permission denied", "one's own made right"),
    (["DELETE FROM tutor.answers"], "permission denied", "one's own mistakes removed"),
    (["TRUNCATE tutor.answers"], "permission denied", "everybody's removed"),
    (["SELECT FROM tutor.answers FOR UPDATE"], "permission denied", "held, so that others wait"),
    (["UPDATE tutor.tallies SET seconds = 0"], "permission denied", "the counts"),
    (["INSERT INTO tutor.tallies (learner) VALUES ('ada')"], "permission denied", "the counts made up"),
    (["SELECT FROM tutor.answers"], "permission denied", "the table, of which EXPLAIN would tell"),
    (["SELECT FROM tutor.tallies"], "permission denied", "the counts, of which it would too"),
    (["EXPLAIN ANALYZE SELECT FROM tutor.answers WHERE id >= '0'"], "permission denied", "how many have such an id"),
    (["EXPLAIN SELECT FROM tutor.answers WHERE learner = 'bob'"], "permission denied", "how many there may be"),
    (["COPY tutor.answers TO STDOUT"], "permission denied", "all of them at once"),
    (["ALTER TABLE tutor.answers DISABLE ROW LEVEL SECURITY"], "must be owner", "the policy switched off"),
    (["CREATE POLICY mine ON tutor.answers USING (true)"], "must be owner", "a policy of one's own"),
    (["CREATE TRIGGER t AFTER INSERT ON tutor.answers EXECUTE FUNCTION tutor.count_fresh()"], "denied", "a trigger"),
    (["SELECT tutor.counted('bob', '{slopes}', '{e1}')"], "permission denied", "the function that counts"),
    (
        ["SELECT tutor.seconds_between('bob', '-infinity', 'infinity', '{}'::jsonb)"],
        "permission denied",
        "that adds up",
    ),
    (["SELECT tutor.count_again('bob')"], "permission denied", "the function that counts again"),
    (["SELECT * FROM tutor.names"], "permission denied", "what others are called"),
    (["SELECT * FROM tutor.shared"], "permission denied", "who shares answers"),
    (["CREATE TABLE tutor.mine ()"], "permission denied", "a table among ours"),
    (["GRANT tutor_teacher TO ada"], "admin option", "a teacher by oneself"),
    (["COPY tutor.answers TO '/tmp/answers'"], "pg_write_server_files", "a file on the server"),
    (["UPDATE tutor.class SET version = 99"], "permission denied", "everybody's pushing stopped"),
]


@pytest.mark.parametrize(("statements", "said", "what"), REFUSED, ids=[what for *_, what in REFUSED])
def test_a_learner_with_psql_is_kept_to_his_own(
    postgres: Postgres, class_of_two: str, statements: list[str], said: str, what: str
) -> None:
    with pytest.raises(psycopg.Error, match=said):
        postgres.as_user("ada", *statements, database=class_of_two)
    assert postgres.as_user("boss", "SELECT learner, answers FROM tutor.tallies ORDER BY 1", database=class_of_two) == [
        ("ada", 1),
        ("bob", 2),
    ]


def test_the_group_is_nobody(postgres: Postgres, class_of_two: str) -> None:
    """`SET ROLE` to the learners' own group is allowed, and changes nothing of whose the rows are."""
    postgres.as_user("ada", "SET ROLE tutor_learner", add("x"), database=class_of_two)
    query = "SET ROLE tutor_learner", "SELECT DISTINCT learner FROM tutor.mine()"
    assert postgres.as_user("ada", *query, database=class_of_two) == [("ada",)]


def test_the_policies_set_aside_a_learner_reads_no_more(postgres: Postgres, class_of_two: str) -> None:
    query = "SET row_security = off", "SELECT DISTINCT learner FROM tutor.mine()"
    assert postgres.as_user("ada", *query, database=class_of_two) == [("ada",)]


def test_an_id_taken_first_keeps_nobody_out(postgres: Postgres, class_of_two: str, tmp_path: Path) -> None:
    """Whoever guesses the id of another's answer cannot have it dropped, nor learn that it is there."""
    postgres.as_user("ada", add(given(9).id), database=class_of_two)
    assert push(journal_of(tmp_path / "later", [given(9)]), postgres.url("bob", class_of_two)).sent == 1
    postgres.as_user("ada", add(given(2).id), database=class_of_two)


UNTOLD = [
    "SELECT FROM tutor.mine() WHERE learner = 'ada' AND id >= '0' AND id < '1'",
    "SELECT FROM tutor.mine() WHERE at > '2020-01-01'",
    f"SELECT tutor.missing('{{{given(1).id}}}')",
    add("y"),
]


@pytest.mark.parametrize("query", UNTOLD, ids=range(len(UNTOLD)))
def test_how_a_query_was_done_says_nothing_of_others(postgres: Postgres, class_of_two: str, query: str) -> None:
    """A plan tells what it sorted out, and by which keys: the same before and after others sent more."""
    forced = ["SET enable_seqscan = off", "SET enable_bitmapscan = off", "SET plan_cache_mode = force_custom_plan"]
    explained = f"BEGIN; EXPLAIN (ANALYZE, VERBOSE, TIMING off, SUMMARY off) {query}"

    def plan() -> list[tuple[object, ...]]:
        return postgres.as_user("bob", *forced, explained, database=class_of_two)

    before = plan()
    more = (
        "INSERT INTO tutor.answers SELECT learner, id || n, number, at, lesson, exercise, seed, text, verdict, slips, "
    )
    more += (
        "hints, solution_shown, seconds, version FROM tutor.answers, generate_series(1, 50) AS n WHERE learner = 'ada'"
    )
    postgres.as_boss(more, "ANALYZE tutor.answers", database=class_of_two)
    assert plan() == before
    assert "answers_" not in str(before)


def test_what_a_learner_adds_is_told_no_other_way_whoever_has_the_id(postgres: Postgres, class_of_two: str) -> None:
    """Neither the answer nor an error says that somebody has it; one's own is there once."""
    assert postgres.as_user("bob", add(given(1).id), database=class_of_two) == [(1,)]
    assert postgres.as_user("bob", add(given(99).id), database=class_of_two) == [(1,)]
    assert postgres.as_user("bob", add(given(2).id), database=class_of_two) == [(0,)]
    assert postgres.as_user("bob", add("z", learner="ada"), database=class_of_two) == [(1,)]
    rows = postgres.as_user("tess", "SELECT learner FROM tutor.answers WHERE id = 'z'", database=class_of_two)
    assert rows == [("bob",)]


@pytest.mark.parametrize(
    "statement", [insert("x", "tess"), add("x"), "DELETE FROM tutor.answers", "UPDATE tutor.tallies SET seconds = 0"]
)
def test_a_teacher_reads_only(postgres: Postgres, class_of_two: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        postgres.as_user("tess", statement, database=class_of_two)


def test_the_password_file_of_one_opens_nothing_of_another(
    postgres: Postgres, class_of_two: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the network the server asks for a password; the file of the lab has Ada's."""
    passwords = tmp_path / "pgpass"
    passwords.write_text("*:*:*:ada:secret of ada\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    journal = journal_of(tmp_path / "lab", [given(1), given(7)])
    assert push(journal, postgres.url_with_password("ada", class_of_two)).sent == 1
    for other in ("bob", "tess"):
        with pytest.raises(ClassError, match="password"):
            push(journal, postgres.url_with_password(other, class_of_two))
    rows = postgres.as_user(
        "tess", "SELECT learner, count(*) FROM tutor.answers GROUP BY 1 ORDER BY 1", database=class_of_two
    )
    assert rows == [("ada", 2), ("bob", 2)]


def test_it_is_made_once_and_brought_up_to_date(postgres: Postgres, empty: str, tmp_path: Path) -> None:
    """From the first version on, with what was sent before kept, and counted by the rules of today."""
    postgres.as_boss(MIGRATIONS[0], "INSERT INTO tutor.class (version) VALUES (1)", database=empty)
    postgres.as_user("ada", f"INSERT INTO tutor.answers ({FIELDS}) VALUES ({VALUES.format(id='x')})", database=empty)
    journal = journal_of(tmp_path / "ada", [given(1)])
    with pytest.raises(ClassError, match="made by an older tutor, so nothing is sent"):
        push(journal, postgres.url("ada", empty))
    with connected(postgres.url(database=empty)) as connection:
        assert bring_up_to_date(connection) == (1, len(MIGRATIONS))
        assert bring_up_to_date(connection) == (len(MIGRATIONS), len(MIGRATIONS))
        assert [learner.exercises for learner in class_tally(connection).learners if learner.name == "ada"] == [
            (ExerciseTally("slopes", "e1", 1, None, False, False, False, {}),)
        ]
    assert push(journal, postgres.url("ada", empty)).sent == 1
    assert postgres.as_user("tess", "SELECT learner, answers FROM tutor.tallies", database=empty) == [("ada", 2)]


def test_rules_that_change_have_a_migration_by_which_all_are_counted_again() -> None:
    """Whoever changes `COUNTING` adds to `MIGRATIONS`, if only `SELECT 1`, and then puts both figures here."""
    assert (len(MIGRATIONS), hashlib.sha256(COUNTING.encode()).hexdigest()[:16]) == (3, "71c82768f1b9cd2b")


def test_a_lock_that_somebody_keeps_is_told(postgres: Postgres, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any learner may hold a lock of that number for any time."""
    monkeypatch.setattr(class_database, "_LOCK_SECONDS", 0.05)
    with psycopg.connect(postgres.url("ada", empty), autocommit=True) as holding:
        holding.execute("SELECT pg_advisory_lock(%s)", (class_database._LOCK,))
        with pytest.raises(ClassError, match="pg_terminate_backend"), connected(postgres.url(database=empty)) as ours:
            bring_up_to_date(ours)
    assert postgres.as_user("boss", "SELECT to_regclass('tutor.class')", database=empty) == [(None,)]


def test_a_newer_one_is_left_alone(postgres: Postgres, database: str, tmp_path: Path) -> None:
    postgres.as_boss("UPDATE tutor.class SET version = 99", database=database)
    with pytest.raises(ClassError, match="newer tutor"), connected(postgres.url(database=database)) as connection:
        bring_up_to_date(connection)
    with connected(postgres.url("ada", database)) as connection:
        assert "answers are sent, but the database is of a newer tutor" in of_another_version(connection)
    # The machines of learners are updated later than the database; what they send is taken.
    assert push(journal_of(tmp_path / "ada", [given(1)]), postgres.url("ada", database)).sent == 1


def test_an_administrator_need_not_be_the_superuser(postgres: Postgres) -> None:
    postgres.as_boss("CREATE ROLE head LOGIN CREATEROLE", "CREATE DATABASE school OWNER head")
    with connected(postgres.url("head", "school")) as connection:
        assert bring_up_to_date(connection) == (0, len(MIGRATIONS))
    postgres.as_user("ada", add("x"), database="school")
    assert postgres.as_user("tess", "SELECT learner, answers FROM tutor.tallies", database="school") == [("ada", 1)]


def test_what_fails_half_way_leaves_nothing(postgres: Postgres, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_database, "MIGRATIONS", (MIGRATIONS[0], "SELECT 1 / 0"))
    with pytest.raises(ClassError, match="division"), connected(postgres.url(database=empty)) as connection:
        bring_up_to_date(connection)
    assert postgres.as_user("boss", "SELECT to_regclass('tutor.class')", database=empty) == [(None,)]
