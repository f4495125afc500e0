"""`tutor descend`: a run of gradient descent without a screen, as a table or as one JSON object."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tutor import display
from tutor.descent.averages import is_vast, partial_trees
from tutor.descent.compared import Compared
from tutor.descent.comparison import known, measured, told
from tutor.descent.gradient_check import compare_at
from tutor.descent.mistaken import sentence
from tutor.descent.problem import Problem
from tutor.descent.report import as_csv, as_json, as_table
from tutor.descent.run import Run
from tutor.descent.runstring import is_run, read_run, write_run
from tutor.descent.setting import Setting, check, problem_of
from tutor.descent.table import is_large
from tutor.descent.train import make_run
from tutor.engine.wire import Progress
from tutor.errors import Unreadable, UsageError
from tutor.maths.grammar import canonical
from tutor.maths.show import show_line
from tutor.nearest import nearest
from tutor.words import tr

if TYPE_CHECKING:
    from tutor.engine.client import Engine

Answer = TypeVar("Answer")

_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉−", "0123456789-")


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command line takes, with help that a person can read."""
    parser.description = tr("Train the weights of a problem step by step and print the way they take.")
    parser.epilog = tr("""\
examples:
  tutor descend houses
  tutor descend houses --rate 1.3 --steps 60
  tutor descend houses --gradient w1=r --json
  tutor descend rosenbrock --rate 0.001 --view contours
  tutor descend ravine:method=momentum:momentum=0.9:rate=0.01:steps=300

--gradient puts a formula of yours in the place of the right one, slips and all;
give it once for each weight. The houses have the weights w1, w2 and b, the
inputs sqft and beds, the price, and r for w1*sqft + w2*beds + b - price.""")
    parser.add_argument(
        "problem", metavar=tr("PROBLEM"), help=tr("a name such as houses, ravine or xor, or a whole run")
    )
    parser.add_argument("--rate", metavar=tr("NUMBER"), help=tr("the learning rate (default 0.1)"))
    parser.add_argument("--steps", metavar=tr("COUNT"), help=tr("the most steps to take (default 400)"))
    parser.add_argument(
        "--method", metavar=tr("NAME"), help=tr("gradient-descent (the default), momentum, nesterov, rmsprop or adam")
    )
    parser.add_argument(
        "--gradient",
        action="append",
        default=[],
        metavar=tr("NAME=EXPR"),
        help=tr("the partial derivative to use for a weight; may be repeated"),
    )
    parser.add_argument("--every", metavar=tr("COUNT"), help=tr("report every so many steps"))
    parser.add_argument("--csv", action="store_true", help=tr("every step as a line of comma-separated values"))
    parser.add_argument(
        "--check-gradient", action="store_true", help=tr("compare each partial with finite differences, and do not run")
    )
    parser.add_argument("--plot", action="store_true", help=tr("one still picture instead of the table"))
    parser.add_argument("--view", metavar=tr("NAME"), help=tr("what the picture shows: weights, loss or contours"))
    parser.add_argument(
        "--json", action="store_true", help=tr("the run as one JSON object, with about 50 of its steps or with --every")
    )


def run(args: argparse.Namespace) -> int:
    """Descend and report; return 0 however the descent ended, since that was the question.

    Raises:
        UsageError: the question makes no sense: an unknown name, a number out of range, a formula that cannot be read.
    """
    _require_one_form(args)
    every = None if args.every is None else _whole("--every", args.every)
    try:
        setting = _setting(args)
        if args.check_gradient:
            return _check_gradient(setting)
        done, problem = _make(setting)
    except Unreadable as fault:
        raise UsageError(tr("{message} (column {column})", message=fault.message, column=fault.column + 1)) from fault
    formulas = setting.formulas
    used = {weight: show_line(tree, ascii=True) for weight, tree in partial_trees(problem, formulas).items()}
    right = _make(msgspec.structs.replace(setting, formulas={}))[0] if done.mistakes else None
    if args.plot or args.view:
        print("\n".join(_plot(problem, done, right, args)))
        return 0
    seen = _seen(done, right)
    if args.csv:
        print("\n".join(as_csv(done, every or 1)))
    elif args.json:
        print(msgspec.json.encode(as_json(problem, done, setting.method, used, every, seen)).decode())
    else:
        print("\n".join(as_table(problem, done, setting.method, used, every, seen)))
    return 0


def _require_one_form(args: argparse.Namespace) -> None:
    """Refuse two kinds of answer at once: one of them would be left out without a word."""
    asked = {
        "--csv": args.csv,
        "--json": args.json,
        "--plot": args.plot or args.view,
        "--check-gradient": args.check_gradient,
    }
    names = [name for name, is_asked in asked.items() if is_asked]
    if len(names) > 1:
        raise UsageError(
            tr("{one} and {other} are two kinds of answer; ask for one of them.", one=names[0], other=names[1])
        )


def _make(setting: Setting) -> tuple[Run, Problem]:
    """The run, and what it is made on.

    One over very many rows is made where the lab has it made, or it would take hours and end in other digits. So is what it is
    made on, with no more rows than can be drawn: a large file is read once.
    """
    check(setting)
    if not _is_vast(setting):
        return make_run(setting), problem_of(setting)

    async def both(engine: Engine) -> tuple[Run, Problem]:
        run = write_run(setting)
        return await engine.descend(run, _hear), await engine.describe(run, _hear)

    return _asked(both)


def _is_vast(setting: Setting) -> bool:
    """Whether there are very many rows, which of a large file need not be read here to know."""
    return bool(setting.data) and (is_large(setting.data) or is_vast(problem_of(setting)))


def _hear(progress: Progress) -> None:
    """Say how far it is, where somebody waits at a terminal."""
    if sys.stderr.isatty():
        said = f"{progress.what} {progress.share:.0%}"
        print(f"\r{said:<30}\r", end="", file=sys.stderr, flush=True)


def _asked(question: Callable[[Engine], Awaitable[Answer]]) -> Answer:
    """The engine's answer to one question."""
    from tutor.engine.client import Engine  # and with it a child process

    async def ask() -> Answer:
        engine = Engine()
        try:
            return await question(engine)
        finally:
            await engine.close()

    return asyncio.run(ask())


def _seen(done: Run, right: Run | None) -> list[str]:
    """Where formulas were typed that are not the right ones: what they do to the run, and what is wrong with each."""
    if right is None:
        return []
    return [line.translate(_PLAIN) for line in (told(done, right), *map(sentence, done.mistakes[1:]))]


def _plot(problem: Problem, done: Run, right: Run | None, args: argparse.Namespace) -> list[str]:
    from tutor.front.still import (  # plotext, which a table does not wait for
        VIEWS,
        still,
    )

    view = args.view or "weights"
    if view not in VIEWS:
        raise UsageError(
            tr("There is no view called {view!r}. {nearest}", view=view[:40], nearest=nearest(view, VIEWS))
        )
    return [
        *still(problem, done, right, view, display.width(), ascii=display.is_ascii()),
        done.why,
        *_seen(done, right)[:1],
    ]


def _compared(setting: Setting) -> Sequence[Compared]:
    """The partials at the start beside finite differences; over very many rows where the lab has it done."""
    check(setting)
    if _is_vast(setting):
        start = tuple(setting.start.values())
        return _asked(lambda engine: engine.check(write_run(setting), start, 0, _hear))
    return compare_at(setting, problem_of(setting).start, 0)


def _check_gradient(setting: Setting) -> int:
    for row in _compared(setting):
        apart = tr("does not agree; these are the values close by") if row.is_beside else tr("does not agree")
        said = {True: tr("agrees"), False: apart, None: tr("has no value to compare")}[row.agrees]
        formula, difference = known(row.formula), measured(row)
        print(
            tr(
                "{weight}: formula {formula}, finite difference {difference}: {said}",
                weight=row.weight,
                formula=formula,
                difference=difference,
                said=said,
            ).translate(_PLAIN)
        )
    return 0


def _setting(args: argparse.Namespace) -> Setting:
    """The run asked for; what an option says counts more than what the run's own string says."""
    setting = read_run(args.problem) if is_run(args.problem) else Setting(problem=args.problem)
    formulas = {**setting.formulas, **_formulas(args.gradient or ())}
    return msgspec.structs.replace(
        setting,
        rate=setting.rate if args.rate is None else _rate(args.rate),
        steps=setting.steps if args.steps is None else _whole("--steps", args.steps),
        method=args.method or setting.method,
        formulas=formulas,
    )


def _rate(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(
            tr("The rate must be a number above 0, such as 0.1; {text!r} is not.", text=text[:40])
        ) from None


def _whole(option: str, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(tr("{option} takes a whole number above 0; {text!r} is not.", option=option, text=text[:40]))
    return number


def _formulas(typed: Sequence[str]) -> dict[str, str]:
    formulas: dict[str, str] = {}
    for text in typed:
        name, equals, formula = (part.strip() for part in text.partition("="))
        weight = canonical(name)
        if not (weight and equals and formula):
            raise UsageError(tr("--gradient takes name=formula, such as w1=r*sqft; {text!r} is not.", text=text[:40]))
        if weight in formulas:
            raise UsageError(tr("--gradient gives two formulas for {weight!r}; one is enough.", weight=weight[:40]))
        formulas[weight] = formula
    return formulas
