"""Nodes to a lesson, or to every problem at once; and a directory to a course."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lesson.model import Choice, Derivative, Gradient, NumberAnswer, Option
from tutor.lesson.pages import Curve, Descent, Plot, Read
from tutor.lesson.proofread import proofread
from tutor.lesson.read import KINDS, examine, read_course
from tutor.lesson.source import load, parse

TOP = """\
format: 1
id: power-rule
title: Powers
objectives: [Differentiate powers]
summary: The power comes down.
"""
STEPS = TOP + "steps:\n"


def problems(text: str) -> list[tuple[int, str, str]]:
    """Line, what, do of every problem in a text."""
    return [(found.line, found.what, found.do) for found in examine(parse(text, "f.yaml")).problems]


def test_a_whole_lesson(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        """\
# yaml-language-server: $schema=lesson.json
format: 1
id: power-rule
title: Powers
needs: [rates]
objectives:
  - Differentiate powers
steps:
  - read: |
      First line.

      Second paragraph.
  - plot:
      text: A curve.
      curves: [{of: x^2, label: curve}]
      over: x
      start: -1
      end: 1
      points: [[0, 0], [1, 1]]
  - derivative:
      id: cube
      ask: What is it?
      of: x^3
      by: x
      hints: Look at the power.
      accept: [3x*x]
      reject: {x^2: P1, 3: ''}
  - gradient: {id: both, ask: Which?, of: xy, by: [x, y]}
  - number: {id: at-two, ask: How much?, of: x^3, by: x, at: {x: 2}, places: 2}
  - choice:
      id: which
      ask: Which way?
      options:
        - right: Down
          because: It falls.
        - wrong: no
  - read: {id: named, text: The end.}
  - descent: {text: Go., problem: houses, partials: {w: cube}, steps: 50}
summary: |
  The power comes down.
""",
        encoding="utf-8",
    )
    lesson = examine(load(file)).lesson
    assert lesson is not None
    assert (lesson.id, lesson.title, lesson.needs) == ("power-rule", "Powers", ("rates",))
    assert lesson.summary == "The power comes down."
    assert lesson.steps == (
        Read(id="page-1", text="First line.\n\nSecond paragraph."),
        Plot(
            id="page-2",
            text="A curve.",
            curves=(Curve(of="x^2", label="curve"),),
            over="x",
            start="-1",
            end="1",
            points=(("0", "0"), ("1", "1")),
        ),
        Derivative(
            id="cube",
            ask="What is it?",
            of="x^3",
            by=("x",),
            hints=("Look at the power.",),
            accept=("3x*x",),
            reject={"x^2": "P1", "3": ""},
        ),
        Gradient(id="both", ask="Which?", of="xy", by=("x", "y")),
        NumberAnswer(id="at-two", ask="How much?", of="x^3", by=("x",), at={"x": "2"}, places=2),
        Choice(id="which", ask="Which way?", options=(Option(right="Down", because="It falls."), Option(wrong="no"))),
        Read(id="named", text="The end."),
        Descent(id="page-4", text="Go.", problem="houses", partials={"w": "cube"}, steps=50),
    )


def test_every_kind_of_step_is_known() -> None:
    pages = ["read", "plot", "secant", "walk", "bowl", "slices", "contours", "network", "worked", "descent"]
    exercises = ["derivative", "gradient", "number", "expression", "choice", "predict", "steer"]
    assert set(KINDS) >= {*pages, *exercises}


WHOLE_FILE = [
    # text, line, words of what, words of do
    ("id: x\n", 1, "which format", "format: 1"),
    ("format: 2\nid: x\n", 1, "format 1 only", "newer tutor"),
    ("format: [1]\n", 1, "format 1 only", "newer tutor"),
    ("just text\n", 1, "a list of keys", "format: 1"),
    ("- format: 1\n", 1, "a list of keys", "format: 1"),
    (TOP, 1, "`steps` is missing", "`steps:`"),
    (TOP + "steps: []\n", 6, "must be a list of steps", "`- `"),
    (TOP + "steps: read\n", 6, "must be a list of steps", "`- `"),
    (TOP.replace("title: Powers\n", ""), 1, "`title` is missing in a lesson", "`title:`"),
    (TOP.replace("title", "titel"), 3, "no key `titel` in a lesson", "Did you mean `title`?"),
    (TOP.replace("Powers", ""), 3, "`title` is blank", "Write something"),
    (TOP.replace("Powers", "[a, b]"), 3, "`title` must be a text, and this is a list", "in quotes"),
    (TOP.replace("power-rule", "Power rule"), 2, "`Power rule` cannot be an id", "hyphens"),
    (TOP.replace("[Differentiate powers]", "[]"), 4, "`objectives` is an empty list", "Write something"),
    (TOP.replace("[Differentiate powers]", "{a: b}"), 4, "must be a list, and this is a mapping", "`- `"),
]


@pytest.mark.parametrize(("text", "line", "what", "do"), WHOLE_FILE)
def test_what_is_wrong_with_a_file(text: str, line: int, what: str, do: str) -> None:
    assert any(line == n and what in said and do in remedy for n, said, remedy in problems(text)), problems(text)


STEP = [
    # steps from line 7 on, line, words of what, words of do
    ("  - derivitive: {id: a}\n", 7, "no kind of step called `derivitive`", "Did you mean `derivative`?"),
    ("  - sing: x\n", 7, "no kind of step called `sing`", "Known here: read, plot"),
    ("  - read\n", 7, "begins with its kind and a colon", "Write one of: read"),
    ("  - {}\n", 7, "begins with its kind and a colon", "Write one of: read"),
    ("  - derivative:\n    id: a\n    of: x\n", 8, "set in no further than the word", "two more spaces"),
    ("  - read: hello\n    plot: x\n", 8, "`plot` is a second one", "Begin a new step"),
    ("  - read:\n", 7, "`text` is blank", "Write something"),
    ("  - plot: A curve.\n", 7, "`curves` is missing in a plot", "`curves:`"),
    ("  - derivative: x^2\n", 7, "the keys of a derivative, and this is a text", "`ask`, `of`, `by`"),
    ("  - derivative: {id: a, ask: b, of: x}\n", 7, "`by` is missing in a derivative", "`by:`"),
    ("  - derivative: {ask: b, of: x, by: x}\n", 7, "Every exercise needs an id", "`id:`"),
    ("  - derivative: {id: A b, ask: b, of: x, by: x}\n", 7, "`A b` cannot be an id", "hyphens"),
    ("  - expression:\n      id: a\n      ask: b\n      hint: c\n", 10, "no key `hint` in an expression", "`hints`"),
    ("  - expression:\n      id: a\n      ask: b\n", 8, "`answer` is missing in an expression", "`answer:`"),
    ("  - expression: {id: a, ask: b, answer: {a}}\n", 7, "must be a text, and this is a mapping", "quotes"),
    ("  - expression: {id: a, ask: b, answer: c, hints: [d, '']}\n", 7, "Part 2 of `hints` is blank", "remove it"),
    ("  - number: {id: a, ask: b, of: c, places: two}\n", 7, "whole number from 0 to 12", "in figures"),
    ("  - number: {id: a, ask: b, of: c, places: -1}\n", 7, "whole number from 0 to 12", "in figures"),
    ("  - number: {id: a, ask: b, of: c, at: [x, 2]}\n", 7, "`at` must be pairs", "`key: text`"),
    ("  - number: {id: a, ask: b, of: c, at: {x: }}\n", 7, "`x` is blank", "Write something"),
    ("  - choice: {id: a, ask: b, options: [{rihgt: c}]}\n", 7, "no key `rihgt` in an option", "`right`"),
    ("  - choice:\n      id: a\n      ask: b\n      options:\n        - because: c\n", 11, "either `right:` or", "one"),
    ("  - choice: {id: a, ask: b, options: [{right: c, wrong: d}]}\n", 7, "either `right:` or `wrong:`", "one"),
    ("  - plot: {text: a, curves: [{of: x}], over: x, start: 0, end: 1, points: [[1]]}\n", 7, "a list of 2", "[1, 2]"),
    ("  - plot: {text: a, curves: x^2, over: x, start: 0, end: 1}\n", 7, "`curves` must be a list", "`- `"),
]


@pytest.mark.parametrize(("steps", "line", "what", "do"), STEP)
def test_what_is_wrong_with_a_step(steps: str, line: int, what: str, do: str) -> None:
    found = problems(STEPS + steps)
    assert any(line == n and what in said and do in remedy for n, said, remedy in found), found


def test_every_faulty_step_is_reported_and_the_good_ones_are_kept() -> None:
    reading = examine(
        parse(
            STEPS
            + """\
  - read: Good.
  - derivative: {id: one, of: x}
  - expression: {id: two, ask: Good?, answer: x}
  - number: {id: three, ask: b, off: x}
""",
            "f",
        )
    )
    assert reading.lesson is None
    assert [(found.line, found.field) for found in reading.problems] == [
        (8, "steps[1].derivative.ask"),
        (8, "steps[1].derivative.by"),
        (10, "steps[3].number.of"),
        (10, "steps[3].number.off"),
    ]
    assert [step.id for _, step in reading.steps] == ["page-1", "two"]


def test_ids_are_unique_and_pages_are_counted() -> None:
    steps = "  - read: a\n  - read: {id: page-3, text: b}\n  - read: c\n  - expression: {id: x, ask: b, answer: c}\n"
    again = "  - expression: {id: x, ask: b, answer: c}\n"
    said = problems(STEPS + steps + again)
    assert [(line, what) for line, what, _ in said] == [
        (9, "Two steps have the id `page-3`."),
        (11, "Two steps have the id `x`."),
    ]


WORDS = "read: derivative: id: of: by: options: right: text: curves: points: places: at: *a &a !t # | ' [ ] { } , x"
PIECES = WORDS.split()
BREAKS = [" ", "\n", "\n  ", "\n    ", "\n  - ", "\t"]


@given(st.lists(st.tuples(st.sampled_from(BREAKS), st.sampled_from(PIECES)), max_size=25))
def test_no_text_leads_to_anything_but_problems(pieces: list[tuple[str, str]]) -> None:
    reading = examine(parse(STEPS + "".join(gap + piece for gap, piece in pieces), "f"))
    proofread(reading)
    assert (reading.lesson is None) == bool(reading.problems)
    assert all(problem.what and problem.do for problem in reading.problems)


def test_problems_of_the_yaml_and_of_the_lesson_come_together() -> None:
    said = problems(STEPS + "  - expression: {id: x, id: y, ask: b}\n")
    assert [what for _, what, _ in said] == [
        "`answer` is missing in an expression.",
        "The key `id` is written twice; it is already in line 7.",
    ]


def test_a_lesson_that_cannot_be_used_has_all_its_problems() -> None:
    reading = examine(parse(STEPS + "  - read:\n  - plot: x\n", "f"))
    assert reading.lesson is None
    assert len(reading.problems) == 5


DRAFTS = [
    # the step from line 7 on, what could be saved of it, the paths reported beneath it
    (
        "plot: {text: a, curves: [{of: x^2}], over: x, start: 0, end: 1, points: [[1, 2, 3], [a, 2]]}",
        {"start": "0", "points": (("", ""), ("a", "2"))},
        [("points", 0)],
    ),
    ("choice: {id: c, ask: b, options: [{right: x, because: [y]}]}", {"ask": "b"}, [("options", 0, "because")]),
    ("expression: {id: A b, ask: b, answer: c}", {"answer": "c"}, [("id",)]),
    ("expression: {ask: b, answer: c}", {"answer": "c"}, [("id",)]),
    ("derivative: {id: a, ask: b, off: x, by: [x, [y]]}", {"of": "", "by": ("x", "")}, [("by", 1), ("of",), ("off",)]),
    ("number: {id: a, ask: b, of: x, at: 3, places: two}", {"at": {}, "places": 0}, [("at",), ("places",)]),
    ("descent: {text: a, problem: b, partials: {w: [c]}, steps: 0}", {"steps": 1}, [("partials", "w"), ("steps",)]),
]


@pytest.mark.parametrize(("step", "saved", "faulty"), DRAFTS)
def test_of_a_faulty_step_the_rest_is_kept(step: str, saved: dict[str, object], faulty: list[tuple[object]]) -> None:
    reading = examine(parse(STEPS + f"  - {step}\n", "f"))
    assert reading.steps == ()
    ((route, draft),) = reading.drafts
    assert {name: getattr(draft, name) for name in saved} == saved
    assert sorted(path[len(route) :] for path in reading.faulty) == faulty


def test_every_further_step_with_an_id_is_reported() -> None:
    again = "  - expression: {id: x, ask: b, answer: c}\n"
    assert [line for line, _, _ in problems(STEPS + again * 3)] == [8, 9]


def write(directory: Path, name: str, id_: str, needs: str = "") -> None:
    text = TOP.replace("power-rule", id_) + (f"needs: [{needs}]\n" if needs else "") + "steps:\n  - read: hello\n"
    (directory / f"{name}.yaml").write_text(text)


COURSES = [
    # name and id: needs; order; problems as (file, words)
    ({"a": "", "b": "", "c": ""}, "abc", []),
    ({"a": "c", "b": "", "c": "b"}, "bca", []),
    ({"a": "b, c", "b": "c", "c": ""}, "cba", []),
    ({"a": "zeal", "b": ""}, "ab", [("a", "No lesson here has the id `zeal`")]),
    ({"a": "b", "b": "a", "c": ""}, "cab", [("a", "needs, in the end, itself"), ("b", "needs, in the end, itself")]),
    ({"a": "b", "b": "b", "c": ""}, "cab", [("b", "needs, in the end, itself")]),
]


@pytest.mark.parametrize(("lessons", "order", "said"), COURSES)
def test_the_order_of_a_course(
    tmp_path: Path, lessons: dict[str, str], order: str, said: list[tuple[str, str]]
) -> None:
    for name, needs in lessons.items():
        write(tmp_path, name, name, needs)
    course = read_course(tmp_path)
    assert "".join(lesson.id for lesson in course.lessons) == order
    assert [Path(found.file).stem for found in course.problems] == [name for name, _ in said]
    assert all(words in found.what for found, (_, words) in zip(course.problems, said, strict=True))


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a", "first")
    (tmp_path / "b.yaml").write_text("id: 'never closed\n")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    write(tmp_path, "d", "last", "first")
    write(tmp_path, ".hidden", "hidden")
    course = read_course(tmp_path)
    assert [lesson.id for lesson in course.lessons] == ["first", "last"]
    assert [Path(found.file).name for found in course.problems] == ["b.yaml", "c.yaml"]


def test_of_two_lessons_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "a", "twin")
    write(tmp_path, "b", "twin")
    course = read_course(tmp_path)
    assert [lesson.id for lesson in course.lessons] == ["twin"]
    (problem,) = course.problems
    assert problem.file.endswith("b.yaml")
    assert problem.line == 2
    assert "already belongs to" in problem.what


def test_a_need_that_is_nearly_right(tmp_path: Path) -> None:
    write(tmp_path, "a", "power-rule")
    write(tmp_path, "b", "chain-rule", "powerrule")
    (problem,) = read_course(tmp_path).problems
    assert (problem.line, problem.column, problem.do) == (6, 9, "Did you mean `power-rule`?")


def test_no_directory_at_all(tmp_path: Path) -> None:
    course = read_course(tmp_path / "none")
    assert course.lessons == ()
    assert "no such directory" in course.problems[0].what
