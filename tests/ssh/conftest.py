"""One server for the tests that need no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh.server import NEEDED, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that never asks whether a client lives."""
    if NEEDED:
        pytest.skip(f"needs {', '.join(NEEDED)}; .ci/services installs them")
    running = Server(tmp_path_factory.mktemp("sshd"))
    yield running
    running.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A learner's home directory."""
    return tmp_path
