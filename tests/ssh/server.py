"""A real OpenSSH server on a loopback port, with keys made for it, and learners who log in to it."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
from collections import deque
from pathlib import Path
from threading import Thread

from account import Account
from terminal import Terminal, descendants, tutor_command, wait_until_gone

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")

NEEDED = [name for name, path in (("sshd", SSHD), ("ssh", shutil.which("ssh"))) if path is None]
"The programs that are not here; `.ci/services` installs them."

CONFIGURATION = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {directory}/host
AuthorizedKeysFile {directory}/learner.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 500
PrintMotd no
PrintLastLog no
ClientAliveInterval {alive}
ClientAliveCountMax 2
"""


class Server:
    """The server, from the start until `close`.

    Args:
        directory: where its keys and its configuration are put.
        alive: seconds after which a silent client is asked whether it lives; the second time that it is silent it is
            cut off. 0 never asks.
        account: an account that is there for this server alone, and that learners log in to; otherwise our own.
        settings: more lines of its configuration.
    """

    def __init__(self, directory: Path, *, alive: int = 0, account: Account | None = None, settings: str = "") -> None:
        self._name = account.name if account else getpass.getuser()
        self._directory = directory
        self._port = _free_port()
        for name in ("host", "learner"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory / name], check=True)
        host = (directory / "host.pub").read_text()
        (directory / "known_hosts").write_text(f"[127.0.0.1]:{self._port} {host}")
        file = directory / "sshd_config"
        file.write_text(CONFIGURATION.format(port=self._port, directory=directory, alive=alive) + settings)
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where root's server wants to shut itself in
        listener = [str(SSHD), "-D", "-e", "-f", str(file)]
        self._process = subprocess.Popen(
            account.inside(*listener) if account else listener,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        self._wait_until_listening()
        # Read on, or the pipe is full after some hundred log-ins, and each session waits for ever to say that it ends.
        self._reading = Thread(target=deque, args=(self._process.stderr, 0), daemon=True)
        self._reading.start()

    @property
    def pid(self) -> int:
        """The process id of the listener; each session is below it."""
        return self._process.pid

    def command(self, env: dict[str, str], *words: str, settings: dict[str, str] | None = None) -> list[str]:
        """The command line of a client that runs something in a terminal over there.

        Args:
            env: the only variables that the program gets, beside the TERM that ssh passes on.
            words: the program with its arguments.
            settings: more of ssh's own options.
        """
        variables = [f"{name}={shlex.quote(value)}" for name, value in env.items() if name != "TERM"]
        line = " ".join(["exec env -i TERM=$TERM", *variables, shlex.join(words)])
        return [*self.client("ssh", "-tt", settings=settings), line]

    def client(self, program: str, *switches: str, settings: dict[str, str] | None = None) -> list[str]:
        """The beginning of the command line of `ssh`, up to the name of the machine; or of `sftp` or `scp`, without it."""
        options = {
            "IdentityFile": self._directory / "learner",
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": self._directory / "known_hosts",
            "LogLevel": "ERROR",
            "Port": self._port,
            "User": self._name,
        } | (settings or {})
        of_ssh = ["-oEscapeChar=none", "127.0.0.1"] if program == "ssh" else []
        given = [f"-o{name}={value}" for name, value in options.items()]
        return [str(shutil.which(program)), "-F", "none", *given, *switches, *of_ssh]

    def log_in(self, env: dict[str, str], *words: str, columns: int = 80, rows: int = 24) -> Terminal:
        """A learner's terminal, in which the tutor starts over there, or something else if it is named."""
        client = self.command(env, *(words or tutor_command()))
        return Terminal(client, {"TERM": env["TERM"], "PATH": os.defpath}, columns=columns, rows=rows)

    def sessions(self) -> list[int]:
        """The process ids of everything that runs for learners."""
        return descendants(self.pid)

    def close(self) -> None:
        """End the server and every session."""
        left = self.sessions()
        self._process.terminate()
        self._process.wait()
        for pid in left:
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                continue
        wait_until_gone(left)
        self._reading.join()

    def _wait_until_listening(self) -> None:
        assert self._process.stderr is not None
        said = []
        for line in self._process.stderr:
            said.append(line)
            if "listening" in line:
                return
        raise AssertionError(f"the server did not start: {''.join(said)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
