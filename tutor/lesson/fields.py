"""Nodes to the fields of a record, by the types the record declares; every fault is reported, not only the first.

A faulty value is reported once, and something of its type stands in for it, so that the rest can be looked at too. It
knows what a text, a list or a mapping looks like in YAML, and nothing of what a lesson is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

from msgspec import inspect

from tutor.errors import Problem
from tutor.lesson.source import Items, Mapping, Route, Source, Text, Value
from tutor.nearest import likely, nearest
from tutor.words import tr

RANGES: Final = {"places": (0, 12), "steps": (1, 100_000)}
"What whole numbers may be, by the field's name."
ONE_LINE: Final = {"title": 80}
"Texts that stand in a list, by the field's name, and their most characters."
_SHAPES: Final[dict[type[Value], type[inspect.Type]]] = {
    Mapping: inspect.DictType,
    Items: inspect.VarTupleType,
    Text: inspect.StrType,
}
"Of several types that a field may have, the one that looks like what is written."
COMPUTED: Final = frozenset({"taught"})
"Fields that no author writes; see `tutor.lesson.taught`."
MAY_BE_BLANK: Final = frozenset({"reject"})
"Fields whose keys may stand without a value."


def spell(path: Route) -> str:
    """A path as `Problem.field` writes it: `steps[3].derivative.of`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def problem_at(source: Source, path: Route, what: str, do: str, *, offset: int = 0, on_key: bool = False) -> Problem:
    """A problem at the value of a path, or at the nearest one above it that the file has.

    Args:
        offset: of the character at fault, from 0 in the value's text.
        on_key: the last key of the path is at fault, not what it holds.
    """
    value = source.find_key(path) if on_key else source.find(path)
    line, column = source.position(value, offset)
    return Problem(file=source.file, line=line, column=column, field=spell(path), what=what, do=do)


class Reader:
    """Reads values of one source; keeps what is wrong with them in `problems`, and the paths of that in `faulty`."""

    def __init__(self, source: Source) -> None:
        self.problems: list[Problem] = []
        self.faulty: set[Route] = set()
        self._source = source

    def report(self, path: Route, at: Value, what: str, do: str) -> None:
        """Note a problem at a node."""
        line, column = self._source.position(at)
        file = self._source.file
        self.problems.append(Problem(file=file, line=line, column=column, field=spell(path), what=what, do=do))
        self.faulty.add(path)

    def record(self, value: Value, kind: type, path: Route, *, called: str) -> Any:
        """A record of the given kind.

        Args:
            called: what the record is to an author, with its article, such as `a curve`.
        """
        return kind(**self.fields(value, fields_of(kind), path, called=called))

    def fields(
        self, value: Value, known: dict[str, inspect.Field], path: Route, *, called: str, besides: Collection[str] = ()
    ) -> dict[str, Any]:
        """The fields that are there, and stand-ins for required ones that are not; what is wrong is reported.

        Args:
            besides: keys that are allowed and that somebody else reads.
        """
        if not isinstance(value, Mapping):
            what = tr("Here must stand the keys of {called}, and this is {shape}.", called=called, shape=_shape(value))
            self.report(
                path,
                value,
                what,
                tr("Write at least {fields}.", fields=_list(name for name in known if known[name].required)),
            )
            return {name: _stand_in(field.type) for name, field in known.items() if field.required}
        for key, _ in value.entries:
            if key.value not in known and key.value not in besides:
                what = tr("There is no key `{value}` in {called}.", value=key.value, called=called)
                self.report((*path, key.value), key, what, nearest(key.value, (*known, *besides)))
                meant = likely(key.value, known)
                if meant is not None and value.get(meant) is None:
                    self.faulty.add((*path, meant))
        found: dict[str, Any] = {}
        for name, field in known.items():
            inner = value.get(name)
            if inner is not None:
                found[name] = self.value(inner, field.type, (*path, name), required=field.required)
            elif field.required:
                found[name] = _stand_in(field.type)
                self.report(
                    (*path, name),
                    value,
                    tr("`{name}` is missing in {called}.", name=name, called=called),
                    tr("Add a line `{name}:`.", name=name),
                )
        return found

    def value(self, value: Value, type_: inspect.Type, path: Route, *, required: bool = True) -> Any:
        """One value of a declared type."""
        match type_:
            case inspect.StrType():
                return self._text(value, path, required=required)
            case inspect.UnionType(types=types):
                shaped = _SHAPES[type(value)]
                fitting = next((each for each in types if isinstance(each, shaped)), types[0])
                return self.value(value, fitting, path, required=required)
            case inspect.LiteralType(values=words):
                return self._word(value, words, path)
            case inspect.IntType():
                return self._integer(value, path)
            case inspect.VarTupleType(item_type=item):
                return self._list(value, item, path, required=required)
            case inspect.TupleType(item_types=items):
                return self._row(value, items, path)
            case inspect.DictType(value_type=inspect.UnionType() as inner):
                return self._mapping(value, inner, path)
            case inspect.DictType():
                return self._dictionary(value, path)
            case inspect.StructType(cls=kind):
                return self.record(value, kind, path, called=with_article(kind.__name__.lower()))
        raise TypeError(f"no reader for {type_}")  # a new type of field in the model wants a case here

    def _text(self, value: Value, path: Route, *, required: bool) -> str:
        if not isinstance(value, Text):
            what = tr("{name} must be a text, and this is {shape}.", name=_name(path), shape=_shape(value))
            self.report(path, value, what, tr("Put the whole text in quotes."))
            return ""
        text = value.value.rstrip()
        if required and not text.strip():
            self.report(path, value, tr("{name} is blank.", name=_name(path)), tr("Write something, or remove it."))
        most = ONE_LINE.get(str(path[-1]))
        if most and ("\n" in text.strip() or len(text.strip()) > most):
            what = tr("{name} is longer than a line of {most} characters.", name=_name(path), most=most)
            self.report(path, value, what, tr("Say it shorter."))
        return text

    def _word(self, value: Value, words: tuple[Any, ...], path: Route) -> Any:
        written = self._text(value, path, required=True).strip()
        if written and written not in words:
            self.report(
                path,
                value,
                tr("{name} cannot be `{written}`.", name=_name(path), written=written),
                nearest(written, words),
            )
        return written if written in words else words[0]

    def _integer(self, value: Value, path: Route) -> int:
        least, most = RANGES.get(str(path[-1]), (0, 10**9))
        number = _whole_number(value.value.strip()) if isinstance(value, Text) else None
        if number is not None and least <= number <= most:
            return number
        what = tr("{name} must be a whole number from {least} to {most}.", name=_name(path), least=least, most=most)
        example = f"{path[-1]}: 2" if isinstance(path[-1], str) else "2"
        self.report(path, value, what, tr("Write it in figures, such as `{example}`.", example=example))
        return least

    def _list(self, value: Value, item: inspect.Type, path: Route, *, required: bool) -> tuple[Any, ...]:
        if isinstance(value, Text) and isinstance(item, inspect.StrType | inspect.LiteralType):
            return (self.value(value, item, path),)
        if not isinstance(value, Items):
            what = tr("{name} must be a list, and this is {shape}.", name=_name(path), shape=_shape(value))
            self.report(path, value, what, tr("Begin each part on its own line with `- `."))
            return ()
        read = [self.value(inner, item, (*path, n)) for n, inner in enumerate(value.items)]
        if not read and required:
            self.report(path, value, tr("{name} is an empty list.", name=_name(path)), tr("Write something in it."))
        return tuple(read)

    def _row(self, value: Value, items: tuple[inspect.Type, ...], path: Route) -> tuple[Any, ...]:
        if not isinstance(value, Items) or len(value.items) != len(items):
            what = tr("{name} must be a list of {n}.", name=_name(path), n=len(items))
            self.report(path, value, what, tr("Write it as [1, 2]."))
            return tuple(_stand_in(item) for item in items)
        return tuple(
            self.value(inner, item, (*path, n)) for n, (inner, item) in enumerate(zip(value.items, items, strict=True))
        )

    def _mapping(self, value: Value, inner: inspect.Type, path: Route) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            what = tr(
                "{name} must be pairs of a key and a value, and this is {shape}.", name=_name(path), shape=_shape(value)
            )
            self.report(path, value, what, tr("Write it as {a: 2..9, n: [2, 3, 5]}."))
            return {}
        return {key.value: self.value(each, inner, (*path, key.value)) for key, each in value.entries}

    def _dictionary(self, value: Value, path: Route) -> dict[str, str]:
        if not isinstance(value, Mapping):
            what = tr(
                "{name} must be pairs of a key and a text, and this is {shape}.", name=_name(path), shape=_shape(value)
            )
            self.report(path, value, what, tr("Write each on its own line, as `key: text`."))
            return {}
        required = path[-1] not in MAY_BE_BLANK
        return {key.value: self._text(inner, (*path, key.value), required=required) for key, inner in value.entries}


_WHOLE: Final = re.compile(r"([+-]?[0-9]{1,9})(?:\.0+)?")
_HEXADECIMAL: Final = re.compile(r"[+-]?0x[0-9a-fA-F]{1,7}")


def _whole_number(written: str) -> int | None:
    """The number, in any of the ways in which YAML writes a whole one and an editor takes it for one.

    >>> _whole_number("+2"), _whole_number("2.0"), _whole_number("0x10"), _whole_number("2.5")
    (2, 2, 16, None)
    """
    if found := _WHOLE.fullmatch(written):
        return int(found[1])
    return int(written, 16) if _HEXADECIMAL.fullmatch(written) else None


def fields_of(kind: type) -> dict[str, inspect.Field]:
    """The fields that a struct declares, by name, in order.

    Raises:
        TypeError: the kind is no struct.
    """
    return dict(_fields(kind))


def _stand_in(type_: inspect.Type) -> Any:
    """What stands for a value that is missing or cannot be read, so that the record can be made."""
    match type_:
        case inspect.StrType():
            return ""
        case inspect.DictType():
            return {}
        case inspect.VarTupleType():
            return ()
        case inspect.TupleType(item_types=items):
            return tuple(_stand_in(item) for item in items)
        case inspect.UnionType(types=types):
            return _stand_in(types[0])
        case inspect.StructType(cls=kind):
            return kind(**{name: _stand_in(field.type) for name, field in fields_of(kind).items() if field.required})
    raise TypeError(f"no stand-in for {type_}")  # a new type of required field in the model wants a case here


@lru_cache
def _fields(kind: type) -> tuple[tuple[str, inspect.Field], ...]:
    described = inspect.type_info(kind)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{kind} is no struct")
    return tuple((field.name, field) for field in described.fields if field.name not in COMPUTED)


def _shape(value: Value) -> str:
    if isinstance(value, Text):
        return tr("a text") if value.value.strip() else tr("blank")
    return tr("a list") if isinstance(value, Items) else tr("a mapping (keys and values)")


def _name(path: Route) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"`{names[-1]}`" if isinstance(path[-1], str) else tr("Part {n} of `{name}`", n=path[-1] + 1, name=names[-1])


def with_article(key: str) -> str:
    """What a key's record is called.

    >>> with_article("curve"), with_article("option")
    ('a curve', 'an option')
    """
    return tr("an {key}", key=key) if key[0] in "aeio" else tr("a {key}", key=key)


def _list(words: Any) -> str:
    return ", ".join(f"`{word}`" for word in words)
