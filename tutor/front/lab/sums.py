"""The arithmetic of one step as coloured lines: which partial, times which rate, gives which new weight."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from functools import partial

from tutor.descent import arithmetic
from tutor.descent.arithmetic import Figure, Update, brisk
from tutor.descent.averages import partial_trees
from tutor.descent.batches import batch
from tutor.descent.comparison import number
from tutor.descent.methods import METHODS
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.setting import Setting
from tutor.errors import TutorError, Unreadable
from tutor.front.shown import Cell
from tutor.maths.grammar import display_name
from tutor.maths.parse import parse
from tutor.maths.rules import derivative
from tutor.maths.show import show_line
from tutor.maths.tree import Number
from tutor.words import tr, tr_n

Line = list[Cell]
"Pieces of text, each with the role that colours it: quiet, strong, or a name's."

GAP = 3


def sources(problem: Problem, setting: Setting) -> dict[str, str]:
    """For every weight the partial of one example's error, as it is written; with the learner's own words where typed."""
    try:
        trees = partial_trees(problem, setting.formulas)
    except (Unreadable, TutorError):
        return {}
    found = {weight: show_line(tree) for weight, tree in trees.items()}
    if problem.residual:
        residual = problem.tree(problem.residual)
        for weight in problem.weights:
            if weight not in setting.formulas:
                inner = derivative(residual, (weight,))
                is_one = isinstance(inner, Number) and inner.value == 1
                found[weight] = "r" if is_one else f"r·{show_line(inner)}"
    for weight, typed in setting.formulas.items():
        found[weight] = show_line(parse(typed, problem.vocabulary))
    return found


MOST_NAMED = 1000
"Examples among which those of a batch are named; finding them takes a shuffle of all."


def head(problem: Problem, setting: Setting, step: int) -> Line:
    """What the lines beneath are: the rule of the method, and over which examples the partials are averaged."""
    method = METHODS[setting.method]
    rule = tr("new = old − rate · partial") if not method.remembers else method.equation
    said = over(problem, setting, step)
    return [(f"{rule}   ", "quiet"), (said, "strong" if setting.batch else "quiet")] if said else [(rule, "quiet")]


def over(problem: Problem, setting: Setting, step: int) -> str:
    """Over which examples the partials of a step are averaged; nothing where there are none to choose from."""
    examples = problem.count
    if examples <= 1:
        return ""
    if examples > MOST_NAMED and 0 < setting.batch < examples:
        return tr("mean of {batch} of {examples} examples", batch=setting.batch, examples=examples)
    if 0 < setting.batch < examples:
        chosen = batch(examples, setting.batch, setting.seed, step)
        told = ", ".join(str(example + 1) for example in chosen[:6]) + (", …" if len(chosen) > 6 else "")
        return tr_n("example {examples}", "examples {examples}", len(chosen), examples=told)
    return tr("mean of {examples} examples", examples=examples)


def lines(
    run: Run, step: int, written: dict[str, str], width: int, most: int, *, is_moving: bool = False
) -> list[Line]:
    """A line for each weight: its arithmetic, and where there is room the formula that the partial comes from.

    Args:
        written: as `sources` gives it.
        width: cells of a line.
        most: lines there is room for; the last says how many more there are.
        is_moving: whether the next step comes in a moment, so that fewer figures will do.
    """
    names = [display_name(weight) for weight in run.weights]
    margin = max(map(len, names)) + 2
    told = _told(run, step, width - margin, is_moving=is_moving)
    middle = max(map(len, told))
    origins = {weight: tr("partial: {formula}", formula=formula) for weight, formula in written.items()}
    has_room = max(map(len, origins.values()), default=0) <= width - margin - middle - GAP
    rows: list[Line] = []
    for place, (name, said) in enumerate(zip(names, told, strict=True)):
        row: Line = [(name.ljust(margin), f"name-{place % 4 + 1}"), (fitting(said, width - margin), "strong")]
        source = origins.get(run.weights[place], "")
        if source and has_room:
            row += [(" " * (middle - len(said) + GAP), "quiet"), (source, "quiet")]
        rows.append(row)
    if len(rows) > most and most < 3:
        return rows[:most]
    if len(rows) > most:
        rest = ", ".join(names[most - 1 :])
        return [*rows[: most - 1], [(tr("and {rest}", rest=rest)[:width], "quiet")]]
    return rows


def whole(run: Run, step: int) -> list[str]:
    """The arithmetic of every weight, nothing left out, however long its line."""
    names = [display_name(weight) for weight in run.weights]
    return [f"{name}  {said}" for name, said in zip(names, _told(run, step, sys.maxsize, is_moving=False), strict=True)]


def _told(run: Run, step: int, room: int, *, is_moving: bool) -> list[str]:
    """What there is to say of each weight, in the fullest way for which all of them have room."""
    said: list[str] = []
    for say in _ways(run, step, is_moving=is_moving):
        said = say()
        if max(map(len, said)) <= room:
            break
    return said


def _ways(run: Run, step: int, *, is_moving: bool) -> list[Callable[[], list[str]]]:
    """The ways to say it, the fullest first. What is remembered goes first, then figures, at last what was multiplied; the
    partial and the new weight are in all of them."""
    done = arithmetic.updates(run, step)
    if not done:
        reached = [*zip(run.path[-1], run.partials[-1], strict=True)]
        return [
            lambda: [_reached(number, *each) for each in reached],
            lambda: [_reached(short, *each) for each in reached],
        ]
    figures = (brisk, short) if is_moving else (_six, brisk, short)
    full = [partial(_each, _in_full, done, figure) for figure in figures[:1]]
    return [
        *full,
        *(partial(_each, _by_rate, done, figure) for figure in figures),
        partial(_each, _in_short, done, short),
        partial(_each, _in_short, done, partial(short, figures=2)),
    ]


def _each(say: Callable[[Update, Figure], str], done: list[Update], figure: Figure) -> list[str]:
    return [say(update, figure) for update in done]


def _in_full(update: Update, figure: Figure) -> str:
    return "; ".join(filter(None, (arithmetic.remembered(update, figure), arithmetic.moved(update, figure))))


def _by_rate(update: Update, figure: Figure) -> str:
    """The move alone; of a method that moves by something else than the partial, the partial before it."""
    slope = f"g = {figure(update.partial)}; ".replace("-", "−") if update.kept else ""
    return slope + arithmetic.moved(update, figure)


def _in_short(update: Update, figure: Figure) -> str:
    return f"g {figure(update.partial)}: {figure(update.old)} → {figure(update.new)}"


def _reached(figure: Figure, value: float, slope: float | None) -> str:
    return tr("{value}   partial {slope}", value=figure(value), slope=tr("none") if slope is None else figure(slope))


def _six(value: float) -> str:
    return f"{value:.6g}"


def short(value: float, figures: int = 3) -> str:
    """A number to a few figures, as it stands in a drawing: `−0.226`, `4.7e8`."""
    text = f"{value:.{figures}g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")
    return text.replace("-", "−") if math.isfinite(value) else "?"


def fitting(said: str, width: int) -> str:
    """As much as there is room for, broken off between numbers and not within one."""
    if len(said) <= width:
        return said
    kept = said[: max(0, width - 2)].rpartition(" ")[0]
    return f"{kept} …" if kept else "…"[: max(0, width)]
