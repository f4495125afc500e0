"""A real PostgreSQL in a directory of its own: on a socket, where it believes who one is, and on loopback with passwords."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

NEWEST_FIRST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
INITDB = shutil.which("initdb", path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, NEWEST_FIRST)]))

HBA = """\
local all all trust
host all all 127.0.0.1/32 scram-sha-256
"""

LEARNERS = ("ada", "bob", "cid")
TEACHER = "tess"


GUARD = 'read -r _; "$@" >/dev/null 2>&1; rm -rf "$0"'
"What ends the server and removes its directory when nobody holds the other end of its input any more."


class Postgres:
    """The server, from the start until `close`, or until whoever started it ends in any way. Its superuser is `boss`."""

    def __init__(self) -> None:
        # Not below pytest's own directory: the name of a socket may have 107 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="tutor-postgres-"))
        self.port = _free_port()
        if os.getuid() == 0:  # whom PostgreSQL refuses to run for
            nobody = pwd.getpwnam("postgres")
            os.chown(self.directory, nobody.pw_uid, nobody.pw_gid)
            self._as_itself = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        else:
            self._as_itself = []
        self.directory.chmod(0o755)
        stop = self._command("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        self._guard = subprocess.Popen(
            ["sh", "-c", GUARD, str(self.directory), *stop], cwd="/", stdin=subprocess.PIPE, start_new_session=True
        )
        self._run("initdb", "-D", self._data, "-U", "boss", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8")
        hba = Path(self._data) / "pg_hba.conf"
        hba.write_text(HBA)
        self.start()

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.directory} -c fsync=off -c max_connections=40"
        self._run("pg_ctl", "-D", self._data, "-l", f"{self.directory}/log", "-o", options, "-w", "start")

    def die(self) -> None:
        """End it in the middle of whatever it does, as a lost machine would."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def close(self) -> None:
        """End it and remove what it kept."""
        self._guard.communicate()

    @property
    def pid(self) -> int:
        """The process id of the server; each connection's own process is below it."""
        return int((Path(self._data) / "postmaster.pid").read_text().split()[0])

    def url(self, user: str = "boss", database: str = "postgres") -> str:
        """Where it is, for a user who is believed."""
        return f"postgresql:///{database}?host={self.directory}&port={self.port}&user={user}"

    def url_with_password(self, user: str, database: str) -> str:
        """Where it is, for a user who must say the password."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def as_boss(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser."""
        self.as_user("boss", *statements, database=database)

    def as_user(self, user: str, *statements: str, database: str) -> list[tuple[Any, ...]]:
        """Run statements, each by itself; the rows of the last."""
        with psycopg.connect(self.url(user, database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @property
    def _data(self) -> str:
        return str(self.directory / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = self._command(program, *arguments)
        # Into a file and not a pipe, which the server that `pg_ctl` leaves behind would keep open.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
            said.seek(0)
            assert done.returncode == 0, said.read().decode()

    def _command(self, program: str, *arguments: str) -> list[str]:
        assert INITDB is not None
        return [*self._as_itself, str(Path(INITDB).resolve().with_name(program)), *arguments]


def make_people(server: Postgres, people: Sequence[str], role: str) -> None:
    """Database users of a role, who are believed on the socket."""
    for person in people:
        server.as_boss(f"CREATE ROLE {person} LOGIN PASSWORD 'secret of {person}' IN ROLE {role}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
