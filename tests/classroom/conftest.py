"""One PostgreSQL for the tests that need one, and a class in a database of its own for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from classroom.postgres import INITDB, LEARNERS, TEACHER, Postgres, make_people

from tutor.classroom.class_database import bring_up_to_date, connected
from tutor.classroom.class_schema import MIGRATIONS

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server with three learners and a teacher."""
    if INITDB is None:
        pytest.skip("needs postgresql; .ci/services installs it")
    server = Postgres()
    server.as_boss("CREATE ROLE tutor_learner", "CREATE ROLE tutor_teacher")
    make_people(server, LEARNERS, "tutor_learner")
    make_people(server, [TEACHER], "tutor_teacher")
    yield server
    server.close()


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[str]:
    """The name of a database in which nothing is."""
    name = f"class{next(_numbers)}"
    postgres.as_boss(f"CREATE DATABASE {name}")
    yield name
    postgres.as_boss(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _made(postgres: Postgres) -> str:
    postgres.as_boss("CREATE DATABASE class")
    with connected(postgres.url(database="class")) as connection:
        bring_up_to_date(connection)
    return "class"


@pytest.fixture
def database(postgres: Postgres, _made: str) -> str:
    """The name of a database that holds a class without answers."""
    postgres.as_boss(
        "TRUNCATE tutor.answers, tutor.tallies, tutor.shared, tutor.names",
        f"UPDATE tutor.class SET version = {len(MIGRATIONS)}",
        database=_made,
    )
    return _made
