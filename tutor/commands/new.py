"""`tutor new`: a small lesson to start from, made from three answers, and proved before it is written."""

import argparse
import asyncio
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tutor.check.report import check_paths
from tutor.engine.client import Engine
from tutor.errors import Problem, TutorError, Unreadable, UsageError
from tutor.lesson.starter import LONGEST_FORMULA, Start, id_from, starter
from tutor.maths.grammar import display_name
from tutor.maths.parse import parse_free
from tutor.maths.tree import variables
from tutor.reasons import why
from tutor.words import tr

FORMULA = "3x^2 + 2x"
SCHEMA = "lesson.schema.json"


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
    start = Start(
        id=id,
        title=_answer(args.title, tr("What is the lesson called?"), id.replace("-", " ").capitalize(), _line),
        goal=_answer(
            args.goal, tr("What will a learner be able to do?"), tr("Find a derivative and say what it means"), _line
        ),
        formula=(formula := _answer(args.formula, tr("Which function is the first example?"), FORMULA, _formula)),
        by=_letter(formula),
        schema=SCHEMA if (file.parent / SCHEMA).is_file() else "",
    )
    text = starter(start)
    if problems := asyncio.run(_problems(file.name, text)):
        raise UsageError(tr("that makes no good lesson. {what} Nothing was written.", what=problems[0].what))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except OSError as error:
        raise UsageError(tr("{file!r} cannot be written: {strerror}.", file=str(file), strerror=why(error))) from error
    print(tr("{file} is written: a page, a worked example and three exercises, all proved.", file=file))
    print(tr("Next: tutor preview {file}", file=shlex.quote(str(file))))
    return 0


def _answer(given: str | None, question: str, default: str, check: Callable[[str], str]) -> str:
    """What was given on the command line, or else is typed; asked again until it will do."""
    if given is not None:
        return check(given)
    if not (sys.stdin and sys.stdin.isatty()):
        return default
    while True:
        print(f"{question} [{default}] ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed:
            raise UsageError(tr("the input ended. Nothing was written."))
        try:
            return check(typed.strip() or default)
        except UsageError as error:
            print(f"  {error}", file=sys.stderr)


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise UsageError(tr("this must be some words on one line."))
    return text.strip()


def _formula(text: str) -> str:
    try:
        tree = parse_free(text := text.rpartition("=")[2].strip())
    except Unreadable as error:
        raise UsageError(tr("`{text}` cannot be read. {message}", text=text[:60], message=error.message)) from error
    if not variables(tree):
        raise UsageError(tr("this has no variable in it. Try 3x^2 + 2x."))
    if len(text) > LONGEST_FORMULA:
        raise UsageError(
            tr(
                "this is long for a first example. Keep it to {longest_formula} characters.",
                longest_formula=LONGEST_FORMULA,
            )
        )
    return text


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
