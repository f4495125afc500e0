"""The JSON Schema of lesson files, made from the records, so that an editor completes and checks while one types.

It says what `tutor.lesson.read` takes, in the shape of YAML: a step is a mapping with its kind as the one key. What hangs
on other files or on mathematics (unknown needs, ids used twice, answers) only `tutor check` can say.
"""

from __future__ import annotations

import ast
import inspect as source
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, Final

from msgspec import inspect

from tutor.lesson.fields import MAY_BE_BLANK, ONE_LINE, RANGES, fields_of
from tutor.lesson.model import Exercise, Lesson, Option
from tutor.lesson.read import FORMAT, ID, KINDS

Schema = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]

CLOSED: Final = {"slip": "slip", "reject": "slip", "teaches": "skill", "problem": "problem", "goal": "fate"}
"Fields that take a word, and no other text, from a list that stands elsewhere, and what the words are."

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ALIKE: Final = {
    "id": "Lower-case words joined by hyphens, a letter first; unique in the course, never changed once published.",
    "of": "A formula, as answers are written: `x^3 + 2xy`.",
    "by": "The variables to differentiate in, one after the other; a single name may stand alone.",
    "text": "What the page says, in the language of pages.",
    "function": "The letter the function goes by in front of the answer box.",
    "over": "The variable along the bottom; for a map, that along the bottom and that up the side.",
    "start": "Where the axis begins, a number.",
    "end": "Where the axis ends, a number.",
    "rate": "The learning rate.",
    "hold": "The variable that stands still along each curve.",
    "up": "What is up the side, with its unit.",
    "label": "What it is, in a word or two.",
    "name": "The name by which later lines and formulas call it.",
    "title": "The lesson's name, as learners see it.",
    "objectives": "What a learner can do afterwards, each in a line.",
    "steps": "The pages and exercises in order.",
    "options": "What there is to choose from.",
    "right": "The text of the right option.",
    "wrong": "The text of a wrong option.",
    "run": "The run of gradient descent that the exercise is about.",
    "answer": "The author's formula; any that is equal is right.",
    "lines": "Lines of the calculation, each with a name and a formula.",
    "curves": "The curves of the picture.",
}
"Said of a field that has the same meaning in every record, and no words of its own there."
_BLANK: Final = {"type": ["string", "number", "boolean", "null"]}
_TEXT: Final = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}
"A number is a text too, and so is `no`: YAML's own idea of what they are does not count here."
_QUOTED: Final = {"type": "string", "pattern": r"^\s*[+-]?([0-9]{1,9}(\.0+)?|0x[0-9a-fA-F]{1,7})\s*$"}
"A whole number in quotes, of which a schema cannot say how large it may be."
_KEYS: Final = {
    "says": {
        "propertyNames": {
            "anyOf": [{"$ref": "#/$defs/a-slip"}, {"not": {"type": "string", "pattern": "^[A-Z][0-9]+$"}}]
        }
    }
}
"What else is asked of the keys of a mapping: the id of a slip, or an answer."
_ONE_OF_TWO: Final = ("right", "wrong")
"An option has one of the two, and it says something."
_LISTED_ALONE: Final = (inspect.StrType, inspect.LiteralType)


def lesson_schema(words: Words) -> Schema:
    """The schema of a lesson file, in JSON Schema's draft 2020-12.

    Args:
        words: the words that only have a meaning elsewhere, by what they are (see `CLOSED`), each with that meaning.
    """
    described = _record(Lesson)
    properties: Schema = {
        "format": {"description": "The format of the file.", "enum": [int(FORMAT), FORMAT, f"{FORMAT}.0"]}
    }
    properties |= described["properties"]
    properties["id"] = _described(_id(), Lesson, "id")
    properties["steps"] = {
        "description": _words(Lesson, "steps"),
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {name: {"$ref": f"#/$defs/{name}"} for name in KINDS},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    }
    return {
        "$schema": DIALECT,
        "title": "A lesson of tutor",
        "description": "Run `tutor check FILE` for what a schema cannot say: whether formulas read and answers are right.",
        **described,
        "properties": properties,
        "required": ["format", *described["required"]],
        "$defs": {name: _step(kind) for name, kind in KINDS.items()}
        | {f"a-{called}": _listed(words[called]) for called in dict.fromkeys(CLOSED.values())},
    }


def _listed(meanings: Mapping[str, str]) -> Schema:
    """One of so many words; editors that know `enumDescriptions` say what each means."""
    return {"enum": [*meanings], "enumDescriptions": [*meanings.values()]}


def _step(kind: type) -> Schema:
    """A step's body; a page that needs nothing but its text may be that text."""
    described = _record(kind)
    described["properties"]["id"] = _described(_id() if issubclass(kind, Exercise) else _id_or_none(), kind, "id")
    if issubclass(kind, Exercise):
        described["required"] = ["id", *described["required"]]
    if described["required"] == ["text"]:
        return {"description": described.pop("description"), "anyOf": [_TEXT, described]}
    return described


def _record(kind: type) -> Schema:
    fields = fields_of(kind)
    made: Schema = {
        "description": _docstring(kind),
        "type": "object",
        "properties": {name: _described(_field(kind, name, field), kind, name) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }
    if kind is Option:
        made["oneOf"] = [{"required": [name]} for name in _ONE_OF_TWO]
    return made


def _field(kind: type, name: str, field: inspect.Field) -> Schema:
    return _value(name, field.type, required=field.required or (kind is Option and name in _ONE_OF_TWO))


def _value(name: str, type_: inspect.Type, *, required: bool) -> Schema:
    """What may stand there, case for case as `tutor.lesson.fields.Reader.value` reads it, and then `tutor check`."""
    match type_:
        case inspect.StrType() if name in CLOSED:
            return _word(name, required=required)
        case inspect.StrType() if name in ONE_LINE:
            return {
                "type": ["string", "number", "boolean"],
                "pattern": rf"^\s*\S([^\n]{{0,{ONE_LINE[name] - 2}}}\S)?\s*$",
            }
        case inspect.StrType():
            return dict(_TEXT if required else _BLANK)
        case inspect.UnionType(types=types):
            written = [each for each in types if not isinstance(each, inspect.NoneType)]
            each_one = [_value(name, each, required=required) for each in written]
            return each_one[0] if len(each_one) == 1 else {"anyOf": each_one}
        case inspect.LiteralType(values=words):
            return {"enum": list(words)}
        case inspect.IntType():
            least, most = RANGES.get(name, (0, 10**9))
            return {"anyOf": [{"type": "integer", "minimum": least, "maximum": most}, _QUOTED]}
        case inspect.VarTupleType(item_type=item):
            inner = _value(name, item, required=True)
            several: Schema = {"type": "array", "items": inner, **({"minItems": 1} if required else {})}
            return {"anyOf": [inner, several]} if isinstance(item, _LISTED_ALONE) else several
        case inspect.TupleType(item_types=items):
            each = [_value(name, item, required=True) for item in items]
            return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}
        case inspect.DictType(value_type=inspect.UnionType() as inner_type):
            return {"type": "object", "additionalProperties": _value(name, inner_type, required=True)}
        case inspect.DictType():
            may_be_blank = name in MAY_BE_BLANK
            inner = _word(name, required=False) if may_be_blank else dict(_TEXT)
            return {"type": "object", **_KEYS.get(name, {}), "additionalProperties": inner}
        case inspect.StructType(cls=kind):
            return _record(kind)
    raise TypeError(f"no schema for {type_}")  # a new type of field in the model wants a case here


def _word(name: str, *, required: bool) -> Schema:
    """A word of the list that the field takes it from."""
    one = {"$ref": f"#/$defs/a-{CLOSED[name]}"}
    return one if required else {"anyOf": [one, {"enum": ["", None]}]}


def _id() -> Schema:
    return {"type": "string", "pattern": rf"^\s*{ID}\s*$"}


def _id_or_none() -> Schema:
    return {"type": ["string", "null"], "pattern": rf"^\s*({ID})?\s*$"}


def _described(schema: Schema, kind: type, name: str) -> Schema:
    return {"description": _words(kind, name), **schema}


def _words(kind: type, name: str) -> str:
    """What the string beneath the field says, in the record or in one that it builds on.

    Raises:
        KeyError: nothing is said of the field: write it beneath the field.
    """
    for record in kind.__mro__:
        if name in (said := _strings_beneath(record)):
            return said[name]
    return _ALIKE[name]


@lru_cache
def _strings_beneath(kind: type) -> dict[str, str]:
    if kind.__module__.partition(".")[0] != "tutor":
        return {}
    body = _body(kind)
    return {
        field.target.id: " ".join(words.value.value.split())
        for field, words in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }


def _body(kind: type) -> list[ast.stmt]:
    (tree,) = ast.parse(dedent(source.getsource(kind))).body
    return tree.body if isinstance(tree, ast.ClassDef) else []


def _docstring(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())
