"""The account of docs/administrators.md, with the lines that stand there, over a real SSH server: no door but the tutor."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from account import Account, needed
from ssh.server import NEEDED, Server
from terminal import REPOSITORY, Terminal, wait_until_gone

PLAIN = {"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def documented() -> str:
    """The lines for sshd_config, for this one account; the tutor by its full path, since it is installed nowhere else."""
    page = (REPOSITORY / "docs" / "administrators.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"^```sshd_config\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert "Match Group learners" in lines
    return lines.replace("Match Group learners", f"Match User {Account.name}").replace(
        "ForceCommand tutor", f"ForceCommand {Path(sys.executable).parent}/tutor"
    )


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    """The account, whose home holds everything that sshd or a shell would run of a learner's own."""
    lacking = [*NEEDED, *filter(None, [needed(), "" if os.getuid() == 0 else "root"])]
    if lacking:
        pytest.skip(f"needs {', '.join(lacking)}; .ci/services installs programs")
    made = Account(tmp_path_factory.mktemp("account"))
    (made.home / ".ssh").mkdir(mode=0o700)
    for name in (".bashrc", ".bash_profile", ".profile", ".ssh/rc"):
        (made.home / name).write_text(f"touch {made.home}/ran{name.replace('/', '')}\n")
    (made.home / ".ssh" / "environment").write_text(f"PYTHONPATH={made.home}\n")
    (made.home / "sitecustomize.py").write_text(f"open('{made.home}/ran-sitecustomize', 'w')\n")
    return made


@pytest.fixture(scope="module")
def server(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the account and the documented lines; sshd lets in more variables than it should."""
    settings = f"Subsystem sftp internal-sftp\nAcceptEnv *\n{documented()}"
    running = Server(tmp_path_factory.mktemp("sshd"), account=account, settings=settings)
    yield running
    running.close()


def ask(server: Server, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    """Run a client to its end."""
    env = PLAIN | more
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, input="", timeout=60)


def test_a_learner_logs_in_learns_and_is_out_again(server: Server, account: Account, tmp_path: Path) -> None:
    evil = {"PYTHONPATH": str(account.home), "TUTOR_HOME": str(tmp_path), "BASH_ENV": str(account.home / ".profile")}
    sent = {"SendEnv": " ".join(["LANG", *evil])}
    with Terminal(server.client("ssh", "-tt", settings=sent), PLAIN | evil) as terminal:
        terminal.wait_for("A lesson behind a wall")
        terminal.press("enter")
        terminal.wait_for("The first question")
        terminal.press(*"3x^2", "enter")
        terminal.wait_for("Right")
        terminal.press("escape")
        terminal.wait_for("of 2")
        terminal.press("q")
        assert terminal.wait_until_ended() == 0
    assert list(tmp_path.iterdir()) == []
    assert (account.own / "journal.sqlite3").exists()
    assert list(account.home.glob("ran*")) == []


ASKED = [
    "sh",
    "bash -i",
    "/bin/sh -c id",
    "progress; id",
    "export /tmp/x",
    "python3",
    "cat /etc/passwd",
    "check /etc/passwd",
]


@pytest.mark.parametrize("command", ASKED)
def test_another_command_is_not_run(server: Server, account: Account, command: str) -> None:
    done = ask(server, [*server.client("ssh"), command])
    assert (done.returncode, done.stdout) == (2, "")
    assert "for the tutor alone" in done.stderr
    assert list(account.home.glob("ran*")) == []


@pytest.mark.parametrize(("command", "begins"), [("export", '{"type":"journal"'), ("hand-in", '{"type":"hand-in"')])
def test_the_record_comes_through_stdout(server: Server, command: str, begins: str) -> None:
    done = ask(server, [*server.client("ssh"), command])
    assert done.returncode == 0
    assert done.stdout.startswith(begins)


def test_no_file_is_fetched_or_put(server: Server, account: Account, tmp_path: Path) -> None:
    put, got = tmp_path / "put", tmp_path / "got"
    put.write_text("")
    for scp in (["-O"], ["-s"]):  # the old protocol is a command, the new one a subsystem
        assert ask(server, [*server.client("scp", *scp), str(put), f"127.0.0.1:{account.home}/put"]).returncode != 0
        assert ask(server, [*server.client("scp", *scp), "127.0.0.1:/etc/passwd", str(got)]).returncode != 0
    assert ask(server, [*server.client("sftp"), "127.0.0.1"]).returncode != 0
    assert not (account.home / "put").exists()
    assert not got.exists()


def test_no_port_is_forwarded(server: Server) -> None:
    """`ssh -N -L` asks for no command at all, so nothing but the configuration can refuse it."""
    with socket.create_server(("127.0.0.1", 0)) as secret, socket.create_server(("127.0.0.1", 0)) as probe:
        local = probe.getsockname()[1]
        probe.close()
        way = f"{local}:127.0.0.1:{secret.getsockname()[1]}"
        with Terminal([*server.client("ssh", "-N", "-v", "-L", way)], PLAIN, columns=200) as client:
            client.wait_for("Entering interactive session")
            with socket.create_connection(("127.0.0.1", local)) as tunnel:
                client.wait_for("administratively prohibited")
                assert tunnel.recv(1) == b""


def test_a_client_that_is_gone_leaves_nothing(server: Server) -> None:
    others = set(server.sessions())
    with Terminal(server.client("ssh", "-tt"), PLAIN) as terminal:
        terminal.wait_for("A lesson behind a wall")
        mine = set(server.sessions()) - others
        terminal.hang_up()
        wait_until_gone(mine)
