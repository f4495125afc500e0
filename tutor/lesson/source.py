"""A lesson file's text as plain nodes that know where they stand; the only reader of YAML.

Every scalar stays text (`no`, `1e-3` and `1:30` are what they look like). Tags, anchors, second documents and keys
written twice are problems. What the keys mean is `read.py`'s concern.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from tutor.errors import Problem
from tutor.lesson.bounds import (
    BYTES_AT_MOST,
    CHARACTERS_AT_MOST,
    DEPTH_AT_MOST,
    PARTS_AT_MOST,
    PROBLEMS_AT_MOST,
    VALUES_AT_MOST,
    find_hidden,
    without_hidden,
)
from tutor.lesson.explain import ESCAPED, Told, explain
from tutor.lesson.mend import MOST_MENDED, mend
from tutor.reasons import why
from tutor.words import tr

# libyaml reads a lesson about eight times faster; the events of the two parsers are the same, but that only libyaml takes a
# question mark inside [ ] or { } without quotes.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TOO_DEEP: Final = (
    tr("Lists and mappings are nested more than {depth_at_most} deep.", depth_at_most=DEPTH_AT_MOST),
    tr("Put a text that has so many brackets in quotes."),
)

# From PyYAML 6.0.4 on the scanner gives up at a depth of its own, before the first event shows how deep it went.
_DEEP_FOR_LIBYAML: Final = "exceeded maximum nesting depth"

_NOTHING: Final = ("~", "null", "Null", "NULL")
"Ways to write nothing at all without quotes; editors, which check against the schema, know them too."

# A number or a word right after the sign: `What is #2?`
_CUT_OFF: Final = re.compile(r"\s+#(?=[^\s#])")

Route = tuple[str | int, ...]
"Keys and list positions (from 0) from the top of the file down to a value."


class Text(msgspec.Struct, frozen=True):
    """A scalar. Lines and columns are counted from 1, here and below."""

    value: str
    line: int
    column: int
    indent: int | None = None
    "For a text after `|`: how far its lines are set in, so that each character of it has a place in the file."


class Items(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Value, ...]
    line: int
    column: int
    is_flow: bool = False
    "Written in [ ]."


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values in the order written; no key occurs twice."""

    entries: tuple[tuple[Text, Value], ...]
    line: int
    column: int
    is_flow: bool = False
    "Written in { }."

    def get(self, key: str) -> Value | None:
        """The value of a key, or None."""
        return next((value for name, value in self.entries if name.value == key), None)


Value = Text | Items | Mapping


class Source(msgspec.Struct, frozen=True):
    """One file: its lines, its nodes as far as they could be read, and what is wrong with it as YAML."""

    file: str
    lines: tuple[str, ...]
    root: Value | None
    problems: tuple[Problem, ...]
    is_partial: bool = False
    "A step that could not be read was passed over, so what refers to it cannot be judged."

    def find(self, path: Route) -> Value:
        """The value at a path, or the nearest one above it that is there.

        Raises:
            LookupError: nothing of the file could be read.
        """
        if self.root is None:
            raise LookupError(self.file)
        found = self.root
        for part in path:
            inner = _inside(found, part)
            if inner is None:
                break
            found = inner
        return found

    def find_key(self, path: Route) -> Value:
        """Where the last key of a path is written, or what `find` gives when it is not."""
        above = self.find(path[:-1])
        if isinstance(above, Mapping):
            for key, _ in above.entries:
                if key.value == path[-1]:
                    return key
        return self.find(path)

    def is_cut_by_commas(self, path: Route) -> bool:
        """Whether a comma would end the text at a path: it stands in [ ] or { }, without quotes."""
        above = [self.find(path[:depth]) for depth in range(len(path))]
        value = self.find(path)
        written = self.lines[value.line - 1][value.column - 1 :] if value.line <= len(self.lines) else ""
        in_flow = any(isinstance(outer, Items | Mapping) and outer.is_flow for outer in above)
        return in_flow and written[:1] not in ("'", '"')

    def position(self, value: Value, offset: int = 0) -> tuple[int, int]:
        """Line and column of a character of a text.

        Args:
            offset: counted from 0 in the text's value; where the file writes it otherwise than the value reads
                (folded, escaped), the place is the text's beginning.
        """
        if not isinstance(value, Text) or not value.value:
            return value.line, value.column
        before = value.value[:offset]
        if value.indent is not None:
            row = before.count("\n")
            return value.line + 1 + row, value.indent + len(before) - (before.rfind("\n") + 1) + 1
        start = value.column - 1
        written = self.lines[value.line - 1][start:] if value.line <= len(self.lines) else ""
        quote = 1 if written[:1] in ("'", '"') else 0
        if written[quote:].startswith(value.value):
            return value.line, value.column + quote + offset
        return value.line, value.column


def _inside(value: Value, part: str | int) -> Value | None:
    if isinstance(value, Mapping) and isinstance(part, str):
        return value.get(part)
    if isinstance(value, Items) and isinstance(part, int) and part < len(value.items):
        return value.items[part]
    return None


_WHOLE: Final = (0, 0)
"The place of a fault that is the whole file's."


def load(path: Path, home: Path | None = None) -> Source:
    """Read one file; a file that cannot be read is a `Source` with one problem, never an exception.

    Args:
        home: the directory that it was found in: a link to what lies elsewhere is not followed, since its first lines
            would be shown to whoever checks it.
    """
    file = os.fsencode(path).decode("utf-8", "replace")  # a name need not be text, and this one will be printed
    try:
        # realpath, since of a link to itself Path.resolve makes a RuntimeError, which none of us foresees.
        if home is not None and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(home.resolve()):
            what = tr("This is a link that leads out of its directory of lessons.")
            return _nothing(file, _WHOLE, what, tr("Put the file itself here."))
        if path.exists() and not path.is_file():
            return _nothing(
                file, _WHOLE, tr("This is not a file."), tr("Give the name of a lesson file, which ends in .yaml.")
            )
        with path.open("rb") as stream:
            raw = stream.read(BYTES_AT_MOST + 1)
    except OSError as error:
        return _nothing(
            file,
            _WHOLE,
            tr("The file cannot be read: {reason}.", reason=why(error)),
            tr("Check its name and its permissions."),
        )
    if len(raw) > BYTES_AT_MOST:
        what = tr("The file is larger than {bytes_at_most} kB.", bytes_at_most=BYTES_AT_MOST // 1000)
        return _nothing(file, _WHOLE, what, tr("Split it into several lessons."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")
        return _nothing(
            file,
            (line, len(before) + 1),
            tr("This line is not UTF-8 text."),
            tr("Save the file as UTF-8 in your editor."),
        )
    return parse(text, file)


def parse(text: str, file: str) -> Source:
    """Read YAML text; see `load`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.split("\n"))
    problems = [
        _problem(file, row, hidden.at + 1, hidden.what, hidden.do)
        for row, line in enumerate(lines, start=1)
        if (hidden := find_hidden(line))
    ]
    if problems:
        return Source(file, lines, None, tuple(problems[:PROBLEMS_AT_MOST]))
    source = _read(file, lines)
    if source.root is None and not source.problems:
        what = tr("There is no lesson in this file.")
        return _nothing(file, _WHOLE, what, tr("Begin it with `format: 1`, `id:` and `title:`."))
    return source


def _read(file: str, lines: tuple[str, ...]) -> Source:
    """The nodes of a file; where its YAML is at fault, of the file as it was probably meant."""
    problems: list[Problem] = []
    mended, is_partial = lines, False
    for _ in range(MOST_MENDED):
        builder = _Builder(file, mended)
        try:
            root = builder.document(yaml.parse("\n".join(mended), Loader=LOADER))
        except _TooMuchError as error:
            return Source(file, lines, None, _in_order(*problems, *builder.problems, error.problem))
        except yaml.MarkedYAMLError as error:
            told = _told(mended, error)
            problems += [*builder.problems, _problem(file, told.row + 1, told.column + 1, told.what, told.do)]
            found = mend(mended, told)
            if found is None:
                break
            mended, is_partial = found.lines, is_partial or found.is_partial
            continue
        return Source(file, lines, root, _in_order(*problems, *builder.problems), is_partial)
    return Source(file, lines, None, _in_order(*problems))


def _in_order(*problems: Problem) -> tuple[Problem, ...]:
    """By their place, each once; of two that say the same the last, since the parser's own complaint knows more."""
    at = {(problem.line, problem.column, problem.what): problem for problem in problems}
    return tuple(sorted(at.values(), key=lambda problem: (problem.line, problem.column)))


class _TooMuchError(Exception):
    """Reading ends here."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__()


class _Builder:
    """Makes nodes of YAML events. Events, not PyYAML's own nodes: those no longer know where an anchor stood."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._lines = lines
        self._values = 0

    def document(self, events: Iterator[Any]) -> Value | None:
        root = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._report(event, tr("A second document begins here."), tr("Keep one lesson in a file."))
                    break
                root = self._value(next(events), events, 1)
        return root

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Value:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            self._report(event, tr("A text cannot begin with *."), tr("Put the whole text in quotes."))
            return Text(f"*{event.anchor}", line, column)
        if event.anchor is not None:
            self._report(event, tr("A text cannot begin with &."), tr("Put the whole text in quotes."))
        if event.tag is not None:
            self._report(event, tr("A text cannot begin with !."), tr("Put the whole text in quotes."))
        if depth > DEPTH_AT_MOST:
            raise _TooMuchError(_too_deep(self._file, (line, column)))
        self._values += 1
        if self._values > VALUES_AT_MOST:
            raise self._too_much(
                event, tr("This file holds more than {values_at_most} texts and lists.", values_at_most=VALUES_AT_MOST)
            )
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                if len(items) == PARTS_AT_MOST:
                    raise self._too_much(
                        inner, tr("This list has more than {parts_at_most} parts.", parts_at_most=PARTS_AT_MOST)
                    )
                items.append(self._value(inner, events, depth + 1))
            return Items(tuple(items), line, column, bool(event.flow_style))
        if isinstance(event, yaml.MappingStartEvent):
            entries = self._entries(events, depth, is_flow=bool(event.flow_style))
            return Mapping(entries, line, column, bool(event.flow_style))
        return self._text(event, line, column)

    def _entries(self, events: Iterator[Any], depth: int, *, is_flow: bool) -> tuple[tuple[Text, Value], ...]:
        entries: dict[str, tuple[Text, Value]] = {}
        before: Any = None
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._value(event, events, depth + 1)
            value = self._value(value_event := next(events), events, depth + 1)
            if is_flow and entries and _is_words(before) and _is_plain(event) and not self._has_colon(event):
                name, (named, begun) = entries.popitem()
                entries[name] = named, self._whole(begun, event)
                continue
            before = value_event
            if not isinstance(key, Text):
                self._report(event, tr("A key must be a word, not a list."), tr("Put a formula in brackets in quotes."))
            elif key.value in entries:
                first = entries[key.value][0].line
                what = tr(
                    "The key `{value}` is written twice; it is already in line {first}.", value=key.value, first=first
                )
                self._report(event, what, tr("Keep one of the two."))
            elif len(entries) == PARTS_AT_MOST:
                raise self._too_much(
                    event, tr("There are more than {parts_at_most} keys here.", parts_at_most=PARTS_AT_MOST)
                )
            else:
                entries[key.value] = (key, value)
        return tuple(entries.values())

    def _has_colon(self, key: Any) -> bool:
        row, column = key.end_mark.line, key.end_mark.column
        behind: str = self._lines[row][column:]
        return behind.lstrip().startswith(":")

    def _whole(self, begun: Value, rest: Any) -> Value:
        """A text without quotes in { } that a comma has cut in two, as it was meant; the second part looks like a key."""
        if not isinstance(begun, Text):
            return begun
        start, end = begun.column - 1, rest.end_mark
        on_one_line = begun.line - 1 == end.line and bool(begun.value)
        meant = self._lines[end.line][start : end.column] if on_one_line else f"{begun.value}, {rest.value}"
        what = tr("A comma ends a text inside {{ }}, so `{rest}` is read as a key.", rest=rest.value)
        self._report(rest, what, tr("Put the whole text in quotes: '{meant}'.", meant=meant.replace("'", "''")))
        return msgspec.structs.replace(begun, value=meant)

    def _text(self, event: Any, line: int, column: int) -> Text:
        value: str = event.value
        if hidden := find_hidden(value):
            # Raw, it would have been found in its line before: it can only come of a backslash, as in "\alpha".
            what, do = (f"{ESCAPED[0]} {hidden.what}", ESCAPED[1]) if event.style == '"' else (hidden.what, hidden.do)
            self._report(event, what, do)
            value = without_hidden(value)
        if len(value) > CHARACTERS_AT_MOST:
            raise self._too_much(
                event,
                tr("This text has more than {characters_at_most} characters.", characters_at_most=CHARACTERS_AT_MOST),
            )
        if not event.style:
            self._look_behind(event)
            if value in _NOTHING:
                return Text("", line, column)
        if event.style != "|":
            return Text(value, line, column)
        first = value.split("\n")
        row = next((n for n, written in enumerate(first) if written), 0)
        begun = self._lines[line + row] if line + row < len(self._lines) else ""
        return Text(value, line, column, indent=len(begun) - len(first[row]))

    def _look_behind(self, event: Any) -> None:
        """Report what is cut off a text without quotes by a # that looks like no comment."""
        mark = event.end_mark
        behind = self._lines[mark.line][mark.column :] if mark.line < len(self._lines) else ""
        if found := _CUT_OFF.match(behind):
            column = mark.column + found.end()
            what = tr("The text ends here: a # behind a blank begins a comment.")
            do = tr("Put the whole text in single quotes; or, if this is a comment, write a blank after the #.")
            self.problems.append(_problem(self._file, mark.line + 1, column, what, do))

    def _report(self, event: Any, what: str, do: str) -> None:
        mark = event.start_mark
        self.problems.append(_problem(self._file, mark.line + 1, mark.column + 1, what, do))
        if len(self.problems) == PROBLEMS_AT_MOST:
            raise self._too_much(
                event,
                tr("There are {problems_at_most} problems up to here.", problems_at_most=PROBLEMS_AT_MOST),
                tr("Mend those first."),
            )

    def _too_much(self, event: Any, what: str, do: str = tr("Split it into several lessons.")) -> _TooMuchError:
        mark = event.start_mark
        return _TooMuchError(_problem(self._file, mark.line + 1, mark.column + 1, what, do))


def _is_plain(event: Any) -> bool:
    """Whether it is a text without quotes."""
    return isinstance(event, yaml.ScalarEvent) and not event.style


def _is_words(event: Any) -> bool:
    """Whether it is a text without quotes that may go on behind a comma; a number does not."""
    return _is_plain(event) and any(map(str.isalpha, event.value))


def _told(lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Told:
    mark, context = error.problem_mark, error.context_mark
    if mark and error.problem == _DEEP_FOR_LIBYAML:
        return Told(mark.line, mark.column, *_TOO_DEEP)
    return explain(
        lines,
        f"{error.context or ''}: {error.problem or ''}",
        (mark.line, mark.column) if mark else (0, 0),
        (context.line, context.column) if context else None,
    )


def _too_deep(file: str, at: tuple[int, int]) -> Problem:
    return _problem(file, *at, *_TOO_DEEP)


def _problem(file: str, line: int, column: int, what: str, do: str) -> Problem:
    return Problem(file=file, line=line, column=column, field="", what=what, do=do)


def _nothing(file: str, at: tuple[int, int], what: str, do: str) -> Source:
    return Source(file, (), None, (_problem(file, *at, what, do),))
