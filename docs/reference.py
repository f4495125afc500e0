"""Writes docs/lesson-format.md: every kind and field of a lesson, in the words of the schema, with an example of each.

    python docs/reference.py

The examples stand here; tests/test_docs.py proves them, and that together they use every field.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tutor.commands.schema import schema as lesson_schema
from tutor.descent.catalogue import PROBLEMS
from tutor.lesson.model import FORETOLD, Exercise, Form
from tutor.lesson.read import KINDS, read_course
from tutor.marking.slips.registry import SKILL_IDS, SKILLS, SLIPS
from tutor.places import course_directory

TARGET = Path(__file__).with_name("lesson-format.md")

LESSON = """\
format: 1
id: rates-by-hand
title: Rates by hand
needs: [rates-of-change]
teaches: [power-rule]
objectives:
  - Say how fast a car goes from how far it has come
steps:
  - read: A car has gone $s = 3t^2$ metres after $t$ seconds.
  - derivative: {id: speed, ask: "How fast is it, in $t$?", of: 3t^2, by: t, function: s}
placement: speed
summary: Speed is the derivative of the way.
"""

COMMON = """\
- read: {id: the-loss, text: "Of one row, with the weight $w$: $E = a(w x - t)^2$."}
- derivative:
    id: with-everything
    ask: The loss is $E = {a}(w x - t)^2$. What is $dE/dw$?
    of: "{a}(w x - t)^2"
    by: w
    function: E
    variables: [x, t]
    let: {r: w x - t}
    vary: {a: 2..9}
    seeds: [1, 2, 3]
    hints:
      - Something is squared. What stands inside, and how does it move with w?
      - Outside first, then times the derivative of the inside.
    because: The outside gives $2*{a}r$, the inside $x$.
    page: the-loss
    accept: ["{2a}r x", "{2a}x(w x - t)"]
    reject:
      "{2a}(w x - t)": K1
      "{a}x(w x - t)": ''
    says:
      K1: And the inside, how does it move with $w$?
      "{a}x(w x - t)": Half of it has been lost.
"""

EXAMPLES = {
    "read": """\
- read: |
    A *derivative* says how fast something moves.

    - An item begins with a dash.
    - Money is written with a backslash: \\$5.

    $$df/dx = 2x$$
- read:
    id: a-page-with-an-id
    text: A page needs an id only where something refers to it.
""",
    "plot": """\
- plot:
    id: two-curves
    text: Where the parabola is steep, the line is far from zero.
    curves:
      - {of: x^2, label: f}
      - {of: 2x, label: "df/dx"}
    over: x
    start: -2
    end: 2
    points: [[1, 1], [1, 2]]
    across: place x, in metres
    up: height and slope
""",
    "secant": """\
- secant: {id: chord, text: The chord turns into the tangent., of: x^2, over: x, start: 0, end: 3, at: 1}
""",
    "walk": """\
- walk: {id: along, text: Watch the slope as the point walks., of: sin x, over: x, start: 0, end: 6.28}
""",
    "bowl": """\
- bowl: {id: ball, text: The ball takes steps of descent., of: (w - 3)^2, over: w, start: -1, end: 7, at: 0, rate: 0.2}
""",
    "slices": """\
- slices: {id: cuts, text: "Here $y$ is held.", of: x^2 + x y, over: x, hold: y, values: [0, 1, 2], start: -2, end: 2}
""",
    "contours": """\
- contours:
    id: map
    text: The gradient points straight up the slope.
    of: x^2 + 2y^2
    over: [x, y]
    start: [-2, -2]
    end: [2, 2]
    points: [[1, 1], [-1, 0.5]]
""",
    "network": """\
- network:
    id: one-neuron
    text: Space shows how the loss moves with each node.
    given: {w: 0.5, x: 2, b: 0.1, t: 1}
    nodes:
      - {name: z, of: w x + b}
      - {name: a, of: sigmoid(z)}
      - {name: E, of: (a - t)^2}
""",
    "worked": """\
- worked: {id: example, text: The product rule at work., of: x^2 sin(x), by: x}
""",
    "descent": """\
- derivative: {id: dw, ask: "What is $dE/dw$ of $E = (w - 3)^2/2$?", of: (w - 3)^2/2, by: w, function: E}
- descent: {id: roll, text: Now your own formula moves the weight., problem: bowl, partials: {w: dw}, rate: 0.2, steps: 100}
- derivative: {id: dv, ask: "What is $dE/dv$ of $E = (v - 3)^2 + v^2/2$?", of: (v - 3)^2 + v^2/2, by: v, function: E}
- descent: {id: roll-again, text: A loss of your own., loss: (v - 3)^2 + v^2/2, start: {v: 0}, partials: {v: dv}}
- derivative: {id: da, ask: And by $a$?, of: (a size + b - rent)^2/2, by: a, function: E, variables: [size, rent]}
- derivative: {id: db, ask: And by $b$?, of: (a size + b - rent)^2/2, by: b, function: E, variables: [size, rent]}
- descent:
    id: on-your-rents
    text: And a line through eight rents, in `data/rents.csv` beside the lesson.
    data: data/rents.csv
    model: a*size + b
    loss: (prediction - rent)^2/2
    standardise: size
    start: {a: 0, b: 0}
    partials: {a: da, b: db}
""",
    "derivative": """\
- derivative: {id: second, ask: "What is the second derivative of $x^3$?", of: x^3, by: [x, x], function: g, form: simplified}
""",
    "gradient": """\
- gradient: {id: both, ask: "What is the gradient of $x^2 y$?", of: x^2 y, by: [x, y], function: g, form: [expanded]}
""",
    "number": """\
- number: {id: speed, ask: "How fast is it after 2 s?", of: 3t^2, by: t, at: {t: 2}, places: 1, unit: m/s}
- number: {id: third, ask: "What is the slope of $x^2/6$ at 1, exactly?", of: x^2/6, by: x, at: {x: 1}, form: exact}
""",
    "expression": """\
- expression: {id: step, ask: "Where does $w$ go, at rate $r$ and slope $g$?", answer: w - r g, name: w_new, form: expanded}
""",
    "choice": """\
- choice:
    id: which-way
    ask: The slope is negative. Which way does descent go?
    options:
      - {wrong: To the left, because: There the loss is larger.}
      - {right: To the right, because: Downhill is where the slope falls.}
      - wrong: It stays
    says: {It stays: It stays only where the slope is 0.}
""",
    "predict": """\
- predict:
    id: too-far
    ask: At rate 1.1, what will the weight do?
    run: {loss: (w - 3)^2, start: {w: 0}, rate: 1.1, steps: 10}
    options: [settles, swings, grows]
    says: {settles: "So it would at 0.4. What is 1 - 2*1.1?"}
- predict:
    id: on-houses
    ask: On the house prices, at rate 0.1, what happens?
    run: {problem: houses, rate: 0.1, steps: 300}
    options: [settles, grows, stays]
- predict:
    id: on-rents
    ask: A line is trained on eight rents, in `data/rents.csv` beside the lesson. What happens?
    run:
      data: data/rents.csv
      model: w*size + b
      loss: (prediction - rent)^2/2
      standardise: size
      start: {w: 0, b: 0}
      rate: 0.5
    options: [settles, swings, grows]
""",
    "steer": """\
- steer:
    id: be-quick
    ask: Choose a rate that brings $w$ within 0.01 of 3 in five steps.
    run: {loss: (w - 3)^2, start: {w: 0}, steps: 5}
    choose: rate
    goal: {w: 3, within: 0.01}
    accept: ["0.5"]
    reject: {"0.01": ''}
    says: {"1": With 1 it jumps from side to side for ever.}
""",
    "fix": """\
- fix: {id: find-it, ask: Which line is wrong?, of: (3x + 1)^4, by: x, slip: K1}
- fix: {id: own-lines, ask: Which line is wrong?, lines: [2(x + 3), 2x + 6, 2x + 5, 2x + 4 + 1]}
""",
    "order": """\
- order: {id: sort, ask: Put the lines in order., of: x^2 sin(x), by: x}
- order:
    id: loop
    ask: What does one step of training do, first to last?
    lines: [Predict., Compare with the target., Find the gradient., Move the weights.]
""",
    "line": """\
- line: {id: derive, ask: Derive it line by line., of: (x^2 + 1)^3, by: x, function: g, form: simplified}
- line:
    id: forward-and-back
    ask: Work through the network.
    given: {w: 2, x: 3, t: 5}
    lines:
      - {name: z, of: w x, ask: What is $z = w x$?}
      - {name: E, of: (z - t)^2}
      - {name: g, of: (z - t)^2, by: z, ask: What is $dE/dz$?}
    places: 2
""",
}

LEAD = """\
# Every kind and field of a lesson

Made by `python docs/reference.py` from the records that the tutor reads lessons into; `tutor schema` prints the same as JSON
Schema. How a lesson is written is told in [authoring.md](authoring.md). A field marked *must* has to be there.
"""

PAGES = """\
## Texts and formulas

A text of a page, question, hint or summary is in the language of pages: an empty line ends a paragraph, `- ` begins an item,
`*word*` stresses, `$...$` is mathematics, and `$$...$$` on a line of its own is set large. `\\$` and `\\*` are the signs
themselves. Mathematics is written as answers are typed: `3x^2`, `2x sin x`, `e^(-x)`, `sqrt(x)`, `sigmoid(z)`, `ln x`, `|x|`,
`w_1`, Greek letters by name or as they are; `df/dx`, `∂f/∂x`, `f'`, `∇f` and `…` may stand in texts too, and formulas may be
joined by `=`, `≈`, `<`, `→` and commas.

A formula (`of`, `answer`, `model`) has no equals sign. A name is a letter, with an index if you like (`w_1`, `x_new`);
letters side by side are multiplied, but a square is written `z^2`: the same letter twice in a row is refused.
`σ` is the sigmoid, as in `σ(x)`, and so no name: call a standard deviation `s`.
A longer name such as `price` is one name where the exercise declares it: under
`variables`, `let`, `by`, `given`, or as a column of data.
"""


def reference() -> str:
    """The whole page."""
    schema = lesson_schema()
    common = [name for name in schema["$defs"]["derivative"]["properties"] if name in Exercise.__struct_fields__]
    parts = [LEAD.rstrip(), *_section("A lesson", "One file, one lesson.", schema, (), LESSON), PAGES.rstrip()]
    made = {name: _body(schema["$defs"][name]) for name in KINDS}
    words = "A step is a list item with one key, its kind. A page that needs nothing but its text may be that text."
    parts += ["## Pages", words]
    for name, kind in KINDS.items():
        if name == "derivative":
            words = (
                "Every exercise has these fields, whatever its kind; beneath, each kind has those of its own besides."
            )
            shown = {**made[name], "properties": {key: made[name]["properties"][key] for key in common}}
            parts += _section("Exercises", words, shown, (), COMMON)
        skipped = common if issubclass(kind, Exercise) else ()
        parts += _section(f"`{name}`", made[name]["description"], made[name], skipped, EXAMPLES[name], depth=3)
    return "\n\n".join([*parts, *_words()]) + "\n"


def _section(title: str, words: str, of: dict[str, Any], skipped: Any, example: str, depth: int = 2) -> list[str]:
    rows = [row for name, field in of["properties"].items() if name not in skipped for row in _rows(name, field, of)]
    table = ["| field | what it says |", "|---|---|", *rows]
    return [f"{'#' * depth} {title}", words, *(["\n".join(table)] if rows else []), f"```yaml\n{example}```"]


def _rows(name: str, field: dict[str, Any], of: dict[str, Any], above: str = "") -> list[str]:
    must = " (*must*)" if name in of.get("required", ()) else ""
    said = field.get("description", "").replace("|", "\\|")
    rows = [f"| `{above}{name}`{must} | {said} |"]
    inside = _inside(field)
    if inside is not None and name != "steps":
        for inner, each in inside["properties"].items():
            rows += _rows(inner, each, inside, f"{above}{name}.")
    return rows


def _inside(field: dict[str, Any]) -> dict[str, Any] | None:
    """The keys that a field holds, of itself or of each of its parts."""
    for shape in (field, field.get("items", {}), *field.get("anyOf", ())):
        if "properties" in shape:
            return shape
        if "items" in shape and "properties" in shape["items"]:
            return shape["items"]
    return None


def _body(described: dict[str, Any]) -> dict[str, Any]:
    """Of a page that may be a text alone: what it is with keys."""
    if "properties" in described:
        return described
    return {**described["anyOf"][1], "description": described["description"]}


def _table(word: str, meaning: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"| {word} | {meaning} |", "|---|---|", *(f"| `{name}` | {said} |" for name, said in rows)])


def _words() -> list[str]:
    forms = ", ".join(f"`{form}`" for form in Form.__args__)  # type: ignore[attr-defined]
    fates = _table("word", "what the run does", FORETOLD.items())
    problems = (
        (name, ", ".join(f"`{weight}`" for weight in make().weights), make().title) for name, make in PROBLEMS.items()
    )
    skills = _table("skill", "what it is", ((SKILL_IDS[letter], words) for letter, words in SKILLS.items()))
    lessons = _table(
        "lesson", "title", ((lesson.id, lesson.title) for lesson in read_course(course_directory()).lessons)
    )
    listed = []
    for letter, skill in SKILLS.items():
        named = [f"| `{id}` | {slip.wrong_rule} |" for id, slip in SLIPS.items() if id[0] == letter and slip.wrong_rule]
        listed += [f"### {skill[0].upper()}{skill[1:]}", "\n".join(["| slip | what is done |", "|---|---|", *named])]
    return [
        "## Words that stand for something",
        f"Forms of an answer: {forms}.",
        "### What a run can do\n\nFor `options` of a `predict`, and the `goal` of a `steer`.",
        fates,
        "At the bottom means that at most a tenth of the way is left, far from it that half of it or more is. A run that ends\n"
        "between the two has no word, and cannot be asked about.",
        "### Problems\n\nFor `problem`, each with the weights that `partials` names.",
        _table("problem", "what it is", ((name, f"{title}. Weights: {weights}") for name, weights, title in problems)),
        "### Skills\n\nFor `teaches`.",
        skills,
        "### Lessons of the tutor's own course\n\nFor `needs`.",
        lessons,
        "## Slips\n\nThe ids for `reject`, `says` and `slip`. They never change. `tutor check FILE --slips` lists which of them "
        "an exercise\ncan tell apart.",
        *listed,
    ]


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
