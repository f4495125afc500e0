"""The catalogues of other languages: complete, with the same parts, and the compiled file is of these very texts."""

import ast
import gettext
import io
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import translations
from babel.messages.catalog import Message

from tutor import words

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
    assert told("tr('Right.'), tr('You {did}.', did='x')", "de") == "Richtig. Du hast x."


def told(what: str, language: str) -> str:
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
        assert told("tr('Right.')", path) == ("Richtig." if path.endswith(":de") else "Right.")


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


def test_a_german_sitting_has_no_english_in_it(tmp_path: Path) -> None:
    """In lines: the home page, a lesson with an answer, the help, practice. The lessons themselves are in English."""
    said = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "--plain"],
        env={**os.environ, "LANGUAGE": "de", "TUTOR_HOME": str(tmp_path), "HOME": str(tmp_path)},
        input="help\n4\nnext\nnext\nnext\nhelp\n2x\nhint\nsolution\nhome\nlab\n\nhelp\nloss\nhome\nquit\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = " ".join(said.stdout.split())
    assert "Ableitungen für neuronale Netze" in told
    english = [
        text
        for message in translations.catalogue("de")
        for text, german in pairs(message.id, message.string)
        if len(text.split()) > 2 and not parts(text) and text != german and " ".join(text.split()) in told
    ]
    assert english == []


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
    assert (tmp_path / "first.yaml").read_text("utf-8").startswith("# `tutor check")


def test_no_text_hides_inside_an_f_string() -> None:
    """The catalogues are made by looking for calls, and inside an f-string none is found."""
    hidden = [
        str(file) for file in translations.PACKAGE.rglob("*.py") if re.search(r"\{tr(_n)?\(", file.read_text("utf-8"))
    ]
    assert hidden == []
