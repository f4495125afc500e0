"""What a teacher is told: every problem of every file, and the engine's word on what each exercise claims."""

import argparse
import asyncio
import json
import re
from pathlib import Path

import pytest

from tutor import places
from tutor.check.changes import changes, rounds
from tutor.check.report import Report, check_paths
from tutor.check.telling import told_by
from tutor.check.told import as_annotations, as_lines, as_text
from tutor.commands import check as command
from tutor.engine.client import Engine
from tutor.engine.wire import Solution
from tutor.errors import EngineError
from tutor.lesson.model import AnyExercise, Choice, Fix
from tutor.marking.verdict import Outcome, Verdict
from tutor.marking.vouched import Vouched

TOP = """\
format: 1
id: x
title: T
objectives: [Go]
summary: Done.
steps:
"""
D = "  - derivative: {id: d, ask: Go, of: x^2, by: x"
C = "  - choice: {id: c, ask: Go, options: [{right: x}, {wrong: y}]}\n"


NOTHING_ELSE = {"deploy": None, "slips": False, "lines": False, "github": False, "watch": False}


class ShamEngine:
    """Marks by a table: typed text to an outcome, or to a list of slips; what is not in it is unreadable."""

    def __init__(self, table: dict[str, str | list[str]] | None = None, answer: str = "2x") -> None:
        self.table = {"2x": "correct", "a": "correct", "x^2": "incorrect"} | (table or {})
        self.answer = answer
        self.asked: list[str] = []
        self.is_closed = False

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        self.is_closed = True

    async def vouch(self, exercise: AnyExercise) -> Vouched:
        return Vouched()

    async def solve(self, exercise: AnyExercise) -> Solution:
        if not self.answer:
            raise EngineError("It took too long.")
        return Solution("a" if isinstance(exercise, Choice) else self.answer)

    async def mark(self, exercise: AnyExercise, text: str) -> Verdict:
        self.asked.append(text)
        said = self.table.get(text, "unreadable")
        slips = tuple(said) if isinstance(said, list) else ()
        outcome = Outcome.INCORRECT if isinstance(said, list) else Outcome(said)
        return Verdict(outcome=outcome, message="Said so.", slips=slips, decided_by="probes")


def write(directory: Path, steps: str, name: str = "x.yaml", top: str = TOP) -> Path:
    file = directory / name
    file.write_text(top + steps, encoding="utf-8")
    return file


def checked(path: Path, engine: ShamEngine | None = None) -> Report:
    return asyncio.run(check_paths([path], engine))


PROOFS = [
    # steps, the engine's table, its answer, what is said of which column's text
    (D + ", accept: [x + x]}\n" + C, {"x + x": "correct"}, "2x", []),
    (D + ", reject: {3x: D2}}\n", {"3x": ["K1", "D2"]}, "2x", []),
    (D + ", reject: {3x: ''}}\n", {"3x": "incorrect"}, "2x", []),
    (D + "}\n", {}, "", [("x^2", "finds no answer to this exercise. It took too long.")]),
    (D + "}\n", {"2x": "incorrect"}, "2x", [("x^2", "tutor's own answer, `2x`, is marked incorrect. Said so.")]),
    (D + "}\n", {"2x": "undecided"}, "2x", [("x^2", "The right answer, `2x`, has no value")]),
    (
        D + ", accept: [x + x]}\n",
        {"x + x": "wrong-form"},
        "2x",
        [("x + x", "must be accepted, and is marked wrong-form")],
    ),
    (D + ", reject: {3x: ''}}\n", {"3x": "correct"}, "2x", [("3x", "must be rejected, and is marked correct")]),
    (D + ", reject: {3x: ''}}\n", {}, "2x", [("3x", "must be rejected, and is marked unreadable")]),
    (D + ", reject: {3x: D2}}\n", {"3x": ["K1"]}, "2x", [("D2", "rejected, but not as D2 but as K1")]),
    (D + ", reject: {3x: D2}}\n", {"3x": "incorrect"}, "2x", [("D2", "rejected, but not as D2.")]),
    (D + "}\n", {"": "correct"}, "2x", [("x^2", "An empty answer is marked correct")]),
    (D + "}\n", {"x^2": "correct"}, "2x", [("x^2", "question's own formula, typed as the answer, is marked correct")]),
    (D + ", accept: [x^2]}\n", {"x^2": "correct"}, "2x", []),
    (D + ", hints: ['The 2 stays, and $2$ and $x$ too.']}\n", {"2": "correct", "x": "correct"}, "2x", []),
    (
        D + ", hints: [Think., So $f = 2x$.]}\n",
        {},
        "2x",
        [("f = 2x", "hint holds the answer: `2x` is marked correct")],
    ),
    (C, {"a": "incorrect"}, "2x", [("[{right", "`a`, is marked incorrect")]),
    (D + ", says: {x: Said so.}}\n", {"x": "incorrect"}, "2x", []),
    (D + ", says: {x: Other.}}\n", {"x": "incorrect"}, "2x", [("x: Other", "Of `x` something else is said: Said so.")]),
    (
        D + ", says: {x: Other., 1x: Said so.}}\n",
        {"x": "incorrect", "1x": "incorrect"},
        "2x",
        [("x: Other", "`x` is the same answer as `1x`")],
    ),
    (D + ", says: {2x: Said so.}}\n", {}, "2x", [("2x: Said", "`2x` is not marked wrong")]),
    (
        C.replace("}]}", "}], says: {y: Said so., z: Said so.}}"),
        {"b": "incorrect"},
        "2x",
        [("z: Said", "`z` is no ans")],
    ),
    (D + ", says: {P99: No., K1: Said so.}}\n", {}, "2x", [("P99", "There is no slip P99")]),
    (D + ", reject: {3x: P99}}\n", {}, "2x", [("P99", "There is no slip P99")]),
    (
        "  - fix: {id: f, ask: Go, of: x^2, by: x, slip: p1}\n",
        {},
        "2x",
        [("p1", "There is no slip p1")],
    ),
    (
        "  - fix: {id: f, ask: Go, of: x^2, by: x, slip: P1}\n",
        {},
        "",
        [("P1", "finds no answer to this exercise. It took too long.")],
    ),
    # a fault beside the question hides none of the proofs, and what follows from it is not said
    (
        D + ", form: exapnded, hints: [So $2x$.], accept: [x], reject: {2x: K1, 3x: ''}}\n",
        {"x": "incorrect", "3x": "incorrect"},
        "2x",
        [("exapnded", "cannot be"), ("x]", "must be accepted"), ("2x: K1", "must be rejected")],
    ),
    (D + ", accept: [2x +, x]}\n", {}, "2x", [(", x]", ""), ("x]", "must be accepted")]),
    (D + ", acept: [2x], hints: [So $2x$.]}\n", {}, "2x", [("acept", "no key"), ("2x$", "hint holds")]),
    (D + ", varry: {a: 2}, hints: [So $2x$.]}\n", {}, "2x", [("varry", "no key")]),
    (
        D.replace("ask: Go", "ask: '{q}'") + ", vary: {a: [1]}, seeds: [1], accept: ['{a}']}\n",
        {},
        "2x",
        [("{q}", "no parameter")],
    ),
]


@pytest.mark.parametrize(("steps", "table", "answer", "said"), PROOFS)
def test_what_the_engine_must_bear_out(
    tmp_path: Path, steps: str, table: dict[str, str | list[str]], answer: str, said: list[tuple[str, str]]
) -> None:
    report = checked(write(tmp_path, steps), ShamEngine(table, answer))
    lines = (TOP + steps).split("\n")
    assert len(report.problems) == len(said), report.problems
    for problem, (under, words) in zip(report.problems, said, strict=True):
        assert lines[problem.line - 1][problem.column - 1 :].startswith(under)
        assert words in problem.what
        assert problem.do


def test_nothing_is_proved_of_an_exercise_that_cannot_be_read(tmp_path: Path) -> None:
    engine = ShamEngine()
    report = checked(write(tmp_path, D.replace("x^2", "x^") + "}\n" + C), engine)
    assert [problem.field for problem in report.problems] == ["steps[0].derivative.of"]
    assert engine.asked == ["a", ""]


def test_without_an_engine_everything_else_is_checked(tmp_path: Path) -> None:
    report = checked(write(tmp_path, D + ", accept: [2x +]}\n" + C))
    assert (report.exercises, len(report.problems), len(report.sources)) == (2, 1, 1)


def test_ambiguous_and_unnamed_slips_are_listed_when_asked_for(tmp_path: Path) -> None:
    class Vouching(ShamEngine):
        async def vouch(self, exercise: AnyExercise) -> Vouched:
            return Vouched(rewritings=1, slips=2, alike=("P1, P3: x",), unnamed=("D1: 0",))

    report = checked(write(tmp_path, D + "}\n"), Vouching())
    told = as_text(report, with_slips=True)
    assert "x d\n    two slips lead to it: P1, P3: x\n    wrong, and not named: D1: 0\n" in told
    assert "two slips" not in as_text(report)


DESCENTS = [
    # partials and problem, what the caret stands under, words of what, words of do
    ("problem: houses, partials: {w1: d, w2: d, b: d}", None, "", ""),
    ("problem: hoses, partials: {w1: d}", "hoses", "no problem called `hoses`", "`houses`?"),
    ("problem: boats, partials: {w1: d}", "boats", "no problem called `boats`", "Known here: bowl, ravine"),
    ("problem: houses, partials: {w1: d, w2: d, b: d, w3: d}", "w3: d", "has no weight `w3`", "w1, w2, b"),
    ("problem: houses, partials: {w1: d, b: d}", "{w1: d", "weight `w2` of `houses` is given no partial", "Add `w2:`"),
]


@pytest.mark.parametrize(("rest", "under", "what", "do"), DESCENTS)
def test_a_descent_names_a_problem_and_all_its_weights(
    tmp_path: Path, rest: str, under: str | None, what: str, do: str
) -> None:
    steps = D + "}\n  - descent: {text: Go, " + rest + "}\n"
    problems = checked(write(tmp_path, steps)).problems
    if under is None:
        assert problems == ()
        return
    (problem,) = problems
    assert problem.line == 8
    assert steps.split("\n")[1][problem.column - 1 :].startswith(under)
    assert what in problem.what
    assert do in problem.do


RUN = "run: {data: DATA, model: w*size + b, start: {w: 0, b: 0}, rate: 0.1, steps: 9"
PREDICT = "predict: {id: p, ask: Go, options: [settles, grows], " + RUN
STEER = "steer: {id: s, ask: Go, choose: w, goal: settles, " + RUN.replace("w: 0, ", "")
TABLES = [
    # a step, what the caret stands under, words of what, words of do
    (PREDICT.replace("DATA", "data/rents.csv") + "}}", None, "", ""),
    (STEER.replace("DATA", "data/rents.csv") + "}}", None, "", ""),
    (PREDICT.replace("DATA", "data/rent.csv") + "}}", "data/rent.csv", "no file `data/rent.csv`", "`data/rents.csv`?"),
    (STEER.replace("DATA", "rants") + "}}", "rants", "no file `rants`", "Known here: bad.csv, data/rents.csv"),
    (
        PREDICT.replace("DATA", "bad.csv") + "}}",
        "bad.csv",
        "bad.csv, line 3, column size: 'x' is not",
        "Correct the file",
    ),
    (STEER.replace("DATA", "data/rents.csv") + ", standardise: sizee}}", "sizee", "no formula uses it", "Correct"),
]


@pytest.mark.parametrize(("step", "under", "what", "do"), TABLES)
def test_the_file_that_a_run_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, under: str | None, what: str, do: str
) -> None:
    monkeypatch.setenv("TUTOR_DATA", str(tmp_path))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rents.csv").write_text("size,price\n1,2\n2,3\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("size,price\n1,2\nx,3\n", encoding="utf-8")
    problems = checked(write(tmp_path, f"  - {step}\n")).problems
    if under is None:
        assert problems == ()
        return
    (problem,) = problems
    assert f"  - {step}"[problem.column - 1 :].startswith(under)
    assert what in problem.what
    assert do in problem.do


def test_what_a_line_rejects_is_quoted_by_itself(tmp_path: Path) -> None:
    lines = "lines: [{name: z, of: 2x}, {name: a, of: z + 1, reject: {9: U1}}]"
    engine = ShamEngine({"4\n5": "correct", "4\n9": "incorrect"}, "4\n5")
    (problem,) = checked(write(tmp_path, f"  - line: {{id: l, ask: Go, given: {{x: 2}}, {lines}}}\n"), engine).problems
    assert problem.what.startswith("`9` is rejected, but not as U1")


PARTIALS = [
    # the right answer of the exercise, what a page trains, what is said
    ("w - 3", "problem: bowl", ""),
    ("w - 3 + w/2", "loss: (w - 3)^2/2 + w^2/4, start: {w: 0}", ""),
    ("w - 3 + w/2", "problem: bowl", "not the right one: where it gives "),
    ("2(w - 3)", "problem: bowl", "it is twice the right one"),
    ("w - 3 + k", "problem: bowl", "cannot be trained with. In the formula for w"),
]


@pytest.mark.parametrize(("answer", "trained", "said"), PARTIALS)
def test_a_descent_is_trained_with_the_partials_that_its_exercises_ask_for(
    tmp_path: Path, answer: str, trained: str, said: str
) -> None:
    steps = D + f"}}\n  - descent: {{text: Go, {trained}, partials: {{w: d}}}}\n"
    engine = ShamEngine({answer: "correct"}, answer)
    problems = [problem.what for problem in checked(write(tmp_path, steps), engine).problems]
    assert [said in what for what in problems] == [True] * bool(said)


def test_a_fault_of_form_hides_no_other_fault_of_a_descent(tmp_path: Path) -> None:
    rest = "partials: {w1: d, w2: [d], w9: d}, rate: 0, steps: 0}\n"
    known, unknown = (D + f"}}\n  - descent: {{text: Go, problem: {name}, {rest}" for name in ("houses", "boats"))
    both = ["steps", "partials.w2", "rate"]
    for steps, more in ((known, ["partials", "partials.w9"]), (unknown, ["problem"])):
        fields = [problem.field for problem in checked(write(tmp_path, steps)).problems]
        assert sorted(fields) == sorted(f"steps[1].descent.{name}" for name in [*both, *more])


def test_a_course_of_ones_own_does_not_take_the_houses_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    steps = D + "}\n  - descent: {text: Go, problem: houses, partials: {w1: d, w2: d, b: d}}\n"
    assert checked(write(tmp_path, steps)).problems == ()


def test_data_that_a_run_cannot_use_are_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    (tmp_path / "d.csv").write_text("x,y\n1,2\n2,nan\n")
    run = 'run: {data: d.csv, model: "w*x", start: {w: 0}, rate: "0.1"}'
    step = f"  - predict: {{id: p, ask: Go, {run}, options: [settles, grows], hints: [Look.]}}\n"
    (problem,) = checked(write(tmp_path, step)).problems
    assert problem.field == "steps[0].predict.run.data"
    assert problem.what.startswith("d.csv, line 3, column y: 'nan' is not a number.")
    assert "Correct the file" in problem.do


def test_missing_data_are_no_fault_of_the_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "course_directory", lambda: tmp_path)
    steps = D + "}\n  - descent: {text: Go, problem: houses, partials: {w1: d, w2: d, b: d}}\n"
    (problem,) = checked(write(tmp_path, steps)).problems
    assert "install it again" in problem.what
    assert "no fault of the lesson" in problem.do


def test_a_slip_that_is_never_named_is_told_with_the_reason(tmp_path: Path) -> None:
    class Vouching(ShamEngine):
        async def vouch(self, exercise: AnyExercise) -> Vouched:
            return Vouched(could={"C6": "w"})

    step = "  - expression: {id: e, ask: Go, answer: (1 - η)w, reject: {w: U1}, says: {U2: No., C6: Said so.}}\n"
    found = checked(write(tmp_path, step), Vouching({"w": "incorrect"}, "2x")).problems
    assert [("not written as a step of descent" in problem.what, problem.column) for problem in found] == [
        (True, step.index("U1") + 1),
        (True, step.index("U2") + 1),
    ]


WITHOUT_VALUE = [
    # an exercise, the start of what is said of it by the real engine
    ("number: {id: n, ask: Go, of: 1/0, accept: [1], reject: {2: ''}}", "The right answer, `1/0`, has no value"),
    ("number: {id: n, ask: Go, of: ln(x), by: x, at: {x: 0}}", "The right answer, `1/0`, has no value"),
    ("derivative: {id: d, ask: Go, of: ln(-x^2)+sqrt(-1-x^2), by: x}", "`ln(-x^2)+sqrt(-1-x^2)` has no value at any"),
    ("derivative: {id: d, ask: Go, of: ln(-1-x^2), by: x}", "`ln(-1-x^2)` has no value at any point"),
    ("gradient: {id: g, ask: Go, of: sqrt(-1-x^2)*y, by: [x, y]}", "`sqrt(-1-x^2)*y` has no value at any point"),
    ("expression: {id: e, ask: Go, answer: sqrt(-1-x^2)}", "The right answer, `√(−1 − x²)`, has no value"),
    ("derivative: {id: d, ask: Go, of: ln(x - 7) + sqrt(9 - x), by: x}", ""),
    ("number: {id: n, ask: Go, of: 10^400}", ""),
]


@pytest.mark.parametrize(("step", "said"), WITHOUT_VALUE)
async def test_what_has_no_value_is_said_to_its_author_once(tmp_path: Path, step: str, said: str) -> None:
    engine = Engine.for_proofs()
    try:
        report = await check_paths([write(tmp_path, f"  - {step}\n")], engine)
    finally:
        await engine.close()
    assert [problem.what[: len(said)] for problem in report.problems] == ([said] if said else [])


def test_a_directory_is_checked_with_what_its_lessons_need(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / ".git").mkdir()
    write(tmp_path, C, "a.yaml")
    write(tmp_path / "more", C, "b.yaml", TOP.replace("id: x", "id: y\nneeds: [x, z]"))
    write(tmp_path / ".git", "nonsense", "c.yaml")
    (tmp_path / "notes.txt").write_text("nonsense")
    report = checked(tmp_path)
    assert [Path(source.file).name for source in report.sources] == ["a.yaml", "b.yaml"]
    assert [(problem.line, problem.what) for problem in report.problems] == [(3, "No lesson here has the id `z`.")]
    assert checked(tmp_path / "more" / "b.yaml").problems == ()  # a file alone cannot say what is beside it


def test_one_file_named_twice_is_one_file(tmp_path: Path) -> None:
    file = write(tmp_path, "  - read:\n")
    report = asyncio.run(check_paths([file, file, tmp_path], None))
    assert (len(report.sources), len(report.problems)) == (1, 1)


def test_an_empty_directory_is_no_course(tmp_path: Path) -> None:
    assert "no lessons in this directory" in checked(tmp_path).problems[0].what


# --- the command


def run(monkeypatch: pytest.MonkeyPatch, *paths: Path, as_json: bool = False) -> int:
    engine = ShamEngine()
    monkeypatch.setattr(Engine, "for_proofs", lambda: engine)
    code = command.run(argparse.Namespace(paths=[str(path) for path in paths], json=as_json, **NOTHING_ELSE))
    assert engine.is_closed
    return code


def test_a_good_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, write(tmp_path, D + "}\n")) == 0
    assert capsys.readouterr().out == "1 file, 1 exercise, no problems\n"


def test_problems_are_shown_with_their_line_and_a_caret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, D.replace("x^2", "x^2 + Y") + "}\n  - red: Hello\n")
    assert run(monkeypatch, file) == 1
    assert (
        capsys.readouterr().out
        == f"""\
{file}:8:5: There is no kind of step called `red`.
    - red: Hello
      ^
    Did you mean `read`?

1 file, 1 exercise, 1 problem
"""
    )


def test_a_long_line_is_shown_around_the_fault_and_signs_that_act_are_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, write(tmp_path, f"  - read: {'word ' * 60}\x1b[2J costs\n"))
    said = capsys.readouterr().out.split("\n")
    assert "\x1b" not in "".join(said)
    assert len(said[1]) <= 80
    assert said[1][said[2].index("^")] == "�"


def test_json_is_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "  - read:\n")
    assert run(monkeypatch, file, as_json=True) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"], problem["field"]) == (str(file), 7, "steps[0].read.text")
    assert set(problem) == {"file", "line", "column", "field", "what", "do"}


def test_a_path_that_is_not_there_is_wrong_usage_and_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "  - read:\n")
    assert run(monkeypatch, tmp_path / "none.yaml", file) == 2
    said = capsys.readouterr()
    assert "no file or directory called" in said.err
    assert "none.yaml" in said.out
    assert str(file) in said.out
    assert run(monkeypatch, tmp_path / ("long" * 100)) == 2


def test_files_are_told_in_the_order_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["z.yaml", "none.yaml", "a.yaml"]
    for name in ("a.yaml", "z.yaml"):
        write(tmp_path, "  - read:\n", name)
    assert run(monkeypatch, *(tmp_path / name for name in names), as_json=True) == 2
    told = [Path(problem["file"]).name for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert told == names


def test_an_engine_that_does_not_start_is_no_fault_of_the_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Engine, "for_proofs", lambda: Engine(argv=["false"]))
    with pytest.raises(EngineError, match="does not start"):
        command.run(argparse.Namespace(paths=[str(write(tmp_path, C))], json=False, **NOTHING_ELSE))
    assert capsys.readouterr().out == ""


def test_without_a_path_the_course_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUTOR_LESSONS", str(tmp_path))
    write(tmp_path, C)
    assert run(monkeypatch) == 0
    assert capsys.readouterr().out == "1 file, 1 exercise, no problems\n"


def test_editors_and_github_get_a_line_for_each_problem(tmp_path: Path) -> None:
    file = write(tmp_path, "  - red: Hello\n  - read: 100 % of $x^$, so\n", "a,b:c.yaml")
    (tmp_path / "none.yaml").write_text("")
    report = asyncio.run(check_paths([file, tmp_path / "none.yaml"], None))
    lines = list(as_lines(report))
    assert lines[0] == f"{file}:7:5: error: There is no kind of step called `red`. Did you mean `read`?"
    assert lines[-1].startswith(f"{tmp_path / 'none.yaml'}:1:1: error: There is no lesson in this file.")
    notes = list(as_annotations(report))
    place = f"{tmp_path}/a%2Cb%3Ac.yaml"
    assert notes[0].startswith(f"::error file={place},line=7,col=5,title=tutor check::There is no kind")
    assert [re.fullmatch(r"\S+:\d+:\d+: error: .+", line) is not None for line in lines] == [True] * 3
    assert not any("%" in note.replace("%2C", "").replace("%3A", "") for note in notes)


def test_every_problem_with_a_line_has_a_column() -> None:
    report = asyncio.run(check_paths([places.course_directory()], None))
    assert all(problem.column for problem in report.problems)


async def test_a_watch_sees_files_that_are_written_and_files_that_are_replaced(tmp_path: Path) -> None:
    file, other = tmp_path / "a.yaml", tmp_path / "b.txt"
    file.write_text("x")
    seen = changes([file])
    coming = asyncio.ensure_future(anext(seen))
    while not coming.done():  # the first write may come before the watch is set
        other.write_text("y")
        file.write_text("z")
        await asyncio.wait([coming], timeout=0.2)
    coming = asyncio.ensure_future(anext(seen))
    while not coming.done():
        other.write_text("w")
        other.replace(file)
        await asyncio.wait([coming], timeout=0.2)
    await seen.aclose()


async def test_what_is_saved_during_a_round_is_followed_by_another_round(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("x")
    again = rounds([file])
    await anext(again)
    file.write_text("y")  # while the first round is still at work
    async with asyncio.timeout(60):
        await anext(again)
    await again.aclose()


def test_a_skill_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    top = TOP.replace("steps:", "teaches: [power-rule, chain-rul]\nsteps:")
    for more, others in (("}\n", 0), (", extra: 3}\n", 1)):  # told beside whatever else is wrong
        problem, *rest = checked(write(tmp_path, D + more, top=top)).problems
        assert "no skill called `chain-rul`" in problem.what
        assert "`chain-rule`" in problem.do
        assert len(rest) == others


def test_what_a_course_says_of_itself_is_checked_and_what_its_lessons_need_may_be_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, C, "a.yaml", TOP.replace("id: x", "id: x\nneeds: [power-rule, power-rul]"))
    (tmp_path / "course.toml").write_text('titel = "Ours"\n')
    report = asyncio.run(check_paths([tmp_path], None, ["power-rule"]))
    assert [(Path(each.file).name, each.line, each.do) for each in report.problems] == [
        ("a.yaml", 3, "Did you mean `power-rule`?"),
        ("course.toml", 1, "Did you mean `title`?"),
    ]


def test_of_a_file_by_itself_a_need_that_is_misspelt_is_told(tmp_path: Path) -> None:
    write(tmp_path, C, "b.yaml", TOP.replace("id: x", "id: power-rules"))
    file = write(tmp_path, C, "a.yaml", TOP.replace("id: x", "id: x\nneeds: [power-rule, power-rul, power-rules, z]"))
    (problem,) = asyncio.run(check_paths([file], None, ["power-rule"])).problems
    assert (problem.line, problem.column, problem.do) == (3, 21, "Did you mean `power-rule`?")


MANY_TONGUES = """\
  - read: Die *Ableitung* sagt, wie schnell sich $größe$ ändert; «ein Zitat» und ein $x^2$.
  - derivative: {id: a, ask: "Ableitung von $preis^2$?", of: preis^2, by: preis, hints: [Erst vorn.], accept: [2preis]}
  - choice: {id: b, ask: 微分とは何ですか。, options: [{right: 変化の速さ}, {wrong: 面積}]}
  - order: {id: c, ask: Bring die Zeilen in Ordnung., lines: [Zuerst ableiten., Dann einsetzen., Потом упростить.]}
  - derivative: {id: d, ask: Найдите производную $y = ж^2$., of: ж^2, by: ж, accept: [2ж]}
"""


async def test_a_lesson_may_be_in_any_language(tmp_path: Path) -> None:
    engine = Engine.for_proofs()
    try:
        report = await check_paths([write(tmp_path, MANY_TONGUES)], engine)
    finally:
        await engine.close()
    assert report.problems == ()


def test_variants_that_fail_alike_are_one_problem(tmp_path: Path) -> None:
    made = (
        "  - expression: {id: e, ask: Go, answer: '{a}x', accept: ['{a + 1}x'], vary: {a: 2..99}, seeds: [1, 2, 3]}\n"
    )
    (problem,) = checked(write(tmp_path, made), ShamEngine()).problems
    assert problem.what.startswith("With seed 1, and in the same way with 2, 3: ")


@pytest.mark.parametrize("hint", ["Look at line 3.", "Zeile 3 ist falsch.", "Regarde la ligne 3.", "Mira la línea 3."])
def test_a_hint_that_names_the_wrong_line_is_seen_in_other_languages_too(hint: str) -> None:
    assert [text for text, _ in told_by(Fix(ask="", of="x^2", by=("x",)), hint)] == ["3"]
