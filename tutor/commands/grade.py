"""`tutor grade`: answers to mark as JSON lines on stdin, one verdict a line on stdout, for scripts and other programs.

Reads and answers line by line, so it can run for ever in a pipe. A line that cannot be used is answered in its place.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO, get_args

import msgspec

from tutor.engine.client import Engine
from tutor.errors import TutorError, Unreadable, UsageError
from tutor.lesson.model import AnyExercise, Derivative, Expression, Form, Gradient
from tutor.marking.verdict import Difference, Verdict
from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import parse, parse_free
from tutor.maths.tree import Name
from tutor.reasons import why, why_not_json
from tutor.words import tr

MAX_LINE = 2**20
"Bytes of a line; a longer one is answered with an error, and its rest is passed over."

_QUESTIONS = ("derivative", "gradient", "expected")
_KEYS = (*_QUESTIONS, "answer", "variables", "form", "id")
_TOO_DEEP = tr("This line is nested too deep.")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Marked(msgspec.Struct, kw_only=True):
    """The answer to a good line."""

    id: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    verdict: str
    slips: tuple[str, ...]
    message: str
    column: int | None
    decided_by: str
    ms: float
    difference: Difference | msgspec.UnsetType = msgspec.UNSET


class Refused(msgspec.Struct, kw_only=True):
    """The answer to a bad line."""

    id: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    line: int
    "Counted from 1, blank lines too."
    error: str


class BadLineError(TutorError):
    """A line that cannot be used; its text says why, to whoever wrote the line."""


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Mark the answers on stdin as the lessons do, and print a verdict for each.")
    parser.epilog = tr("""\
examples:
  tutor grade < answers.jsonl > verdicts.jsonl

lines that it reads:
  {"derivative": {"of": "x^3", "by": "x"}, "answer": "3x^2"}
  {"gradient": {"of": "x^2*y", "by": ["x", "y"]}, "answer": "(2xy, x^2)"}
  {"expected": "2x + 2y", "answer": "2(x + y)", "id": 7}

The "by" of a derivative may be a list too, differentiated in that order.
"variables" lists names that an answer may use besides those of the question.
"id" comes back as it was. A line that cannot be used is answered in its place.""")


def run(arguments: argparse.Namespace) -> int:
    """Mark stdin to stdout until it ends; 0 even when some lines were bad, since each is answered where it stands.

    Raises:
        UsageError: when stdin cannot be read.
    """
    if sys.stdin is None:
        raise UsageError(tr("grade reads its lines from standard input, and that is closed."))
    # Ctrl+C ends us while we wait for a line; asyncio would first wait for the line.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    asyncio.run(grade(sys.stdin.buffer, sys.stdout.buffer, Engine()))
    return 0


async def grade(source: BinaryIO, sink: BinaryIO, engine: Engine) -> None:
    """Answer every line of the source with a line, then close the engine.

    Raises:
        BrokenPipeError: when nobody reads the answers any more.
        EngineError: the engine does not start at all.
    """
    try:
        await engine.start()
        # An engine that does not start is said once, and ends this; every line would be undecided otherwise.
        await engine.solve(Derivative(ask="", of="x", by=("x",)))
        for number, line in _lines(source):
            answer = await _answer(engine, number, line)
            sink.write(msgspec.json.encode(answer) + b"\n")
            sink.flush()
    finally:
        await engine.close()


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; of an overlong one, its beginning."""
    number = 0
    try:
        while line := source.readline(MAX_LINE + 1):
            number += 1
            rest = line
            while not rest.endswith(b"\n") and (rest := source.readline(MAX_LINE)):
                pass
            if number == 1:
                line = line.removeprefix(_BYTE_ORDER_MARK)
            if line.strip():
                yield number, line
    except OSError as error:
        raise UsageError(tr("standard input cannot be read: {strerror}.", strerror=why(error))) from error


async def _answer(engine: Engine, number: int, line: bytes) -> Marked | Refused:
    name: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    try:
        fields = _fields(line)
        name = fields.get("id", msgspec.UNSET)
        exercise, text = _question(fields)
    except BadLineError as error:
        return Refused(id=name, line=number, error=str(error))
    return _marked(name, await engine.mark(exercise, text))


def _marked(name: msgspec.Raw | msgspec.UnsetType, verdict: Verdict) -> Marked:
    return Marked(
        id=name,
        verdict=verdict.outcome.value,
        slips=verdict.slips,
        message=verdict.message,
        column=verdict.column,
        decided_by=verdict.decided_by,
        ms=verdict.ms,
        difference=verdict.difference or msgspec.UNSET,
    )


_read_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
"Values stay as written: an id goes back byte for byte, whatever it is."


def _fields(line: bytes) -> dict[str, msgspec.Raw]:
    if len(line) > MAX_LINE:
        raise BadLineError(tr("This line is longer than {max_line} bytes.", max_line=MAX_LINE))
    try:
        return _read_fields(line.decode().strip())
    except UnicodeDecodeError as error:
        raise BadLineError(
            tr("This line is not UTF-8 text: byte {start} belongs to no character.", start=error.start + 1)
        ) from error
    except msgspec.ValidationError as error:
        raise BadLineError(
            tr('A line must be one JSON object, such as {"expected": "2x", "answer": "x + x"}.')
        ) from error
    except msgspec.DecodeError as error:
        raise BadLineError(tr("This line is not JSON: {reason}.", reason=_reason(error))) from error
    except RecursionError as error:
        raise BadLineError(_TOO_DEEP) from error


def _reason(error: msgspec.DecodeError) -> str:
    return why_not_json(str(error))


def _question(fields: dict[str, msgspec.Raw]) -> tuple[AnyExercise, str]:
    _refuse_strange_keys(fields, _KEYS, tr("A line"))
    asked = [key for key in _QUESTIONS if key in fields]
    if len(asked) != 1:
        raise BadLineError(
            tr("A line needs one question: “derivative”, “gradient” or “expected”, and not two of them.")
        )
    if "answer" not in fields:
        raise BadLineError(tr("A line needs an “answer”, the text to mark."))
    text = _text(fields["answer"], "answer")
    names = _names(fields["variables"], "variables") if "variables" in fields else ()
    forms = _forms(fields["form"]) if "form" in fields else ()
    return _exercise(asked[0], fields[asked[0]], names, forms), text


def _exercise(kind: str, value: msgspec.Raw, names: tuple[str, ...], forms: tuple[Form, ...]) -> AnyExercise:
    if kind == "expected":
        answer = _formula(_text(value, kind), kind, names)
        return Expression(ask="", answer=answer, variables=names, form=forms)
    parts = _object(value, kind)
    _refuse_strange_keys(parts, ("of", "by"), f"“{kind}”")
    for key in ("of", "by"):
        if key not in parts:
            raise BadLineError(tr("“{kind}” needs “{key}”.", kind=kind, key=key))
    by = _names(parts["by"], f"{kind}.by")
    if not by:
        raise BadLineError(tr("“{kind}.by” names no variable.", kind=kind))
    of = _formula(_text(parts["of"], f"{kind}.of"), f"{kind}.of", (*by, *names))
    if kind == "gradient":
        return Gradient(ask="", of=of, by=by, variables=names, form=forms)
    return Derivative(ask="", of=of, by=by, variables=names, form=forms)


def _object(value: msgspec.Raw, kind: str) -> dict[str, msgspec.Raw]:
    try:
        return _read_fields(value)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise BadLineError(tr('“{kind}” must be an object, such as {{"of": "x^3", "by": "x"}}.', kind=kind)) from error


def _refuse_strange_keys(fields: dict[str, msgspec.Raw], known: tuple[str, ...], where: str) -> None:
    strange = [key for key in fields if key not in known]
    if strange:
        raise BadLineError(
            tr(
                "{where} has no key “{strange}”; it may have {known}.",
                where=where,
                strange=strange[0][:40],
                known=", ".join(known),
            )
        )


def _text(value: msgspec.Raw, key: str) -> str:
    text = _value(value)
    if not isinstance(text, str):
        raise BadLineError(tr("“{key}” must be text, between quotation marks.", key=key))
    return text


def _names(value: msgspec.Raw, key: str) -> tuple[str, ...]:
    """One name or a list of them."""
    names = _value(value)
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadLineError(tr("“{key}” must be the name of a variable, or a list of names.", key=key))
    return tuple(_name(name, key) for name in names)


def _forms(value: msgspec.Raw) -> tuple[Form, ...]:
    """One form or a list of them."""
    forms = _value(value)
    try:
        return msgspec.convert([forms] if isinstance(forms, str) else forms, tuple[Form, ...])
    except msgspec.ValidationError as error:
        raise BadLineError(
            tr("“form” must be one of {forms}, or a list of them.", forms=", ".join(get_args(Form)))
        ) from error


def _value(value: msgspec.Raw) -> Any:
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError as error:  # half a Unicode pair, for one, is found only now
        raise BadLineError(tr("This line is not JSON: {reason}.", reason=_reason(error))) from error
    except RecursionError as error:
        raise BadLineError(_TOO_DEEP) from error


@lru_cache(maxsize=1024)
def _formula(text: str, key: str, names: tuple[str, ...]) -> str:
    """The formula of a question, found to be readable; a set of answers often has the same one many times."""
    try:
        parse_free(text, names)
    except Unreadable as error:
        raise BadLineError(
            tr(
                "The formula in “{key}” cannot be read, at column {column}: {message}",
                key=key,
                column=error.column + 1,
                message=error.message,
            )
        ) from error
    return text


@lru_cache(maxsize=1024)
def _name(text: str, key: str) -> str:
    """The name in its one spelling: `w_1` and `w₁` are `w1`."""
    try:
        node = parse(text, Vocabulary.of(text))
    except Unreadable:
        node = None
    if not isinstance(node, Name):
        raise BadLineError(tr("“{text}” in “{key}” is not the name of a variable.", text=text[:40], key=key))
    return node.name
