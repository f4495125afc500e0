"""The mathematics and the pages of lessons whose form is right: each fault at its line and column."""

import pytest

from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import parse

TOP = """\
format: 1
id: x
title: T
objectives: [Find $df/dx$]
summary: Keep $2x$.
steps:
"""
D = "  - derivative: {id: d, ask: Go, of: x^2*y, by: x"
N = "  - number: {id: n, ask: Go, of: x^2*y, at: {x: 2, y: 3}"
P = "  - plot: {text: A, curves: [{of: x^2}], over: x, start: 0, end: 1"

GOOD = [
    D + ", because: 'One of {2, 3} or {a, b}'}\n",
    "  - read: {id: p, text: Go}\n" + D + ", page: p}\n",
    "  - read: It costs \\$5, and $∂f/∂x = 3x^2 + 2y$ is *new*.\n",
    D + ", accept: [2xy, 2x*y], reject: {x^2: D6, y: ''}}\n",
    D.replace("by: x", "by: [x, y]") + "}\n",
    D.replace("by: x", "by: z, variables: [z], accept: [0]") + "}\n",
    "  - derivative:\n      {id: d, ask: Go, of: (w*x + b - y)^2, by: w, let: {r: w*x + b - y}, accept: [2r*x]}\n",
    "  - derivative: {id: d, ask: Go, of: w*sqft, by: w, variables: [sqft], accept: [sqft]}\n",
    "  - gradient: {id: g, ask: Go, of: x*y, by: [x, y], accept: ['(y, x)']}\n",
    N + ", accept: [12 m, 3*4], unit: m}\n",
    "  - number: {id: n, ask: Go, of: 3*sqft, at: {sqft: 2e3}}\n",
    "  - expression: {id: e, ask: Go, answer: w1*sqft, variables: [sqft], reject: {sqft: ''}}\n",
    "  - choice: {id: c, ask: Go, options: [{right: $x$}, {wrong: $y$}], accept: [a], reject: {b: ''}}\n",
    P + ", points: [[1/2, -0.25], [pi, 0]]}\n",
    D + "}\n  - descent: {text: Go, problem: houses, partials: {w: d}}\n",
]


@pytest.mark.parametrize("steps", GOOD)
def test_what_is_good(steps: str) -> None:
    reading = examine(parse(TOP + steps, "f"))
    assert reading.problems == ()
    assert proofread(reading) == []


PROBLEMS = [
    (D + ", because: 'So {2a} it is'}\n", 7, "{2a}", "is filled in by a parameter", "`vary: {a: 2..9}`"),
    (D + ", seeds: [1, 2]}\n", 7, "[1, 2]", "Seeds choose among variants", "Add `vary:`"),
    # steps from line 7 on, line, what the caret stands under, words of what, words of do
    ("  - read: costs $5\n", 7, "$5", "This $ is never closed", "\\$"),
    ("  - read: costs $5 or $6\n", 7, "$5 or $6", "space just inside", "price"),
    ("  - read: |\n      One\n      and $y = 3 +$ it\n", 9, "$ it", "still to come after +", "as an answer is typed"),
    ("  - read: |\n      $$y = 2 3$$\n", 8, "3$$", "Two numbers stand side by side", "as an answer"),
    (D + ", hints: [one, '$x']}\n", 7, "$x'", "This $ is never closed", "\\$"),
    (D + ", because: 'a *b'}\n", 7, "*b'", "This * is never closed", "\\*"),
    (D.replace("x^2*y", "x^2*") + "}\n", 7, ", by: x", "`x^2*` cannot be read", "learner would type"),
    (
        "  - expression: {id: e, ask: Go, answer: 2*rate}\n",
        7,
        "rate}",
        "`rate` is read as r times a times t",
        "`variables`",
    ),
    (D.replace("by: x", "by: z") + "}\n", 7, "z}", "no z in `of`", "one of x, y"),
    (N.replace("x^2*y", "f = x^2*y") + "}\n", 7, "= x^2", "no equals sign", "x^2*y"),
    (N.replace("x^2*y", "xx*y") + "}\n", 7, "xx*y", "`xx` is read as x times x", "x^2"),
    ("  - read: |\n" + "      One line.\n\n" * 9, 8, "One line", "has 17 lines", "two pages"),
    ("  - choice: {id: c, ask: Go, options: [{right: x}, {wrong: x}]}\n", 7, "x}]", "same as option 1", "different"),
    (D.replace("by: x", "by: [x, z]") + "}\n", 7, "z]", "no z in `of`", "list z under `variables`"),
    (D + ", accept: [2xy, 2xz]}\n", 7, "z]", "z is not one of them", "learner would type"),
    (D + ", accept: [(2xy, 1)]}\n", 7, "(2xy, 1)", "never closed", "put the whole formula in quotes"),
    (D + ", accept: ['(2xy']}\n", 7, "(2xy']", "never closed", "learner would type"),
    ("  - expression:\n      id: e\n      ask: Go\n      answer: x^2 sin(x\n", 10, "(x", "never closed", "would type"),
    (D + ", reject: {2xy+: D2}}\n", 7, ": D2", "still to come", "learner would type"),
    (D + ", reject: {2x: none}}\n", 7, "none", "`none` is not the id of a slip", "D2, or nothing"),
    (D + ", let: {r: x +}}\n", 7, "}}", "still to come", "learner would type"),
    (N.replace("y: 3", "z: 3") + "}\n", 7, "z: 3", "no z in `of`", "Remove it"),
    (N.replace(", y: 3", "") + "}\n", 7, "x^2*y", "y has no value", "under `at`"),
    (N.replace("y: 3", "y: x") + "}\n", 7, "x}", "`x` is not a number", "1/3"),
    (N.replace("y: 3", "y: 1/0") + "}\n", 7, "1/0", "`1/0` is not a number", "1/3"),
    ("  - expression: {id: e, ask: Go, answer: x +}\n", 7, "}", "still to come", "learner would type"),
    ("  - choice: {id: c, ask: Go, options: [{wrong: x}]}\n", 7, "[{wrong", "None of the options is right", "`right:`"),
    ("  - choice: {id: c, ask: Go, options: [{right: x}]}\n", 7, "[{right", "None of the options is wrong", "`wrong:`"),
    ("  - choice: {id: c, ask: Go, options: [{right: x}, {wrong: $2 3$}]}\n", 7, "3$}", "side by side", "answer"),
    (
        "  - choice: {id: c, ask: Go, options: [{right: x}, {right: z}, {wrong: y}]}\n",
        7,
        "[{right",
        "2 of the options are right",
        "best one",
    ),
    ("  - gradient: {id: g, ask: Go, of: x^2, by: x, accept: [2x]}\n", 7, "x, acc", "two or more variables", "list"),
    (P.replace("x^2", "x*z") + "}\n", 7, "x*z", "uses z, but the plot is over x", "that variable only"),
    (P.replace("x^2", "x^") + "}\n", 7, "}], over", "still to come", "learner would type"),
    (P.replace("end: 1", "end: 0") + "}\n", 7, "0}", "ends where it starts", "`end` the larger"),
    (P + ", points: [[0, up]]}\n", 7, "up]", "`up` is not a number", "1/3"),
    ("  - read: {id: p, text: Go}\n" + D + ", page: q}\n", 8, "q}", "the id `q`", "Known here: p."),
    (D + ", page: q}\n", 7, "q}", "No page before this", "an `id`"),
    ("  - descent: {text: Go, problem: houses, partials: {w: d}}\n", 7, "d}", "has the id `d`", "derived"),
    (
        D.replace("id: d", "id: one") + "}\n  - descent: {text: Go, problem: houses, partials: {w: onee}}\n",
        8,
        "onee",
        "`onee`",
        "`one`?",
    ),
    (D + "}\n  - descent: {text: Go, problem: houses, partials: {w: d}, rate: 0}\n", 8, "0}", "above 0", "0.1"),
]


@pytest.mark.parametrize(("steps", "line", "under", "what", "do"), PROBLEMS)
def test_what_is_wrong(steps: str, line: int, under: str, what: str, do: str) -> None:
    reading = examine(parse(TOP + steps, "f"))
    assert reading.problems == ()
    found = proofread(reading)
    assert found
    assert found[0].line == line
    assert reading.source.lines[line - 1][found[0].column - 1 :].startswith(under)
    assert what in found[0].what
    assert do in found[0].do


HIDDEN = [
    # a step with a fault of form, and the paths of what else is wrong with it, in order
    (
        "plot: {text: A, curves: [{of: x^2/}], over: x, start: 3, end: -3, points: [[1, 2, 3], [a, b]]}",
        ["curves[0].of", "end", "points[1][0]", "points[1][1]"],
    ),
    ("plot: {text: $a, curves: [{of: y}], over: [x], start: 3, end: 4}", ["text"]),
    ("choice: {id: c, ask: Go, options: [{right: a}, {right: $b}, {maybe: c}]}", ["options[1].right", "options"]),
    ("choice: {id: c, ask: Go, options: [{maybe: a}, {perhaps: b}]}", []),
    ("expression: {id: A b, ask: Go, answer: x+}", ["answer"]),
    ("expression: {ask: Go, answer: x+}", ["answer"]),
    ("descent: {text: $a, problem: houses, partials: {w: d}, rate: 0, steps: 0}", ["text", "partials.w", "rate"]),
    ("derivative: {id: d, ask: $a, of: x^2, by: [z, [x]], variables: q, accept: [2r]}", ["ask", "by[0]"]),
    ("derivative: {id: d, ask: Go, of: x^2, by: [z], variabels: z, accept: [z]}", []),
    ("derivative: {id: d, ask: Go, off: x^2, by: z}", []),
    ("number: {id: n, ask: Go, of: x^2, att: {x: 2}}", []),
    ("number: {id: n, ask: Go, of: x^2 + y, at: {x: [2]}, hints: $a}", ["hints[0]"]),
    ("gradient: {id: g, ask: Go, of: x*, by: {}}", ["of"]),
    ("read: {text: $a, plot: b}", ["text"]),
    ("sing: $a", []),
]


@pytest.mark.parametrize(("step", "fields"), HIDDEN)
def test_a_fault_of_form_hides_no_other_and_leads_to_none(step: str, fields: list[str]) -> None:
    reading = examine(parse(f"{TOP}  - {step}\n", "f"))
    assert reading.problems
    found = [problem.field for problem in proofread(reading)]
    assert found == [f"steps[0].{step.partition(':')[0]}.{field}" for field in fields]


def test_a_faulty_exercise_still_derives_a_partial() -> None:
    steps = "  - derivative: {id: d, of: x*y, by: x}\n  - descent: {text: Go, problem: houses, partials: {w: d}}\n"
    reading = examine(parse(TOP + steps, "f"))
    assert [problem.field for problem in reading.problems] == ["steps[0].derivative.ask"]
    assert proofread(reading) == []


def test_objectives_and_summary_are_pages_too() -> None:
    text = TOP.replace("$df/dx$", "$df/dx").replace("$2x$", "$2 3$") + "  - read: Hello.\n"
    assert [(found.line, found.column) for found in proofread(examine(parse(text, "f")))] == [(5, 18), (4, 19)]


def test_good_steps_are_read_though_others_are_faulty() -> None:
    reading = examine(parse(TOP + "  - read:\n  - read: costs $5\n", "f"))
    assert reading.lesson is None
    assert [found.line for found in proofread(reading)] == [8]


def test_objectives_and_summary_are_read_though_a_step_is_faulty() -> None:
    text = TOP.replace("$2x$", "$2 3$") + "  - read:\n"
    assert [found.field for found in proofread(examine(parse(text, "f")))] == ["summary"]
