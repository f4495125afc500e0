"""What holds for every test: nothing of the person's own is read or written, and a failure comes again."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tutor import display, places

# The same examples on every run and no limit in time: this machine's load is no fault of the code.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("TUTOR_", "TEXTUAL", "XDG_"))]:
            patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("TUTOR_HOME", str(home / "tutor"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        patch.setattr(places, "SITE_FILE", home / "tutor.toml")
        patch.setattr(display, "given_environment", lambda: {"LANG": "C.UTF-8"})
        yield
