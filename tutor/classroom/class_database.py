"""The database of a class: reached or not, made and brought up to date, told apart from an older or newer one.

The only file that knows psycopg. What goes wrong there comes out as a `ClassError`, in words for whoever asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tutor.classroom.class_counting import COUNT_ALL, COUNTING
from tutor.classroom.class_schema import LEARNER, MIGRATIONS, SENT_THROUGH_FUNCTIONS, TEACHER
from tutor.errors import ClassBusyError, ClassError
from tutor.words import tr

if TYPE_CHECKING:
    from psycopg import Connection, Error

DEFAULTS = {
    "application_name": "tutor",
    # A server that is gone must not be waited for: neither at the start nor in the middle.
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"What is set unless the URL says otherwise."

_STATEMENT_SECONDS = 60

_LOCK_SECONDS = 20
"How long `bring_up_to_date` waits for what somebody else holds: any learner's session can hold a lock, for any time."

_LOCK = 7_302_019_301
"A number that nobody else's advisory locks are likely to have: two administrators at once would both make the tables."

_REASONS = {
    "28P01": tr("the password is wrong, or there is none for this user in ~/.pgpass"),
    "28000": tr("the server does not let this user in; its pg_hba.conf says who may come, from where, and how"),
    "3D000": tr("there is no such database; `createdb` makes one"),
    "42704": tr("the server knows no such user"),
    "42501": tr(
        "this user may not; a learner must be a member of {learner}, a teacher of {teacher}, and whoever makes the "
        "tables must be allowed to create roles",
        learner=LEARNER,
        teacher=TEACHER,
    ),
    "42P01": tr("it has no tables of a class yet; `tutor class init` makes them"),
    "3F000": tr("it has no tables of a class yet; `tutor class init` makes them"),
    "25006": tr("it may only be read at the moment"),
    "53100": tr("the disk of the server is full"),
    "53300": tr("the server has too many connections"),
    "55P03": tr(
        "somebody holds what this needs: perhaps another `tutor class init` at work, or a session that does not end; "
        "`SELECT pid, usename, query FROM pg_locks JOIN pg_stat_activity USING (pid)` says whose, and "
        "`SELECT pg_terminate_backend(PID)` ends it. Nothing was changed; run it again then"
    ),
    "57014": tr("the server took too long"),
    "57P01": tr("the server was stopped"),
    "57P02": tr("the server was stopped"),
    "57P03": tr("the server is just starting or stopping"),
}
"By PostgreSQL's own codes, SQLSTATE, which are the same in every language."


@contextmanager
def connected(url: str) -> Iterator[Connection[tuple[Any, ...]]]:
    """A connection, each statement of which stands by itself unless `connection.transaction()` holds some together.

    Raises:
        ClassError: there is none to be had, or something went wrong with it; `ClassBusyError` if that may pass.
    """
    try:
        # Only here: it takes as long to load as half of the screens, and is not installed where there is no class.
        import psycopg
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
    except ImportError as error:
        raise ClassError(
            tr("the database of a class needs psycopg, which is not installed here: pip install 'psycopg[binary]'.")
        ) from error
    try:
        parameters = DEFAULTS | {name: str(value) for name, value in conninfo_to_dict(url).items()}
        with psycopg.connect(make_conninfo("", **parameters), autocommit=True) as connection:
            connection.execute(f"SET statement_timeout = '{_STATEMENT_SECONDS}s'")
            # Nothing that others may have made there is ever taken for what is meant.
            connection.execute("SET search_path = pg_catalog, pg_temp")
            yield connection
    except psycopg.Error as error:
        raise _explained(error) from error


def _explained(error: Error) -> ClassError:
    # Without the statement and the function in which it happened, which are for nobody who is told this.
    said = " ".join((error.diag.message_primary or str(error)).split())[:300].rstrip(".") or tr(
        "the server gave no reason"
    )
    code = error.sqlstate or next((code for words, code in _SAID.items() if words in said), "")
    reason = _REASONS.get(code)
    why = f"{reason} ({said})" if reason else said
    kind = ClassBusyError if code in _PASSING else ClassError
    return kind(tr("the database of the class cannot be used: {why}.", why=why))


_SAID = {
    "no password supplied": "28P01",
    "password authentication failed": "28P01",
    "no pg_hba.conf entry": "28000",
    "authentication failed": "28000",
    'FATAL: role "': "42704",
    "does not exist": "3D000",
    "permission denied": "42501",
    "starting up": "57P03",
    "too many": "53300",
    "reserved for": "53300",
}
"What is said of a connection refused has no code in libpq before 17."

_PASSING = ("40P01", "53300", "57P01", "57P02", "57P03")
"Two in each other's way, too many at once, a server that is stopped and started again."


def version(connection: Connection[Any]) -> int:
    """How many of the migrations the database has been through; 0 where there are no tables yet."""
    if connection.execute("SELECT to_regclass('tutor.class')").fetchone() == (None,):
        return 0
    row = connection.execute("SELECT version FROM tutor.class").fetchone()
    return int(row[0]) if row else 0


def refuse_to_send(connection: Connection[Any]) -> None:
    """Go on only where answers are taken. A newer tutor's tables will do: no migration takes away what sending needs.

    Raises:
        ClassError: there are none, or they are of a tutor so old that answers went another way.
    """
    if _tables(connection) < SENT_THROUGH_FUNCTIONS:
        raise ClassError(
            tr(
                "the database of the class was made by an older tutor, so nothing is sent: answers wait on each learner's "
                "disk until `tutor class init` has brought it up to date."
            )
        )


def of_another_version(connection: Connection[Any]) -> str:
    """What cannot be done with tables that take answers but are of another version; empty when they are of this one.

    Raises:
        ClassError: there are none, or they take none.
    """
    refuse_to_send(connection)
    found = _tables(connection)
    if found > len(MIGRATIONS):
        return tr("answers are sent, but the database is of a newer tutor, so a report needs this one updated")
    if found < len(MIGRATIONS):
        return tr("answers are sent, but the database is of an older tutor, so a report needs `tutor class init` first")
    return ""


def refuse_other_versions(connection: Connection[Any]) -> None:
    """Go on only with the tables that this tutor knows.

    Raises:
        ClassError: there are none, or they are older, or of a newer tutor.
    """
    found = _tables(connection)
    if found > len(MIGRATIONS):
        raise ClassError(tr("the database of the class was made by a newer tutor; update this one to use it."))
    if found < len(MIGRATIONS):
        raise ClassError(_TOO_OLD)


_TOO_OLD = tr("the database of the class was made by an older tutor; `tutor class init` brings it up to date.")


def _tables(connection: Connection[Any]) -> int:
    """The version of the tables.

    Raises:
        ClassError: there are none.
    """
    found = version(connection)
    if found == 0:
        raise ClassError(tr("the database of the class has no tables of a class yet; `tutor class init` makes them."))
    return found


def bring_up_to_date(connection: Connection[Any]) -> tuple[int, int]:
    """Make what is missing, all or nothing; the versions before and after.

    Raises:
        ClassError: it is of a newer tutor, or somebody holds what must be changed.
    """
    with connection.transaction():
        # Years of answers may have to be gone through.
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute(f"SET LOCAL lock_timeout = '{1000 * _LOCK_SECONDS:.0f}ms'")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        before = version(connection)
        if before > len(MIGRATIONS):
            refuse_other_versions(connection)
        for migration in MIGRATIONS[before:]:
            connection.execute(migration.encode())
        if before < len(MIGRATIONS):
            # By the rules of today, whichever they were that the tallies were counted by.
            connection.execute(COUNTING.encode())
            connection.execute(COUNT_ALL)
        if before == 0:
            connection.execute("INSERT INTO tutor.class (version) VALUES (%s)", (len(MIGRATIONS),))
        elif before < len(MIGRATIONS):
            connection.execute("UPDATE tutor.class SET version = %s", (len(MIGRATIONS),))
    return before, len(MIGRATIONS)
