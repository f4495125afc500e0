"""`tutor new`: a small lesson to start from, made from three answers, and proved before it is written."""

import argparse
import asyncio
import math
import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from tutor import display
from tutor.check.report import check_paths
from tutor.commands.schema import written as written_schema
from tutor.engine.client import Engine
from tutor.errors import Problem, TutorError, Unreadable, UsageError
from tutor.front.words import wrapped
from tutor.lesson.starter import LONGEST_FORMULA, NAME_OF_FUNCTION, Start, id_from, starter
from tutor.maths.grammar import canonical, display_name
from tutor.maths.numeric import compile_float
from tutor.maths.parse import parse_free
from tutor.maths.rules import derivative
from tutor.maths.tree import Node, variables
from tutor.reasons import why
from tutor.words import tr

FORMULA = "3x^2 + 2x"
SCHEMA = "lesson.schema.json"
_NAME = re.compile(r"([^\W\d]\w*\s*(\(.*\))?)?")
"What may stand before an equals sign: `E`, `f(x)`."


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr(
        "Write a small, commented lesson to start from. It asks three questions, and proves what it writes."
    )
    parser.epilog = tr("""\
examples:
  tutor new lessons/my-topic.yaml
  tutor new my.yaml --title "My topic" --goal "Find it" --formula "x sin x"

What is not given on the command line is asked for; without a terminal it
takes a default. A file that is there already is left as it is.""")
    parser.add_argument(
        "file", metavar=tr("FILE"), type=Path, help=tr("the lesson to write; its name becomes the lesson's id")
    )
    parser.add_argument("--title", metavar=tr("TEXT"), help=tr("the title on the home screen"))
    parser.add_argument("--goal", metavar=tr("TEXT"), help=tr("what a learner will be able to do"))
    parser.add_argument(
        "--formula", metavar=tr("EXPR"), help=tr("the function of the first example, as it would be typed")
    )


def run(args: argparse.Namespace) -> int:
    """Ask, prove and write; return 0.

    Raises:
        UsageError: the file is there already or cannot be written, or what was given makes no lesson.
    """
    file: Path = args.file if args.file.suffix else args.file.with_suffix(".yaml")
    if file.exists() or file.is_symlink():
        raise UsageError(tr("{file!r} is there already, and is left as it is. Choose another name.", file=str(file)))
    id = id_from(file.stem)
    if file.suffix != ".yaml" or not id:
        raise UsageError(tr("a lesson's file has a name such as my-topic.yaml, with letters in it."))
    text = _lesson(args, id, file.name)
    schema = file.parent / SCHEMA
    has_schema = schema.is_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
        if not has_schema:
            schema.write_text(f"{written_schema()}\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(tr("{file!r} cannot be written: {strerror}.", file=str(file), strerror=why(error))) from error
    _say(tr("{file} is written: a page, a worked example and three exercises, all proved.", file=file), sys.stdout)
    if not has_schema:
        _say(tr("{file} stands beside it: with that, editors complete keys and mark faults.", file=schema), sys.stdout)
    print(tr("Next: tutor preview {file}", file=shlex.quote(str(file))))
    return 0


def _lesson(args: argparse.Namespace, id: str, name: str) -> str:
    """The lesson, proved; a person is asked again for what makes none.

    Args:
        name: of the file.

    Raises:
        UsageError: what was given on the command line makes no lesson.
    """
    questions: dict[str, tuple[str, str, Callable[[str], str]]] = {
        "title": (tr("What is the lesson called?"), id.replace("-", " ").capitalize(), _line),
        "goal": (tr("What will a learner be able to do?"), tr("Find a derivative and say what it means"), _line),
        "formula": (tr("Which function is the first example?"), FORMULA, _formula),
    }
    answers = {field: _answer(getattr(args, field), *question) for field, question in questions.items()}
    while True:
        text = starter(Start(id=id, by=_letter(answers["formula"]), schema=SCHEMA, **answers))
        problems = asyncio.run(_problems(name, text))
        if not problems:
            return text
        what, at = problems[0].what, problems[0].field
        field = "title" if at == "title" else "goal" if at.startswith("objectives") else "formula"
        if getattr(args, field) is not None or not _is_asked():
            raise UsageError(tr("that makes no good lesson. {what} Nothing was written.", what=what))
        _say(tr("That makes no good lesson. {what}", what=what), sys.stderr)
        answers[field] = _answer(None, *questions[field])


def _say(text: str, stream: TextIO) -> None:
    """Print a text; on a terminal it is broken between words."""
    print("\n".join(wrapped(text, display.width())) if stream.isatty() else text, file=stream)


def _is_asked() -> bool:
    """Whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty())


def _answer(given: str | None, question: str, default: str, check: Callable[[str], str]) -> str:
    """What was given on the command line, or else is typed; asked again until it will do."""
    if given is not None:
        return check(given)
    if not _is_asked():
        return default
    while True:
        print(f"{question} [{default}] ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed:
            raise UsageError(tr("the input ended. Nothing was written."))
        try:
            return check(typed.strip() or default)
        except UsageError as error:
            _say(f"{error}", sys.stderr)


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise UsageError(tr("this must be some words on one line."))
    return text.strip()


def _formula(text: str) -> str:
    before, sign, text = (part.strip() for part in text.rpartition("="))
    if sign and not _NAME.fullmatch(before):
        raise UsageError(tr("this is an equation. Write a function alone, without an equals sign, such as 3x^2 + 2x."))
    if {"{", "}"} & set(text):
        raise UsageError(tr("braces are for parameters, and the first example has none. Try 3x^2 + 2x."))
    try:
        tree = parse_free(text)
    except Unreadable as error:
        raise UsageError(tr("`{text}` cannot be read. {message}", text=text[:60], message=error.message)) from error
    names = tuple(sorted(variables(tree)))
    if not names:
        raise UsageError(tr("this has no variable in it. Try 3x^2 + 2x."))
    if NAME_OF_FUNCTION in names:
        raise UsageError(tr("the function itself is called f here. Take another letter in it, such as x."))
    if _is_its_own_derivative(tree, canonical(_letter(text))):
        raise UsageError(
            tr("this is its own derivative, so the answer would stand in the question. Try e^(2x), or 3x^2 + 2x.")
        )
    if len(text) > LONGEST_FORMULA:
        raise UsageError(
            tr(
                "this is long for a first example. Keep it to {longest_formula} characters.",
                longest_formula=LONGEST_FORMULA,
            )
        )
    return text


def _is_its_own_derivative(tree: Node, by: str) -> bool:
    """Whether the derivative is the function, as of e^x and of 0x, at each of some points where both have a value."""
    names = tuple(sorted(variables(tree)))
    function, slope = compile_float(tree, names), compile_float(derivative(tree, [by]), names)
    points = [[start + n / 7 for n, _ in enumerate(names)] for start in (0.3, 1.1, 2.3, -0.7)]
    both = [(function(point), slope(point)) for point in points]
    known = [(y, dy) for y, dy in both if math.isfinite(y) and math.isfinite(dy)]
    return bool(known) and all(math.isclose(y, dy, rel_tol=1e-9, abs_tol=1e-12) for y, dy in known)


def _letter(formula: str) -> str:
    """The variable to differentiate by: x where there is one, else the first."""
    names = sorted(display_name(name) for name in variables(parse_free(formula)))
    return "x" if "x" in names else names[0]


async def _problems(name: str, text: str) -> tuple[Problem, ...]:
    """What `tutor check` would say of the file."""
    engine = Engine.for_proofs()
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, name)
        file.write_text(text, encoding="utf-8")
        try:
            await engine.start()
            return (await check_paths([file], engine)).problems
        except TutorError as error:
            raise UsageError(str(error)) from error
        finally:
            await engine.close()
