"""What a class did, as the database counts it: the same tally that files are counted into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from tutor.classroom.class_schema import LEARNER, TEACHER
from tutor.classroom.learners import by_name, plain
from tutor.classroom.tally import ClassTally, ExerciseTally, LearnerTally, Shared
from tutor.words import tr

if TYPE_CHECKING:
    from psycopg import Connection

TALLIES = """
SELECT learner, coalesce(name, learner), coalesce(login, learner), coalesce(seconds, 0),
    coalesce(to_char(last AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'), ''), coalesce(exercises::text, '[]')
FROM tutor.tallies FULL JOIN tutor.names USING (learner)
"""

MEMBERS = """
SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper AND pg_has_role(oid, %s, 'usage')
    AND NOT pg_has_role(oid, %s, 'usage') AND has_database_privilege(oid, current_database(), 'CONNECT')
"""
"Those who may send answers here, whether they have or not."

SHARED = "SELECT one, other, answers FROM tutor.shared"

_read_exercises = msgspec.json.Decoder(tuple[ExerciseTally, ...]).decode


def is_teacher(connection: Connection[Any]) -> bool:
    """Whether the connection's own user reads what others did."""
    query = "SELECT pg_has_role(session_user, %s, 'usage') OR row_security_active('tutor.tallies') IS FALSE"
    row = connection.execute(query, (TEACHER,)).fetchone()
    return bool(row and row[0])


def class_tally(connection: Connection[Any]) -> ClassTally:
    """The tally of everybody, by name. Only for a teacher: to others the database shows neither names nor what is shared."""
    silent = {user: _learner(user, user, 0.0, "", "[]") for user in _members(connection)}
    known = silent | {row[0]: _learner(*row[1:]) for row in connection.execute(TALLIES)}
    pairs = (row for row in connection.execute(SHARED) if row[0] in known and row[1] in known)
    shared = sorted((sorted((known[one].name, known[other].name)), count) for one, other, count in pairs)
    learners = sorted(known.values(), key=lambda learner: by_name(learner.name, learner.login))
    return ClassTally(tuple(learners), tuple(Shared((one, other), count) for (one, other), count in shared))


def name_learners(connection: Connection[Any], rows: Iterable[tuple[str, str, str]]) -> tuple[int, tuple[str, ...]]:
    """Say what learners are called, each as user, name and login.

    Returns:
        How many were told, and the users that are no learners here, whose names are left out.
    """
    given = list(rows)
    known = {row[0] for row in connection.execute("SELECT learner FROM tutor.tallies")} | _members(connection)
    told = [row for row in given if row[0] in known]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO tutor.names (learner, name, login) VALUES (%s, %s, %s) "
            "ON CONFLICT (learner) DO UPDATE SET name = excluded.name, login = excluded.login",
            told,
        )
    return len(told), tuple(user for user, _, _ in given if user not in known)


def _members(connection: Connection[Any]) -> set[str]:
    return {row[0] for row in connection.execute(MEMBERS, (LEARNER, TEACHER))}


def _learner(name: str, login: str, seconds: float, last: str, exercises: str) -> LearnerTally:
    return LearnerTally(
        name=plain(name) or tr("(no name)"),
        login=plain(login),
        seconds=seconds,
        last=last,
        exercises=_read_exercises(exercises),
    )
