"""What an author is told of a faulty `fix`, `order` or `line`: the YAML, the field, and a part of the message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson.proofread import proofread
from tutor.lesson.read import examine
from tutor.lesson.source import load

HEAD = "format: 1\nid: a\ntitle: A\nobjectives: [Look]\nsummary: Looked.\nsteps:\n"
LINES = "[1 + 1, '2', '3']"

GOOD = [
    "fix: {id: a, ask: Q, of: sin(x^2), by: x, slip: K1}",
    f"fix: {{id: a, ask: Q, lines: {LINES}}}",
    "order: {id: a, ask: Q, of: x sin(x), by: x}",
    "order: {id: a, ask: Q, lines: [one, two, three]}",
    "line: {id: a, ask: Q, of: x^2, by: x, accept: ['x + x; 2x']}",
    "line: {id: a, ask: Q, given: {x: 2}, lines: [{name: z, of: 3x}, {name: L, of: (z - x)^2, by: z}]}",
]

FAULTY = [
    ("fix: {id: a, ask: Q}", "", "`of` and `by` and `slip` are missing"),
    ("fix: {id: a, ask: Q, of: sin(x^2), by: x}", "", "`slip` is missing"),
    (f"fix: {{id: a, ask: Q, slip: K1, lines: {LINES}}}", "slip", "no use beside `lines`"),
    ("fix: {id: a, ask: Q, of: sin(x^2), by: t, slip: K1}", "by", "There is no t"),
    ("fix: {id: a, ask: Q, of: sin(x y), by: [x, y], slip: K1}", "by", "one variable"),
    ("fix: {id: a, ask: Q, of: 'sin(', by: x, slip: K1}", "of", "cannot be read"),
    ("fix: {id: a, ask: Q, lines: [1 + 1, '2']}", "lines", "3 to 9 lines"),
    ("fix: {id: a, ask: Q, lines: [1 + 1, '2 +', '3']}", "lines[1]", "cannot be read"),
    ("order: {id: a, ask: Q}", "", "are missing"),
    ("order: {id: a, ask: Q, of: x sin(x), lines: [one, two, three]}", "of", "no use"),
    ("order: {id: a, ask: Q, lines: [one, two, one]}", "lines[2]", "same as line 1"),
    ("order: {id: a, ask: Q, lines: [a, b, c, d, e, f, g, h]}", "lines", "3 to 7"),
    ("line: {id: a, ask: Q}", "", "are missing"),
    ("line: {id: a, ask: Q, of: x^2, by: x, lines: [{name: z, of: 3x}]}", "of", "no use"),
    ("line: {id: a, ask: Q, of: x^2, by: x, accept: ['x + x; 2q']}", "accept[0]", "cannot be read"),
    ("line: {id: a, ask: Q, lines: [{name: z, of: 3x}]}", "lines[0].of", "neither given nor"),
    ("line: {id: a, ask: Q, given: {x: 2}, lines: [{name: x, of: 3x}]}", "lines[0].name", "taken already"),
    ("line: {id: a, ask: Q, given: {x: 2}, lines: [{name: z, of: 3x, by: t}]}", "lines[0].by", "no t in `of`"),
    ("line: {id: a, ask: Q, given: {x: two}, lines: [{name: z, of: 3x}]}", "given.x", "not a number"),
    ("line: {id: a, ask: Q, given: {x: 2}, lines: [{nam: z, of: 3x}]}", "lines[0].nam", "no key `nam`"),
    ("line: {id: a, ask: Q, given: {x: 2}, lines: [3x]}", "lines[0]", "keys of a line"),
    ("line: {id: a, ask: Q, given: {x: 2}, form: expanded, lines: [{name: z, of: 3x}]}", "form", "for a derivation"),
]


def problems(path: Path, step: str) -> list[tuple[str, str]]:
    file = path / "a.yaml"
    file.write_text(f"{HEAD}  - {step}\n", encoding="utf-8")
    reading = examine(load(file))
    found = (*reading.problems, *proofread(reading))
    kind = step.partition(":")[0]
    return [(problem.field.removeprefix(f"steps[0].{kind}").lstrip("."), problem.what) for problem in found]


@pytest.mark.parametrize("step", GOOD)
def test_nothing_is_said_of_a_good_one(tmp_path: Path, step: str) -> None:
    assert problems(tmp_path, step) == []


@pytest.mark.parametrize(("step", "field", "part"), FAULTY)
def test_a_faulty_one_is_told_where_it_is_faulty(tmp_path: Path, step: str, field: str, part: str) -> None:
    found = problems(tmp_path, step)
    assert [where for where, what in found if part in what] == [field], found
