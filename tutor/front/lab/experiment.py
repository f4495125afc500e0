"""Settings as the lab changes and names them. Pure: a setting in, a setting or a few words out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from tutor.descent.arithmetic import brisk
from tutor.descent.comparison import number
from tutor.descent.methods import METHODS
from tutor.descent.problem import Problem
from tutor.descent.run import Run
from tutor.descent.runstring import is_run, read_run
from tutor.descent.schedule import HALVING, SCHEDULES
from tutor.descent.setting import MOST_STEPS, Setting
from tutor.errors import UsageError
from tutor.front.lab.menu import offer
from tutor.lesson.model import Derivative
from tutor.maths.grammar import Vocabulary, display_name
from tutor.maths.parse import parse
from tutor.maths.show import show_line
from tutor.words import tr

_SHARES: Final = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
_CHOICES: Final[dict[str, tuple[float, ...]]] = {
    "half": (10, 30, 100, 300, 1000),
    "steps": (50, 100, 200, 400, 1000, 2000, 4000, 10_000, MOST_STEPS),
    "batch": (0, 1, 2, 5, 10, 20, 50, 100, 1000),
    "seed": tuple(range(1, 10)),
    "epsilon": (1e-8, 1e-6, 1e-4, 1e-2),
}
_NAMES: Final = {"rate": float, "half": int, "steps": int, "batch": int, "seed": int}


def setting_of(text: str) -> Setting:
    """What is meant by a name of a problem, begun as the menu offers it, or by a whole run.

    Raises:
        Unreadable: a run that cannot be read.
    """
    if is_run(text):
        return read_run(text)
    found = offer(text)
    return Setting(problem=text, rate=found.rate, steps=found.steps) if found else Setting(problem=text)


def same_ground(one: Setting, other: Setting) -> bool:
    """Whether two runs are over the same problem, so that they can be compared."""
    return all(
        getattr(one, name) == getattr(other, name) for name in ("problem", "loss", "data", "model", "standardise")
    )


def other_method(setting: Setting, by: int) -> Setting:
    """The same run with the next method, or the one before."""
    names = list(METHODS)
    method = names[(names.index(setting.method) + by) % len(names)]
    return msgspec.structs.replace(setting, method=method, options={})


_METHODS: Final = {
    "gradient-descent": tr("gradient descent"),
    "momentum": tr("momentum"),
    "nesterov": tr("nesterov's momentum"),
}
"Those that within a sentence are written otherwise than as a title."


def method_said(setting: Setting) -> str:
    """The method and what goes with it: `momentum 0.9, batch 5, rate halved every 100 steps`."""
    said = _METHODS.get(setting.method) or METHODS[setting.method].title
    options = setting.all_options
    parts = [f"{said} {options['momentum']:g}" if "momentum" in options else said]
    parts += [f"{name} {value:g}" for name, value in setting.options.items() if name != "momentum"]
    if setting.batch:
        parts.append(
            tr("one example at a time") if setting.batch == 1 else tr("batches of {batch}", batch=setting.batch)
        )
    if setting.schedule != "constant":
        parts.append(tr("{schedule} rate", schedule=setting.schedule))
    if setting.formulas:
        parts.append(tr("your formulas"))
    return ", ".join(parts)


def standing(run: Run, step: int, *, is_moving: bool = False) -> str:
    """Where a run stands, for a line that names it: its loss, and that it is over if it is."""
    reached = min(step, len(run.path) - 1)
    over = tr(" (ended at step {reached})", reached=reached) if reached < step else ""
    loss = brisk(run.loss[reached]).strip().replace("-", "−") if is_moving else number(run.loss[reached])
    return tr("loss {loss}{over}", loss=loss, over=over)


@dataclass(frozen=True)
class Field:
    """One thing about a run that can be changed."""

    name: str
    "As in the run's string; of a start `start.` and the weight."
    label: str
    value: str
    hint: str = ""


def fields(setting: Setting, problem: Problem) -> list[Field]:
    """All that can be changed about a run, as it is."""
    method = METHODS[setting.method]
    found = [Field("method", tr("method"), setting.method, method.equation)]
    found += [Field(f"option.{name}", name, f"{value:g}") for name, value in setting.all_options.items()]
    found.append(Field("rate", tr("rate"), f"{setting.rate:g}"))
    found.append(Field("schedule", tr("schedule of the rate"), setting.schedule))
    if setting.schedule in HALVING:
        found.append(Field("half", tr("halved every … steps"), str(setting.half)))
    found.append(Field("steps", tr("steps"), str(setting.steps)))
    if len(problem.rows) > 1:
        found.append(Field("batch", tr("examples a step looks at"), str(setting.batch), tr("0 is all of them")))
        if setting.batch:
            found.append(Field("seed", tr("seed of their order"), str(setting.seed)))
    begin = {**dict(zip(problem.weights, problem.start, strict=True)), **setting.start}
    found += [
        Field(f"start.{name}", tr("start of {name}", name=display_name(name)), f"{value:g}")
        for name, value in begin.items()
    ]
    return found


def stepped(setting: Setting, field: Field, by: int) -> Setting:
    """The setting with the next larger value of a field, or the next smaller one."""
    if field.name == "method":
        return other_method(setting, by)
    if field.name == "schedule":
        names = list(SCHEDULES)
        return msgspec.structs.replace(setting, schedule=names[(names.index(setting.schedule) + by) % len(names)])
    now = float(field.value)
    if field.name == "rate":
        return typed(setting, field, f"{now * (3 if by > 0 else 1 / 3):.1g}")
    if field.name.startswith("start."):
        return typed(setting, field, f"{now + by * 0.5:g}")
    known = _CHOICES.get(field.name.removeprefix("option."), _SHARES)
    if by > 0:
        return typed(setting, field, f"{next((value for value in known if value > now), known[-1]):g}")
    return typed(setting, field, f"{next((value for value in reversed(known) if value < now), known[0]):g}")


def typed(setting: Setting, field: Field, text: str) -> Setting:
    """The setting with a value as somebody typed it.

    Raises:
        UsageError: it is no number.
    """
    kind, _, name = field.name.rpartition(".")
    try:
        number_ = float(text.replace("−", "-"))
        if kind == "option":
            return msgspec.structs.replace(setting, options={**setting.options, name: number_})
        if kind == "start":
            return msgspec.structs.replace(setting, start={**setting.start, name: number_})
        is_whole = _NAMES.get(name) is int
        if is_whole and number_ != int(number_):
            raise UsageError(tr("{text!r} is not a whole number.", text=text[:40]))
        value = int(number_) if is_whole else number_
    except (ValueError, OverflowError):
        raise UsageError(tr("{text!r} is not a number.", text=text[:40])) from None
    return msgspec.structs.replace(setting, **{name: value})


def exercises(problem: Problem) -> dict[str, Derivative]:
    """For each weight the exercise that its partial is, for the boxes in which formulas are typed."""
    known = (*problem.weights, *problem.columns)  # or `sqft` would be a product of letters
    return {
        weight: Derivative(ask="", of=problem.error, by=(weight,), function="E", let=problem.let, variables=known)
        for weight in problem.weights
    }


LONGEST = 90
"Characters of a formula that is still worth showing."


def letters(problem: Problem) -> str:
    """What `E`, and a short name for a part of it, stand for: `E = r²/2, r = w₁·sqft + w₂·beds + b − price.`"""
    told = {"E": "r^2/2" if problem.residual else problem.error, **problem.let}
    shown = [
        f"{name} = {show_line(parse(text, Vocabulary.of(*problem.weights, *problem.columns, *problem.let)))}"
        for name, text in told.items()
    ]
    known = ", ".join(each for each in shown if len(each) <= LONGEST)
    return f"{known}." if known else ""
