"""The catalogues of other languages: complete, with the same parts, and the compiled file is of these very texts."""

import ast
import gettext
import io
import os
import re
import string
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest
import translations
from babel.messages.catalog import Message

from tutor import words
from tutor.plain.words import HELP

EVERY = translations.texts()
LANGUAGES = translations.languages()


def parts(text: str) -> set[str]:
    """The `{name}` in a text, and what argparse puts in; a text that is no template has none."""
    of_argparse = set(re.findall(r"%\(\w+\)[rs]|%[rs]\b", text))
    try:
        return of_argparse | {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return of_argparse


def pairs(message: object, translation: object) -> Iterator[tuple[str, str]]:
    """Each form of a text with its translation; a plural's other forms answer to the second."""
    ones = message if isinstance(message, tuple) else (message,)
    others = translation if isinstance(translation, tuple) else (translation,)
    for place, other in enumerate(others):
        yield str(ones[min(place, len(ones) - 1)]), str(other)


def is_translated(message: Message | None) -> bool:
    """Whether there is a translation, and for a plural one of each form."""
    return message is not None and (all(message.string) if isinstance(message.string, tuple) else bool(message.string))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_other(language: str) -> None:
    known = translations.catalogue(language)
    missing = [message.id for message in EVERY if message.id and not is_translated(known.get(message.id))]
    assert missing == []
    assert [message.id for message in known if message.id and message.id not in EVERY] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_parts_of_its_text(language: str) -> None:
    wrong = [
        (one, other)
        for message in translations.catalogue(language)
        if message.id
        for one, other in pairs(message.id, message.string)
        if parts(one) != parts(other)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_up_to_date(language: str) -> None:
    fresh = gettext.GNUTranslations(io.BytesIO(translations.compiled(translations.catalogue(language))))
    stored = gettext.translation("tutor", words.LOCALE, [language])
    for message in EVERY:
        if isinstance(message.id, tuple):
            assert [stored.ngettext(*message.id, n) for n in (1, 2)] == [fresh.ngettext(*message.id, n) for n in (1, 2)]
        elif message.id:
            assert stored.gettext(message.id) == fresh.gettext(message.id)


def test_without_a_catalogue_the_texts_are_english() -> None:
    assert words.tr("{a} and {{b}}", a=1) == "1 and {b}"
    assert words.tr("{not a part}") == "{not a part}"
    assert words.tr_n("{n} line", "{n} lines", 3) == "3 lines"


def test_the_environment_chooses_the_language() -> None:
    assert said_in("de", "tr('Right.'), tr('You {did}.', did='x')") == "Richtig. Du hast x."


@pytest.mark.parametrize(("asked", "heard"), [("en_GB:en:de", "Right."), ("C:de", "Right."), ("xx:de:en", "Richtig.")])
def test_english_counts_as_a_language(asked: str, heard: str) -> None:
    assert said_in(asked, "tr('Right.')") == heard


def said_in(language: str, what: str) -> str:
    """What a tutor of another language makes of it."""
    said = subprocess.run(
        [sys.executable, "-c", f"from tutor.words import tr; print({what})"],
        env={**os.environ, "LANGUAGE": language},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return said.stdout.removesuffix("\n")


def test_a_language_that_is_a_path_is_not_followed(tmp_path: Path) -> None:
    """Nobody who may set variables may put words into the tutor's mouth, or have it read a file."""
    catalogue = tmp_path / "LC_MESSAGES" / "tutor.mo"
    catalogue.parent.mkdir()
    catalogue.write_bytes((words.LOCALE / "de" / "LC_MESSAGES" / "tutor.mo").read_bytes())
    nearby = os.path.relpath(tmp_path, words.LOCALE)
    assert (words.LOCALE / nearby / "LC_MESSAGES" / "tutor.mo").exists()
    for path in (str(tmp_path), nearby, f"{nearby}:de"):
        assert said_in(path, "tr('Right.')") == ("Richtig." if path.endswith(":de") else "Right.")


NOT_FOR_PEOPLE = {
    "classroom/class_database.py": "what libpq says",
    "classroom/class_counting.py": "SQL",
    "classroom/class_schema.py": "SQL",
    "classroom/class_tally.py": "SQL",
    "classroom/pusher.py": "a program",
    "engine/child.py": "a program",
    "lesson/explain.py": "what libyaml says",
    "lesson/schema.py": "the published schema, which is one for all",
    "lesson/source.py": "what libyaml says",
    "maths/grammar.py": "names of functions",
    "restricted.py": "a program",
    "study/answer.py": "SQL",
    "study/journal_database.py": "SQL",
    "study/journal_lines.py": "what msgspec says",
    "study/journal_rows.py": "SQL",
    "study/journal_salvage.py": "SQL",
    "study/templates.py": "formulas",
}
"""Files with what looks like a sentence and is none."""

SENTENCE = re.compile(r"[A-Za-z][a-z',]+ [a-z',]+ [a-z',.]+")


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """What looks like a sentence and is not handed to `tr`; what only a programmer reads, in an error of Python's own, may be.

    >>> list(sentences("say('This is not translated.'); raise ValueError('there is no such thing')"))
    [(1, 'This is not translated.')]
    """
    tree = ast.parse(source)
    quiet: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                quiet.add(node.value)
            case ast.Compare():
                quiet.update(ast.walk(node))
            case ast.Call(func=ast.Name(id="tr" | "tr_n" | "TypeError" | "ValueError" | "OSError" | "_unmade")):
                quiet.update(inner for part in node.args for inner in ast.walk(part))
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in quiet
        if is_text and SENTENCE.search(node.value):
            yield node.lineno, node.value


def test_no_sentence_is_left_in_english() -> None:
    left = [
        f"{file.relative_to(translations.PACKAGE)}:{line}: {text}"
        for file in sorted(translations.PACKAGE.rglob("*.py"))
        if str(file.relative_to(translations.PACKAGE)) not in NOT_FOR_PEOPLE
        for line, text in sentences(file.read_text("utf-8"))
    ]
    assert left == []


Place = tuple[object, ...]
"Where a text goes: a parameter of a function, what a function returns, a value of one table, a column of one list."

TOLD: set[Place] = {
    (name, 0) for name in ["Content", "Static", "complain", "notify", "print", "say", "styled", "update"]
} | {("Key", 1)}
"""Where texts go to people, besides every place where some other text is translated."""

ANYTHING: set[Place] = {("append", 0), ("len", 0), ("open", 0)}
"""Parameters that take texts of every kind."""

NO_WORDS = re.compile(r"(tutor:? ?|chmod 600 |RMSProp|\W*)(\$\w+)?")
"""What is the same in every language."""


def texts_with_their_places(tree: ast.AST, file: str) -> Iterator[tuple[Place, ast.expr]]:
    """Every expression that may be a text, with where it goes."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield from (((name, place), each) for place, each in enumerate(node.args))
                yield from (((name, each.arg), each.value) for each in node.keywords)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                returns = (each for each in ast.walk(node) if isinstance(each, ast.Return))
                yield from (((file, node.lineno), each.value) for each in returns if each.value)
            case ast.Dict():
                yield from (((file, node.lineno, "value"), each) for each in node.values)
            case ast.List() | ast.Set() | ast.Tuple():
                rows = (each for each in node.elts if isinstance(each, ast.Tuple))
                yield from (((file, node.lineno, place), each) for row in rows for place, each in enumerate(row.elts))
            case ast.IfExp():
                yield (file, node.lineno, "if"), node


def told(node: ast.expr) -> Iterator[ast.expr]:
    """What an expression may come to, and what it is put together from."""
    match node:
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (*told(one), *told(other))
        case ast.BoolOp(values=parts) | ast.JoinedStr(values=parts):
            yield from (each for part in parts for each in told(part))
        case ast.FormattedValue(value=value):
            yield from told(value)
        case _:
            yield node


def in_english(sources: Mapping[str, str]) -> list[str]:
    """Texts of any length that go where others are translated, or to people, and are not.

    >>> in_english({"a.py": "WORDS = {1: 'Right', 2: tr('Not yet')}; HEAD = 'x' if here else 'home'; say('Done')"})
    ['a.py:1: Done', 'a.py:1: Right']
    >>> in_english({"a.py": "Step(rule=tr('Chain rule'))", "b.py": "Step(rule='tidy up', line='3x')"})
    ['b.py:1: tidy up']
    """
    spoken, plain = set(TOLD), list[tuple[Place, str]]()
    for file, source in sources.items():
        for place, whole in texts_with_their_places(ast.parse(source), file):
            for node in told(whole):
                match node:
                    case ast.Call(func=ast.Name(id="tr" | "tr_n")):
                        spoken.add(place)
                    case ast.Constant(value=str(text)) if re.search("[A-Za-z]{3}", NO_WORDS.sub("", text)):
                        plain.append((place, f"{file}:{node.lineno}: {text}"))
    return sorted({text for place, text in plain if place in spoken - ANYTHING})


def test_no_word_is_left_in_english() -> None:
    files = sorted(translations.PACKAGE.rglob("*.py"))
    assert in_english({str(file.relative_to(translations.PACKAGE)): file.read_text("utf-8") for file in files}) == []


FOR_THE_TUTOR = "„[^“]*“|`[^`]*`|[a-z-]+:[a-z]+=.*|. ← .*|^[a-z -]+: "
"""What is quoted, runs, their formulas and names of things to type: they are for the tutor to read, so English."""


def english_in(drawn: str, *, but: Collection[str] = ()) -> list[str]:
    """The texts of the catalogue, however short, that a German reader was shown in English."""
    seen = " ".join(re.sub(FOR_THE_TUTOR, " ", drawn, flags=re.MULTILINE).split())
    return [
        text
        for message in translations.catalogue("de")
        for text, german in pairs(message.id, message.string)
        if text != german and text not in but and not parts(text) and re.search("[A-Za-z]{3}", text)
        if re.search(rf"(?<![\w.-]){re.escape(' '.join(text.split()))}(?![\w-])", seen)
    ]


def test_one_word_in_english_is_seen() -> None:
    assert {"home", "✓ Right"} <= set(english_in("✓ Right  Esc home"))
    assert english_in("Ein Homeostat, „home“ und `home`") == []


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment that asks for German, where the only lesson is in German too."""
    home = tmp_path_factory.mktemp("german")
    environment = {**os.environ, "LANGUAGE": "de", "TUTOR_HOME": str(home), "HOME": str(home)}
    new = [sys.executable, "-m", "tutor.cli", "new", str(home / "kurs" / "erste.yaml")]
    titles = ("--title", "Der Anfang", "--goal", "Ableiten")
    subprocess.run([*new, *titles], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return environment | {"TUTOR_LESSONS": str(home / "kurs"), "PYTHONPATH": str(Path(__file__).parent)}


LINES = "help|0|next|next|help|x(|2x|hint|solution|6x + 2|steps|next|next|b|next|home|place|pass|home|lab||help|loss|home|quit"


def test_a_german_sitting_in_lines_has_no_english_in_it(german: dict[str, str]) -> None:
    """The home page, a lesson with answers, the help, the placement, the lab."""
    said = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "--plain"],
        env=german,
        input=LINES.replace("|", "\n") + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "Ableitungen für neuronale Netze" in said.stdout
    assert english_in(said.stdout, but={*HELP, "usage: "}) == []


def test_a_german_sitting_on_the_screen_has_no_english_in_it(german: dict[str, str]) -> None:
    drawn = subprocess.run(
        [sys.executable, "-m", "tui.german"], env=german, capture_output=True, encoding="utf-8", check=True
    )
    assert "✓ Richtig" in drawn.stdout
    assert english_in(drawn.stdout) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_commands_is_no_wider_than_a_terminal(language: str) -> None:
    told = [message.string for message in translations.catalogue(language) if str(message.id).startswith("examples:\n")]
    assert len(told) > 15
    assert [line for text in told for line in text.split("\n") if len(line) > 80] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_to_start_from_is_good_in_every_language(language: str, tmp_path: Path) -> None:
    """`tutor new` proves what it writes before it does."""
    done = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "new", "first.yaml"],
        cwd=tmp_path,
        env={**os.environ, "LANGUAGE": language, "TUTOR_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n# `tutor check" in "\n" + (tmp_path / "first.yaml").read_text("utf-8")


def test_no_text_hides_inside_an_f_string() -> None:
    """The catalogues are made by looking for calls, and inside an f-string none is found."""
    hidden = [
        str(file) for file in translations.PACKAGE.rglob("*.py") if re.search(r"\{tr(_n)?\(", file.read_text("utf-8"))
    ]
    assert hidden == []
