"""Lessons made to do harm: each is refused or bounded, with the file and the line, and hides none of the others."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tutor import places
from tutor.check.report import check_paths
from tutor.check.told import as_text
from tutor.descent.table import TableError, find_table
from tutor.engine.client import Engine
from tutor.errors import Problem
from tutor.lesson.bounds import PROBLEMS_AT_MOST
from tutor.lesson.read import read_course

TOP = "format: 1\nid: hostile\ntitle: T\nobjectives: [Go]\nsummary: Done.\nsteps:\n"
READ = TOP + "  - read: "
D = TOP + "  - derivative: {id: d, ask: Go, by: x, of: "
RUN = TOP + "  - predict: {id: p, ask: Go, options: [grows, settles], run: {start: {w: 1}, loss: w^2, rate: 1, steps: "
LAUGHS = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
CHAIN = ", ".join(f"r{n}: r{n + 1}*r{n + 1}" for n in range(60))

HOSTILE = [
    # what it is, the text, the line of its first problem, words of it
    ("a billion laughs", "\n".join(["a0: &a0 [lol]", *LAUGHS]), 1, "cannot begin with &"),
    ("an alias of itself", "a: &a [*a]\n", 1, "cannot begin with &"),
    ("merged keys", "a: &a {b: c}\nd: {<<: *a}\n", 1, "cannot begin with &"),
    ("a tag that runs code", TOP + "  - read: !!python/object/apply:os.system [id]\n", 7, "cannot begin with !"),
    ("a tag that opens a file", "title: !include /etc/passwd\n", 1, "cannot begin with !"),
    ("a list without end", "[" * 200_000, 1, "nested more than 20 deep"),
    ("mappings without end", "{a: " * 60_000, 1, "nested more than 20 deep"),
    ("a huge file", "#" * 300_000, 0, "larger than 250 kB"),
    ("a huge text", READ + "x" * 20_000, 7, "more than 10000 characters"),
    ("a huge text in an escape", READ + '"' + "\\x41" * 20_000 + '"', 7, "more than 10000 characters"),
    ("a huge list", TOP + "  - read: x\n" * 5_000, 507, "more than 500 parts"),
    ("a huge mapping", "".join(f"k{n}: x\n" for n in range(5_000)), 501, "more than 500 keys"),
    ("many huge lists", "a:\n" + f"  - [{', '.join('x' * 499)}]\n" * 100, 41, "more than 20000 texts"),
    ("more faults than anybody reads", "a: b\n" * 5_000, 2, "written twice"),
    ("a huge whole number", RUN + "9" * 9_000 + "}}\n", 7, "whole number from 1 to 100000"),
    ("a huge number of steps", RUN + "100001}}\n", 7, "whole number from 1 to 100000"),
    ("a huge power", D + "x^" + "9" * 400 + "}\n", 7, "cannot be read"),
    ("a tower of powers", D + "x*9^9^9^9}\n", 7, "cannot be read"),
    (
        "a number that is too big for a float",
        RUN.replace("rate: 1", "rate: 1e999") + "5}}\n",
        7,
        "`1e999` is not a number",
    ),
    ("brackets without end", D + "'" + "(" * 5_000 + "x'}\n", 7, "cannot be read"),
    ("a huge range", D + "'{a}x', vary: {a: 1..999999}, seeds: [1]}\n", 7, "too many numbers"),
    ("too many variants", D + "'{a}x', vary: {a: 1..99}, seeds: [" + "1, " * 99 + "2]}\n", 7, "at most 50"),
    ("a seed that is too big", D + "'{a}x', vary: {a: 1..99}, seeds: [" + "1" * 9_000 + "]}\n", 7, "whole number"),
    ("a command for the terminal", READ + "a\x1b]0;owned\x07b\n", 7, "U+001B"),
    ("the same in an escape", READ + '"\\e[2J"\n', 7, "U+001B"),
    ("the same in C1", READ + "\x9b2J\n", 7, "U+009B"),
    ("words turned round", READ + "right \u202ewrong\u202c\n", 7, "U+202E"),
    ("the same in an escape", READ + '"right \\u202Ewrong"\n', 7, "U+202E"),
    ("the same, isolated", READ + "right \u2067wrong\u2069\n", 7, "U+2067"),
    ("a mark that turns round", READ + "right \u200fwrong\n", 7, "U+200F"),
    ("nothing to be seen", "title: T\u200bT\n", 1, "U+200B"),
    ("a text of invisible tags", READ + "x\U000e0041\n", 7, "U+E0041"),
    ("a tower of marks", READ + "x" + "\u0301" * 50 + "\n", 7, "stacked on one letter"),
    ("a tower of other marks", READ + "x" + "\u064b" * 200 + "\n", 7, "stacked on one letter"),
    ("a tower of Thai marks", READ + "\u0e01" + "\u0e47" * 60 + "\n", 7, "stacked on one letter"),
    ("joiners that join nothing", READ + "x" + "\u200d" * 500 + "y\n", 7, "stacked on one letter"),
    ("a sign with many forms", READ + "x" + "\U000e0100" * 500 + "\n", 7, "stacked on one letter"),
    ("dots of braille that are none", READ + "\u2800\n", 7, "U+2800"),
    ("a title of many lines", TOP.replace("title: T", 'title: "A\\nB"') + "  - read: x\n", 3, "longer than a line"),
    (
        "a title without end",
        TOP.replace("title: T", "title: " + "T" * 9_000) + "  - read: x\n",
        3,
        "longer than a line",
    ),
    ("an id that is a path", TOP.replace("hostile", "../../etc/passwd") + "  - read: x\n", 2, "cannot be an id"),
    ("an id of markup", TOP.replace("hostile", "'[bold]'") + "  - read: x\n", 2, "cannot be an id"),
]


def checked(file: Path) -> list[Problem]:
    """What `tutor check` says without an engine."""
    return list(asyncio.run(check_paths([file], None)).problems)


@pytest.mark.parametrize(("text", "line", "what"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_it_is_refused_where_it_stands(tmp_path: Path, text: str, line: int, what: str) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(text, encoding="utf-8")
    problems = checked(file)
    assert (problems[0].file, problems[0].line) == (str(file), line)
    assert any(what in problem.what and problem.do for problem in problems)
    assert len(problems) <= PROBLEMS_AT_MOST + 1


def test_a_page_of_faults_is_told_in_part(tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(READ + '"' + "$ " * 4_000 + '"\n')
    problems = checked(file)
    assert len(problems) == PROBLEMS_AT_MOST + 1
    assert "more problems" in problems[-1].what
    assert problems[-1].line == 7


def test_none_hides_the_good_one(tmp_path: Path) -> None:
    for number, (_, text, *_rest) in enumerate(HOSTILE):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "good.yaml").write_text(READ.replace("hostile", "good") + "Hello.\n")
    assert "good" in [lesson.id for lesson in read_course(tmp_path).lessons]


def test_a_lesson_that_is_a_link_out_of_its_directory_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "shadow").write_text("root:secret\n")
    lessons = tmp_path / "lessons"
    (lessons / "deep").mkdir(parents=True)
    (lessons / "deep" / "real.yaml").write_text(READ + "Hello.\n")
    (lessons / "inside.yaml").symlink_to("deep/real.yaml")
    (lessons / "outside.yaml").symlink_to("../shadow")
    (lessons / "circle.yaml").symlink_to("circle.yaml")
    told = {Path(problem.file).name: problem for problem in checked(lessons)}
    assert "leads out of its directory" in told["outside.yaml"].what
    assert "lead in a circle" in told["circle.yaml"].what
    assert "lead in a circle" in checked(lessons / "circle.yaml")[0].what
    assert [lesson.id for lesson in read_course(lessons).lessons] == ["hostile"]
    assert "secret" not in as_text(asyncio.run(check_paths([lessons], None)), with_slips=False)


PATHS = ["../outside.csv", "/etc/passwd", "link.csv", "sub/../../outside.csv", "links/outside.csv", "a\0b", "circle.csv",
         "x" * 5_000, "", ".", "none.csv", "pipe.csv"]  # fmt: skip


@pytest.mark.parametrize("data", PATHS, ids=lambda path: repr(path[:20]))
def test_data_stays_in_the_lessons_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    lessons = tmp_path / "lessons"
    (lessons / "sub").mkdir(parents=True)
    (tmp_path / "outside.csv").write_text("x,y\n1,2\n")
    (lessons / "link.csv").symlink_to("../outside.csv")
    (lessons / "links").symlink_to("..")
    (lessons / "circle.csv").symlink_to("circle.csv")
    os.mkfifo(lessons / "pipe.csv")
    monkeypatch.setenv("TUTOR_LESSONS", str(lessons))
    assert places.lessons_directory() == lessons
    with pytest.raises(TableError):
        find_table(data)


async def proved(file: Path, **bounds: float) -> tuple[Problem, ...]:
    """What `tutor check` says with the real engine."""
    engine = Engine(**bounds)
    try:
        return (await check_paths([file], engine)).problems
    finally:
        await engine.close()


def test_an_exercise_whose_answer_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    """The deadline is over at once here, so that nothing is fast enough; the child that was asked is ended."""
    file = tmp_path / "slow.yaml"
    file.write_text(D + "x^3}\n")
    (problem, *_) = asyncio.run(proved(file, deadline=1e-9, train_deadline=1e-9))
    assert (problem.file, problem.line) == (str(file), 7)
    assert "took too long" in problem.what


def test_abbreviations_that_double_sixty_times_are_answered(tmp_path: Path) -> None:
    file = tmp_path / "double.yaml"
    file.write_text(D + f"r0*x, let: {{{CHAIN}}}}}\n")
    problems = asyncio.run(proved(file))
    assert problems
    assert {(problem.file, problem.line) for problem in problems} == {(str(file), 7)}
