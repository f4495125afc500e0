"""Two guards over who imports whom: the contracts in pyproject.toml, and what a clean interpreter really loads.

Both are needed: a re-export in an `__init__.py` once brought SymPy into the screen process under six kept contracts.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from importlinter.cli import lint_imports

from tutor.lesson.model import AnyStep, Course, Lesson

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "tutor"
SOURCES = sorted(PACKAGE.rglob("*.py"))

MATHEMATICS = {"sympy", "mpmath", "numpy", "scipy", "flint"}

HEAVY = MATHEMATICS | {
    "plotext",
    "rich.markdown",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "textual.widgets._data_table",
    "markdown_it",
    "pygments.lexers",
    "unittest",
    "pydantic",
    "multiprocessing",
    "sqlalchemy",
    "psycopg",
    "fsrs",
    "_hashlib",
}
"Nothing of the home screen needs these; each costs what a learner waits for at every start."

SCREENS = HEAVY | {"textual", "rich", "asyncio", "msgspec", "yaml", "sqlite3"}

HOMES = {
    "textual": ("tui/*.py", "tui/screens/*.py", "tui/widgets/*.py"),
    "rich": ("front/words.py", "tui/*.py", "tui/screens/*.py", "tui/widgets/*.py"),
    "plotext": ("front/plot.py",),
    "yaml": ("lesson/source.py",),
    "sympy": ("marking/generators.py", "marking/ratio.py", "marking/polynomials.py"),
    "mpmath": ("marking/precise.py", "marking/functions.py"),
    "numpy": ("engine/vast.py",),
    "sqlite3": ("study/journal*.py",),
    "psycopg": ("classroom/class_*.py", "classroom/push.py"),
}
"Each library, and the files of the package that may import it."


HOME_SCREEN = """
import asyncio
from tutor.commands.learn import Engine, Journal
from tutor.commands.record import read_course
from tutor.tui.app import TutorApp

async def look():
    app = TutorApp(read_course(), Journal.in_memory(), Engine())
    app.journal.open()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert app.screen.query("LessonRow")

asyncio.run(look())
"""


def loaded_by(program: str, home: Path) -> set[str]:
    """The modules that a clean interpreter holds after running a program, with a home of its own."""
    program = f"{program}\nimport sys; print(*sys.modules, sep=chr(10))"
    command = [sys.executable, "-c", program]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TUTOR_", "XDG_"))}
    env["HOME"] = str(home)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, env=env)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def imported_libraries(source: Path) -> set[str]:
    """The top names of everything that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_contracts_are_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    code = lint_imports(config_filename=str(REPOSITORY / "pyproject.toml"), no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("program", "unwanted", "why"),
    [
        ("import tutor.cli", SCREENS, "`tutor --version` and a wrong word cost next to nothing"),
        (
            "import tutor.restricted",
            SCREENS - {"msgspec"},
            "what shuts a learner in is small",
        ),
        ("import tutor.tui.terminal", SCREENS, "the environment is put right before Textual reads it"),
        (
            "import tutor.commands.learn, tutor.tui.app",
            HEAVY | {"yaml", "tutor.maths"},
            "the home screen comes before what only a lesson needs",
        ),
        (HOME_SCREEN, HEAVY | {"tutor.maths"}, "nor does the home screen bring it in by itself"),
        ("import tutor.commands.learn, tutor.tui.screens.lesson", MATHEMATICS, "SymPy lives in the child"),
        ("import tutor.commands.learn, tutor.plain.sitting", HEAVY | {"yaml", "textual"}, "lines need no screen"),
        ("import tutor.engine.client", MATHEMATICS | {"textual"}, "the asking side of the engine is the screen's"),
        ("import tutor.commands.progress", MATHEMATICS | {"textual", "rich", "yaml"}, "progress needs no screen"),
        ("import tutor.commands.check", MATHEMATICS | {"textual", "rich"}, "a teacher's check needs no screen"),
        ("import tutor.classroom.pusher", {"psycopg", "csv"}, "the screens start what pushes, and load nothing of it"),
        ("import tutor.classroom.push", MATHEMATICS | {"textual", "rich", "yaml", "psycopg"}, "each push starts anew"),
        ("import tutor.commands.class_", MATHEMATICS | {"textual", "psycopg"}, "its help is there without psycopg"),
    ],
    ids=[
        "cli",
        "restricted",
        "terminal",
        "learn",
        "home screen",
        "lesson screen",
        "line mode",
        "engine client",
        "progress",
        "check",
        "pusher",
        "push",
        "class",
    ],
)
def test_a_clean_interpreter_loads_only_what_is_needed(
    program: str, unwanted: set[str], why: str, tmp_path: Path
) -> None:
    assert loaded_by(program, tmp_path) & unwanted == set(), why


def test_yaml_is_never_read_in_the_screen_process(tmp_path: Path) -> None:
    assert "yaml" not in loaded_by(HOME_SCREEN, tmp_path), "the first start has a child read it"
    assert list(tmp_path.rglob("course-*.msgpack")), "and what it found is kept in this home"
    assert "yaml" not in loaded_by(HOME_SCREEN, tmp_path), "a sixth of the start"


def test_the_style_sheet_is_read_once(tmp_path: Path) -> None:
    program = f"""
from textual.css.stylesheet import Stylesheet
def reparse(_): raise AssertionError("read again")
Stylesheet.reparse = reparse
{HOME_SCREEN}
"""
    loaded_by(program, tmp_path)


@pytest.mark.parametrize("record", [Course, Lesson, *get_args(AnyStep)], ids=lambda record: record.__name__)
def test_a_record_of_the_course_has_its_types_at_hand(record: type) -> None:
    texts = [name for name, kind in vars(record).get("__annotations__", {}).items() if isinstance(kind, str)]
    assert not texts, (
        "each is compiled at every start, all of them for a fiftieth of it: no `annotations` from __future__"
    )


def test_every_init_holds_a_docstring_and_nothing_else() -> None:
    for source in PACKAGE.rglob("__init__.py"):
        body = ast.parse(source.read_text()).body
        assert len(body) == 1, source
        assert isinstance(body[0], ast.Expr), source
        assert isinstance(body[0].value, ast.Constant), source


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_each_library_is_imported_in_its_one_place(library: str, homes: tuple[str, ...]) -> None:
    found = {source for source in SOURCES if library in imported_libraries(source)}
    assert found, f"nothing imports {library} any more: take it out of this table"
    assert found <= {source for home in homes for source in PACKAGE.glob(home)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_nothing_runs_text_as_code(source: Path) -> None:
    calls = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call)
    }
    assert calls & {"eval", "exec", "sympify", "parse_expr", "lambdify", "unsafe_load", "full_load"} == set()
