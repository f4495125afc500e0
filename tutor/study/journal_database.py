"""The journal's database: its tables and how they came to be, how it is opened, and what a transaction is.

Knows SQLite and file systems that cannot lock; not what an answer is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tutor.study.answer import as_text
from tutor.study.journal_file import DamagedError, can_lock, finding_damage, is_about_locks

# Never edit one that was published: add the next. The file's `user_version` is how many of them it has been through.
# Each adds a table or a column, by which a newer file is told from one where a bit of that number was flipped;
# `journal_salvage` knows the shapes of all. Nothing newer than SQLite 3.24 (2018), with which Python 3.11 on an old lab
# machine may be linked: so no STRICT.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE answers (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            lesson TEXT NOT NULL,
            exercise TEXT NOT NULL,
            seed INTEGER,
            text TEXT NOT NULL,
            verdict TEXT,
            slips TEXT NOT NULL,
            hints INTEGER NOT NULL,
            solution_shown INTEGER NOT NULL,
            seconds REAL,
            version TEXT NOT NULL
        )""",
        "CREATE TABLE places (number INTEGER PRIMARY KEY, lesson TEXT NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL)",
    ),
    # A reset names what it hides, one row each: so it means the same in whatever order two machines are merged, and
    # whatever their clocks said. `entry` is the id of an answer, or a place as PLACE_KEY spells it.
    (
        """CREATE TABLE resets (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, lesson TEXT NOT NULL
        )""",
        "CREATE TABLE hidden (reset TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (reset, entry)) WITHOUT ROWID",
        "CREATE TABLE undone (reset TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL)",
    ),
)

PLACE_KEY = "lesson || ' ' || step || ' ' || at"
"What a place is known by, since it has no id."

_KINDS = {
    "answers": ("id at lesson exercise text slips version", "verdict", "hints solution_shown", "seed"),
    "places": ("lesson step at", "", "", ""),
    "resets": ("id at lesson", "", "", ""),
    "hidden": ("reset entry", "", "", ""),
    "undone": ("reset at", "", "", ""),
}
"Of each table the columns that hold text, text or nothing, a whole number, a whole number or nothing."

BUSY_SECONDS = 5.0
"How long to wait for another tutor of the same learner; without waiting 21 to 28 % of answers were lost."


class NewerError(Exception):
    """The file was written by a tutor that knows more tables than this one."""


class NoLocksError(Exception):
    """The file system cannot lock, so nothing would keep two tutors from writing over each other."""


def open_database(path: Path | None, wait: float, *, alone: bool = False) -> sqlite3.Connection:
    """An open database, up to date and found in order; None for one in memory.

    Args:
        wait: seconds that another program which holds the file is waited for.
        alone: open without locks, since the caller has seen to it that nobody else writes.
    Raises:
        DamagedError, NewerError, NoLocksError: as they say; the file is left as it is.
        sqlite3.Error: it cannot be used.
    """
    target = f"{path.absolute().as_uri()}?nolock=1" if path and alone else path or ":memory:"
    try:
        return _open(target, alone, seconds=0)
    except sqlite3.Error as error:
        if path is None or alone or not is_about_locks(error):
            raise
        # Where locks do not work SQLite reports a busy file for ever, so the reason is found out before any waiting.
        if not can_lock(path):
            raise NoLocksError from error
        if not wait:
            raise
    return _open(target, alone, seconds=wait)


def open_to_read(path: Path) -> sqlite3.Connection:
    """An open database of which another tutor is the only one that writes, where nothing can be locked.

    Raises:
        NewerError: it has not the tables that this tutor knows.
        sqlite3.Error: it cannot be used.
    """
    # It is not asked whether it is damaged: it may just be written.
    connection = _connection(f"{path.absolute().as_uri()}?mode=ro&nolock=1", is_uri=True, seconds=0)
    try:
        if version(connection) != len(MIGRATIONS):
            raise NewerError
    except BaseException:
        connection.close()
        raise
    return connection


def _open(target: Path | str, is_uri: bool, *, seconds: float) -> sqlite3.Connection:
    connection = _connection(target, is_uri=is_uri, seconds=seconds)
    try:
        with finding_damage():
            _refuse_other_tables(connection)
            # Never WAL: it is unsafe on network file systems, where lab homes live. TRUNCATE with FULL lost 0 of 2177
            # acknowledged answers under kill -9, at 1.2 ms an answer.
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = FULL")
            _refuse_damaged(connection)
            _migrate(connection)
            _refuse_other_kinds(connection)
            be_patient(connection, BUSY_SECONDS)
    except BaseException:
        connection.close()
        raise
    return connection


def _connection(target: Path | str, *, is_uri: bool, seconds: float) -> sqlite3.Connection:
    # `asyncio.to_thread` comes from another thread each time, hence check_same_thread=False.
    connection = sqlite3.connect(target, timeout=seconds, isolation_level=None, check_same_thread=False, uri=is_uri)
    connection.text_factory = as_text
    return connection


def be_patient(connection: sqlite3.Connection, seconds: float) -> None:
    """Set how long another program that holds the file is waited for."""
    connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")


def _refuse_other_tables(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables are not those that its version has: a newer one, or no record of ours.

    A newer one has all of ours and something besides; one that has nothing besides was damaged where the version stands.
    """
    try:
        said, found = version(connection), _tables(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":
            raise
        raise DamagedError(str(error)) from error  # such as a format or an encoding that no database has
    if not 0 <= said <= len(MIGRATIONS) and found > _ours(len(MIGRATIONS)):
        raise NewerError
    if not 0 <= said <= len(MIGRATIONS) or found != _ours(said):
        raise DamagedError("other tables")


def _tables(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """The columns of each table, with all that a statement which makes it says of them."""
    query = (
        'SELECT tables.name, columns.name, columns.type, columns."notnull", columns.pk '
        "FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
        "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'"
    )
    return set(connection.execute(query))


def _ours(said: int) -> set[tuple[object, ...]]:
    """The same of a new record that has been through so many of the migrations."""
    with closing(sqlite3.connect(":memory:")) as new:
        for statement in (statement for statements in MIGRATIONS[:said] for statement in statements):
            new.execute(statement)
        return _tables(new)


def _refuse_damaged(connection: sqlite3.Connection) -> None:
    # Twice as long as `quick_check`, which does not ask whether a table and its index agree: 16 ms of 10 000 answers.
    finding = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if finding != "ok":
        raise DamagedError(finding)


def _refuse_other_kinds(connection: sqlite3.Connection) -> None:
    """Refuse values that no record holds: SQLite takes any anywhere."""
    for table, columns in _KINDS.items():
        kinds = ("'text'", "'text', 'null'", "'integer'", "'integer', 'null'")
        wrong = [
            f"typeof({column}) NOT IN ({kind})"
            for kind, names in zip(kinds, columns, strict=True)
            for column in names.split()
        ]
        if connection.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
            raise DamagedError(f"a value of another kind in {table}")


def _migrate(connection: sqlite3.Connection) -> None:
    if version(connection) == len(MIGRATIONS):
        return
    with transaction(connection):
        # Asked again inside, since another tutor may have been quicker.
        _refuse_other_tables(connection)
        for number, statements in enumerate(MIGRATIONS[version(connection) :], start=version(connection) + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def version(connection: sqlite3.Connection) -> int:
    """How many of the migrations the file has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of what is written inside, or nothing; on disk when it ends."""
    # IMMEDIATE waits for other writers here, at the beginning, where two that wait cannot block one another.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
