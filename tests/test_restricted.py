"""What a learner with a restricted account could try, each tried: none of it leads out of the tutor."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, SIGQUIT, SIGTSTP

import pytest
from account import SHELL, Account, needed
from terminal import REPOSITORY, Terminal, descendants, tutor_command, wait_for_state

from tutor import cli, restricted
from tutor.errors import SiteError, UsageError
from tutor.restricted import asked_for, claim, environment, permitted

PLAIN = {"PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "xterm-256color"}


@pytest.fixture
def account(tmp_path: Path) -> Account:
    """An account that may only learn."""
    if lacking := needed():
        pytest.skip(f"needs {lacking}")
    return Account(tmp_path)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A directory in which nothing may appear."""
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside"


@pytest.fixture
def traps(tmp_path: Path, outside: Path) -> dict[str, str]:
    """Every variable that could lead somewhere, each to something that leaves a mark outside."""
    evil = tmp_path / "evil"
    evil.mkdir()
    script = evil / "script"
    script.write_text(f"#!/bin/sh\ntouch {outside}/script\n")
    script.chmod(0o755)
    for module in ("sitecustomize", "usercustomize", "evil", "textual", "msgspec", "tutor"):
        (evil / f"{module}.py").write_text(f"open('{outside}/{module}', 'w')\nclass Driver: pass\n")
    function = f"() {{ touch {outside}/function; }}"
    return {
        "PATH": f"{evil}:{os.defpath}",
        "TERM": "xterm-256color",
        "LANG": "../../evil",
        "LC_EVIL": "x",
        **dict.fromkeys(("HOME", "TUTOR_HOME", "TUTOR_LESSONS", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(outside)),
        **dict.fromkeys(("XDG_CACHE_HOME", "TMPDIR", "TEXTUAL_SCREENSHOT_LOCATION"), str(outside)),
        **dict.fromkeys(("BROWSER", "EDITOR", "VISUAL", "PAGER", "SHELL", "ENV", "BASH_ENV"), str(script)),
        **dict.fromkeys(("PYTHONPATH", "PYTHONUSERBASE", "LOCPATH", "TERMINFO"), str(evil)),
        **dict.fromkeys(("PYTHONSTARTUP", "PYTHONINSPECT"), str(evil / "evil.py")),
        "PYTHONBREAKPOINT": "evil.Driver",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": str(outside / "log"),
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL": "debug,devtools",
        "COLUMNS": "33",
        **{f"BASH_FUNC_{word}%%": function for word in ("exec", "trap", "case", "python", "env", ":")},
    }


ARMED = [
    # the mark, the program that a careless one would be
    ("sitecustomize", "pass"),
    ("evil", "import os, sys; sys.path.remove(os.environ['PYTHONPATH']); import textual.app; "
     "sys.path.append(os.environ['PYTHONPATH']); textual.app.App()"),
    ("script", "import webbrowser; webbrowser.open('http://localhost')"),
]  # fmt: skip


@pytest.mark.parametrize(("mark", "program"), ARMED, ids=[mark for mark, _ in ARMED])
def test_the_traps_spring_on_a_careless_program(traps: dict[str, str], outside: Path, mark: str, program: str) -> None:
    subprocess.run([sys.executable, "-c", program], env=traps, capture_output=True, check=False, timeout=60)
    assert (outside / mark).exists()


def sitting(account: Account, env: dict[str, str], *command: str) -> None:
    """Log in, answer rightly, and leave."""
    with Terminal(account.inside(*command), env) as terminal:
        terminal.wait_for("A lesson behind a wall")
        terminal.press("enter")
        terminal.wait_for("The first question")
        terminal.press(*"3x^2", "enter")
        terminal.wait_for("Right")
        terminal.press("escape")
        terminal.wait_for("1 of 2")
        terminal.press("q")
        assert terminal.wait_until_ended() == 0


def test_no_variable_of_ones_own_counts(account: Account, traps: dict[str, str], outside: Path) -> None:
    sitting(account, traps, str(SHELL))
    assert list(outside.iterdir()) == []
    with sqlite3.connect(account.own / "journal.sqlite3") as connection:
        assert connection.execute("SELECT text FROM answers").fetchall() == [("3x^2",)]


def test_a_forced_command_begins_again_without_them(account: Account, traps: dict[str, str], outside: Path) -> None:
    """All but those that Python itself obeys before a line of ours runs: sshd lets none of these in."""
    env = {name: value for name, value in traps.items() if name not in ("PYTHONPATH", "PYTHONUSERBASE")}
    sitting(account, env, *tutor_command("--restricted"))
    assert list(outside.iterdir()) == []


def test_nothing_is_written_but_in_the_tutors_own_directory(account: Account, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if account.home not in path.parents}
    env = PLAIN | {"TMPDIR": str(tmp_path)}
    sitting(account, env, str(SHELL))
    assert {path for path in tmp_path.rglob("*") if account.home not in path.parents} == before
    written = [path for path in account.home.rglob("*") if path not in account.own.parents]
    assert all(path == account.own or account.own in path.parents for path in written)
    assert [path for path in (account.own, *account.own.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


WORDS = [
    "sh", "sh -c id", "bash", "/bin/sh", "tutor; sh", "progress; sh", "$(sh)", "`sh`", "env", "'", "-c sh", "python",
    "/usr/lib/openssh/sftp-server", "internal-sftp", "scp -t /tmp", "rsync --server . /tmp", "git-upload-pack x",
    "check", "check /etc/passwd", "check --deploy 4 x.yaml", "new x.yaml", "hand-in x.json --name x", "report /etc/passwd",
    "hand-in x", "hand-in --name=x",
    "grade", "import /etc/passwd", "export /tmp/x", "export x", "descend ../../etc/passwd", "preview /etc/passwd",
    "doctor --html", "schema", "class init postgresql://x", "class report",
    "lab ../x", "lab bowl:rate=1", "review x",
    "learn ../../etc/passwd", "learn /etc/passwd", "learn --help=x", "notes /etc/passwd",
    "progress --json --html=x", "practice x y", "--version", "--restricted --restricted sh", "tutor --restricted sh",
]  # fmt: skip


@pytest.mark.parametrize("command", WORDS)
def test_words_that_are_not_for_learners_are_refused(command: str) -> None:
    with pytest.raises(UsageError, match="for the tutor alone"):
        permitted(asked_for(command))


LEARNERS = ["", "learn", "learn chain-rule", "practice", "review", "lab", "lab bowl", "progress", "progress --json",
            "notes", "notes chain-rule", "notes --all", "export", "hand-in", "class push", "doctor"]  # fmt: skip


@pytest.mark.parametrize("command", LEARNERS)
def test_words_that_are_for_learners_are_taken(command: str) -> None:
    assert permitted(asked_for(f"tutor --restricted {command}")) == command.split()


FORCED = [
    # what stands in ForceCommand, what the learner asks for, what is run
    ("--restricted", "progress", ["progress"]),
    ("--restricted --ascii", "learn chain-rule", ["--ascii", "learn", "chain-rule"]),
    ("--restricted --plain", "", ["--plain"]),
    ("--plain --restricted", "tutor --ascii", ["--plain", "--ascii"]),
    ("--restricted lab bowl", "sh", ["lab", "bowl"]),  # one that is forced is run whatever is asked for
    ("--restricted --plain", "sh", None),
    ("--plain --restricted sh", "", None),
    ("--lessons /tmp --restricted", "", None),
    ("practice --restricted", "", ["practice"]),
]


@pytest.mark.parametrize(("forced", "asked", "run"), FORCED)
def test_wherever_the_switch_stands_all_that_is_asked_is_looked_at(
    forced: str, asked: str, run: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BegunError(Exception):
        """Another interpreter would go on from here."""

    def begin_again(words: list[str], _: object) -> None:
        raise BegunError(*permitted(words))

    monkeypatch.setattr(restricted, "_begin_again", begin_again)
    monkeypatch.setattr(restricted, "_ignore_keys", lambda: None)
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", asked)
    with pytest.raises(UsageError if run is None else BegunError) as end:
        cli._do(forced.split())
    assert run is None or list(end.value.args) == run


@pytest.mark.parametrize(
    ("forced", "asked", "says"),
    [
        ("tutor --restricted doctor", "export", "terminal  "),
        ("/opt/tutor/bin/tutor --restricted --ascii", "doctor", "terminal  "),
        ("tutor --restricted", "export", '"type":"journal"'),
        ("/opt/tutor/bin/tutor-shell", "export", '"type":"journal"'),
        ("sh", "export", ""),
    ],
)
def test_the_login_shell_runs_the_forced_command(account: Account, forced: str, asked: str, says: str) -> None:
    line = account.inside(str(SHELL), "-c", forced)
    done = subprocess.run(
        line, env=PLAIN | {"SSH_ORIGINAL_COMMAND": asked}, cwd=account.home, capture_output=True, text=True, check=False
    )
    assert says in done.stdout if says else not done.stdout, done.stderr
    assert "--ascii" not in forced or done.stdout.isascii()


DOCUMENTED = [
    command.strip()
    for file in ("administrators.md", "teachers.md")
    for command in re.findall(
        r"^ssh (?:-t )?ada@lab ?([^>#\n]*)", (REPOSITORY / "docs" / file).read_text("utf-8"), re.M
    )
]


@pytest.mark.parametrize("command", DOCUMENTED)
def test_what_the_documents_have_a_learner_ask_for_is_run(command: str) -> None:
    """ssh takes a word that begins with a hyphen for one of its own options, behind the name of the host too."""
    assert not command.startswith("-")
    assert permitted(asked_for(command)) == command.removeprefix("tutor ").split()


@pytest.mark.parametrize("command", ["sh", "scp -t /tmp", "export x", "check /etc/passwd"])
@pytest.mark.parametrize("by", ["login shell", "forced command"])
def test_a_shell_in_name_only(account: Account, command: str, by: str) -> None:
    """The shell is asked for other things than the tutor; a forced command hears of them in a variable."""
    shell = (str(SHELL), "-c", command)
    forced = tutor_command("--restricted")
    env = PLAIN | ({"SSH_ORIGINAL_COMMAND": command} if by == "forced command" else {})
    line = account.inside(*(shell if by == "login shell" else forced))
    done = subprocess.run(line, env=env, cwd=account.home, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "for the tutor alone" in done.stderr
    assert list(account.home.glob("*")) == []


def test_the_record_can_be_taken_away_through_stdout(account: Account) -> None:
    line = account.inside(str(SHELL), "-c", "export")
    done = subprocess.run(line, env=PLAIN, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith('{"type":"journal"')


def test_what_is_passed_is_never_a_path() -> None:
    home = Path("/home/ada")
    given = {"LANG": "de_DE.UTF-8", "TERM": "../../x", "LC_ALL": "/tmp/x", "LANGUAGE": "de:/x", "COLORTERM": "x" * 99}
    passed = environment(given, home)
    assert passed["LANG"] == "de_DE.UTF-8"
    assert passed.keys() & {"TERM", "LC_ALL", "LANGUAGE", "COLORTERM"} == set()
    assert environment(passed, home) == passed


LINKS = [".local", ".local/share", ".local/share/tutor", ".local/share/tutor/journal.sqlite3",
         ".local/share/tutor/tutor/tutor.log"]  # fmt: skip


@pytest.mark.parametrize("place", LINKS)
@pytest.mark.parametrize("kind", ["symbolic", "hard"])
def test_a_link_where_the_record_should_be_is_refused(tmp_path: Path, outside: Path, place: str, kind: str) -> None:
    link, is_file = tmp_path / "home" / place, "tutor/" in place
    link.parent.mkdir(parents=True)
    aim = outside / "aim"
    aim.touch() if is_file else aim.mkdir()
    if kind == "hard" and not is_file:
        pytest.skip("a directory has one name")
    link.symlink_to(aim) if kind == "symbolic" else link.hardlink_to(aim)
    with pytest.raises(SiteError, match="is a link"):
        claim(tmp_path / "home", tmp_path / "home/.local/share/tutor")
    assert list(outside.iterdir()) == [aim]


def test_a_link_is_told_and_nothing_follows_it(account: Account, outside: Path) -> None:
    account.own.parent.mkdir(parents=True)
    account.own.symlink_to(outside)
    line = account.inside(str(SHELL), "-c", "progress")
    done = subprocess.run(line, env=PLAIN, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is a link" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(outside.iterdir()) == []


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / ".local").write_text("")
    with pytest.raises(SiteError, match="should be a directory"):
        claim(tmp_path, tmp_path / ".local/share/tutor")


def test_a_home_that_is_somewhere_else_by_a_link_is_the_administrators(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "home").symlink_to("export")
    claim(tmp_path / "home", tmp_path / "home/.local/share/tutor")


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+\\", "ctrl+z"])
def test_a_key_at_the_very_beginning_only_ever_ends_it(account: Account, key: str) -> None:
    """The terminal still makes signals of keys, and Python is still being loaded; each echo asks for the next key."""
    sent = chr(ord(key[-1].upper()) - ord("@"))
    with Terminal(account.inside(str(SHELL)), PLAIN) as terminal:
        wait_until_ignored(terminal.pid, SIGINT, SIGQUIT, SIGTSTP)
        try:
            terminal.wait_for(lambda seen: seen.send(sent) or "A lesson behind a wall" in seen.text)
        except AssertionError:
            assert key == "ctrl+c"
            assert terminal.wait_until_ended() == 130
        assert "Traceback" not in terminal.text
        assert "File" not in terminal.text


def wait_until_ignored(pid: int, *numbers: int) -> None:
    """Wait until a process ignores these signals."""
    mask = sum(1 << number - 1 for number in numbers)
    ignored = 0
    while ignored & mask != mask:
        status = Path(f"/proc/{pid}/status").read_text()
        ignored = int(status.split("SigIgn:")[1].split()[0], 16)
        os.sched_yield()


@pytest.fixture
def at_home(account: Account, traps: dict[str, str]) -> Iterator[Terminal]:
    """A restricted tutor, with every trap around it, that shows the home screen."""
    with Terminal(account.inside(str(SHELL)), traps) as terminal:
        terminal.wait_for("A lesson behind a wall")
        yield terminal


def test_no_key_leads_out(at_home: Terminal, account: Account, outside: Path) -> None:
    """Every control, function and Alt key on the home screen, in a lesson and in the help, but those that leave."""
    controls = [chr(code) for code in range(1, 32) if chr(code) not in "\x11\x1b\r\n"]
    functions = [f"\x1b[{code}~" for code in (1, 2, 3, 4, 5, 6, *range(11, 35))] + ["\x1bOP", "\x1bOQ", "\x1bOS"]
    alts = [f"\x1b{chr(code)}" for code in range(33, 127) if chr(code) not in "[]OPX^_Qq"]
    for way in ("", "\r", "?"):
        at_home.send(way)
        for key in (*controls, *functions, *alts, "\x1b[<64;10;10M\x1b[<0;10;10M\x1b[<0;10;10m"):
            at_home.send(key)
        for key in ("\x10", "\x1c"):  # Textual's command palette, of today and of earlier versions
            at_home.send(key)
            at_home.wait_for_silence(0.7)
            assert "Search for commands" not in at_home.text
        wait_for_state(at_home.pid, "S")
    assert list(outside.iterdir()) == []
    assert list(account.home.rglob("*.svg")) == []


def test_it_cannot_be_suspended_by_a_key(at_home: Terminal) -> None:
    at_home.press("ctrl+z", "enter")
    at_home.wait_for("The first question")
    wait_for_state(at_home.pid, "S")


def test_its_engine_is_shut_in_as_well(at_home: Terminal) -> None:
    at_home.press("enter")
    at_home.wait_for("The first question")
    at_home.press("7", "enter")
    at_home.wait_for("Not yet")
    for pid in (at_home.pid, *descendants(at_home.pid)):
        variables = Path(f"/proc/{pid}/environ").read_bytes()
        status = Path(f"/proc/{pid}/status").read_text()
        assert b"evil" not in variables
        assert "NoNewPrivs:\t1" in status
