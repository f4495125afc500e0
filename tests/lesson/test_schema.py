"""The schema says what the reader takes: the same files are good and bad for both."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tutor.check.descents import descent_problems
from tutor.check.skills import skill_problems, slip_problems
from tutor.commands.schema import schema, written
from tutor.lesson.proofread import proofread
from tutor.lesson.read import KINDS, examine
from tutor.lesson.source import parse

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
FILES = sorted(LESSONS.glob("*.yaml"))
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)


class Loader(yaml.CSafeLoader):
    """Scalars as an editor takes them: numbers are numbers, `no` is false, nothing is nothing, all else is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "float", "bool", "null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

GOOD = """\
format: 1
id: a-lesson
title: A lesson
objectives: [Differentiate]
summary: Powers go down.
steps:
  - read: A page.
  - read: {id: again, text: Another.}
  - derivative: {id: one, ask: And?, of: x^2, by: x, hints: [Down.], reject: {2x^2: P2, x: }}
  - choice: {id: two, ask: Which?, options: [{right: this}, {wrong: that, because: No.}]}
  - number: {id: three, ask: How much?, of: x^2, at: {x: 3}, places: 2}
  - steer: {id: four, ask: Where?, run: {problem: bowl}, choose: rate, goal: settles}
"""

TABLE = [
    # in the good lesson, what is replaced, by what, whether it is still good
    ("title: A lesson", "title: ", False, "a required text is blank"),
    ("title: A lesson", "title: 12", True, "a number is a text too"),
    ("title: A lesson", f"title: {'x' * 80}", True, "a title is a line"),
    ("title: A lesson", f"title: {'x' * 81}", False, "and no longer"),
    ("title: A lesson", 'title: "A\\nB"', False, "nor two of them"),
    ("title: A lesson", "title: |\n  A lesson\n", True, "however it is written"),
    ("title: A lesson", "title: no", True, "and so is what YAML takes for false"),
    ("title: A lesson", "title: ~", False, "this is YAML for nothing"),
    ("title: A lesson", 'title: "~"', True, "and this is a text"),
    ("hints: [Down.]", "because: null", True, "an optional text may be nothing"),
    ("title: A lesson\n", "", False, "a key is missing"),
    ("title: A lesson", "titel: A lesson", False, "a key is misspelt"),
    ("format: 1", "format: 2", False, "another format"),
    ("format: 1\n", "", False, "no format"),
    ("id: a-lesson", "id: A lesson", False, "no id"),
    ("[Differentiate]", "Differentiate", True, "a list of one may stand alone"),
    ("[Differentiate]", "[]", False, "an empty list"),
    ("- read: A page.", "- read:", False, "an empty page"),
    ("- read: A page.", "- raed: A page.", False, "no such kind"),
    ("id: again", "id: Again!", False, "no id of a page"),
    ("id: again", "id: 2", False, "a number"),
    ("id: again", "id: 1e3", False, "nor what YAML takes for one"),
    ("id: one", "id: 1.0", False, "nor of an exercise"),
    ("id: one", "id: x2", True, "it begins with a letter"),
    ("id: again, ", "", True, "a page needs no id"),
    ("id: one, ", "", False, "an exercise does"),
    ("by: x,", "by: [x, x],", True, "twice"),
    ("of: x^2, by: x", "of: [x^2], by: x", False, "a list for a text"),
    ("hints: [Down.]", "hints: Down.", True, "one hint"),
    ("hints: [Down.]", "hints: {a: b}", False, "pairs for a list"),
    ("hints: [Down.]", "hint: [Down.]", False, "no such key"),
    ("hints: [Down.]", "because: ", True, "an optional text may be blank"),
    ("{right: this}", "{right: this, wrong: this}", False, "both"),
    ("{right: this}", "{because: this}", False, "neither"),
    ("{right: this}", "{right: }", False, "an option says something"),
    ("{wrong: that, because: No.}", "{wrong: that, because: }", True, "what is said of it need not"),
    ("{2x^2: P2, x: }", "{2x^2: P99}", False, "no such slip"),
    ("{2x^2: P2, x: }", "{2x^2: ''}", True, "a wrong answer that no slip explains"),
    ("{2x^2: P2, x: }", "{2x^2: Two}", False, "and words are no slip"),
    ("hints: [Down.]", "says: {P2: Not so., 7x: Nor so.}", True, "words for a slip and for an answer"),
    ("hints: [Down.]", "says: {P99: Not so.}", False, "words for a slip that there is not"),
    ("summary: P", "teaches: [power-rule]\nsummary: P", True, "a skill"),
    ("summary: P", "teaches: power\nsummary: P", False, "no skill"),
    ("problem: bowl", "problem: bowel", False, "no such problem"),
    ("goal: settles", "goal: settle", False, "no such end of a run"),
    ("places: 2", "places: 40", False, "too many places"),
    ("places: 2", "places: 2.0", True, "a whole number, if a long one"),
    ("places: 2", "places: 2.5", False, "none"),
    ("places: 2", "places: +2", True, "with its sign"),
    ("places: 2", "places: 0x2", True, "in sixteens"),
    ("places: 2", "places: '0x2'", True, "or in quotes"),
    ("format: 1", "format: 1.0", True, "the same number"),
    ("places: 2", "places: two", False, "not in figures"),
    ("at: {x: 3}", "at: [3]", False, "a list for pairs"),
    ("goal: settles", "goal: {w: 3, within: 0.1}", True, "the other kind of goal"),
    ("problem: bowl", "problem: bowl, step: 3", False, "no such key of a run"),
    (", goal: settles", "", False, "a required key that may be a text or pairs"),
    ("run: {problem: bowl}, ", "", False, "a required key that holds keys of its own"),
    ("choose: rate, ", "", False, "a required key of a step"),
]


_FREE = {"let", "vary", "reject", "says", "at", "given", "start", "partials", "goal"}
"Fields whose keys are the author's own."


def is_good_by_schema(text: str) -> bool:
    return VALIDATOR.is_valid(yaml.load(text, Loader))


def is_good_by_reader(text: str) -> bool:
    reading = examine(parse(text, "a.yaml"))
    found = (proofread(reading), descent_problems(reading), skill_problems(reading), slip_problems(reading))
    return not (reading.problems or any(found))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_shipped_schema_is_the_one_that_is_printed() -> None:
    assert (LESSONS / "lesson.schema.json").read_text(encoding="utf-8") == written() + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_lesson_is_valid_and_says_where_the_schema_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=lesson.schema.json\n")
    assert [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Loader))] == []


@pytest.mark.parametrize(("old", "new", "is_good", "why"), [("format: 1", "format: 1", True, "as it is"), *TABLE])
def test_schema_and_reader_agree(old: str, new: str, is_good: bool, why: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    assert (is_good_by_reader(text), is_good_by_schema(text)) == (is_good, is_good), why


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_spoilt_lesson_is_bad_for_both_or_for_neither(file: Path) -> None:
    random = Random(file.stem)
    lesson = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)
    for _ in range(12):
        spoilt = deepcopy(lesson)
        what = _spoil(spoilt, random)
        text = yaml.safe_dump(spoilt, allow_unicode=True, sort_keys=False)
        problems = examine(parse(text, "a.yaml")).problems
        errors = [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Loader))]
        assert bool(problems) == bool(errors), (what, problems, errors)


def _spoil(lesson: dict[str, Any], random: Random) -> str:
    """Change one key, at the top or however deep: misspelt, gone, a list, or pairs."""
    step = random.choice(list(_mappings(lesson)))
    key = random.choice(list(step))
    match random.randrange(4):
        case 0:
            step[key + "q"] = step.pop(key)
        case 1:
            del step[key]
        case 2:
            step[key] = [[]]
        case _:
            step[key] = {"q": {"q": "q"}}
    return key


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping with keys that the format has; of a step its body, not the name of its kind."""
    if isinstance(value, dict):
        if not KINDS.keys() & value.keys() and value:
            yield value
        for key, inner in value.items():
            if key not in _FREE:
                yield from _mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mappings(inner)


def test_every_field_is_described() -> None:
    def described(schema: Any) -> bool:
        if isinstance(schema, dict):
            return all(
                "$ref" in inner or inner.get("description") for inner in schema.get("properties", {}).values()
            ) and all(described(inner) for inner in schema.values())
        return all(map(described, schema)) if isinstance(schema, list) else True

    assert all(described({"properties": record.get("properties", {})}) for record in SCHEMA["$defs"].values())
    assert described({"properties": SCHEMA["properties"]})
