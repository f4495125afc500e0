"""YAML text to nodes: everything stays text, every fault has its line and plain words."""

import os
from pathlib import Path

import pytest
import yaml

from tutor.lesson import source
from tutor.lesson.bounds import PROBLEMS_AT_MOST
from tutor.lesson.mend import MOST_MENDED
from tutor.lesson.source import Items, Mapping, Text, load, parse
from tutor.places import course_directory


@pytest.fixture(params=["C", "Python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines without libyaml read the same lessons and say the same of them."""
    loader = getattr(yaml, "CSafeLoader", None) if request.param == "C" else yaml.SafeLoader
    if loader is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(source, "LOADER", loader)


@pytest.mark.parametrize("text", ["no", "yes", "1e-3", "1:30", "0x10", "Nul", "2024-01-01", "0.10", ".5", "<<"])
@pytest.mark.usefixtures("either_parser")
def test_every_scalar_stays_text(text: str) -> None:
    root = parse(f"key: {text}\n", "f").root
    assert isinstance(root, Mapping)
    assert root.get("key") == Text(text, 1, 6)


@pytest.mark.parametrize(("text", "is_nothing"), [("null", True), ("~", True), ("'~'", False), ('"null"', False)])
@pytest.mark.usefixtures("either_parser")
def test_what_yaml_calls_nothing_is_blank_and_the_same_in_quotes_a_text(text: str, is_nothing: bool) -> None:
    root = parse(f"key: {text}\n", "f").root
    assert isinstance(root, Mapping)
    assert root.get("key") == Text("" if is_nothing else text[1:-1], 1, 6)


def test_the_course_reads_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LOADER", yaml.SafeLoader)
    assert [problem for file in course_directory().glob("*.yaml") for problem in load(file).problems] == []


SYNTAX = [
    # text, line, column, words of what is wrong, words of what to do
    ("a:\n\tb: c\n", 2, 1, "with a tab", "spaces"),
    ("read: |\n\ttext\n", 2, 1, "with a tab", "spaces"),
    ("title: Rates: what\n", 1, 13, "colon inside an unquoted text", "single quotes"),
    ("a: b: c: d\n", 1, 5, "colon inside an unquoted text", "single quotes"),
    ("id: x\n  title: y\n", 2, 8, "set in as if it went on", "as far as the keys"),
    ("a:b\nc: d\n", 1, 1, "no space after the colon", "space after the colon"),
    ("id: x\ntitle\nsteps: 1\n", 2, 1, "not a key with a colon", "key: text"),
    ("ask: *word* is it\n", 1, 6, "begin with *", "single quotes"),
    ("ask: *word is\n", 1, 6, "begin with *", "quotes"),
    ("of: |x| + 1\n", 1, 5, "begin with |", "single quotes"),
    ("of: > 3\n", 1, 5, "begin with >", "single quotes"),
    ("of: {a}x^2\n", 1, 5, "begins with {", "single quotes"),
    ("of: [x]y\n", 1, 5, "begins with [", "single quotes"),
    ("of: }\n", 1, 5, "begin with }", "single quotes"),
    ("of: , x\n", 1, 5, "begin with a comma", "single quotes"),
    ("of: %x\n", 1, 5, "begin with %", "single quotes"),
    ("of: @x\n", 1, 5, "begin with @", "single quotes"),
    ("of: `x`\n", 1, 5, "begin with a backquote", "single quotes"),
    ("%x: 1\n", 1, 1, "begin with %", "single quotes"),
    ("hints:\n  - @x\n", 2, 5, "begin with @", "single quotes"),
    ("of: 'abc\nb: c\n", 1, 5, "quotation mark here is never closed", "Close it"),
    ('of: "abc\nh: ["x"]\n', 1, 5, "quotation mark here is never closed", "end of this line"),
    ("of: 'abc\nd: x\nh: It's x\n", 1, 5, "quotation mark here is never closed", "end of this line"),
    ("h: 'It's x'\n", 1, 8, "goes on after the quotation mark", "apostrophe twice"),
    ("h: ['It's x']\n", 1, 9, "separated by commas", "double quotes"),
    ("a: [b, c\nd: e\n", 1, 4, "[ here is never closed", "Close it"),
    ("a: {b: c\n", 1, 4, "{ here is never closed", "Close it"),
    ("a: b\nc: [\n", 2, 5, "bracket above is never closed", "Close every"),
    ("a: [b,, c]\n", 1, 7, "missing inside [ ]", "between any two commas"),
    ("a: {right: Yes, always}\n", 1, 17, "A comma ends a text inside { }, so `always`", "quotes: 'Yes, always'."),
    ("a: {b: It's so, too, because: c}\n", 1, 17, "A comma ends a text", "quotes: 'It''s so, too'."),
    ("a:\n  - b\n c: d\n", 3, 2, "set in differently", "exactly as far"),
    ("a: b\n- c\n", 2, 1, "set in differently", "exactly as far"),
    ("a: - b\n", 1, 4, "no list can begin, and no text with a dash", "single quotes"),
    ("a: b\n...\nc\n", 3, 1, "after the end of the lesson", "Remove it"),
]


@pytest.mark.parametrize(("text", "line", "column", "what", "do"), SYNTAX)
@pytest.mark.usefixtures("either_parser")
def test_a_syntax_error_is_told_in_plain_words(text: str, line: int, column: int, what: str, do: str) -> None:
    problem = parse(text, "f.yaml").problems[-1]
    assert (problem.file, problem.line, problem.column) == ("f.yaml", line, column)
    assert what in problem.what
    assert do in problem.do


@pytest.mark.parametrize("text", ['h: "a\\$b"\n', 'h: "\\q"\n'])
@pytest.mark.usefixtures("either_parser")
def test_a_backslash_in_double_quotes(text: str) -> None:
    # The two parsers differ by one column here.
    (problem,) = parse(text, "f").problems
    assert problem.line == 1
    assert "backslash" in problem.what


REFUSED = [
    ("a: 1\nb: 2\na: 3\n", 3, 1, "`a` is written twice; it is already in line 1"),
    ("a: {x: 1, x: 2}\n", 1, 11, "`x` is written twice"),
    ("a: !x y\n", 1, 4, "begin with !"),
    ("a: !!python/object/apply:os.system [true]\n", 1, 4, "begin with !"),
    ("a: !!str 5\n", 1, 4, "begin with !"),
    ("a: &b c\n", 1, 4, "begin with &"),
    ("a: &b c\nd: *b\n", 2, 4, "begin with *"),
    ("x: &a [*a]\n", 1, 8, "begin with *"),
    ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
    ("? [a]\n: b\n", 1, 3, "key must be a word"),
    ("reject: {[1, 2]: D2}\n", 1, 10, "key must be a word"),
    ("a: b\x00c\n", 1, 5, "U+0000"),
    ("a: \x1b[31m\n", 1, 4, "U+001B"),
    ("a: b\nc: d\x85e\n", 2, 5, "U+0085"),
    ("a: b\u2028c\n", 1, 5, "U+2028"),
    ('a: "\\e[31m"\n', 1, 4, "backslash"),
    ('a: "$\\alpha$"\n', 1, 4, "backslash"),
    ("", 0, 0, "no lesson in this file"),
    ("# only a remark\n", 0, 0, "no lesson in this file"),
    ("a: " + "[" * 25 + "]" * 25, 1, 23, "nested more than 20 deep"),
    ("[" * 300_000, 1, None, "nested more than 20 deep"),
    ("{a: " * 100_000, 1, 78, "nested more than 20 deep"),
]


@pytest.mark.parametrize(("text", "line", "column", "what"), REFUSED)
@pytest.mark.usefixtures("either_parser")
def test_what_is_refused(text: str, line: int, column: int | None, what: str) -> None:
    problem = parse(text, "f").problems[-1]
    assert problem.line == line
    assert problem.column == column or (column is None and problem.column)  # None: the two parsers differ
    assert what in problem.what
    assert problem.do


AFTER_ANOTHER = [
    # a lesson with faults of spelling, the lines of what is found, and what a key holds as it was meant
    ("title: a: b\nof: |x|\nid: *c\n", [1, 2, 3], "title", "a: b"),
    ("title: a: b\n  and more\nof: @x\n", [1, 3], "title", "a: b and more"),
    ("ask: 'It's this'\nof: }\n", [1, 2], "ask", "It's this"),
    ("of: `x` # y\n- z\n", [1, 2], None, ""),
    ("steps:\n  - read: [a\n  - read: *b c\nid: x\n", [2, 3], "id", "x"),
    ("steps:\n- read: {text: 'a\n- read: b\nid: c: d\n", [2, 4], "id", "c: d"),
    ("steps:\n  - read: a\n    b: c\n   - d\nid: e\n", [4], "id", "e"),
    ("id: What is #2?\ntitle: a # b\n", [1], "id", "What is"),
    ("a: {b: c, d, e: f}\nby: {x: 2, y}\nof: }\n", [1, 3], "of", "}"),
    ("ask: - what\nof: }\nby: x\n", [1, 2], "ask", "what"),
    ("steps:\n  - read: - a\n    - b\nid: x\n", [2], "id", "x"),
    ("steps:\n  - choice: - right: a\n      wrong: b\nid: x\n", [2], "id", "x"),
]


@pytest.mark.parametrize(("text", "lines", "key", "value"), AFTER_ANOTHER)
@pytest.mark.usefixtures("either_parser")
def test_one_fault_of_spelling_hides_no_other(text: str, lines: list[int], key: str | None, value: str) -> None:
    found = parse(text, "f")
    assert [problem.line for problem in found.problems] == lines
    assert all(problem.column for problem in found.problems)
    if key is None:
        assert found.root is None
        return
    assert isinstance(found.root, Mapping)
    meant = found.root.get(key)
    assert isinstance(meant, Text)
    assert (meant.value, meant.line) == (value, text[: text.index(f"{key}:")].count("\n") + 1)


def test_mending_comes_to_an_end() -> None:
    assert len(parse("\n".join(f"a{n}: b: c" for n in range(500)), "f").problems) == MOST_MENDED


def test_a_billion_laughs_is_refused_at_the_first_anchor() -> None:
    layers = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    problems = parse("\n".join(layers), "f").problems
    assert len(problems) == PROBLEMS_AT_MOST + 1, "and the rest is not even read"
    assert (problems[0].line, problems[0].column) == (1, 5)


def test_the_comment_of_an_editor_is_no_fault() -> None:
    found = parse("# yaml-language-server: $schema=lesson.json\nid: x\n", "f")
    assert found.problems == ()
    assert found.find(("id",)) == Text("x", 2, 5)


FILES = [
    # bytes, line, words
    (b"a: \xff\n", 1, "not UTF-8"),
    (b"a: b\nc: caf\xe9\n", 2, "not UTF-8"),
    ("a: b\n".encode("utf-16"), 1, "not UTF-8"),
    (b"#" * 250_001, 0, "larger than 250 kB"),
]


@pytest.mark.parametrize(("raw", "line", "what"), FILES)
def test_bytes_that_are_no_lesson(tmp_path: Path, raw: bytes, line: int, what: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(raw)
    (problem,) = load(file).problems
    assert (problem.file, problem.line) == (str(file), line)
    assert what in problem.what


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")  # opening it would wait for ever
    (tmp_path / "directory.yaml").mkdir()
    said = {name: load(tmp_path / name).problems[0].what for name in ("pipe.yaml", "directory.yaml", "none.yaml")}
    assert said["pipe.yaml"] == said["directory.yaml"] == "This is not a file."
    assert "no such file" in said["none.yaml"]


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfid: x\n", b"id: x\r\nb: y\r\n", b"id: x\rb: y\r"])
def test_byte_order_mark_and_line_ends_of_other_systems(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(raw)
    found = load(file)
    assert found.problems == ()
    assert found.find(("id",)) == Text("x", 1, 5)


PLACES = [
    # text, path, offset, line, column
    ("of: x^3 + Y\n", ("of",), 6, 1, 11),
    ("of: 'x^3 + Y'\n", ("of",), 6, 1, 12),
    ("hints: [one, two]\n", ("hints", 1), 1, 1, 15),
    ("read: |\n    one\n    two $x\n", ("read",), 8, 3, 9),
    ("- read: |\n    one\n\n    two\n", (0, "read"), 5, 4, 5),
    ("read: |-\n\n  two\n", ("read",), 1, 3, 3),
    ("read: |2\n    set in\n", ("read",), 2, 2, 5),
    ("read: |", ("read",), 0, 1, 7),
    ("read: >\n  folded\n  text\n", ("read",), 8, 1, 7),
    ("ask: 'It''s'\n", ("ask",), 3, 1, 6),
]


@pytest.mark.parametrize(("text", "path", "offset", "line", "column"), PLACES)
def test_a_character_of_a_text_has_its_place_in_the_file(
    text: str, path: tuple[str | int, ...], offset: int, line: int, column: int
) -> None:
    found = parse(text, "f")
    assert found.position(found.find(path), offset) == (line, column)


def test_a_path_that_leads_nowhere_ends_at_what_is_there() -> None:
    found = parse("steps:\n  - read: hello\n", "f")
    assert found.find(("steps", 0, "read", "text")) == Text("hello", 2, 11)
    assert isinstance(found.find(("steps", 7)), Items)
    assert found.find_key(("steps", 0, "read")) == Text("read", 2, 5)
